/** Clients, practices and health routes in code as subjects. */
import type { Client, Guard, Practice, Route } from '../../facts/code.js'
import { compareSources, formatSource, type Source } from '../../facts/source.js'
import type { Component, Guards, Proxied } from '../../system/component.js'
import { isMissing, withProxy } from '../../system/guards.js'
import { mostInstances } from '../../system/manifests/instances.js'
import type { Model } from '../../system/model.js'
import { handlersOf, probesOf } from '../../system/probes.js'
import { doubtIn } from '../../system/reached.js'
import { runsOn } from '../../system/workloads.js'
import type { Subject } from '../subject.js'

interface Place {
  source: Source
  message: string
}

export function codeSubjects({ facts, system }: Model): Subject[] {
  const doubtOf = doubtIn(facts)
  /** The component that has a fact; of one that is not reached, that of its package. */
  const ownerOf = (
    { package: folder }: { package: string },
    has: (component: Component) => boolean,
  ): Component | undefined =>
    system.components.find(has) ??
    system.components.find(({ packages }) => packages.some((pack) => pack.folder === folder))
  const proxiedBy = new Map(
    system.dependencies.flatMap(({ clients, proxied }) =>
      clients.map((client) => [client, proxied] as const),
    ),
  )
  const subjects = [
    ...facts.of('client').map((client) =>
      clientSubject(
        withGuardsOfProxy(client, proxiedBy.get(client)),
        ownerOf(client, ({ clients }) => clients.includes(client)),
      ),
    ),
    ...facts.of('practice').map((practice) =>
      practiceSubject(
        practice,
        ownerOf(practice, ({ practices }) => practices.includes(practice)),
      ),
    ),
    ...facts.of('route').map((route) =>
      routeSubject(
        route,
        // Of several that run the same code, the one whose probe asks it.
        system.components.find(
          (one) => one.routes.includes(route) && probesOf(route, one).includes('liveness'),
        ) ?? ownerOf(route, ({ routes }) => routes.includes(route)),
      ),
    ),
  ]
  return subjects.map((subject) => {
    const doubt = doubtOf(subject)
    return doubt === null ? subject : { ...subject, doubt }
  })
}

/** What a proxy gives instead of the code. A retry of the proxy is none of the code's, nor does it mend what is written without effect. */
function withGuardsOfProxy(client: Client, proxied: Proxied | undefined): Client {
  if (!proxied) return client
  const given = (own: Guards): Guards => {
    const lacking = Object.entries(proxied.guards).filter(
      ([pattern]) => pattern !== 'http-retry' && own[pattern] && own[pattern].state !== 'inert',
    )
    return withProxy(own, Object.fromEntries(lacking))
  }
  const calls = client.calls.map((call) => ({ ...call, guards: given(call.guards) }))
  return { ...client, guards: given(client.guards), calls }
}

/** Guard states and their reasons, as expressions and messages see them. */
export function guardFields(guards: Guards): {
  guards: Record<string, string>
  reasons: Record<string, string>
} {
  const entries = Object.entries(guards)
  return {
    guards: Object.fromEntries(entries.map(([pattern, guard]) => [pattern, guard.state])),
    reasons: Object.fromEntries(entries.map(([pattern, guard]) => [pattern, guard.reason ?? ''])),
  }
}

function clientSubject(client: Client, component: Component | undefined): Subject {
  const { host, name, variable, text } = client.target
  return {
    kind: 'client',
    identity: client.symbol,
    label: `${client.libraryTitle} client ${nameOf(client)}`,
    component: component?.id ?? null,
    source: client.source,
    at: {},
    ignores: {},
    fields: {
      ...guardFields(client.guards),
      library: client.library,
      libraryTitle: client.libraryTitle,
      version: client.version,
      protocol: client.protocol,
      target: name ?? host ?? variable ?? text ?? 'an address that was not seen',
      symbol: client.symbol,
      calls: client.calls.length,
      unasked: unaskedOf(client),
    },
    places: (pattern) =>
      pattern === 'timeout-inert' ? inertPlaces(client) : unguardedPlaces(client, pattern),
  }
}

/** `Orders.constructor.pool`, and only `pool` where it stands in no function. */
function nameOf({ symbol }: Client): string {
  return symbol
    .split('#')
    .at(-1)!
    .replace(/^\(file\)\./, '')
}

/** Patterns that hold because the library does so by default, and nobody wrote anything. */
function unaskedOf({ guards }: Client): string[] {
  return Object.entries(guards).flatMap(([pattern, { state, tier, source }]) =>
    state === 'present' && tier !== 'explicit' && source === null ? [pattern] : [],
  )
}

