/** Labels and patterns of matchers that Alertmanager refuses. */
import type { Field } from '../field.js'
import { keysOf } from '../promql/durations.js'
import { patternFaultIn } from '../promql/patterns.js'
import { placeholderIn } from '../promql/placeholders.js'
import { parseMatchers } from './label-matchers.js'
import type { Fault } from './fault.js'

const LABEL = /^[A-Za-z_]\w*$/
const SINCE_UTF8 = 'Alertmanager accepts any UTF-8 in names of labels since 0.27, and rejects the file before'

/** `names`: keys under which matchers stand; those that end in `match` and `match_re` are mappings. */
export function matcherFaults(holder: Field, names: string[]): Fault[] {
  return names.flatMap((name) => {
    const field = holder.get(name)
    if (Array.isArray(field.value)) return field.items().flatMap(textFaults)
    return keysOf(field).flatMap((label) => [
      ...(isLabel(label)
        ? []
        : [{ field: field.get(label), message: `"${label}" is not a name of a label` }]),
      ...(name.endsWith('_re') ? patternFaults(field.get(label), String(field.get(label).value)) : []),
    ])
  })
}

function textFaults(field: Field): Fault[] {
  const matchers = typeof field.value === 'string' ? (parseMatchers(field.value) ?? []) : []
  return matchers.flatMap(({ label, operator, value }) => [
    ...labelFaults(field, label),
    ...(operator.endsWith('~') ? patternFaults(field, value) : []),
  ])
}

/** Names of labels elsewhere than in a mapping of matchers. */
export function labelFaults(field: Field, label: unknown): Fault[] {
  return typeof label !== 'string' || label === '...' || isLabel(label)
    ? []
    : [{ field, message: `"${label}" is not a name of a label to every Alertmanager`, doubt: SINCE_UTF8 }]
}

function isLabel(label: string): boolean {
  return LABEL.test(label) || placeholderIn(label, 'anywhere') !== null
}

function patternFaults(field: Field, pattern: string): Fault[] {
  const fault = placeholderIn(pattern, 'anywhere') === null ? patternFaultIn(pattern) : null
  return fault === null ? [] : [{ field, message: 'a pattern is not a regular expression of RE2' }]
}
