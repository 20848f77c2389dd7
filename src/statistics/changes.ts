/** The newest month of an experiment against the one before it: faster, slower, or no more than noise. */
import type { Run } from '../facts/experiment.js'
import { groupedBy } from '../facts/grouped.js'
import { compareText } from '../facts/source.js'
import type { RecoveryPolicy } from '../knowledge/recovery-policy.js'
import {
  holm,
  logRank,
  meanDifference,
  type MeanDifference,
  rateDifference,
  type Share,
} from './comparison.js'
import { contributionOf, hasVerdict, timedRuns } from './recovery-times.js'
import type { Observation } from './survival.js'
import { asTime } from './timed-run.js'

/** A calendar month in UTC, with the runs that entered the statistics. */
export interface Month {
  /** `2026-10`. */
  month: string
  n: number
  /** Those with a verdict, and those that passed. */
  judged: number
  passed: number
  recovered: number
  censored: number
  /** Of the recovered: those whose time is known only as an interval too wide to count as a time. */
  intervals: number
}

/**
 * `verdict` speaks of recovery times: faster or slower only when the interval of the difference leaves out 0 and both adjusted
 * probabilities stay below 5 %, because for six runs each test by itself sees a change that is none in six or seven of a
 * hundred cases, both together in five (4,000 simulated pairs of months, log-normal times). Differences are the later month less the earlier one, in seconds and as shares of 1.
 */
export interface Change {
  earlier: Month
  later: Month
  verdict: 'faster' | 'slower' | 'no-detectable-change' | 'too-few-runs'
  /** Why there are too few runs, or too few whose time is known; null otherwise. */
  reason: string | null
  mean: (MeanDifference & { adjusted: number }) | null
  logRank: { chiSquared: number; p: number; adjusted: number } | null
  passRate: { difference: number; low: number; high: number } | null
}

const SIGNIFICANT = 0.05

interface Compared {
  earlier: Month
  later: Month
  times: [Observation[], Observation[]] | null
  reason: string | null
}

/**
 * One change for each group of runs (of one experiment, environment and time basis, all of which entered), null for a group
 * with runs in less than two months. Probabilities are adjusted over all groups that are compared.
 */
export function changesOf(groups: Run[][], policy: RecoveryPolicy): (Change | null)[] {
  const compared = groups.map((runs) => monthsOf(runs, policy))
  const means = compared.map((one) => (one?.times ? meanDifference(...one.times) : null))
  const ranks = compared.map((one) => (one?.times ? logRank(...one.times) : null))
  const meanAdjusted = adjust(means)
  const rankAdjusted = adjust(ranks)
  return compared.map((one, index) => {
    if (!one) return null
    const { earlier, later, reason } = one
    const mean = withAdjusted(means[index], meanAdjusted.get(index))
    const rank = withAdjusted(ranks[index], rankAdjusted.get(index))
    return {
      earlier,
      later,
      verdict: one.times && mean ? verdictOf(mean, rank) : 'too-few-runs',
      reason,
      mean,
      logRank: rank && { chiSquared: rank.chiSquared, p: rank.p, adjusted: rank.adjusted },
      passRate: rateDifference(rateOf(earlier), rateOf(later)),
    }
  })
}

function rateOf({ passed, judged }: Month): Share {
  return { passed, n: judged }
}

function withAdjusted<Test>(
  test: Test | null | undefined,
  adjusted: number | undefined,
): (Test & { adjusted: number }) | null {
  return test && adjusted !== undefined ? { ...test, adjusted } : null
}

function verdictOf(mean: NonNullable<Change['mean']>, rank: { adjusted: number } | null): Change['verdict'] {
  const isSignificant = Math.max(mean.adjusted, rank?.adjusted ?? 1) < SIGNIFICANT
  if (!isSignificant || (mean.low <= 0 && mean.high >= 0)) return 'no-detectable-change'
  return mean.high < 0 ? 'faster' : 'slower'
}

/** Adjusted probability by index of the tests that were made. */
function adjust(tests: ({ p: number } | null)[]): Map<number, number> {
  const made = tests.flatMap((test, index) => (test ? [{ index, p: test.p }] : []))
  const adjusted = holm(made.map(({ p }) => p))
  return new Map(made.map(({ index }, place) => [index, adjusted[place]!]))
}

function monthsOf(runs: Run[], policy: RecoveryPolicy): Compared | null {
  const dated = runs.flatMap((run) =>
    run.startedAt === null ? [] : [{ run, month: run.startedAt.slice(0, 7) }],
  )
  const months = [...groupedBy(dated, ({ month }) => month)].sort(([a], [b]) => compareText(a, b)).slice(-2)
  const [first, second] = months.map(([month, members]) =>
    tallied(
      month,
      members.map(({ run }) => run),
      policy,
    ),
  )
  if (!first || !second) return null
  const reason = notComparable([first, second], policy)
  return {
    earlier: first.month,
    later: second.month,
    times: reason === null ? [first.times, second.times] : null,
    reason,
  }
}

/** The tests know no intervals, and without those runs they would speak of others: such months are not compared. */
function notComparable([first, second]: [Tally, Tally], policy: RecoveryPolicy): string | null {
  const needed = policy.minimumRuns.median
  const [a, b] = [first, second].map(({ month }) => month.recovered + month.censored) as [number, number]
  if (Math.min(a, b) < needed) return `${a} and ${b} runs with a recovery time; each month needs ${needed}`
  const [c, d] = [first.month.intervals, second.month.intervals]
  return c + d === 0
    ? null
    : `${c} of ${a} and ${d} of ${b} times are known only as intervals, which the tests cannot compare`
}

interface Tally {
  month: Month
  times: Observation[]
}

function tallied(month: string, runs: Run[], policy: RecoveryPolicy): Tally {
  const timed = timedRuns(runs.map(contributionOf))
  const times = timed.flatMap((run) => asTime(run, policy) ?? [])
  const recovered = timed.filter(({ event }) => event).length
  return {
    times,
    month: {
      month,
      n: runs.length,
      judged: runs.filter(hasVerdict).length,
      passed: runs.filter(({ verdict }) => verdict === 'pass').length,
      recovered,
      censored: timed.length - recovered,
      intervals: timed.length - times.length,
    },
  }
}
