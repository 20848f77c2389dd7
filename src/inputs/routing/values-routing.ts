/** The configuration of Alertmanager as charts take it in their values: whole, and written as it is. */
import type { AlertRouting } from '../../facts/routing.js'
import type { Field } from '../field.js'
import { readRoutingTree } from './routing-tree.js'

/** Cheap: most values have none. */
export function holdsRoutingValues(text: string): boolean {
  return /^[ \t]*['"]?alertmanager['"]?\s*:/m.test(text) && ROUTE.test(text) && RECEIVERS.test(text)
}

const ROUTE = /^[ \t]+['"]?route['"]?\s*:/m
const RECEIVERS = /^[ \t]+['"]?receivers['"]?\s*:/m
/** Values of a chart inside of another stand one level deeper. */
const MAX_DEPTH = 1

type Holder = Pick<AlertRouting, 'object' | 'ignores'>

/** As kube-prometheus-stack and prometheus take it, under `alertmanager.config`. */
export function routingInValues(values: Field, holder: Holder, depth = 0): AlertRouting[] {
  if (!isMapping(values)) return []
  const config = values.get('alertmanager', 'config')
  const own = isMapping(config) ? readConfig(config, holder) : []
  if (own.length > 0 || depth >= MAX_DEPTH) return own
  return values.entries().flatMap(([, below]) => routingInValues(below, holder, depth + 1))
}

/** What leaves out its receiver or all channels is completed by the values of the chart, which are not here. */
function readConfig(config: Field, holder: Holder): AlertRouting[] {
  if (!config.get('route', 'receiver').exists || !Array.isArray(config.get('receivers').value)) return []
  const tree = readRoutingTree(config)
  if (!tree?.receivers.some(({ channels }) => channels.length > 0)) return []
  const place = { isPart: false, namespace: null, name: null, labels: {}, ...holder }
  return [{ fact: 'alert-routing', source: tree.root.source, ...place, ...tree }]
}

function isMapping({ value }: Field): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
