/** Rules for traffic and the Services that they are for. */
import type { ManifestObject, NetworkService, Workload } from '../../facts/kubernetes.js'
import type { Destination, Subset, TrafficPolicies, TrafficRoutes, TrafficRule } from '../../facts/mesh.js'
import { retryCondition, meshKnowledge } from '../../knowledge/manifests/mesh.js'
import type { Manifests } from '../manifests/manifests.js'
import { selects } from '../manifests/selection.js'

/** `orders.shop.svc`, with the domain of the cluster or without. A host with another dot in it is an outside name. */
const IN_CLUSTER = /^([^.*]+)\.([^.*]+)\.svc(?:\.cluster\.local)?$/

export class Traffic {
  readonly #routes: { routes: TrafficRoutes; services: NetworkService[] }[]
  readonly #policies: { policies: TrafficPolicies; services: NetworkService[] }[]

  constructor(private readonly manifests: Manifests) {
    const { trafficRoutes, trafficPolicies } = manifests.objects
    this.#routes = trafficRoutes.map((routes) => ({
      routes,
      services: routes.hosts.flatMap((host) => this.servicesAt(host, routes) ?? []),
    }))
    this.#policies = trafficPolicies.map((policies) => ({
      policies,
      services: this.servicesAt(policies.host, policies) ?? [],
    }))
  }

  /** Services of the manifests that a host means; null for one outside the cluster and for a wildcard. */
  servicesAt(host: string, from: ManifestObject): NetworkService[] | null {
    const [, name, namespace] = IN_CLUSTER.exec(host) ?? []
    if (name !== undefined) return this.manifests.servicesNamed(name, from, namespace)
    return /[.*]/.test(host) || host === '' ? null : this.manifests.servicesNamed(host, from)
  }

  /** Rules that proxies beside callers apply to calls of a Service: those of the kind that comes before the others. */
  routesTo(service: NetworkService): TrafficRoutes[] {
    const all = this.#routes
      .filter(({ routes, services }) => routes.byCallers && services.includes(service))
      .map(({ routes }) => routes)
    const { precedence } = meshKnowledge()
    const rankOf = ({ kind }: TrafficRoutes): number => precedence.findIndex((kinds) => kinds.includes(kind))
    const first = Math.min(...all.map(rankOf))
    return all.filter((routes) => rankOf(routes) === first)
  }

  policiesOf(service: NetworkService): TrafficPolicies[] {
    return this.#policies.filter(({ services }) => services.includes(service)).map(({ policies }) => policies)
  }

  /** Other writings of the same object, which say something else: only one of them is what is deployed. */
  otherWritings(routes: TrafficRoutes): TrafficRoutes[] {
    return this.manifests.objects.trafficRoutes.filter(
      (other) => other !== routes && other.id === routes.id && textOf(other) !== textOf(routes),
    )
  }

  /** Workloads behind a Service, or those of its pods that a subset asks for. */
  podsOf(service: NetworkService, subset: Subset | null): Workload[] {
    return this.manifests
      .selectedBy(service)
      .map(({ object }) => object)
      .filter(
        (workload) =>
          subset === null ||
          Object.keys(subset.labels).length === 0 ||
          this.manifests.pods.labelsOf(workload).some((labels) => selects(subset.labels, labels)),
      )
  }
}

/** Rules without their places. */
function textOf({ rules }: TrafficRoutes): string {
  return JSON.stringify(rules, (key, value: unknown) =>
    key === 'source' || key === 'at' ? undefined : value,
  )
}

/** What the retries of a rule amount to, with the proxy's default conditions where it writes none. */
export interface Retrying {
  /** All tries, the first included; null where the proxy decides. */
  tries: number | null
  conditions: string[]
  /** Conditions that are not known: what they cover is not either. */
  unknown: string[]
  /** A try that its own timeout ended is tried again. */
  slow: boolean
  /** Conditions under which the callee may have done the work already. */
  worked: string[]
  /** Failures that the callee answers with are tried again. */
  server: boolean
  /** Of one try; it counts only where something is retried. */
  trySeconds: number | null
}

/** Null where the rule writes no retries, or switches them off; an injected fault switches them off too. */
export function retryingOf({ retries, perTrySeconds, faults }: TrafficRule): Retrying | null {
  if (retries === null || retries.attempts === 0 || faults.length > 0) return null
  const conditions = retries.on ?? meshKnowledge().istio.retryOn
  const meanings = conditions.map((word) => ({ word, meaning: retryCondition(word) }))
  return {
    tries: retries.attempts === null ? null : 1 + retries.attempts,
    conditions,
    unknown: meanings.filter(({ meaning }) => meaning === null).map(({ word }) => word),
    slow: meanings.some(({ meaning }) => meaning?.slow),
    worked: meanings.filter(({ meaning }) => meaning?.worked).map(({ word }) => word),
    server: meanings.some(({ meaning }) => meaning?.server),
    trySeconds: perTrySeconds,
  }
}

/** The longest that a proxy lets a request take, back-off left out; null where nothing ends it. */
export function boundOfRule(rule: TrafficRule): number | null {
  if (rule.faults.length > 0) return null
  const retrying = retryingOf(rule)
  // A gateway's bound of a single try holds without retries too; that of a VirtualService only with them.
  const perTry = rule.retries === null || retrying !== null ? rule.perTrySeconds : null
  if (perTry === null) return rule.timeoutSeconds
  const tries = retrying === null ? 1 : retrying.tries
  const all = tries === null ? null : perTry * tries
  if (all === null) return rule.timeoutSeconds
  return rule.timeoutSeconds === null ? all : Math.min(rule.timeoutSeconds, all)
}

/** `orders`, or `orders (subset v2)`. */
export function nameOf({ host, subset }: Pick<Destination, 'host' | 'subset'>): string {
  return subset === null ? host : `${host} (subset ${subset})`
}
