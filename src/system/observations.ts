/** What one series of samples shows of one run, and whether several agree. */
import type { Bounds, Recovery, RunVerdict } from '../facts/experiment.js'
import { formatDuration } from '../facts/units.js'
import type { RecoveryPolicy } from '../knowledge/recovery-policy.js'
import {
  type Moment,
  recoveryFromSamples,
  type Sample,
  unknownRecovery,
} from '../recovery/sampled-recovery.js'
import type { Rivals } from './rival-faults.js'
import type { SampleTimes } from './sample-times.js'
import type { Joined, Timed } from './samples-of-run.js'

export interface Observation {
  joined: Joined
  recovery: Recovery
  /** By the criterion of the tool that took the samples; null when it has none. */
  verdict: RunVerdict | null
  /** Null when nothing was sampled before the fault. */
  baselineMet: boolean | null
  weaknesses: string[]
  /** Why it cannot be told whose fault the samples show. */
  doubt: string | null
}

export function observe(run: Timed, joined: Joined, rivals: Rivals, policy: RecoveryPolicy): Observation {
  const { series } = joined
  const start = momentOf(run.faultStart)
  const end = run.faultEnd && momentOf(run.faultEnd)
  const since = series.between(start.earliest, rivals.next)
  const before = series.before(start.earliest, policy.holdSamples)
  const baselineMet = before.length === 0 ? null : before.every(({ ok }) => ok)
  const late = lateBeginning(series, start)
  const recovery = recoveryFromSamples(since, start, end, policy)
  return {
    joined: { ...joined, reason: [joined.reason, ...rivals.elsewhere].join('; ') },
    recovery: late !== null && recovery.kind === 'absorbed' ? unknownRecovery(late) : recovery,
    verdict: verdictOf(since, recovery, series.facts.failureThreshold),
    baselineMet,
    weaknesses: [late, joined.distance].filter((weakness) => weakness !== null),
    doubt: doubtOf(rivals, baselineMet) ?? illBefore(joined, baselineMet),
  }
}

/** Several series may stand for one run when they say the same. */
export function agreed(observations: Observation[]): Observation | { doubt: string } {
  const [first, ...rest] = observations as [Observation, ...Observation[]]
  const differs = rest.find((other) => !isSame(first, other))
  if (differs)
    return {
      doubt: `two series disagree: ${described(first)}; ${described(differs)}`,
    }
  const latest = (one: Observation): number => one.recovery.high ?? one.recovery.low ?? 0
  return observations.reduce((slowest, one) => (latest(one) > latest(slowest) ? one : slowest))
}

function isSame(a: Observation, b: Observation): boolean {
  const [low, high] = [
    Math.max(a.recovery.low ?? 0, b.recovery.low ?? 0),
    Math.min(a.recovery.high ?? Infinity, b.recovery.high ?? Infinity),
  ]
  return (
    a.recovery.kind === b.recovery.kind &&
    a.recovery.from === b.recovery.from &&
    a.verdict === b.verdict &&
    a.baselineMet === b.baselineMet &&
    low <= high
  )
}

function described({ joined: { series }, recovery, verdict, baselineMet }: Observation): string {
  const { path, line } = series.facts.source
  const baseline = baselineMet === false ? ', out of tolerance before the fault' : ''
  return `${path}:${line} shows ${recovery.kind}, ${verdict ?? 'no verdict'}${baseline}`
}

/** Two faults at once: neither the failure nor the recovery is that of one of them. */
function doubtOf({ overlapping, lasting }: Rivals, baselineMet: boolean | null): string | null {
  if (overlapping)
    return `two concurrent faults: the run ${overlapping.id} overlaps, so the samples may show either`
  // Where the service was well before this fault, what came earlier is over.
  return lasting && baselineMet === null
    ? `the fault of the run ${lasting.id} has no recorded end, and nothing was sampled between the two`
    : null
}

/** A caller that was unwell before says nothing of the baseline of what was hit, and nothing of the fault. */
function illBefore({ distance, series }: Joined, baselineMet: boolean | null): string | null {
  return distance !== null && baselineMet === false
    ? `${series.facts.target} was out of tolerance before the fault, and nothing was sampled nearer to it`
    : null
}

/** A series that begins after the fault has missed what happened meanwhile. */
function lateBeginning(series: SampleTimes, fault: Moment): string | null {
  const { first, facts } = series
  if (first === null || first <= fault.latest) return null
  const missed = first - fault.earliest
  if (missed <= series.widestStep && facts.incomplete === undefined) return null
  const why = facts.incomplete === undefined ? '' : `: ${facts.incomplete}`
  return `the samples begin ${formatDuration(missed / 1000)} after the fault${why}`
}

/** As many bad samples in a row as the tool itself takes for a failure. */
function verdictOf(
  samples: Sample[],
  recovery: Recovery,
  failureThreshold: number | undefined,
): RunVerdict | null {
  if (failureThreshold === undefined) return null
  let inRow = 0
  for (const { ok } of samples) {
    inRow = ok ? 0 : inRow + 1
    if (inRow >= failureThreshold) return 'fail'
  }
  const isOver = recovery.kind === 'absorbed' || recovery.kind === 'recovered' || recovery.kind === 'between'
  return isOver ? 'pass' : null
}

function momentOf({ earliest, latest }: Bounds): Moment {
  return { earliest: Date.parse(earliest), latest: Date.parse(latest) }
}
