/** How one component calls another, over all protocols: one link of a chain. */
import { listAt } from '../facts/grouped.js'
import { compareSources } from '../facts/source.js'
import type { Dependency, Guards, Proxied } from './component.js'
import { worstGuards } from './guards.js'

/** Dependencies by caller and callee, each pair as one call. */
export function callsOf(dependencies: Dependency[], asynchronous: string[]): Dependency[] {
  const pairs = new Map<string, Dependency[]>()
  for (const dependency of dependencies) {
    const pair = `${dependency.from} -> ${dependency.to}`
    listAt(pairs, pair).push(dependency)
  }
  return [...pairs.values()].map((all) => asOneCall(all, asynchronous))
}

/** A failure comes over the calls that are waited for; only where there is none, over what is handed over. */
export function asOneCall(dependencies: Dependency[], asynchronous: string[]): Dependency {
  const awaited = dependencies.filter(({ protocol }) => !asynchronous.includes(protocol))
  const [first, ...others] = awaited.length > 0 ? awaited : dependencies
  return others.reduce(joined, first!)
}

function joined(one: Dependency, other: Dependency): Dependency {
  return {
    ...one,
    criticality: [one, other].some(({ criticality }) => criticality === 'hard') ? 'hard' : one.criticality,
    sources: [...one.sources, ...other.sources].sort(compareSources),
    clients: [...one.clients, ...other.clients],
    sites: [...one.sites, ...other.sites],
    guards: worstGuards([one.guards, other.guards]),
    proxied: bothProxied(one.proxied, other.proxied),
  }
}

/** A guard that only one of them has does not hold for all calls. */
function bothProxied(one: Proxied, other: Proxied): Proxied {
  const shared = Object.keys(one.guards).filter((pattern) => other.guards[pattern])
  const pick = ({ guards }: Proxied): Guards =>
    Object.fromEntries(shared.map((pattern) => [pattern, guards[pattern]!]))
  return {
    guards: worstGuards([pick(one), pick(other)]),
    tries: one.tries === null || other.tries === null ? null : Math.max(one.tries, other.tries),
    needSeconds: Math.max(one.needSeconds ?? 0, other.needSeconds ?? 0) || null,
    doubt: one.doubt ?? other.doubt,
  }
}
