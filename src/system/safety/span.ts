/** From when to when a run was going on, as far as its record says. Instants are milliseconds UTC. */
import type { Bounds, Run } from '../../facts/experiment.js'

export interface Span {
  from: number
  /** The latest moment that the record knows of. */
  seenUntil: number
  /** When it was over: the run, or else its fault and what it did to the service; null when that is not known. */
  to: number | null
}

/** Null without any time. */
export function spanOf(run: Run): Span | null {
  const begun = instants(run.startedAt, run.faultStart?.earliest)
  if (begun.length === 0) return null
  const ended = instants(run.endedAt)
  const over = ended.length > 0 ? ended : overAt(run)
  const known = [...begun, ...over, ...instants(run.faultStart?.latest, run.faultEnd?.latest)]
  return {
    from: Math.min(...begun),
    seenUntil: Math.max(...known),
    to: over.length > 0 ? Math.max(...begun, ...over) : null,
  }
}

function overAt({ faultStart, faultEnd, recovery }: Run): number[] {
  const latest = (bounds: Bounds | null): number[] => instants(bounds?.latest)
  const took = recovery.kind === 'recovered' ? recovery.seconds : recovery.high
  const basis = recovery.from === 'fault-end' ? faultEnd : faultStart
  const recovered = took === null ? [] : latest(basis).map((instant) => instant + took * 1000)
  return [...latest(faultEnd), ...recovered]
}

function instants(...times: (string | null | undefined)[]): number[] {
  return times.map((time) => Date.parse(time ?? '')).filter((instant) => !Number.isNaN(instant))
}
