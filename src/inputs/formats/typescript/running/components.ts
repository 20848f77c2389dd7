/** Modules of a user interface: those with JSX, and those in a file for it that lead to one or to what components are made of. */
import { codeRoles } from '../../../../knowledge/code-roles.js'
import type { ReadFile } from '../../../format.js'
import type { ImportGraph } from '../modules/import-graph.js'
import { hasElements, isForElements } from '../modules/purposes.js'

export class Components {
  #leading: Set<string> | null = null

  /** `code` are the files with code by their paths. */
  constructor(
    readonly code: ReadonlyMap<string, ReadFile>,
    readonly graph: ImportGraph,
  ) {}

  has(file: ReadFile): boolean {
    if (!isForElements(file)) return false
    this.#leading ??= this.#allLeading()
    return hasElements(file) || this.#leading.has(file.path)
  }

  /** `export { default } from '../views/home'`, a hook: what it loads may be of a server as well, and then nothing is said. */
  #allLeading(): Set<string> {
    const loaders = new Map<string, string[]>()
    const found = new Set<string>()
    for (const [path, file] of this.code) {
      if (hasElements(file) || this.graph.mentionedBy(file).some(isOfInterface)) found.add(path)
      for (const module of this.graph.loadedBy(file).modules) {
        const known = loaders.get(module)
        if (known) known.push(path)
        else loaders.set(module, [path])
      }
    }
    for (const path of found) for (const loader of loaders.get(path) ?? []) found.add(loader)
    return found
  }
}

const isOfInterface = (specifier: string): boolean => codeRoles().interfaceModules.test(specifier)
