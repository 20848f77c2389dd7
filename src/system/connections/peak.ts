/** How many instances of a workload run at its most: by its autoscaler's maximum, else by its replicas, and what overlays make of both. */
import type { Autoscaler, Workload } from '../../facts/kubernetes.js'
import { formatSource, type Source } from '../../facts/source.js'
import type { Manifests } from '../manifests/manifests.js'
import { runsPerNode } from '../workloads.js'

/** From the least that any environment makes of the maximum to the most; null where that is not known. */
export interface Peak {
  /** Instances at rest: those that are written, or the least that its autoscaler keeps. */
  atRest: number
  least: number
  most: number | null
  /** In words, with the place of the number. */
  reason: string
  source: Source
}

export function peakOf(workload: Workload, manifests: Manifests): Peak {
  if (runsPerNode(workload))
    return { atRest: 1, least: 1, most: null, reason: 'one on every node', source: workload.source }
  const scalers = manifests.autoscalersOf(workload)
  const scaler = scalers.find(({ where }) => where === 'always')?.object
  const own = scaler ? byScaler(scaler, workload) : byReplicas(workload)
  const others = [
    ...scalers.filter(({ object }) => object !== scaler).map(({ object }) => object.maxReplicas),
    ...(scaler ? patchesOf(scaler, manifests) : overlaidReplicas(workload, manifests)),
  ]
  const known = others.filter((count) => count !== null)
  const [least, greatest] = [Math.min(own.least, ...known), Math.max(own.least, ...known)]
  const range = least === greatest ? '' : `; an overlay makes it ${least} to ${greatest}`
  return {
    ...own,
    atRest: scaler ? own.atRest : least,
    reason: `${own.reason}${range}`,
    least,
    most: known.length < others.length ? null : greatest,
  }
}

type Own = Pick<Peak, 'atRest' | 'least' | 'reason' | 'source'>

function byScaler(scaler: Autoscaler, { replicas }: Workload): Own {
  const source = scaler.at['maxReplicas'] ?? scaler.source
  const least = scaler.maxReplicas ?? scaler.minReplicas ?? 1
  const atRest = Math.min(least, Math.max(scaler.minReplicas ?? 1, replicas ?? 1))
  return { atRest, least, reason: `its autoscaler's maxReplicas, ${formatSource(source)}`, source }
}

function byReplicas(workload: Workload): Own {
  const source = workload.at['replicas'] ?? workload.source
  return workload.replicas === null
    ? { atRest: 1, least: 1, reason: `replicas is not set, ${formatSource(source)}`, source }
    : {
        atRest: workload.replicas,
        least: workload.replicas,
        reason: `replicas, ${formatSource(source)}`,
        source,
      }
}

/** Maxima that pieces in overlays set. */
function patchesOf(scaler: Autoscaler, { objects }: Manifests): (number | null)[] {
  return objects.fragments.autoscalers
    .filter(({ name, at }) => name === scaler.name && 'maxReplicas' in at)
    .map(({ maxReplicas }) => maxReplicas)
}

function overlaidReplicas(workload: Workload, manifests: Manifests): (number | null)[] {
  const names = manifests.kustomizations.namesOf(workload)
  return [
    ...manifests
      .patchesOf(workload)
      .filter(({ at }) => 'replicas' in at)
      .map(({ replicas }) => replicas),
    ...manifests
      .reaching(workload)
      .flatMap(({ replicas }) =>
        names.filter((name) => Object.hasOwn(replicas, name)).map((name) => replicas[name]!),
      ),
  ]
}
