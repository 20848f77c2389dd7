/** What the proxy beside a caller adds to its calls of another component: timeout, retries, ejection, limits. */
import { formatDuration } from '../../facts/units.js'
import type { Client, Guard } from '../../facts/code.js'
import type { NetworkService } from '../../facts/kubernetes.js'
import type { TrafficPolicies, TrafficRoutes } from '../../facts/mesh.js'
import { formatSource } from '../../facts/source.js'
import { meshKnowledge } from '../../knowledge/manifests/mesh.js'
import { UNPROXIED, type Component, type Guards, type Proxied } from '../component.js'
import { environmentOf } from '../manifests/environment.js'
import { guard } from '../guards.js'
import type { Manifests } from '../manifests/manifests.js'
import { membershipOf } from './membership.js'
import { hostOf } from '../targets.js'
import { boundOfRule, retryingOf, type Traffic } from './traffic.js'
import { ejectable, ejectionOf, upstreamsOf } from './upstreams.js'

/** Protocols whose calls proxies read; `unknown` where only an address was seen. */
const READ_PROTOCOLS = ['http', 'grpc', 'unknown']

interface Call {
  from: Component
  to: Component
  protocol: string
  clients: Client[]
}

export function proxiedCall(call: Call, traffic: Traffic, manifests: Manifests): Proxied {
  if (!READ_PROTOCOLS.includes(call.protocol)) return UNPROXIED
  const services = manifests.sameness.partition(call.to.services).map(([service]) => service!)
  const [service, other] = services.filter(
    (one) => traffic.routesTo(one).length > 0 || traffic.policiesOf(one).length > 0,
  )
  if (!service || isPassedOn(service)) return UNPROXIED
  const plain = isPlain(call, service, manifests)
  if (plain === false) return UNPROXIED
  const membership = call.from.workloads.map((workload) => membershipOf(workload, manifests))
  if (membership.some(({ isIn }) => isIn === false)) return UNPROXIED
  const kinds = membership.flatMap((one) => (one.kinds === null ? [] : [one.kinds]))
  const isRead = ({ kind }: { kind: string }): boolean => kinds.every((read) => read.includes(kind))
  const routes = merged(traffic.routesTo(service).filter(isRead))
  const policies = traffic.policiesOf(service).filter(isRead)
  const doubts = [
    other && `${call.to.name} has several Services: ${service.name}, ${other.name}`,
    call.from.workloads.length === 0 ? `no manifest of ${call.from.name} was read` : null,
    membership.find(({ isIn }) => isIn === null)?.reason,
    plain === null
      ? 'whether the caller itself encrypts the call, which the proxy then cannot read, was not seen'
      : null,
    doubtOfRoutes(routes, manifests),
  ]
  const proxied = { ...ofRoutes(routes[0]), doubt: doubts.find((doubt) => doubt) ?? null }
  const guards = { ...proxied.guards, ...guardsOfPolicies(policies, traffic, manifests) }
  return { ...proxied, guards: proxied.doubt === null ? guards : doubted(guards, proxied.doubt) }
}

/** Routes of some kinds are read as one. */
function merged([first, ...others]: TrafficRoutes[]): TrafficRoutes[] {
  if (!first || !meshKnowledge().mergedKinds.includes(first.kind)) return first ? [first, ...others] : []
  return [{ ...first, rules: [first, ...others].flatMap(({ rules }) => rules) }]
}

/** A port that is named for bytes alone. */
function isPassedOn({ ports }: NetworkService): boolean {
  const { opaquePorts } = meshKnowledge()
  return (
    ports.length > 0 &&
    ports.every(({ name }) => name !== null && opaquePorts.includes(name.split('-', 1)[0]!))
  )
}

