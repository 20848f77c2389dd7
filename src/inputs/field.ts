/** A place in a YAML document: the value there, where it stands, and readings of it that report a wrong type. */
import type { Source } from '../facts/source.js'
import { parseDuration } from '../facts/units.js'
import type { Problem } from './format.js'
import type { Path, YamlDocument } from './yaml/document.js'

const MAX_PROBLEMS = 50

export class Field {
  private constructor(
    readonly value: unknown,
    /** The field that it stands in, and under which key or as which item; null for the whole document. */
    private readonly within: { field: Field; step: string | number } | null,
    private readonly document: YamlDocument,
    private readonly problems: Problem[],
  ) {}

  /** The whole document; wrong types met below are added to `problems`. */
  static of(document: YamlDocument, problems: Problem[]): Field {
    return new Field(document.value, null, document, problems)
  }

  /** False for a missing value and for null, which mean the same in manifests. */
  get exists(): boolean {
    return this.value !== undefined && this.value !== null
  }

  /** Put together only where it is asked for: most fields are met on the way to another one, or are not there. */
  get path(): Path {
    return this.within ? [...this.within.field.path, this.within.step] : []
  }

  get source(): Source {
    return this.document.sourceOf(this.path)
  }

  /** Keys that stand here in comments only. */
  get remarks(): string[] {
    return this.document.remarksAt(this.path)
  }

  /** The comment behind the value, from its `#` on. */
  get comment(): string | null {
    return this.exists ? this.document.commentAt(this.path) : null
  }

  /** Comments on lines of their own within it. */
  get ownComments(): string[] {
    return this.exists ? this.document.ownCommentsIn(this.path) : []
  }

  /** The field under a key, or under several; of anything but a mapping it does not exist. */
  get(...keys: string[]): Field {
    return keys.reduce((field: Field, key) => field.child(key), this)
  }

  /** Items of a list. */
  items(): Field[] {
    if (!this.exists) return []
    if (!Array.isArray(this.value)) return this.wrong('a list', [])
    return this.value.map((item, index) => this.at(index, item))
  }

  /** Entries of a mapping. */
  entries(): [string, Field][] {
    if (!this.exists) return []
    if (!isMapping(this.value)) return this.wrong('a mapping', [])
    return Object.entries(this.value).map(([key, value]) => [key, this.at(key, value)])
  }

  /** Text; a number or boolean counts as text. */
  text(): string | null {
    if (!this.exists) return null
    if (typeof this.value === 'string') return this.value
    return typeof this.value === 'number' || typeof this.value === 'boolean'
      ? String(this.value)
      : this.wrong('text', null)
  }

  /** A number; one written as text is a problem, and is used. */
  number(): number | null {
    if (!this.exists) return null
    if (typeof this.value === 'number' && Number.isFinite(this.value)) return this.value
    const isNumeric = typeof this.value === 'string' && /^-?\d+(\.\d+)?$/.test(this.value.trim())
    return this.wrong('a number', isNumeric ? Number(this.value) : null)
  }

  /** Seconds of a duration such as `90s` or `1h30m`. */
  seconds(): number | null {
    const text = this.text()
    if (text === null) return null
    const seconds = parseDuration(text)
    if (seconds === null) this.problem(`${this.path.at(-1)}: "${text}" is no duration; write 30s, 5m or 1h`)
    return seconds
  }

  /** A mapping of texts, such as labels. */
  texts(): Record<string, string> {
    return Object.fromEntries(
      this.entries().flatMap(([key, field]) => {
        const text = field.text()
        return text === null ? [] : [[key, text]]
      }),
    )
  }

  /** Notes a problem at this place; one noted twice stands once, and a file wrong throughout does not fill the report. */
  problem(message: string): void {
    if (this.problems.length >= MAX_PROBLEMS) return
    const { path, line, column } = this.source
    const isKnown = this.problems.some(
      (known) => known.line === line && known.column === column && known.message === message,
    )
    if (!isKnown) this.problems.push({ path, line, column, message })
  }

  private child(key: string): Field {
    return this.at(key, isMapping(this.value) && Object.hasOwn(this.value, key) ? this.value[key] : undefined)
  }

  private at(step: string | number, value: unknown): Field {
    return new Field(value, { field: this, step }, this.document, this.problems)
  }

  private wrong<T>(expected: string, used: T): T {
    this.problem(`${this.path.join('.')}: expected ${expected}, found ${describe(this.value)}`)
    return used
  }
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'a mapping'
  if (typeof value !== 'string') return `the ${typeof value} ${String(value)}`
  return `the text ${JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)}`
}
