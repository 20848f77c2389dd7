/** All practices, routes and servers of a survey. */
import type { CodeFact } from '../../../facts/code.js'
import { buffers } from './buffers.js'
import { cacheExpiries } from './cache-expiry.js'
import { cacheFallbacks } from './cache-fallback.js'
import { cacheFills } from './cache-fills.js'
import type { Clients } from './clients.js'
import { deadTimers } from './dead-timers.js'
import { keyedBuffers } from './keyed-buffers.js'
import { droppingHelpers } from './dropping-helpers.js'
import { fanoutLoops } from './fanout-loops.js'
import { fanouts } from './fanout.js'
import { consumerEffects } from './consumer-effects.js'
import { earlyAcks } from './early-acks.js'
import { unawaitedWork } from './unawaited-work.js'
import { growingMemory } from './growing-memory.js'
import { backpressure } from './backpressure.js'
import { bodyLimits } from './body-limits.js'
import { breakers } from './breakers.js'
import { callerSignals } from './caller-signals.js'
import { sharedGuards } from './shared-guards.js'
import { slowRequests } from './slow-requests.js'
import { negativeCaching } from './negative-caching.js'
import { processLocks } from './process-locks.js'
import { sharedLimiters } from './shared-limiters.js'
import { floatingPromises } from './floating-promises.js'
import { followedReferences } from './followed-references.js'
import { referenceCycles } from './reference-cycles.js'
import { rejections } from './rejections.js'
import { repeatKeys } from './repeat-keys.js'
import { retries } from './retries.js'
import { routes } from './routes.js'
import { scheduledJobs } from './scheduled-jobs.js'
import { sendLimits } from './send-limits.js'
import { splitLocks } from './split-locks.js'
import { sendsThenMarks } from './send-then-mark.js'
import { serversOf } from './servers.js'
import { settledResults } from './settled-results.js'
import { shutdowns } from './shutdown.js'
import { stateMachines } from './state-machines.js'
import { stateTimeouts } from './state-timeouts.js'
import { completedRetries } from './completed-retries.js'
import { failuresAsAnswers } from './failures-as-answers.js'
import { passedPositions } from './passed-positions.js'
import { stoppedPolls } from './stopped-polls.js'
import { storedTimeouts } from './stored-timeouts.js'
import type { Survey } from './survey.js'
import { swallowedErrors } from './swallowed-errors.js'
import { swallowedRejections } from './swallowed-rejections.js'
import { timers } from './timers.js'
import { transactions } from './transactions.js'
import { transitionTables } from './transition-tables.js'
import { unreadAnswers } from './unread-answers.js'
import { unreadTimeouts } from './unread-timeouts.js'

export function practiceFacts(survey: Survey, clients: Clients): CodeFact[] {
  const servers = serversOf(survey)
  return [
    ...servers,
    ...shutdowns(survey, servers),
    ...rejections(survey),
    ...fanouts(survey),
    ...fanoutLoops(survey),
    ...retries(survey),
    ...timers(survey),
    ...buffers(survey),
    ...keyedBuffers(survey),
    ...deadTimers(survey),
    ...unreadTimeouts(survey),
    ...storedTimeouts(survey),
    ...scheduledJobs(survey),
    ...sendsThenMarks(survey),
    ...repeatKeys(survey),
    ...cacheFills(survey, clients),
    ...cacheFallbacks(survey, clients),
    ...cacheExpiries(survey),
    ...transactions(survey),
    ...swallowedErrors(survey),
    ...swallowedRejections(survey),
    ...droppingHelpers(survey),
    ...unreadAnswers(survey),
    ...settledResults(survey),
    ...floatingPromises(survey),
    ...stoppedPolls(survey),
    ...passedPositions(survey),
    ...failuresAsAnswers(survey),
    ...completedRetries(survey),
    ...referenceCycles(survey),
    ...followedReferences(survey),
    ...stateTimeouts(survey),
    ...stateMachines(survey),
    ...transitionTables(survey),
    ...processLocks(survey),
    ...splitLocks(survey),
    ...sharedLimiters(survey),
    ...negativeCaching(survey),
    ...earlyAcks(survey),
    ...unawaitedWork(survey),
    ...consumerEffects(survey),
    ...growingMemory(survey),
    ...backpressure(survey),
    ...sharedGuards(survey),
    ...breakers(survey),
    ...callerSignals(survey, clients),
    ...sendLimits(survey, clients),
    ...slowRequests(survey),
    ...bodyLimits(survey),
    ...routes(survey, clients),
  ]
}
