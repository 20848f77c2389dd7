/** The output formats: every module of `formats/`, so that a new format needs no list to edit. */
import { modules } from './formats-folder.js'
import type { Renderer } from './renderer.js'

/** Names that `--format` takes, sorted. */
export function rendererNames(): string[] {
  return [...modules.keys()]
}

/** Loads one format, and with it only the libraries that this one needs. */
export async function loadRenderer(name: string): Promise<Renderer> {
  const load = modules.get(name)
  if (load === undefined)
    throw new Error(`${name} is not an output format; available: ${rendererNames().join(', ')}`)
  const { default: renderer } = await load()
  if (!isRenderer(renderer) || renderer.name !== name)
    throw new Error(`report/formats/${name}: its default export is no Renderer of that name`)
  return renderer
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
