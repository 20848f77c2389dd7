/** The waits of functions that call themselves again after a failure: whether they grow and have a random part. */
import type { Practice } from '../../../../../facts/code.js'
import { codeWords } from '../../../../../knowledge/code-words.js'
import { practice } from '../../survey/practice.js'
import type { Survey } from '../../survey/survey.js'
import { enclosingFunction, functionName, ts, type TS } from '../../syntax/syntax.js'
import { triesOfRecursion } from '../bounds/recursion-attempts.js'
import { ONLY_CONFLICTS, repeatsOnlyConflicts } from '../failures/only-conflicts.js'
import { carriedDelay } from './carried-delays.js'
import { delayOf, isWaitItself, judgedDelay, placeOf, saidOfDelay, unseenDelay } from './retry-delays.js'
import type { Retry } from '../places/hand-written-retries.js'
import { failureAround, isCatchHandler } from '../places/failure-handlers.js'
import { waitsForState } from '../repeated/repeated-work.js'
import { asksAnswer } from './unwaited-retries.js'

/** Judges a wait after a failure, caught or told by an answer, that comes before the call by which the function starts again. */
export function recursionWaitAt(call: TS.CallExpression, retries: Retry[], survey: Survey): Practice[] {
  const retry = retries.find((one) => isBefore(call, one, survey))
  const delay = retry ? delayOf(call, survey) : null
  if (!retry || !delay || isWaitItself(call) || waitsForState(call) || isForLock(retry)) return []
  const place = placeOf(delay, call, survey)
  if (repeatsOnlyConflicts(retry, survey))
    return ['retry-backoff', 'retry-jitter'].map((pattern) =>
      practice(survey, place, pattern, 'present', ONLY_CONFLICTS),
    )
  const { owner, conditions } = retry
  const tries = owner && triesOfRecursion(retry.place as TS.CallExpression, owner, conditions, survey)
  // Between two attempts nothing can grow.
  const asksGrowth = tries === null || tries > 2
  const carried = carriedDelay(delay, retry, survey)
  if (carried === 'unknown') return [unseenDelay(place, survey)]
  return carried
    ? saidOfDelay(carried, place, asksGrowth, survey)
    : judgedDelay(delay, place, asksGrowth, survey)
}

/** In the same catch or branch: what is awaited there, or in a promise that is made there, delays the call behind it. */
function isBefore(call: TS.CallExpression, retry: Retry, survey: Survey): boolean {
  const { place, decision, owner } = retry
  const isInside = decision.pos <= call.pos && call.end <= place.pos
  if (!isInside || owner === null || !isRunIn(call, owner)) return false
  return isCaught(place, owner) || asksAnswer(retry, survey)
}

function isCaught(place: TS.Node, owner: TS.Node): boolean {
  return failureAround(place, owner) !== null
}

function isRunIn(call: TS.Node, owner: TS.Node): boolean {
  const around = enclosingFunction(call)
  if (around === null) return false
  if (isRunHere(around, owner)) return true
  const outer = ts.isNewExpression(around.parent) ? enclosingFunction(around) : null
  return outer !== null && isRunHere(outer, owner)
}

/** The function itself, or what catches the failures of a promise in it. */
function isRunHere(around: TS.Node, owner: TS.Node): boolean {
  return around === owner || (isCatchHandler(around) && enclosingFunction(around) === owner)
}

/** Who has the lock is not overloaded. */
function isForLock({ owner }: Retry): boolean {
  return owner !== null && codeWords().locks.test(functionName(owner))
}
