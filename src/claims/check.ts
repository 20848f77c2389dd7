/** All checks over one document. */
import type { ClaimWords } from '../knowledge/claim-words.js'
import { compareClaims, type Claim } from './claim.js'
import { checkAgreement } from './kinds/agreement.js'
import { checkAvailability, checkDowntime } from './kinds/availability.js'
import { checkCalendar, checkFrequency, checkNextRun } from './kinds/cadence.js'
import { checkChanges } from './kinds/changes.js'
import { checkDurations, checkSpans } from './kinds/durations.js'
import { checkIdentifiers, checkStates } from './kinds/enumerations.js'
import { checkErrorBudget } from './kinds/error-budget.js'
import { checkMeans } from './kinds/means.js'
import { checkPercentiles } from './kinds/percentiles.js'
import { checkShares } from './kinds/shares.js'
import { checkSubgroups } from './kinds/subgroups.js'
import { checkPlans, checkTotals } from './kinds/totals.js'
import { checkBareStatistics, checkImprovements, checkScores } from './kinds/unsupported.js'
import { surveyOf, type Survey } from './survey.js'

const KINDS: ((survey: Survey) => Claim[])[] = [
  checkAgreement,
  checkAvailability,
  checkBareStatistics,
  checkCalendar,
  checkChanges,
  checkDowntime,
  checkDurations,
  checkErrorBudget,
  checkFrequency,
  checkIdentifiers,
  checkImprovements,
  checkMeans,
  checkNextRun,
  checkPercentiles,
  checkPlans,
  checkScores,
  checkShares,
  checkSpans,
  checkStates,
  checkSubgroups,
  checkTotals,
]

/** Throws a RangeError for a document nested beyond all reason. */
export function checkClaims(text: string, words: ClaimWords): Claim[] {
  const survey = surveyOf(text, words)
  return KINDS.flatMap((check) => check(survey)).sort(compareClaims)
}
