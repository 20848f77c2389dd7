/** Clients known by a type that is taken from a value: `type Database = typeof db`, `Awaited<ReturnType<typeof connect>>`. */
import type { ClientSeen, Recognition } from './client-seen.js'
import { isFunction, textOf, ts, type TS } from '../syntax/syntax.js'

const MAX_STEPS = 8
/** Types of the language that stand for what they are given. */
const LIKE_THEIR_ARGUMENT = /^(Awaited|NonNullable|Readonly|Partial|Required)$/

/** Those that are being asked for: they may mean each other. */
const open = new Set<TS.TypeNode>()

/** Of what is made elsewhere: of the same library, and nothing more is known of it. */
export function clientOfValueType(type: TS.TypeNode, shapes: Recognition): ClientSeen | null {
  if (open.has(type)) return null
  open.add(type)
  const found = behind(type, shapes, 0)
  open.delete(type)
  return found && { library: found.library, made: null, creation: null, by: found.by, through: 'type' }
}

function behind(type: TS.TypeNode, shapes: Recognition, depth: number): ClientSeen | null {
  if (depth > MAX_STEPS) return null
  if (ts.isParenthesizedTypeNode(type)) return behind(type.type, shapes, depth + 1)
  if (ts.isUnionTypeNode(type) || ts.isIntersectionTypeNode(type)) {
    for (const one of type.types) {
      const found = behind(one, shapes, depth + 1)
      if (found) return found
    }
    return null
  }
  if (ts.isTypeQueryNode(type)) return ts.isIdentifier(type.exprName) ? shapes.clientOf(type.exprName) : null
  return ts.isTypeReferenceNode(type) ? ofReference(type, shapes, depth) : null
}

function ofReference(type: TS.TypeReferenceNode, shapes: Recognition, depth: number): ClientSeen | null {
  const name = textOf(type.typeName)
  const given = type.typeArguments?.[0]
  if (given && LIKE_THEIR_ARGUMENT.test(name)) return behind(given, shapes, depth + 1)
  if (given && name === 'ReturnType') return givenBack(given, shapes)
  const declared = shapes.declaredTypes.declarationOf(type)
  return declared && ts.isTypeAliasDeclaration(declared) ? behind(declared.type, shapes, depth + 1) : null
}

/** `ReturnType<typeof connect>`. */
function givenBack(of: TS.TypeNode, shapes: Recognition): ClientSeen | null {
  if (!ts.isTypeQueryNode(of) || !ts.isIdentifier(of.exprName)) return null
  const found = shapes.resolver.resolve(of.exprName)
  if (found.kind !== 'value' || !isFunction(found.node)) return null
  return shapes.ofResolved(shapes.resolver.returned(found.node))
}
