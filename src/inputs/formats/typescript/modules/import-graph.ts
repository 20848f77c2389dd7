/** Which modules load which, over all files of a run. */
import { isBuiltin } from 'node:module'
import { posix } from 'node:path'
import { codeEntries } from '../../../../knowledge/code-entries.js'
import type { InputFile } from '../../../format.js'
import { loadsOf, type Loads } from '../syntax/imports.js'
import { LostImports } from './lost-imports.js'
import type { Modules } from './modules.js'
import { Surroundings } from './surroundings.js'
import { takingsIn, type Takings } from './takings.js'
import { packageName } from './versions.js'

export interface Followed {
  /** Paths of the modules that are loaded. */
  modules: string[]
  /** Of modules that are only named, as that of a process to fork. */
  named: string[]
  /** Groups of those that an import may have led to whose module is not among the files; the same group is the same list. */
  lost: string[][]
  /** Groups of those that may be loaded by a name that is computed. */
  computed: string[][]
}

/** What a module gives out that is not written in it. */
const GIVES_MORE = /\bexport\s*(?:\*|=)|\bexports\b|\bdeclare\b/

export class ImportGraph {
  readonly #resolved = new Map<string, Map<string, string | null>>()
  readonly #loads = new Map<string, Loads>()
  readonly #followed = new Map<string, Followed>()
  readonly #takings = new Map<string, Takings>()

  readonly #surroundings: Surroundings
  readonly #lost: LostImports

  constructor(readonly modules: Modules) {
    this.#surroundings = new Surroundings(modules)
    this.#lost = new LostImports(modules, this.#surroundings)
  }

  /** The modules that imports of a file mean, also those of types alone: what a file is handed is known by its type. */
  importedBy(file: InputFile): string[] {
    return this.mentionedBy(file).flatMap((specifier) => {
      const path = this.modules.resolve(file.path, specifier)
      return path === null ? [] : [path]
    })
  }

  /** What its imports name, as written. */
  namedBy(file: InputFile): string[] {
    return this.#loadsOf(file).specifiers
  }

  /** The same with the imports that only take types. */
  mentionedBy(file: InputFile): string[] {
    const { specifiers, types } = this.#loadsOf(file)
    return [...specifiers, ...types]
  }

  /** The module that an import means, also by the path of built code. */
  resolve(from: string, specifier: string): string | null {
    let known = this.#resolved.get(from)
    if (!known) this.#resolved.set(from, (known = new Map()))
    let found = known.get(specifier)
    if (found === undefined)
      known.set(specifier, (found = this.modules.resolve(from, specifier) ?? this.#fromBase(from, specifier)))
    return found
  }

  /** An import of the project's own whose module is not among the files. */
  isLost(from: string, specifier: string): boolean {
    return this.resolve(from, specifier) === null && this.#behindLost(from, specifier).length > 0
  }

  /** It loads modules of which nothing of the name is written: any package may be meant, as where plugins are loaded. */
  loadsAnything(file: InputFile): boolean {
    return this.#loadsOf(file).isOpen
  }

  /** All that a module may load when it runs. */
  loadedBy(file: InputFile): Followed {
    let followed = this.#followed.get(file.path)
    if (!followed) this.#followed.set(file.path, (followed = this.#follow(file)))
    return followed
  }

  #follow(file: InputFile): Followed {
    const { specifiers, names, folders, isOpen } = this.#loadsOf(file)
    const below = folders.map((folder) => this.modules.below(posix.join(posix.dirname(file.path), folder)))
    const found = specifiers.map((specifier) => this.resolve(file.path, specifier))
    const lost = specifiers.filter((_, index) => found[index] === null)
    return {
      modules: found.filter((path) => path !== null),
      named: names.flatMap((name) => this.#named(file.path, name)),
      lost: [
        ...new Set(lost.flatMap((specifier) => this.#behindLost(file.path, specifier))),
        ...(this.#takesWhatIsNotThere(file) ? [this.#surroundings.of(file.path)] : []),
      ],
      computed: isOpen ? [...below, this.#surroundings.of(file.path)] : below,
    }
  }

  /** A name that its module does not even have in its text: what was meant may be anywhere around. */
  #takesWhatIsNotThere(file: InputFile): boolean {
    return this.takingsOf(file).taken.some(({ specifier, names, isType }) => {
      if (isType || names === null || names.size === 0) return false
      const path = this.resolve(file.path, specifier)
      const text = path === null ? '' : this.modules.text(path)
      if (text === '' || GIVES_MORE.test(text)) return false
      return [...names.keys()].some((name) => name !== 'default' && !text.includes(name))
    })
  }

  #behindLost(from: string, specifier: string): string[][] {
    const isInstalled = this.isDeclared(from, specifier) || this.#looksInstalled(from, specifier)
    return this.#lost.behind(from, specifier, isInstalled, this.#placesFromBase(from, specifier))
  }

  /** A package by its name, which is neither declared nor likely to come with one that is. */
  isUndeclaredPackage(from: string, specifier: string): boolean {
    return (
      /^[a-z][^:]*$/.test(specifier) &&
      !this.isDeclared(from, specifier) &&
      !this.modules.isDependency(packageName(specifier)) &&
      this.#looksInstalled(from, specifier)
    )
  }

  /** Part of the runtime, or of a package that a package.json names. */
  isDeclared(from: string, specifier: string): boolean {
    return isBuiltin(specifier) || this.modules.rangeOf(from, packageName(specifier)) !== null
  }

  /**
   * Undeclared packages are often there, brought by others. What may be an alias of the project's own is not taken for
   * one: a path, a name with a sign, in a scope that nothing declared is in, or that begins like a folder or module of
   * the package.
   */
  #looksInstalled(from: string, specifier: string): boolean {
    if (/^[a-z]+:/.test(specifier)) return true
    if (/^[.~#$]|^@\//.test(specifier)) return false
    const own = this.modules.packageOf(from)
    if (this.modules.isDependency(packageName(specifier))) return true
    const [first = ''] = specifier.split('/')
    if (first.startsWith('@')) return this.modules.declaresInScope(from, first)
    return !codeEntries().folders.some((folder) =>
      this.modules.has(posix.join(own?.folder ?? '', folder, first)),
    )
  }

  /** `../dist/cli.js` means the module that it is built from; `config/env` is looked for where a `baseUrl` may lead. */
  #fromBase(from: string, specifier: string): string | null {
    if (specifier.startsWith('.')) return this.modules.sourceAt(posix.join(posix.dirname(from), specifier))
    if (this.isDeclared(from, specifier)) return null
    const found = this.#placesFromBase(from, specifier).map((place) => this.modules.sourceAt(place))
    return found.find((path) => path !== null) ?? null
  }

  #placesFromBase(from: string, specifier: string): string[] {
    const own = this.modules.packageOf(from)?.folder ?? ''
    return codeEntries().folders.map((folder) => posix.join(own, folder, specifier))
  }

  /** A module by a path in a string: from the file's folder, or from the package's. */
  #named(from: string, name: string): string[] {
    const folder = this.modules.packageOf(from)?.folder ?? ''
    return [posix.dirname(from), folder].flatMap(
      (base) => this.modules.sourceAt(posix.join(base, name)) ?? [],
    )
  }

  takingsOf({ path, text }: InputFile): Takings {
    let takings = this.#takings.get(path)
    if (!takings) this.#takings.set(path, (takings = takingsIn(text)))
    return takings
  }

  #loadsOf(file: InputFile): Loads {
    let loads = this.#loads.get(file.path)
    if (!loads) this.#loads.set(file.path, (loads = loadsOf(file.text)))
    return loads
  }
}
