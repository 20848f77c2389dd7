/** Members of what needs little following: global objects, enumerations, parameters of a constructor, what libraries give. */
import { UNKNOWN, type Given, type Resolved } from '../modules/resolved.js'
import { textOf, ts, type TS } from '../syntax/syntax.js'

/** Members of the global object are globals themselves. */
export function globalMember(object: string, name: string): Resolved {
  const isGlobal = object === 'globalThis' || object === 'global'
  return { kind: 'global', name: isGlobal ? name : `${object}.${name}` }
}

type Named = TS.ClassElement | TS.ParameterPropertyDeclaration

const known = new WeakMap<TS.ClassLikeDeclaration, Map<string, Named>>()

/** What a class declares under a name; `constructor(private readonly http: HttpService)` declares a field as well. */
export function declaredIn(owner: TS.ClassLikeDeclaration, name: string): Named | undefined {
  let named = known.get(owner)
  if (!named) known.set(owner, (named = membersByName(owner)))
  return named.get(name)
}

/** Of a method that is written twice, or has signatures above it, the last body runs. */
function isLaterBody(member: TS.ClassElement | TS.ParameterDeclaration): boolean {
  return ts.isMethodDeclaration(member) && member.body !== undefined
}

function membersByName(owner: TS.ClassLikeDeclaration): Map<string, Named> {
  const parameters = owner.members
    .filter(ts.isConstructorDeclaration)
    .flatMap((constructor) => [...constructor.parameters])
    .filter((parameter) => ts.isParameterPropertyDeclaration(parameter, parameter.parent))
  const named = new Map<string, Named>()
  for (const member of [...parameters, ...owner.members]) {
    const name = member.name && textOf(member.name)
    if (name !== undefined && (!named.has(name) || isLaterBody(member))) named.set(name, member)
  }
  return named
}

export function enumMember(node: TS.EnumDeclaration, name: string): Resolved {
  const initializer = node.members.find((member) => member.name.getText() === name)?.initializer
  return initializer ? { kind: 'value', node: initializer } : UNKNOWN
}

/** `grpc.loadPackageDefinition(d).shop` keeps its way through the library. */
export function madeMember(
  node: TS.Node,
  name: string,
  resolver: { resolve(expression: TS.Expression): Resolved },
  given: readonly Given[] = [],
): Resolved {
  if (!ts.isCallExpression(node)) return UNKNOWN
  const callee = resolver.resolve(node.expression)
  return callee.kind === 'library'
    ? { ...callee, path: `${callee.path}().${name}`, of: node, given }
    : UNKNOWN
}
