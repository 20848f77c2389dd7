/**
 * Which modules some entry of their package leads to. A module counts as not reached only when that is certain: where
 * entries, imports or names leave something open, the whole package counts as reached.
 */
import type { ReadFile } from '../../format.js'
import { configuredModules, entriesOf, type Entries } from './entries.js'
import type { ImportGraph } from './import-graph.js'
import type { PackageManifest } from './manifests.js'
import { treeOf } from './trees.js'
import { mayBeStarted } from './starts.js'

interface Entered {
  manifest: PackageManifest
  entries: Entries
}

export class Reachability {
  readonly #files: Map<string, ReadFile>
  readonly #reached = new Set<string>()
  readonly #waiting: string[] = []
  readonly #open = new Set<PackageManifest>()
  readonly #relevant: Set<string>

  /** `code` are the files with code among all files, `relevant` those of which it will be asked. */
  constructor(
    code: ReadFile[],
    files: ReadFile[],
    relevant: ReadFile[],
    readonly graph: ImportGraph,
  ) {
    this.#files = new Map(code.map((file) => [file.path, file]))
    this.#relevant = new Set(relevant.map(({ path }) => path))
    this.#enter(files)
    this.#follow()
    this.#enterWhatStartsItself()
  }

  has(path: string): boolean {
    return this.#reached.has(path)
  }

  #enter(files: ReadFile[]): void {
    const { modules } = this.graph
    for (const path of this.#files.keys()) if (modules.packageOf(path) === null) this.#reach(path)
    const configured = configuredModules(files, modules)
    const packages = modules.packages.map((manifest): Entered => ({
      manifest,
      entries: entriesOf(manifest, modules, configured),
    }))
    for (const one of packages) this.#enterPackage(one, isLibrary(one, packages))
  }

  #enterPackage({ manifest, entries: { run, surface, isOpen } }: Entered, reachedByImports: boolean): void {
    for (const path of reachedByImports ? run : [...run, ...surface]) this.#reach(path)
    if (isOpen || run.length + surface.length === 0) this.#openUp(manifest)
  }

  #follow(): void {
    for (let path = this.#waiting.pop(); path !== undefined; path = this.#waiting.pop()) {
      const { modules, named, open } = this.graph.loadedBy(this.#files.get(path)!)
      for (const module of [...modules, ...named]) this.#reach(module)
      for (const manifest of open) this.#openUp(manifest)
    }
  }

  /** What starts work on being loaded may be run by a command that is not among the files. */
  #enterWhatStartsItself(): void {
    for (const [path, file] of this.#files) {
      if (this.#reached.has(path) || !this.#leadsToRelevant(path)) continue
      const tree = treeOf(file)
      if (tree && !mayBeStarted(tree, this.graph)) continue
      this.#reach(path)
      this.#follow()
    }
  }

  /** Whether more would be known of a relevant module if this one were reached. */
  #leadsToRelevant(start: string): boolean {
    const found = new Set([start])
    for (const path of found) {
      const file = this.#files.get(path)
      if (!file || this.#reached.has(path)) continue
      if (this.#relevant.has(path)) return true
      const { modules, named, open } = this.graph.loadedBy(file)
      if (open.some((manifest) => !this.#open.has(manifest))) return true
      for (const module of [...modules, ...named]) found.add(module)
    }
    return false
  }

  #reach(path: string): void {
    if (this.#reached.has(path) || !this.#files.has(path)) return
    this.#reached.add(path)
    this.#waiting.push(path)
  }

  #openUp(manifest: PackageManifest): void {
    if (this.#open.has(manifest)) return
    this.#open.add(manifest)
    for (const path of this.graph.modules.modulesIn(manifest)) this.#reach(path)
  }
}

/**
 * Another package of the run depends on it, or no package outside can, while others of the run are programs: what it
 * exports is reached through those who import it.
 */
function isLibrary(one: Entered, all: Entered[]): boolean {
  const { name, isPrivate } = one.manifest
  const others = all.filter((other) => other !== one)
  return (
    others.some(({ manifest }) => Object.hasOwn(manifest.dependencies, name)) ||
    (isPrivate && others.some(({ entries }) => entries.run.length > 0))
  )
}
