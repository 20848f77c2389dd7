/** What each run contributes to the recovery statistics: a time, an interval, a bound, or only a count. */
import type { Run } from '../facts/experiment.js'
import type { TimedRun } from './timed-run.js'

export type Contribution =
  { kind: 'recovered' | 'censored'; timed: TimedRun } | { kind: 'absorbed' | 'unknown' }

/**
 * A run enters when its evidence is valid or weak, and it has a verdict or its recovery was measured: tools that only inject
 * give no verdict, samples beside them still tell how long recovery took.
 */
export function enters(run: Run): boolean {
  return run.grade !== 'invalid' && (hasVerdict(run) || run.recovery.kind !== 'unknown')
}

export function hasVerdict({ verdict }: Run): boolean {
  return verdict !== 'unknown'
}

/** An interval enters as such: the run recovered, when exactly is not known. Absorbed faults have no time: they are never 0 s. */
export function contributionOf({ recovery: { kind, seconds, low, high } }: Run): Contribution {
  switch (kind) {
    case 'absorbed':
    case 'unknown':
      return { kind }
    case 'not-recovered-within':
      return isTime(low) ? { kind: 'censored', timed: { low, high: low, event: false } } : { kind: 'unknown' }
    case 'recovered':
    case 'between': {
      const span = isTime(low) && isTime(high) && low <= high ? { low, high } : null
      const whole = kind === 'recovered' && isTime(seconds) ? { low: seconds, high: seconds } : null
      const known = kind === 'recovered' && whole === null ? null : (span ?? whole)
      return known ? { kind: 'recovered', timed: { ...known, event: true } } : { kind: 'unknown' }
    }
  }
}

export function timedRuns(contributions: Contribution[]): TimedRun[] {
  return contributions.flatMap((contribution) => ('timed' in contribution ? [contribution.timed] : []))
}

function isTime(seconds: number | null): seconds is number {
  return seconds !== null && Number.isFinite(seconds) && seconds >= 0
}
