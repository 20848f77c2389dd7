/** The waits between attempts: whether they grow and have a random part. */
import type { Practice } from '../../../../../facts/code.js'
import { codeWords } from '../../../../../knowledge/code-words.js'
import { givenDelays } from './given-delays.js'
import { grows, isFixed, isRandom } from '../../values/growing-delays.js'
import { hasOneMore, isSingle } from '../bounds/attempts.js'
import { functionOf, practice } from '../../survey/practice.js'
import { isLostRace, isPolling, tellsOfFailure, waitsForLock, waitsForSharedLock } from '../places/polling.js'
import { bindingOf } from '../../syntax/scope.js'
import { isLeave } from '../../syntax/leaving.js'
import { leavingConditions } from '../conditions/retry-conditions.js'
import { isRepeated } from './repeated-code.js'
import { ONLY_CONFLICTS, repeatsOnlyConflicts } from '../failures/only-conflicts.js'
import type { Retry } from '../places/hand-written-retries.js'
import { waitsForState } from '../repeated/repeated-work.js'
import type { Survey } from '../../survey/survey.js'
import { bare, calleeName, enclosingFunction, isFunction, some, ts, type TS } from '../../syntax/syntax.js'
import { longest } from '../../values/longest-delay.js'
import { valueOf } from '../../values/values.js'

/** Judges a wait that stands between the attempts of a retry, or follows a count of attempts. */
export function waitAt(call: TS.CallExpression, loops: Retry[], survey: Survey): Practice[] {
  const delay = delayOf(call, survey)
  if (!delay || isWaitItself(call) || waitsForState(call)) return []
  const loop = loops.find(({ place: { pos, end } }) => call.pos >= pos && call.end <= end)
  if (!isBetweenAttempts(call, delay, loop, survey)) return []
  const place = placeOf(delay, call, survey)
  const growing = growsIn(loop?.place, delay, survey)
  if (growing ? waitsForLock(call) : isPolling(call))
    return waitsForSharedLock(call, survey) ? jitterOfLock(delay, place, growing, loop, survey) : []
  if (loop ? repeatsOnlyConflicts(loop, survey) : isLostRace(call))
    return ['retry-backoff', 'retry-jitter'].map((pattern) =>
      practice(survey, place, pattern, 'present', ONLY_CONFLICTS),
    )
  const asksGrowth = growing || !loop || !hasOneMore(loop.place, survey)
  return judgedDelay(delay, place, asksGrowth, survey, loop?.place)
}

/** Who has the lock is not overloaded: nothing asks the waits for it to grow, but all who wait come back in step. */
function jitterOfLock(
  delay: TS.Expression,
  place: TS.Node,
  growing: boolean,
  loop: Retry | undefined,
  survey: Survey,
): Practice[] {
  const most = longest(delay, survey.resolver)
  if (most !== null && most >= codeWords().unhurriedRestartSeconds * 1000) return []
  const random = isRandom(delay, survey.resolver)
  const isKnown = random || growing || isFixed(delay, survey.resolver, loop?.place)
  return isKnown ? saidOfDelay({ random, growing }, place, false, survey) : []
}

/** Whether a delay grows and has a random part, said of the place where it is computed. */
export function judgedDelay(
  delay: TS.Expression,
  place: TS.Node,
  asksGrowth: boolean,
  survey: Survey,
  loop?: TS.Node,
): Practice[] {
  const given = givenDelays(delay, survey)
  if (given !== null && given.length > 0) return given
  const random = isRandom(delay, survey.resolver)
  const growing = growsIn(loop, delay, survey)
  if (!random && !growing && !isFixed(delay, survey.resolver, loop)) return [unseenDelay(place, survey)]
  return saidOfDelay({ random, growing }, place, asksGrowth, survey)
}

export function unseenDelay(place: TS.Node, survey: Survey): Practice {
  const reason = 'how it is computed was not found'
  return practice(survey, place, 'retry-backoff', 'unknown', 'There is a delay between the attempts', reason)
}

export interface Delay {
  random: boolean
  growing: boolean
}

/** What is known of a delay, said of a place. */
export function saidOfDelay(
  { random, growing }: Delay,
  place: TS.Node,
  asksGrowth: boolean,
  survey: Survey,
): Practice[] {
  return [
    ...(asksGrowth ? [growth(survey, place, growing, random)] : []),
    practice(
      survey,
      place,
      'retry-jitter',
      random ? 'present' : 'absent',
      random
        ? 'The delay between attempts has jitter'
        : `The delay between attempts ${growing ? 'grows without jitter' : 'is constant'}`,
    ),
  ]
}

/** What was computed before the loop is the same in every round, however it was. */
function growsIn(loop: TS.Node | undefined, delay: TS.Expression, { resolver }: Survey): boolean {
  return !isFixed(delay, resolver, loop) && grows(delay, resolver)
}

function growth(survey: Survey, place: TS.Node, growing: boolean, random: boolean): Practice {
  const detail = `The delay between attempts ${random ? 'is random and does not grow' : 'is constant'}`
  return growing
    ? practice(survey, place, 'retry-backoff', 'present', 'The delay between attempts grows')
    : practice(survey, place, 'retry-backoff', 'absent', detail)
}

