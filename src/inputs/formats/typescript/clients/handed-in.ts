/** Functions that callers hand in to be called as a module is: `new Api(fetch)` for `constructor(private request: typeof fetch)`. */
import type { Library } from '../../../../knowledge/libraries.js'
import type { Callers } from '../survey/callers.js'
import type { Injected } from './injection.js'
import { givenFor } from '../modules/resolved.js'
import type { Shapes } from '../survey/shapes.js'
import { isFunction, type TS } from '../syntax/syntax.js'

/** The module itself where all callers give it. */
export function handedIn(
  parameter: TS.ParameterDeclaration,
  library: Library,
  callers: Callers,
  shapes: Shapes,
): Injected {
  const of = parameter.parent
  const given = isFunction(of) ? callers.of(of).map((call) => givenFor(parameter, [{ of, call }])) : []
  const isModule = (one: TS.Expression): boolean => {
    const client = shapes.clientOf(one)
    return client?.through === 'module' && client.library === library
  }
  const isBare = given.length > 0 && given.every((one) => one !== null && one !== 'nothing' && isModule(one))
  return isBare ? 'bare' : 'unknown'
}
