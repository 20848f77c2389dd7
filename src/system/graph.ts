/** The dependencies whose loss matters, as a graph: edges lead from the caller to whom it calls. */
import { DirectedGraph } from 'graphology'
import { stronglyConnectedComponents } from 'graphology-components'
import { bidirectional, singleSource } from 'graphology-shortest-path/unweighted.js'
import type { Dependency, System } from './component.js'

export type DependencyGraph = DirectedGraph<object, { dependency: Dependency }>

/** Soft dependencies are left out: their loss degrades, and does not travel. */
export function graphOf(system: System): DependencyGraph {
  const graph: DependencyGraph = new DirectedGraph({ allowSelfLoops: false })
  for (const component of system.components) graph.addNode(component.id)
  for (const dependency of system.dependencies) {
    if (dependency.criticality === 'soft' || graph.hasEdge(dependency.from, dependency.to)) continue
    graph.addEdge(dependency.from, dependency.to, { dependency })
  }
  return graph
}

/** Shortest way from any entry down to a component, as dependencies from the component upwards; empty when there is none. */
export function pathFromEntries(graph: DependencyGraph, entries: string[], to: string): Dependency[] {
  const paths = entries.flatMap((entry) => {
    const nodes = bidirectional(graph, entry, to)
    return nodes ? [nodes] : []
  })
  const [shortest] = paths.sort((a, b) => a.length - b.length)
  if (!shortest) return []
  const downwards = shortest.slice(1).map((node, index) => graph.getEdgeAttribute(graph.edge(shortest[index]!, node), 'dependency'))
  return downwards.reverse()
}

/** All that the entries reach, themselves included; `without` is taken out of the graph first. */
export function reachableFrom(graph: DependencyGraph, entries: string[], without: string | null = null): Set<string> {
  const rest = without === null ? graph : graph.copy()
  if (without !== null) rest.dropNode(without)
  return new Set(entries.filter((entry) => rest.hasNode(entry)).flatMap((entry) => Object.keys(singleSource(rest, entry))))
}

/** Components that depend on each other in a circle, by component: those outside any circle are not in the map. */
export function circles(graph: DependencyGraph): Map<string, Set<string>> {
  const groups = stronglyConnectedComponents(graph).filter((group) => group.length > 1)
  return new Map(groups.flatMap((group) => group.map((id) => [id, new Set(group)] as const)))
}
