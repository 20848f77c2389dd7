/** Paths as results show them. */
import { relative, sep } from 'node:path'

/** With `/` on every system. */
export function pathFrom(folder: string, absolutePath: string): string {
  const isBelow = absolutePath.startsWith(folder) && absolutePath[folder.length] === sep
  const path = isBelow ? absolutePath.slice(folder.length + 1) : relative(folder, absolutePath)
  return sep === '/' ? path : path.split(sep).join('/')
}
