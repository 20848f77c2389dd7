/** Retries in the code of the project: whether they end, wait, choose their failures and repeat only what may be repeated. */
import type { Practice } from '../../../../facts/code.js'
import { answerRetries } from './answers/answer-retries.js'
import { isSingle, judgeAttempts } from './bounds/attempts.js'
import { daemonWaits } from './delays/daemon-waits.js'
import { boundOfInterceptor, boundOfLoop, boundOfRecursion } from './bounds/retry-bounds.js'
import { waitAt } from './delays/retry-delays.js'
import { idempotency, idempotencyOfResent } from './idempotency/retry-idempotency.js'
import { interceptorWaits } from './delays/interceptor-waits.js'
import { interceptorRetries } from './places/interceptor-retries.js'
import { permanentErrors } from './failures/permanent-errors.js'
import { rescheduledJobs } from './restarts/rescheduled-jobs.js'
import { resubscriptions } from './failures/resubscriptions.js'
import { recursionWaitAt } from './delays/recursion-waits.js'
import { restarts } from './restarts/restarts.js'
import { outcomeSeen } from './failures/seen-outcomes.js'
import { loopRetries, recursiveRetries, type Retry } from './places/hand-written-retries.js'
import { wrappedDelays } from './delays/wrapped-delays.js'
import { wrappedRetries } from './places/wrapped-retries.js'
import type { Survey, Surveyed } from '../survey/survey.js'
import type { TS } from '../syntax/syntax.js'
import { unseenFailures } from './failures/unseen-failures.js'
import { loopWithoutWait, recursionWithoutWait } from './delays/unwaited-retries.js'

export function retries(survey: Survey): Practice[] {
  const resent = interceptorRetries(survey).flatMap((again) => [
    boundOfInterceptor(again, survey),
    ...permanentErrors(again.retry, survey),
    ...idempotencyOfResent(again, survey),
    ...interceptorWaits(again, survey),
  ])
  const wrapped = wrappedRetries(survey).flatMap((retry) => chosen(retry, survey))
  return [
    ...survey.files.flatMap((file) => handMade(file, survey)),
    ...resent,
    ...restarts(survey),
    ...wrapped,
    ...wrappedDelays(survey),
    ...rescheduledJobs(survey),
    ...resubscriptions(survey),
  ]
}

function handMade(file: Surveyed, survey: Survey): Practice[] {
  const { calls, loops } = file
  const loopsWithTry = [...loopRetries(loops, survey), ...answerRetries(loops, survey)]
  const unseen = new Map(loopsWithTry.map((retry) => [retry, unseenFailures(retry, survey)]))
  const [loopsThatTry, idle] = parted(loopsWithTry, (retry) => unseen.get(retry) === null)
  const looping = loopsThatTry.filter(({ place }) => !isSingle(place, survey))
  const recursive = recursiveRetries(calls, survey)
  const again = [...looping, ...recursive]
  const outcomes = new Map(again.map((retry) => [retry, outcomeSeen(retry, survey)]))
  // What no failure of the dependency starts hits nobody twice, and chooses nothing.
  const sees = (retry: Retry): boolean => outcomes.get(retry)?.state !== 'inert'
  const waits: Practice[] = []
  const judged = new Set<TS.Node>()
  for (const call of calls) {
    if (idle.some(({ place }) => place.pos <= call.pos && call.pos < place.end)) continue
    const ofLoop = waitAt(call, loopsThatTry, survey)
    const said = ofLoop.length > 0 ? ofLoop : recursionWaitAt(call, recursive.filter(sees), survey)
    if (said.length > 0) judged.add(call)
    waits.push(...said)
  }
  return [
    ...[...unseen.values(), ...outcomes.values()].flatMap((outcome) => outcome ?? []),
    ...loopsThatTry.flatMap(({ place }) => judgeAttempts(place, survey)),
    ...looping.flatMap((retry) => [
      ...boundOfLoop(retry, retry.place as TS.IterationStatement, survey),
      ...(sees(retry) ? loopWithoutWait(retry, survey) : []),
    ]),
    ...recursive.flatMap((retry) => [
      ...boundOfRecursion(retry, survey),
      ...(sees(retry) ? recursionWithoutWait(retry, survey) : []),
    ]),
    ...again.filter(sees).flatMap((retry) => chosen(retry, survey)),
    ...waits,
    ...daemonWaits(file, loopsWithTry, judged, survey),
  ]
}

function parted(retries: Retry[], test: (retry: Retry) => boolean): [Retry[], Retry[]] {
  return [retries.filter(test), retries.filter((retry) => !test(retry))]
}

/** Which failures are tried again, and what is repeated. */
function chosen(retry: Retry, survey: Survey): Practice[] {
  return [...permanentErrors(retry, survey), ...idempotency(retry, survey)]
}
