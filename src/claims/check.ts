/** All checks over one document. */
import type { ClaimWords } from '../knowledge/claim-words.js'
import { compareClaims, type Claim } from './claim.js'
import { checkCalendar, checkFrequency, checkNextRun } from './kinds/cadence.js'
import { checkChanges } from './kinds/changes.js'
import { checkDurations, checkSpans } from './kinds/durations.js'
import { checkMeans } from './kinds/means.js'
import { checkPercentiles } from './kinds/percentiles.js'
import { checkSubgroups } from './kinds/subgroups.js'
import { checkShares } from './kinds/shares.js'
import { checkPlans, checkTotals } from './kinds/totals.js'
import { surveyOf, type Survey } from './survey.js'

const KINDS: ((survey: Survey) => Claim[])[] = [checkMeans, checkPercentiles, checkSubgroups, checkTotals, checkPlans, checkShares, checkDurations, checkSpans, checkFrequency, checkCalendar, checkNextRun, checkChanges]

/** Throws a RangeError for a document nested beyond all reason. */
export function checkClaims(text: string, words: ClaimWords): Claim[] {
  const survey = surveyOf(text, words)
  return KINDS.flatMap((check) => check(survey)).sort(compareClaims)
}
