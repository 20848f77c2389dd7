/** All formats: every module in `formats/`, in sorted order. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { MODULE_FOLDER } from '../facts/package-folder.js'
import { compareText } from '../facts/source.js'
import type { Format } from './format.js'

const FOLDER = join(MODULE_FOLDER, 'inputs', 'formats')
/** Sources and the built program carry different endings. */
const MODULE = /(?<!\.d)\.[jt]s$/

export async function loadFormats(): Promise<Format[]> {
  const files = readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isFile() && MODULE.test(entry.name))
    .map((entry) => entry.name)
    .sort(compareText)
  return Promise.all(files.map((file) => loadFormat(file)))
}

async function loadFormat(file: string): Promise<Format> {
  const module = (await import(pathToFileURL(join(FOLDER, file)).href)) as { default?: unknown }
  return checkFormat(module.default, file.replace(MODULE, ''))
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
