/** What Alertmanager refuses its configuration for. Values are not quoted: secrets stand among them. */
import type { Refusal } from '../../facts/alert.js'
import { routingFields } from '../../knowledge/alerts/alerting-fields.js'
import type { Field } from '../field.js'
import { durationFault, keysOf } from '../promql/durations.js'
import { placeholderIn } from '../promql/placeholders.js'
import type { Fault } from './fault.js'
import { channelFaults, smarthostFaults } from './channel-faults.js'
import { intervalFaults } from './interval-faults.js'
import { labelFaults, matcherFaults } from './matcher-faults.js'
import { partsOf } from './time-intervals.js'

export function refusalsIn(whole: Field): Refusal[] {
  if (keysOf(whole).some((key) => routingFields().others.includes(key))) return []
  const named = [...whole.get('time_intervals').items(), ...whole.get('mute_time_intervals').items()]
  const intervals = new Set(named.flatMap((one) => one.get('name').text() ?? []))
  const receivers = whole.get('receivers').items()
  const faults = [
    ...unknownKeys(whole, 'file'),
    ...smarthostFaults(whole.get('global', 'smtp_smarthost')),
    ...rootFaults(whole.get('route')),
    ...routesBelow(whole.get('route')).flatMap((route) => routeFaults(route, intervals)),
    ...receivers.flatMap((receiver) => receiverFaults(receiver, whole.get('global'))),
    ...namedTwice(receivers, 'receiver'),
    ...whole.get('inhibit_rules').items().flatMap(inhibitionFaults),
    ...namedTwice(named, 'time interval'),
    ...named.flatMap((one) => [...namelessFault(one), ...partsOf(one).flatMap(partFaults)]),
  ]
  return faults.map(({ field, message, doubt = null }) => ({
    source: { ...field.source, isConfidential: true },
    message,
    doubt,
  }))
}

type Level = 'file' | 'route' | 'receiver' | 'inhibition' | 'interval'

function unknownKeys(field: Field, level: Level): Fault[] {
  const known = routingFields()[level]
  return keysOf(field)
    .filter((key) => !known.includes(key) && placeholderIn(key, 'anywhere') === null)
    .filter((key) => level !== 'receiver' || !key.endsWith('_configs'))
    .map((key) => ({
      field: field.get(key),
      message: `Alertmanager knows no ${key} of ${level === 'file' ? 'the' : 'a'} ${level}`,
    }))
}

/** It takes what nothing below it takes, so it may choose nothing. */
function rootFaults(root: Field): Fault[] {
  const choosing = ['matchers', 'match', 'match_re', 'mute_time_intervals', 'active_time_intervals']
  const receiver = root.get('receiver')
  return [
    ...(receiver.exists ? [] : [{ field: root, message: 'the first route has no receiver' }]),
    ...choosing
      .map((key) => ({ key, field: root.get(key) }))
      .filter(({ field: { value } }) => typeof value === 'object' && value !== null && keysOrItems(value) > 0)
      .map(({ key, field }) => ({
        field,
        message: `the first route may have no ${key}: it matches all alerts`,
      })),
    ...(root.get('continue').value === true
      ? [{ field: root.get('continue'), message: 'the first route may have no continue' }]
      : []),
  ]
}

function keysOrItems(value: object): number {
  return Object.keys(value).length
}

/** Aliases can make endless ones of a few lines. */
const MAX_ROUTES = 5000

function routesBelow(root: Field): Field[] {
  const all = [root]
  for (const route of all) {
    const below = route.get('routes')
    if (Array.isArray(below.value)) all.push(...below.items().slice(0, MAX_ROUTES - all.length))
  }
  return all
}

function routeFaults(route: Field, intervals: Set<string>): Fault[] {
  const uses = ['mute_time_intervals', 'active_time_intervals'].flatMap((key) => route.get(key).items())
  return [
    ...unknownKeys(route, 'route'),
    ...matcherFaults(route, ['matchers', 'match', 'match_re']),
    ...uses.flatMap((use) => undefinedInterval(use, intervals)),
    ...groupFaults(route.get('group_by')),
    ...['group_wait', 'group_interval', 'repeat_interval'].flatMap((key) => waitFaults(route.get(key), key)),
  ]
}

const MATCHERS = [
  'source_matchers',
  'source_match',
  'source_match_re',
  'target_matchers',
  'target_match',
  'target_match_re',
]

function inhibitionFaults(rule: Field): Fault[] {
  const { value } = rule.get('equal')
  const equal: unknown[] = Array.isArray(value) ? value : []
  return [
    ...unknownKeys(rule, 'inhibition'),
    ...matcherFaults(rule, MATCHERS),
    ...equal.flatMap((label) => labelFaults(rule.get('equal'), label)),
  ]
}

function undefinedInterval(use: Field, defined: Set<string>): Fault[] {
  const name = typeof use.value === 'string' ? use.value : null
  if (name === null || defined.has(name) || placeholderIn(name, 'anywhere') !== null) return []
  return [{ field: use, message: `a route names the time interval ${name}, which does not exist` }]
}

function groupFaults(list: Field): Fault[] {
  const labels: unknown[] = Array.isArray(list.value) ? list.value : []
  if (labels.includes('...') && labels.length > 1)
    return [{ field: list, message: 'group_by has ... beside other labels' }]
  const twice = labels.find((label, index) => labels.indexOf(label) < index)
  if (twice === undefined) return labels.flatMap((label) => labelFaults(list, label))
  return [{ field: list, message: `group_by has the label ${String(twice)} twice` }]
}

function waitFaults(wait: Field, key: string): Fault[] {
  const fault = durationFault(wait)
  if (fault)
    return [{ field: wait, message: `${key} is not a duration: whole numbers with a unit, such as 1h30m` }]
  return key !== 'group_wait' && wait.exists && wait.seconds() === 0
    ? [{ field: wait, message: `${key} is zero` }]
    : []
}

function receiverFaults(receiver: Field, global: Field): Fault[] {
  return [
    ...namelessFault(receiver),
    ...unknownKeys(receiver, 'receiver'),
    ...channelFaults(receiver, global),
  ]
}

function namelessFault(named: Field): Fault[] {
  const name = named.get('name')
  return name.exists && name.value !== '' ? [] : [{ field: named, message: 'a name is missing' }]
}

function namedTwice(all: Field[], what: string): Fault[] {
  const seen = new Set<string>()
  return all.flatMap((one): Fault[] => {
    const name = one.get('name').text()
    if (name === null || name === '') return []
    if (seen.has(name)) return [{ field: one, message: `there are two of the ${what} ${name}` }]
    seen.add(name)
    return []
  })
}

function partFaults(part: Field): Fault[] {
  return [...unknownKeys(part, 'interval'), ...intervalFaults(part)]
}
