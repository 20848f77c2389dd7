/** A list of parts that a client is put together from, as `links: [httpLink({ url })]`: one of them may be given what decides. */
import type { Guard } from '../../../../facts/code.js'
import type { GuardOption } from '../../../../knowledge/libraries/guards.js'
import { plain } from './guard-values.js'
import type { Resolver } from './resolve.js'
import { sourceOf, textOf, ts, type TS } from '../syntax/syntax.js'

/** Null when all parts could be read, and none is given one of the names. */
export function partsGuard(
  node: TS.Expression | TS.MethodDeclaration,
  { names }: GuardOption,
  name: string,
  resolver: Resolver,
): Guard | null {
  const list = ts.isExpression(node) ? resolver.resolve(node) : null
  const asked = names[0]!
  if (list?.kind !== 'value' || !ts.isArrayLiteralExpression(list.node))
    return {
      ...plain('unknown', `\`${name}\` could not be followed to a list: is \`${asked}\` given in it?`),
      source: sourceOf(node),
    }
  const open = list.node.elements.find((element) => mayHold(element, names, resolver))
  return open
    ? {
        ...plain('unknown', `\`${asked}\` may be given to one of \`${name}\`: does it end?`),
        source: sourceOf(open),
      }
    : null
}

/** A part is made by a call; what its options are made of has to be seen, also in the parts that it is given. */
function mayHold(part: TS.Expression, names: string[], resolver: Resolver): boolean {
  if (ts.isSpreadElement(part)) return true
  const found = resolver.resolve(part)
  if (found.kind !== 'value' || !ts.isCallExpression(found.node)) return true
  return found.node.arguments.some((argument) => {
    const given = resolver.resolve(argument)
    if (given.kind !== 'value') return true
    return ts.isObjectLiteralExpression(given.node) && mayGive(given.node, names, resolver)
  })
}

function mayGive(options: TS.ObjectLiteralExpression, names: string[], resolver: Resolver): boolean {
  return options.properties.some((property) => {
    if (!property.name || names.includes(textOf(property.name))) return true
    const inner = ts.isPropertyAssignment(property) ? property.initializer : null
    if (!inner || !ts.isCallExpression(inner)) return false
    const isPart = resolver.resolve(inner.expression).kind === 'library'
    return isPart && mayHold(inner, names, resolver)
  })
}
