/** Whether a path lies in a folder, or is it; links are not followed. */
import { isAbsolute, relative, sep } from 'node:path'

export function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}
