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

export function observe(run: Timed, joined: Joined, others: Timed[], policy: RecoveryPolicy): Observation {
  const start = momentOf(run.faultStart)
  const end = run.faultEnd && momentOf(run.faultEnd)
  const all = joined.series.samples.map(({ at, ok }): Sample => ({
    start: Date.parse(at),
    end: Date.parse(at),
    ok,
  }))
  const rivals = others.filter((other) => other !== run && mayShareSamples(other, run))
  const samples = untilNextFault(all, run, rivals)
  const before = all.filter((sample) => sample.end < start.earliest)
  const baselineMet = before.length === 0 ? null : before.slice(-policy.holdSamples).every(({ ok }) => ok)
  const since = samples.filter((sample) => sample.start >= start.earliest)
  const late = lateBeginning(all, start, joined)
  const recovery = recoveryFromSamples(samples, start, end, policy)
  return {
    joined,
    recovery: late !== null && recovery.kind === 'absorbed' ? unknownRecovery(late) : recovery,
    verdict: verdictOf(since, recovery, joined.series.failureThreshold),
    baselineMet,
    weaknesses: late === null ? [] : [late],
    doubt: doubtOf(run, rivals, baselineMet),
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
  const baseline = baselineMet === false ? ', out of tolerance before the fault' : ''
  return `${series.source.path}:${series.source.line} shows ${recovery.kind}, ${verdict ?? 'no verdict'}${baseline}`
}

/** In another environment nothing of this fault can be seen. */
function mayShareSamples(other: Timed, run: Timed): boolean {
  return other.environment === null || run.environment === null || other.environment === run.environment
}

/** What is seen after the next fault began is no longer this one's. */
function untilNextFault(samples: Sample[], run: Timed, rivals: Timed[]): Sample[] {
  const own = Date.parse(run.faultStart.latest)
  const next = rivals
    .map(({ faultStart }) => Date.parse(faultStart.earliest))
    .filter((start) => start > own)
    .reduce((least, start) => Math.min(least, start), Infinity)
  return samples.filter(({ start }) => start < next)
}

/** Two faults at once: neither the failure nor the recovery is that of one of them. */
function doubtOf(run: Timed, rivals: Timed[], baselineMet: boolean | null): string | null {
  const [start, end] = [
    Date.parse(run.faultStart.earliest),
    Date.parse((run.faultEnd ?? run.faultStart).latest),
  ]
  const overlapping = rivals.find((other) => {
    const [from, to] = [
      Date.parse(other.faultStart.earliest),
      Date.parse((other.faultEnd ?? other.faultStart).latest),
    ]
    return from <= end && to >= start
  })
  if (overlapping)
    return `two faults at once: the run ${overlapping.id} overlaps, so the samples may show either`
  // Where the service was well before this fault, what came earlier is over.
  const lasting = rivals.find(
    (other) => other.faultEnd === null && Date.parse(other.faultStart.latest) < start,
  )
  return lasting && baselineMet === null
    ? `the fault of the run ${lasting.id} has no recorded end, and nothing was sampled between the two`
    : null
}

/** A series that begins after the fault has missed what happened meanwhile. */
function lateBeginning(samples: Sample[], fault: Moment, { series }: Joined): string | null {
  const [first, ...rest] = samples
  if (!first || first.start <= fault.latest) return null
  const step = rest.reduce((widest, { start }, index) => Math.max(widest, start - samples[index]!.start), 0)
  const missed = first.start - fault.earliest
  if (missed <= step && series.incomplete === undefined) return null
  const why = series.incomplete === undefined ? '' : `: ${series.incomplete}`
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
