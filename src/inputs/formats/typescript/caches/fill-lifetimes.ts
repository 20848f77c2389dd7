/** Functions that load into a cache whatever they are given, always for the same time: `remember(key, () => load(key))`. */
import type { Practice } from '../../../../facts/code.js'
import { callersOf } from '../survey/named-callers.js'
import { functionOf, practice } from '../survey/practice.js'
import type { Survey } from '../survey/survey.js'
import { isFunction, some, type TS } from '../syntax/syntax.js'
import { isRandom } from '../values/growing-delays.js'
import { valueOf } from '../values/values.js'
import { madeOf, type Fill } from './fills.js'
import { lifetimeGiven } from './lifetimes.js'

const PATTERN = 'cache-ttl-jitter'

export function lifetimesOfFills(fills: Fill[], survey: Survey): Practice[] {
  return fills.flatMap(({ store, around, read, load }) => {
    // A single purpose has a lifetime of its own.
    if (!isGiven(load, around, survey) || !hasManyKeys(read, around)) return []
    const lifetime = lifetimeGiven(store, survey)
    if (!lifetime) return []
    const given = givenLifetimes(lifetime, around, survey)
    if (isSpreadBy(store, survey) || given.some((each) => isRandom(each, survey.resolver)))
      return [practice(survey, store, PATTERN, 'present', 'Loaded values have a TTL with jitter')]
    const isFixed =
      given.length > 0 && given.every((each) => valueOf(each, survey.resolver).kind === 'number')
    const detail = `Every loaded value has the same TTL (\`${lifetime.getText().slice(0, 40)}\`), so keys loaded together expire together`
    return isFixed ? [practice(survey, store, PATTERN, 'absent', detail)] : []
  })
}

/** Who calls says what is loaded: `load(key)`, `http.get(endpoint)`. */
function isGiven(load: TS.CallExpression, around: TS.FunctionLikeDeclaration, survey: Survey): boolean {
  const isParameter = (expression: TS.Expression): boolean => {
    const found = survey.resolver.resolve(expression)
    return found.kind === 'parameter' && found.node.parent === around && found.path.length === 0
  }
  if (isParameter(load.expression)) return true
  const [target] = survey.outboundAt(load)?.client.library.protocol === 'http' ? load.arguments : []
  return target !== undefined && isParameter(target)
}

/** The key is made of what the function is given: it is not one and the same for all. */
function hasManyKeys({ arguments: [key] }: TS.CallExpression, around: TS.FunctionLikeDeclaration): boolean {
  if (!key) return false
  const names = madeOf(key)
  return around.parameters.some(({ name }) => some(name, (node) => names.has(node.getText())))
}

/** Of a parameter what all who call give, where each of them is seen to. */
function givenLifetimes(
  lifetime: TS.Expression,
  around: TS.FunctionLikeDeclaration,
  survey: Survey,
): TS.Expression[] {
  const found = survey.resolver.resolve(lifetime)
  if (found.kind !== 'parameter' || found.node.parent !== around) return [lifetime]
  const { initializer } = found.node
  const index = around.parameters.indexOf(found.node)
  const given = callersOf(around, survey).map((call) => call.arguments[index] ?? initializer)
  const known = given.filter((each) => each !== undefined)
  return found.path.length === 0 && known.length === given.length ? known : []
}

/** The function of the project that stores adds the random part. */
function isSpreadBy(store: TS.CallExpression, survey: Survey): boolean {
  const called = functionOf(survey, store.expression)
  return (
    called !== null &&
    isFunction(called) &&
    called.body !== undefined &&
    isRandom(called.body, survey.resolver)
  )
}
