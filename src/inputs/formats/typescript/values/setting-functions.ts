/** Functions given as an option, of which one may set what protects the call: `interceptors: [withDeadline(500)]`. */
import type { Guard } from '../../../../facts/code.js'
import type { GuardOption } from '../../../../knowledge/libraries/guards.js'
import { explicit, plain } from './guard-values.js'
import type { Resolver } from './resolve.js'
import { isFunction, some, sourceOf, textOf, ts, type TS } from '../syntax/syntax.js'

/** Lists in lists. */
const MAX_DEPTH = 4

/** Null when all of them were read and none sets one of the names. */
export function setsGuard(
  node: TS.Expression | TS.MethodDeclaration,
  { names }: GuardOption,
  name: string,
  resolver: Resolver,
): Guard | null {
  const functions = functionsIn(node, resolver)
  const source = sourceOf(node)
  const setting = functions.find((one) => one !== null && sets(one, names))
  if (setting) return { ...explicit(`one of \`${name}\` sets \`${names[0]!}\``), source }
  return functions.includes(null)
    ? { ...plain('unknown', `not all of \`${name}\` could be read: does one set \`${names[0]!}\`?`), source }
    : null
}

/** Null stands for one that could not be followed. */
function functionsIn(
  node: TS.Expression | TS.MethodDeclaration,
  resolver: Resolver,
  depth = 0,
): (TS.Node | null)[] {
  if (!ts.isExpression(node)) return [node]
  if (depth > MAX_DEPTH) return [null]
  const found = resolver.resolve(node)
  // What the platform has, as `fetch`, sets nothing.
  if (found.kind === 'global') return []
  if (found.kind !== 'value') return [null]
  if (ts.isArrayLiteralExpression(found.node))
    return found.node.elements.flatMap((element) => functionsIn(element, resolver, depth + 1))
  return [isFunction(found.node) ? found.node : null]
}

function sets(node: TS.Node, names: string[]): boolean {
  return some(node, (at) => {
    if (ts.isPropertyAssignment(at) || ts.isShorthandPropertyAssignment(at))
      return names.includes(textOf(at.name))
    return (
      ts.isBinaryExpression(at) &&
      at.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      ts.isPropertyAccessExpression(at.left) &&
      names.includes(at.left.name.text)
    )
  })
}
