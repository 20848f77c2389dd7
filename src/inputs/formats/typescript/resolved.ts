/** What an expression can turn out to be. */
import { ts, type TS } from './syntax.js'

export type Resolved =
  /** Something of an installed module: `create` of axios; '' is the module itself or its default export. */
  | { kind: 'library'; module: string; path: string }
  | { kind: 'global'; name: string }
  /** A value that cannot be followed further: a literal, an object, a function, a class, a call into a library. */
  | { kind: 'value'; node: TS.Node }
  /** An object made of a class of the project. */
  | { kind: 'instance'; of: TS.ClassLikeDeclaration }
  /** `path` holds the names behind the parameter: `options.timeout` gives ['timeout']. */
  | { kind: 'parameter'; node: TS.ParameterDeclaration; path: string[] }
  | { kind: 'unknown' }

export const UNKNOWN: Resolved = { kind: 'unknown' }
/** Which of two alternatives tells more. */
const ORDER = ['', 'value', 'instance', 'library', 'global', 'parameter', 'unknown']

/** A made thing tells most: `global.x ?? new Client()` is the client. */
export function rankOf(found: Resolved): number {
  return found.kind === 'value' && ts.isNewExpression(found.node) ? 0 : ORDER.indexOf(found.kind)
}

export function isNull(found: Resolved): boolean {
  return found.kind === 'value' && found.node.kind === ts.SyntaxKind.NullKeyword
}

export function enumMember(node: TS.EnumDeclaration, name: string): Resolved {
  const initializer = node.members.find((member) => member.name.getText() === name)?.initializer
  return initializer ? { kind: 'value', node: initializer } : UNKNOWN
}
