/** Quantiles of recovery times, or why one cannot be given. */
import { formatDuration } from '../facts/units.js'
import type { RecoveryPolicy } from '../knowledge/recovery-policy.js'
import type { Interval } from './intervals.js'
import { type CurveStep, quantile } from './survival.js'
import { isInterval, rangeOf, type TimedRun } from './timed-run.js'

/**
 * Seconds; `reason` says why `value` is null. `between`: the value lies there, as far as the intervals of single runs tell;
 * `high` is null where the curve does not come so far with all of them at their upper ends.
 */
export interface Percentile extends Interval {
  reason: string | null
  between?: { low: number; high: number | null }
}

type Name = keyof RecoveryPolicy['minimumRuns']

const SHARES: Record<Name, number> = { median: 0.5, p90: 0.9, p95: 0.95, p99: 0.99 }

export interface Curves {
  earliest: CurveStep[]
  latest: CurveStep[]
}

export function percentile(name: Name, runs: TimedRun[], curves: Curves, policy: RecoveryPolicy): Percentile {
  const reason = tooFew(name, runs, policy.minimumRuns[name])
  if (reason !== null) return { value: null, low: null, high: null, reason }
  const [early, late] = [quantile(curves.earliest, SHARES[name]), quantile(curves.latest, SHARES[name])]
  const limits = { low: early.low, high: late.high }
  if (early.value === null) {
    return { value: null, ...limits, reason: `not reached: ${atLeast(curves.earliest.at(-1)!.time)}` }
  }
  if (early.value === late.value) return { value: early.value, ...limits, reason: null }
  return { value: null, ...limits, between: { low: early.value, high: late.value }, reason: known(runs) }
}

function known(runs: TimedRun[]): string {
  const intervals = runs.filter(isInterval).length
  const which = `${intervals} of ${runs.length} times ${intervals === 1 ? 'is' : 'are'} known only as an interval`
  return `${which}: the first value takes the lower, the second the upper ends`
}

function tooFew(name: Name, runs: TimedRun[], needed: number): string | null {
  const n = runs.length
  if (n === 0) return 'no run with a recovery time'
  if (n >= needed) return null
  if (name === 'median') {
    const values = runs.toSorted(
      (a, b) => a.low - b.low || Number(b.event) - Number(a.event) || a.high - b.high,
    )
    return `n = ${n} too small for an interval (needs ${needed}); values ${values.map(describe).join(', ')}`
  }
  return `n = ${n} too small (needs ${needed}); max = ${longest(runs)}`
}

/** Where a watch ended before the recovery, the longest time may be any later one. */
function longest(runs: TimedRun[]): string {
  const { atLeast: least, atMost } = rangeOf(runs)!.longest
  return runs.every(({ event }) => event)
    ? describe({ low: least, high: atMost, event: true })
    : atLeast(least)
}

function describe({ low, high, event }: TimedRun): string {
  if (!event) return atLeast(low)
  return low === high ? formatDuration(high) : `${formatDuration(low)} to ${formatDuration(high)}`
}

/** A lower bound is rounded down: rounding up would claim more than was seen. */
function atLeast(seconds: number): string {
  const shown = seconds < 1 ? seconds : seconds < 10 ? Math.floor(seconds * 10) / 10 : Math.floor(seconds)
  return `>= ${formatDuration(shown)}`
}
