/** Which endpoint of a callee a call asks, and where that leads: what is not shown there is not said to happen. */
import type { Endpoint } from '../facts/code.js'
import { formatSource, type Source } from '../facts/source.js'
import type { Component, Dependency, Site } from './component.js'
import { isCaughtInTime } from './sites.js'

/**
 * The only one that a call names by method and path; null where they are not written, or several or none answer. The address
 * before the path may have one of its own, so that every endpoint counts whose path ends like it.
 */
export function endpointAsked({ path }: Site, callee: Component): Endpoint | null {
  const [method, text] = path?.asks?.split(' ') ?? []
  if (!text || method === ANY_METHOD) return null
  const [only, ...others] = callee.endpoints.filter(
    (endpoint) => (endpoint.method === 'ALL' || endpoint.method === method) && answers(endpoint.path, text),
  )
  return only && others.length === 0 ? only : null
}

const ANY_METHOD = '*'

/** `/orders/:id` answers `/orders/*`, and nothing that is written out: that may have an endpoint of its own. */
function answers(pattern: string, asked: string): boolean {
  const [all, other] = [pattern, asked].map((text) => text.split('/').filter(Boolean)) as [string[], string[]]
  const own = all.slice(Math.max(0, all.length - other.length))
  return (
    own.length === other.length &&
    own.every((part, index) => (part.startsWith(':') ? other[index]!.includes('*') : part === other[index]))
  )
}

export function isReached(site: Site, { calls }: Endpoint): boolean {
  return isAmong(calls, site)
}

export function isAwaited(site: Site, { awaited }: Endpoint): boolean {
  return isAmong(awaited, site)
}

function isAmong(places: Source[], { source, call }: Site): boolean {
  const place = formatSource(call?.within[0] ?? source)
  return places.some((one) => formatSource(one) === place)
}

/** `shown`: an endpoint that is asked leads there; `refuted`: all that are asked are known, and none does. */
export type Leading = 'shown' | 'refuted' | 'unknown'

/** Whether what one component asks of another leads to the calls that this one makes in turn. */
export function leadsTo(outer: Dependency, inner: Dependency, callee: Component): Leading {
  const open = outer.sites.filter((site) => !isCaughtInTime(site))
  const places = inner.sites.map(({ source, call }) => call?.within[0] ?? source)
  return leading({ sites: open }, callee, places, ({ calls }, place) =>
    calls.some((source) => formatSource(source) === formatSource(place)),
  )
}

/** Whether what is asked of a component leads to some code of it. */
export function leadsToCode(dependency: Dependency, callee: Component, places: Source[]): Leading {
  return leading(dependency, callee, places, ({ functions }, place) =>
    functions.some(
      (body) => body.path === place.path && body.line <= place.line && place.line <= body.endLine,
    ),
  )
}

function leading(
  { sites }: Pick<Dependency, 'sites'>,
  callee: Component,
  places: Source[],
  reaches: (endpoint: Endpoint, place: Source) => boolean,
): Leading {
  const asked = sites.map((site) => endpointAsked(site, callee))
  if (asked.some((endpoint) => endpoint && places.some((place) => reaches(endpoint, place)))) return 'shown'
  // What no endpoint leads to may run for all of them.
  const areOfEndpoints = places.every((place) =>
    callee.endpoints.some((endpoint) => reaches(endpoint, place)),
  )
  const isKnown = sites.length > 0 && places.length > 0 && !asked.includes(null)
  return isKnown && areOfEndpoints ? 'refuted' : 'unknown'
}
