/** What looking for an option gives: its value, that there is none, or that it may be there unseen. */
import { codeWords } from '../../../../knowledge/code-words.js'
import type { Resolved } from '../modules/resolved.js'
import { ts, type TS } from '../syntax/syntax.js'
import { typeAt } from '../syntax/types.js'

export type Lookup =
  | { state: 'found'; value: TS.Expression | TS.MethodDeclaration }
  | { state: 'none' }
  /** It may be there, unseen: the caller gives it, or it comes from where syntax does not reach. */
  | { state: 'open'; delegated: boolean; reason: string }

export const NONE: Lookup = { state: 'none' }

/** Of options that are not an object that can be seen. */
export function openAt(found: Resolved, node: TS.Expression): Lookup {
  if (found.kind === 'nothing') return NONE
  const text = node.getText().slice(0, 60)
  if (found.kind === 'global' && found.name.startsWith('process.env')) return NONE
  if (codeWords().textOptions.test(text) && !found.kind.startsWith('instance')) return NONE
  // No options can be in a `statement: string`.
  if (found.kind === 'parameter')
    return typeAt(found.node.type, found.path)?.kind === ts.SyntaxKind.StringKeyword
      ? NONE
      : { state: 'open', delegated: true, reason: `the caller passes \`${text}\`` }
  return { state: 'open', delegated: false, reason: `\`${text}\` could not be followed to its value` }
}

export function overridable(found: Lookup, option: string): Lookup {
  return found.state === 'open'
    ? found
    : { state: 'open', delegated: false, reason: `a later spread may replace \`${option}\`` }
}
