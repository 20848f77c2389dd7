/** What can be seen in the configuration of Alertmanager, be it a file, objects of the Prometheus operator or policies of Grafana. Durations are seconds. */
import type { Matcher, Refusal } from './alert.js'
import type { ManifestObject } from './kubernetes.js'
import type { LabelSelector } from './label-selector.js'
import type { Source } from './source.js'

/** One tree of routes with what belongs to it. */
export interface AlertRouting {
  fact: 'alert-routing'
  source: Source
  /** The object that holds it, as `ConfigMap shop/alerting (alertmanager.yml)`; null for a file of its own. */
  object: string | null
  /** Part of an AlertmanagerConfig: the operator sends it alerts of its namespace as a rule, and only when it selects it. */
  isPart: boolean
  /** Of the part: VictoriaMetrics' Alertmanagers are not read, so which of them takes it is not known. Missing: the one of Prometheus. */
  operator?: 'victoriametrics'
  /** Of the part; null where it is not written. */
  namespace: string | null
  /** Of the part; null for any other. */
  name: string | null
  labels: Record<string, string>
  root: RoutingNode
  receivers: Receiver[]
  inhibitions: Inhibition[]
  /** Named time intervals. */
  timeIntervals: Record<string, TimeInterval>
  /** Why Alertmanager refuses it; of a part of the operator nothing is said. */
  refusals: Refusal[]
  ignores: Record<string, string>
  /** Of the notification policies of Grafana, which route its own alerts only: their organisation. */
  grafanaOrg?: string
}

/** How much of the time it covers, and when in the week; null where its parts are of several time zones. */
export interface TimeInterval {
  extent: Extent
  week: WeekTimes | null
}

/** Minutes of the week, from Sunday: `certain` in any week, `possible` also where only some days of the year are meant. */
export interface WeekTimes {
  /** Null where none is written: UTC. */
  zone: string | null
  certain: MinuteSpan[]
  possible: MinuteSpan[]
}

/** From one minute of the week up to another one. */
export type MinuteSpan = [from: number, to: number]

/** `at times` also stands for what is not computed. */
export type Extent = 'always' | 'never' | 'at times'

/** An Alertmanager that the Prometheus operator runs: which AlertmanagerConfigs it takes, and for which alerts. */
export interface AlertmanagerObject extends ManifestObject {
  fact: 'alertmanager'
  kind: 'Alertmanager'
  /** Null selects none. */
  configSelector: LabelSelector | null
  /** Null stands for its own namespace. */
  namespaceSelector: LabelSelector | null
  /** Null where the operator's default holds: OnNamespace. */
  strategy: string | null
  /** Name of the AlertmanagerConfig that is its configuration as a whole. */
  configuration: string | null
}

/** A route; what it leaves out is taken from the one above, and null is left to the defaults of Alertmanager. */
export interface RoutingNode {
  source: Source
  receiver: string | null
  /** Whether it names the receiver itself. */
  names: boolean
  matchers: Matcher[]
  /** False where some of its matchers could not be read. */
  isReadable: boolean
  /** The routes after it are asked too. */
  goesOn: boolean
  groupBy: string[] | null
  groupWaitSeconds: number | null
  groupIntervalSeconds: number | null
  /** Time intervals in which it tells nobody, and those outside of which it does not. Not inherited. */
  mutedIn: string[]
  activeIn: string[]
  routes: RoutingNode[]
}

export interface Receiver {
  name: string
  source: Source
  channels: Channel[]
}

/** `kind` is the name of the integration in lower case: `pagerduty`; `host` that of its address, where that is written. */
export interface Channel {
  kind: string
  host: string | null
  /** Of a webhook inside the cluster only; `*` stands for parts that are no plain words. Elsewhere it is often a secret. */
  path?: string
  /** Of such a webhook too: as written, or that of the scheme. */
  port?: number
}

/** While an alert of `sources` fires, those of `targets` with the same values of the labels `equal` tell nobody. */
export interface Inhibition {
  source: Source
  sources: Matcher[]
  targets: Matcher[]
  /** False where some of its matchers could not be read. */
  isReadable: boolean
  equal: string[]
}
