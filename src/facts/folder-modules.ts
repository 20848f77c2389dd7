/** The modules of a folder by name, each loaded when it is asked for: a format is added by adding its file. */
import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { compareText } from './source.js'

export type Modules = Map<string, () => Promise<{ default?: unknown }>>

/** Of the sources; the built program is one file and has them listed (scripts/listed-folders.ts). */
export function modulesIn(folder: string): Modules {
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => entry.name)
    .sort(compareText)
  return new Map(
    files.map((file) => [
      basename(file, '.ts'),
      () => import(pathToFileURL(join(folder, file)).href) as Promise<{ default?: unknown }>,
    ]),
  )
}
