/** The score: what passed of what was asked, by dimension, with its range from what could not be answered. */
import { groupedBy } from '../facts/grouped.js'
import { compareText } from '../facts/source.js'
import type { ScorePolicy } from '../knowledge/policies.js'
import type { Judged } from './finding.js'
import { type Maturity, maturityOf, NOTHING_SHOWN, type Shown } from './maturity.js'

export interface ScoreDimension {
  id: string
  title: string
  weight: number
  value: number | null
  low: number
  high: number
  /** What each failing check took away: with 100 they add up to the value, to the cent. */
  points: { points: number; why: string; fingerprint: string | null }[]
}

export interface Score {
  value: number | null
  low: number
  high: number
  coverage: number
  dimensions: ScoreDimension[]
  maturity: Maturity
}

/**
 * Per dimension, with weights w by severity: value = 100 * w(pass) / w(pass + fail); low counts every unknown as failed,
 * high as passed, over the fixed denominator w(pass + fail + unknown). The whole is the mean of the dimensions by their
 * weights; a dimension without any answer has no value and the range 0 to 100. An accepted risk still counts as failed;
 * what is wrong with code that nothing is seen to run does not.
 */
export function scoreOf(judged: Judged[], policy: ScorePolicy, shown: Shown = NOTHING_SHOWN): Score {
  const byCategory = groupedBy(
    judged.filter(({ dormant }) => !dormant),
    ({ rule }) => rule.category,
  )
  const dimensions = policy.dimensions.map((dimension) =>
    dimensionOf(
      dimension,
      dimension.categories.flatMap((category) => byCategory.get(category) ?? []),
      policy,
    ),
  )
  const valued = dimensions.filter((dimension) => dimension.value !== null)
  return {
    value: valued.length === 0 ? null : round(weighted(valued, (dimension) => dimension.value ?? 0)),
    low: round(weighted(dimensions, (dimension) => dimension.low)),
    high: round(weighted(dimensions, (dimension) => dimension.high)),
    coverage: coverageOf(judged),
    dimensions,
    maturity: maturityOf(dimensions, byCategory, shown, policy),
  }
}

/** Share of the applicable checks that could be answered, rounded down, for only all is 1; 0 when nothing was asked. */
export function coverageOf(judged: Judged[]): number {
  let [answered, asked] = [0, 0]
  for (const { outcome } of judged) {
    if (outcome !== 'not-applicable') asked++
    if (outcome === 'pass' || outcome === 'fail') answered++
  }
  return asked === 0 ? 0 : Math.floor((answered * 10_000) / asked) / 10_000
}

function dimensionOf(
  dimension: ScorePolicy['dimensions'][number],
  own: Judged[],
  policy: ScorePolicy,
): ScoreDimension {
  const weights = { pass: 0, fail: 0, unknown: 0, error: 0, 'not-applicable': 0 }
  for (const { outcome, severity } of own) weights[outcome] += policy.weights[severity]
  const failed = weights.fail
  const answered = weights.pass + failed
  const asked = answered + weights.unknown + weights.error
  const { id, title, weight } = dimension
  // All three as 100 less a rounded loss, so that no rounding sets the value outside its range.
  return {
    id,
    title,
    weight,
    value: answered === 0 ? null : round(100 - round((100 * failed) / answered)),
    low: asked === 0 ? 0 : round(100 - round((100 * (asked - answered + failed)) / asked)),
    high: asked === 0 ? 100 : round(100 - round((100 * failed) / asked)),
    points: pointsOf(
      own.filter(({ outcome }) => outcome === 'fail'),
      answered,
      policy,
    ),
  }
}

/** Rounded as running sums, so that the points add up to exactly what is lost. */
function pointsOf(failed: Judged[], answered: number, policy: ScorePolicy): ScoreDimension['points'] {
  const rows = failed
    .map(({ rule, severity, subject, fingerprint }) => ({
      weight: policy.weights[severity],
      why: `${rule.failure}: ${subject.label}`,
      fingerprint,
    }))
    .sort(
      (a, b) => b.weight - a.weight || compareText(a.why, b.why) || compareText(a.fingerprint, b.fingerprint),
    )
  let [sum, lost] = [0, 0]
  return rows.map(({ weight, why, fingerprint }) => {
    const before = lost
    sum += weight
    lost = round((100 * sum) / answered)
    return { points: round(before - lost) || 0, why, fingerprint }
  })
}

function weighted(dimensions: ScoreDimension[], value: (dimension: ScoreDimension) => number): number {
  const weights = dimensions.reduce((sum, { weight }) => sum + weight, 0)
  return dimensions.reduce((sum, dimension) => sum + dimension.weight * value(dimension), 0) / weights
}

function round(value: number): number {
  return Number(value.toFixed(2))
}
