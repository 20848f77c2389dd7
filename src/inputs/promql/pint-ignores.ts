/** What pint is asked to leave out of one rule of a file. */
import type { Query } from '../../facts/alert.js'
import type { Source } from '../../facts/source.js'
import type { PeerIgnore } from '../../facts/suppression.js'
import type { PintComment, PintComments } from './pint-comments.js'

const TOOL = 'pint'
/** The one check whose argument is a metric; those of the others are servers, tags and settings of pint. */
const OF_METRICS = 'promql/series'
const EMPTY = /^\s*(?:#|$)/

/** `place` is that of the rule, `lines` those of its file. */
export function pintIgnoresOf(
  place: Source,
  query: Query,
  { comments, ignoredBy }: PintComments,
  lines: string[],
): PeerIgnore[] {
  const meant = comments.filter(
    (comment) => (isOfFile(comment) || isAt(comment.source, place, lines)) && isWhole(comment, query),
  )
  const hidden = hidingOf(place, ignoredBy, lines)
  return [
    ...meant.map(({ check, until, source }) => ignore([check], until, source)),
    ...(hidden ? [ignore(null, null, hidden)] : []),
  ]
}

function ignore(checks: PeerIgnore['checks'], until: string | null, source: Source): PeerIgnore {
  return { tool: TOOL, checks, reason: null, mayHaveReason: false, until, onPods: false, source }
}

function isOfFile({ kind }: PintComment): boolean {
  return kind.startsWith('file/')
}

/** Inside of the rule, or directly above: without an empty line between, and not indented as what belongs to the rule before. */
function isAt({ line, column }: Source, place: Source, lines: string[]): boolean {
  if (line >= place.line) return line <= place.endLine && !isText(line, place, lines)
  const between = lines.slice(line - 1, place.line - 1)
  return column < place.column && between.every((text) => /^\s*#/.test(text))
}

/** A line of a block text of the rule: the head of the block stands above it, further to the left. */
function isText(line: number, place: Source, lines: string[]): boolean {
  let indent = indentOf(lines[line - 1]!)
  for (let above = line - 1; above >= place.line; above--) {
    const text = lines[above - 1]!
    if (text.trim() === '' || indentOf(text) >= indent) continue
    if (/:\s*[|>][-+\d]*\s*(?:\s#.*)?$/.test(text)) return true
    indent = indentOf(text)
  }
  return /(["'])[^"']*#[^"']*\1/.test(lines[line - 1]!)
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length
}

/** What is narrowed to one server of several, or to one metric of several, is not left out as a whole. */
function isWhole({ check, argument }: PintComment, { selectors }: Query): boolean {
  if (argument === null) return true
  return check === OF_METRICS && selectors.length > 0 && selectors.every(({ metric }) => metric === argument)
}

/** The comment that hides every line of the rule. */
function hidingOf(place: Source, ignoredBy: PintComments['ignoredBy'], lines: string[]): Source | null {
  if (!ignoredBy.has(place.line)) return null
  for (let line = place.line; line <= place.endLine; line++)
    if (!ignoredBy.has(line) && !EMPTY.test(lines[line - 1]!)) return null
  return ignoredBy.get(place.line)!
}
