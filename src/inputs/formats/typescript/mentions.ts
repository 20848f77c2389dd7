/** Where the names that a module gives out are written elsewhere, read from texts: nothing is parsed for it. */
import type { ReadFile } from '../../format.js'
import type { ImportGraph } from './import-graph.js'
import { specifiersIn } from './imports.js'
import type { Reachability } from './reachability.js'

/** `import { a } from './b'`, `export * from './c'`: what is taken, and from where. */
const TAKEN = /\b(import|export)\s+(?:type\s+)?([^'"`;()=]{1,5000}?)\s*\bfrom\s*(['"])([^'"\n]+)\3/g

interface Taking {
  isPassedOn: boolean
  /** Exported name to the name that it gets here; null for all of them. */
  names: Map<string, string> | null
  /** The name under which the whole module is known here. */
  whole: string | null
}

export class Mentions {
  readonly #files: Map<string, ReadFile>
  readonly #importers = new Map<string, Set<string>>()
  readonly #named = new Set<string>()
  readonly #elsewhere = new Map<string, string[]>()

  /** `code`: the files in which a name counts. */
  constructor(
    code: ReadFile[],
    readonly graph: ImportGraph,
    readonly reached: Reachability,
  ) {
    this.#files = new Map(code.map((file) => [file.path, file]))
    for (const file of code) {
      const { modules, named } = graph.loadedBy(file)
      for (const path of named) this.#named.add(path)
      for (const path of [...modules, ...graph.importedBy(file)]) {
        const known = this.#importers.get(path)
        if (known) known.add(file.path)
        else this.#importers.set(path, new Set([file.path]))
      }
    }
  }

  /** Whether a module uses, under whatever name, something that another exports; also through those that pass it on. */
  isUsedElsewhere(path: string, exported: string[]): boolean {
    return this.#follow(path, exported, ({ isUsed }) => isUsed)
  }

  /** Whether users that are not among the files may get what a module exports, also through those that pass it on. */
  isGivenOut(path: string, exported: string[]): boolean {
    return this.#follow(path, exported, () => false)
  }

  /** Users of the package that are not among the files may get objects of its classes. */
  isPublished(path: string): boolean {
    return this.reached.isPublished(path)
  }

  #follow(path: string, exported: string[], isEnough: (passing: Passing) => boolean): boolean {
    const waiting = exported.map((name): [string, string] => [path, name])
    const seen = new Set<string>()
    for (const [module, name] of waiting) {
      const key = `${module}\n${name}`
      if (seen.has(key)) continue
      seen.add(key)
      if (this.reached.isEntered(module) || this.#named.has(module)) return true
      for (const importer of this.#importers.get(module) ?? []) {
        const passing = this.#passing(this.#files.get(importer)!, module, name)
        if (isEnough(passing)) return true
        waiting.push(...passing.as.map((as): [string, string] => [importer, as]))
      }
    }
    return false
  }

  #passing(importer: ReadFile, module: string, name: string): Passing {
    const takings = this.#takings(importer, module)
    if (takings === null) return { isUsed: true, as: [] }
    const rest = importer.text.replace(TAKEN, '')
    const passing: Passing = { isUsed: false, as: [] }
    for (const { isPassedOn, names, whole } of takings) {
      const local = whole ?? (names === null ? (name === 'default' ? undefined : name) : names.get(name))
      if (local === undefined) continue
      if (isPassedOn) passing.as.push(local)
      else if (whole !== null ? isUsedAs(whole, name, rest) : hasWord(rest, local)) passing.isUsed = true
    }
    return passing
  }

  /** All that a module takes from another; null where it also loads it in a way that says nothing of names. */
  #takings({ path, text }: ReadFile, module: string): Taking[] | null {
    const takings: Taking[] = []
    for (const [, keyword, clause, , specifier] of text.matchAll(TAKEN))
      if (this.graph.resolve(path, specifier!) === module)
        takings.push(takingOf(clause!, keyword === 'export'))
    const rest = text.replace(TAKEN, '')
    const isLoadedOtherwise = specifiersIn(rest).some(
      (specifier) => this.graph.resolve(path, specifier) === module,
    )
    return takings.length === 0 || isLoadedOtherwise || takings.includes(UNCLEAR) ? null : takings
  }

  /** Whether any other module has a name in its text, be it of whatever it wants. */
  isNamedElsewhere(path: string, name: string): boolean {
    let found = this.#elsewhere.get(name)
    if (!found) {
      found = []
      for (const file of this.#files.values()) {
        if (found.length > 1) break
        if (file.text.includes(name) && hasWord(file.text, name)) found.push(file.path)
      }
      this.#elsewhere.set(name, found)
    }
    return found.some((other) => other !== path)
  }
}

/** What an importer does with a name of another module: uses it, exports it again under names. */
interface Passing {
  isUsed: boolean
  as: string[]
}

const UNCLEAR: Taking = { isPassedOn: false, names: null, whole: null }

/** Of `def, { a as b }`, `* as all`, `*`. */
function takingOf(clause: string, isPassedOn: boolean): Taking {
  const code = clause.replace(/\/\*[^]*?\*\/|\/\/.*/g, '')
  const match = /^\s*(?:type\s+)?(?:([\w$]+)\s*,?\s*)?(?:\{([^{}]*)\}|\*(?:\s*as\s+([\w$]+))?)?\s*$/.exec(code)
  if (!match) return UNCLEAR
  const [, byDefault, list, whole] = match
  if (list === undefined && (whole !== undefined || code.includes('*')))
    return byDefault === undefined ? { isPassedOn, names: null, whole: whole ?? null } : UNCLEAR
  const names = new Map<string, string>()
  if (byDefault !== undefined) names.set('default', byDefault)
  for (const item of (list ?? '').split(',')) {
    const [, name, as] = /^\s*(?:type\s+)?([\w$]+)(?:\s+as\s+([\w$]+))?\s*$/.exec(item) ?? []
    if (name !== undefined) names.set(name, as ?? name)
    else if (item.trim() !== '') return UNCLEAR
  }
  return { isPassedOn, names, whole: null }
}

/** `all.send` is its use; `all` alone may be of anything in it. */
function isUsedAs(whole: string, name: string, text: string): boolean {
  return [...text.matchAll(wordPattern(whole))].some(({ index }) => {
    const member = /^\s*\??\.\s*([\w$]+)/.exec(text.slice(index + whole.length, index + whole.length + 300))
    return member === null || member[1] === name
  })
}

export function hasWord(text: string, word: string): boolean {
  return text.includes(word) && wordPattern(word).test(text)
}

/** Global: for `matchAll`. */
export function wordPattern(word: string): RegExp {
  return new RegExp(String.raw`(?<![\w$#])${word.replace(/[$]/g, String.raw`\$`)}(?![\w$])`, 'g')
}
