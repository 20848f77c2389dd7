/** Reads a tree of routes with its receivers and inhibitions: the file of Alertmanager, and the operator's spelling of it. */
import type { Matcher } from '../../facts/alert.js'
import type { Source } from '../../facts/source.js'
import type { AlertRouting, Channel, Inhibition, Receiver, RoutingNode } from '../../facts/routing.js'
import type { Field } from '../field.js'
import { parseMatchers } from './label-matchers.js'
import { refusalsIn } from './refusals.js'
import { intervalsIn } from './time-intervals.js'

const CHANNELS = /^(\w+?)(?:_configs|Configs)$/
/** A mapping: other tools have a path there. */
const ROUTE = /^['"]?route['"]?[ \t]*:[ \t]*(?:(?:&\w+[ \t]*)?(?:#.*)?$|[{&])/m
/** A list: the collectors of OpenTelemetry have a mapping. */
const RECEIVERS =
  /^['"]?receivers['"]?[ \t]*:(?:[ \t]*\[|[ \t]*(?:#.*)?(?:\r?\n[ \t]*(?:#.*)?)*\r?\n[ \t]*-)/m
const JSON_ROUTE = /"route"\s*:\s*\{/
const JSON_RECEIVERS = /"receivers"\s*:\s*\[/
/** Where the integrations keep their addresses. */
const ADDRESSES = ['url', 'api_url', 'apiURL', 'apiUrl', 'webhook_url', 'webhookURL', 'webhookUrl']
const MAX_DEPTH = 40
/** Of one tree: aliases can make endless ones of a few lines. */
const MAX_ROUTES = 5000

export type Tree = Pick<AlertRouting, 'root' | 'receivers' | 'inhibitions' | 'timeIntervals' | 'refusals'>

/** Top-level keys that no other configuration has together. */
export function holdsRouting(text: string): boolean {
  if (/^\s*\{/.test(text)) return JSON_ROUTE.test(text) && JSON_RECEIVERS.test(text)
  // All of it may stand further in, as in a value of an object.
  const indent = /^([ \t]+)['"]?\w/.exec(text)?.[1]
  const plain = indent === undefined ? text : text.replaceAll(`\n${indent}`, '\n').slice(indent.length)
  return ROUTE.test(plain) && RECEIVERS.test(plain)
}

/** Null where nothing is routed or inhibited. `isPart`: in the operator's spelling, which takes other keys. */
export function readRoutingTree(whole: Field, isPart = false): Tree | null {
  const route = whole.get('route')
  // A part without a route sends nothing anywhere, and its inhibitions count.
  const isSilencing = isPart && either(whole, 'inhibit_rules', 'inhibitRules').exists
  if (!route.exists && !isSilencing) return null
  return {
    root: readRoute(route),
    receivers: whole
      .get('receivers')
      .items()
      .flatMap((receiver) => readReceiver(receiver, whole.get('global'))),
    inhibitions: either(whole, 'inhibit_rules', 'inhibitRules').items().map(readInhibition),
    timeIntervals: Object.fromEntries(
      intervalsIn(whole).map(({ name, extent, week }) => [name, { extent, week }]),
    ),
    refusals: isPart ? [] : refusalsIn(whole),
  }
}

export function readRoute(
  route: Field,
  above: RoutingNode | null = null,
  depth = 0,
  budget: { left: number } = { left: MAX_ROUTES },
): RoutingNode {
  budget.left--
  const { matchers, isReadable } = readMatchers(route, MATCHERS)
  const groupBy = either(route, 'group_by', 'groupBy')
  const receiver = route.get('receiver').text()
  const node: RoutingNode = {
    source: confidential(route),
    receiver: receiver ?? above?.receiver ?? null,
    names: receiver !== null,
    matchers,
    isReadable,
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
  for (const below of route.get('routes').items()) {
    if (depth < MAX_DEPTH && budget.left > 0) node.routes.push(readRoute(below, node, depth + 1, budget))
    else
      route.problem(`more than ${MAX_ROUTES} routes, or ${MAX_DEPTH} of them inside each other, are not read`)
  }
  return node
}

function readReceiver(receiver: Field, global: Field): Receiver[] {
  const name = receiver.get('name').text()
  if (name === null) {
    receiver.problem('a receiver without a name: name it, or Alertmanager rejects the file')
    return []
  }
  return [
    {
      name,
      source: confidential(receiver),
      channels: receiver.entries().flatMap((entry) => channelsOf(entry, global)),
    },
  ]
}

function channelsOf([key, list]: [string, Field], global: Field): Channel[] {
  const kind = CHANNELS.exec(key)?.[1]
  if (kind === undefined) return []
  return list.items().map((channel) => ({
    kind: kind.toLowerCase(),
    host: hostOf(channel) ?? hostIn(global.get(`${kind}_api_url`)),
    ...(kind.toLowerCase() === 'webhook' ? placeIn(channel.get('url')) : {}),
  }))
}

/** Of such an address only the host is kept: the rest is often a secret. */
export function hostOf(channel: Field): string | null {
  const hosts = ADDRESSES.map((name) => hostIn(channel.get(name)))
  return hosts.find((host) => host !== null) ?? null
}

function hostIn({ value }: Field): string | null {
  return typeof value === 'string' && URL.canParse(value) ? new URL(value).hostname || null : null
}

/** Of a name that only the cluster knows, part by part; those that may be a secret are left out. */
export function placeIn({ value }: Field): Pick<Channel, 'path' | 'port'> {
  if (typeof value !== 'string' || !URL.canParse(value)) return {}
  const { hostname, pathname, port, protocol } = new URL(value)
  if (!CLUSTER_NAME.test(hostname)) return {}
  return {
    path: pathname.replace(/[^/]+/g, (part) => (PLAIN_PART.test(part) ? part : '*')),
    port: port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port),
  }
}

/** `notifier`, `notifier.shop.svc`, `notifier.shop.svc.cluster.local`; `notifier.shop` looks like a domain. */
const CLUSTER_NAME = /^[\w-]+(?:\.[\w-]+\.svc(?:\.cluster\.local)?)?$/

/** `alerts`, `alert-hooks`, `v1`. */
const PLAIN_PART = /^(?:[a-z]{1,20}(?:[-_][a-z]{1,20}){0,3}|v\d{1,2})$/

function readInhibition(rule: Field): Inhibition {
  const [sources, targets] = [readMatchers(rule, SOURCES), readMatchers(rule, TARGETS)]
  return {
    source: confidential(rule),
    sources: sources.matchers,
    targets: targets.matchers,
    isReadable: sources.isReadable && targets.isReadable,
    equal: textsOf(rule.get('equal')),
  }
}

/** Those of objects are Grafana's. */
const MATCHERS = ['matchers', 'match', 'match_re', 'object_matchers']
const SOURCES = ['source_matchers', 'sourceMatchers', 'sourceMatch', 'source_match', 'source_match_re']
const TARGETS = ['target_matchers', 'targetMatchers', 'targetMatch', 'target_match', 'target_match_re']

/** All that is written under any of the names has to match. */
function readMatchers(field: Field, names: string[]): { matchers: Matcher[]; isReadable: boolean } {
  const all = names.flatMap((name): (Matcher[] | null)[] => {
    const written = field.get(name)
    if (!written.exists) return []
    if (Array.isArray(written.value)) return written.items().map(readMatcher)
    const operator = name.endsWith('_re') ? '=~' : '='
    return [Object.entries(written.texts()).map(([label, value]) => ({ label, operator, value }))]
  })
  return { matchers: all.flatMap((found) => found ?? []), isReadable: !all.includes(null) }
}

/** `severity="critical"`, the operator's `{ name: severity, value: critical, matchType: = }`, or Grafana's `[severity, =, critical]`. */
function readMatcher(matcher: Field): Matcher[] | null {
  if (Array.isArray(matcher.value)) return fromList(matcher)
  if (typeof matcher.value !== 'string') return fromParts(matcher)
  const found = parseMatchers(matcher.value)
  if (found === null)
    matcher.problem(
      `"${matcher.value}" is not a matcher: write label="value", label!="value", label=~"pattern" or label!~"pattern"`,
    )
  return found
}

const OPERATORS = ['=', '!=', '=~', '!~'] as const

function fromList(matcher: Field): Matcher[] | null {
  const [label, written, value] = matcher.items().map((part) => part.text())
  const operator = OPERATORS.find((known) => known === written)
  if (label && operator !== undefined) return [{ label, operator, value: value ?? '' }]
  matcher.problem('a matcher is a list of a label, one of =, !=, =~ and !~, and a value')
  return null
}

function fromParts(matcher: Field): Matcher[] | null {
  const label = matcher.get('name').text()
  const type = matcher.get('matchType').text() ?? (matcher.get('regex').value === true ? '=~' : '=')
  const operator = OPERATORS.find((known) => known === type)
  if (label === null || operator === undefined) {
    matcher.problem('a matcher needs a name, and as its matchType one of =, !=, =~ and !~')
    return null
  }
  return [{ label, operator, value: matcher.get('value').text() ?? '' }]
}

/** Its receivers and their addresses stand around: nothing of it is shown. */
export function confidential({ source }: Field): Source {
  return { ...source, isConfidential: true }
}

function textsOf(list: Field): string[] {
  return list.items().flatMap((item) => item.text() ?? [])
}

function either(field: Field, name: string, other: string): Field {
  const found = field.get(name)
  return found.exists ? found : field.get(other)
}
