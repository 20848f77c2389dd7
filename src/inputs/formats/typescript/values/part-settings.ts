/** A list of parts that a client is put together from, as `links: [httpLink({ url })]`: one of them may be given what decides. */
import type { Guard } from '../../../../facts/code.js'
import type { GuardOption } from '../../../../knowledge/libraries/guards.js'
import { plain } from './guard-values.js'
import type { Resolver } from './resolve.js'
import { bare, isFunction, sourceOf, textOf, ts, type TS } from '../syntax/syntax.js'

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
  // A part of the project's own may do anything.
  if (resolver.resolve(found.node.expression).kind !== 'library') return true
  return found.node.arguments.some((argument) => {
    const given = bare(argument)
    if (ts.isObjectLiteralExpression(given)) return mayGive(given, names, resolver)
    // An object from elsewhere may be given more before it is used.
    return !isFunction(given) && !ts.isLiteralExpression(given)
  })
}

/** Options that name it, or another part, or a list of parts, that may hold it. */
function mayGive(options: TS.ObjectLiteralExpression, names: string[], resolver: Resolver): boolean {
  return options.properties.some((property) => {
    if (!property.name || names.includes(textOf(property.name))) return true
    if (ts.isShorthandPropertyAssignment(property)) return mayBePart(property.name, names, resolver)
    return ts.isPropertyAssignment(property) && mayBePart(property.initializer, names, resolver)
  })
}

function mayBePart(value: TS.Expression, names: string[], resolver: Resolver): boolean {
  const found = resolver.resolve(value)
  if (found.kind !== 'value') return false
  if (ts.isArrayLiteralExpression(found.node))
    return found.node.elements.some((element) => mayBePart(element, names, resolver))
  if (!ts.isCallExpression(found.node)) return false
  return resolver.resolve(found.node.expression).kind === 'library' && mayHold(found.node, names, resolver)
}
