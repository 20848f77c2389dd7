/** Linkerd's rules for traffic: annotations of Services and routes, and ServiceProfiles. */
import type { RouteRetries, TrafficPolicies, TrafficRoutes, TrafficRule } from '../../../facts/mesh.js'
import { parseDuration } from '../../../facts/units.js'
import { meshKnowledge } from '../../../knowledge/manifests/mesh.js'
import type { Field } from '../../field.js'
import { manifestObject, placesOf } from './object.js'
import { boundOf } from './traffic.js'

const ALL_REQUESTS = { methods: null, isMarked: false, destinations: [], faults: [] }

/** What the annotations of a Service say to the proxies of its callers. */
export function readTrafficOfService(object: Field): (TrafficRoutes | TrafficPolicies)[] {
  const annotations = object.get('metadata', 'annotations')
  const name = object.get('metadata', 'name').text()
  if (name === null || !Object.keys(annotations.texts()).some((key) => key.includes('linkerd.io/'))) return []
  const identity = manifestObject(object, 'Service')
  const at = placesOf({ annotations })
  const settings = annotatedSettings(annotations)
  return [
    ...(settings
      ? [
          {
            ...identity,
            fact: 'traffic-routes' as const,
            at,
            hosts: [name],
            byCallers: true,
            byGateways: false,
            isPrivate: false,
            rules: [{ ...ALL_REQUESTS, source: annotations.source, label: 'its annotations', ...settings }],
          },
        ]
      : []),
    ...readFailureAccrual(annotations).map((policy) => ({
      ...identity,
      fact: 'traffic-policies' as const,
      at,
      host: name,
      isPrivate: false,
      hasPortSettings: false,
      policy,
      subsets: [],
    })),
  ]
}

type Settings = Pick<TrafficRule, 'at' | 'timeoutSeconds' | 'perTrySeconds' | 'retries'>

/** Null where no annotation speaks of timeouts or retries. Those of a route hold instead of its own fields. */
export function annotatedSettings(annotations: Field): Settings | null {
  const [timeout, perTry] = [
    annotations.get('timeout.linkerd.io/request'),
    annotations.get('retry.linkerd.io/timeout'),
  ]
  const retries = retriesOf(annotations, perTry)
  if (!timeout.exists && !perTry.exists && retries === null) return null
  return {
    at: placesOf({ timeout, perTryTimeout: perTry, ...(retries && { retries: annotations }) }),
    timeoutSeconds: boundOf(timeout),
    perTrySeconds: boundOf(perTry),
    retries,
  }
}

/** Statuses that are answered are retried; a slow try only where it has a timeout of its own. */
function retriesOf(annotations: Field, perTry: Field): RouteRetries | null {
  const [http, grpc] = [annotations.get('retry.linkerd.io/http'), annotations.get('retry.linkerd.io/grpc')]
  if (!http.exists && !grpc.exists) return null
  const limit = Number(annotations.get('retry.linkerd.io/limit').text() ?? meshKnowledge().linkerd.retries)
  const statuses = (http.text() ?? '').split(',').map((word) => word.trim().toLowerCase())
  const codes = (grpc.text() ?? '').split(',').map((word) => word.trim().toLowerCase())
  const answered = statuses.map((word) => (/^\d+$/.test(word) || word === '' ? word : `answered ${word}`))
  return {
    source: (http.exists ? http : grpc).source,
    attempts: Number.isInteger(limit) ? limit : null,
    on: [...answered, ...codes, ...(perTry.exists ? ['slow-try'] : [])].filter((word) => word !== ''),
  }
}

function readFailureAccrual(annotations: Field): NonNullable<TrafficPolicies['policy']>[] {
  const mode = annotations.get('balancer.linkerd.io/failure-accrual')
  if (mode.text() !== 'consecutive') return []
  const of = (name: string): string | null =>
    annotations.get(`balancer.linkerd.io/failure-accrual-consecutive-${name}`).text()
  const { failures, penaltySeconds } = meshKnowledge().linkerd
  return [
    {
      source: mode.source,
      outlierDetection: {
        source: mode.source,
        at: {},
        consecutiveErrors: Number(of('max-failures') ?? failures),
        consecutiveGatewayErrors: null,
        consecutiveLocalFailures: null,
        baseEjectionSeconds: parseDuration(of('min-penalty') ?? penaltySeconds),
        // Every endpoint may be unavailable at once.
        maxEjectionPercent: 100,
        minHealthPercent: 0,
      },
      connectionPool: null,
      failover: null,
    },
  ]
}

/** Routes of a Service under its whole name; what may be retried is, as long as the budget of the Service lasts. */
export function readServiceProfile(object: Field): TrafficRoutes[] {
  const spec = object.get('spec')
  const name = object.get('metadata', 'name').text()
  return [
    {
      ...manifestObject(object, 'ServiceProfile'),
      fact: 'traffic-routes',
      at: placesOf({ spec, routes: spec.get('routes') }),
      hosts: name === null ? [] : [name],
      byCallers: true,
      byGateways: false,
      isPrivate: false,
      passesOthers: !spec.get('routes').items().some(takesAll),
      rules: spec.get('routes').items().map(readProfileRoute),
    },
  ]
}

/** A path of any kind is the whole condition. */
function takesAll(route: Field): boolean {
  const condition = route.get('condition')
  return (
    /^\^?\/?\.\*\$?$/.test(condition.get('pathRegex').text() ?? '') &&
    condition.entries().every(([key]) => key === 'pathRegex')
  )
}

function readProfileRoute(route: Field, index: number): TrafficRule {
  const [timeout, isRetryable] = [route.get('timeout'), route.get('isRetryable')]
  const method = route.get('condition', 'method').text() ?? methodOfAll(route.get('condition', 'all'))
  return {
    ...ALL_REQUESTS,
    source: route.source,
    at: placesOf({ timeout, retries: isRetryable }),
    label: route.get('name').text() ?? `rule ${index + 1}`,
    methods: method === null || isReadingCall(route.get('condition', 'pathRegex').text()) ? null : [method],
    timeoutSeconds: boundOf(timeout),
    perTrySeconds: null,
    retries:
      isRetryable.value === true
        ? { source: isRetryable.source, attempts: null, on: ['answered 5xx'] }
        : null,
  }
}

/** The path of a call of gRPC, with or without the escapes of a regular expression: `/shop\.v1\.Carts/ListItems`. */
const GRPC_PATH = /^\^?\/[\w\\.]*\.[A-Z]\w*\/([A-Z][a-z]+)\w*\$?$/

function isReadingCall(path: string | null): boolean {
  const verb = GRPC_PATH.exec(path ?? '')?.[1]
  return verb !== undefined && meshKnowledge().readingCalls.includes(verb.toLowerCase())
}

function methodOfAll(conditions: Field): string | null {
  const methods = conditions.items().flatMap((condition) => condition.get('method').text() ?? [])
  return methods.length === 1 ? methods[0]! : null
}
