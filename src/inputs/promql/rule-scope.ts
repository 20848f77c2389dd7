/** Rules that an operator keeps to the labels of their namespace and cluster, as Google Managed Prometheus does. */
import type { Query, Refusal } from '../../facts/alert.js'
import type { Field } from '../field.js'
import { placeholderIn } from './placeholders.js'

export interface RuleScope {
  /** The labels, with those values that the object tells; null for what only the cluster knows. */
  labels: Record<string, string | null>
}

const NAMESPACE = 'namespace'

/** What a namespace stands for that is filled in, or decided when the object is applied, is not known. */
export function scopeOf(object: Field, labels: string[]): RuleScope {
  const written = object.get('metadata', 'namespace').text()
  const namespace = written === null || placeholderIn(written, 'anywhere') !== null ? null : written
  return {
    labels: Object.fromEntries(labels.map((label) => [label, label === NAMESPACE ? namespace : null])),
  }
}

/** The labels that every result gets, beside those that the rule writes. */
export function labelsWithin(scope: RuleScope): { known: Record<string, string>; open: string[] } {
  const all = Object.entries(scope.labels)
  const known = all.flatMap(([label, value]) => (value === null ? [] : [[label, value] as const]))
  return {
    known: Object.fromEntries(known),
    open: all.flatMap(([label, value]) => (value === null ? [label] : [])),
  }
}

/** Each selector asks for the known labels too. */
export function queryWithin(query: Query, scope: RuleScope): Query {
  const added = Object.entries(labelsWithin(scope).known)
  return {
    ...query,
    selectors: query.selectors.map(({ metric, matchers }) => ({
      metric,
      matchers: [
        ...matchers,
        ...added
          .filter(([label]) => !matchers.some((matcher) => matcher.label === label))
          .map(([label, value]) => ({ label, operator: '=' as const, value })),
      ],
    })),
  }
}

/** Why the operator's webhook refuses a rule: it sets a label of the scope, or asks for another value of it. */
export function refusalsWithin(scope: RuleScope, rule: Field, query: Query): Refusal[] {
  const labels = Object.keys(scope.labels)
  const set = labels
    .map((label) => ({ label, field: rule.get('labels', label) }))
    .filter(({ field }) => field.exists)
    .map(({ label, field }) => ({
      source: field.source,
      message: `Google Managed Prometheus sets the label ${label} of every result itself, and rejects an object whose rules set it`,
      doubt: null,
    }))
  const asked = new Set(
    query.selectors
      .flatMap(({ matchers }) => matchers)
      .filter(({ label, operator, value }) => {
        if (!labels.includes(label)) return false
        const own = scope.labels[label]!
        // Of its own namespace, where that is not told, any equality may be right.
        return operator !== '=' || (label === NAMESPACE ? own !== null && value !== own : value !== '')
      })
      .map(({ label, operator, value }) => `${label}${operator}"${value}"`),
  )
  const conflicts = [...asked].map((matcher) => ({
    source: rule.get('expr').source,
    message: `Google Managed Prometheus adds ${labels.join(', ')} to every selector itself, and rejects an object that asks for ${matcher}`,
    doubt: null,
  }))
  return [...set, ...conflicts]
}
