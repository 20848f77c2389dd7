/** Reads the YAML under `rules/` (and the user's own folders) against a schema, with position-exact errors. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LineCounter, parseDocument, type Document, isMap, isNode, isScalar } from 'yaml'
import type { z } from 'zod'
import { compareText } from '../facts/source.js'

/** A mistake of the user (usage, configuration, rule): the message says what, where and what to do. Exit code 2. */
export class UserError extends Error {
  override name = 'UserError'
}

/** The folder of rules that comes with the tool. */
export const BUILT_IN_RULES = fileURLToPath(new URL('../../rules', import.meta.url))

export interface Loaded<T> {
  /** Path as shown in messages. */
  file: string
  value: T
  /** `line:column` of the value at a path inside the file. */
  position(path: PropertyKey[]): string
}

/** All YAML files under a folder, sorted by path; an absent folder holds none. */
export function yamlFilesUnder(folder: string): string[] {
  let entries: string[]
  try {
    entries = readdirSync(folder)
  } catch {
    return []
  }
  return entries
    .map((entry) => join(folder, entry))
    .flatMap((path) =>
      statSync(path).isDirectory() ? yamlFilesUnder(path) : /\.ya?ml$/.test(path) ? [path] : [],
    )
    .sort(compareText)
}

/** Reads and checks one YAML file; throws a UserError that names every fault with file:line:column. */
export function loadYaml<Schema extends z.ZodType>(file: string, schema: Schema): Loaded<z.infer<Schema>> {
  return checkYaml(file, readText(file), schema)
}

/** As loadYaml, for text at hand. */
export function checkYaml<Schema extends z.ZodType>(
  file: string,
  text: string,
  schema: Schema,
): Loaded<z.infer<Schema>> {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset)
    return `${line}:${col}`
  }
  if (document.errors.length > 0) {
    throw new UserError(
      document.errors.map((error) => `${file}:${at(error.pos[0])} ${firstLine(error.message)}`).join('\n'),
    )
  }
  const position = (path: PropertyKey[]): string => at(offsetOf(document, path))
  const checked = schema.safeParse(plainValue(file, document))
  if (!checked.success) {
    const faults = checked.error.issues.map((issue) => {
      const name = issue.path.length > 0 ? `${issue.path.map(String).join('.')}: ` : ''
      const place =
        issue.code === 'unrecognized_keys'
          ? at(offsetOfKey(document, issue.path, issue.keys[0]!))
          : position(issue.path)
      return `${file}:${place} ${name}${issue.message}`
    })
    throw new UserError(faults.join('\n'))
  }
  return { file, value: checked.data, position }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new UserError(
      `${file}: cannot be read (${(error as NodeJS.ErrnoException).code}); check the path and its permissions`,
    )
  }
}

/** Aliases may not multiply a small file into a large value. */
function plainValue(file: string, document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 })
  } catch (error) {
    throw new UserError(`${file}:1:1 an alias cannot be resolved: ${firstLine((error as Error).message)}`)
  }
}

function offsetOfKey(document: Document, path: PropertyKey[], key: string): number {
  const map = document.getIn(path, true)
  const pair = isMap(map)
    ? map.items.find((item) => isScalar(item.key) && String(item.key.value) === key)
    : undefined
  return isScalar(pair?.key) && pair.key.range ? pair.key.range[0] : offsetOf(document, path)
}

/** Offset of the deepest existing node on a path: for a missing key, its parent. */
function offsetOf(document: Document, path: PropertyKey[]): number {
  for (let length = path.length; length >= 0; length--) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return node.range[0]
  }
  return 0
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]!.replace(/ at line \d+, column \d+:?$/, '')
}