/** Whether callers write http://; null where an address without a scheme was seen. */
function isPlain({ from, clients }: Call, service: NetworkService, manifests: Manifests): boolean | null {
  const env = from.workloads.flatMap((workload) => environmentOf(workload, manifests))
  const valueOf = (variable: string): string => env.find(({ name }) => name === variable)?.value ?? ''
  const addresses =
    clients.length > 0
      ? clients.map(({ target }) =>
          target.variable === null ? (target.text ?? '') : valueOf(target.variable),
        )
      : env.flatMap(({ value }) => (value !== null && isOf(service, hostOf(value)) ? value : []))
  const schemes = addresses.map(
    (address) => /^['"`]?([a-z]+):\/\//i.exec(address.trim())?.[1]?.toLowerCase() ?? null,
  )
  if (schemes.includes('https')) return false
  return schemes.length > 0 && schemes.every((scheme) => scheme === 'http') ? true : null
}

function isOf({ name }: NetworkService, host: string | null): boolean {
  return host?.split('.', 1)[0] === name
}

function doubtOfRoutes(routes: TrafficRoutes[], manifests: Manifests): string | null {
  const [first, other] = routes
  if (first && other)
    return `several rules are for it (${formatSource(first.source)}, ${formatSource(other.source)}), and which of them holds was not seen`
  if (first?.isPrivate) return `${nameOf(first)} is not for callers of every namespace`
  const piece = first && manifests.patchOfTraffic(first)
  return piece ? `${piece.source.path} patches ${nameOf(first)}` : null
}

function nameOf({ kind, name, source }: TrafficRoutes): string {
  return `${kind} ${name} (${formatSource(source)})`
}

function ofRoutes(routes: TrafficRoutes | undefined): Omit<Proxied, 'doubt'> {
  if (!routes || routes.rules.length === 0) return UNPROXIED
  const retrying = routes.rules.map(retryingOf)
  // Only failures that come from the callee add up over the layers of a call.
  const tries = retrying.map((one) => (one && (one.server || one.slow) ? one.tries : 1))
  const most = tries.includes(null) ? null : Math.max(...tries.map(Number))
  return {
    guards: { ...timeoutOf(routes), ...retriesOf(routes, most) },
    tries: most,
    needSeconds: needOf(routes),
  }
}

function timeoutOf(routes: TrafficRoutes): Guards {
  const bounds = routes.rules.map(boundOfRule)
  const known = bounds.filter((bound) => bound !== null)
  if (known.length === 0) return {}
  const open = routes.rules.filter((_, index) => bounds[index] === null).map(({ label }) => label)
  if (routes.passesOthers) open.push('no rule')
  const [source] = routes.rules.flatMap(({ at }) => at['timeout'] ?? at['perTryTimeout'] ?? [])
  if (open.length > 0)
    return {
      'http-timeout': guard(
        'unknown',
        `${nameOf(routes)} ends some calls in time, and not those of ${open.join(', ')}: which rule takes these calls was not seen`,
        source,
      ),
    }
  const seconds = Math.max(...known)
  return {
    'http-timeout': guard(
      'present',
      `the proxy of the caller ends the call after ${formatDuration(seconds)}: ${nameOf(routes)}`,
      source ?? routes.source,
      seconds,
      's',
    ),
  }
}

function retriesOf(routes: TrafficRoutes, tries: number | null): Guards {
  if (tries === 1) return {}
  const [source] = routes.rules.flatMap(({ retries }) => retries?.source ?? [])
  const reason = `the proxy of the caller retries: ${nameOf(routes)}`
  return {
    'http-retry':
      tries === null
        ? guard('unknown', `${reason}, and how often was not seen`, source)
        : guard('present', reason, source, tries - 1, 'retries'),
  }
}

function needOf({ rules }: TrafficRoutes): number | null {
  const needs = rules.flatMap((rule) => {
    const retrying = retryingOf(rule)
    const isSlow = retrying?.slow && retrying.tries !== null && retrying.tries > 1
    return isSlow ? (boundOfRule(rule) ?? []) : []
  })
  return needs.length === 0 ? null : Math.max(...needs)
}

/** Only what holds for all groups of pods behind the Service. */
function guardsOfPolicies(policies: TrafficPolicies[], traffic: Traffic, manifests: Manifests): Guards {
  const [only, other] = policies
  if (!only || other || only.isPrivate || only.hasPortSettings || manifests.patchOfTraffic(only)) return {}
  const upstreams = upstreamsOf(only, traffic, manifests)
  const name = `${only.kind} ${only.name} (${formatSource(only.source)})`
  const ejects = upstreams.every(({ policy, instances }) => {
    const detection = policy?.outlierDetection
    return detection && instances !== null && ejectable(ejectionOf(detection), instances.least) >= 1
  })
  const limits = upstreams.every(({ policy }) => Object.keys(policy?.connectionPool?.limits ?? {}).length > 0)
  return {
    ...(ejects && {
      'circuit-breaker': guard(
        'present',
        `the proxy of the caller ejects failing instances: ${name}`,
        only.source,
      ),
    }),
    ...(limits && {
      bulkhead: guard('present', `the proxy of the caller limits the calls: ${name}`, only.source),
    }),
  }
}

function doubted(guards: Guards, doubt: string): Guards {
  const entries = Object.entries(guards).map(([pattern, { reason, source }]): [string, Guard] => [
    pattern,
    guard('unknown', `${reason}; but ${doubt}`, source),
  ])
  return Object.fromEntries(entries)
}
