/** How manifests find each other: by the labels of pods, within a namespace. */

import type { LabelSelector } from '../facts/spread.js'

/** True when every label of the selector stands on the pod; an empty selector matches nothing here. */
export function selects(selector: Record<string, string> | null, labels: Record<string, string>): boolean {
  if (selector === null || Object.keys(selector).length === 0) return false
  return Object.entries(selector).every(([label, value]) => labels[label] === value)
}

/** As the API machinery matches a selector; null for an operator that it does not have. */
export function matchesLabels(
  { labels: wanted, expressions }: LabelSelector,
  labels: Record<string, string>,
): boolean | null {
  const answers = expressions.map(({ key, operator, values }) => {
    const value = labels[key]
    if (operator === 'In') return value !== undefined && values.includes(value)
    if (operator === 'NotIn') return value === undefined || !values.includes(value)
    if (operator === 'Exists') return value !== undefined
    return operator === 'DoesNotExist' ? value === undefined : null
  })
  if (answers.includes(null)) return null
  return (
    answers.every((answer) => answer) &&
    Object.entries(wanted).every(([label, value]) => labels[label] === value)
  )
}

/** Manifests that name no namespace are applied into the caller's: they match any. */
export function sameNamespace(a: { namespace: string }, b: { namespace: string }): boolean {
  return a.namespace === b.namespace || a.namespace === 'default' || b.namespace === 'default'
}
