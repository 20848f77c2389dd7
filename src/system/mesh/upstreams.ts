/** The pods that a proxy balances over as one: those behind a host, or those of a subset. What is ejected is counted per such group. */
import type { NetworkService } from '../../facts/kubernetes.js'
import type { OutlierDetection, Subset, TrafficPolicies, TrafficPolicy } from '../../facts/mesh.js'
import { meshKnowledge } from '../../knowledge/manifests/mesh.js'
import { instancesOf, mostInstances } from '../manifests/instances.js'
import type { Manifests } from '../manifests/manifests.js'
import type { Traffic } from './traffic.js'
import { runsOn, runsPerNode } from '../workloads.js'

export interface Upstream {
  policies: TrafficPolicies
  subset: Subset | null
  /** Null: none of the manifests' own, or several. */
  service: NetworkService | null
  policy: TrafficPolicy | null
  /** Null where the number is not known. */
  instances: { least: number; most: number } | null
}

/** One for each subset that a policy makes, and one for all pods where it makes none. */
export function upstreamsOf(policies: TrafficPolicies, traffic: Traffic, manifests: Manifests): Upstream[] {
  const services = manifests.sameness.partition(traffic.servicesAt(policies.host, policies) ?? [])
  const service = services.length === 1 ? services[0]![0]! : null
  const subsets = policies.subsets.length > 0 ? policies.subsets : [null]
  return subsets.map((subset) => ({
    policies,
    subset,
    service,
    policy: effective(policies.policy, subset?.policy ?? null),
    instances: service && countOf(service, subset, traffic, manifests),
  }))
}

/** A subset's settings replace those of the whole, one kind at a time. */
function effective(whole: TrafficPolicy | null, own: TrafficPolicy | null): TrafficPolicy | null {
  if (!whole || !own) return own ?? whole
  return {
    source: own.source,
    outlierDetection: own.outlierDetection ?? whole.outlierDetection,
    connectionPool: own.connectionPool ?? whole.connectionPool,
    failover: own.failover ?? whole.failover,
  }
}

function countOf(
  service: NetworkService,
  subset: Subset | null,
  traffic: Traffic,
  manifests: Manifests,
): Upstream['instances'] {
  const selected = traffic.podsOf(service, subset).filter(runsOn)
  const workloads = [...new Map(selected.map((workload) => [workload.id, workload])).values()]
  if (workloads.length === 0 || workloads.some(runsPerNode)) return null
  const counts = workloads.map((workload) => {
    const instances = instancesOf(workload, manifests)
    const scaled = manifests.autoscalersOf(workload).map(({ object }) => object.maxReplicas ?? 0)
    return { least: instances.least, most: Math.max(mostInstances(instances), ...scaled) }
  })
  const sum = (of: 'least' | 'most'): number => counts.reduce((total, count) => total + count[of], 0)
  return { least: sum('least'), most: sum('most') }
}

/** With the proxy's defaults where nothing is written. */
export interface Ejection {
  /** Failures in a row after which a pod is ejected; null where nothing ejects it. */
  afterErrors: number | null
  seconds: number
  maxPercent: number
  /** Below this share of healthy pods all get traffic again; 0: never. */
  minHealthPercent: number
}

export function ejectionOf(detection: OutlierDetection): Ejection {
  const defaults = meshKnowledge().istio.outlierDetection
  const counted = [
    detection.consecutiveErrors ?? defaults.consecutiveErrors,
    detection.consecutiveGatewayErrors ?? 0,
    detection.consecutiveLocalFailures ?? 0,
  ].filter((errors) => errors > 0)
  return {
    afterErrors: counted.length === 0 ? null : Math.min(...counted),
    seconds: detection.baseEjectionSeconds ?? defaults.baseEjectionSeconds,
    // Istio takes 0 for not written.
    maxPercent: detection.maxEjectionPercent || defaults.maxEjectionPercent,
    minHealthPercent: detection.minHealthPercent ?? defaults.minHealthPercent,
  }
}

/** How many of a number of pods may be out at once: one more is ejected only while the share stays within the limit. */
export function ejectable({ afterErrors, maxPercent }: Ejection, instances: number): number {
  return afterErrors === null ? 0 : Math.floor((instances * Math.min(maxPercent, 100)) / 100)
}
