/** What each run contributes to the recovery statistics: a time, a bound, or only a count. */
import type { Run } from '../facts/experiment.js'
import type { RecoveryPolicy } from '../knowledge/recovery-policy.js'
import type { Observation } from './survival.js'

export type Contribution =
  { kind: 'recovered' | 'censored'; observation: Observation } | { kind: 'absorbed' | 'unknown' }

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

/**
 * An interval counts as a time, at its upper bound, only when it is narrow against that bound; else the time is unknown.
 * Absorbed faults have no time: they are never 0 s.
 */
export function contributionOf({ recovery }: Run, policy: RecoveryPolicy): Contribution {
  switch (recovery.kind) {
    case 'absorbed':
      return { kind: 'absorbed' }
    case 'recovered':
      return isTime(recovery.seconds) ? timed('recovered', recovery.seconds) : { kind: 'unknown' }
    case 'not-recovered-within':
      return isTime(recovery.low) ? timed('censored', recovery.low) : { kind: 'unknown' }
    case 'between': {
      const { low, high } = recovery
      const narrow = isTime(low) && isTime(high) && low <= high && high - low <= policy.smallStep * high
      return narrow ? timed('recovered', high) : { kind: 'unknown' }
    }
    case 'unknown':
      return { kind: 'unknown' }
  }
}

function timed(kind: 'recovered' | 'censored', time: number): Contribution {
  return { kind, observation: { time, event: kind === 'recovered' } }
}

function isTime(seconds: number | null): seconds is number {
  return seconds !== null && Number.isFinite(seconds) && seconds >= 0
}
