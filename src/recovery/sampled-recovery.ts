/** Recovery from samples of the service: what a series of good and bad observations proves, and no more. */
import type { Bounds, Recovery } from '../facts/experiment.js'
import { formatInstant } from '../facts/instants.js'
import { formatDuration } from '../facts/units.js'
import type { RecoveryPolicy } from '../knowledge/recovery-policy.js'

/** One observation of the service, over [start, end] in milliseconds; a momentary one has start = end. */
export interface Sample {
  start: number
  end: number
  ok: boolean
}

/** When something happened, as far as known, in milliseconds. */
export interface Moment {
  earliest: number
  latest: number
}

/** For a fact. */
export function boundsOf(moment: Moment | null): Bounds | null {
  return moment && { earliest: formatInstant(moment.earliest), latest: formatInstant(moment.latest) }
}

/**
 * Counted from the fault's end when it is known, else from its start. Lower bounds count from the latest moment the fault
 * can have begun (or ended), upper bounds from the earliest: anything else would claim more than was seen.
 */
export function recoveryFromSamples(
  samples: Sample[],
  faultStart: Moment,
  faultEnd: Moment | null,
  policy: RecoveryPolicy,
): Recovery {
  const seen = samples.filter(({ start }) => start >= faultStart.earliest).sort((a, b) => a.start - b.start)
  if (seen.length === 0) return unknownRecovery('no sample after the fault began')
  const lastFailing = seen.findLastIndex(({ ok }) => !ok)
  if (lastFailing < 0) return withoutFailure(seen, faultStart, faultEnd, policy)

  const failing = seen[lastFailing]!
  const passing = seen[lastFailing + 1]
  const beforeFaultEnded = faultEnd !== null && (passing?.end ?? failing.start) <= faultEnd.earliest
  const basis = faultEnd === null || beforeFaultEnded ? faultStart : faultEnd
  const from = basis === faultStart ? 'fault-start' : 'fault-end'
  const low = floorSeconds(Math.max(0, failing.start - basis.latest))
  const stillFailing = (reason: string): Recovery => ({
    kind: 'not-recovered-within',
    seconds: null,
    low,
    high: null,
    from,
    reason,
  })
  if (!passing) return stillFailing('out of tolerance in the last sample')

  const high = ceilSeconds(passing.end - basis.earliest)
  if (high < low) return unknownRecovery('the times of the samples contradict each other')
  const held = seen.length - lastFailing - 1
  if (held < policy.holdSamples) {
    const short = `back in tolerance, but in only ${held} of the ${policy.holdSamples} samples that count as recovery`
    if (seen.length >= policy.holdSamples) return stillFailing(short)
    return { kind: 'between', seconds: null, low, high, from, reason: short }
  }
  if (high - low <= policy.smallStep * high)
    return { kind: 'recovered', seconds: high, low, high, from, reason: null }
  return {
    kind: 'between',
    seconds: null,
    low,
    high,
    from,
    reason: 'the samples are too far apart for one figure',
  }
}

export function unknownRecovery(reason: string): Recovery {
  return { kind: 'unknown', seconds: null, low: null, high: null, from: null, reason }
}

function withoutFailure(
  seen: Sample[],
  faultStart: Moment,
  faultEnd: Moment | null,
  policy: RecoveryPolicy,
): Recovery {
  const starts = seen.map(({ start }) => start)
  const gaps = starts.map((start, index) => start - (starts[index - 1] ?? faultStart.earliest))
  const widest = gaps.reduce((widest, gap) => Math.max(widest, gap), 0)
  const observed = starts.at(-1)! - faultStart.earliest
  const count = `no failure seen in ${seen.length} ${seen.length === 1 ? 'sample' : 'samples'}`
  const undetected = `an outage shorter than ${formatDuration(ceilSeconds(widest))} would not have been seen`
  const covered =
    seen.length >= policy.holdSamples &&
    widest <= policy.maxGapShare * observed &&
    (faultEnd === null || starts.at(-1)! >= faultEnd.latest)
  if (!covered) return unknownRecovery(`${count}: too few, or too far apart, to show that there was none`)
  return {
    kind: 'absorbed',
    seconds: null,
    low: null,
    high: null,
    from: faultEnd === null ? 'fault-start' : 'fault-end',
    reason: `${count}; ${undetected}`,
  }
}

function floorSeconds(milliseconds: number): number {
  return Math.floor(microsecondsExact(milliseconds)) / 1000
}

function ceilSeconds(milliseconds: number): number {
  return Math.ceil(microsecondsExact(milliseconds)) / 1000
}

/** Instants are too large for exact fractions: 5000.0002 is 5000. */
function microsecondsExact(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000
}
