/** Histograms by their upper edges: rows `≤ 250 ms`, `0–50 ms`, `bis 100 ms`, lines `le="0.5" 880000`. */
import { codeBlocks } from './code-blocks.js'
import type { Section, Table } from './document.js'
import { countOf } from './quantities.js'
import type { Survey } from './survey.js'

export interface Edged {
  bins: { high: number; cumulative: number }[]
  n: number
  line: number
  section: Section
}

const LEAST = 3

export function edgedIn(survey: Survey): Edged[] {
  return [
    ...survey.document.tables.flatMap((table) => fromTable(table, survey) ?? []),
    ...fromBuckets(survey),
  ]
}

function fromTable({ header, rows, line, section }: Table, { reader, words }: Survey): Edged | null {
  const own = rows.filter(({ cells }) => words.find('total', cells[0] ?? '')?.index !== 0)
  const edges = own.map(({ cells }) => edgeOf(cells[0] ?? ''))
  if (own.length < LEAST || edges.some((edge) => edge === null)) return null
  const highs = edges as number[]
  // What is beyond the last edge is often named by it: `> 800 ms`, of which the sign may be lost as a quotation's.
  if (highs.at(-1) === highs.at(-2)) highs[highs.length - 1] = Infinity
  if (
    !highs.every((edge, index) => index === 0 || edge > highs[index - 1]!) ||
    highs.slice(0, -1).includes(Infinity)
  )
    return null
  const columns = header.flatMap((title, column) => {
    const counts = own.map(({ cells }) => countOf(reader.only(cells[column] ?? '')))
    return column > 0 && counts.every((count) => count !== null)
      ? [{ title, counts: counts as number[] }]
      : []
  })
  const cumulative = columns.find(({ title }) => words.has('cumulative', title))?.counts
  const [single, more] = columns.filter(({ title }) => !words.has('cumulative', title))
  const counts = cumulative ?? (single && !more ? runningSums(single.counts) : null)
  return counts ? edged(highs, counts, line, section) : null

  /** The upper end; infinite for what is open. */
  function edgeOf(cell: string): number | null {
    const [quantity, another] = reader.in(cell)
    if (!quantity || another || quantity.dimension !== 'time') return null
    if (quantity.low < quantity.high || quantity.bound === 'below') return quantity.high
    const before = cell.slice(0, quantity.index)
    if (quantity.bound === 'above' || words.has('moreThan', before)) return Infinity
    if (before.trim() === '' && cell === own.at(-1)!.cells[0]) return quantity.high
    return words.has('atMost', before) || words.has('rangeTo', before) ? quantity.high : null
  }
}

/** As Prometheus writes them, in seconds. */
function fromBuckets(survey: Survey): Edged[] {
  return codeBlocks(survey.document).flatMap(({ lines, section }) => {
    const read = lines.flatMap(({ text }) => {
      const found = /^\s*(?:[\w:]+\{)?le="(\+Inf|\d+(?:\.\d+)?)"\}?\s+(\d+)\s*$/.exec(text)
      return found
        ? [{ high: found[1] === '+Inf' ? Infinity : Number(found[1]), count: Number(found[2]) }]
        : []
    })
    const isWhole = read.length === lines.length && read.length >= LEAST
    return isWhole
      ? (edged(
          read.map(({ high }) => high),
          read.map(({ count }) => count),
          lines[0]!.line,
          section,
        ) ?? [])
      : []
  })
}

function edged(highs: number[], counts: number[], line: number, section: Section): Edged | null {
  const isRising = counts.every((count, index) => index === 0 || count >= counts[index - 1]!)
  const isSorted = highs.every((high, index) => index === 0 || high > highs[index - 1]!)
  const n = counts.at(-1) ?? 0
  return isRising && isSorted && n > 0
    ? { bins: highs.map((high, index) => ({ high, cumulative: counts[index]! })), n, line, section }
    : null
}

function runningSums(counts: number[]): number[] {
  let sum = 0
  return counts.map((count) => (sum += count))
}
