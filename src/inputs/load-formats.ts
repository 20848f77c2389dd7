/** All formats: every module in `formats/`, in sorted order. */
import type { Format } from './format.js'
import { modules } from './formats-folder.js'

export async function loadFormats(): Promise<Format[]> {
  return Promise.all([...modules].map(async ([name, load]) => checkFormat((await load()).default, name)))
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
