/** Single points of failure: components whose loss cuts an entry off from what it needs. */
import type { Component, System } from './component.js'
import { graphOf, reachableFrom } from './graph.js'

export interface SinglePoint {
  component: string
  dominates: string[]
  reason: string
}

/**
 * A component with one instance that an entry reaches over hard or unknown dependencies; one with several instances is none.
 * `dominates`: others that every such path runs through it to, as a dominator of flow graphs. Many carry no other.
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
  const callers = system.dependentsOf(component.id)
  const counted = (criticality: string): number =>
    new Set(callers.filter((call) => call.criticality === criticality).map(({ from }) => from)).size
  const [hard, open] = [counted('hard'), counted('unknown')]
  const instances = component.guards['replicas']?.reason ?? 'one instance'
  return [
    instances,
    ...(hard > 0 || open === 0 ? [`${componentsThat(hard, 'needs', 'need')} it`] : []),
    ...(open > 0 ? [`${componentsThat(open, 'calls', 'call')} it and may need it`] : []),
    ...(dominates.length > 0
      ? [`${componentsThat(dominates.length, 'is', 'are')} reached only through it`]
      : []),
  ].join('; ')
}

function componentsThat(count: number, one: string, several: string): string {
  return count === 1 ? `1 component ${one}` : `${count} components ${several}`
}
