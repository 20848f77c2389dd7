/** Who falls with a component, and how far. */
import { compareSources, compareText, formatSource, type Source } from '../facts/source.js'
import type { System } from './component.js'
import { failuresOf, goesOnWithout } from './sites.js'

export interface Impact {
  direct: string[]
  secondary: string[]
  tertiary: string[]
  /** Those that call the trigger and go on without it: where their code catches its failure. */
  without: { component: string; places: Source[] }[]
}

/**
 * Those that call the trigger, those that call them, and those beyond, over dependencies that are not soft. `only`: the one
 * caller that is hit, where the fault is on its own side of the call.
 */
export function impactOf(trigger: string, system: System, only: string | null = null): Impact {
  const seen = new Set([trigger])
  const next = (ids: string[]): string[] => {
    const callers = ids.flatMap((id) =>
      system
        .dependentsOf(id)
        .filter((dependency) => dependency.criticality !== 'soft')
        .map((dependency) => dependency.from),
    )
    const fresh = [...new Set(callers)].filter((id) => !seen.has(id)).sort(compareText)
    for (const id of fresh) seen.add(id)
    return fresh
  }
  const direct = only === null ? next([trigger]) : [only]
  seen.add(only ?? trigger)
  const secondary = next(direct)
  return {
    direct,
    secondary,
    tertiary: next(secondary),
    without: only === null ? goingOn(trigger, direct, system) : [],
  }
}

function goingOn(trigger: string, hit: string[], system: System): Impact['without'] {
  const callers = system.dependentsOf(trigger).filter((dependency) => goesOnWithout(dependency))
  const ids = [...new Set(callers.map(({ from }) => from))]
    .filter((id) => !hit.includes(id))
    .sort(compareText)
  return ids.map((component) => {
    const places = callers
      .filter(({ from }) => from === component)
      .flatMap((dependency) => failuresOf(dependency).absorbed)
      .flatMap(({ path, source }) => path?.failure.places ?? [source])
    return { component, places: distinct(places) }
  })
}

function distinct(places: Source[]): Source[] {
  return [...new Map(places.map((place) => [formatSource(place), place])).values()].sort(compareSources)
}
