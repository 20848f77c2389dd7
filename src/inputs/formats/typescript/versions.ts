/** The version of a library that a file uses: the least one that the range in its package.json allows. */
import type { Library } from '../../../knowledge/libraries.js'
import { leastVersion } from '../../least-version.js'
import type { Modules } from './modules.js'

/** Null when no package.json names the library, or the range is not one (`latest`, `workspace:*`). */
export function versionOf(library: Library, path: string, modules: Modules): string | null {
  const name = library.package ?? packageName(library.imports[0] ?? '')
  const range = modules.rangeOf(path, name)
  return range === null ? null : leastVersion(range)
}

/** `mysql2` of `mysql2/promise`, `@a/b` of `@a/b/c`. */
export function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}
