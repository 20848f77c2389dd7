/** How breakers are set up: after how many failures they open, and what the caller gets then. */
import type { Practice } from '../../../../facts/code.js'
import { tellsFailure } from '../failures/reach/may-reject.js'
import { onlyLogs } from '../syntax/catch-clauses.js'
import { findOption } from '../values/options.js'
import { functionOf, practice } from '../survey/practice.js'
import type { WrapperSeen } from '../survey/shapes.js'
import type { Survey } from '../survey/survey.js'
import { throwsIn } from '../syntax/noted-nodes.js'
import { calleeName, some, sourceOf, ts, type TS } from '../syntax/syntax.js'
import { valueOf } from '../values/values.js'

const COUNTING = 'circuit-breaker'

export function breakers(survey: Survey): Practice[] {
  return survey.wrappers.flatMap((seen) =>
    seen.wrapper.opensLate
      ? [judgeThreshold(survey, seen), ...judgeFallback(survey, seen), ...judgeCounting(survey, seen)]
      : [],
  )
}

/** `new CircuitBreaker(async () => { try { … } catch { return null } })`: what it counts is kept from it. */
function judgeCounting(survey: Survey, { made, wrapper, library }: WrapperSeen): Practice[] {
  const work = functionOf(survey, made.arguments?.[wrapper.wraps ?? -1])
  if (!work?.body || survey.callsFrom(work.body).length === 0) return []
  if (tellsFailure(survey, work))
    return [practice(survey, made, COUNTING, 'present', `${library.title} sees the failures of its work`)]
  if (!isSilent(work.body)) return []
  const detail = `The work of ${library.title} catches its failures itself: the breaker counts none of them, and opens only on timeouts, if at all`
  const related = [{ source: sourceOf(work), message: 'the work' }]
  return [practice(survey, made, COUNTING, 'inert', detail, null, related)]
}

/** Every catch in it is seen to drop what it catches: others may tell it in ways that were not followed. */
function isSilent(body: TS.Node): boolean {
  const tells = (node: TS.Node): boolean => ts.isCatchClause(node) && !onlyLogs(withoutReturn(node.block))
  return some(body, ts.isCatchClause) && !some(body, tells)
}

/** Without a last `return null`. */
function withoutReturn({ statements }: TS.Block): { statements: readonly TS.Statement[] } {
  const last = statements.at(-1)
  const isPlain = last && ts.isReturnStatement(last) && !some(last, ts.isCallExpression)
  return { statements: isPlain ? statements.slice(0, -1) : statements }
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
      return at('present', `\`${option}\` prevents one failure from opening the breaker`)
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
  if (handler && onlyPassesOn(handler)) {
    const detail = `The fallback of ${library.title} rethrows the error that it was given`
    return [practice(survey, made, 'breaker-fallback', 'absent', detail, null, related)]
  }
  if (set)
    return [
      practice(survey, made, 'breaker-fallback', 'present', `${library.title} has a fallback`, null, related),
    ]
  const reason = 'no fallback was seen, and how the caller handles the error was not followed'
  return [practice(survey, made, 'breaker-fallback', 'unknown', `${library.title} has no fallback`, reason)]
}

/** The call that gives a breaker a fallback which answers by itself. */
export function fallbackOn(survey: Survey, made: TS.Node): TS.CallExpression | null {
  const set = survey.callsNamed('fallback').find((call) => isOn(survey, call, made))
  const handler = set && functionOf(survey, set.arguments[0])
  return set && handler?.body && throwsIn(handler.body).length === 0 && !onlyPassesOn(handler) ? set : null
}

function isOn(survey: Survey, { expression }: TS.CallExpression, made: TS.Node): boolean {
  if (!ts.isPropertyAccessExpression(expression)) return false
  const found = survey.resolver.resolve(expression.expression)
  return found.kind === 'value' && found.node === made
}

/** `(error) => { throw error }`, or `Promise.reject(error)`; an error of its own may tell the caller to come again. */
function onlyPassesOn({ parameters, body }: TS.FunctionLikeDeclaration): boolean {
  const [only, ...others] = body && ts.isBlock(body) ? body.statements : body ? [body] : []
  const thrown = only && others.length === 0 ? thrownBy(only) : null
  return thrown !== null && parameters.some(({ name }) => name.getText() === thrown.getText())
}

function thrownBy(node: TS.Node): TS.Expression | null {
  if (ts.isThrowStatement(node)) return node.expression
  const value = ts.isReturnStatement(node) ? node.expression : node
  const isRejection = value !== undefined && ts.isCallExpression(value) && calleeName(value) === 'reject'
  return isRejection ? (value.arguments[0] ?? null) : null
}
