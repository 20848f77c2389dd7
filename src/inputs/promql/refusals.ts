/** What Prometheus refuses a file of rules for, beside its expressions and templates. */
import type { Refusal } from '../../facts/alert.js'
import { parseDuration } from '../../facts/units.js'
import { ruleFields } from '../../knowledge/alerts/alerting-fields.js'
import type { Field } from '../field.js'
import { durationFault, keysOf } from './durations.js'
import { placeholderIn } from './placeholders.js'

/** What holds the groups: of an object the API server checks the keys itself, and a VMRule is not read by Prometheus. */
export type RuleHolder = 'file' | 'PrometheusRule' | 'VMRule'

/** Each is a problem of the file too. */
export function refusalsIn(group: Field, holder: RuleHolder): Refusal[] {
  if (holder === 'VMRule' || isForOthers(group, 'group')) return []
  const rules = group.get('rules').items()
  const found = [
    ...(holder === 'file' ? unknownKeys(group, 'group') : []),
    ...durationFaults(group, ['interval', 'query_offset']),
    ...limitFaults(group.get('limit')),
    ...rules.flatMap((rule) => faultsInRule(rule, holder)),
  ]
  return found.map(({ field, message, doubt = null, isKnown = false }) => {
    if (!isKnown) field.problem(message)
    return { source: field.source, message, doubt }
  })
}

/** Keys beside the groups; those that are known belong to another tool, which takes more. */
export function reportUnknownKeys(whole: Field): void {
  if (!isForOthers(whole, 'file'))
    for (const { field, message } of unknownKeys(whole, 'file')) field.problem(message)
}

interface Fault {
  field: Field
  message: string
  /** Why another Prometheus may take it. */
  doubt?: string
  /** A problem says so already. */
  isKnown?: boolean
}

type Level = keyof ReturnType<typeof ruleFields>['others']

function isForOthers(field: Field, level: Level): boolean {
  return keysOf(field).some((key) => ruleFields().others[level].includes(key))
}

function unknownKeys(field: Field, level: Level): Fault[] {
  const known = ruleFields().prometheus[level]
  return keysOf(field)
    .filter((key) => !known.includes(key) && placeholderIn(key, 'anywhere') === null)
    .map((key) => ({
      field: field.get(key),
      message: `Prometheus knows no ${key} of a ${level} and rejects the file: it knows ${known.join(', ')}`,
    }))
}

function faultsInRule(rule: Field, holder: RuleHolder): Fault[] {
  if (isForOthers(rule, 'rule')) return []
  return [
    ...(holder === 'file' ? unknownKeys(rule, 'rule') : []),
    ...kindFaults(rule),
    ...labelFaults(rule.get('labels'), 'label'),
    ...labelFaults(rule.get('annotations'), 'annotation'),
    ...durationFaults(rule, ['for', 'keep_firing_for']),
  ]
}

/** A rule is an alert or a recording, and what belongs to alerts is not written in the other. */
function kindFaults(rule: Field): Fault[] {
  const record = rule.get('record')
  const alert = rule.get('alert')
  if (alert.value === '' && !record.exists) return [{ field: alert, message: 'an alert without a name' }]
  const name = typeof record.value === 'string' ? record.value : null
  if (name === null) return []
  const both = {
    field: record,
    message: 'a rule with alert and record: write two of them, or Prometheus rejects the file',
  }
  const ofAlerts = ['for', 'keep_firing_for', 'annotations'].map((key) => rule.get(key)).filter(saysSomething)
  return [
    ...(alert.exists ? [both] : []),
    ...ofAlerts.map((field) => ({
      field,
      message: 'belongs to alerts: in a recording rule Prometheus rejects the file for it',
    })),
    ...seriesFaults(record, name),
  ]
}

/** A wait of zero, or no annotation in the mapping, is as if nothing was written. */
function saysSomething(field: Field): boolean {
  if (!field.exists) return false
  return typeof field.value === 'object'
    ? Object.keys(field.value!).length > 0
    : !/^0+(ms|[smhdwy])?$/.test(field.text() ?? '')
}

const SERIES = /^[A-Za-z_:][A-Za-z0-9_:]*$/
const LABEL = /^[A-Za-z_]\w*$/
const SINCE_UTF8 = 'Prometheus accepts any UTF-8 in names since 3.0, and rejects the file before'

function seriesFaults(field: Field, name: string): Fault[] {
  if (SERIES.test(name) || placeholderIn(name, 'anywhere') !== null) return []
  if (name === '') return [{ field, message: 'a recording rule without a name' }]
  if (/[{}]/.test(name))
    return [{ field, message: `"${name}" is not a name of a series: labels belong under labels` }]
  return [{ field, message: `"${name}" is not a name of a series to every Prometheus`, doubt: SINCE_UTF8 }]
}

function labelFaults(mapping: Field, kind: 'label' | 'annotation'): Fault[] {
  return keysOf(mapping)
    .filter((name) => !LABEL.test(name) && placeholderIn(name, 'anywhere') === null)
    .map((name): Fault => {
      const field = mapping.get(name)
      if (name === '') return { field, message: `a ${kind} without a name` }
      return { field, message: `"${name}" is not a name of a ${kind} to every Prometheus`, doubt: SINCE_UTF8 }
    })
    .concat(kind === 'label' && mapping.get('__name__').exists ? [nameAsLabel(mapping)] : [])
}

function nameAsLabel(labels: Field): Fault {
  return {
    field: labels.get('__name__'),
    message: 'Prometheus rejects __name__ as a label of a rule: the name is set under alert or record',
  }
}

function durationFaults(field: Field, keys: string[]): Fault[] {
  return keys
    .map((key) => field.get(key))
    .filter(durationFault)
    .map((duration) => ({
      field: duration,
      isKnown: parseDuration(duration.text()!) === null,
      message: `"${duration.text()}" is not a duration to Prometheus, which rejects the file for it: write whole numbers with a unit, the largest first, as 1h30m`,
    }))
}

function limitFaults(limit: Field): Fault[] {
  const isWhole = typeof limit.value === 'number' && Number.isInteger(limit.value)
  const isOpen = typeof limit.value === 'string' && placeholderIn(limit.value, 'anywhere') !== null
  return !limit.exists || isWhole || isOpen
    ? []
    : [{ field: limit, message: 'limit: Prometheus accepts whole numbers only, and rejects the file' }]
}
