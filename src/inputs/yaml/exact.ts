/** YAML with every place and every fault, by the parser that knows all of the language. */
import {
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  visit,
  type Document,
  type Node,
} from 'yaml'
import type { Source } from '../../facts/source.js'
import type { Problem } from '../format.js'
import type { Path, YamlDocument } from './document.js'
import { commentBehind, ownComments, remarkedKeys } from './remarks.js'

/** Enough for anchors as people write them, far too few for a file made to explode. */
const MAX_ALIAS_COUNT = 100

/** After a few, the errors of a broken document follow from each other. */
const MAX_PROBLEMS = 5

/** Every document of a file; empty ones are left out. Never throws. */
export function parseExactly(file: { path: string; text: string }): YamlDocument[] {
  const lines = new LineCounter()
  try {
    const documents = parseAllDocuments(file.text, {
      lineCounter: lines,
      merge: true,
      prettyErrors: false,
      logLevel: 'error',
    })
    return [...documents]
      .map((document) => readDocument(document, file, lines))
      .filter((document) => document.value !== null || document.problems.length > 0)
  } catch (error) {
    return [broken(file.path, error)]
  }
}

function readDocument(
  document: Document,
  { path, text }: { path: string; text: string },
  lines: LineCounter,
): YamlDocument {
  const problemAt = (offset: number, message: string): Problem => {
    const { line, col } = lines.linePos(offset)
    return { path, line, column: col, message }
  }
  const problems = document.errors
    .slice(0, MAX_PROBLEMS)
    .map((error) => problemAt(error.pos[0], `not valid YAML: ${error.message.split('\n', 1)[0]}`))
  const dangling = danglingAlias(document)
  if (dangling)
    problems.push(
      problemAt(
        dangling.offset,
        `the alias *${dangling.name} names no anchor before it in this document; anchors do not reach over the mark ---`,
      ),
    )
  const usable = !dangling && document.errors.every((error) => error.code === 'DUPLICATE_KEY')
  try {
    const value: unknown = usable ? document.toJS({ maxAliasCount: MAX_ALIAS_COUNT }) : null
    const sourceOf = (place: Path): Source => sourceAt(document, place, path, lines)
    return {
      value,
      problems,
      sourceOf,
      remarksAt: (place) => remarkedKeys(text, sourceOf(place)),
      commentAt: (place) => commentBehind(text, sourceOf(place), lines.lineStarts),
      ownCommentsIn: (place) => ownComments(text, sourceOf(place), lines.lineStarts),
    }
  } catch (error) {
    return broken(path, error)
  }
}

/** The first alias that means nothing: the parser tells of it without a place. */
function danglingAlias(document: Document): { name: string; offset: number } | null {
  let found: { name: string; offset: number } | null = null
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document) !== undefined) return undefined
      found = { name: alias.source, offset: alias.range?.[0] ?? 0 }
      return visit.BREAK
    },
  })
  return found
}

function broken(path: string, error: unknown): YamlDocument {
  const reason =
    error instanceof RangeError ? 'nested too deeply' : error instanceof Error ? error.message : String(error)
  return {
    value: null,
    problems: [{ path, line: null, column: null, message: `not read: ${reason}` }],
    sourceOf: () => ({ path, line: 1, column: 1, endLine: 1 }),
    remarksAt: () => [],
    commentAt: () => null,
    ownCommentsIn: () => [],
  }
}

function sourceAt(document: Document, place: Path, path: string, lines: LineCounter): Source {
  let node: unknown = document.contents
  let start = startOf(node)
  for (const step of place) {
    const found = entryAt(node, step)
    if (!found) break
    start = startOf(found.key) ?? startOf(found.value) ?? start
    node = found.value ?? found.key
  }
  const { line, col } = lines.linePos(start ?? 0)
  const end = lines.linePos(Math.max(start ?? 0, (endOf(node) ?? 0) - 1)).line
  return { path, line, column: col, endLine: end }
}

/** Without the comments that follow the last value of a collection. */
function endOf(node: unknown): number | null {
  if ((isMap(node) || isSeq(node)) && !node.flow && node.items.length > 0) {
    const last: unknown = node.items.at(-1)
    return isPair(last) ? (endOf(last.value) ?? endOf(last.key)) : endOf(last)
  }
  return isNode(node) && node.range ? node.range[1] : null
}

function entryAt(node: unknown, step: string | number): { key: Node | null; value: Node | null } | null {
  if (isSeq(node) && typeof step === 'number') {
    const item = node.items[step]
    return isNode(item) ? { key: null, value: item } : null
  }
  if (!isMap(node)) return null
  const pair = node.items.find(
    (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(step),
  )
  return pair
    ? { key: isNode(pair.key) ? pair.key : null, value: isNode(pair.value) ? pair.value : null }
    : null
}

function startOf(node: unknown): number | null {
  return isNode(node) && node.range ? node.range[0] : null
}
