/** Reads the YAML under `rules/` (and the user's own folders) against a schema, with position-exact errors. */
import { readFileSync } from 'node:fs'
import { LineCounter, parseDocument, type Document, isMap, isNode, isScalar } from 'yaml'
import type * as z from 'zod'
import { plainDocuments } from './plain-yaml.js'
import { keep, preparedValue } from './prepared.js'

/** A mistake of the user (usage, configuration, rule): the message says what, where and what to do. Exit code 2. */
export class UserError extends Error {
  override name = 'UserError'
}

export interface Loaded<T> {
  /** Path as shown in messages. */
  file: string
  value: T
  /** `line:column` of the value at a path inside the file. */
  position(path: PropertyKey[]): string
  /** The build has read and checked it, and it was not changed since. */
  prepared: boolean
}

/** Reads and checks one YAML file; throws a UserError that names every fault with file:line:column. */
export function loadYaml<Schema extends z.ZodType>(file: string, schema: Schema): Loaded<z.infer<Schema>> {
  const value = preparedValue(file)
  if (value === undefined) return keep(checkYaml(file, readText(file), schema))
  const placed = lazily(() => new PlacedYaml(file, readText(file)))
  return {
    file,
    value: value as z.infer<Schema>,
    position: (path) => placed().position(path),
    prepared: true,
  }
}

/** As loadYaml, for text at hand. */
export function checkYaml<Schema extends z.ZodType>(
  file: string,
  text: string,
  schema: Schema,
): Loaded<z.infer<Schema>> {
  const placed = lazily(() => new PlacedYaml(file, text))
  const plain = plainDocuments(text)
  const checked = schema.safeParse(plain?.length === 1 ? plain[0] : placed().value())
  if (!checked.success) throw new UserError(placed().faults(checked.error.issues).join('\n'))
  return { file, value: checked.data, position: (path) => placed().position(path), prepared: false }
}

/** One document with the place of every value; broken YAML is refused with all its errors. */
class PlacedYaml {
  readonly #lines = new LineCounter()
  readonly #document: Document

  constructor(
    readonly file: string,
    text: string,
  ) {
    this.#document = parseDocument(text, { lineCounter: this.#lines })
    const { errors } = this.#document
    if (errors.length > 0)
      throw new UserError(
        errors.map((error) => `${file}:${this.#at(error.pos[0])} ${firstLine(error.message)}`).join('\n'),
      )
  }

  /** Aliases may not multiply a small file into a large value. */
  value(): unknown {
    try {
      return this.#document.toJS({ maxAliasCount: 100 })
    } catch (error) {
      throw new UserError(
        `${this.file}:1:1 an alias cannot be resolved: ${firstLine((error as Error).message)}`,
      )
    }
  }

  position(path: PropertyKey[]): string {
    return this.#at(offsetOf(this.#document, path))
  }

  faults(issues: z.core.$ZodIssue[]): string[] {
    return issues.map((issue) => {
      const name = issue.path.length > 0 ? `${issue.path.map(String).join('.')}: ` : ''
      const place =
        issue.code === 'unrecognized_keys'
          ? this.#at(offsetOfKey(this.#document, issue.path, issue.keys[0]!))
          : this.position(issue.path)
      return `${this.file}:${place} ${name}${issue.message}`
    })
  }

  #at(offset: number): string {
    const { line, col } = this.#lines.linePos(offset)
    return `${line}:${col}`
  }
}

function lazily<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
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
