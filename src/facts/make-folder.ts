/** Makes folders one by one: where a file system refuses one, as /proc does, Node's own recursive way tries for ever. */
import { existsSync, mkdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/** The folder and those above it that are missing, with the given mode; throws Node's error, which names the `path`, where one cannot be made. */
export function makeFolder(folder: string, mode?: number): void {
  if (existsSync(folder)) return
  makeFolder(dirname(resolve(folder)), mode)
  try {
    mkdirSync(folder, mode)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}
