/** Alert rules as subjects, with what only the whole rule set or the joined system can tell of them. */
import type { AlertRule, Query, Selector } from '../../facts/alert.js'
import type { DetectionPolicy } from '../../knowledge/policies.js'
import { namesInAlert } from '../../system/alerts.js'
import type { Component } from '../../system/component.js'
import type { Model } from '../../system/model.js'
import { cannotMatch } from '../../system/vector-matching.js'
import type { Subject } from '../subject.js'
import { noticesAbsence, watchersOfAbsence } from './alert-absence.js'

export function alertSubjects(model: Model): Subject[] {
  const alerts = model.facts.of('alert')
  const watchers = watchersOfAbsence(alerts, model.policies.detection)
  return alerts.map((alert): Subject => {
    const ties = model.system.components.flatMap((component) =>
      component.alerts.filter((tie) => tie.alert === alert).map((tie) => ({ component, tie })),
    )
    const named = ties.filter(({ tie }) => tie.certainty === 'named').map(({ component }) => component)
    return {
      kind: 'alert',
      identity: `${alert.source.path}/${alert.group}/${alert.name}/${labelIdentity(alert)}`,
      label: `alert ${alert.name}`,
      component: named.length === 1 ? named[0]!.id : null,
      source: alert.source,
      at: alert.at,
      ignores: alert.ignores,
      fields: {
        ...ruleFields(alert),
        ...queryFields(alert, model.policies.detection),
        ...namesFields(alert, named, model.policies.detection),
        components: ties.map(({ component }) => component.name),
        anyComponents: model.system.components.length > 0,
        hasAbsentSibling: alert.query.selectors.some((selector) =>
          watchers.some((watcher) => noticesAbsence(watcher, selector, model.policies.detection)),
        ),
      },
    }
  })
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
    hasCondition: query.hasCondition,
    metrics: metricsOf(query),
    windows: query.windows,
    functions: query.functions,
    thresholdOperator: query.threshold?.operator ?? null,
    thresholdValue: query.threshold?.value ?? null,
    comparedFunction: query.compared?.function ?? '',
    comparedMetric: query.compared?.metric ?? '',
    comparedAggregation: query.compared?.aggregation ?? '',
    comparedBy: query.compared?.by ?? [],
    unmatchedOperations: query.vectorOperations
      .filter((operation) => cannotMatch(operation, detection))
      .map((operation) => `${namesOf(operation.left)} ${operation.operator} ${namesOf(operation.right)}`),
    droppedLabels: droppedLabels(alert),
  }
}

/** `named`: the components that the alert names. */
function namesFields(alert: AlertRule, named: Component[], detection: DetectionPolicy): object {
  const names = namesInAlert(alert, detection) ?? []
  const isKnown = (name: string): boolean =>
    named.some((component) => speaksOf(name, [component.name, ...component.aliases]))
  return { names, unknownNames: names.filter((name) => !isKnown(name)) }
}

/** `2:14: unexpected "b"`: line and column inside the expression, as promtool counts them. */
function syntaxErrorOf({ expression, query }: AlertRule): string | null {
  if (query.syntaxError === null) return null
  const before = expression.slice(0, query.syntaxError.offset).split('\n')
  return `${before.length}:${before.at(-1)!.length + 1}: ${query.syntaxError.message}`
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

function speaksOf(value: string, names: string[]): boolean {
  return names.some(
    (name) => value === name || value.split(/[|().*+]+/).some((part) => part.replace(/-$/, '') === name),
  )
}

function namesOf(selectors: Selector[]): string {
  return [...new Set(selectors.map((selector) => selector.metric))].join(', ')
}

/** Labels that an annotation prints although the expression aggregates them away. */
function droppedLabels(alert: AlertRule): string[] {
  const kept = alert.query.keptLabels
  if (kept === null) return []
  const used = [...Object.values(alert.annotations), ...Object.values(alert.labels)].flatMap((text) =>
    [...text.matchAll(/\$labels\.(\w+)/g)].map((match) => match[1]!),
  )
  return [...new Set(used)]
    .filter((label) => !kept.includes(label) && !(label in alert.labels) && label !== 'alertname')
    .sort()
}
