/** Components, dependencies with their guards, and single points. */
import type { Result } from '../result.js'
import { words } from './names.js'
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
          name: words(name),
          state: guard.state,
          value: guardValue(guard),
          reason: guard.reason,
          place: guard.source && placeOf(guard.source),
        })),
    })),
    singlePoints: singlePoints.map((point) => ({
      component: names.component(point.component),
      dominates: point.dominates.map(names.component),
      reason: point.reason,
    })),
  }
}

export type SystemView = ReturnType<typeof viewSystem>

function guardValue({
  value,
  unit,
}: Result['system']['dependencies'][number]['guards'][string]): string | null {
  if (value === null) return null
  if (unit === 's' || unit === 'seconds') return duration(value)
  return unit === null || unit === 'count' ? String(value) : `${value} ${unit}`
}
