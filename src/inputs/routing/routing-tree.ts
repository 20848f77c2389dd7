/** Reads a tree of routes with its receivers and inhibitions: the file of Alertmanager, and the operator's spelling of it. */
import type { Matcher } from '../../facts/alert.js'
import type { AlertRouting, Channel, Inhibition, Receiver, RoutingNode } from '../../facts/routing.js'
import type { Field } from '../field.js'
import { parseMatchers } from './label-matchers.js'

const CHANNELS = /^(\w+?)(?:_configs|Configs)$/
const ROUTE = /^['"]?route['"]?\s*:/m
const RECEIVERS = /^['"]?receivers['"]?\s*:/m
/** Where the integrations keep their addresses. */
const ADDRESSES = ['url', 'api_url', 'apiURL', 'apiUrl', 'webhook_url', 'webhookURL', 'webhookUrl']
const MAX_DEPTH = 40

type Tree = Pick<AlertRouting, 'root' | 'receivers' | 'inhibitions'>

/** Top-level keys that no other configuration has together. */
export function holdsRouting(text: string): boolean {
  return ROUTE.test(text) && RECEIVERS.test(text)
}

/** Null where there is no route at all. */
export function readRoutingTree(whole: Field): Tree | null {
  const route = whole.get('route')
  if (!route.exists) return null
  return {
    root: readRoute(route, null, 0),
    receivers: whole.get('receivers').items().flatMap(readReceiver),
    inhibitions: either(whole, 'inhibit_rules', 'inhibitRules').items().map(readInhibition),
  }
}

function readRoute(route: Field, above: RoutingNode | null, depth: number): RoutingNode {
  const groupBy = either(route, 'group_by', 'groupBy')
  const receiver = route.get('receiver').text()
  const node: RoutingNode = {
    source: route.source,
    receiver: receiver ?? above?.receiver ?? null,
    names: receiver !== null,
    matchers: matchersOf(route, ['matchers', 'match', 'match_re']),
    goesOn: route.get('continue').value === true,
    groupBy: groupBy.exists
      ? groupBy.items().flatMap((label) => label.text() ?? [])
      : (above?.groupBy ?? null),
    groupWaitSeconds: either(route, 'group_wait', 'groupWait').seconds() ?? above?.groupWaitSeconds ?? null,
    groupIntervalSeconds:
      either(route, 'group_interval', 'groupInterval').seconds() ?? above?.groupIntervalSeconds ?? null,
    mutedIn: textsOf(either(route, 'mute_time_intervals', 'muteTimeIntervals')),
    activeIn: textsOf(either(route, 'active_time_intervals', 'activeTimeIntervals')),
    routes: [],
  }
  if (depth > MAX_DEPTH) route.problem(`routes deeper than ${MAX_DEPTH} are not read: make the tree flatter`)
  else
    node.routes = route
      .get('routes')
      .items()
      .map((below) => readRoute(below, node, depth + 1))
  return node
}

function readReceiver(receiver: Field): Receiver[] {
  const name = receiver.get('name').text()
  if (name === null) {
    receiver.problem('a receiver without a name: name it, or Alertmanager refuses the file')
    return []
  }
  return [{ name, source: receiver.source, channels: receiver.entries().flatMap(channelsOf) }]
}

function channelsOf([key, list]: [string, Field]): Channel[] {
  const kind = CHANNELS.exec(key)?.[1]
  if (kind === undefined) return []
  return list.items().map((channel) => ({ kind: kind.toLowerCase(), host: hostOf(channel) }))
}

/** Only the host is kept: the rest of such an address is often a secret. */
function hostOf(channel: Field): string | null {
  for (const name of ADDRESSES) {
    const { value } = channel.get(name)
    if (typeof value === 'string' && URL.canParse(value)) return new URL(value).hostname || null
  }
  return null
}

function readInhibition(rule: Field): Inhibition {
  return {
    source: rule.source,
    sources: matchersOf(rule, [
      'source_matchers',
      'sourceMatchers',
      'sourceMatch',
      'source_match',
      'source_match_re',
    ]),
    targets: matchersOf(rule, [
      'target_matchers',
      'targetMatchers',
      'targetMatch',
      'target_match',
      'target_match_re',
    ]),
    equal: textsOf(rule.get('equal')),
  }
}

/** All that is written under any of the names has to match. */
function matchersOf(field: Field, names: string[]): Matcher[] {
  return names.flatMap((name) => {
    const written = field.get(name)
    if (!written.exists) return []
    if (Array.isArray(written.value)) return written.items().flatMap(readMatcher)
    const operator = name.endsWith('_re') ? '=~' : '='
    return Object.entries(written.texts()).map(([label, value]) => ({ label, operator, value }))
  })
}

/** `severity="critical"`, or the operator's `{ name: severity, value: critical, matchType: = }`. */
function readMatcher(matcher: Field): Matcher[] {
  if (typeof matcher.value !== 'string') return fromParts(matcher)
  const found = parseMatchers(matcher.value)
  if (found === null)
    matcher.problem(
      `"${matcher.value}" is no matcher: write label="value", label!="value", label=~"pattern" or label!~"pattern"`,
    )
  return found ?? []
}

const OPERATORS = ['=', '!=', '=~', '!~'] as const

function fromParts(matcher: Field): Matcher[] {
  const label = matcher.get('name').text()
  const type = matcher.get('matchType').text() ?? (matcher.get('regex').value === true ? '=~' : '=')
  const operator = OPERATORS.find((known) => known === type)
  if (label === null || operator === undefined) {
    matcher.problem('a matcher needs a name, and as its matchType one of =, !=, =~ and !~')
    return []
  }
  return [{ label, operator, value: matcher.get('value').text() ?? '' }]
}

function textsOf(list: Field): string[] {
  return list.items().flatMap((item) => item.text() ?? [])
}

function either(field: Field, name: string, other: string): Field {
  const found = field.get(name)
  return found.exists ? found : field.get(other)
}
