/** Quantiles of recovery times, or why one cannot be given. */
import { formatDuration } from '../facts/units.js'
import type { RecoveryPolicy } from '../knowledge/recovery-policy.js'
import type { Interval } from './intervals.js'
import { type CurveStep, type Observation, quantile } from './survival.js'

/** Seconds; `reason` says why `value` is null. */
export interface Percentile extends Interval {
  reason: string | null
}

type Name = keyof RecoveryPolicy['minimumRuns']

const SHARES: Record<Name, number> = { median: 0.5, p90: 0.9, p95: 0.95, p99: 0.99 }

/** `observations` sorted by time. */
export function percentile(
  name: Name,
  observations: Observation[],
  curve: CurveStep[],
  policy: RecoveryPolicy,
): Percentile {
  const reason = tooFew(name, observations, policy.minimumRuns[name])
  if (reason !== null) return { value: null, low: null, high: null, reason }
  const result = quantile(curve, SHARES[name])
  const notReached = result.value === null ? `not reached: ${atLeast(observations.at(-1)!.time)}` : null
  return { ...result, reason: notReached }
}

function tooFew(name: Name, observations: Observation[], needed: number): string | null {
  const n = observations.length
  if (n === 0) return 'no run with a recovery time'
  if (n >= needed) return null
  if (name === 'median') {
    return `n = ${n} too small for an interval (needs ${needed}); values ${observations.map(describe).join(', ')}`
  }
  return `n = ${n} too small (needs ${needed}); max = ${describe(observations.at(-1)!)}`
}

function describe({ time, event }: Observation): string {
  return event ? formatDuration(time) : atLeast(time)
}

/** A lower bound is rounded down: rounding up would claim more than was seen. */
function atLeast(seconds: number): string {
  const shown = seconds < 1 ? seconds : seconds < 10 ? Math.floor(seconds * 10) / 10 : Math.floor(seconds)
  return `>= ${formatDuration(shown)}`
}
