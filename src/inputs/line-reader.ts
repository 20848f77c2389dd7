/** Lines of an input once more, for excerpts: the texts are not kept in memory meanwhile. */
import { join } from 'node:path'
import { statSync } from 'node:fs'
import { readText } from './read-text.js'

/** Null for a path that cannot be read again. */
export function lineReader(root: string): (path: string) => string[] | null {
  const known = new Map<string, string[] | null>()
  return (path) => {
    if (!known.has(path)) known.set(path, linesAt(path, join(root, path)))
    return known.get(path)!
  }
}

function linesAt(path: string, absolutePath: string): string[] | null {
  const stat = statSync(absolutePath, { throwIfNoEntry: false })
  if (!stat?.isFile()) return null
  return readText({ path, absolutePath, size: stat.size }).text?.split(/\r?\n/) ?? null
}
