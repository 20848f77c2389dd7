/** Which series of samples are those of a run: taken for it by name, else of the same target at the same time. */
import type { Bounds, Run, ServiceSamples } from '../facts/experiment.js'
import { componentAtHost } from './called-host.js'
import type { System } from './component.js'
import type { Manifests } from './manifests/manifests.js'

export type Timed = Run & { faultStart: Bounds }

export interface Joined {
  series: ServiceSamples
  /** Why they are those of this run. */
  reason: string
}

/** Where names are looked up. */
export interface Places {
  system: System
  manifests: Pick<Manifests, 'namespaces' | 'kustomizations'>
}

/** `elsewhen`: why samples that name the run are not used, when none are. */
export function seriesOf(
  run: Timed,
  samples: ServiceSamples[],
  places: Places,
): { series: Joined[]; elsewhen: string | null } {
  const named = samples.flatMap((series): Joined[] => {
    const name = series.takenFor.find((name) => namesOf(run).includes(name))
    return name === undefined ? [] : [{ series, reason: `taken for ${name}, of which this run is a part` }]
  })
  const meant = named.filter(({ series }) => isAtTheTime(series, run))
  if (meant.length > 0) return { series: ofTarget(meant, run, places), elsewhen: null }
  if (named.length > 0)
    return {
      series: [],
      elsewhen: `samples taken for ${named[0]!.series.takenFor[0]!} are of another time than the fault`,
    }
  const about = samples
    .filter((series) => isSameTarget(series.target, run.target, places) && isAtTheTime(series, run))
    .map((series) => ({ series, reason: `of the same target, ${run.target}, at the time of the fault` }))
  return { series: about, elsewhen: null }
}

function namesOf({ id, experiment, partOf = [] }: Run): string[] {
  return [id, ...(experiment === null ? [] : [experiment]), ...partOf]
}

/** Of several that watch different services, those that watch what the fault hit. */
function ofTarget(named: Joined[], run: Run, places: Places): Joined[] {
  const about = named.filter(({ series }) => isSameTarget(series.target, run.target, places))
  return about.length > 0 ? about : named
}

function isSameTarget(a: string | null, b: string | null, { system, manifests }: Places): boolean {
  if (a === null || b === null) return false
  if (a === b) return true
  const [one, other] = [a, b].map((name) => componentAtHost(name, system, manifests))
  return one !== undefined && one === other
}

function isAtTheTime({ samples }: ServiceSamples, { faultStart, faultEnd }: Timed): boolean {
  const [first, last] = [samples[0], samples.at(-1)]
  if (!first || !last) return false
  const over = Date.parse((faultEnd ?? faultStart).latest)
  return Date.parse(last.at) >= Date.parse(faultStart.earliest) && Date.parse(first.at) <= over
}
