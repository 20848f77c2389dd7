/** What an expression can turn out to be. */
import { ts, type TS } from './syntax.js'

/** `or` holds what it can be instead, where a condition or several assignments decide. */
export type Resolved = One & { or?: One[] }

type One =
  /** Something of an installed module: `create` of axios; '' is the module itself or its default export; `of` makes what it belongs to. */
  | { kind: 'library'; module: string; path: string; of?: TS.CallExpression }
  | { kind: 'global'; name: string }
  /** A value that cannot be followed further: a literal, an object, a function, a class, a call into a library. */
  | { kind: 'value'; node: TS.Node; given?: Given }
  /** An object made of a class of the project. */
  | { kind: 'instance'; of: TS.ClassLikeDeclaration }
  /** `path` holds the names behind the parameter: `options.timeout` gives ['timeout']. */
  | { kind: 'parameter'; node: TS.ParameterDeclaration; path: string[] }
  /** `at`: the last member that was asked for, as `env.DATABASE_URL` of a checked environment. */
  | { kind: 'unknown'; at?: TS.PropertyAccessExpression }

/** The call of the function that a value was returned by: what its parameters stand for. */
export interface Given {
  of: TS.FunctionLikeDeclaration
  args: readonly TS.Expression[]
}

export const UNKNOWN: Resolved = { kind: 'unknown' }
/** Which of two alternatives tells more. */
const ORDER = ['', 'value', 'instance', 'library', 'global', 'parameter', 'unknown']

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

/** What a call gives for a parameter of the function; null when it is not that function's, or arguments are spread. */
export function givenFor(parameter: TS.ParameterDeclaration, { of, args }: Given): TS.Expression | null {
  const index = of.parameters.indexOf(parameter)
  if (index < 0 || args.some(ts.isSpreadElement)) return null
  return args[index] ?? parameter.initializer ?? null
}
