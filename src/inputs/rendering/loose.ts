/** Descriptions of charts and overlays as plain values: only what they name is asked, and whatever else stands there is passed over. */
import { lstatSync, readFileSync } from 'node:fs'
import { join } from 'node:path/posix'
import { looseDocuments } from '../../knowledge/plain-yaml.js'

export type Mapping = Record<string, unknown>

const MAX_BYTES = 1024 * 1024

/** The first document of a file; null when it is none. Links and devices are no files. */
export function readMapping(file: string, mappingOf = firstMapping): Mapping | null {
  try {
    const found = lstatSync(file)
    return found.isFile() && found.size <= MAX_BYTES ? mappingOf(readFileSync(file, 'utf8')) : null
  } catch {
    return null
  }
}

function firstMapping(text: string): Mapping | null {
  const [first] = looseDocuments(text) ?? []
  return isMapping(first) ? first : null
}

export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** More than any manifest holds: aliases make a small text as large as they like, or contain themselves. */
const MAX_VALUES = 100_000

/** The only document of a text, when it is a mapping of a size that can be walked through. */
export function mappingIn(text: string): Mapping | null {
  const [value] = looseDocuments(text) ?? []
  if (!isMapping(value)) return null
  const left: unknown[] = [value]
  for (let count = 0; left.length > 0; count++) {
    if (count + left.length > MAX_VALUES) return null
    const next = left.pop()
    if (typeof next !== 'object' || next === null) continue
    for (const below of Object.values(next)) left.push(below)
  }
  return value
}

export function textAt(value: unknown, key: string): string | null {
  const found = isMapping(value) ? value[key] : undefined
  return typeof found === 'string' ? found : null
}

export function listAt(value: unknown, key: string): unknown[] {
  const found = isMapping(value) ? value[key] : undefined
  return Array.isArray(found) ? found : []
}

/** A path from a folder, with `/`; the root is ''. */
export function pathIn(folder: string, path: string): string {
  const joined = join(folder, path).replace(/\/$/, '')
  return joined === '.' ? '' : joined
}
