/** Who is told when an alert fires: the routing that was read, asked for every alert rule. */
import type { AlertRule, Matcher } from '../facts/alert.js'
import type { Facts } from '../facts/fact.js'
import type { AlertmanagerObject, AlertRouting, Receiver, RoutingNode } from '../facts/routing.js'
import type { DetectionPolicy, RoutingPolicy } from '../knowledge/policies.js'
import { deliveriesOf, type Delivery, type ExternalLabels } from './routed-alerts.js'

export type Answer = 'yes' | 'no' | 'unknown'

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
  readonly #known = new Map<AlertRule, Notified[]>()

  constructor(
    facts: Facts,
    readonly policy: RoutingPolicy,
    readonly defaults: DetectionPolicy['defaults'],
  ) {
    const managers = facts.of('alertmanager')
    this.routings = facts.of('alert-routing').map((routing) => withStrategy(routing, managers))
  }

  /** Whether any routing was read. */
  get isKnown(): boolean {
    return this.routings.length > 0
  }

  /** All receivers that an alert may come to. */
  of(alert: AlertRule): Notified[] {
    let known = this.#known.get(alert)
    if (!known)
      this.#known.set(
        alert,
        (known = this.routings.flatMap((routing) => notified(alert, routing, this.policy.externalLabels))),
      )
    return known
  }

  isUrgent({ labels }: AlertRule): boolean {
    return Object.entries(labels).some(([label, value]) => this.#isUrgentValue(label, value))
  }

  /** By its matchers, a route takes urgent alerts and no others. */
  isForUrgent({ matchers }: RoutingNode): boolean {
    return matchers.some(
      ({ label, operator, value }: Matcher) =>
        (operator === '=' || operator === '=~') &&
        value.split('|').every((one) => this.#isUrgentValue(label, one)),
    )
  }

  #isUrgentValue(label: string, value: string): boolean {
    const { labels, values } = this.policy.urgent
    return labels.includes(label) && values.test(value)
  }

  /** Whether somebody is told of an alert: not where all receivers that it may come to have no channel. */
  tells(alert: AlertRule): Answer {
    const answers = this.routings.flatMap((routing) => {
      const own = this.of(alert).filter((one) => one.routing === routing)
      return own.length === 0 ? [] : [{ routing, told: toldBy(own) }]
    })
    const isOfAll = ({ routing }: { routing: AlertRouting }): boolean => routing.namespace === null
    const whole = answers.filter(isOfAll)
    // Of several whole configurations nobody knows which one is used; those for namespaces come on top.
    if (answers.some((answer) => !isOfAll(answer) && answer.told === 'yes')) return 'yes'
    if (whole.length > 0 && answers.every(({ told }) => told === 'no')) return 'no'
    return whole.length > 0 && whole.every(({ told }) => told === 'yes') ? 'yes' : 'unknown'
  }

  /** Whether one of the channels wakes a person. */
  pages(receivers: (Receiver | null)[]): Answer {
    const answers = receivers.flatMap((receiver) =>
      receiver ? receiver.channels.map(({ kind }) => this.#pagesBy(kind)) : (['unknown'] as const),
    )
    return answers.includes('yes') ? 'yes' : answers.includes('unknown') ? 'unknown' : 'no'
  }

  #pagesBy(kind: string): Answer {
    return Object.hasOwn(this.policy.channels, kind) ? this.policy.channels[kind]!.pages : 'unknown'
  }

  titleOf(kind: string): string {
    return Object.hasOwn(this.policy.channels, kind) ? this.policy.channels[kind]!.title : kind
  }

  /** The shortest and the longest of the routes that an alert may take; the defaults of Alertmanager where none is read. */
  waitsOf(alert: AlertRule): GroupWaits {
    const { groupWaitSeconds, groupIntervalSeconds } = this.defaults
    const nodes = this.of(alert).map(({ node }) => node)
    if (nodes.length === 0)
      return { first: groupWaitSeconds, later: Math.max(groupWaitSeconds, groupIntervalSeconds) }
    const first = nodes.map((node) => node.groupWaitSeconds ?? groupWaitSeconds)
    const later = nodes.map((node) => node.groupIntervalSeconds ?? groupIntervalSeconds)
    return { first: Math.min(...first), later: Math.max(...first, ...later) }
  }
}

function notified(alert: AlertRule, routing: AlertRouting, external: ExternalLabels): Notified[] {
  return deliveriesOf(alert, routing, external).map((delivery) => ({
    ...delivery,
    routing,
    receiver: routing.receivers.find(({ name }) => name === delivery.node.receiver) ?? null,
  }))
}

function toldBy(all: Notified[]): Answer {
  if (all.every(({ receiver }) => receiver?.channels.length === 0)) return 'no'
  const isSure = ({ isCertain, receiver }: Notified): boolean =>
    isCertain && (receiver?.channels.length ?? 0) > 0
  return all.some(isSure) ? 'yes' : 'unknown'
}

/** An AlertmanagerConfig gets the alerts of its own namespace, unless the Alertmanager says otherwise. */
function withStrategy(routing: AlertRouting, managers: AlertmanagerObject[]): AlertRouting {
  const { object, namespace } = routing
  if (namespace === null) return routing
  const takesAll = managers.some(
    (manager) =>
      manager.matcherStrategy === 'None' ||
      (manager.matcherStrategy === 'OnNamespaceExceptForAlertmanagerNamespace' &&
        manager.namespace === namespace) ||
      (manager.namespace === namespace &&
        object === `AlertmanagerConfig ${namespace}/${manager.wholeConfiguration ?? ''}`),
  )
  return takesAll ? { ...routing, namespace: null } : routing
}
