/** Which outbound calls change something elsewhere, so that losing or doubling them matters. */
import { codeWords } from '../../../../knowledge/code-words.js'
import { opensTransaction } from '../survey/call-shapes.js'
import type { ClientSeen } from '../survey/client-seen.js'
import { bindingOf } from '../syntax/scope.js'
import type { OutboundCall } from '../survey/survey.js'
import { bare, calleeName, isFunction, textOf, ts, type TS } from '../syntax/syntax.js'

const STATEMENT = /^\s*(insert|update|delete|merge|replace|truncate)\b/i
const REQUEST = /^(POST|PUT|PATCH|DELETE)$/i

/** Told by the name of the method, the HTTP method or the SQL text; what is written to a cache can be written again. */
export function isWrite(call: OutboundCall): boolean {
  return call.client.library.protocol !== 'cache' && changeBy(call) !== null
}

/** A change that may be made twice and leaves the same state, or that carries a key by which a repeat is recognised. */
export function isRepeatable(call: OutboundCall): boolean {
  const change = changeBy(call)
  return (
    (change !== null && codeWords().repeatable.test(change)) ||
    propertiesOf(call.node).some(({ name }) => codeWords().callKeys.test(name))
  )
}

/** A write that makes something, unlike one that changes or deletes it. */
export function makesAnew(call: OutboundCall): boolean {
  if (!isWrite(call)) return false
  const command = commandOf(call.node)
  return codeWords().makesAnew.test(command === '' ? changeBy(call)! : command)
}

/** What is read from a database, from which a job takes its work. */
export function isStoreRead(call: OutboundCall): boolean {
  return isOfStore(call.client) && !codeWords().makesHandles.test(call.method) && changeBy(call) === null
}

/** What is written there stays until somebody changes it. */
export function isOfStore({ library }: ClientSeen): boolean {
  return library.protocol === 'sql' || library.protocol === 'document'
}

/** The word that says that the call changes something; null when none does. */
function changeBy({ node, method, client }: OutboundCall): string | null {
  if (codeWords().readCommands.test(commandOf(node))) return null
  if (isOfStore(client) && codeWords().makesHandles.test(method)) return null
  if (codeWords().writes.test(method)) return method
  // What a function does inside goes through its parameter; a list of calls shows them itself.
  if (opensTransaction(client, calleeName(node)) && node.arguments.some(isGivenFunction)) return method
  const statement = STATEMENT.exec(textIn(node.arguments[0]))
  if (statement) return statement[1]!
  const request = propertiesOf(node).find(({ name, value }) => name === 'method' && REQUEST.test(value))
  return request?.value ?? null
}

const isGivenFunction = (argument: TS.Expression): boolean => isFunction(bare(argument))

/** `GetItemCommand` of `client.send(new GetItemCommand(…))`. */
export function commandOf({ arguments: [argument] }: TS.CallExpression): string {
  const made = argument && writtenAs(argument)
  return made && ts.isNewExpression(made) ? calleeName(made) : ''
}

/** The expression, or what its variable was set to. */
function writtenAs(expression: TS.Expression): TS.Node {
  const node = bare(expression)
  const binding = ts.isIdentifier(node) ? bindingOf(node) : null
  if (binding?.kind !== 'value') return node
  return ts.isExpression(binding.node) ? bare(binding.node) : binding.node
}

/** How it begins, also where a variable holds it. */
function textIn(argument: TS.Expression | undefined): string {
  if (!argument) return ''
  const node = writtenAs(argument)
  if (ts.isStringLiteralLike(node)) return node.text
  return ts.isTemplateExpression(node) ? node.head.text : ''
}

/** Names and literal values of the options written in a call, those one level down among them. */
function propertiesOf(call: TS.CallExpression): { name: string; value: string }[] {
  return call.arguments.flatMap((argument) => {
    const node = bare(argument)
    return ts.isObjectLiteralExpression(node) ? propertiesIn(node, 1) : []
  })
}

function propertiesIn(object: TS.ObjectLiteralExpression, deeper: number): { name: string; value: string }[] {
  return object.properties.flatMap((property) => {
    if (!property.name) return []
    const name = textOf(property.name).replace(/^['"]|['"]$/g, '')
    const value = ts.isPropertyAssignment(property) ? bare(property.initializer) : null
    const own = { name, value: value && ts.isStringLiteralLike(value) ? value.text : '' }
    return value && ts.isObjectLiteralExpression(value) && deeper > 0
      ? [own, ...propertiesIn(value, deeper - 1)]
      : [own]
  })
}
