/** The fonts of every printed page: DejaVu, told to the browser by a fontconfig file of our own. */
import { mkdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const FONTS = join(dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')), 'ttf')

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
  const prefer = (generic: string, family: string): string =>
    `  <alias binding="strong"><family>${generic}</family><prefer><family>${family}</family></prefer></alias>`
  return [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">',
    '<fontconfig>',
    `  <dir>${xml(FONTS)}</dir>`,
    `  <cachedir>${xml(cache)}</cachedir>`,
    prefer('sans-serif', 'DejaVu Sans Condensed'),
    prefer('serif', 'DejaVu Serif Condensed'),
    prefer('monospace', 'DejaVu Sans Mono'),
    '</fontconfig>',
    '',
  ].join('\n')
}

function xml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
