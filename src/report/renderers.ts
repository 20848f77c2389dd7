/** The output formats: every module of `formats/`, so that a new format needs no list to edit. */
import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { MODULE_FOLDER } from '../facts/package-folder.js'
import { compareText } from '../facts/source.js'
import type { Renderer } from './renderer.js'

const FOLDER = join(MODULE_FOLDER, 'report', 'formats')

/** Names that `--format` takes, sorted. */
export function rendererNames(): string[] {
  return [...modules().keys()]
}

/** Loads one format, and with it only the libraries that this one needs. */
export async function loadRenderer(name: string): Promise<Renderer> {
  const file = modules().get(name)
  if (file === undefined)
    throw new Error(`${name} is not an output format; available: ${rendererNames().join(', ')}`)
  const module: unknown = await import(pathToFileURL(join(FOLDER, file)).href)
  const renderer =
    typeof module === 'object' && module !== null && 'default' in module ? module.default : null
  if (!isRenderer(renderer) || renderer.name !== name) {
    throw new Error(`${file}: its default export is no Renderer named ${name}`)
  }
  return renderer
}

/** Format name to file name. Sources and compiled modules carry different endings. */
function modules(): Map<string, string> {
  const files = readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.d)\.[jt]s$/.test(entry.name))
    .map((entry) => entry.name)
  return new Map(files.sort(compareText).map((file) => [basename(file).replace(/\.[jt]s$/, ''), file]))
}

function isRenderer(value: unknown): value is Renderer {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    'extension' in value &&
    'render' in value
  )
}
