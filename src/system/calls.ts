/** How one component calls another, over all protocols. */
import { compareSources } from '../facts/source.js'
import type { Dependency } from './component.js'
import { worstGuards } from './guards.js'

/** One component that calls another in several protocols is one link of a chain. */
export function callsOf(dependencies: Dependency[]): Dependency[] {
  const calls = new Map<string, Dependency>()
  for (const dependency of dependencies) {
    const pair = `${dependency.from} -> ${dependency.to}`
    const known = calls.get(pair)
    calls.set(pair, known ? joined(known, dependency) : dependency)
  }
  return [...calls.values()]
}

function joined(one: Dependency, other: Dependency): Dependency {
  return {
    ...one,
    sources: [...one.sources, ...other.sources].sort(compareSources),
    clients: [...one.clients, ...other.clients],
    guards: worstGuards([one.guards, other.guards]),
  }
}
