/** Clients that are made elsewhere: by the type that is written for something, or the default of a parameter. */
import { nameMatches } from '../../../../knowledge/libraries.js'
import type { Resolved } from '../modules/resolved.js'
import type { ClientSeen, Recognition } from './client-seen.js'
import { ts, type TS } from '../syntax/syntax.js'
import { clientOfValueType } from './value-types.js'
import { writtenType } from '../values/written-types.js'
import { typeAt } from '../syntax/types.js'

type Parameter = Resolved & { kind: 'parameter' }

export function clientOfParameter(found: Parameter, shapes: Recognition, depth: number): ClientSeen | null {
  return typed(found, shapes, depth) ?? byDefault(found, shapes, depth)
}

/** What cannot be followed to where it is made, and has the type of a client written beside it. */
export function clientDeclared(node: TS.Expression, found: Resolved, shapes: Recognition): ClientSeen | null {
  const isMade = found.kind === 'value' && (ts.isCallExpression(found.node) || ts.isNewExpression(found.node))
  const type = isMade || found.kind === 'unknown' ? writtenType(node, shapes.resolver) : null
  return type && clientOfType(type, shapes)
}

/** A parameter or field whose type is one of a library's: a client made elsewhere. */
function typed(
  { node: parameter, path: names }: Parameter,
  shapes: Recognition,
  depth: number,
): ClientSeen | null {
  const type = parameter.type && typeAt(parameter.type, names)
  if (type && ts.isTypeQueryNode(type)) return likeIt(type, parameter, shapes, depth)
  const seen = parameter.type ? clientOfType(parameter.type, shapes, names) : null
  return seen && { ...seen, parameter, path: names }
}

/** `path`: the names behind what has the type. */
export function clientOfType(
  type: TS.TypeNode,
  shapes: Recognition,
  path: readonly string[] = [],
): ClientSeen | null {
  if (path.length > 0) return clientBehind(type, shapes, path)
  let seen = known.get(type)
  if (seen === undefined) known.set(type, (seen = clientBehind(type, shapes, [])))
  return seen
}

/** The same type is asked for at every use of what has it. */
const known = new WeakMap<TS.TypeNode, ClientSeen | null>()

function clientBehind(type: TS.TypeNode, shapes: Recognition, path: readonly string[]): ClientSeen | null {
  const named = shapes.declaredTypes.behind(type, path)
  const library =
    named &&
    shapes
      .librariesOf(named.module)
      .find(({ types }) => types.some((pattern) => nameMatches(pattern, named.path)))
  if (library) return { library, made: null, creation: null, by: named.path, through: 'type' }
  return path.length === 0 ? clientOfValueType(type, shapes) : null
}

/** `request: typeof fetch`: something that is called as the module is. */
function likeIt(
  { exprName }: TS.TypeQueryNode,
  parameter: TS.ParameterDeclaration,
  shapes: Recognition,
  depth: number,
): ClientSeen | null {
  const like = ts.isIdentifier(exprName) ? shapes.clientOf(exprName, depth + 1) : null
  return like?.through === 'module' ? { ...like, through: 'likeness', parameter } : null
}

/** `load(request = fetch)`: the client of callers that give none. */
function byDefault(
  { node, path, fallback }: Parameter,
  shapes: Recognition,
  depth: number,
): ClientSeen | null {
  const given = path.length === 0 ? node.initializer : fallback
  return given ? shapes.clientOf(given, depth + 1) : null
}
