/** A step of a lane or of an execution: what it does, and what it selects. */
import type { Field } from '../../field.js'
import { isMapping, plainText } from '../../chaos-tools/document.js'
import { faultNamed, roleOf, selectedBy } from '../../chaos-tools/roles.js'
import type { Step } from '../../chaos-tools/step.js'
import { parseDuration } from '../../../facts/units.js'

/** Deep enough for queries as people write them. */
const MAX_DEPTH = 10

export function readSteps(steps: Field): Step[] {
  return Array.isArray(steps.value) ? steps.items().filter(isMapping).map(readStep) : []
}

function readStep(at: Field): Step {
  const action = plainText(at.get('actionType')) ?? plainText(at.get('actionId'))
  const kind = plainText(at.get('actionKind'))
  const query = plainText(at.get('radius', 'query'))
  const selected = [...labelsIn(at.get('radius', 'predicate'), 0), ...labelsOf(query ?? '')]
  const duration = plainText(at.get('parameters', 'duration'))
  return {
    at,
    name: plainText(at.get('customLabel')) ?? action ?? 'wait',
    role:
      action === null
        ? 'waiting'
        : kind === 'ATTACK'
          ? 'injecting'
          : kind === 'CHECK'
            ? 'checking'
            : roleOf(action),
    fault: action === null ? null : faultNamed(action),
    target: selectedBy(Object.fromEntries(selected)),
    isScoped: selected.length > 0 || query !== null,
    lasts: duration === null ? null : parseDuration(duration),
  }
}

function labelsIn(predicate: Field, depth: number): [string, string][] {
  if (!isMapping(predicate) || depth > MAX_DEPTH) return []
  const below = predicate.get('predicates')
  if (Array.isArray(below.value)) return below.items().flatMap((item) => labelsIn(item, depth + 1))
  const values = predicate.get('values')
  const [only, ...others] = Array.isArray(values.value) ? values.items().map(plainText) : []
  const key = plainText(predicate.get('key'))
  return key && only && others.length === 0 ? [[labelOf(key), only]] : []
}

/** Of a query such as `k8s.namespace="shop" AND k8s.deployment="cart"`. */
function labelsOf(query: string): [string, string][] {
  return [...query.matchAll(/([\w./-]+)\s*=\s*"([^"]+)"/g)].map(([, key, value]) => [labelOf(key!), value!])
}

/** `k8s.deployment` names what is attacked; the part before the dot says only where the label comes from. */
function labelOf(key: string): string {
  return key.replace(/^[^.]+\./, '').replace(/^label\./, '')
}
