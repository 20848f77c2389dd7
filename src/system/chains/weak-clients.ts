/** The clients that let a failure through: where a pattern's conditions on a dependency hold, and at which calls. */
import type { Client, Guard } from '../../facts/code.js'
import type { Source } from '../../facts/source.js'
import { compareSources, formatSource } from '../../facts/source.js'
import type { ChainPattern } from '../../knowledge/chain-patterns.js'
import type { Component, Dependency, Guards } from '../component.js'
import { withProxy } from '../guards.js'
import { livenessOfClient } from '../probes.js'

type Condition = ChainPattern['requires'][number]

/** Whether a set of guards meets all conditions that the pattern puts on one party. */
export function meets(pattern: ChainPattern, on: Condition['on'], guards: Guards): boolean {
  return pattern.requires
    .filter((condition) => condition.on === on)
    .every((condition) => holds(condition, guards[condition.guard]))
}

/** The guards of a client where it is used: its own, its proxy's, and what the component that has it makes of it. */
export function guardsOfClient(client: Client, { proxied }: Dependency, caller: Component): Guards {
  return { ...withProxy(client.guards, proxied.guards), ...livenessOfClient(client, caller) }
}

/**
 * The weak clients with their weak calls, and where a weakness stands that is not their own; of a pattern that asks
 * nothing of the dependency, all that shows it.
 */
export function weakPlaces(pattern: ChainPattern, dependency: Dependency, caller: Component): Source[] {
  const conditions = pattern.requires.filter(({ on }) => on === 'dependency')
  if (conditions.length === 0) return dependency.sources
  const weak = dependency.clients
    .map((client) => ({ client, guards: guardsOfClient(client, dependency, caller) }))
    .filter(({ guards }) => meets(pattern, 'dependency', guards))
  const around = weak.flatMap(({ client, guards }) =>
    conditions.flatMap(({ guard }) => (client.guards[guard] ? [] : (guards[guard]?.source ?? []))),
  )
  const calls = weak.flatMap(({ client }) =>
    client.calls.filter((call) =>
      conditions.some((condition) =>
        holds(condition, withProxy(call.guards, dependency.proxied.guards)[condition.guard]),
      ),
    ),
  )
  const places = [...weak.map(({ client }) => client), ...calls].map(({ source }) => source)
  const own = dependency.sources.filter((source) =>
    places.some((place) => compareSources(place, source) === 0),
  )
  return [...new Map([...around, ...own].map((source) => [formatSource(source), source])).values()]
}

/** Where the weakness that a pattern asks of the trigger itself stands in its code. */
export function weakCodeOf(pattern: ChainPattern, trigger: Component): Source[] {
  const conditions = pattern.requires.filter(({ on }) => on === 'trigger')
  return trigger.practices.flatMap(({ pattern: about, state, source }) =>
    conditions.some(({ guard, states }) => guard === about && states.includes(state)) ? [source] : [],
  )
}

function holds({ states }: Condition, guard: Guard | undefined): boolean {
  return guard !== undefined && states.includes(guard.state)
}
