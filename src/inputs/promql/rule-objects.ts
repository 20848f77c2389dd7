/** Objects of Kubernetes that hold groups of rules, as their operators read them. */
import { ruleObjects, type RuleObject } from '../../knowledge/alerts/rule-objects.js'
import type { Field } from '../field.js'
import type { RuleHolder } from './refusals.js'
import { scopeOf, type RuleScope } from './rule-scope.js'

export interface HeldRules {
  groups: Field
  holder: RuleHolder
  /** Null where the operator reads the rules as they are written. */
  scope: RuleScope | null
  /** Of groups that state none; null where the server decides. */
  intervalSeconds: number | null
}

/** Null for an object of any other kind. */
export function rulesHeldBy(object: Field): HeldRules | null {
  const known = knownAs(object)
  if (known === null) return null
  return {
    groups: object.get('spec', 'groups'),
    holder: known.language === 'metricsql' ? 'VMRule' : 'PrometheusRule',
    scope: known.scope.length > 0 ? scopeOf(object, known.scope) : null,
    intervalSeconds: known.intervalSeconds,
  }
}

/** Pieces of charts may lack the group: then only a kind that no other operator has tells. */
function knownAs(object: Field): RuleObject | null {
  const [apiVersion, kind] = [object.get('apiVersion').value, object.get('kind').value]
  if (typeof kind !== 'string') return null
  const key = `${typeof apiVersion === 'string' ? apiVersion.split('/', 1)[0]! : ''}/${kind}`
  const all = ruleObjects()
  if (Object.hasOwn(all, key)) return all[key]!
  return Object.entries(all).find(([known, { byKind }]) => byKind && known.endsWith(`/${kind}`))?.[1] ?? null
}
