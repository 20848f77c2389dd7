/** Times known exactly, as an interval or as a lower bound, and between which estimates they hold an unknown truth. */
import { max, min } from 'simple-statistics'
import type { RecoveryPolicy } from '../knowledge/recovery-policy.js'
import type { Observation } from './survival.js'

/**
 * Seconds. `event`: recovered after `low`, by `high`; the same where the time is known. Else still out of tolerance when
 * the watch ended at `low` = `high` (right-censored).
 */
export interface TimedRun {
  low: number
  high: number
  event: boolean
}

export function isInterval({ low, high }: TimedRun): boolean {
  return low < high
}

/** An interval that is narrow against its upper end counts as a time there, where a method knows no intervals. */
export function asTime({ low, high, event }: TimedRun, { smallStep }: RecoveryPolicy): Observation | null {
  return high - low <= smallStep * high ? { time: high, event } : null
}

/**
 * The observations of two Kaplan-Meier estimates that hold between them the estimate for any times that the intervals
 * permit: intervals at their lower ends, and at their upper ends. A watch that ended inside an interval would break that,
 * for which runs share its weight depends on the unknown time: it counts as recovered at its end for the earliest estimate,
 * and as never recovered for the latest.
 */
export function earliestOf(runs: TimedRun[]): Observation[] {
  return sorted(
    runs.map((run) =>
      run.event ? { time: run.low, event: true } : { time: run.low, event: isInside(run.low, runs) },
    ),
  )
}

export function latestOf(runs: TimedRun[]): Observation[] {
  const end = runs.reduce((end, { high }) => Math.max(end, high), 0)
  return sorted(
    runs.map((run) =>
      run.event
        ? { time: run.high, event: true }
        : { time: isInside(run.low, runs) ? end : run.low, event: false },
    ),
  )
}

function isInside(time: number, runs: TimedRun[]): boolean {
  return runs.some(({ low, high, event }) => event && low <= time && time < high)
}

function sorted(observations: Observation[]): Observation[] {
  return observations.sort((a, b) => a.time - b.time || Number(b.event) - Number(a.event))
}

/** What is certain of the shortest and the longest of times that recovered; the same twice where they are known. */
export interface TimeRange {
  shortest: { atLeast: number; atMost: number }
  longest: { atLeast: number; atMost: number }
}

export function rangeOf(runs: TimedRun[]): TimeRange | null {
  if (runs.length === 0) return null
  const [lows, highs] = [runs.map(({ low }) => low), runs.map(({ high }) => high)]
  return {
    shortest: { atLeast: min(lows), atMost: min(highs) },
    longest: { atLeast: max(lows), atMost: max(highs) },
  }
}
