/** Other faults at the time of a run: which of them its samples may show too. */
import type { FaultReach } from './fault-reach.js'
import type { Joined, Timed } from './samples-of-run.js'

export interface Rivals {
  /** What they did may stand in the same samples. */
  sharing: Timed[]
  /** Why those that overlap in time are told apart, for people. */
  elsewhere: string[]
}

/**
 * The samples of a service show the fault that hits it, or something that it calls. Where this is known of the run, another
 * fault of which it is known not to be so is not in them.
 */
export function rivalsOf(run: Timed, { series, tie }: Joined, others: Timed[], reach: FaultReach): Rivals {
  const near = others.filter((other) => other !== run && mayShareSamples(other, run))
  if (tie === 'apart' || tie === 'unknown') return { sharing: near, elsewhere: [] }
  const observed = series.facts.target
  const isApart = (other: Timed): boolean =>
    reach.isConfined(other.fault) && reach.tie(observed, other.target) === 'apart'
  const [sharing, elsewhere]: [Timed[], Timed[]] = [[], []]
  for (const other of near) (isApart(other) ? elsewhere : sharing).push(other)
  return {
    sharing,
    elsewhere: elsewhere
      .filter((other) => overlap(run, other))
      .map(({ id, target }) => `the run ${id} overlaps, but hits ${target}, which ${observed} does not call`),
  }
}

/** In another environment nothing of this fault can be seen. */
function mayShareSamples(other: Timed, run: Timed): boolean {
  return other.environment === null || run.environment === null || other.environment === run.environment
}

export function overlap(one: Timed, other: Timed): boolean {
  const [first, second] = [spanOf(one), spanOf(other)]
  return first.from <= second.to && first.to >= second.from
}

function spanOf({ faultStart, faultEnd }: Timed): { from: number; to: number } {
  return { from: Date.parse(faultStart.earliest), to: Date.parse((faultEnd ?? faultStart).latest) }
}
