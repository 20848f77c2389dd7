/** Single points of failure: components whose loss cuts an entry off from what it needs. */
import type { Component, System } from './component.js'
import { graphOf, reachableFrom } from './graph.js'

export interface SinglePoint {
  component: string
  dominates: string[]
  reason: string
}

/**
 * A component with one instance that every path from an entry over hard or unknown dependencies runs through, for at
 * least one other component: a dominator in the sense of flow graphs. A component with several instances is none.
 */
export function singlePoints(system: System): SinglePoint[] {
  const graph = graphOf(system)
  const entries = system.entries().map((entry) => entry.id)
  const reached = reachableFrom(graph, entries)
  return system.components
    .filter((component) => component.guards['replicas']?.state === 'absent' && reached.has(component.id))
    .map((component) => {
      const without = reachableFrom(graph, entries, component.id)
      const dominates = [...reached].filter((id) => id !== component.id && !without.has(id)).sort()
      return { component: component.id, dominates, reason: reasonFor(component, dominates, system) }
    })
    .sort((a, b) => b.dominates.length - a.dominates.length || (a.component < b.component ? -1 : 1))
}

function reasonFor(component: Component, dominates: string[], system: System): string {
  const callers = system
    .dependentsOf(component.id)
    .filter((dependency) => dependency.criticality !== 'soft').length
  const instances = component.guards['replicas']?.reason ?? 'one instance'
  const behind =
    dominates.length > 0
      ? `; ${dominates.length === 1 ? 'one component is' : `${dominates.length} components are`} reached only through it`
      : ''
  return `${instances}; ${callers} ${callers === 1 ? 'component needs' : 'components need'} it${behind}`
}
