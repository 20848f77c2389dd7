/** The clients that let a failure through: where a pattern's conditions on a dependency hold, and at which calls. */
import type { Guard } from '../facts/code.js'
import type { Source } from '../facts/source.js'
import { compareSources } from '../facts/source.js'
import type { ChainPattern } from '../knowledge/chain-patterns.js'
import type { Dependency, Guards } from './component.js'

type Condition = ChainPattern['requires'][number]

/** Whether a set of guards meets all conditions that the pattern puts on one party. */
export function meets(pattern: ChainPattern, on: Condition['on'], guards: Guards): boolean {
  return pattern.requires
    .filter((condition) => condition.on === on)
    .every((condition) => holds(condition, guards[condition.guard]))
}

/** The weak clients with their weak calls; of a pattern that asks nothing of the dependency, all that shows it. */
export function weakPlaces(pattern: ChainPattern, dependency: Dependency): Source[] {
  const conditions = pattern.requires.filter(({ on }) => on === 'dependency')
  if (conditions.length === 0) return dependency.sources
  const weak = dependency.clients.filter(({ guards }) => meets(pattern, 'dependency', guards))
  const calls = weak.flatMap((client) =>
    client.calls.filter((call) =>
      conditions.some((condition) => holds(condition, call.guards[condition.guard])),
    ),
  )
  const places = [...weak, ...calls].map(({ source }) => source)
  return dependency.sources.filter((source) => places.some((place) => compareSources(place, source) === 0))
}

function holds({ states }: Condition, guard: Guard | undefined): boolean {
  return guard !== undefined && states.includes(guard.state)
}
