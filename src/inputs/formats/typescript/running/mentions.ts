/** Where the names that a module gives out are written elsewhere, read from texts: nothing is parsed for it. */
import { codeEntries } from '../../../../knowledge/code-entries.js'
import type { ReadFile } from '../../../format.js'
import type { ImportGraph } from '../modules/import-graph.js'
import type { PackageManifest } from '../modules/manifests.js'
import { PackageGraph } from '../modules/package-graph.js'
import type { Reachability } from './reachability.js'
import { hasWord, wordPattern } from '../syntax/word-pattern.js'
import { withoutTakings } from '../modules/takings.js'

/** What an importer does with a name of another module: uses it, exports it again under names. */
interface Passing {
  isUsed: boolean
  as: string[]
}

/** What imports take that lead nowhere: names, and the texts of modules that may take any. */
interface Lost {
  names: Set<string>
  texts: string[]
}

export class Mentions {
  readonly #files: Map<string, ReadFile>
  readonly #importers = new Map<string, Set<string>>()
  readonly #named = new Set<string>()
  /** The texts of importers without their imports. */
  readonly #rests = new Map<string, string>()
  #lost: Lost | null = null
  #patterns: [string, string][] | null = null
  readonly #reach = new Map<PackageManifest, string[]>()
  #packages: PackageGraph | null = null
  /** A package and a name to a module that has it. */
  readonly #elsewhere = new Map<string, string>()

  /** `code`: the files in which a name counts; `users`: whether users of packages that are not among the files count. */
  constructor(
    code: ReadFile[],
    readonly graph: ImportGraph,
    readonly reached: Reachability,
    readonly users: 'with-users' | 'without-users' = 'with-users',
  ) {
    this.#files = new Map(code.map((file) => [file.path, file]))
    for (const file of code) {
      const { modules, named } = graph.loadedBy(file)
      const imported = new Set([...modules, ...graph.importedBy(file)])
      for (const path of named) if (!imported.has(path)) this.#named.add(path)
      for (const path of imported) {
        const known = this.#importers.get(path)
        if (known) known.add(file.path)
        else this.#importers.set(path, new Set([file.path]))
      }
    }
  }

  /** Whether a module uses, under whatever name, something that another exports; also through those that pass it on. */
  isUsedElsewhere(path: string, exported: string[]): boolean {
    return (
      exported.some((name) => this.isTakenFromLost(name)) ||
      this.#follow(path, exported, ({ isUsed }) => isUsed)
    )
  }

  /** An import that leads nowhere may mean the module. */
  isTakenFromLost(name: string): boolean {
    this.#lost ??= this.#takenFromLost()
    return this.#lost.names.has(name) || this.#lost.texts.some((text) => hasWord(text, name))
  }

