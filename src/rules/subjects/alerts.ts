/** Alert rules as subjects, with what only the whole rule set or the joined system can tell of them. */
import type { AlertRule, Query, Selector } from '../../facts/alert.js'
import type { DetectionPolicy } from '../../knowledge/policies.js'
import { namesInAlert } from '../../system/alerts.js'
import type { Model } from '../../system/model.js'
import type { Subject } from '../subject.js'

export function alertSubjects(model: Model): Subject[] {
  const alerts = model.facts.of('alert')
  const watchers = alerts.flatMap(watchersOfAbsence)
  return alerts.map((alert): Subject => {
    const components = model.system.components.filter((component) =>
      component.alerts.some((tie) => tie.alert === alert),
    )
    const specific = components.filter((component) =>
      component.alerts.some((tie) => tie.alert === alert && tie.specific),
    )
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
        name: alert.name,
        group: alert.group,
        expression: alert.expression,
        syntaxError: syntaxErrorOf(alert),
        analysed: alert.query.syntaxError?.kind !== 'not-analysed',
        hasCondition: alert.query.hasCondition,
        forSeconds: alert.forSeconds,
        forWritten: alert.forWritten,
        labels: alert.labels,
        annotations: alert.annotations,
        metrics,
        windows: alert.query.windows,
        functions: alert.query.functions,
        thresholdOperator: alert.query.threshold?.operator ?? null,
        thresholdValue: alert.query.threshold?.value ?? null,
        restartRate: isRestartRate(alert.query),
        unmatchedOperations: alert.query.vectorOperations
          .filter((operation) => cannotMatch(operation, model.policies.detection))
          .map((operation) => `${namesOf(operation.left)} ${operation.operator} ${namesOf(operation.right)}`),
        droppedLabels: droppedLabels(alert),
        names,
        unknownNames: names.filter(
          (name) => !specific.some((component) => speaksOf(name, [component.name, ...component.aliases])),
        ),
        components: components.map((component) => component.name),
        anyComponents: model.system.components.length > 0,
        hasAbsentSibling: alert.query.selectors.some((selector) =>
          watchers.some((watcher) => noticesAbsence(watcher, selector)),
        ),
        intervalSeconds: alert.intervalSeconds,
      },
    }
  })
}

/** Selectors of an alert that fires when series are gone: inside absent(), or of `up`. */
function watchersOfAbsence({ query }: AlertRule): Selector[] {
  const isAbsent = query.functions.some((name) => name.startsWith('absent'))
  return query.selectors.filter((selector) => isAbsent || selector.metric === 'up')
}

/** The same metric, or `up` of the same job, without a label that says otherwise. */
function noticesAbsence(watcher: Selector, selector: Selector): boolean {
  const shared = watcher.matchers.flatMap(({ label, operator, value }) => {
    const other = selector.matchers.find((matcher) => matcher.label === label && matcher.operator === '=')
    return other && (operator === '=' || operator === '=~')
      ? [operator === '=' ? value === other.value : value.split('|').includes(other.value)]
      : []
  })
  if (shared.includes(false)) return false
  return (
    watcher.metric === selector.metric ||
    (watcher.metric === 'up' && (watcher.matchers.length === 0 || shared.length > 0))
  )
}

/** `2:14: unexpected "b"`: line and column inside the expression, as promtool counts them. */
function syntaxErrorOf({ expression, query }: AlertRule): string | null {
  if (query.syntaxError === null) return null
  const before = expression.slice(0, query.syntaxError.offset).split('\n')
  return `${before.length}:${before.at(-1)!.length + 1}: ${query.syntaxError.message}`
}

function metricsOf(alert: AlertRule): string[] {
  return [
    ...new Set(alert.query.selectors.map((selector) => selector.metric).filter((metric) => metric !== '')),
  ].sort()
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

/** Both sides are series whose labels are known, and they differ. Where one is not known, nothing is said. */
function cannotMatch(operation: Query['vectorOperations'][number], { series }: DetectionPolicy): boolean {
  // Where one side stands in for the other, a missing match does no harm.
  if (operation.operator === 'or' || operation.operator === 'unless') return false
  if (operation.hasMatching || operation.leftAggregates || operation.rightAggregates) return false
  const [left, right] = [operation.left, operation.right].map((side) =>
    side.map(({ metric }) =>
      series.find(({ pattern }) => new RegExp(pattern).test(metric))?.labels.join(','),
    ),
  )
  return (
    left!.every(
      (labels) => labels !== undefined && right!.every((other) => other !== undefined && other !== labels),
    ) && right!.length > 0
  )
}

/** Restarts per second of one pod, plain or summed over its containers; a factor or a sum over pods changes what the threshold means. */
function isRestartRate({ threshold, keptLabels }: Query): boolean {
  const compared =
    threshold?.left.replace(
      keptLabels?.includes('pod') ? /^(?:sum|max)\s*by\s*\([^()]*\)\s*\((.*)\)$/s : /^$/,
      '$1',
    ) ?? ''
  return /^\s*rate\(\s*\w*_restarts_total\b[^()]*\)\s*$/.test(compared)
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
