/** Which libraries the modules belong to that imports name. The same few names are asked of thousands of files. */
import { nameMatches, type Library } from '../../../../knowledge/libraries.js'

const known = new WeakMap<Library[], Map<string, Library[]>>()

export function librariesNamed(specifier: string, libraries: Library[]): Library[] {
  let bySpecifier = known.get(libraries)
  if (!bySpecifier) known.set(libraries, (bySpecifier = new Map()))
  let found = bySpecifier.get(specifier)
  if (!found) {
    found = libraries.filter(({ imports }) => imports.some((pattern) => nameMatches(pattern, specifier)))
    bySpecifier.set(specifier, found)
  }
  return found
}
