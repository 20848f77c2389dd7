/**
 * Which modules some entry of their package leads to. A module counts as not reached only when that is certain: where
 * entries, imports or names leave something open, all that they may lead to counts as reached.
 */
import type { ReadFile } from '../../../format.js'
import { configuredModules, entriesOf, type Entries } from './entries.js'
import type { ImportGraph } from '../modules/import-graph.js'
import type { PackageManifest } from '../modules/manifests.js'
import { treeOf } from '../syntax/trees.js'
import { isAside } from '../modules/purposes.js'
import { isBelow, sharedFolders } from '../modules/shared-folders.js'
import { mayBeStarted } from './starts.js'

interface Entered {
  manifest: PackageManifest
  entries: Entries
}

export class Reachability {
  readonly #files: Map<string, ReadFile>
  readonly #reached = new Set<string>()
  readonly #waiting: string[] = []
  readonly #relevant: Set<string>
  readonly #irrelevant = new Set<string>()
  /** Modules from which all that is reached follows, but for those that are only there for users of their package. */
  readonly #starts = new Set<string>()
  readonly #entered = new Set<string>()
  readonly #offered = new Set<string>()
  #running: Set<string> | null = null
  #plugins: boolean | null = null
  readonly #aside = new Set<string>()
  readonly #opened = new Set<string[]>()
  readonly #entries = new Set<string[]>()
  readonly #published = new Set<PackageManifest>()
  /** The entries that are run, of packages that say what others load. */
  readonly #run = new Map<PackageManifest, string[]>()

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
    this.#followAside()
  }

  has(path: string): boolean {
    return this.#reached.has(path)
  }

  /** Others than the files may load it, and call what it exports. */
  isEntered(path: string): boolean {
    return this.#entered.has(path) || this.#offered.has(path)
  }

  /** It is entered by something else than users of its package, which are not among the files. */
  isEnteredInSystem(path: string): boolean {
    return this.#entered.has(path) || (this.#loadsPlugins() && this.#offered.has(path))
  }

  /** Only what its package has for users that are not among the files leads to it. */
  isOnlyForUsers(path: string): boolean {
    if (this.#offered.size === 0 || this.#loadsPlugins()) return false
    return this.#reached.has(path) && !this.#inSystem().has(path)
  }

  #inSystem(): Set<string> {
    return (this.#running ??= this.#loadedFrom(this.#starts))
  }

  /** What runs loads packages by names that nobody wrote, so that it may be any of them. */
  #loadsPlugins(): boolean {
    this.#plugins ??= [...this.#inSystem()].some((path) => {
      const file = this.#files.get(path)
      return file !== undefined && this.graph.loadsAnything(file)
    })
    return this.#plugins
  }

  /** Its package is made for users that are not among the files. */
  isForOthers(path: string): boolean {
    return !this.#loadsPlugins() && (this.graph.modules.packageOf(path)?.isForOthers ?? false)
  }

  /** Its package has users that are not among the files. */
  isPublished(path: string): boolean {
    const manifest = this.graph.modules.packageOf(path)
    return manifest !== null && this.#published.has(manifest)
  }

  /** Its package says what others load, and nothing of it that is run leads to the module. */
  isOnlyImported(path: string): boolean {
    const manifest = this.graph.modules.packageOf(path)
    if (!manifest || !this.#run.has(manifest)) return false
    return !this.#loadedFrom(this.#run.get(manifest)!).has(path)
  }

  #loadedFrom(start: Iterable<string>): Set<string> {
    const found = new Set(start)
    const opened = new Set<string[]>()
    for (const module of found) {
      const file = this.#files.get(module)
      if (!file) continue
      const { modules, named, lost, computed } = this.graph.loadedBy(file)
      for (const next of [...modules, ...named, ...unseen([...lost, ...computed], opened)]) found.add(next)
    }
    return found
  }

  #enter(files: ReadFile[]): void {
    const { modules } = this.graph
    const configured = configuredModules(files, modules)
    const packages = modules.packages.map((manifest): Entered => ({
      manifest,
      entries: entriesOf(manifest, modules, configured),
    }))
    for (const one of packages) this.#enterPackage(one, isLibrary(one, packages))
    this.#enterWhereNothingIsNamed(packages)
  }

  /** Where no manifest says what is run, anything may be, but for what known programs import. */
  #enterWhereNothingIsNamed(packages: Entered[]): void {
    const programs = packages.filter(({ entries: { run, isOpen } }) => isOpen || run.length > 0)
    const named = new Set(packages.filter(namesEntries).map(({ manifest }) => manifest))
    const shared = sharedFolders(
      this.#files.values(),
      new Set(programs.map(({ manifest }) => manifest)),
      this.graph,
    )
    for (const path of this.#files.keys()) {
      const manifest = this.graph.modules.packageOf(path)
      const isNamed = manifest !== null && named.has(manifest)
      if (!isNamed && !isBelow(path, shared)) this.#enterAt(path)
    }
  }

  #enterPackage({ manifest, entries: { run, surface, isOpen } }: Entered, reachedByImports: boolean): void {
    for (const path of run) this.#enterAt(path)
    if (manifest.surface.length > 0) this.#run.set(manifest, run)
    for (const path of surface) {
      const isOffered = manifest.isForOthers && !this.#startsItself(path)
      if (!reachedByImports) this.#reach(path)
      if (!reachedByImports && !isOffered) this.#starts.add(path)
      if (!manifest.isPrivate) (isOffered ? this.#offered : this.#entered).add(path)
    }
    if (!manifest.isPrivate && surface.some((path) => !run.includes(path))) this.#published.add(manifest)
    if (isOpen) for (const path of this.graph.modules.modulesIn(manifest)) this.#enterAt(path)
  }

  #enterAt(path: string): void {
    this.#entered.add(path)
    this.#starts.add(path)
    if (isAside(path)) this.#aside.add(path)
    else this.#reach(path)
  }

  #follow(): void {
    for (let path = this.#waiting.pop(); path !== undefined; path = this.#waiting.pop()) {
      const { modules, named, lost, computed } = this.graph.loadedBy(this.#files.get(path)!)
      for (const module of [...modules, ...named, ...unseen(lost, this.#opened)]) this.#reach(module)
      if (!isAside(path)) for (const module of unseen(computed, this.#entries)) this.#enterAt(module)
    }
  }

  /** What tools and scripts find by patterns, they do not run as the service does. */
  #followAside(): void {
    for (const path of this.#aside) this.#reach(path)
    for (let path = this.#waiting.pop(); path !== undefined; path = this.#waiting.pop()) {
      const { modules, named } = this.graph.loadedBy(this.#files.get(path)!)
      for (const module of [...modules, ...named]) this.#reach(module)
    }
  }

  /** What starts work on being loaded may be run by a command that is not among the files. */
  #enterWhatStartsItself(): void {
    for (const [path, file] of this.#files) {
      if (this.#reached.has(path) || !this.#leadsToRelevant(path)) continue
      const tree = treeOf(file)
      if (tree && !mayBeStarted(tree, this.graph)) continue
      this.#enterAt(path)
      this.#follow()
    }
  }

  #startsItself(path: string): boolean {
    const file = this.#files.get(path)
    const tree = file && treeOf(file)
    return !tree || mayBeStarted(tree, this.graph)
  }

  /** Whether more would be known of a relevant module if this one were reached. */
  #leadsToRelevant(start: string): boolean {
    const found = new Set([start])
    const opened = new Set<string[]>()
    for (const path of found) {
      const file = this.#files.get(path)
      if (!file || this.#reached.has(path) || this.#irrelevant.has(path)) continue
      if (this.#relevant.has(path)) return true
      const { modules, named, lost, computed } = this.graph.loadedBy(file)
      for (const module of [...modules, ...named, ...unseen([...lost, ...computed], opened)])
        found.add(module)
    }
    // What is reached only grows: nor do any of these lead to a relevant one later.
    for (const path of found) this.#irrelevant.add(path)
    return false
  }

  #reach(path: string): void {
    if (this.#reached.has(path) || !this.#files.has(path)) return
    this.#reached.add(path)
    this.#waiting.push(path)
  }
}

function namesEntries({ entries: { run, surface, isOpen } }: Entered): boolean {
  return isOpen || run.length + surface.length > 0
}

/** The modules of the groups that were not looked at yet. */
function unseen(groups: string[][], seen: Set<string[]>): string[] {
  const fresh = groups.filter((group) => !seen.has(group))
  for (const group of fresh) seen.add(group)
  return fresh.flat()
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
