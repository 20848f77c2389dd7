/** Ties alert rules to the components they speak of, each tie with its reason. */
import type { AlertRule, Selector } from '../facts/alert.js'
import type { DetectionPolicy } from '../knowledge/policies.js'
import type { AlertTie, Component } from './component.js'

/** Alerts that speak of a component: they name it in a label, or watch a metric that every component of its kind has. */
export function alertsOf(component: Component, alerts: AlertRule[], policy: DetectionPolicy): AlertTie[] {
  return alerts.flatMap((alert) => {
    const tie = tieOf(component, alert, policy)
    return tie ? [tie] : []
  })
}

/** Components that the labels of an alert name: null when it names none, so that it speaks of all that have the metric. */
export function namesInAlert(alert: AlertRule, policy: DetectionPolicy): string[] | null {
  const values = alert.query.selectors.flatMap((selector) =>
    selector.matchers.filter((matcher) => isIdentity(matcher, policy)).map((matcher) => matcher.value),
  )
  return values.length === 0 ? null : [...new Set(values)].sort()
}

function tieOf(component: Component, alert: AlertRule, policy: DetectionPolicy): AlertTie | null {
  for (const selector of alert.query.selectors) {
    const metric = metricOf(selector.metric, policy)
    const identities = selector.matchers.filter((matcher) => isIdentity(matcher, policy))
    const matched = identities.find((matcher) => matches(matcher, component, policy))
    if (matched) {
      return { alert, symptom: metric?.symptom ?? 'other', specific: true, reason: `${matched.label}${matched.operator}"${matched.value}" names it` }
    }
    if (identities.length === 0 && metric?.kinds?.includes(component.kind)) {
      return { alert, symptom: metric.symptom, specific: false, reason: `${selector.metric} without a label that names a component speaks of every ${component.kind}` }
    }
    if (identities.length === 0 && selector.metric === 'up' && component.kind !== 'external') {
      return { alert, symptom: 'availability', specific: false, reason: 'up without a label that names a component speaks of every scrape target' }
    }
  }
  return null
}

function metricOf(metric: string, policy: DetectionPolicy): DetectionPolicy['metrics'][number] | undefined {
  return policy.metrics.find(({ pattern }) => new RegExp(pattern, 'i').test(metric))
}

type Matcher = Selector['matchers'][number]

/** A matcher that says which component is meant; `job!="x"`, `job=~".+"` and an empty value say nothing of the kind. */
function isIdentity(matcher: Matcher, policy: DetectionPolicy): boolean {
  const names = policy.componentLabels.includes(matcher.label) || policy.instanceLabels.includes(matcher.label)
  return names && (matcher.operator === '=' || matcher.operator === '=~') && !/^\.?[*+]?$/.test(matcher.value)
}

function matches(matcher: Matcher, component: Component, policy: DetectionPolicy): boolean {
  const names = [component.name, component.id, ...component.aliases]
  const isInstance = policy.instanceLabels.includes(matcher.label)
  if (matcher.operator === '=') return !isInstance && names.includes(matcher.value)
  const pattern = wholeMatch(matcher.value)
  if (pattern === null) return false
  // A pod is called `name-hash-hash` or `name-0`.
  return names.some((name) => pattern.test(isInstance ? `${name}-0` : name))
}

/** Prometheus anchors its regular expressions (RE2); one that JavaScript cannot read, or a hostile long one, matches nothing. */
function wholeMatch(pattern: string): RegExp | null {
  if (pattern.length > 500 || /\([^)]*[+*][^)]*\)[+*]/.test(pattern)) return null
  try {
    return new RegExp(`^(?:${pattern})$`)
  } catch {
    return null
  }
}
