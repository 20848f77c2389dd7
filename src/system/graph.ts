/** The dependencies whose loss matters, as a graph: edges lead from the caller to whom it calls. */
import { DirectedGraph } from 'graphology'
import { stronglyConnectedComponents } from 'graphology-components'
import { bidirectional } from 'graphology-shortest-path/unweighted.js'
import type { Dependency, System } from './component.js'

/** An edge is all that one component calls another by: one dependency per protocol. */
export type DependencyGraph = DirectedGraph<object, { dependencies: Dependency[] }>

/** Soft dependencies are left out: their loss degrades, and does not travel. */
export function graphOf(system: System): DependencyGraph {
  const graph: DependencyGraph = new DirectedGraph({ allowSelfLoops: false })
  for (const component of system.components) graph.addNode(component.id)
  for (const dependency of system.dependencies) {
    const { from, to } = dependency
    if (dependency.criticality === 'soft') continue
    if (graph.hasEdge(from, to)) graph.getEdgeAttribute(graph.edge(from, to), 'dependencies').push(dependency)
    else graph.addEdge(from, to, { dependencies: [dependency] })
  }
  return graph
}

/** Shortest way from any entry down to a component, as the calls from the component upwards, around one that has failed; empty when there is none. */
export function pathFromEntries(
  graph: DependencyGraph,
  entries: string[],
  to: string,
  failed: string,
): Dependency[][] {
  const direct = shortestPath(graph, entries, to)
  const nodes = direct.includes(failed) ? shortestPath(without(graph, failed), entries, to) : direct
  const downwards = nodes
    .slice(1)
    .map((node, index) => graph.getEdgeAttribute(graph.edge(nodes[index]!, node), 'dependencies'))
  return downwards.reverse()
}

function shortestPath(graph: DependencyGraph, entries: string[], to: string): string[] {
  const paths = entries
    .filter((entry) => graph.hasNode(entry))
    .flatMap((entry) => {
      const nodes = bidirectional(graph, entry, to)
      return nodes ? [nodes] : []
    })
  return paths.sort((a, b) => a.length - b.length)[0] ?? []
}

function without(graph: DependencyGraph, id: string): DependencyGraph {
  const rest = graph.copy()
  rest.dropNode(id)
  return rest
}

/** All that each caller of a component calls it by, the callers in their order. */
export function callsInto(graph: DependencyGraph, id: string): Dependency[][] {
  return graph.mapInEdges(id, (_edge, { dependencies }) => dependencies)
}

/** All that the entries reach, themselves included; nothing is reached through `lost`. */
export function reachableFrom(
  graph: DependencyGraph,
  entries: string[],
  lost: string | null = null,
): Set<string> {
  const reached = new Set(entries.filter((entry) => entry !== lost && graph.hasNode(entry)))
  for (const id of reached) for (const next of graph.outNeighbors(id)) if (next !== lost) reached.add(next)
  return reached
}

/** Components that depend on each other in a circle, by component: those outside any circle are not in the map. */
export function circles(graph: DependencyGraph): Map<string, Set<string>> {
  const groups = stronglyConnectedComponents(graph).filter((group) => group.length > 1)
  return new Map(groups.flatMap((group) => group.map((id) => [id, new Set(group)] as const)))
}
