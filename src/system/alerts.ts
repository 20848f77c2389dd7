/** Ties alert rules to the components they speak of, each tie with its reason. */
import type { AlertRule, Selector } from '../facts/alert.js'
import type { DetectionPolicy } from '../knowledge/policies.js'
import type { AlertTie, Component } from './component.js'
import { labelPattern } from './label-pattern.js'

/** Alerts that speak of a component: they name it in a label, or watch a metric that every component of its kind has, or may. */
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

/** A name anywhere in the alert decides; an alert without any speaks of all that have its metric. */
function tieOf(component: Component, alert: AlertRule, policy: DetectionPolicy): AlertTie | null {
  for (const selector of alert.query.selectors) {
    const matched = selector.matchers.find(
      (matcher) => isIdentity(matcher, policy) && matches(matcher, component, policy),
    )
    if (!matched) continue
    const symptom = metricOf(selector.metric, policy)?.symptom ?? 'other'
    return {
      alert,
      symptom,
      certainty: 'named',
      reason: `${matched.label}${matched.operator}"${matched.value}" names it`,
    }
  }
  if (namesInAlert(alert, policy) !== null) return null
  for (const { metric } of alert.query.selectors) {
    const known = metricOf(metric, policy)
    if (!known || !speaksOfKind(known, component.kind)) continue
    const all = known.speaksOf ?? `${known.ownName ? 'one or another' : 'every'} ${component.kind}`
    return {
      alert,
      symptom: known.symptom,
      certainty: known.ownName ? 'possible' : 'kind',
      reason: `${metric} without a label that names a component speaks of ${all}`,
    }
  }
  return null
}

type Metric = DetectionPolicy['metrics'][number]

function metricOf(metric: string, policy: DetectionPolicy): Metric | undefined {
  return policy.metrics.find(({ pattern }) => new RegExp(pattern, 'i').test(metric))
}

function speaksOfKind({ kinds, exceptKinds }: Metric, kind: string): boolean {
  if (kinds) return kinds.includes(kind)
  return exceptKinds !== undefined && !exceptKinds.includes(kind)
}

type Matcher = Selector['matchers'][number]

/** A matcher that says which component is meant; `job!="x"`, `job=~".+"` and an empty value say nothing of the kind. */
function isIdentity(matcher: Matcher, policy: DetectionPolicy): boolean {
  const names =
    policy.componentLabels.includes(matcher.label) || policy.instanceLabels.includes(matcher.label)
  return names && (matcher.operator === '=' || matcher.operator === '=~') && !/^\.?[*+]?$/.test(matcher.value)
}

function matches(matcher: Matcher, component: Component, policy: DetectionPolicy): boolean {
  const names = [component.name, component.id, ...component.aliases]
  const isInstance = policy.instanceLabels.includes(matcher.label)
  if (matcher.operator === '=') return !isInstance && names.includes(matcher.value)
  const pattern = patternOf(matcher.value)
  return pattern !== null && names.flatMap((name) => (isInstance ? instancesOf(name) : [name])).some(pattern)
}

/** Pods as Kubernetes would name them: `name-0` in a StatefulSet, `name-hash-hash` in a Deployment. */
function instancesOf(name: string): string[] {
  return [`${name}-0`, `${name}-6c54bd5869-x7k2p`]
}

const patterns = new Map<string, ReturnType<typeof labelPattern>>()

/** Each pattern is read once: it is asked of every component. */
function patternOf(text: string): ReturnType<typeof labelPattern> {
  const known = patterns.get(text)
  if (known !== undefined) return known
  const pattern = labelPattern(text)
  patterns.set(text, pattern)
  return pattern
}
