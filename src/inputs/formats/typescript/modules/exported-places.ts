/** Where the names that modules export are written, also through modules that export them again. Nothing is resolved for it. */
import { codeEntries } from '../../../../knowledge/code-entries.js'
import { exportsOf, type Export } from './exports.js'
import type { Modules } from './modules.js'
import type { TS } from '../syntax/syntax.js'

export type ExportedPlace =
  | { kind: 'own'; tree: TS.SourceFile; entry: Export & { kind: 'local' | 'value' } }
  /** A whole module, exported under a name. */
  | { kind: 'module'; file: string }
  /** Exported again from a package; `path` is empty for its default export. */
  | { kind: 'package'; module: string; path: string }

/** `export *`, `export =`, and the ways of modules that name nothing. */
const MAY_EXPORT_MORE = /\bexport\s*[*=]|\bexports\b/

export class ExportedPlaces {
  readonly #known = new Map<string, ExportedPlace | null>()
  readonly #open = new Map<string, boolean>()

  constructor(readonly modules: Modules) {}

  /** Null when no module that is there exports the name. */
  of(path: string, name: string): ExportedPlace | null {
    const key = `${path}\n${name}`
    let found = this.#known.get(key)
    if (found === undefined) this.#known.set(key, (found = this.#find(path, name, new Set())))
    return found
  }

  /** What a CommonJS module says to be; a module that does not need not be parsed. */
  wholeOf(path: string): TS.Expression | null {
    const tree = /\bmodule\.exports\s*=|\bexport\s*=/.test(this.modules.text(path))
      ? this.modules.tree(path)
      : null
    return tree ? exportsOf(tree).whole : null
  }

  #find(path: string, name: string, seen: Set<string>): ExportedPlace | null {
    if (seen.has(`${path}\n${name}`) || !this.#mayExport(path, name)) return null
    seen.add(`${path}\n${name}`)
    const tree = this.modules.tree(path)
    if (!tree) return null
    const { named, stars } = exportsOf(tree)
    const entry = named.get(name)
    if (entry?.kind === 'from') return this.#behind(path, entry.module, entry.name, seen)
    if (entry) return { kind: 'own', tree, entry }
    return this.#amongAll(path, stars, name, seen)
  }

  /** A module of the project's own that has the name goes before a package that may have it. */
  #amongAll(path: string, stars: string[], name: string, seen: Set<string>): ExportedPlace | null {
    let ofPackage: ExportedPlace | null = null
    for (const module of stars) {
      const found = this.#behind(path, module, name, seen)
      if (found !== null && found.kind !== 'package') return found
      ofPackage ??= found
    }
    return ofPackage
  }

  #behind(path: string, module: string, name: string, seen: Set<string>): ExportedPlace | null {
    const file = this.modules.resolve(path, module)
    if (file !== null) return name === '' ? { kind: 'module', file } : this.#find(file, name, seen)
    return isLost(module)
      ? null
      : { kind: 'package', module, path: this.modules.packageNames.pathOf(module, [name]) }
  }

  /** A module that does not even have the name in its text need not be parsed. */
  #mayExport(path: string, name: string): boolean {
    return this.modules.text(path).includes(name) || this.#isOpen(path)
  }

  #isOpen(path: string): boolean {
    let isOpen = this.#open.get(path)
    if (isOpen === undefined) this.#open.set(path, (isOpen = MAY_EXPORT_MORE.test(this.modules.text(path))))
    return isOpen
  }
}

/** A module of the project that is not there, and was not to be generated either. */
export function isLost(module: string): boolean {
  return module.startsWith('.') && !module.split('/').some((segment) => codeEntries().generated.test(segment))
}
