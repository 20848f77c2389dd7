/** Who is told when an alert fires: the routing that was read, asked for every alert rule. */
import type { AlertRule, Matcher, OwnRoute } from '../../facts/alert.js'
import type { Facts } from '../../facts/fact.js'
import type { AlertRouting, Channel, Receiver, RoutingNode } from '../../facts/routing.js'
import type { DetectionPolicy, RoutingPolicy } from '../../knowledge/policies.js'
import { longestSilence, silenceOf } from './mutes.js'
import { OF_GRAFANA, Relabelling } from './relabelling.js'
import { deliveriesOf, type Delivery } from './routed-alerts.js'
import { useOf, type Answer, type PartUse } from './selected-parts.js'

export type { Answer }

/** An alert at a receiver; null for one that the configuration does not have. */
export interface Notified extends Delivery {
  routing: AlertRouting
  receiver: Receiver | null
}

/** Seconds that Alertmanager waits before it tells of an alert: of the first one of a group, and of a later one. */
export interface GroupWaits {
  first: number
  later: number
}

export class Notification {
  readonly routings: AlertRouting[]
  /** What becomes of the labels of alerts on their way. */
  readonly external: Relabelling
  readonly #uses = new Map<AlertRouting, PartUse>()
  readonly #known = new Map<AlertRule, Notified[]>()
  readonly #receivers = new Map<AlertRouting, Map<string, Receiver>>()

  constructor(
    facts: Facts,
    readonly policy: RoutingPolicy,
    readonly defaults: DetectionPolicy['defaults'],
    /** Whether what is sent over a channel is taken. */
    readonly isTaken: (channel: Channel) => Answer = () => 'yes',
  ) {
    this.routings = facts.of('alert-routing')
    const [alertmanagers, namespaces] = [facts.of('alertmanager'), facts.of('namespace')]
    for (const routing of this.routings)
      if (routing.isPart) this.#uses.set(routing, useOf(routing, alertmanagers, namespaces))
    const added = facts.of('scrape-defaults').flatMap(({ externalLabels }) => externalLabels)
    const servers = facts.of('scrape-defaults').length
    const labels = [...policy.externalLabels, ...added]
    this.external = new Relabelling(labels, facts.of('alert-relabelling'), servers)
  }

  /** Of a part: whether an Alertmanager takes it. */
  useOf(routing: AlertRouting): PartUse {
    return this.#uses.get(routing) ?? { selected: 'yes', ofNamespace: 'no' }
  }

  /** Whether any routing was read that an alert goes through. */
  knows(alert: AlertRule): boolean {
    return this.routings.some((routing) => isFor(alert, routing))
  }

  /**
   * All receivers that an alert may come to. The operator puts the parts before the routes of the whole configuration, which
   * all go on: only what none of them takes is left to the root.
   */
  of(alert: AlertRule): Notified[] {
    let known = this.#known.get(alert)
    if (known) return known
    const dropped = this.external.drops(alert)
    const all = dropped === 'yes' ? [] : this.routings.flatMap((routing) => this.#notified(alert, routing))
    const parts = all.filter(({ routing }) => routing.isPart)
    const isTaken = parts.some(({ isCertain }) => isCertain)
    const isAtRoot = ({ node, routing }: Notified): boolean => !routing.isPart && node === routing.root
    known = all
      .filter((one) => !isTaken || !isAtRoot(one))
      .map((one) => (parts.length > 0 && isAtRoot(one) ? { ...one, isCertain: false } : one))
      .map((one) => (dropped === 'maybe' ? { ...one, isCertain: false } : one))
    this.#known.set(alert, known)
    return known
  }

  #notified(alert: AlertRule, routing: AlertRouting): Notified[] {
    let receivers = this.#receivers.get(routing)
    if (!receivers) {
      receivers = new Map(routing.receivers.map((receiver) => [receiver.name, receiver]))
      this.#receivers.set(routing, receivers)
    }
    const { selected, ofNamespace } = this.useOf(routing)
    if (selected === 'no' || !isFor(alert, routing)) return []
    const own = alert.grafana?.route
    const deliveries = own
      ? [{ node: nodeOf(own, routing), isCertain: true }]
      : deliveriesOf(alert, routing, alert.grafana ? OF_GRAFANA : this.external, ofNamespace)
    return deliveries.map((delivery) => ({
      ...delivery,
      routing,
      receiver: receivers.get(delivery.node.receiver ?? '') ?? null,
    }))
  }

