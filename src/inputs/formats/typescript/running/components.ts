/** Modules of a user interface: those with JSX, and those in a file for it that lead to one or to what components are made of. */
import { codeRoles } from '../../../../knowledge/code-roles.js'
import type { ReadFile } from '../../../format.js'
import type { ImportGraph } from '../modules/import-graph.js'
import { hasElements, isForElements } from '../modules/purposes.js'

export class Components {
  readonly #known = new Map<string, boolean>()

  /** `code` are the files with code by their paths. */
  constructor(
    readonly code: ReadonlyMap<string, ReadFile>,
    readonly graph: ImportGraph,
  ) {}

  has(file: ReadFile): boolean {
    if (!isForElements(file)) return false
    let is = this.#known.get(file.path)
    if (is === undefined) this.#known.set(file.path, (is = hasElements(file) || this.#leadsToOne(file)))
    return is
  }

  /** `export { default } from '../views/home'`, a hook: what it loads may be of a server as well, and then nothing is said. */
  #leadsToOne({ path: start }: ReadFile): boolean {
    const found = new Set([start])
    for (const path of found) {
      const file = this.code.get(path)
      if (!file) continue
      if (hasElements(file) || this.graph.mentionedBy(file).some(isOfInterface)) return true
      for (const module of this.graph.loadedBy(file).modules) found.add(module)
    }
    return false
  }
}

const isOfInterface = (specifier: string): boolean => codeRoles().interfaceModules.test(specifier)