  #takenFromLost(): Lost {
    const lost: Lost = { names: new Set(), texts: [] }
    for (const file of this.#files.values()) {
      if (this.graph.loadedBy(file).lost.length === 0) continue
      const { taken, unnamed } = this.graph.takingsOf(file)
      const isLost = (specifier: string): boolean => this.graph.isLost(file.path, specifier)
      const unclear = taken.some(({ specifier, whole }) => whole !== null && isLost(specifier))
      if (unclear || unnamed.some(isLost)) lost.texts.push(file.text)
      for (const { specifier, names } of taken)
        if (names && isLost(specifier)) for (const name of names.keys()) lost.names.add(name)
    }
    return lost
  }

  importersOf(path: string): ReadFile[] {
    return [...(this.#importers.get(path) ?? [])].map((importer) => this.#files.get(importer)!)
  }

  /** Whether users that are not among the files may get what a module exports, also through those that pass it on. */
  isGivenOut(path: string, exported: string[]): boolean {
    return this.#follow(path, exported, () => false)
  }

  /** Users of the package that are not among the files may get objects of its classes. */
  isPublished(path: string): boolean {
    const isLeftOut = this.users === 'without-users' && this.reached.isForOthers(path)
    return this.reached.isPublished(path) && !isLeftOut
  }

  #isEntered(path: string): boolean {
    return this.users === 'with-users' ? this.reached.isEntered(path) : this.reached.isEnteredInSystem(path)
  }

  /** Components in files that are not read may call what its package exports. */
  isUsedByComponents(path: string): boolean {
    const own = this.graph.modules.packageOf(path)
    const users = this.graph.modules.packages.filter(
      (user) => user === own || (own !== null && Object.hasOwn(user.dependencies, own.name)),
    )
    return users.some(({ dependencies }) =>
      codeEntries().componentPackages.some((name) => Object.hasOwn(dependencies, name)),
    )
  }

  #follow(path: string, exported: string[], isEnough: (passing: Passing) => boolean): boolean {
    const waiting = exported.map((name): [string, string] => [path, name])
    const seen = new Set<string>()
    for (const [module, name] of waiting) {
      const key = `${module}\n${name}`
      if (seen.has(key)) continue
      seen.add(key)
      if (this.#isEntered(module) || this.#named.has(module)) return true
      for (const importer of this.#importers.get(module) ?? []) {
        const passing = this.#passing(this.#files.get(importer)!, module, name)
        if (isEnough(passing)) return true
        waiting.push(...passing.as.map((as): [string, string] => [importer, as]))
      }
    }
    return false
  }

  #passing(importer: ReadFile, module: string, name: string): Passing {
    const { taken, unnamed } = this.graph.takingsOf(importer)
    const isOfModule = (specifier: string): boolean => this.graph.resolve(importer.path, specifier) === module
    const takings = taken.filter(({ specifier }) => isOfModule(specifier))
    if (takings.length === 0 || unnamed.some(isOfModule)) return { isUsed: true, as: [] }
    const passing: Passing = { isUsed: false, as: [] }
    const rest = this.#restOf(importer)
    for (const { isPassedOn, names, whole } of takings) {
      const local = whole ?? (names ? names.get(name) : name === 'default' ? undefined : name)
      if (local === undefined) continue
      if (isPassedOn) passing.as.push(local)
      else if (whole !== null ? isUsedAs(whole, name, rest) : hasWord(rest, local)) passing.isUsed = true
    }
    return passing
  }

  #restOf({ path, text }: ReadFile): string {
    let rest = this.#rests.get(path)
    if (rest === undefined) this.#rests.set(path, (rest = withoutTakings(text)))
    return rest
  }

  /** Whether any other module that objects of this one may get to has a name in its text, be it of whatever it wants. */
  isNamedElsewhere(path: string, name: string): boolean {
    const word = wordPattern(name, '')
    const isNamedIn = (other: string): boolean => {
      const text = other === path ? undefined : this.#files.get(other)?.text
      return text !== undefined && text.includes(name) && word.test(text)
    }
    const own = this.graph.modules.packageOf(path)
    const key = `${own?.folder}\n${name}`
    const known = this.#elsewhere.get(key)
    if (known !== undefined && known !== path) return true
    for (const nearFirst of [this.#importers.get(path) ?? [], this.readersOf(path)])
      for (const other of nearFirst)
        if (isNamedIn(other)) {
          this.#elsewhere.set(key, other)
          return true
        }
    return this.isPutTogether(name)
  }

  /** The modules that objects of a module may get to, itself among them. */
  readersOf(path: string): string[] {
    const own = this.graph.modules.packageOf(path)
    return own === null ? [...this.#files.keys()] : this.#withinReach(own)
  }

  /** Modules of the packages that load a package, through others too, and of those that these load: so far its objects get. */
  #withinReach(own: PackageManifest): string[] {
    let found = this.#reach.get(own)
    if (!found) {
      this.#packages ??= new PackageGraph(this.#files.values(), this.graph)
      const packages = this.#packages.aroundOf(own)
      found = [...this.#files.keys()].filter((path) => packages.has(this.graph.modules.packageOf(path)))
      this.#reach.set(own, found)
    }
    return found
  }

  /** As `handlers[`on${event}`]` puts names together. */
  isPutTogether(name: string): boolean {
    this.#patterns ??= [...this.#files.values()].flatMap(({ text }) => namePatterns(text))
    return this.#patterns.some(
      ([start, end]) =>
        name.length > start.length + end.length && name.startsWith(start) && name.endsWith(end),
    )
  }
}

const PUT_TOGETHER = /\[\s*(?:`([\w$]*)\$\{[^}`]{1,200}\}([\w$]*)`|['"]([\w$]+)['"]\s*\+)/g

/** Beginnings and ends of names by which members are asked for. */
function namePatterns(text: string): [string, string][] {
  return [...text.matchAll(PUT_TOGETHER)].flatMap(([, start, end, before]): [string, string][] => {
    const pattern: [string, string] = [start ?? before ?? '', end ?? '']
    return pattern.join('') === '' ? [] : [pattern]
  })
}

/** `all.send` is its use; `all` alone may be of anything in it. */
function isUsedAs(whole: string, name: string, text: string): boolean {
  return [...text.matchAll(wordPattern(whole))].some(({ index }) => {
    const member = /^\s*\??\.\s*([\w$]+)/.exec(text.slice(index + whole.length, index + whole.length + 300))
    return member === null || member[1] === name
  })
}
