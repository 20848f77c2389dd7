/** Mechanisms in the code of a component that hide a failure for a while, and the alerts on the metrics that tell of them. */
import type { AlertRule, Query } from '../facts/alert.js'
import type { Client } from '../facts/code.js'
import { compareSources, compareText, formatSource, type Source } from '../facts/source.js'
import { metricPatterns, tellsOf, type Mechanism, type MechanismKind } from '../knowledge/metric-patterns.js'
import { namesInAlert } from './alerts.js'
import { componentNamed, type AlertTie, type Component } from './component.js'
import { canFire } from './detection.js'
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
    .filter((alert) => canFire(alert, model.policies.detection))
    .map((alert) => ({ alert, metrics: metricsOf(alert.query, model.watch.recorded) }))
  const kinds = Object.entries(metricPatterns().mechanisms) as [MechanismKind, Mechanism][]
  return model.system.components.flatMap((component) =>
    kinds.flatMap(([kind, mechanism]) => {
      const places = placesOf(component, mechanism)
      if (places.length === 0) return []
      const watched = watchedBy(component, mechanism, alerts, model)
      const unread = unreadMetrics(component, mechanism, alerts)
      return [{ kind, title: mechanism.title, component, places, ...watched, unread }]
    }),
  )
}

interface Reading {
  alert: AlertRule
  metrics: string[]
}

const MAX_RECORDED = 5

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
    if (wanted === 'any') return Object.hasOwn(client.guards, pattern) ? [made] : []
    return client.calls.flatMap(({ source, method, symbol, guards: around }) =>
      around[pattern]?.state === 'present'
        ? [{ source: around[pattern].source ?? source, message: `around ${method} in ${symbol}` }]
        : [],
    )
  })
}

function watchedBy(
  component: Component,
  mechanism: Mechanism,
  readings: Reading[],
  model: Model,
): Pick<MechanismInUse, 'alerts' | 'possible'> {
  const ties = [component, ...beyond(component, mechanism, model)].flatMap(({ alerts }) => alerts)
  const answers = readings.map(({ alert, metrics }) => {
    const told = metrics.map((metric) => tellsOf(metric, mechanism))
    const tells = told.includes('yes') ? 'yes' : told.includes('beside') ? 'beside' : 'no'
    return { alert, answer: tells === 'no' ? 'no' : answerOf(alert, tells, ties, model) }
  })
  const named = (wanted: 'yes' | 'unknown'): string[] =>
    [...new Set(answers.flatMap(({ alert, answer }) => (answer === wanted ? [alert.name] : [])))].sort(
      compareText,
    )
  return { alerts: named('yes'), possible: named('unknown') }
}

/** Whether an alert on such a metric is about the mechanism of a component, to which it may be tied. */
function answerOf(
  alert: AlertRule,
  tells: 'yes' | 'beside',
  ties: AlertTie[],
  { system, policies }: Model,
): 'yes' | 'no' | 'unknown' {
  const isTied = ties.some((tie) => tie.alert === alert && tie.certainty !== 'possible')
  if (isTied) return tells === 'yes' ? 'yes' : 'unknown'
  if (tells === 'beside') return 'no'
  const named = namesInAlert(alert, policies.detection)
  const areOthers =
    named !== null &&
    named.patterns.length === 0 &&
    named.names.every((name) => componentNamed(name, system.components) !== undefined)
  return areOthers ? 'no' : 'unknown'
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

/** A scraped name has the name in code and perhaps a unit or a suffix behind it. */
function unreadMetrics({ metrics }: Component, mechanism: Mechanism, readings: Reading[]): string[] {
  const read = readings.flatMap((reading) => reading.metrics)
  const own = metrics.map(({ name }) => name).filter((name) => tellsOf(name, mechanism) !== 'no')
  const isRead = (name: string): boolean => {
    const scraped = name.replace(/[^\w:]/g, '_')
    return read.some((metric) => metric === scraped || metric.startsWith(`${scraped}_`))
  }
  return [...new Set(own)].filter((name) => !isRead(name)).sort(compareText)
}
