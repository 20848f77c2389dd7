/** Which receivers an alert comes to, as far as the labels that it will have can be told from its rule. */
import type { AlertRule, Matcher } from '../../facts/alert.js'
import type { AlertRouting, RoutingNode } from '../../facts/routing.js'
import { patternOf } from './alerts.js'
import type { PartUse } from './selected-parts.js'

export type Truth = 'yes' | 'no' | 'maybe'

/** A route at which an alert comes to its receiver; not certain where labels of its series decide. */
export interface Delivery {
  node: RoutingNode
  isCertain: boolean
}

/** What Prometheus may do to the labels of every alert it sends. */
export interface ExternalLabels {
  /** It may add the label (`external_labels`): that a rule does not give it says nothing. */
  includes(label: string): boolean
  /** It may change or drop the label (`alert_relabel_configs`): what a rule gives says nothing either. */
  rewrites?(label: string): boolean
}

/**
 * The routes that Alertmanager would choose; none where an AlertmanagerConfig is for another namespace. `ofNamespace`: whether
 * the operator keeps it to its own.
 */
export function deliveriesOf(
  alert: AlertRule,
  { root, isPart, namespace }: AlertRouting,
  external: ExternalLabels,
  ofNamespace: PartUse['ofNamespace'] = 'yes',
): Delivery[] {
  if (isPart && root.receiver === null && root.routes.length === 0) return []
  const accepted = (node: RoutingNode): Truth => truthOf(node, alert, external)
  if (!isPart) return deliver(root, true, accepted)
  if (ofNamespace === 'no') return deliverAt(root, accepted(root), accepted)
  const own: Matcher[] = [{ label: 'namespace', operator: '=', value: namespace ?? '' }]
  // Where it may be for all namespaces, none is excluded.
  const isOurs = ofNamespace === 'unknown' || namespace === null ? 'maybe' : allOf(own, alert, external)
  return deliverAt(root, both(isOurs, accepted(root)), accepted)
}

function deliverAt(root: RoutingNode, truth: Truth, accepted: (node: RoutingNode) => Truth): Delivery[] {
  return truth === 'no' ? [] : deliver(root, truth === 'yes', accepted)
}

/** Of matchers that could not be read nobody knows what they accept. */
function truthOf({ matchers, isReadable }: RoutingNode, alert: AlertRule, external: ExternalLabels): Truth {
  return both(allOf(matchers, alert, external), isReadable ? 'yes' : 'maybe')
}

function both(a: Truth, b: Truth): Truth {
  return a === 'no' || b === 'no' ? 'no' : a === 'maybe' || b === 'maybe' ? 'maybe' : 'yes'
}

/**
 * Depth first, as Alertmanager goes: the first route that matches takes the alert, further ones only when it goes on; one that
 * none of the routes below takes stays where it is.
 */
function deliver(node: RoutingNode, isCertain: boolean, accepted: (node: RoutingNode) => Truth): Delivery[] {
  const found: Delivery[] = []
  let isTaken: Truth = 'no'
  let comesHere = isCertain
  for (const below of node.routes) {
    const truth = accepted(below)
    if (truth === 'no') continue
    found.push(...deliver(below, comesHere && truth === 'yes', accepted))
    if (isTaken !== 'yes') isTaken = truth
    if (below.goesOn) continue
    if (truth === 'yes') break
    comesHere = false
  }
  if (isTaken !== 'yes') found.push({ node, isCertain: isCertain && isTaken === 'no' })
  return found
}

/** Whether all matchers accept the labels of an alert. */
export function allOf(matchers: readonly Matcher[], alert: AlertRule, external: ExternalLabels): Truth {
  const truths = matchers.map((matcher) => accepts(matcher, valueOf(matcher.label, alert, external)))
  return truths.includes('no') ? 'no' : truths.includes('maybe') ? 'maybe' : 'yes'
}

/** `value`: null where it comes from the series and is not told. */
export function accepts({ operator, value: wanted }: Matcher, value: string | null): Truth {
  if (value === null) return 'maybe'
  if (operator === '=' || operator === '!=') return (value === wanted) === (operator === '=') ? 'yes' : 'no'
  const pattern = patternOf(wanted)
  if (pattern === null) return 'maybe'
  return pattern(value) === (operator === '=~') ? 'yes' : 'no'
}

/** The value that a label of the alert will have: '' for none, null where only its series can tell. */
export function valueOf(
  label: string,
  { name, labels, openLabels, query }: AlertRule,
  external: ExternalLabels,
): string | null {
  if (external.rewrites?.(label)) return null
  if (label === 'alertname') return name
  if (openLabels?.includes(label)) return null
  if (Object.hasOwn(labels, label)) return labels[label]!.includes('{{') ? null : labels[label]!
  if (external.includes(label) || isRewritten(query)) return null
  if (query.keptLabels?.includes(label) === false) return ''
  const written = query.selectors.map(({ matchers }) =>
    matchers.find((matcher) => matcher.label === label && matcher.operator === '='),
  )
  const [first] = written
  const isOne = first !== undefined && written.every((matcher) => matcher?.value === first.value)
  return isOne ? first.value : null
}

/** Labels that functions set anew, or that only one side of several has. */
function isRewritten({ functions, vectorOperations }: AlertRule['query']): boolean {
  return (
    functions.some((name) => name === 'label_replace' || name === 'label_join') ||
    vectorOperations.some(({ operator }) => operator === 'or')
  )
}

/** Routes that no alert comes to: one before them, beside them, takes all that they would, and keeps it. */
export function hiddenRoutes(node: RoutingNode): { route: RoutingNode; by: RoutingNode }[] {
  return node.routes.flatMap((route, index) => {
    const by = node.routes
      .slice(0, index)
      .find((before) => !before.goesOn && before.isReadable && takesAllOf(before, route))
    return by ? [{ route, by }] : hiddenRoutes(route)
  })
}

/** Each of its matchers stands at the other one too, or is satisfied by what that one asks for. */
function takesAllOf(before: RoutingNode, route: RoutingNode): boolean {
  return before.matchers.every((matcher) =>
    route.matchers.some(
      (other) =>
        other.label === matcher.label &&
        ((other.operator === matcher.operator && other.value === matcher.value) ||
          (other.operator === '=' && accepts(matcher, other.value) === 'yes')),
    ),
  )
}

export function routesIn(node: RoutingNode): RoutingNode[] {
  return [node, ...node.routes.flatMap(routesIn)]
}
