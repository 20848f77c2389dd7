/** Mechanisms in the code of a component that hide a failure for a while, and the alerts on the metrics that tell of them. */
import type { AlertRule, Query } from '../facts/alert.js'
import type { Client, Guard } from '../facts/code.js'
import { compareSources, compareText, formatSource, type Source } from '../facts/source.js'
import {
  metricPatterns,
  tellsOf,
  type Mechanism,
  type MechanismKind,
} from '../knowledge/alerts/metric-patterns.js'
import { namesInAlert } from './alerts/alerts.js'
import { componentNamed, type AlertTie, type Component } from './component.js'
import { MAX_RECORDED } from './alerts/detection-bounds.js'
import { isScraped } from './exported-metrics.js'
import { canFire } from './alerts/silent-alerts.js'
import type { Model } from './model.js'

export interface MechanismInUse {
  kind: MechanismKind
  title: string
  component: Component
  /** Where it is seen, in order. */
  places: { source: Source; message: string }[]
  /** Names of alerts on its metrics. */
  alerts: string[]
  /** Of those that may be: whose metric it is, or whether it tells, was not seen. */
  possible: string[]
  /** Metrics that the code defines, which tell of it or may, and no alert reads. */
  unread: string[]
}

export function mechanismsIn(model: Model): MechanismInUse[] {
  const alerts = model.facts
    .of('alert')
    .filter((alert) => canFire(alert, model.watch))
    .map((alert) => ({ alert, metrics: metricsOf(alert.query, model.watch.recorded) }))
  const kinds = Object.entries(metricPatterns().mechanisms) as [MechanismKind, Mechanism][]
  return model.system.components.flatMap((component) =>
    kinds.flatMap(([kind, mechanism]) => {
      const places = placesOf(component, mechanism)
      if (places.length === 0) return []
      const watched = watchedBy(component, mechanism, alerts, model)
      const unread = unreadMetrics(component, mechanism, alerts)
      const possible = [...watched.possible, ...model.watch.unanalysed.map(({ name }) => name)].sort(
        compareText,
      )
      return [{ kind, title: mechanism.title, component, places, alerts: watched.alerts, possible, unread }]
    }),
  )
}

interface Reading {
  alert: AlertRule
  metrics: string[]
}

/** Through recording rules; of one that was not read its own name. */
function metricsOf({ selectors }: Query, recorded: ReadonlyMap<string, Query>, depth = 0): string[] {
  const metrics = selectors.flatMap(({ metric }) => {
    const below = depth < MAX_RECORDED ? recorded.get(metric) : undefined
    return below ? [metric, ...metricsOf(below, recorded, depth + 1)] : [metric]
  })
  return [...new Set(metrics)]
}

function placesOf({ clients, practices }: Component, mechanism: Mechanism): MechanismInUse['places'] {
  const places = [
    ...clients.flatMap((client) => placesAt(client, mechanism)),
    ...practices
      .filter(({ pattern }) => mechanism.practices.includes(pattern))
      .map(({ source, detail }) => ({ source, message: detail })),
  ]
  const distinct = new Map(places.map((place) => [formatSource(place.source), place]))
  return [...distinct.values()].sort((a, b) => compareSources(a.source, b.source))
}

function placesAt(client: Client, { guards, protocols }: Mechanism): MechanismInUse['places'] {
  const made = { source: client.source, message: `the ${client.libraryTitle} client` }
  if (protocols.includes(client.protocol)) return [made]
  return Object.entries(guards).flatMap(([pattern, wanted]) => {
    if (wanted === 'written')
      return client.calls.length > 0 && isWritten(client.guards[pattern]) ? [made] : []
    if (wanted === 'any') return Object.hasOwn(client.guards, pattern) ? [made] : []
    return client.calls.flatMap(({ source, method, symbol, guards: around }) =>
      around[pattern]?.state === 'present'
        ? [{ source: around[pattern].source ?? source, message: `around ${method} in ${symbol}` }]
        : [],
    )
  })
}

/** A default of the library is nobody's decision. */
function isWritten(guard: Guard | undefined): boolean {
  return guard?.state === 'present' && guard.tier === 'explicit'
}

function watchedBy(
  component: Component,
  mechanism: Mechanism,
  readings: Reading[],
  model: Model,
): Pick<MechanismInUse, 'alerts' | 'possible'> {
  const ties = [component, ...beyond(component, mechanism, model)].flatMap(({ alerts }) => alerts)
  const answers = readings.map(({ alert, metrics }) => {
    const telling = (how: 'yes' | 'beside'): string[] =>
      metrics.filter((metric) => tellsOf(metric, mechanism) === how)
    const [own, beside] = [telling('yes'), telling('beside')]
    if (own.length + beside.length === 0) return { alert, answer: 'no' }
    if (isTied(alert, ties)) return { alert, answer: own.length > 0 ? 'yes' : 'unknown' }
    return { alert, answer: own.length > 0 ? whoseSeries({ alert, metrics: own }, component, model) : 'no' }
  })
  const named = (wanted: 'yes' | 'unknown'): string[] =>
    [...new Set(answers.flatMap(({ alert, answer }) => (answer === wanted ? [alert.name] : [])))].sort(
      compareText,
    )
  return { alerts: named('yes'), possible: named('unknown') }
}

function isTied(alert: AlertRule, ties: AlertTie[]): boolean {
  return ties.some((tie) => tie.alert === alert && tie.certainty !== 'possible')
}

/**
 * Whether the metrics of an alert that nothing ties to a component are those of its mechanism: where it names nobody, those
 * whose code defines them have them.
 */
function whoseSeries(
  { alert, metrics }: Reading,
  component: Component,
  { system, policies }: Model,
): 'yes' | 'no' | 'unknown' {
  const named = namesInAlert(alert, policies.detection)
  if (named !== null) {
    const { names, patterns } = named
    const areOthers =
      patterns.length === 0 && names.every((name) => componentNamed(name, system.components) !== undefined)
    return areOthers ? 'no' : 'unknown'
  }
  return component.metrics.some(({ name }) => isScraped(name, metrics)) ? 'yes' : 'unknown'
}

/** Where it leads to: the broker of a queue and those who take from it, the server behind a pool. */
function beyond({ id }: Component, { of, protocols }: Mechanism, { system }: Model): Component[] {
  const others = system.dependenciesOf(id).flatMap(({ to, protocol }) => {
    const target = system.component(to)
    const isMeant = target && (of.includes(target.kind) || protocols.includes(protocol))
    if (!isMeant) return []
    const users = protocols.length > 0 ? system.dependentsOf(to) : []
    const sharing = users.filter((user) => protocols.includes(user.protocol))
    return [target, ...sharing.flatMap(({ from }) => system.component(from) ?? [])]
  })
  return [...new Set(others)]
}

function unreadMetrics({ metrics }: Component, mechanism: Mechanism, readings: Reading[]): string[] {
  const read = readings.flatMap((reading) => reading.metrics)
  const own = metrics.map(({ name }) => name).filter((name) => tellsOf(name, mechanism) !== 'no')
  return [...new Set(own)].filter((name) => !isScraped(name, read)).sort(compareText)
}
