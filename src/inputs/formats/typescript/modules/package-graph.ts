/** Which packages of a run load which, by the modules in them. */
import type { ReadFile } from '../../../format.js'
import type { ImportGraph } from './import-graph.js'
import type { PackageManifest } from './manifests.js'

/** Null stands for the modules of no package. */
type Node = PackageManifest | null

export class PackageGraph {
  readonly #loads = new Map<Node, Set<Node>>()
  readonly #loadedBy = new Map<Node, Set<Node>>()

  constructor(code: Iterable<ReadFile>, graph: ImportGraph) {
    for (const file of code) {
      const from = graph.modules.packageOf(file.path)
      const { modules, named, lost, computed } = graph.loadedBy(file)
      for (const path of [
        ...modules,
        ...named,
        ...graph.importedBy(file),
        ...[...lost, ...computed].flatMap(first),
      ])
        this.#add(from, graph.modules.packageOf(path))
    }
  }

  /** A package, those that load it, directly or through others, and all that these load. */
  aroundOf(own: PackageManifest): Set<Node> {
    return closure(closure([own], this.#loadedBy), this.#loads)
  }

  #add(from: Node, to: Node): void {
    if (from === to) return
    for (const [edges, start, end] of [
      [this.#loads, from, to],
      [this.#loadedBy, to, from],
    ] as const) {
      const known = edges.get(start)
      if (known) known.add(end)
      else edges.set(start, new Set([end]))
    }
  }
}

/** A group of modules is of one package. */
const first = (group: string[]): string[] => group.slice(0, 1)

function closure(start: Iterable<Node>, edges: Map<Node, Set<Node>>): Set<Node> {
  const found = new Set(start)
  for (const one of found) for (const next of edges.get(one) ?? []) found.add(next)
  return found
}
