/** What can be seen in the configuration of Alertmanager, be it a file or objects of the Prometheus operator. Durations are seconds. */
import type { Matcher } from './alert.js'
import type { Source } from './source.js'

/** One tree of routes with what belongs to it. */
export interface AlertRouting {
  fact: 'alert-routing'
  source: Source
  /** The object that holds it, as `AlertmanagerConfig shop/orders`; null for a file of its own. */
  object: string | null
  /** The operator sends an AlertmanagerConfig only the alerts of its namespace; null where all alerts come in. */
  namespace: string | null
  root: RoutingNode
  receivers: Receiver[]
  inhibitions: Inhibition[]
  ignores: Record<string, string>
}

/** A route; what it leaves out is taken from the one above, and null is left to the defaults of Alertmanager. */
export interface RoutingNode {
  source: Source
  receiver: string | null
  /** Whether it names the receiver itself. */
  names: boolean
  matchers: Matcher[]
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
}

/** While an alert of `sources` fires, those of `targets` with the same values of the labels `equal` tell nobody. */
export interface Inhibition {
  source: Source
  sources: Matcher[]
  targets: Matcher[]
  equal: string[]
}

/** An Alertmanager of the operator: which configurations it takes, and how. */
export interface AlertmanagerObject {
  fact: 'alertmanager'
  source: Source
  namespace: string
  /** `None`: an AlertmanagerConfig gets alerts of all namespaces. */
  matcherStrategy: string | null
  /** The AlertmanagerConfig that is the whole configuration, not one of many. */
  wholeConfiguration: string | null
}

export type RoutingFact = AlertRouting | AlertmanagerObject
