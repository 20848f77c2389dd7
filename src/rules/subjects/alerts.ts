/** Alert rules as subjects, with what only the whole rule set or the joined system can tell of them. */
import type { AlertRule, Query, Selector } from '../../facts/alert.js'
import { groupedBy } from '../../facts/grouped.js'
import { compareText } from '../../facts/source.js'
import type { DetectionPolicy } from '../../knowledge/policies.js'
import { AlertTests } from '../../system/alerts/alert-tests.js'
import { broughtRules } from '../../system/alerts/brought-rules.js'
import { detectionBounds } from '../../system/alerts/detection-bounds.js'
import type { Component } from '../../system/component.js'
import type { Joined } from '../../system/model.js'
import { scrapesEvery } from '../../system/alerts/scrape-intervals.js'
import { ScrapeNames } from '../../system/alerts/scrape-names.js'
import { cannotMatch, hasToMatch } from '../../system/alerts/vector-matching.js'
import type { Subject } from '../subject.js'
import { AbsenceWatch, noticesNoData } from './alert-absence.js'
import { syntaxErrorOf } from './alert-syntax.js'
import { conditionFields } from './alert-conditions.js'
import { flawFields } from './alert-flaws.js'
import { hazardFields } from './alert-hazards.js'
import { namedFields } from './alert-names.js'
import { joinedFields } from './joined-fields.js'
import { areComponentsKnown } from './known-components.js'
import { recordedFields } from './recorded-series.js'
import { templateFields } from './alert-templates.js'

export function alertSubjects(model: Joined): Subject[] {
  const alerts = model.facts.of('alert')
  const scrapes = scrapesEvery(model.facts, model.configuration, model.policies.detection)
  const queries = [...alerts, ...model.facts.of('recording')].map(({ query }) => query)
  const counters = new Set(queries.flatMap(({ rated }) => rated))
  const twins = groupedBy(alerts, twinKey)
  const ties = model.system.components.flatMap((component) =>
    component.alerts.map((tie) => ({ component, tie })),
  )
  const tied = groupedBy(ties, ({ tie }) => tie.alert)
  const tests = new AlertTests(model.facts, model.runs)
  const names = new ScrapeNames(model.facts, model.manifests)
  const watch = new AbsenceWatch(alerts, model.system.components, model.policies.detection)
  const brought = broughtRules(model.manifests)
  return alerts.map((alert): Subject => {
    const ties = tied.get(alert) ?? []
    const named = ties.filter(({ tie }) => tie.certainty === 'named').map(({ component }) => component)
    return {
      kind: 'alert',
      identity: `${alert.source.path}/${alert.group}/${alert.name}/${labelIdentity(alert)}`,
      label: `alert ${alert.name}`,
      component: named.length === 1 ? named[0]!.id : null,
      source: alert.source,
      at: alert.at,
      ignores: alert.ignores,
      ...(alert.peerIgnores && { peerIgnores: alert.peerIgnores }),
      fields: joinedFields(
        ruleFields(alert),
        queryFields(alert, model.policies.detection),
        conditionFields(alert, model.watch, model.policies.detection),
        flawFields(alert, model.watch),
        templateFields(alert),
        recordedFields(alert, model.watch),
        hazardFields(alert, model.policies.detection),
        intervalFields(alert, model),
        namedFields(alert, named, names, model.policies.detection),
        absenceFields(alert, ties, watch, brought),
        timeFields(alert, model),
        {
          inGrafana: alert.grafana !== undefined,
          noticesNoData: noticesNoData(alert),
          ownReceiver: alert.grafana?.route?.receiver ?? '',
          tested: tests.covers(alert),
          firedInTest: tests.fired(alert),
          components: ties.map(({ component }) => component.name),
          componentsKnown: areComponentsKnown(model),
          comparesItsRate: comparesItsRate(alert),
          comparedIsCounter: counters.has(alert.query.comparedSeries ?? ''),
          scrapedAtLeastEvery: scrapes.atLeast,
          scrapedAtMostEvery: scrapes.atMost,
          scrapeKnown: scrapes.isKnown,
          duplicates: twins
            .get(twinKey(alert))!
            .filter(({ source }) => source.line < alert.source.line)
            .map(({ source }) => `${source.path}:${source.line}`),
        },
      ),
    }
  })
}

/** `x_total > 0 and increase(x_total[5m]) > 0`: how far it got is only half of the condition. */
function comparesItsRate({ query }: AlertRule): boolean {
  const isJoined = query.vectorOperations.some(({ operator }) => operator === 'and')
  return isJoined && query.rated.includes(query.comparedSeries ?? '')
}

/** Two rules of one file that are the same in all that Prometheus tells alerts apart by. */
function twinKey({ source, name, expression, labels, query }: AlertRule): string {
  const sorted = Object.entries(labels).sort(([a], [b]) => compareText(a, b))
  // Nothing is said of an expression that was not translated.
  const text = expression === '' && query.syntaxError ? source.line : expression.replace(/\s+/g, ' ').trim()
  return JSON.stringify([source.path, name, text, sorted])
}

