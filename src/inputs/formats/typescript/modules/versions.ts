/** The versions of a library that a file may run with. */
import type { Library } from '../../../../knowledge/libraries.js'
import type { Modules } from './modules.js'

/** A version or a range of versions; null when nothing says. */
export function versionsOf(library: Library, path: string, modules: Modules): string | null {
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
