/** How manifests find each other: by the labels of pods, within a namespace. */
import type { DisruptionBudget, NetworkService } from '../../facts/kubernetes.js'
import type { LabelExpression, LabelSelector } from '../../facts/label-selector.js'

/** True when every label of the selector stands on the pod; an empty selector matches nothing here. */
export function selects(selector: Record<string, string> | null, labels: Record<string, string>): boolean {
  if (selector === null || Object.keys(selector).length === 0) return false
  return Object.entries(selector).every(([label, value]) => labels[label] === value)
}

/** As Kubernetes matches: all labels and all expressions; without any, everything; null selects nothing. */
export function matches(selector: LabelSelector | null, labels: Record<string, string>): boolean {
  return (
    selector !== null &&
    Object.entries(selector.labels).every(([label, value]) => labels[label] === value) &&
    selector.expressions.every((expression) => holds(expression, labels))
  )
}

/** Before policy/v1, a budget with an empty selector selected nothing. */
export function selectsPods(
  object: NetworkService | DisruptionBudget,
  labels: Record<string, string>,
): boolean {
  if (object.fact === 'service') return selects(object.selector, labels)
  const { labels: asked = {}, expressions = [] } = object.selector ?? {}
  const isEmpty = Object.keys(asked).length + expressions.length === 0
  return matches(object.selector, labels) && !(isEmpty && object.apiVersion === 'policy/v1beta1')
}

/** False for a selector that Kubernetes refuses. */
export function isTaken(selector: LabelSelector | null): boolean {
  return selector === null || selector.expressions.every(({ operator }) => operator !== 'refused')
}

function holds({ key, operator, values }: LabelExpression, labels: Record<string, string>): boolean {
  const value = labels[key]
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value)
    case 'NotIn':
      return value === undefined || !values.includes(value)
    case 'Exists':
      return value !== undefined
    case 'DoesNotExist':
      return value === undefined
    case 'refused':
      return false
  }
}

/** Manifests that name no namespace are applied into the caller's: they match any. */
export function sameNamespace(a: { namespace: string }, b: { namespace: string }): boolean {
  return a.namespace === b.namespace || a.namespace === 'default' || b.namespace === 'default'
}