function ruleFields(alert: AlertRule): object {
  const { name, group, expression, forSeconds, forWritten, labels, annotations, intervalSeconds } = alert
  return { name, group, expression, forSeconds, forWritten, labels, annotations, intervalSeconds }
}

function queryFields(alert: AlertRule, detection: DetectionPolicy): object {
  const { query } = alert
  return {
    syntaxError: syntaxErrorOf(alert),
    analysed: query.syntaxError?.kind !== 'not-analysed',
    metrics: metricsOf(query),
    windows: query.windows,
    functions: query.functions,
    thresholdOperator: query.threshold?.operator ?? null,
    thresholdValue: query.threshold?.value ?? null,
    thresholdOverWindow: overWindow(query),
    comparedSeries: query.comparedSeries ?? '',
    comparedAge: query.comparedAge ?? 0,
    fires: query.fires,
    forecasts: query.forecasts,
    joinsSeries: query.vectorOperations.length > 0,
    neverFires: query.fires === 'never',
    countsNothing: query.fires === 'never' && /^\W*count\b/.test(query.threshold?.left ?? ''),
    shortestRate: query.rateWindows.length > 0 ? Math.min(...query.rateWindows) : null,
    comparedFunction: query.compared?.function ?? '',
    comparedMetric: query.compared?.metric ?? '',
    comparedAggregation: query.compared?.aggregation ?? '',
    comparedBy: query.compared?.by ?? [],
    matchedOperations: query.vectorOperations.filter(hasToMatch).length,
    unmatchedOperations: query.vectorOperations
      .filter(hasToMatch)
      .filter((operation) => cannotMatch(operation, detection))
      .map((operation) => `${namesOf(operation.left)} ${operation.operator} ${namesOf(operation.right)}`),
  }
}

/** Seconds between two evaluations; not known where neither the group nor Prometheus' configuration says so, or several servers differ. */
function intervalFields(
  { intervalSeconds }: AlertRule,
  { watch, configuration, facts, policies }: Joined,
): object {
  const servers = new Set(facts.of('scrape-defaults').map((server) => server.evaluationIntervalSeconds))
  const ofServers = servers.size > 1 ? null : watch.configuration.prometheus.evaluationInterval
  const written = intervalSeconds ?? configuration.prometheus.evaluationInterval ?? ofServers ?? null
  return {
    evaluatedEvery: written ?? policies.detection.defaults.evaluationSeconds,
    evaluationKnown: written !== null,
  }
}

/** How soon somebody is told, in seconds, and how soon is asked for by the severity of the alert; null where nothing is. */
function timeFields(alert: AlertRule, { watch, configuration, policies }: Joined): object {
  const { best, soonest, worst } = detectionBounds(alert, watch)
  const responses = policies.routing.urgent.labels.flatMap((label) => {
    const severity = Object.hasOwn(alert.labels, label) ? alert.labels[label]! : ''
    const { severityResponse } = configuration.policies
    return Object.hasOwn(severityResponse, severity) ? [severityResponse[severity]!] : []
  })
  return {
    told: watch.notification.tells(alert),
    urgent: watch.notification.isUrgent(alert),
    urgencyLabels: policies.routing.urgent.labels.filter((label) => Object.hasOwn(alert.labels, label)),
    dropped: watch.notification.external.drops(alert),
    mayBeDropped: alert.grafana === undefined && watch.notification.external.mayDrop,
    toldAfterAtLeast: best,
    toldNotBefore: soonest,
    toldAfterAtMost: worst,
    responseSeconds: responses[0] ?? null,
  }
}

/** Each list is sorted, and as long as the system is large: most alerts have one answer for all of their selectors. */
function allOf(lists: string[][]): string[] {
  const [only = [], ...others] = lists.filter((list) => list.length > 0)
  return others.length === 0 ? only : [...new Set([only, ...others].flat())].sort()
}

/** Whether another alert would tell when the series of this one are gone, and which might. `brought`: rules that were not seen. */
function absenceFields(
  alert: AlertRule,
  ties: { component: Component }[],
  watch: AbsenceWatch,
  brought: string[],
): object {
  const tied = ties.map(({ component }) => component)
  const answers = new Set(alert.query.selectors.map((selector) => watch.of(selector, tied)))
  const hasAbsentSibling = [...answers].some(({ noticed }) => noticed === 'yes')
  const possible = [...answers].map((answer) => answer.possible)
  return {
    hasAbsentSibling,
    possibleAbsentSiblings: hasAbsentSibling ? allOf(possible) : allOf([...possible, brought]),
  }
}

function metricsOf({ selectors }: Query): string[] {
  return [...new Set(selectors.map((selector) => selector.metric).filter((metric) => metric !== ''))].sort()
}

function labelIdentity(alert: AlertRule): string {
  return Object.entries(alert.labels)
    .map(([label, value]) => `${label}=${value}`)
    .sort()
    .join(',')
}

function namesOf(selectors: Selector[]): string {
  return [...new Set(selectors.map((selector) => selector.metric))].join(', ')
}

/** What a threshold for each second asks of the whole window: 0.1 restarts a second are 90 in 15 minutes. */
function overWindow({ threshold, windows: [window] }: Query): number | null {
  if (!threshold || window === undefined) return null
  return Number((threshold.value * window).toPrecision(12))
}
