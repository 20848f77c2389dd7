/** Which libraries the modules belong to that imports name. The same few names are asked of thousands of files. */
import { nameMatches, type Library } from '../../../../knowledge/libraries.js'

interface Named {
  byName: Map<string, Library[]>
  /** Those that are imported by names of which only a part is known. */
  byPattern: Library[]
  asked: Map<string, Library[]>
}

const known = new WeakMap<Library[], Named>()

export function librariesNamed(specifier: string, libraries: Library[]): Library[] {
  let named = known.get(libraries)
  if (!named) known.set(libraries, (named = namesOf(libraries)))
  const { byName, byPattern, asked } = named
  let found = asked.get(specifier)
  if (!found) {
    const matching = byPattern.filter(({ imports }) =>
      imports.some((pattern) => nameMatches(pattern, specifier)),
    )
    found = [...new Set([...(byName.get(specifier) ?? []), ...matching])]
    asked.set(specifier, found)
  }
  return found
}

function namesOf(libraries: Library[]): Named {
  const byName = new Map<string, Library[]>()
  for (const library of libraries)
    for (const name of library.imports) byName.set(name, [...(byName.get(name) ?? []), library])
  const byPattern = libraries.filter(({ imports }) => imports.some((name) => name.includes('*')))
  return { byName, byPattern, asked: new Map() }
}
