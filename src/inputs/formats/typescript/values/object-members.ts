/** What a member of an object is: a property, or a field, getter or method of a class and of those that it extends. */
import { assignedTo, isField } from '../syntax/assignments.js'
import { declaredIn } from './members.js'
import { isNull, NOTHING, UNKNOWN, type Given, type Resolved } from '../modules/resolved.js'
import { textOf, ts, type TS } from '../syntax/syntax.js'

const MAX_BASES = 4

/** How expressions are followed. */
interface Following {
  given: readonly Given[]
  /** What is known of the properties of objects. */
  properties: Map<TS.Node, Map<string, Resolved>>
  resolve(expression: TS.Expression): Resolved
  member(of: Resolved, name: string): Resolved
  firstKnown(expressions: TS.Expression[]): Resolved
  parameter(node: TS.ParameterDeclaration): Resolved
  returned(node: TS.FunctionLikeDeclaration): Resolved
}

export function propertyOf(object: TS.ObjectLiteralExpression, name: string, following: Following): Resolved {
  const known = following.properties.get(object) ?? new Map<string, Resolved>()
  following.properties.set(object, known)
  let found = known.get(name)
  if (found === undefined) {
    known.set(name, UNKNOWN) // an object may spread itself, by way of others
    known.set(name, (found = lastNamed(object, name, following)))
  }
  return found
}

/** What is written later, or spread, goes before what stands above it. */
function lastNamed(object: TS.ObjectLiteralExpression, name: string, following: Following): Resolved {
  for (const property of [...object.properties].reverse()) {
    if (ts.isSpreadAssignment(property)) {
      const found = following.member(following.resolve(property.expression), name)
      if (found.kind !== 'unknown' && found.kind !== 'nothing') return found
    } else if (property.name && textOf(property.name).replace(/^['"]|['"]$/g, '') === name) {
      if (ts.isPropertyAssignment(property)) return following.resolve(property.initializer)
      if (ts.isShorthandPropertyAssignment(property)) return following.resolve(property.name)
      return { kind: 'value', node: property }
    }
  }
  return following.given.length > 0 && lacks(object, name) ? NOTHING : UNKNOWN
}

export function memberOf(
  owner: TS.ClassLikeDeclaration,
  name: string,
  following: Following,
  depth = 0,
): Resolved {
  const own = declaredIn(owner, name)
  if (own) {
    if (ts.isParameter(own))
      return own.initializer ? following.resolve(own.initializer) : following.parameter(own)
    if (ts.isPropertyDeclaration(own)) return fieldOf(owner, own, name, following)
    if (ts.isGetAccessorDeclaration(own)) return following.returned(own)
    return { kind: 'value', node: own }
  }
  const base = depth < MAX_BASES ? baseOf(owner, following) : null
  if (base) return memberOf(base, name, following, depth + 1)
  // JavaScript classes declare no fields: what is assigned to `this` makes them.
  return following.firstKnown(assignedTo(owner, (left) => isField(left, name)))
}

/** The class of the project that a class extends. */
export function baseOf(
  owner: TS.ClassLikeDeclaration,
  following: Pick<Following, 'resolve'>,
): TS.ClassLikeDeclaration | null {
  const clause = owner.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)
  const found = clause?.types[0] ? following.resolve(clause.types[0].expression) : null
  return found?.kind === 'value' && ts.isClassLike(found.node) ? found.node : null
}

function fieldOf(
  owner: TS.ClassLikeDeclaration,
  member: TS.PropertyDeclaration,
  name: string,
  following: Following,
): Resolved {
  const start = member.initializer && following.resolve(member.initializer)
  if (start && start.kind !== 'unknown' && !isNull(start)) return start
  return following.firstKnown(assignedTo(owner, (left) => isField(left, name)))
}

/** What the properties of an object are given. */
export function valuesOf(object: TS.ObjectLiteralExpression): TS.Expression[] {
  return object.properties.flatMap((property) => {
    if (ts.isPropertyAssignment(property)) return [property.initializer]
    return ts.isShorthandPropertyAssignment(property) ? [property.name] : []
  })
}

/** Whether an object is without a property: one that is written as an argument, or a constant that nothing adds it to. */
function lacks(object: TS.ObjectLiteralExpression, name: string): boolean {
  const { parent } = object
  const isFixed =
    ts.isCallExpression(parent) ||
    ts.isNewExpression(parent) ||
    ts.isParameter(parent) ||
    (ts.isVariableDeclaration(parent) && isConstant(parent) && !isAdded(parent, name))
  return (
    isFixed &&
    object.properties.every(
      (property) =>
        property.name && !ts.isComputedPropertyName(property.name) && textOf(property.name) !== name,
    )
  )
}

function isConstant({ parent }: TS.VariableDeclaration): boolean {
  return (parent.flags & ts.NodeFlags.Const) !== 0
}

function isAdded({ name: variable, parent }: TS.VariableDeclaration, name: string): boolean {
  const added = assignedTo(
    parent.getSourceFile(),
    (left) =>
      isField(left, name) && textOf((left as TS.PropertyAccessExpression).expression) === textOf(variable),
  )
  return added.length > 0
}
