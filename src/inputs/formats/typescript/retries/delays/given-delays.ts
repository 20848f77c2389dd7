/** Delays that a retry of the project asks its callers for: `retry(work, { wait: (attempt) => … })`. */
import { callersOf } from '../../survey/named-callers.js'
import type { Practice } from '../../../../../facts/code.js'
import { grows, isRandom } from '../../values/growing-delays.js'
import { findOption } from '../../values/options.js'
import { functionOf, practice } from '../../survey/practice.js'
import { bindingOf } from '../../syntax/scope.js'
import type { Survey } from '../../survey/survey.js'
import { bare, isFunction, ts, type TS } from '../../syntax/syntax.js'
import { valueOf } from '../../values/values.js'

/** Null where no function that callers give computes the delay; else what is said of each of them. */
export function givenDelays(delay: TS.Expression, survey: Survey): Practice[] | null {
  const asked = askedFunction(delay, survey)
  if (!asked) return null
  const { parameter, path, fallback, mayBeNumber } = asked
  const owner = parameter.parent
  if (!isFunction(owner)) return null
  const index = owner.parameters.indexOf(parameter)
  const given = callersOf(owner, survey).flatMap((call) => {
    const argument = call.arguments[index]
    if (!argument || path.length === 0) return argument ?? []
    const found = findOption([argument], path.join('.'), survey.resolver)
    return found.state === 'found' && ts.isExpression(found.value) ? found.value : []
  })
  const ways = [...(fallback ? [fallback] : []), ...given]
  return [...new Set(ways)].flatMap((each) => {
    const computes = functionOf(survey, each)
    return computes ? judged(computes, survey) : mayBeNumber ? judgedNumber(each, survey) : []
  })
}

interface Asked {
  parameter: TS.ParameterDeclaration
  path: string[]
  fallback: TS.Expression | undefined
  /** `typeof wait === 'function' ? wait(attempt) : wait` */
  mayBeNumber: boolean
}

/** `wait(attempt)`, or a constant that it computes, where `wait` is a parameter or taken out of one. */
function askedFunction(delay: TS.Expression, survey: Survey): Asked | null {
  const node = bare(delay)
  const binding = ts.isIdentifier(node) ? bindingOf(node) : null
  const value = binding?.kind === 'value' && ts.isExpression(binding.node) ? bare(binding.node) : node
  const computed = ts.isConditionalExpression(value) ? functionWay(value) : value
  if (!computed || !ts.isCallExpression(computed)) return null
  const found = survey.resolver.resolve(computed.expression)
  if (found.kind !== 'parameter') return null
  return {
    parameter: found.node,
    path: found.path,
    fallback: found.fallback ?? found.node.initializer,
    mayBeNumber: computed !== value,
  }
}

/** The call of `typeof wait === 'function' ? wait(attempt) : wait`, of which the other way is the same thing. */
function functionWay({ condition, whenTrue, whenFalse }: TS.ConditionalExpression): TS.Expression | null {
  if (!/\btypeof\b[^'"]*(['"])(function|number)\1/.test(condition.getText())) return null
  const [one, other] = [bare(whenTrue), bare(whenFalse)]
  const call = ts.isCallExpression(one) ? one : other
  const plain = call === one ? other : one
  return ts.isCallExpression(call) && call.expression.getText() === plain.getText() ? call : null
}

/** Of a delay that a caller gives as a number. */
function judgedNumber(given: TS.Expression, survey: Survey): Practice[] {
  if (valueOf(given, survey.resolver).kind !== 'number') return []
  const detail = 'The delay between attempts is constant'
  return ['retry-backoff', 'retry-jitter'].map((pattern) =>
    practice(survey, given, pattern, 'absent', detail),
  )
}

function judged(computes: TS.FunctionLikeDeclaration, survey: Survey): Practice[] {
  if (!computes.body) return []
  const random = isRandom(computes.body, survey.resolver)
  const growing = grows(computes.body, survey.resolver)
  const isKnown = random || growing || ts.isNumericLiteral(computes.body)
  if (!isKnown) return []
  const how = growing ? 'grows' : 'is constant'
  return [
    practice(
      survey,
      computes,
      'retry-backoff',
      growing || random ? 'present' : 'absent',
      `The delay between attempts ${how}`,
    ),
    practice(
      survey,
      computes,
      'retry-jitter',
      random ? 'present' : 'absent',
      random ? 'The delay between attempts has jitter' : `The delay between attempts ${how} without jitter`,
    ),
  ]
}
