/** Paths as results show them. */
import { relative, sep } from 'node:path'

/** With `/` on every system. */
export function pathFrom(folder: string, absolutePath: string): string {
  const path = relative(folder, absolutePath)
  return sep === '/' ? path : path.split(sep).join('/')
}
