/** Clients that a parameter is, by its type or its default: they are made elsewhere. */
import { nameMatches } from '../../../../knowledge/libraries.js'
import type { Resolved } from '../modules/resolved.js'
import type { ClientSeen, Recognition } from './client-seen.js'
import { ts, type TS } from '../syntax/syntax.js'
import { typeAt } from '../syntax/types.js'

type Parameter = Resolved & { kind: 'parameter' }

export function clientOfParameter(found: Parameter, shapes: Recognition, depth: number): ClientSeen | null {
  return typed(found, shapes, depth) ?? byDefault(found, shapes, depth)
}

/** A parameter or field whose type is one of a library's: a client made elsewhere. */
function typed(
  { node: parameter, path: names }: Parameter,
  shapes: Recognition,
  depth: number,
): ClientSeen | null {
  const type = parameter.type && typeAt(parameter.type, names)
  if (type && ts.isTypeQueryNode(type)) return likeIt(type, parameter, shapes, depth)
  const named = parameter.type ? shapes.declaredTypes.behind(parameter.type, names) : null
  if (!named) return null
  const { module, path } = named
  const library = shapes
    .librariesOf(module)
    .find(({ types }) => types.some((pattern) => nameMatches(pattern, path)))
  return library
    ? { library, made: null, creation: null, by: path, through: 'type', parameter, path: names }
    : null
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
