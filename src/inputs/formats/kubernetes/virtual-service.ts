/** What an Istio VirtualService does to HTTP traffic. */
import type { Destination, InjectedFault, TrafficRoutes, TrafficRule } from '../../../facts/mesh.js'
import type { Field } from '../../field.js'
import { manifestObject, placesOf } from './object.js'
import { boundOf } from './traffic.js'

/** The sidecars themselves, among the gateways of a VirtualService. */
const MESH = 'mesh'

/** Its HTTP rules; those of TLS and TCP pass bytes on and have neither timeouts nor retries. */
export function readTrafficOfVirtualService(object: Field): TrafficRoutes[] {
  const spec = object.get('spec')
  const gateways = texts(spec.get('gateways'))
  return [
    {
      ...manifestObject(object, 'VirtualService'),
      fact: 'traffic-routes',
      at: placesOf({ spec, http: spec.get('http') }),
      hosts: texts(spec.get('hosts')),
      byCallers: gateways.length === 0 || gateways.includes(MESH),
      byGateways: gateways.some((gateway) => gateway !== MESH),
      isPrivate: isPrivate(spec.get('exportTo')),
      rules: spec.get('http').items().map(readRule),
    },
  ]
}

/** Anything but `*` keeps it from some callers. */
export function isPrivate(exportTo: Field): boolean {
  const namespaces = texts(exportTo)
  return namespaces.length > 0 && !namespaces.includes('*')
}

function readRule(rule: Field, index: number): TrafficRule {
  const retries = rule.get('retries')
  const perTry = retries.get('perTryTimeout')
  return {
    source: rule.source,
    at: placesOf({
      timeout: rule.get('timeout'),
      retries,
      perTryTimeout: perTry,
      retryOn: retries.get('retryOn'),
      fault: rule.get('fault'),
      route: rule.get('route'),
    }),
    label: rule.get('name').text() ?? `rule ${index + 1}`,
    ...readMatches(rule.get('match').items()),
    destinations: rule.get('route').items().flatMap(readDestination),
    timeoutSeconds: boundOf(rule.get('timeout')),
    perTrySeconds: boundOf(perTry),
    retries: retries.exists
      ? {
          source: retries.source,
          attempts: retries.get('attempts').number() ?? 0,
          on: words(retries.get('retryOn')),
        }
      : null,
    faults: readFaults(rule.get('fault')),
  }
}

/** One of the matches is enough, so that a match without a condition takes all. */
function readMatches(matches: Field[]): Pick<TrafficRule, 'methods' | 'isMarked'> {
  const methods = matches.map((match) => methodsIn(match.get('method')))
  const isByMethod = matches.length > 0 && !methods.includes(null)
  return {
    methods: isByMethod ? [...new Set(methods.flatMap((names) => names ?? []))].sort() : null,
    isMarked: matches.length > 0 && matches.every(isMarked),
  }
}

/** `exact: GET`, `regex: GET|HEAD`; null for none, and for a pattern that is more than a choice. */
function methodsIn(method: Field): string[] | null {
  const text = method.get('exact').text() ?? method.get('regex').text() ?? ''
  const [, choice] = /^\^?\(?([A-Z]+(?:\|[A-Z]+)*)\)?\$?$/.exec(text) ?? []
  return choice?.split('|') ?? null
}

function isMarked(match: Field): boolean {
  const marks = ['headers', 'queryParams', 'sourceLabels', 'sourceNamespace']
  return marks.some((mark) => match.get(mark).exists)
}

function readDestination(route: Field): Destination[] {
  const destination = route.get('destination')
  const host = destination.get('host').text()
  if (host === null) return []
  return [
    {
      host,
      subset: destination.get('subset').text(),
      port: destination.get('port', 'number').number(),
      source: destination.source,
    },
  ]
}

/** Without a percentage nothing is injected; `percent` is the older way to write that of a delay. */
function readFaults(fault: Field): InjectedFault[] {
  const [abort, delay] = [fault.get('abort'), fault.get('delay')]
  const status = abort.get('httpStatus').text() ?? abort.get('grpcStatus').text()
  const all = [
    { at: abort, effect: `an abort${status === null ? '' : ` with ${status}`}` },
    { at: delay, effect: `a delay of ${delay.get('fixedDelay').text() ?? 'some time'}` },
  ]
  return all.flatMap(({ at, effect }) => {
    if (!at.exists) return []
    const percent = at.get('percentage', 'value').number() ?? at.get('percent').number() ?? 0
    return percent > 0 ? [{ source: at.source, effect, percent }] : []
  })
}

/** `5xx,reset,503`; null when nothing is written. */
function words(field: Field): string[] | null {
  const all = (field.text() ?? '').split(',').map((word) => word.trim().toLowerCase())
  const written = all.filter((word) => word !== '')
  return written.length === 0 ? null : written
}

function texts(field: Field): string[] {
  return field.items().flatMap((item) => item.text() ?? [])
}
