/** Which series of samples are those of a run: taken for it by name, else of its target, or of who calls that, at the time. */
import type { Bounds, Run, ServiceSamples } from '../facts/experiment.js'
import type { FaultReach, Tie } from './fault-reach.js'
import type { SampleTimes } from './sample-times.js'

export type Timed = Run & { faultStart: Bounds }

export interface Joined {
  series: SampleTimes
  /** How the fault is tied to what was observed. */
  tie: Tie
  /** Why they are those of this run. */
  reason: string
  /** Why they prove less than samples of what was hit; null for those, and for samples that name the run. */
  distance: string | null
}

/** `elsewhen`: why samples that name the run are not used, when none are. */
export function seriesOf(
  run: Timed,
  samples: SampleTimes[],
  reach: FaultReach,
): { series: Joined[]; elsewhen: string | null } {
  const named = samples.flatMap((series): Joined[] => {
    const { takenFor, target } = series.facts
    const name = takenFor.find((name) => namesOf(run).includes(name))
    if (name === undefined) return []
    return [
      {
        series,
        tie: reach.tie(target, run.target),
        reason: `taken for ${name}, of which this run is a part`,
        distance: null,
      },
    ]
  })
  const meant = named.filter(({ series }) => isAtTheTime(series, run))
  if (meant.length > 0) return { series: nearest(meant), elsewhen: null }
  if (named.length > 0)
    return {
      series: [],
      elsewhen: `samples taken for ${named[0]!.series.facts.takenFor[0]!} are of another time than the fault`,
    }
  const about = samples.flatMap((series): Joined[] => {
    const tie = reach.tie(series.facts.target, run.target)
    if ((tie !== 'same' && tie !== 'called') || !isAtTheTime(series, run)) return []
    return [{ series, tie, ...aboutIt(tie, series.facts, run) }]
  })
  return { series: nearest(about), elsewhen: null }
}

function aboutIt(
  tie: 'same' | 'called',
  { target }: ServiceSamples,
  run: Run,
): Pick<Joined, 'reason' | 'distance'> {
  if (tie === 'same')
    return { reason: `of the same target, ${run.target}, at the time of the fault`, distance: null }
  return {
    reason: `of ${target}, which calls ${run.target}, at the time of the fault`,
    distance: `observed at ${target}, which calls ${run.target}: what ${target} absorbs of it was not seen`,
  }
}

function namesOf({ id, experiment, partOf = [] }: Run): string[] {
  return [id, ...(experiment === null ? [] : [experiment]), ...partOf]
}

/** Of several that watch different services, those that watch what the fault hit, else those that watch who calls that. */
function nearest(joined: Joined[]): Joined[] {
  for (const tie of ['same', 'called'] as const) {
    const tied = joined.filter((one) => one.tie === tie)
    if (tied.length > 0) return tied
  }
  return joined
}

function isAtTheTime({ first, last }: SampleTimes, { faultStart, faultEnd }: Timed): boolean {
  if (first === null || last === null) return false
  return last >= Date.parse(faultStart.earliest) && first <= Date.parse((faultEnd ?? faultStart).latest)
}
