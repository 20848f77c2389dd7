/** What the sources find by looking into a folder is listed in the built program, which is one file. */
import { readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Plugin } from 'esbuild'

export const listedFolders: Plugin = {
  name: 'listed-folders',
  setup({ onLoad }) {
    onLoad({ filter: /[/\\]formats-folder\.ts$/ }, ({ path }) => ({
      contents: listOf(join(dirname(path), 'formats')),
      resolveDir: dirname(path),
    }))
  },
}

function listOf(folder: string): string {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => basename(entry.name, '.ts'))
    .sort()
  const entries = names.map((name) => `['${name}', () => import('./formats/${name}.js')]`)
  return `export const modules = new Map([${entries.join(', ')}])`
}
