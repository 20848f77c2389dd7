/** All practices, routes and servers of a survey. */
import type { CodeFact } from '../../../facts/code.js'
import { buffers } from './jobs/buffers.js'
import { callPaths } from './paths/call-paths.js'
import { endpoints } from './paths/endpoints.js'
import { cacheExpiries } from './caches/cache-expiry.js'
import { cacheFallbacks } from './caches/cache-fallback.js'
import { cacheFills } from './caches/cache-fills.js'
import type { Clients } from './clients/clients.js'
import { deadTimers } from './jobs/dead-timers.js'
import { keyedBuffers } from './jobs/keyed-buffers.js'
import { droppingHelpers } from './failures/caught/dropping-helpers.js'
import { fanoutLoops } from './fan-out/fanout-loops.js'
import { fanouts } from './fan-out/fanout.js'
import { consumerEffects } from './messages/consumer-effects.js'
import { earlyAcks } from './messages/early-acks.js'
import { jobRetries } from './messages/job-retries.js'
import { renewedLocks } from './messages/renewed-locks.js'
import { unawaitedWork } from './messages/unawaited-work.js'
import { growingMemory } from './limits/growing-memory.js'
import { backpressure } from './limits/backpressure.js'
import { bodyLimits } from './servers/body-limits.js'
import { breakers } from './limits/breakers.js'
import { callerSignals } from './limits/caller-signals.js'
import { idleGuards } from './limits/idle-guards.js'
import { sharedGuards } from './limits/shared-guards.js'
import { inertMiddleware } from './servers/inert-middleware.js'
import { slowRequests } from './servers/slow-requests.js'
import { negativeCaching } from './caches/negative-caching.js'
import { processLocks } from './jobs/process-locks.js'
import { sharedLimiters } from './limits/shared-limiters.js'
import { floatingPromises } from './failures/unhandled/floating-promises.js'
import { followedReferences } from './states/followed-references.js'
import { unreadFunctionFailures } from './failures/answers/unread-function-failures.js'
import { referenceCycles } from './states/reference-cycles.js'
import { rejections } from './failures/unhandled/rejections.js'
import { repeatKeys } from './retries/idempotency/repeat-keys.js'
import { retries } from './retries/retries.js'
import { routes } from './servers/routes.js'
import { isInJob, scheduledJobs } from './jobs/scheduled-jobs.js'
import { sendLimits } from './messages/send-limits.js'
import { splitLocks } from './jobs/split-locks.js'
import { sendsThenMarks } from './messages/send-then-mark.js'
import { serversOf } from './servers/servers.js'
import { unreadSettledResults } from './failures/answers/unread-settled-results.js'
import { shutdowns } from './servers/shutdown.js'
import { stateMachines } from './states/state-machines.js'
import { stateTimeouts } from './states/state-timeouts.js'
import { completedRetries } from './failures/streams/completed-retries.js'
import { failuresAsAbsence } from './failures/absence/failures-as-absence.js'
import { failuresAsAnswers } from './failures/absence/failures-as-answers.js'
import { refusalsAsAnswers } from './failures/absence/refusals-as-answers.js'
import { passedPositions } from './failures/streams/passed-positions.js'
import { stoppedPolls } from './failures/streams/stopped-polls.js'
import { storedTimeouts } from './limits/stored-timeouts.js'
import type { Survey } from './survey/survey.js'
import { swallowedErrors } from './failures/caught/swallowed-errors.js'
import { failedStarts } from './failures/unhandled/failed-starts.js'
import { jobAnswers } from './messages/job-answers.js'
import { partlyRethrown } from './failures/caught/partly-rethrown.js'
import { returningFinally } from './failures/caught/returning-finally.js'
import { swallowedRejections } from './failures/caught/swallowed-rejections.js'
import { timers } from './jobs/timers.js'
import { transactions } from './transactions/transactions.js'
import { transitionTables } from './states/transition-tables.js'
import { unreadLibraryFailures } from './failures/answers/unread-library-failures.js'
import { unreadPartialFailures } from './failures/answers/unread-partial-failures.js'
import { unreadResponses } from './failures/answers/unread-responses.js'
import { unreadTimeouts } from './limits/unread-timeouts.js'

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
    ...swallowedErrors(survey, (node) => isInJob(survey, node)),
    ...swallowedRejections(survey),
    ...partlyRethrown(survey),
    ...returningFinally(survey),
    ...failedStarts(survey),
    ...jobAnswers(survey),
    ...droppingHelpers(survey),
    ...unreadResponses(survey),
    ...unreadLibraryFailures(survey),
    ...unreadPartialFailures(survey),
    ...unreadFunctionFailures(survey),
    ...unreadSettledResults(survey),
    ...floatingPromises(survey),
    ...stoppedPolls(survey),
    ...passedPositions(survey),
    ...failuresAsAnswers(survey),
    ...failuresAsAbsence(survey),
    ...refusalsAsAnswers(survey),
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
    ...jobRetries(survey),
    ...renewedLocks(survey),
    ...consumerEffects(survey),
    ...growingMemory(survey),
    ...backpressure(survey),
    ...sharedGuards(survey),
    ...idleGuards(survey),
    ...breakers(survey),
    ...callerSignals(survey, clients),
    ...sendLimits(survey, clients),
    ...slowRequests(survey),
    ...bodyLimits(survey),
    ...inertMiddleware(survey),
    ...routes(survey, clients),
    ...callPaths(survey, clients.callers),
    ...endpoints(survey),
  ]
}
