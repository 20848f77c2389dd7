/** Calls that neither throw nor reject when they fail later, as their library says: a callback, an event or a boolean tells it. */
import { nameMatches, type Library } from '../../../../knowledge/libraries.js'
import type { OutboundCall } from '../survey/survey.js'
import { ts, type TS } from '../syntax/syntax.js'

export type Untold = Library['untold'][number]

export function untoldOf(call: OutboundCall): Untold | null {
  return call.client.library.untold.find((facts) => isOf(call, facts)) ?? null
}

function isOf({ method, client, node }: OutboundCall, { methods, from }: Untold): boolean {
  const file = (client.made ?? node).getSourceFile()
  return (
    methods.some((pattern) => nameMatches(pattern, method)) && (from === undefined || imports(file, from))
  )
}

/** `import * as amqp from 'amqplib/callback_api'` */
function imports(file: TS.SourceFile, module: string): boolean {
  return file.statements.some(
    (statement) =>
      ts.isImportDeclaration(statement) &&
      ts.isStringLiteral(statement.moduleSpecifier) &&
      statement.moduleSpecifier.text === module,
  )
}
