/** How one component calls another, over all protocols: one link of a chain. */
import { listAt } from '../facts/grouped.js'
import { compareSources } from '../facts/source.js'
import type { Dependency } from './component.js'
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
    guards: worstGuards([one.guards, other.guards]),
  }
}
