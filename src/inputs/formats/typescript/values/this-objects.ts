/** What `this` stands for, and its members: an object of a class, or the object literal in which a method is written. */
import { assignedTo, isField } from '../syntax/assignments.js'
import { classAround, isFunction, textOf, ts, type TS } from '../syntax/syntax.js'
import { isNull, UNKNOWN, type Resolved } from '../modules/resolved.js'
import { propertyOf } from './object-members.js'

type Following = Parameters<typeof propertyOf>[2]

export function ownerOfThis(node: TS.Node): Resolved {
  const object = objectAround(node)
  if (object) return { kind: 'value', node: object }
  const owner = classAround(node)
  return owner ? { kind: 'instance', of: owner } : UNKNOWN
}

/**
 * A member that the object literal itself has: whoever calls its methods on another object, as libraries do that mix objects,
 * gives them others besides. Null where `this` is no such object.
 */
export function memberOfThis(node: TS.PropertyAccessExpression, following: Following): Resolved | null {
  const object = node.expression.kind === ts.SyntaxKind.ThisKeyword ? objectAround(node) : null
  if (!object) return null
  const name = node.name.text
  if (!object.properties.some((property) => property.name && textOf(property.name) === name)) return UNKNOWN
  const start = propertyOf(object, name, following)
  if (start.kind !== 'unknown' && start.kind !== 'nothing' && !isNull(start)) return start
  return following.firstKnown(assignedTo(object, (left) => isField(left, name)))
}

/** The object whose method, getter or function a piece of code is in; arrow functions have the `this` around them. */
function objectAround(node: TS.Node): TS.ObjectLiteralExpression | null {
  for (let at = node.parent; at && !ts.isSourceFile(at) && !ts.isClassLike(at); at = at.parent) {
    if (!isFunction(at) || ts.isArrowFunction(at)) continue
    const place = ts.isFunctionExpression(at) ? at.parent : at
    const holder = ts.isFunctionExpression(at) && !ts.isPropertyAssignment(place) ? null : place.parent
    return holder && ts.isObjectLiteralExpression(holder) ? holder : null
  }
  return null
}
