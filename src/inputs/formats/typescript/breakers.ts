/** How breakers are set up: after how many failures they open, and what the caller gets then. */
import type { Practice } from '../../../facts/code.js'
import { findOption } from './options.js'
import { functionOf, practice } from './practice.js'
import type { WrapperSeen } from './shapes.js'
import type { Survey } from './survey.js'
import { calleeName, sourceOf, ts, type TS } from './syntax.js'
import { valueOf } from './values.js'

export function breakers(survey: Survey): Practice[] {
  return survey.wrappers.flatMap((seen) =>
    seen.wrapper.opensLate ? [judgeThreshold(survey, seen), ...judgeFallback(survey, seen)] : [],
  )
}

function judgeThreshold(survey: Survey, { made, wrapper, library }: WrapperSeen): Practice {
  const { options, reason } = wrapper.opensLate!
  const at = (state: Practice['state'], detail: string, why: string | null = null): Practice =>
    practice(survey, made, 'breaker-threshold', state, detail, why)
  const given = wrapper.options.map((index) => made.arguments?.[index])
  for (const option of options) {
    const found = findOption(given, option, survey.resolver)
    if (found.state === 'open')
      return at(
        'unknown',
        `When ${library.title} opens is set elsewhere`,
        `is \`${option}\` among the options of the breaker? ${found.reason}`,
      )
    if (found.state === 'found' && isEnough(survey, found.value))
      return at('present', `\`${option}\` keeps one failure from opening the breaker`)
  }
  return at('absent', reason)
}

function isEnough(survey: Survey, value: TS.Expression | TS.MethodDeclaration): boolean {
  const found = ts.isExpression(value) ? valueOf(value, survey.resolver) : null
  if (found?.kind === 'number') return found.value > 1
  return found?.kind === 'switch' ? found.on : found?.kind !== 'nothing'
}

/** `breaker.fallback(…)`, or a caller that catches: whether the loss may be hidden, nobody but people can say. */
function judgeFallback(survey: Survey, { made, library }: WrapperSeen): Practice[] {
  const set = survey.callsNamed('fallback').find((call) => isOn(survey, call, made))
  const handler = set && functionOf(survey, set.arguments[0])
  const related = set ? [{ source: sourceOf(set), message: 'the fallback' }] : []
  if (handler?.body && onlyThrows(handler.body))
    return [
      practice(
        survey,
        made,
        'fallback',
        'absent',
        `The fallback of ${library.title} only throws`,
        null,
        related,
      ),
    ]
  if (set)
    return [practice(survey, made, 'fallback', 'present', `${library.title} has a fallback`, null, related)]
  const question = 'what does the caller get while the breaker is open? No fallback was seen'
  return [practice(survey, made, 'fallback', 'unknown', `${library.title} has no fallback`, question)]
}

function isOn(survey: Survey, { expression }: TS.CallExpression, made: TS.Node): boolean {
  if (!ts.isPropertyAccessExpression(expression)) return false
  const found = survey.resolver.resolve(expression.expression)
  return found.kind === 'value' && found.node === made
}

function onlyThrows(body: TS.Node): boolean {
  if (ts.isBlock(body)) {
    const [only] = body.statements
    return body.statements.length === 1 && (ts.isThrowStatement(only!) || isRejection(only!))
  }
  return isRejection(body)
}

/** `Promise.reject(…)`, returned or not. */
function isRejection(node: TS.Node): boolean {
  const value = ts.isReturnStatement(node) ? node.expression : node
  return value !== undefined && ts.isCallExpression(value) && calleeName(value) === 'reject'
}
