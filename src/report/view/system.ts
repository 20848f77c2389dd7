/** Components, dependencies with their guards, and single points. */
import type { Result } from '../result.js'
import { at, protection } from './chains.js'
import { duration } from './figures.js'
import { placeOf } from './findings.js'
import { cut } from './lists.js'
import type { Names } from './names.js'

const SOURCES = 3

export function viewSystem(result: Result, names: Names) {
  const { components, dependencies, singlePoints } = result.system
  return {
    components: components.map((component) => ({
      id: component.id,
      name: component.name,
      kind: component.kind,
      tier: component.tier,
      aliases: component.aliases,
      joins: component.joins,
      sources: cut(component.sources.map(placeOf), SOURCES),
      single: singlePoints.some((point) => point.component === component.id),
    })),
    dependencies: dependencies.map((dependency) => ({
      fromId: dependency.from,
      toId: dependency.to,
      from: names.component(dependency.from),
      to: names.component(dependency.to),
      protocol: dependency.protocol,
      criticality: dependency.criticality,
      sources: cut(dependency.sources.map(placeOf), SOURCES),
      guards: Object.entries(dependency.guards)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, guard]) => ({
          name: protection(name),
          state: guard.state,
          held: heldAt(dependency.partly[name]),
          value: guardValue(guard),
          reason: guard.reason,
          place: guard.source && placeOf(guard.source),
        })),
      failures: viewFailures(dependency),
    })),
    anyBare: dependencies.some(
      (dependency) => Object.keys(dependency.guards).length === 0 && viewFailures(dependency).length === 0,
    ),
    anyCarried: singlePoints.some(({ dominates }) => dominates.length > 0),
    singlePoints: singlePoints.map((point) => ({
      component: names.component(point.component),
      dominates: point.dominates.map(names.component),
      reason: point.reason,
    })),
  }
}

export type SystemView = ReturnType<typeof viewSystem>

type Dependency = Result['system']['dependencies'][number]

/** Of a protection that some of the calls have: which, and which not. */
function heldAt(
  partly: Dependency['partly'][string] | undefined,
): { at: string; has: string; lacks: string } | null {
  if (!partly) return null
  return { at: at(partly.has.length, partly), has: listed(partly.has), lacks: listed(partly.lacks) }
}

/** Where the failure of the calls ends. */
function viewFailures({ calls }: Dependency): { words: string; places: string }[] {
  return FATES.flatMap(({ failure, words }) => {
    const places = calls.filter((call) => call.failure === failure).map(({ place }) => place)
    return places.length === 0 ? [] : { words, places: listed(places) }
  })
}

const FATES = [
  { failure: 'absorbed', words: 'its failure is caught, and processing continues, at' },
  { failure: 'handed-on', words: 'its failure is returned to the caller, at' },
] as const

function listed(places: Parameters<typeof placeOf>[0][]): string {
  const { shown, more } = cut([...new Set(places.map(placeOf))], SOURCES)
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

function guardValue({
  value,
  unit,
}: Result['system']['dependencies'][number]['guards'][string]): string | null {
  if (value === null) return null
  if (unit === 's' || unit === 'seconds') return duration(value)
  return unit === null || unit === 'count' ? String(value) : `${value} ${unit}`
}
