/** Outbound calls that code of the project tries again by itself: in a loop, or by a function that calls itself. */
import type { CallPath } from '../../../../facts/code.js'
import { isSingle, mostAttempts } from '../retries/bounds/attempts.js'
import { loopRetries, recursiveRetries, type Retry } from '../retries/places/hand-written-retries.js'
import { outcomeSeen } from '../retries/failures/seen-outcomes.js'
import { repeatedCalls } from '../retries/repeated/repeated-calls.js'
import { unseenFailures } from '../retries/failures/unseen-failures.js'
import type { Survey } from '../survey/survey.js'
import { sourceOf, type TS } from '../syntax/syntax.js'

/** By the node of the call; of several retries around one call the inner one. */
export function retriedCalls(survey: Survey): Map<TS.Node, CallPath['retry']> {
  const retried = new Map<TS.Node, CallPath['retry']>()
  for (const { loops, calls } of survey.files) {
    const again = [...loopRetries(loops, survey), ...recursiveRetries(calls, survey)]
    for (const retry of again.filter((candidate) => triesAgain(candidate, survey))) {
      const attempts = retry.how === 'loop' ? mostAttempts(retry.place, survey) : null
      for (const work of retry.work)
        for (const { node } of repeatedCalls(work, survey))
          if (!retried.has(node)) retried.set(node, { source: sourceOf(retry.place), attempts })
    }
  }
  return retried
}

function triesAgain(retry: Retry, survey: Survey): boolean {
  if (retry.how === 'loop' && isSingle(retry.place, survey)) return false
  return unseenFailures(retry, survey) === null && outcomeSeen(retry, survey)?.state !== 'inert'
}
