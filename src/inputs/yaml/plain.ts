/** Places in YAML read by the parser that is fast but keeps none: it says where each value begins and ends as it goes. */
import type { EventType, State } from 'js-yaml'
import { LineCounter } from 'yaml'
import type { Source } from '../../facts/source.js'
import { plainDocuments } from '../../knowledge/plain-yaml.js'
import type { Path, YamlDocument } from './document.js'
import { commentBehind, ownComments, remarkedKeys } from './remarks.js'

/** A value with its offsets in the text, the end exclusive and without the blank after it. */
interface PlacedValue {
  value: unknown
  start: number
  end: number
  /** Items of a sequence; of a mapping each key followed by its value. */
  parts: PlacedValue[]
  /** Of a mapping each key to its place among the parts, made when first asked for. */
  keys?: Map<string, number>
}

/** Every document of a file, empty ones left out; null when the exact parser has to read it. */
export function parsePlainly({ path, text }: { path: string; text: string }): YamlDocument[] | null {
  const documents = placedDocuments(text)
  if (!documents) return null
  const lines = linesOf(text)
  return documents
    .filter(({ value }) => value !== null)
    .map((document) => ({
      value: document.value,
      problems: [],
      sourceOf: (place) => sourceAt(document, place, path, lines),
      remarksAt: (place) => remarkedKeys(text, sourceAt(document, place, path, lines)),
      commentAt: (place) => commentBehind(text, sourceAt(document, place, path, lines), lines.lineStarts),
      ownCommentsIn: (place) => ownComments(text, sourceAt(document, place, path, lines), lines.lineStarts),
    }))
}

function placedDocuments(text: string): PlacedValue[] | null {
  if (text.startsWith('\uFEFF')) return null // left out by the parser: all offsets would be one too small
  const documents: PlacedValue[] = []
  const around: PlacedValue[] = []
  const values = plainDocuments(text, function (this: State, event: EventType) {
    if (event === 'open') {
      around.push({ value: null, start: this.position, end: this.position, parts: [] })
      return
    }
    const closed = around.pop()!
    complete(closed, this, text)
    ;(around.at(-1)?.parts ?? documents).push(closed)
  })
  return values?.length === documents.length && documents.every(isWhole) ? documents : null
}

function complete(node: PlacedValue, state: State, text: string): void {
  const [only] = node.parts
  node.value = state.result as unknown
  // What could have been the first key of a mapping was read as one.
  if (only && node.parts.length === 1 && Object.is(only.value, node.value)) {
    Object.assign(node, only)
    return
  }
  const size = sizeOf(node.value)
  // What could have been one more key was none, but the mark between documents.
  if (node.parts.length > size) node.parts.length = size
  if (state.kind === null) return // left out: it ends where it could have begun
  node.end = isBlock(node, text)
    ? node.parts.at(-1)!.end
    : node.start + text.slice(node.start, state.position).trimEnd().length
}

/** How many values stand in it: each key of a mapping is one too. */
function sizeOf(value: unknown): number {
  if (Array.isArray(value)) return value.length
  return typeof value === 'object' && value !== null ? 2 * Object.keys(value).length : 0
}

/** A collection told by its indentation ends with its last value; others have a bracket. */
function isBlock({ parts, start }: PlacedValue, text: string): boolean {
  if (parts.length === 0) return false
  const before = text.slice(start, parts[0]!.start).replace(/#.*/g, '')
  return !/^\s*[[{]/.test(before)
}

/** Keys and items that the text leaves out are not told of; keys that are collections are another value to the exact parser. */
function isWhole({ value, parts }: PlacedValue): boolean {
  const isMapping = !Array.isArray(value)
  return (
    parts.length === sizeOf(value) &&
    parts.every((part, index) => (isMapping && index % 2 === 0 ? isText(part) : isWhole(part)))
  )
}

function isText({ value }: PlacedValue): boolean {
  return typeof value !== 'object' || value === null
}

function linesOf(text: string): LineCounter {
  const lines = new LineCounter()
  lines.addNewLine(0)
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines.addNewLine(at + 1)
  return lines
}

function sourceAt(document: PlacedValue, place: Path, path: string, lines: LineCounter): Source {
  let at = document
  let { start } = document
  for (const step of place) {
    const found = partAt(at, step)
    if (!found) break
    start = found.start
    at = found.value
  }
  const { line, col } = lines.linePos(start)
  return { path, line, column: col, endLine: lines.linePos(Math.max(start, at.end - 1)).line }
}

function partAt(node: PlacedValue, step: string | number): { start: number; value: PlacedValue } | null {
  const { value, parts } = node
  if (Array.isArray(value)) {
    const item = typeof step === 'number' ? parts[step] : undefined
    return item ? { start: item.start, value: item } : null
  }
  node.keys ??= new Map(
    parts.flatMap((part, index) => (index % 2 === 0 ? [[String(part.value), index]] : [])),
  )
  const key = node.keys.get(String(step))
  return key === undefined ? null : { start: parts[key]!.start, value: parts[key + 1]! }
}
