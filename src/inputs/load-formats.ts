/** All formats: every module in `formats/`, in sorted order. */
import { readdirSync } from 'node:fs'
import { basename, extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compareText } from '../facts/source.js'
import type { Format } from './format.js'

const EXTENSION = extname(fileURLToPath(import.meta.url))
const FOLDER = new URL('./formats/', import.meta.url)

export async function loadFormats(): Promise<Format[]> {
  const files = readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isFile() && extname(entry.name) === EXTENSION)
    .map((entry) => entry.name)
    .sort(compareText)
  return Promise.all(files.map((file) => loadFormat(file)))
}

async function loadFormat(file: string): Promise<Format> {
  const module = (await import(new URL(file, FOLDER).href)) as { default?: unknown }
  return checkFormat(module.default, basename(file, EXTENSION))
}

/** Refuses what is no Format, or one whose name is not its file's. */
export function checkFormat(candidate: unknown, name: string): Format {
  if (!isFormat(candidate)) throw new Error(`inputs/formats/${name}: its default export is not a Format`)
  if (candidate.name !== name)
    throw new Error(`inputs/formats/${name}: its name is "${candidate.name}"; name it like its file`)
  return candidate
}

function isFormat(candidate: unknown): candidate is Format {
  return (
    typeof candidate === 'object' &&
    candidate !== null &&
    'name' in candidate &&
    typeof candidate.name === 'string' &&
    'title' in candidate &&
    typeof candidate.title === 'string' &&
    'recognises' in candidate &&
    typeof candidate.recognises === 'function' &&
    'read' in candidate &&
    typeof candidate.read === 'function'
  )
}
