/** The versions of a library that a file may run with. */
import type { Library } from '../../../../knowledge/libraries.js'
import type { Modules } from './modules.js'

const known = new WeakMap<Modules, Map<Library, Map<string, string | null>>>()

/** A version or a range of versions; null when nothing says. It is asked for every call of every caller. */
export function versionsOf(library: Library, path: string, modules: Modules): string | null {
  let all = known.get(modules)
  if (!all) known.set(modules, (all = new Map<Library, Map<string, string | null>>()))
  let ofLibrary = all.get(library)
  if (!ofLibrary) all.set(library, (ofLibrary = new Map<string, string | null>()))
  let found = ofLibrary.get(path)
  if (found === undefined) ofLibrary.set(path, (found = findVersions(library, path, modules)))
  return found
}

function findVersions(library: Library, path: string, modules: Modules): string | null {
  const names = library.imports.map(packageName)
  const decides = library.package ?? names[0] ?? ''
  const own = modules.versionsOf(path, decides)
  if (own !== null || names.includes(decides)) return own
  // What a dependency brings along: all that the imported packages may bring.
  const below = names.flatMap((name) => modules.versionsBelow(path, name, decides) ?? [])
  return below.length === 0 ? null : [...new Set(below)].join(' || ')
}

/** `mysql2` of `mysql2/promise`, `@a/b` of `@a/b/c`. */
export function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}