/** Where it is decided for all calls, the calls that go without it, and where one guard would be enough for them. */
function unguardedPlaces(client: Client, pattern: string): Place[] {
  const unguarded = client.calls.filter((call) => isMissing(call.guards[pattern]))
  const calls = unguarded.map((call) => ({
    source: call.source,
    message: `${call.method} in ${call.symbol}${whyOwn(call.guards[pattern], client.guards[pattern])}`,
  }))
  const decided = decidedAt(client, pattern, unguarded)
  if (decided) return [decided, ...calls]
  const places = [...calls, ...placesWithin(unguarded, client)]
  const isDirect = places.some(({ source }) => compareSources(source, client.source) === 0)
  return isDirect || unguarded.length < client.calls.length ? places : [...places, ...makingOf(client)]
}

/** The caller that decides how it is made, and what it is made by. */
function makingOf({ source, creation, libraryTitle }: Client): Place[] {
  const made = { source, message: 'the client is created here' }
  if (compareSources(source, creation) === 0) return [made]
  return [made, { source: creation, message: `by this call of ${libraryTitle}` }]
}

/** The calls further in that would pass on what the outermost caller does not give, each once, the outer ones first. */
function placesWithin(unguarded: Client['calls'], { libraryTitle }: Client): Place[] {
  const places = new Map<string, Place>()
  for (const { within, method } of unguarded)
    for (const [index, source] of [...within.entries()].reverse()) {
      const message = index === 0 ? `\`${method}\` of ${libraryTitle} is called here` : 'passed on here'
      places.set(formatSource(source), { source, message })
    }
  return [...places.values()]
}

/** The message of a finding tells why the client is not guarded; a call says only what is different about it. */
function whyOwn(own: Guard | undefined, ofClient: Guard | undefined): string {
  const reason = own?.reason ?? 'not guarded'
  return reason === ofClient?.reason ? '' : `: ${reason}`
}

/** Where the client is made, when only that could set the guard; the option that sets the retries of all calls alike. */
function decidedAt(client: Client, pattern: string, unguarded: Client['calls']): Place | null {
  const own = client.guards[pattern]
  const deciding = [client.source, client.creation].find(
    (source) => own?.source && compareSources(own.source, source) === 0,
  )
  if (own && deciding) return { source: deciding, message: own.reason ?? 'not guarded' }
  const written = unguarded.map(({ guards }) => guards[pattern]?.source ?? null)
  const isShared = new Set(written.map((source) => source && formatSource(source))).size === 1
  const option = isShared && /^(http-)?retry/.test(pattern) ? written[0] : null
  return option ? { source: option, message: unguarded[0]!.guards[pattern]?.reason ?? 'written here' } : null
}

/** Where the timeout is written that does nothing, once however many calls it was meant for. */
function inertPlaces(client: Client): Place[] {
  const inert = client.calls.flatMap(({ source, guards }) =>
    guards['http-timeout']?.state === 'inert'
      ? [{ ...guards['http-timeout'], source: guards['http-timeout'].source ?? source }]
      : [],
  )
  const distinct = new Map(
    inert.map(({ source, reason }) => [formatSource(source), { source, message: reason ?? 'has no effect' }]),
  )
  return [...distinct.values()]
}

/** The most that run of the workloads of a component; null without manifests of them. */
function instancesOf(component: Component | undefined): number | null {
  const counts = [...(component?.instances ?? [])]
    .filter(([workload]) => runsOn(workload))
    .map(([, instances]) => mostInstances(instances))
  return counts.length === 0 ? null : Math.max(...counts)
}

function practiceSubject(practice: Practice, component: Component | undefined): Subject {
  return {
    kind: 'practice',
    identity: `${practice.source.path}#${practice.symbol}`,
    label: practice.symbol,
    component: component?.id ?? null,
    source: practice.source,
    at: {},
    ignores: {},
    fields: {
      pattern: practice.pattern,
      state: practice.state,
      detail: practice.detail,
      reason: practice.reason,
      symbol: practice.symbol,
      instances: instancesOf(component),
    },
    places: () => [{ source: practice.source, message: practice.detail }, ...practice.related],
  }
}

/** A route with the probes of its component's containers that ask it. */
function routeSubject(route: Route, component: Component | undefined): Subject {
  return {
    kind: 'route',
    identity: `${route.source.path}#${route.method} ${route.path}`,
    label: `${route.method} ${route.path}`,
    component: component?.id ?? null,
    source: route.source,
    at: {},
    ignores: {},
    fields: {
      method: route.method,
      path: route.path,
      isWholePath: route.isWholePath,
      callsDependency: route.callsDependency,
      probes: probesOf(route, component),
      handlers: handlersOf(route, component).length,
    },
    places: () => [
      { source: route.source, message: `the handler of ${route.method} ${route.path}` },
      ...route.clients.map(({ source, libraryTitle }) => ({
        source,
        message: `it calls this ${libraryTitle} client`,
      })),
    ],
  }
}
