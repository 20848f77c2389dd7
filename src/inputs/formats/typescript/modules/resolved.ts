/** What an expression can turn out to be. */
import { ts, type TS } from '../syntax/syntax.js'

/** `or` holds what it can be instead, where a condition or several assignments decide. */
export type Resolved = One & { or?: One[] }

type One =
  /** Something of an installed module: `create` of axios; '' is the module itself or its default export; `of` makes what it belongs to. */
  | { kind: 'library'; module: string; path: string; of?: TS.CallExpression; given?: readonly Given[] }
  | { kind: 'global'; name: string }
  /** A module of the project with all that it exports: `import * as db from '../db'`. */
  | { kind: 'module'; file: string }
  /** A value that cannot be followed further: a literal, an object, a function, a class, a call into a library. */
  | { kind: 'value'; node: TS.Node; given?: readonly Given[] }
  /** An object made of a class of the project; `made` where it is seen how. */
  | { kind: 'instance'; of: TS.ClassLikeDeclaration; made?: TS.NewExpression }
  /** `path` holds the names behind the parameter: `options.timeout` gives ['timeout']; `fallback` is the default beside such a name. */
  | { kind: 'parameter'; node: TS.ParameterDeclaration; path: string[]; fallback?: TS.Expression }
  /** What a call does not give for a parameter without a default. */
  | { kind: 'nothing' }
  /** `at`: the last member that was asked for, as `env.DATABASE_URL` of a checked environment. */
  | { kind: 'unknown'; at?: TS.PropertyAccessExpression }

/** A call of a function, which says what its parameters stand for. Of several the inner one comes first. */
export interface Given {
  of: TS.FunctionLikeDeclaration
  call: TS.CallExpression | TS.NewExpression
}

export const UNKNOWN: Resolved = { kind: 'unknown' }
export const NOTHING: Resolved = { kind: 'nothing' }
/** Which of two alternatives tells more. */
const ORDER = ['', 'value', 'instance', 'library', 'global', 'parameter', 'unknown', 'nothing']

/** A made thing tells most: `global.x ?? new Client()` is the client. */
function rankOf(found: Resolved): number {
  return found.kind === 'value' && ts.isNewExpression(found.node) ? 0 : ORDER.indexOf(found.kind)
}

export function isNull(found: Resolved): boolean {
  return found.kind === 'value' && found.node.kind === ts.SyntaxKind.NullKeyword
}

/** The best of several, which keeps the others beside it. */
export function bestOf(all: Resolved[]): Resolved {
  const best = [...all].sort((a, b) => rankOf(a) - rankOf(b))[0] ?? UNKNOWN
  return all.length > 1 ? { ...best, or: all.flatMap((one) => [one, ...(one.or ?? [])]) } : best
}

/** What calls give for a parameter; null when they are not of its function, or arguments are spread. */
export function givenFor(
  parameter: TS.ParameterDeclaration,
  given: readonly Given[],
): TS.Expression | 'nothing' | null {
  const call = given.find(({ of }) => of === parameter.parent)?.call
  const args = call?.arguments ?? []
  if (!call || parameter.dotDotDotToken || args.some(ts.isSpreadElement)) return null
  const argument = args[parameter.parent.parameters.indexOf(parameter)]
  return argument ?? parameter.initializer ?? 'nothing'
}

/** Whether what a call gave for parameters matters to a value that it returns. */
export function keepsArguments(node: TS.Node): boolean {
  return ts.isObjectLiteralExpression(node) || ts.isCallExpression(node) || ts.isNewExpression(node)
}

/** `kept[name]`, which says less than the call that gives it. */
export function isUntold(found: Resolved): boolean {
  return (
    found.kind === 'unknown' ||
    found.kind === 'parameter' ||
    (found.kind === 'value' && ts.isElementAccessExpression(found.node))
  )
}

/** `fetch` of `fetch.bind(globalThis)`. */
export function boundBy({ expression, arguments: given }: TS.CallExpression): TS.Expression | null {
  const binds =
    given.length <= 1 && ts.isPropertyAccessExpression(expression) && expression.name.text === 'bind'
  return binds ? expression.expression : null
}

/** What was asked for last: should something go wrong, it tells where. */
export interface Trail {
  at: TS.Node | null
}
