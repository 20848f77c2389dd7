/** The fonts of every printed page, told to the browser by a fontconfig file of our own. */
import { mkdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const { resolve } = createRequire(import.meta.url)

/** The faces that the style sheet names, and DejaVu for the signs and scripts that they lack. */
const FOLDERS = [
  '@expo-google-fonts/source-sans-3',
  '@expo-google-fonts/source-code-pro',
  'dejavu-fonts-ttf',
].map((name) => dirname(resolve(`${name}/package.json`)))

/**
 * Writes `fonts.conf` into a folder and returns its path; what fontconfig finds out is kept below `cache`. It names no
 * folder of the machine: pages look the same everywhere, and a machine without fonts prints no blank pages.
 */
export async function writeFontsFile(folder: string, cache: string): Promise<string> {
  const fontCache = join(cache, 'font-cache')
  await mkdir(fontCache, { recursive: true, mode: 0o700 })
  const file = join(folder, 'fonts.conf')
  await writeFile(file, fontsFile(fontCache), { mode: 0o600 })
  return file
}

function fontsFile(cache: string): string {
  const prefer = (generic: string, ...families: string[]): string =>
    `  <alias binding="strong"><family>${generic}</family><prefer>${families.map((family) => `<family>${family}</family>`).join('')}</prefer></alias>`
  return [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">',
    '<fontconfig>',
    ...FOLDERS.map((folder) => `  <dir>${xml(folder)}</dir>`),
    `  <cachedir>${xml(cache)}</cachedir>`,
    prefer('sans-serif', 'Source Sans 3', 'DejaVu Sans Condensed'),
    prefer('serif', 'DejaVu Serif Condensed'),
    prefer('monospace', 'Source Code Pro', 'DejaVu Sans Mono'),
    '</fontconfig>',
    '',
  ].join('\n')
}

function xml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
