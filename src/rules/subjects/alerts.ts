/** Alert rules as subjects, with what only the whole rule set or the joined system can tell of them. */
import type { AlertRule, Selector } from '../../facts/alert.js'
import { namesInAlert } from '../../system/alerts.js'
import type { Model } from '../../system/model.js'
import type { Subject } from '../subject.js'

export function alertSubjects(model: Model): Subject[] {
  const alerts = model.facts.of('alert')
  const absentMetrics = new Set(alerts.flatMap((alert) => (alert.query.functions.some((name) => name.startsWith('absent')) ? metricsOf(alert) : [])))
  return alerts.map((alert): Subject => {
    const components = model.system.components.filter((component) => component.alerts.some((tie) => tie.alert === alert))
    const specific = components.filter((component) => component.alerts.some((tie) => tie.alert === alert && tie.specific))
    const names = namesInAlert(alert, model.policies.detection) ?? []
    const metrics = metricsOf(alert)
    return {
      kind: 'alert',
      identity: `${alert.source.path}/${alert.group}/${alert.name}/${labelIdentity(alert)}`,
      label: `alert ${alert.name}`,
      component: specific.length === 1 ? specific[0]!.id : null,
      source: alert.source,
      at: alert.at,
      ignores: alert.ignores,
      fields: {
        name: alert.name, group: alert.group, expression: alert.expression, syntaxError: alert.query.syntaxError?.message ?? null, hasCondition: alert.query.hasCondition,
        forSeconds: alert.forSeconds, forWritten: alert.forWritten, labels: alert.labels, annotations: alert.annotations, metrics,
        windows: alert.query.windows, functions: alert.query.functions, thresholdOperator: alert.query.threshold?.operator ?? null, thresholdValue: alert.query.threshold?.value ?? null,
        restartRate: alert.query.functions.includes('rate') && metrics.some((metric) => metric.endsWith('_restarts_total')),
        unmatchedOperations: alert.query.vectorOperations.filter(cannotMatch).map((operation) => `${namesOf(operation.left)} ${operation.operator} ${namesOf(operation.right)}`),
        droppedLabels: droppedLabels(alert), names, unknownNames: names.filter((name) => !specific.some((component) => speaksOf(name, [component.name, ...component.aliases]))),
        components: components.map((component) => component.name), hasAbsentSibling: metrics.some((metric) => absentMetrics.has(metric)), intervalSeconds: alert.intervalSeconds,
      },
    }
  })
}

function metricsOf(alert: AlertRule): string[] {
  return [...new Set(alert.query.selectors.map((selector) => selector.metric).filter((metric) => metric !== ''))].sort()
}

function labelIdentity(alert: AlertRule): string {
  return Object.entries(alert.labels).map(([label, value]) => `${label}=${value}`).sort().join(',')
}

function speaksOf(value: string, names: string[]): boolean {
  return names.some((name) => value === name || value.split(/[|().*+]+/).some((part) => part.replace(/-$/, '') === name))
}

function namesOf(selectors: Selector[]): string {
  return [...new Set(selectors.map((selector) => selector.metric))].join(', ')
}

/**
 * Two exporters' series joined without on/ignoring, where one side has labels by nature that the other lacks: told from
 * the metrics' common prefix, `pg_stat_database_*` has datname, `pg_settings_*` has none.
 */
function cannotMatch(operation: AlertRule['query']['vectorOperations'][number]): boolean {
  if (operation.hasMatching || operation.leftAggregates || operation.rightAggregates) return false
  const kinds = [operation.left, operation.right].map((side) => new Set(side.map((selector) => /_(settings|info|config|limit)s?_/.test(`${selector.metric}_`))))
  return kinds.every((kind) => kind.size === 1) && [...kinds[0]!][0] !== [...kinds[1]!][0]
}

/** Labels that an annotation prints although the expression aggregates them away. */
function droppedLabels(alert: AlertRule): string[] {
  const kept = alert.query.keptLabels
  if (kept === null) return []
  const used = [...Object.values(alert.annotations), ...Object.values(alert.labels)].flatMap((text) => [...text.matchAll(/\$labels\.(\w+)/g)].map((match) => match[1]!))
  return [...new Set(used)].filter((label) => !kept.includes(label) && !(label in alert.labels) && label !== 'alertname').sort()
}
