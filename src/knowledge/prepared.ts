/**
 * What the build has read of the built-in knowledge and found right, so that no run parses and checks it again. As soon as one
 * file of it differs, everything is read and checked as a user's own rules are.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { MODULE_FOLDER } from '../facts/package-folder.js'
import { BUILT_IN_RULES, builtInDigest, yamlFilesUnder } from './rule-files.js'

/** Its name in the folder of the built program. */
export const PREPARED = 'knowledge.bin'

interface Prepared {
  /** Of the files that were read. */
  digest: string
  /** Checked values by path below the folder of rules. */
  values: Map<string, unknown>
}

let prepared: Prepared['values'] | undefined
let kept: Prepared['values'] | undefined

/** The checked value of a built-in file; undefined when it has to be read. */
export function preparedValue(file: string): unknown {
  if (!file.startsWith(BUILT_IN_RULES)) return undefined
  prepared ??= readPrepared(join(MODULE_FOLDER, PREPARED))
  return prepared.get(relative(BUILT_IN_RULES, file))
}

/** Values by path. None when the sources run directly, another Node has written the file, or the knowledge was changed since. */
export function readPrepared(file: string): Prepared['values'] {
  if (!existsSync(file)) return new Map()
  try {
    const { digest, values } = deserialize(readFileSync(file)) as Prepared
    return digest === builtInDigest() ? values : new Map()
  } catch {
    return new Map()
  }
}

/** While the build prepares, what was read is kept. */
export function keep<T extends { file: string; value: unknown }>(loaded: T): T {
  kept?.set(relative(BUILT_IN_RULES, loaded.file), loaded.value)
  return loaded
}

/** What is to be written as PREPARED, given everything that reads knowledge; throws when a file was left out. */
export function prepare(read: () => void): Buffer {
  const values = (kept = new Map<string, unknown>())
  try {
    read()
  } finally {
    kept = undefined
  }
  const forgotten = yamlFilesUnder(BUILT_IN_RULES).filter(
    (file) => !values.has(relative(BUILT_IN_RULES, file)),
  )
  if (forgotten.length > 0) throw new Error(`nothing has read ${forgotten.join(', ')}`)
  return serialize({ digest: builtInDigest(), values } satisfies Prepared)
}
