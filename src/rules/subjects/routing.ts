/** Trees of alert routes and their receivers as subjects: what becomes of the urgent alerts among the rules that were read. */
import type { AlertRule } from '../../facts/alert.js'
import type { AlertRouting, Inhibition, Receiver, RoutingNode } from '../../facts/routing.js'
import type { Model } from '../../system/model.js'
import type { Answer, Notified } from '../../system/notification.js'
import { allOf, hiddenRoutes, routesIn } from '../../system/routed-alerts.js'
import type { Subject } from '../subject.js'

export function routingSubjects(model: Model): Subject[] {
  const alerts = model.facts.of('alert')
  return model.watch.notification.routings.flatMap((routing) => {
    const watched = new Watched(routing, alerts, model)
    return [
      routingSubject(watched, model),
      ...routing.receivers.map((receiver) => receiverSubject(receiver, watched)),
    ]
  })
}

/** The alerts that come to one tree of routes. */
class Watched {
  readonly urgent: AlertRule[]

  constructor(
    readonly routing: AlertRouting,
    readonly alerts: AlertRule[],
    readonly model: Model,
  ) {
    this.urgent = alerts.filter((alert) => model.watch.notification.isUrgent(alert))
  }

  /** Where an alert comes to in this tree. */
  of(alert: AlertRule): Notified[] {
    return this.model.watch.notification.of(alert).filter(({ routing }) => routing === this.routing)
  }
}

function nameOf({ object, source }: AlertRouting): string {
  return object ?? source.path
}

function routingSubject(watched: Watched, model: Model): Subject {
  const { routing } = watched
  const missing = routesIn(routing.root).filter((node) => node.names && !isDefined(node, routing))
  const hidden = hiddenRoutes(routing.root)
  const byAll = routesIn(routing.root).filter(({ groupBy }) => groupBy?.includes('...'))
  const silencing = routing.inhibitions.filter((rule) => silences(rule, watched))
  return {
    kind: 'routing',
    identity: nameOf(routing),
    label: `alert routing in ${nameOf(routing)}`,
    component: null,
    source: routing.source,
    at: placesOf({
      missing: missing[0],
      hidden: hidden[0]?.route,
      groupBy: byAll[0],
      silencing: silencing[0],
    }),
    ignores: routing.ignores,
    fields: {
      name: nameOf(routing),
      kind: routing.namespace === null ? 'configuration' : 'namespace',
      missingReceivers: names(missing.map(({ receiver }) => receiver ?? '')),
      hiddenRoutes: hidden.map(({ route, by }) => `${written(route)} behind ${written(by)}`),
      groupsByAll: byAll.map((node) => node.receiver ?? 'no receiver'),
      silencing: silencing.map(({ targets }) => targets.map(asWritten).join(', ')),
      isWhole: routing.namespace === null,
      anyAlerts: watched.alerts.length > 0,
      ...watchdogFields(watched),
      ...urgentFields(watched, model),
    },
  }
}

function isDefined({ receiver }: RoutingNode, { receivers }: AlertRouting): boolean {
  return receivers.some(({ name }) => name === receiver)
}

function placesOf(parts: Record<string, { source: Subject['source'] } | undefined>): Subject['at'] {
  return Object.fromEntries(
    Object.entries(parts).flatMap(([name, part]) => (part ? [[name, part.source]] : [])),
  )
}

/** An alert that always fires: as long as it is told of, the path of the alerts is known to work. */
function watchdogFields(watched: Watched): object {
  const always = watched.alerts.filter(
    ({ query }) => query.syntaxError === null && query.selectors.length === 0,
  )
  const answers = always.map((alert) => watched.model.watch.notification.tells(alert))
  const told = answers.includes('yes') ? 'yes' : answers.includes('unknown') ? 'unknown' : 'no'
  return { watchdogs: names(always.map(({ name }) => name)), watchdogTold: told }
}

/** Who is told of urgent alerts: by the routes that take only those, and by the alerts that were read. */
function urgentFields(watched: Watched, model: Model): object {
  const { routing } = watched
  const receivers = routing.receivers.filter((receiver) => takesUrgent(receiver, watched))
  const channels = receivers.flatMap((receiver) => receiver.channels)
  const takers = channels.map((channel) => model.watch.fate.takerOf(channel))
  const own = takers.flatMap((taker) => (taker === null || taker === 'outside' ? [] : [taker.name]))
  return {
    urgentReceivers: names(receivers.map(({ name }) => name)),
    urgentChannels: names(channels.map(({ kind }) => model.watch.notification.titleOf(kind))),
    // A webhook may lead to anybody: by its host, where that is written.
    providers: names(
      channels.map(({ kind, host }) => (kind === 'webhook' ? (host ?? '') : kind)).filter(Boolean),
    ),
    unseenProviders: names(
      channels.filter(({ kind, host }) => kind === 'webhook' && host === null).map(({ kind }) => kind),
    ),
    ownTakers: names(own),
    outsideTakers: takers.filter((taker) => taker === 'outside').length,
    unseenTakers: takers.filter((taker) => taker === null).length,
  }
}