/**
 * In a loop that tries something twice, or by a delay that speaks of attempts; one that is always the same also has to
 * stand where something is done again and again.
 */
function isBetweenAttempts(
  call: TS.Node,
  delay: TS.Expression,
  loop: Retry | undefined,
  survey: Survey,
): boolean {
  if (loop)
    return (
      !isSingle(loop.place, survey) && !loop.work.some((work) => isPause(call, work)) && !isPace(call, loop)
    )
  if (!codeWords().attempts.test(textOf(delay, survey))) return false
  return valueOf(delay, survey.resolver).kind !== 'number' || isRepeated(call, survey)
}

/** In the try itself and under no condition: it follows what succeeded, as between two batches. */
function isPause(call: TS.Node, work: TS.Node): boolean {
  if (call.pos < work.pos || call.end > work.end) return false
  for (let at = call.parent; at !== work; at = at.parent)
    if (ts.isIfStatement(at) || ts.isConditionalExpression(at) || ts.isCatchClause(at)) return false
  return true
}

/** Behind a try that goes on without a failure: each look at what is not ready yet waits for the next one. */
function isPace(call: TS.Node, { work: [work], decision, until }: Retry): boolean {
  const isInside = (around: TS.Node): boolean => call.pos >= around.pos && call.end <= around.end
  if (!work || !ts.isBlock(work) || until !== null || isInside(work) || isInside(decision)) return false
  const last = work.statements.at(-1)
  if (last && isLeave(last)) return false
  return !leavingConditions(work, false).some((condition) => some(condition, tellsOfFailure))
}

/** The delay of `sleep(ms)` and of `new Promise((r) => setTimeout(r, ms))`, where it is awaited. */
export function delayOf(call: TS.CallExpression, survey: Survey): TS.Expression | null {
  const name = calleeName(call)
  // `await setTimeout(1000)` of `node:timers/promises`.
  if (name === 'setTimeout' && ts.isAwaitExpression(call.parent)) return call.arguments[0] ?? null
  if (name === 'setTimeout') {
    const executor = enclosingFunction(call)
    const inPromise =
      executor &&
      executor.parent &&
      ts.isNewExpression(executor.parent) &&
      executor.parent.expression.getText() === 'Promise'
    return inPromise && resolves(call.arguments[0], executor) ? (call.arguments[1] ?? null) : null
  }
  if (!codeWords().waits.test(name) || call.arguments.length === 0) return null
  const called = functionOf(survey, call.expression)
  const place = called === null ? (codeWords().sleeps.test(name) ? 0 : null) : placeOfDelay(called)
  return place !== null && (ts.isAwaitExpression(call.parent) || ts.isPropertyAccessExpression(call.parent))
    ? (call.arguments[place] ?? null)
    : null
}

/** Which argument of a function of the project is the time that it sleeps: the first, where that is not seen. Null where it does not sleep. */
function placeOfDelay(called: TS.FunctionLikeDeclaration): number | null {
  let place: number | null = null
  some(called, (node) => {
    if (!ts.isCallExpression(node) || calleeName(node) !== 'setTimeout') return false
    const time = node.arguments[1]
    const named = called.parameters.findIndex(({ name }) => time && bare(time).getText() === name.getText())
    place = Math.max(named, 0)
    return named >= 0
  })
  return place
}

/** `resolve`, or `() => resolve(1)`. */
function resolves(timed: TS.Expression | undefined, executor: TS.FunctionLikeDeclaration): boolean {
  const [resolve] = executor.parameters
  const given = timed && bare(timed)
  if (!given || !resolve) return false
  return isFunction(given)
    ? some(given, (node) => ts.isCallExpression(node) && calleeName(node) === resolve.name.getText())
    : ts.isIdentifier(given)
}

/** The body of a `sleep` helper: its delay is its own parameter. */
export function isWaitItself(call: TS.CallExpression): boolean {
  const executor = enclosingFunction(call)
  const owner = executor && enclosingFunction(executor)
  const delay = call.arguments[1]
  return (
    calleeName(call) === 'setTimeout' &&
    !!owner &&
    isFunction(owner) &&
    owner.parameters.some((parameter) => parameter.name.getText() === delay?.getText())
  )
}

function textOf(delay: TS.Expression, survey: Survey): string {
  const found = survey.resolver.resolve(delay)
  return delay.getText() + (found.kind === 'value' && !isFunction(found.node) ? found.node.getText() : '')
}

/** Where the delay is computed, when that is in the function that waits. */
export function placeOf(delay: TS.Expression, call: TS.CallExpression, survey: Survey): TS.Node {
  const binding = ts.isIdentifier(delay) ? bindingOf(delay) : null
  const named = binding?.kind === 'value' && binding.path.length === 0 ? binding.node : null
  const found = survey.resolver.resolve(delay)
  if (named && ts.isConditionalExpression(named)) return named
  if (found.kind !== 'value' || found.node.getSourceFile() !== call.getSourceFile()) return call
  const computedIn = enclosingFunction(found.node)
  for (let at = enclosingFunction(call); at; at = enclosingFunction(at))
    if (at === computedIn) return found.node
  return call
}
