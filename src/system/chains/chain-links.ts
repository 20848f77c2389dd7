/** The links of a chain: how the failure gets from one component to the next. */
import { formatSource, type Source } from '../../facts/source.js'
import type { ChainPattern } from '../../knowledge/chain-patterns.js'
import { fill } from './chain-words.js'
import { leadsTo, leadsToCode } from '../asked-endpoints.js'
import type { Dependency, Site, System } from '../component.js'
import { failuresOf, isCaughtInTime } from '../sites.js'
import { weakCodeOf, weakPlaces } from './weak-clients.js'

export interface Link {
  from: string
  to: string
  mechanism: string
  evidence: Source[]
  /** Set when the link is not shown by evidence. */
  assumption: string | null
  /** Calls on the link that are shown not to hand the failure on; null when there are none. */
  limits: string | null
}

/** The first link is what the pattern says of it, shown by the weak clients only; the others pass the failure on. */
export function linksOf(pattern: ChainPattern, path: Dependency[], system: System): Link[] {
  return path.map((call, index) => {
    if (index > 0) {
      const [link, inner] = [linkOf(call, pattern.propagation, system), path[index - 1]!]
      return {
        ...link,
        assumption: both(link.assumption, leadAssumed(call, inner, system)),
        evidence: leadingPlaces(call, inner, system),
      }
    }
    const link = linkOf(call, pattern.mechanism, system)
    return {
      ...link,
      assumption: both(link.assumption, workAssumed(pattern, call, system)),
      limits: pattern.actsWhereHandled ? null : link.limits,
      evidence: weakPlaces(pattern, call, system.component(call.from)!),
    }
  })
}

function both(one: string | null, other: string | null): string | null {
  return one === null || other === null ? (one ?? other) : `${one}; ${other}`
}

function linkOf(dependency: Dependency, mechanism: string, system: System): Link {
  const [from, to] = [system.component(dependency.to)!, system.component(dependency.from)!]
  return {
    from: from.id,
    to: to.id,
    mechanism: fill(mechanism, { from: from.name, to: to.name }),
    evidence: dependency.sources,
    assumption: needAssumed(dependency, to.name, from.name),
    limits: limitsOf(dependency, to.name),
  }
}

/** Where nothing declares that the caller cannot go on, its calls tell as far as they were followed. */
function needAssumed(dependency: Dependency, caller: string, called: string): string | null {
  if (dependency.criticality !== 'unknown') return null
  const { absorbed, handedOn, unknown } = failuresOf(dependency)
  if (handedOn.length > 0) return null
  if (absorbed.length === 0) return `that ${caller} cannot answer without ${called}: no evidence says so`
  return unknown.length === 0
    ? `that ${called} is slow and does not fail: errors are caught at ${placesOf(absorbed)}`
    : `that ${caller} cannot answer without ${called} at ${placesOf(unknown)}: no evidence says so`
}

/** The calls by which the failure does not come on. */
function limitsOf({ sites }: Dependency, caller: string): string | null {
  const ended = sites.filter(isCaughtInTime)
  return ended.length === 0
    ? null
    : `not over ${ended.length} of ${sites.length} calls (${placesOf(ended)}), where ${caller} continues without it`
}

/** Where calls are shown to lead on, those and what is no call; else all of it. */
function leadingPlaces(outer: Dependency, inner: Dependency, system: System): Source[] {
  const callee = system.component(outer.to)!
  const others = outer.sites.filter((site) => leadsTo({ ...outer, sites: [site] }, inner, callee) !== 'shown')
  if (others.length === outer.sites.length) return outer.sources
  const left = new Set(others.filter(({ call }) => call !== null).map(({ source }) => formatSource(source)))
  return outer.sources.filter((source) => !left.has(formatSource(source)))
}

function leadAssumed(outer: Dependency, inner: Dependency, system: System): string | null {
  const [callee, caller] = [system.component(outer.to)!, system.component(outer.from)!]
  return leadsTo(outer, inner, callee) === 'shown'
    ? null
    : `that what ${caller.name} requests from ${callee.name} needs ${system.component(inner.to)!.name}`
}

/** Of a weakness in the trigger's own code: whether what is asked of it leads there. */
function workAssumed(pattern: ChainPattern, call: Dependency, system: System): string | null {
  const [trigger, caller] = [system.component(call.to)!, system.component(call.from)!]
  const places = weakCodeOf(pattern, trigger)
  return places.length === 0 || leadsToCode(call, trigger, places) === 'shown'
    ? null
    : `that what ${caller.name} requests from ${trigger.name} reaches ${places.map(shortPlace).join(', ')}`
}

const MOST_PLACES = 3

function placesOf(sites: Site[]): string {
  const shown = sites.slice(0, MOST_PLACES).map(({ source }) => shortPlace(source))
  return `${shown.join(', ')}${sites.length > MOST_PLACES ? ` and ${sites.length - MOST_PLACES} more` : ''}`
}

function shortPlace({ path, line }: Source): string {
  return `${path}:${line}`
}
