/** Trees of alert routes as subjects: whether they are whole, and what becomes of the urgent alerts among the rules that were read. */
import type { AlertRule } from '../../facts/alert.js'
import type { AlertRouting, Channel, RoutingNode } from '../../facts/routing.js'
import type { Model } from '../../system/model.js'
import { isFor, isMuted, type Answer } from '../../system/alerts/notification.js'
import { routesIn } from '../../system/alerts/routed-alerts.js'
import type { Subject } from '../subject.js'
import { asWritten, inhibitionFields } from './inhibitions.js'
import { receiverSubjects } from './receivers.js'
import { identityOf, nameOf, names, placesOf, Routed } from './routed.js'

export function routingSubjects(model: Model): Subject[] {
  const alerts = model.facts.of('alert')
  return model.watch.notification.routings.flatMap((routing) => {
    const own = alerts.filter((alert) => isFor(alert, routing))
    const routed = new Routed(routing, own, model)
    return [routingSubject(routed), ...receiverSubjects(routed)]
  })
}

function routingSubject(routed: Routed): Subject {
  const { routing, hidden, model } = routed
  const { refusals } = routing
  const all = routesIn(routing.root)
  const missing = all.filter((node) => node.names && !isDefined(node, routing))
  const byAll = all.filter(({ groupBy }) => groupBy?.includes('...'))
  const inhibitions = inhibitionFields(routed)
  return {
    kind: 'routing',
    identity: identityOf(routing, model.watch.notification.routings),
    label: `alert routing in ${nameOf(routing)}`,
    component: null,
    source: routing.source,
    at: placesOf({
      missing: missing[0],
      hidden: hidden[0]?.route,
      groupBy: byAll[0],
      ...inhibitions.places,
      refused: [...refusals].sort((a, b) => Number(a.doubt !== null) - Number(b.doubt !== null))[0],
    }),
    ignores: routing.ignores,
    fields: {
      name: nameOf(routing),
      refusals: toldOf(refusals.filter(({ doubt }) => doubt === null)),
      perhapsRefused: toldOf(refusals.filter(({ doubt }) => doubt !== null)),
      isPart: routing.isPart,
      isGrafana: routing.grafanaOrg !== undefined,
      selected: model.watch.notification.useOf(routing).selected,
      anyAlertmanagers: model.facts.of('alertmanager').length > 0,
      isWhole: routed.isWhole,
      anyAlerts: routed.alerts.length > 0,
      missingReceivers: names(missing.map(({ receiver }) => receiver ?? '')),
      hiddenRoutes: hidden.map(({ route, by }) => `${written(route)} behind ${written(by)}`),
      groupsByAll: names(byAll.map((node) => node.receiver ?? 'no receiver')),
      ...inhibitions.fields,
      ...watchdogFields(routed),
      ...urgentFields(routed),
    },
  }
}

function toldOf(refusals: AlertRouting['refusals']): string[] {
  return refusals.map(({ message, doubt, source: { line } }) =>
    [`line ${line}: ${message}`, ...(doubt === null ? [] : [doubt])].join('; '),
  )
}

/** A placeholder that something fills in later may become any name. */
const PLACEHOLDER = /\{\{|\$\{?\w/

function isDefined({ receiver }: RoutingNode, { receivers }: AlertRouting): boolean {
  return (
    receivers.some(({ name }) => name === receiver || PLACEHOLDER.test(name)) ||
    PLACEHOLDER.test(receiver ?? '')
  )
}

/** Functions of constants only: what asks for the hour is told at some hours. */
const CONSTANT = new Set(['vector', 'scalar', 'label_replace'])

/** An alert that always fires: as long as it is told of, the path of the alerts is known to work. */
function watchdogFields(routed: Routed): object {
  const always = routed.alerts.filter(
    ({ query }) =>
      query.syntaxError === null &&
      query.selectors.length === 0 &&
      query.fires !== 'never' &&
      query.functions.every((name) => CONSTANT.has(name)),
  )
  const answers = always.map((alert) => heardBy(alert, routed))
  const heard = answers.includes('yes')
    ? 'yes'
    : answers.every((answer) => answer === 'no')
      ? 'no'
      : 'unknown'
  return { watchdogs: names(always.map(({ name }) => name)), watchdogHeard: heard }
}

/** Whether something notices when an alert stops coming: a chat does not. */
function heardBy(alert: AlertRule, routed: Routed): Answer {
  const { notification } = routed.model.watch
  const all = routed.of(alert)
  if (all.length > 0 && all.every(({ receiver }) => receiver?.channels.length === 0)) return 'no'
  const listens = ({ kind }: Channel): boolean => notification.pagesBy(kind) !== 'no'
  const isHeard = all.some((one) => one.isCertain && !isMuted(one) && one.receiver?.channels.some(listens))
  return isHeard ? 'yes' : 'unknown'
}

/** Of each urgent alert that is told: over how many providers, and whether one of them works without this system. */
function urgentFields(routed: Routed): object {
  const told = routed.urgent
    .map((alert) => waysOf(alert, routed))
    .filter(({ channels }) => channels.length > 0)
  const of = (chosen: Ways[]): string[] => names(chosen.map(({ alert }) => alert.name))
  const sharing = told.filter(({ fate }) => fate === 'shared')
  const { notification } = routed.model.watch
  const shown = told.filter(({ providers }) => providers === 1).flatMap(({ channels }) => channels)
  return {
    urgentTold: of(told),
    oneProvider: of(told.filter(({ providers }) => providers === 1)),
    unclearProviders: of(told.filter(({ providers }) => providers === null)),
    channels: names(shown.map(({ kind }) => notification.titleOf(kind))),
    sharing: of(sharing),
    unclearFate: of(told.filter(({ fate }) => fate === 'unclear')),
    takers: names(sharing.flatMap(({ takers }) => takers)),
  }
}

interface Ways {
  alert: AlertRule
  channels: Channel[]
  /** Null where a webhook leads somewhere, or a label of the series may lead elsewhere. */
  providers: number | null
  fate: 'shared' | 'free' | 'unclear'
  /** Components of the system that take the alert. */
  takers: string[]
}

function waysOf(alert: AlertRule, routed: Routed): Ways {
  const { fate, notification } = routed.model.watch
  const all = routed.of(alert)
  const channels = all.flatMap(({ isCertain, receiver }) => (isCertain ? (receiver?.channels ?? []) : []))
  const isWhole = all.every(({ isCertain, receiver }) => isCertain && receiver !== null)
  // A webhook may lead to anybody: by its host, where that is written.
  const titles = new Set(
    channels.map(({ kind, host }) => (kind === 'webhook' ? host : notification.titleOf(kind))),
  )
  const found = channels.map((channel) => fate.takerOf(channel))
  const isFree = found.includes('outside')
  const isShared = isWhole && found.every((taker) => taker !== null && taker !== 'outside')
  return {
    alert,
    channels,
    providers: titles.size > 1 ? titles.size : isWhole && !titles.has(null) ? titles.size : null,
    fate: isFree ? 'free' : isShared ? 'shared' : 'unclear',
    takers: found.flatMap((taker) => (taker === null || taker === 'outside' ? [] : [taker.name])),
  }
}

function written({ matchers, receiver }: RoutingNode): string {
  const conditions = matchers.map(asWritten).join(', ')
  return `${conditions === '' ? 'all alerts' : conditions} (${receiver ?? 'no receiver'})`
}
