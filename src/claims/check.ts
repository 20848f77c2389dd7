/** All checks over one document. */
import type { ClaimWords } from '../knowledge/claim-words.js'
import { compareClaims, type Claim } from './claim.js'
import { checkAgreement } from './kinds/agreement.js'
import { checkAlertRules, checkSeverityCriteria } from './kinds/alerts.js'
import { checkAvailability, checkDowntime } from './kinds/availability.js'
import { checkCalendar, checkFrequency, checkNextRun } from './kinds/cadence.js'
import { checkChanges } from './kinds/changes.js'
import { checkColumnRelations } from './kinds/column-relations.js'
import { checkListedStatistics } from './kinds/listed-statistics.js'
import { checkLags } from './kinds/lags.js'
import { checkClockSpans } from './kinds/clock-spans.js'
import { checkCommentedFlags } from './kinds/commented-flags.js'
import { checkAlertTexts } from './kinds/alert-texts.js'
import { checkWeekdays, checkDistances } from './kinds/weekdays.js'
import { checkRotaPages } from './kinds/rota-pages.js'
import { checkBudgetSentences } from './kinds/budget-sentences.js'
import { checkRetryRates } from './kinds/retry-rates.js'
import { checkLimitsMet } from './kinds/limits-met.js'
import { checkNamedParts } from './kinds/named-parts.js'
import { checkCumulative } from './kinds/cumulative.js'
import { checkStatedShares } from './kinds/stated-shares.js'
import { checkStatedChanges } from './kinds/stated-changes.js'
import { checkIncidentDuration } from './kinds/incident-duration.js'
import { checkMeasuredTimes } from './kinds/measured-times.js'
import { checkEquations } from './kinds/equations.js'
import { checkPercentileOrder } from './kinds/percentile-order.js'
import { checkAnnouncedLists } from './kinds/announced-lists.js'
import { checkUniversalLimits } from './kinds/universal-limits.js'
import { checkRetryTime } from './kinds/retry-time.js'
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
import { checkRanks } from './prose/ranks.js'
import { checkCountedShares } from './prose/shares.js'
import { checkSeriesStatistics } from './prose/series-statistics.js'
import { checkBounds } from './prose/bounds.js'
import { checkDirections } from './prose/directions.js'
import { checkEventSpans } from './prose/event-spans.js'
import { checkWholes } from './prose/wholes.js'
import { checkWeekdayLists } from './prose/weekday-lists.js'
import { checkSettings } from './prose/settings.js'
import { checkToldSpans } from './prose/told-spans.js'
import { checkRates } from './prose/rates.js'
import { checkEnumerated } from './prose/enumerated.js'
import { checkListedBeside } from './prose/listed-beside.js'
import { checkWindowedAvailability } from './prose/windowed-availability.js'
import { checkCountedCadence } from './prose/counted-cadence.js'
import { checkBudgetUsed } from './prose/budget-used.js'
import { checkOutcomes } from './prose/outcomes.js'
import { checkRowsTold } from './prose/rows-told.js'
import { checkSums } from './prose/sums.js'
import { checkStatisticOrder } from './prose/statistic-order.js'
import { checkProducts } from './prose/products.js'
import { checkPortions } from './prose/portions.js'
import { checkMultiples } from './prose/multiples.js'
import { checkDateSpans } from './kinds/date-spans.js'
import { checkEfforts } from './prose/efforts.js'
import { checkSpeedFactors } from './prose/speed-factors.js'
import { checkChangesOfRows } from './prose/changes-of-rows.js'
import { surveyOf, type Survey, type WrittenAlerts } from './survey.js'

const KINDS: ((survey: Survey) => Claim[])[] = [
  checkAgreement,
  checkAlertRules,
  checkAvailability,
  checkBareStatistics,
  checkCalendar,
  checkChanges,
  checkColumnRelations,
  checkListedStatistics,
  checkLags,
  checkClockSpans,
  checkCommentedFlags,
  checkAlertTexts,
  checkWeekdays,
  checkDistances,
  checkRotaPages,
  checkBudgetSentences,
  checkRetryRates,
  checkLimitsMet,
  checkNamedParts,
  checkCumulative,
  checkStatedShares,
  checkStatedChanges,
  checkIncidentDuration,
  checkMeasuredTimes,
  checkEquations,
  checkPercentileOrder,
  checkAnnouncedLists,
  checkUniversalLimits,
  checkRetryTime,
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
  checkRanks,
  checkCountedShares,
  checkSeriesStatistics,
  checkBounds,
  checkDirections,
  checkEventSpans,
  checkWholes,
  checkWeekdayLists,
  checkSettings,
  checkToldSpans,
  checkRates,
  checkEnumerated,
  checkListedBeside,
  checkWindowedAvailability,
  checkCountedCadence,
  checkBudgetUsed,
  checkOutcomes,
  checkRowsTold,
  checkSums,
  checkStatisticOrder,
  checkProducts,
  checkPortions,
  checkMultiples,
  checkChangesOfRows,
  checkDateSpans,
  checkEfforts,
  checkSpeedFactors,
]

const NO_ALERTS: WrittenAlerts = { alerts: [], lineOfAlert: ({ line }) => line }

/** Throws a RangeError for a document nested beyond all reason. */
export function checkClaims(text: string, words: ClaimWords, alerts: WrittenAlerts = NO_ALERTS): Claim[] {
  const survey = surveyOf(text, words, alerts)
  return distinct(KINDS.flatMap((check) => check(survey))).sort(compareClaims)
}

/** Two checks may read one figure: it is judged once, and what contradicts it is said. */
function distinct(claims: Claim[]): Claim[] {
  const byFigure = new Map<string, Claim>()
  for (const one of claims) {
    const key = `${one.line} ${one.kind} ${one.stated} ${one.recomputed}`
    const known = byFigure.get(key)
    if (!known || (known.verdict !== 'contradicted' && one.verdict === 'contradicted')) byFigure.set(key, one)
  }
  return [...byFigure.values()]
}