  isUrgent({ labels }: AlertRule): boolean {
    return Object.entries(labels).some(([label, value]) => this.#isUrgentValue(label, value))
  }

  /** By its matchers, a route takes urgent alerts and all of them, and nothing below it or behind it gets them too. */
  isForUrgent({ matchers, isReadable, goesOn, routes }: RoutingNode): boolean {
    const isUrgent = ({ label, operator, value }: Matcher): boolean =>
      (operator === '=' || operator === '=~') &&
      value.split('|').every((one) => this.#isUrgentValue(label, one))
    return matchers.length > 0 && matchers.every(isUrgent) && isReadable && !goesOn && routes.length === 0
  }

  #isUrgentValue(label: string, value: string): boolean {
    const { labels, values } = this.policy.urgent
    return labels.includes(label) && values.test(value)
  }

  /** Whether somebody is told of an alert: not where all receivers that it may come to have no channel. */
  tells(alert: AlertRule): Answer {
    if (this.external.drops(alert) === 'yes') return 'no'
    const answers = this.routings.flatMap((routing) => {
      const own = this.of(alert).filter((one) => one.routing === routing)
      return own.length === 0 ? [] : [{ routing, told: this.#toldBy(own) }]
    })
    const isOfAll = ({ routing }: { routing: AlertRouting }): boolean => !routing.isPart
    const whole = answers.filter(isOfAll)
    // Of several whole configurations nobody knows which one is used; those for namespaces come on top.
    if (answers.some((answer) => !isOfAll(answer) && answer.told === 'yes')) return 'yes'
    if (whole.length > 0 && answers.every(({ told }) => told === 'no')) return 'no'
    return whole.length > 0 && whole.every(({ told }) => told === 'yes') ? 'yes' : 'unknown'
  }

  #toldBy(all: Notified[]): Answer {
    if (all.every((one) => one.receiver?.channels.length === 0 || isSilent(one))) return 'no'
    // At any time, and whatever the series are.
    const sure = all.filter((one) => one.isCertain && this.#takes(one))
    return longestSilence(sure) === 0 ? 'yes' : 'unknown'
  }

  #takes({ receiver }: Notified): boolean {
    return (receiver?.channels ?? []).some((channel) => this.isTaken(channel) === 'yes')
  }

  /** Whether one of the channels wakes a person. */
  pages(receivers: (Receiver | null)[]): Answer {
    const answers = receivers.flatMap((receiver) =>
      receiver ? receiver.channels.map(({ kind }) => this.pagesBy(kind)) : (['unknown'] as const),
    )
    return answers.includes('yes') ? 'yes' : answers.includes('unknown') ? 'unknown' : 'no'
  }

  pagesBy(kind: string): Answer {
    return Object.hasOwn(this.policy.channels, kind) ? this.policy.channels[kind]!.pages : 'unknown'
  }

  titleOf(kind: string): string {
    return Object.hasOwn(this.policy.channels, kind) ? this.policy.channels[kind]!.title : kind
  }

  /**
   * Seconds that an alert may wait longer because its routes are silent at times: the first message after the longest
   * silence is sent with the group's next one. 0 where some route surely tells at any time; null where that is not known.
   */
  silenceOf(alert: AlertRule): number | null {
    const waits = this.#togetherOf(alert).map((routes) => {
      const longest = longestSilence(routes)
      if (longest === null || longest === 0) return longest
      const every = Math.max(
        ...routes.map(({ node }) => node.groupIntervalSeconds ?? this.defaults.groupIntervalSeconds),
      )
      return every <= 0 ? longest : Math.ceil(longest / every) * every
    })
    return waits.includes(null) ? null : Math.max(0, ...waits.map(Number))
  }

  /** Routes that surely take an alert together, in each configuration that may be used; where none does, each may be the only one. */
  #togetherOf(alert: AlertRule): Notified[][] {
    const told = this.of(alert).filter(({ receiver }) => receiver?.channels.length !== 0)
    const wholes = new Set(told.filter(({ routing }) => !routing.isPart).map(({ routing }) => routing))
    const alternatives = wholes.size === 0 ? [null] : [...wholes]
    return alternatives.flatMap((whole) => {
      const own = told.filter(({ routing }) => routing.isPart || routing === whole)
      const sure = own.filter((one) => one.isCertain && this.#takes(one))
      return sure.length > 0 ? [sure] : own.map((one) => [one])
    })
  }

  /** The shortest and the longest of the routes that an alert may take; the defaults of Alertmanager where none is read. */
  waitsOf(alert: AlertRule): GroupWaits {
    const { groupWaitSeconds, groupIntervalSeconds } = this.defaults
    const told = this.of(alert).filter(({ receiver }) => receiver?.channels.length !== 0)
    const nodes = told.map(({ node }) => node)
    if (nodes.length === 0)
      return { first: groupWaitSeconds, later: Math.max(groupWaitSeconds, groupIntervalSeconds) }
    const first = nodes.map((node) => node.groupWaitSeconds ?? groupWaitSeconds)
    const later = nodes.map((node) => node.groupIntervalSeconds ?? groupIntervalSeconds)
    return { first: Math.min(...first), later: Math.max(...first, ...later) }
  }
}

/** Alertmanager is sent what Prometheus evaluates; what Grafana does, its own policies route, organisation by organisation. */
export function isFor(alert: AlertRule, routing: AlertRouting): boolean {
  return alert.grafana?.org === routing.grafanaOrg
}

/** As a route of its own below the root of the policies. */
function nodeOf(own: OwnRoute, { root }: AlertRouting): RoutingNode {
  return {
    ...own,
    names: true,
    matchers: [],
    isReadable: true,
    goesOn: false,
    groupBy: own.groupBy ?? root.groupBy,
    groupWaitSeconds: own.groupWaitSeconds ?? root.groupWaitSeconds,
    groupIntervalSeconds: own.groupIntervalSeconds ?? root.groupIntervalSeconds,
    routes: [],
  }
}

/** Not at all times. */
export function isMuted({ node, routing }: Notified): boolean {
  return silenceOf(node, routing) !== 'never'
}

/** At no time. */
export function isSilent({ node, routing }: Notified): boolean {
  return silenceOf(node, routing) === 'always'
}