function takesUrgent(receiver: Receiver, watched: Watched): boolean {
  return (
    nodesTo(receiver, watched.routing).some((node) => watched.model.watch.notification.isForUrgent(node)) ||
    watched.urgent.some((alert) =>
      watched.of(alert).some((one) => one.isCertain && one.receiver === receiver),
    )
  )
}

/** Routes that are never reached send nothing. */
function nodesTo({ name }: Receiver, { root }: AlertRouting): RoutingNode[] {
  const hidden = new Set(hiddenRoutes(root).flatMap(({ route }) => routesIn(route)))
  return routesIn(root).filter((node) => node.receiver === name && !hidden.has(node))
}

function receiverSubject(receiver: Receiver, watched: Watched): Subject {
  const { notification } = watched.model.watch
  const comes = (isCertain: boolean) => (alert: AlertRule) =>
    watched.of(alert).some((one) => one.receiver === receiver && one.isCertain === isCertain)
  const urgent = watched.urgent.filter(comes(true))
  const nodes = nodesTo(receiver, watched.routing)
  const mutes = nodes.flatMap(({ mutedIn, activeIn }) => [...mutedIn, ...activeIn])
  const muted = urgent.filter((alert) => watched.of(alert).every(isMuted))
  const answers = urgent.map((alert) => ({ alert, answer: pagesFor(alert, watched) }))
  const worst = (['no', 'unknown'] as const).find((one) => answers.some(({ answer }) => answer === one))
  return {
    kind: 'receiver',
    identity: `${nameOf(watched.routing)}#${receiver.name}`,
    label: `receiver ${receiver.name}`,
    component: null,
    source: receiver.source,
    at: placesOf({ muted: nodes.find(({ mutedIn, activeIn }) => mutedIn.length + activeIn.length > 0) }),
    ignores: watched.routing.ignores,
    fields: {
      name: receiver.name,
      channels: names(receiver.channels.map(({ kind }) => notification.titleOf(kind))),
      forUrgent: nodes.some((node) => notification.isForUrgent(node)),
      urgentAlerts: names(urgent.map(({ name }) => name)),
      possiblyUrgent: names(watched.urgent.filter(comes(false)).map(({ name }) => name)),
      pages: worst ?? 'yes',
      unpaged: names(answers.filter(({ answer }) => answer === 'no').map(({ alert }) => alert.name)),
      muteTimes: names(mutes),
      mutedUrgent: names(muted.map(({ name }) => name)),
    },
  }
}

/** Whether an alert wakes a person, here or at another receiver that it comes to. */
function pagesFor(
  alert: AlertRule,
  {
    model: {
      watch: { notification },
    },
  }: Watched,
): Answer {
  const all = notification.of(alert)
  const certain = all.filter(({ isCertain }) => isCertain)
  if (notification.pages(certain.map(({ receiver }) => receiver)) === 'yes') return 'yes'
  return notification.pages(all.map(({ receiver }) => receiver)) === 'no' ? 'no' : 'unknown'
}

function isMuted({ node }: Notified): boolean {
  return node.mutedIn.length + node.activeIn.length > 0
}

/** Without `equal`, one alert anywhere silences urgent ones about everything else. */
function silences({ sources, targets, equal }: Inhibition, { urgent, model }: Watched): boolean {
  const { externalLabels } = model.policies.routing
  return (
    equal.length === 0 &&
    targets.length > 0 &&
    urgent.some(
      (alert) =>
        allOf(targets, alert, externalLabels) === 'yes' && allOf(sources, alert, externalLabels) !== 'yes',
    )
  )
}

function written({ matchers, receiver }: RoutingNode): string {
  const conditions = matchers.map(asWritten).join(', ')
  return `${conditions === '' ? 'all alerts' : conditions} (${receiver ?? 'no receiver'})`
}

function asWritten({ label, operator, value }: RoutingNode['matchers'][number]): string {
  return `${label}${operator}"${value}"`
}

function names(all: string[]): string[] {
  return [...new Set(all)].sort()
}
