/** What a path in a manifest may have meant whose module is not among the files. */
import { posix } from 'node:path'
import { withoutExtension } from '../syntax/places.js'

/** Modules of the same name elsewhere, as after a move; else those beside the place, as after a new name. */
export function likeLost(place: string, modules: string[]): string[] {
  const { dir, name } = posix.parse(place)
  const moved = modules.filter((path) => posix.basename(withoutExtension(path)) === name)
  return moved.length > 0 ? moved : modules.filter((path) => posix.dirname(path) === (dir === '' ? '.' : dir))
}
