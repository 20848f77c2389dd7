/** All checks over one document. */
import type { ClaimWords } from '../knowledge/claim-words.js'
import { compareClaims, type Claim } from './claim.js'
import { checkAgreement } from './kinds/agreement.js'
import { checkAlertRules, checkSeverityCriteria } from './kinds/alerts.js'
import { checkAvailability, checkDowntime } from './kinds/availability.js'
import { checkCalendar, checkFrequency, checkNextRun } from './kinds/cadence.js'
import { checkChanges } from './kinds/changes.js'
import { checkCommands } from './kinds/commands.js'
import { checkCriteria } from './kinds/criteria.js'
import { checkDetectionTimes } from './kinds/detection-times.js'
import { checkDurations, checkSpans } from './kinds/durations.js'
import { checkIdentifiers, checkStates } from './kinds/enumerations.js'
import { checkEnvironments } from './kinds/environments.js'
import { checkErrorBudget } from './kinds/error-budget.js'
import { checkIncidentTimes } from './kinds/incident-times.js'
import { checkListed } from './kinds/listed.js'
import { checkMeans } from './kinds/means.js'
import { checkParts } from './kinds/parts.js'
import { checkPendingRuns } from './kinds/pending-runs.js'
import { checkPercentiles } from './kinds/percentiles.js'
import { checkRetryLoad } from './kinds/retry-load.js'
import { checkRota } from './kinds/rota.js'
import { checkShares } from './kinds/shares.js'
import { checkSubgroups } from './kinds/subgroups.js'
import { checkPlans, checkTotals } from './kinds/totals.js'
import { checkBareStatistics, checkImprovements, checkScores } from './kinds/unsupported.js'
import { surveyOf, type Survey, type WrittenAlerts } from './survey.js'

const KINDS: ((survey: Survey) => Claim[])[] = [
  checkAgreement,
  checkAlertRules,
  checkAvailability,
  checkBareStatistics,
  checkCalendar,
  checkChanges,
  checkCommands,
  checkCriteria,
  checkDetectionTimes,
  checkDowntime,
  checkDurations,
  checkEnvironments,
  checkErrorBudget,
  checkFrequency,
  checkIdentifiers,
  checkImprovements,
  checkIncidentTimes,
  checkListed,
  checkMeans,
  checkNextRun,
  checkParts,
  checkPendingRuns,
  checkPercentiles,
  checkPlans,
  checkRetryLoad,
  checkRota,
  checkScores,
  checkSeverityCriteria,
  checkShares,
  checkSpans,
  checkStates,
  checkSubgroups,
  checkTotals,
]

const NO_ALERTS: WrittenAlerts = { alerts: [], lineOfAlert: ({ line }) => line }

/** Throws a RangeError for a document nested beyond all reason. */
export function checkClaims(text: string, words: ClaimWords, alerts: WrittenAlerts = NO_ALERTS): Claim[] {
  const survey = surveyOf(text, words, alerts)
  return KINDS.flatMap((check) => check(survey)).sort(compareClaims)
}
