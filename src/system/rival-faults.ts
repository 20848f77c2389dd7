/** Other faults at the time of a run: which of them its samples may show too. */
import type { FaultReach } from './fault-reach.js'
import type { FaultTimes } from './fault-times.js'
import type { Joined, Timed } from './samples-of-run.js'

export interface Rivals {
  /** The first that may stand in the same samples at the same time. */
  overlapping: Timed | null
  /** The first that began before, has no recorded end, and may stand in the same samples. */
  lasting: Timed | null
  /** From this instant on the samples may show the next fault; Infinity without one. */
  next: number
  /** Why those that overlap in time are told apart, for people. */
  elsewhere: string[]
}

/**
 * The samples of a service show the fault that hits it, or something that it calls. Where this is known of the run, another
 * fault of which it is known not to be so is not in them.
 */
export function rivalsOf(run: Timed, { series, tie }: Joined, others: FaultTimes, reach: FaultReach): Rivals {
  const observed = series.facts.target
  const isTold = tie !== 'apart' && tie !== 'unknown'
  const isApart = (other: Timed): boolean =>
    isTold && reach.isConfined(other.fault) && reach.tie(observed, other.target) === 'apart'
  const isSharing = (other: Timed): boolean => mayShareSamples(other, run) && !isApart(other)
  const overlapping = others.overlapping(run)
  return {
    overlapping: overlapping.find(isSharing) ?? null,
    lasting: others.lastingBefore(run, isSharing),
    next: others.nextAfter(run, isSharing),
    elsewhere: overlapping
      .filter((other) => mayShareSamples(other, run) && isApart(other))
      .map(({ id, target }) => `the run ${id} overlaps, but hits ${target}, which ${observed} does not call`),
  }
}

/** In another environment nothing of this fault can be seen. */
function mayShareSamples(other: Timed, run: Timed): boolean {
  return other.environment === null || run.environment === null || other.environment === run.environment
}
