/** Mean, median, percentiles and extremes against the histogram of the same values. */
import { recoveryPolicy } from '../../knowledge/recovery-policy.js'
import type { Claim } from '../claim.js'
import { around, type Section } from '../document.js'
import { binOfRank, sumWithin, type Histogram } from '../histograms.js'
import { overlaps, show, spread, type Range } from '../quantities.js'
import { alsoAt, claim } from '../say.js'
import type { Statement } from '../statements.js'
import { isOfGroup, type Survey } from '../survey.js'
import { topicOf } from '../topic.js'
import { byValue, within } from './means.js'

export function checkPercentiles(survey: Survey): Claim[] {
  const placed = survey.statements.flatMap((statement) => {
    const histogram = histogramOf(statement, survey)
    return histogram ? [{ ...statement, histogram }] : []
  })
  const kinds = [...new Set(placed.map(kindOf))]
  return kinds
    .flatMap((kind) => byValue(placed.filter((one) => kindOf(one) === kind)))
    .map(([first, ...rest]) =>
      judge(
        first!,
        first!.histogram,
        rest.map(({ line }) => line),
      ),
    )
}

/** The one histogram of this metric, or the one in the same section. */
export function histogramOf(statement: Statement, survey: Survey): Histogram | null {
  const { quantity, metric, isElsewhere, isNarrowed, section } = statement
  if (
    isElsewhere ||
    isNarrowed ||
    quantity.bound !== null ||
    quantity.signed ||
    quantity.low !== quantity.high
  )
    return null
  const fitting = survey.histograms.filter((one) => one.dimension === quantity.dimension && one.n > 0)
  const beside = fitting.filter(
    (one) => one.section === section && (metric === null || one.metric === null || one.metric === metric),
  )
  if (beside.length === 1) return beside[0]!
  const same = fitting.filter((one) => metric !== null && one.metric === metric)
  const [only] = same
  return fitting.length === 1 && only && !isOfGroup(section, survey) && isOfSameRuns(section, only, survey)
    ? only
    : null
}

/** Not under a heading of its own that names a fault or a service. */
function isOfSameRuns(section: Section, histogram: Histogram, { words }: Survey): boolean {
  const shared = around(histogram.section)
  const own = around(section).filter((one) => !shared.includes(one))
  return own.every(({ title, level }) => level > 6 || topicOf(title, words).length === 0)
}

function kindOf({ statistic, share, histogram }: Statement & { histogram: Histogram }): string {
  return `${statistic} ${share} ${histogram.line}`
}

function judge(statement: Statement, histogram: Histogram, also: number[]): Claim {
  const { quantity } = statement
  const found = possibleFor(statement, histogram)
  const is = overlaps(spread(quantity), found.range)
  const small = is ? tooFew(statement, histogram.n) : null
  return claim('percentile', statement, {
    stated: quantity.text,
    recomputed: within(found.range, quantity.dimension),
    verdict: is ? (small === null ? 'consistent' : 'unsupported') : 'contradicted',
    arithmetic: `${found.how}${is ? (small ?? '') : `, never ${quantity.text}${placeOf(statement, histogram)}`}${alsoAt(also)}`,
  })
}

function possibleFor({ statistic, share }: Statement, histogram: Histogram): { range: Range; how: string } {
  const { n, dimension, line } = histogram
  const at = `histogram of line ${line}`
  if (statistic === 'mean') {
    const sum = sumWithin(histogram)
    const range = { low: sum.low / n, high: sum.high / n }
    const how = `the edges of the bins give ${within(sum, dimension)} over ${n} values (${at}): a mean of ${within(range, dimension)}`
    return { range, how }
  }
  const [low, high] = ranksOf(statistic, share, n)
  const range = { low: binOfRank(histogram, low).low, high: binOfRank(histogram, high).high }
  const rank = low === high ? `value ${low}` : `between values ${low} and ${high}`
  return { range, how: `${rank} of ${n}, which lies in ${within(range, dimension)} (${at})` }
}

/** Lowest and highest rank that any of the usual definitions uses (nearest rank, R-6, R-7). */
function ranksOf(statistic: Statement['statistic'], share: number | null, n: number): [number, number] {
  if (statistic === 'maximum') return [n, n]
  if (statistic === 'minimum') return [1, 1]
  const places = [share! * n, (n - 1) * share! + 1, (n + 1) * share!]
  const clamp = (rank: number) => Math.min(n, Math.max(1, rank))
  return [clamp(Math.floor(Math.min(...places) + 1e-9)), clamp(Math.ceil(Math.max(...places) - 1e-9))]
}

/** How much of the values a percentile that cannot be one has below it. */
function placeOf({ quantity, share }: Statement, { bins, n }: Histogram): string {
  if (share === null) return ''
  const above = bins.filter(({ low }) => low >= quantity.low).reduce((sum, { count }) => sum + count, 0)
  const few = minimumFor(share)
  const tooFewForIt =
    few !== null && n < few ? `; ${n} values cannot support a P${show(share * 100)} (at least ${few})` : ''
  return above > 0
    ? `: ${above} of ${n} (${show((100 * above) / n)} %) are above ${quantity.text}${tooFewForIt}`
    : tooFewForIt
}

function tooFew({ share }: Statement, n: number): string | null {
  const few = share === null ? null : minimumFor(share)
  return few === null || n >= few
    ? null
    : `; it may be, but ${n} values are too few for a P${show(share! * 100)} (at least ${few})`
}

function minimumFor(share: number): number | null {
  const { p90, p95, p99 } = recoveryPolicy().minimumRuns
  return (
    new Map([
      [0.9, p90],
      [0.95, p95],
      [0.99, p99],
    ]).get(share) ?? null
  )
}
