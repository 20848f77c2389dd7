/** Ties alert rules to the components they speak of, each tie with its reason. */
import type { AlertRule, Matcher } from '../../facts/alert.js'
import type { DetectionPolicy } from '../../knowledge/policies.js'
import type { AlertTie, Component } from '../component.js'
import { labelPattern } from '../../facts/label-pattern.js'

/** Alerts that speak of a component: they name it in a label, or watch a metric that every component of its kind has, or may. */
export function alertsOf(
  component: Component,
  alerts: AlertRule[],
  policy: DetectionPolicy,
  /** Whether the code of others defines a metric, and not that of this component. */
  isOfOthers: (metric: string) => boolean = () => false,
): AlertTie[] {
  return alerts.flatMap((alert) => {
    const tie = tieOf(component, alert, policy, isOfOthers)
    return tie ? [tie] : []
  })
}

/**
 * Components that the labels of an alert name: null when it names none, so that it speaks of all that have the metric.
 * `patterns` are regular expressions that are more than a list of names, as they are written.
 */
export function namesInAlert(
  alert: AlertRule,
  policy: DetectionPolicy,
): { names: string[]; patterns: string[] } | null {
  const identities = alert.query.selectors.flatMap(({ matchers }) =>
    matchers.filter((matcher) => isIdentity(matcher, policy)),
  )
  if (identities.length === 0) return null
  const names = identities.flatMap((matcher) => listedNames(matcher) ?? [])
  const patterns = identities.filter((matcher) => listedNames(matcher) === null).map(({ value }) => value)
  return { names: [...new Set(names)].sort(), patterns: [...new Set(patterns)].sort() }
}

/** The same question without the names: it is asked for every component and alert. */
function namesAny({ query }: AlertRule, policy: DetectionPolicy): boolean {
  return query.selectors.some(({ matchers }) => matchers.some((matcher) => isIdentity(matcher, policy)))
}

const PLAIN_LIST = /^\^?(?:\((?:\?:)?([\w|-]+)\)|([\w|-]+))\$?$/

/** The values that a matcher permits, where it lists them: `="a"`, `=~"a|b"`, `=~"(a|b)"`; null for any other. */
export function listedNames({ operator, value }: Matcher): string[] | null {
  if (operator === '=') return [value]
  const list = operator === '=~' ? PLAIN_LIST.exec(value) : null
  return list && (list[1] ?? list[2]!).split('|').filter((name) => name !== '')
}

/** A name anywhere in the alert decides; an alert without any speaks of all that have its metric. */
function tieOf(
  component: Component,
  alert: AlertRule,
  policy: DetectionPolicy,
  isOfOthers: (metric: string) => boolean,
): AlertTie | null {
  for (const selector of alert.query.selectors) {
    const matched = selector.matchers.find(
      (matcher) => isIdentity(matcher, policy) && matches(matcher, component, policy),
    )
    if (!matched) continue
    const metric = metricOf(selector.metric, policy)
    return {
      alert,
      symptom: metric?.symptom ?? 'other',
      needs: metric?.needs ?? null,
      certainty: 'named',
      reason: `${matched.label}${matched.operator}"${matched.value}" names it`,
    }
  }
  if (namesAny(alert, policy)) return null
  for (const { metric } of alert.query.selectors) {
    const known = metricOf(metric, policy)
    if (!known || !speaksOfKind(known, component.kind)) continue
    if (known.ownName && isOfOthers(metric)) continue
    const all = known.speaksOf ?? `${known.ownName ? 'one or another' : 'every'} ${component.kind}`
    return {
      alert,
      symptom: known.symptom,
      needs: known.needs ?? null,
      certainty: known.ownName ? 'possible' : 'kind',
      reason: `${metric} without a label that names a component covers ${all}`,
    }
  }
  return null
}

type Metric = DetectionPolicy['metrics'][number]

function metricOf(metric: string, policy: DetectionPolicy): Metric | undefined {
  return policy.metrics.find(({ pattern }) => pattern.test(metric))
}

function speaksOfKind({ kinds, exceptKinds }: Metric, kind: string): boolean {
  if (kinds) return kinds.includes(kind)
  return exceptKinds !== undefined && !exceptKinds.includes(kind)
}

/** A matcher that says which component is meant; `job!="x"`, `job=~".+"` and an empty value say nothing of the kind. */
export function isIdentity(matcher: Matcher, policy: DetectionPolicy): boolean {
  const names =
    policy.componentLabels.includes(matcher.label) || policy.instanceLabels.includes(matcher.label)
  return names && (matcher.operator === '=' || matcher.operator === '=~') && !/^\.?[*+]?$/.test(matcher.value)
}

/** Whether a matcher speaks of a component, by any of its names. */
export function matches(matcher: Matcher, component: Component, policy: DetectionPolicy): boolean {
  const names = [component.name, component.id, ...component.aliases]
  const isInstance = policy.instanceLabels.includes(matcher.label)
  if (matcher.operator === '=') return !isInstance && names.includes(matcher.value)
  const pattern = patternOf(matcher.value)
  if (pattern === null) return false
  return isInstance
    ? names.flatMap((name) => permitted(name, matcher.value).flatMap(instancesOf)).some(pattern)
    : names.some(pattern)
}

/** Releases and operators put a name of their own before that of the pod, which a pattern that has the name may allow for: `.*-cart-.*`. */
function permitted(name: string, written: string): string[] {
  return /^\^?\(?\.[*+]/.test(written) && written.includes(name) ? [name, `any-${name}`] : [name]
}

/** Pods as Kubernetes would name them: `name-0` in a StatefulSet, `name-hash-hash` in a Deployment. */
function instancesOf(name: string): string[] {
  return [`${name}-0`, `${name}-6c54bd5869-x7k2p`]
}

const patterns = new Map<string, ReturnType<typeof labelPattern>>()

/** Each pattern is read once: it is asked of every component. */
export function patternOf(text: string): ReturnType<typeof labelPattern> {
  const known = patterns.get(text)
  if (known !== undefined) return known
  const pattern = labelPattern(text)
  patterns.set(text, pattern)
  return pattern
}
