/** The links of a chain: how the failure gets from one component to the next. */
import type { Source } from '../../facts/source.js'
import type { ChainPattern } from '../../knowledge/chain-patterns.js'
import { fill } from './chain-words.js'
import type { Dependency, System } from '../component.js'
import { weakPlaces } from './weak-clients.js'

export interface Link {
  from: string
  to: string
  mechanism: string
  evidence: Source[]
  /** Set when the link is not shown by evidence. */
  assumption: string | null
}

/** The first link is what the pattern says of it, shown by the weak clients only; the others pass the failure on. */
export function linksOf(pattern: ChainPattern, path: Dependency[], system: System): Link[] {
  return path.map((call, index) =>
    index === 0
      ? {
          ...linkOf(call, pattern.mechanism, system),
          evidence: weakPlaces(pattern, call, system.component(call.from)!),
        }
      : linkOf(call, pattern.propagation, system),
  )
}

function linkOf(dependency: Dependency, mechanism: string, system: System): Link {
  const [from, to] = [system.component(dependency.to)!, system.component(dependency.from)!]
  return {
    from: from.id,
    to: to.id,
    mechanism: fill(mechanism, { from: from.name, to: to.name }),
    evidence: dependency.sources,
    assumption:
      dependency.criticality === 'unknown'
        ? `that ${to.name} cannot answer without ${from.name}: no evidence says so`
        : null,
  }
}
