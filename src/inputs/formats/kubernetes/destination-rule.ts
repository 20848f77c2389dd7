/** Istio's DestinationRule: how traffic is spread over the pods behind a host, and what guards it. */
import type {
  ConnectionPool,
  OutlierDetection,
  Subset,
  TrafficPolicies,
  TrafficPolicy,
} from '../../../facts/mesh.js'
import type { Field } from '../../field.js'
import { manifestObject, placesOf } from './object.js'
import { isPrivate } from './virtual-service.js'

/** Limits that make callers wait or fail instead of piling up; the others only shape connections. */
const LIMITS = {
  tcp: ['maxConnections'],
  http: ['http1MaxPendingRequests', 'http2MaxRequests'],
}

export function readDestinationRule(object: Field): TrafficPolicies[] {
  const spec = object.get('spec')
  const policy = spec.get('trafficPolicy')
  return [
    {
      ...manifestObject(object, 'DestinationRule'),
      fact: 'traffic-policies',
      at: placesOf({ host: spec.get('host'), trafficPolicy: policy, subsets: spec.get('subsets') }),
      host: spec.get('host').text() ?? '',
      isPrivate: isPrivate(spec.get('exportTo')) || spec.get('workloadSelector').exists,
      hasPortSettings: policy.get('portLevelSettings').exists,
      policy: readPolicy(policy),
      subsets: spec.get('subsets').items().flatMap(readSubset),
    },
  ]
}

function readSubset(subset: Field): Subset[] {
  const name = subset.get('name').text()
  if (name === null) return []
  return [
    {
      source: subset.source,
      name,
      labels: subset.get('labels').texts(),
      policy: readPolicy(subset.get('trafficPolicy')),
    },
  ]
}

function readPolicy(policy: Field): TrafficPolicy | null {
  if (!policy.exists) return null
  const locality = policy.get('loadBalancer', 'localityLbSetting')
  // It is on unless it is switched off.
  const isOn = locality.get('enabled').value !== false
  const failover = [locality.get('failover'), locality.get('failoverPriority')].find(
    ({ exists }) => exists && isOn,
  )
  return {
    source: policy.source,
    outlierDetection: readOutlierDetection(policy.get('outlierDetection')),
    connectionPool: readConnectionPool(policy.get('connectionPool')),
    failover: failover?.source ?? null,
  }
}

/** `consecutiveErrors` is what `consecutiveGatewayErrors` was called up to Istio 1.5. */
function readOutlierDetection(detection: Field): OutlierDetection | null {
  if (!detection.exists) return null
  const maxEjectionPercent = detection.get('maxEjectionPercent')
  const gateway = detection.get('consecutiveGatewayErrors')
  return {
    source: detection.source,
    at: placesOf({ maxEjectionPercent, baseEjectionTime: detection.get('baseEjectionTime') }),
    consecutiveErrors: detection.get('consecutive5xxErrors').number(),
    consecutiveGatewayErrors: (gateway.exists ? gateway : detection.get('consecutiveErrors')).number(),
    consecutiveLocalFailures: detection.get('consecutiveLocalOriginFailures').number(),
    baseEjectionSeconds: detection.get('baseEjectionTime').seconds(),
    maxEjectionPercent: maxEjectionPercent.number(),
    minHealthPercent: detection.get('minHealthPercent').number(),
  }
}

function readConnectionPool(pool: Field): ConnectionPool | null {
  if (!pool.exists) return null
  const limits = Object.entries(LIMITS).flatMap(([protocol, names]) =>
    names.flatMap((name) => {
      const limit = pool.get(protocol, name).number()
      return limit === null ? [] : [[name, limit] as const]
    }),
  )
  return { source: pool.source, limits: Object.fromEntries(limits) }
}
