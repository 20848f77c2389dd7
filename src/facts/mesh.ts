/** What proxies do to traffic, in a mesh and at gateways. Durations are seconds; a timeout of 0 (switched off) is none. */
import type { ManifestObject } from './kubernetes.js'
import type { Source } from './source.js'

/** Rules for the HTTP and gRPC traffic to some hosts. */
export interface TrafficRoutes extends ManifestObject {
  fact: 'traffic-routes'
  /** Hosts as callers name them: a Service (`orders`, `orders.shop.svc.cluster.local`), an outside name, or a wildcard. */
  hosts: string[]
  /** Proxies beside callers apply it, proxies at gateways do, or both. */
  byCallers: boolean
  byGateways: boolean
  /** Only callers of its own namespace see it. */
  isPrivate: boolean
  /** Requests that none of the rules takes are passed on all the same, without any of them. */
  passesOthers?: boolean
  rules: TrafficRule[]
}

export interface TrafficRule {
  source: Source
  at: Record<string, Source>
  /** Its name, else `rule 2`. */
  label: string
  /** Methods that it takes; null: every method, or which is not known. */
  methods: string[] | null
  /** It takes only requests that carry a mark: a header, a query, the labels of the caller. */
  isMarked: boolean
  destinations: Destination[]
  /** The whole time of a request, all tries included. */
  timeoutSeconds: number | null
  /** Of one try. */
  perTrySeconds: number | null
  retries: RouteRetries | null
  faults: InjectedFault[]
}

export interface RouteRetries {
  source: Source
  /** Tries after the first; null where the proxy decides. */
  attempts: number | null
  /** Conditions in the words of `rules/policies/mesh.yaml`, and status codes; null where the proxy's default holds. */
  on: string[] | null
}

export interface Destination {
  host: string
  subset: string | null
  port: number | null
  source: Source
}

/** A failure that the proxy makes on purpose. */
export interface InjectedFault {
  source: Source
  /** In words: `an abort with 503`, `a delay of 5s`. */
  effect: string
  percent: number
}

/** How proxies spread traffic over the pods behind a host, and how they guard it. */
export interface TrafficPolicies extends ManifestObject {
  fact: 'traffic-policies'
  host: string
  /** Only some callers apply it, or only those of its own namespace. */
  isPrivate: boolean
  /** Ports have settings of their own: those of the whole do not hold for them. */
  hasPortSettings: boolean
  policy: TrafficPolicy | null
  subsets: Subset[]
}

/** Some of the pods behind a host, with what is different for them. */
export interface Subset {
  source: Source
  name: string
  labels: Record<string, string>
  policy: TrafficPolicy | null
}

export interface TrafficPolicy {
  source: Source
  /** Null: not written. */
  outlierDetection: OutlierDetection | null
  connectionPool: ConnectionPool | null
  /** Where traffic goes when its own region or zone fails. */
  failover: Source | null
}

/** As written; what is not written is null. */
export interface OutlierDetection {
  source: Source
  at: Record<string, Source>
  consecutiveErrors: number | null
  consecutiveGatewayErrors: number | null
  consecutiveLocalFailures: number | null
  baseEjectionSeconds: number | null
  maxEjectionPercent: number | null
  minHealthPercent: number | null
}

export interface ConnectionPool {
  source: Source
  /** Limits that cap concurrency, by their names: `maxConnections`. */
  limits: Record<string, number>
}

/** Its labels and annotations say whether pods in it get a proxy. */
export interface Namespace extends ManifestObject {
  fact: 'namespace'
  kind: 'Namespace'
  annotations: Record<string, string>
}

export type MeshFact = TrafficRoutes | TrafficPolicies | Namespace
