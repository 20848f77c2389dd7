/** The versions of a library that a file may run with. */
import type { Library } from '../../../knowledge/libraries.js'
import type { Modules } from './modules.js'

/** A version or a range of versions; null when nothing says. */
export function versionsOf(library: Library, path: string, modules: Modules): string | null {
  return modules.versionsOf(path, library.package ?? packageName(library.imports[0] ?? ''))
}

/** `mysql2` of `mysql2/promise`, `@a/b` of `@a/b/c`. */
export function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}
