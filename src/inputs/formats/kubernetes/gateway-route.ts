/** HTTPRoute and GRPCRoute of the Gateway API: what gateways, or the proxies of callers, do to the traffic. */
import type { Destination, RouteRetries, TrafficRoutes, TrafficRule } from '../../../facts/mesh.js'
import type { Field } from '../../field.js'
import { annotatedSettings } from './linkerd.js'
import { manifestObject, placesOf } from './object.js'
import { boundOf } from './traffic.js'

/** What is retried besides status codes: gateways are to retry a try that broke off or took too long. */
const BROKEN_OFF = ['connect-failure', 'reset']

export function readTrafficOfRoute(object: Field, kind: string): TrafficRoutes[] {
  const spec = object.get('spec')
  const parents = spec.get('parentRefs').items()
  const services = parents.filter((parent) => parent.get('kind').value === 'Service')
  const byGateways = parents.some((parent) => (parent.get('kind').value ?? 'Gateway') === 'Gateway')
  const annotated = annotatedSettings(object.get('metadata', 'annotations'))
  return [
    {
      ...manifestObject(object, kind),
      fact: 'traffic-routes',
      at: placesOf({ spec, rules: spec.get('rules') }),
      hosts: [...(byGateways ? texts(spec.get('hostnames')) : []), ...services.flatMap(hostOf)],
      byCallers: services.length > 0,
      byGateways,
      isPrivate: false,
      rules: spec
        .get('rules')
        .items()
        .map((rule, index) => withSettings(readRule(rule, index), annotated)),
    },
  ]
}

/** True where only the proxies of callers apply it: nobody comes in there. */
export function isOfCallers(object: Field): boolean {
  const parents = object.get('spec', 'parentRefs').items()
  return parents.length > 0 && parents.every((parent) => parent.get('kind').value === 'Service')
}

/** What annotations say holds instead of the fields. */
function withSettings(rule: TrafficRule, settings: ReturnType<typeof annotatedSettings>): TrafficRule {
  if (!settings) return rule
  return {
    ...rule,
    at: { ...rule.at, ...settings.at },
    timeoutSeconds: settings.timeoutSeconds ?? rule.timeoutSeconds,
    perTrySeconds: settings.perTrySeconds ?? rule.perTrySeconds,
    retries: settings.retries ?? rule.retries,
  }
}

function hostOf(reference: Field): string[] {
  const [name, namespace] = [reference.get('name').text(), reference.get('namespace').text()]
  if (name === null) return []
  return [namespace === null ? name : `${name}.${namespace}.svc.cluster.local`]
}

function readRule(rule: Field, index: number): TrafficRule {
  const [request, backendRequest] = ['request', 'backendRequest'].map((name) => rule.get('timeouts', name))
  const retry = rule.get('retry')
  return {
    source: rule.source,
    at: placesOf({
      timeout: request!,
      perTryTimeout: backendRequest!,
      retries: retry,
      retryOn: retry.get('codes'),
      route: rule.get('backendRefs'),
    }),
    label: rule.get('name').text() ?? `rule ${index + 1}`,
    ...readMatches(rule.get('matches').items()),
    destinations: rule.get('backendRefs').items().flatMap(readDestination),
    timeoutSeconds: boundOf(request!),
    perTrySeconds: boundOf(backendRequest!),
    retries: readRetries(retry),
    faults: [],
  }
}

function readRetries(retry: Field): RouteRetries | null {
  if (!retry.exists) return null
  const codes = retry
    .get('codes')
    .items()
    .flatMap((code) => code.text() ?? [])
  return {
    source: retry.source,
    attempts: retry.get('attempts').number(),
    on: [...codes, ...BROKEN_OFF],
  }
}

/** The method of a GRPCRoute's match is a mapping, a service and its method: as HTTP, all of them are POST. */
function readMatches(matches: Field[]): Pick<TrafficRule, 'methods' | 'isMarked'> {
  const methods = matches.map((match) => match.get('method'))
  const isByMethod = matches.length > 0 && methods.every(({ value }) => typeof value === 'string')
  return {
    methods: isByMethod ? [...new Set(methods.flatMap((method) => method.text() ?? []))].sort() : null,
    isMarked:
      matches.length > 0 &&
      matches.every((match) => match.get('headers').exists || match.get('queryParams').exists),
  }
}

function readDestination(reference: Field): Destination[] {
  const isService = (reference.get('kind').value ?? 'Service') === 'Service'
  return !isService
    ? []
    : hostOf(reference).map((host) => ({
        host,
        subset: null,
        port: reference.get('port').number(),
        source: reference.source,
      }))
}

function texts(field: Field): string[] {
  return field.items().flatMap((item) => item.text() ?? [])
}
