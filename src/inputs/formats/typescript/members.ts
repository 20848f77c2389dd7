/** Members of what needs no following: global objects, enumerations, the parameters of a constructor. */
import { UNKNOWN, type Resolved } from './resolved.js'
import { textOf, ts, type TS } from './syntax.js'

/** Members of the global object are globals themselves. */
export function globalMember(object: string, name: string): Resolved {
  const isGlobal = object === 'globalThis' || object === 'global'
  return { kind: 'global', name: isGlobal ? name : `${object}.${name}` }
}

/** `constructor(private readonly http: HttpService)`: a field that is a parameter. */
export function parameterProperty(
  owner: TS.ClassLikeDeclaration,
  name: string,
): TS.ParameterDeclaration | undefined {
  return owner.members
    .filter(ts.isConstructorDeclaration)
    .flatMap((constructor) => [...constructor.parameters])
    .find(
      (parameter) =>
        textOf(parameter.name) === name && ts.isParameterPropertyDeclaration(parameter, parameter.parent),
    )
}

export function enumMember(node: TS.EnumDeclaration, name: string): Resolved {
  const initializer = node.members.find((member) => member.name.getText() === name)?.initializer
  return initializer ? { kind: 'value', node: initializer } : UNKNOWN
}
