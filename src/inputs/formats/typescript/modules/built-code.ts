/** Paths of built code, and the places of the sources that it is built from. */
import { posix } from 'node:path'
import { codeEntries } from '../../../../knowledge/code-entries.js'

/** In a folder that a build fills. */
export function isBuilt(path: string): boolean {
  return path.split('/').some((segment) => codeEntries().built.test(segment))
}

/** Where the source of a path may stand, the likeliest first; none for a path that is not of built code. */
export function sourcePlaces(path: string): string[] {
  const { built, folders } = codeEntries()
  const segments = path.split('/')
  const at = segments.findIndex((segment) => built.test(segment))
  if (at < 0) return []
  const [before, inside] = [segments.slice(0, at), segments.slice(at + 1)]
  return [...folders.map((folder) => posix.join(...before, folder, ...inside)), ...fromAbove(before, inside)]
}

/** `apps/cart/dist/apps/cart/src/main.js`: a compiler repeats the way from the folder that holds all it compiles. */
function fromAbove(before: string[], inside: string[]): string[] {
  return before
    .map((_, above) => above)
    .filter((above) => before.slice(above).every((segment, index) => inside[index] === segment))
    .map((above) => posix.join(...before.slice(0, above), ...inside))
}
