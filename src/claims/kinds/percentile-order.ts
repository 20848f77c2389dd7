/** Percentiles of one thing rise with their rank: `p50 80 ms, p95 60 ms` cannot be. */
import type { Claim } from '../claim.js'
import type { Table } from '../document.js'
import type { Quantity } from '../quantities.js'
import { claim } from '../say.js'
import type { Survey } from '../survey.js'
import { cellQuantity } from '../tables.js'

const NAMED = /(?<![\p{L}\p{N}])p(\d{2}(?:\.\d+)?|999)(?!\p{N})/giu
const ALONE = /^\W*(?:p(\d{2}(?:\.\d+)?|999)|(median|max|maximum))\W*$/iu

interface Ranked {
  rank: number
  name: string
  quantity: Quantity
}

export function checkPercentileOrder(survey: Survey): Claim[] {
  return [
    ...inSentences(survey),
    ...survey.document.tables.flatMap((table) => [
      ...downColumns(table, survey),
      ...alongRows(table, survey),
    ]),
  ]
}

/** Each with its own figure right after it, and nothing else between them. */
function inSentences({ sentences, reader, words }: Survey): Claim[] {
  return sentences.flatMap(({ text, line }) => {
    const named = [...text.matchAll(NAMED)]
    if (named.length < 2 || words.has('elsewhere', text)) return []
    const quantities = reader.in(text)
    const ranked = named.flatMap((found, place): Ranked[] => {
      const from = found.index + found[0].length
      const until = named[place + 1]?.index ?? text.length
      const own = quantities.filter(({ index }) => index >= from && index < until)
      const [quantity] = own
      const isNext = quantity && areLinking(text.slice(from, quantity.index), words)
      return isNext && own.length === 1 && isPlain(quantity)
        ? [{ rank: rankOf(found[1]!), name: found[0], quantity }]
        : []
    })
    // Words between them may name another thing: `checkout p50 80 ms, search p95 60 ms`.
    const isOfOne = named
      .slice(1)
      .every(({ index }, place) => areLinking(text.slice(ranked[place]?.quantity.end ?? 0, index), words))
    return ranked.length === named.length && isOfOne ? fallingIn(ranked, { text, line }) : []
  })
}

/** `p50`, `p95` and `p99` as rows, each column a thing of its own. */
function downColumns({ header, rows }: Table, { reader }: Survey): Claim[] {
  const labels = rows.flatMap(({ line, cells }) => {
    const rank = aloneIn(cells[0] ?? '')
    return rank === null ? [] : [{ line, cells, rank }]
  })
  if (labels.length < 2 || labels.length !== rows.length) return []
  return header.slice(1).flatMap((title, index) => {
    const ranked = labels.flatMap(({ line, cells, rank }) => {
      const quantity = cellQuantity(reader, title, cells[index + 1] ?? '')
      return quantity && isPlain(quantity) && !quantity.signed
        ? [{ rank, name: cells[0]!, quantity, line, cells }]
        : []
    })
    const isOfValues =
      ranked.length === labels.length && ranked.every(({ quantity }) => quantity.dimension === 'time')
    return isOfValues ? fallingIn(ranked, { line: ranked[0]!.line, text: ranked[0]!.cells.join(' | ') }) : []
  })
}

/** `p50` and `p99` as columns of one quantity. */
function alongRows({ header, rows }: Table, { reader }: Survey): Claim[] {
  const columns = header.flatMap((title, column) => {
    const found = [...title.matchAll(NAMED)]
    return found.length === 1
      ? [
          {
            column,
            rank: rankOf(found[0]![1]!),
            rest: title.replace(found[0]![0], '').trim(),
            name: found[0]![0],
          },
        ]
      : []
  })
  if (columns.length < 2 || new Set(columns.map(({ rest }) => rest)).size > 1) return []
  return rows.flatMap(({ line, cells }) => {
    const ranked = columns.flatMap(({ column, rank, name }) => {
      const quantity = cellQuantity(reader, header[column]!, cells[column] ?? '')
      return quantity?.dimension === 'time' && isPlain(quantity) && !quantity.signed
        ? [{ rank, name, quantity }]
        : []
    })
    return ranked.length === columns.length ? fallingIn(ranked, { line, text: cells.join(' | ') }) : []
  })
}

function fallingIn(ranked: Ranked[], at: { line: number; text: string }): Claim[] {
  const sorted = ranked.toSorted((a, b) => a.rank - b.rank)
  if (
    new Set(sorted.map(({ rank }) => rank)).size !== sorted.length ||
    sorted.some(({ quantity }) => quantity.dimension !== sorted[0]!.quantity.dimension)
  )
    return []
  const place = sorted.findIndex(
    ({ quantity }, index) => index > 0 && quantity.high < sorted[index - 1]!.quantity.low,
  )
  if (place < 0) return []
  const [low, high] = [sorted[place - 1]!, sorted[place]!]
  return [
    claim('percentile', at, {
      stated: `${high.name} ${high.quantity.text}`,
      recomputed: `at least ${low.quantity.text}`,
      verdict: 'contradicted',
      arithmetic: `${high.name} is never below ${low.name} of the same values: ${high.quantity.text} < ${low.quantity.text}`,
    }),
  ]
}

function areLinking(text: string, words: Survey['words']): boolean {
  return (
    !/[.!?]\s/.test(text) &&
    text
      .split(/[^\p{L}\p{N}]+/u)
      .every((word) => word === '' || words.has('linking', word) || words.has('narrowing', word))
  )
}

function rankOf(written: string): number {
  return written === '999' ? 99.9 : Number(written)
}

function aloneIn(label: string): number | null {
  const found = ALONE.exec(label)
  if (!found) return null
  return found[1] === undefined ? (/^med/i.test(found[2]!) ? 50 : 100) : rankOf(found[1])
}

function isPlain({ low, high, bound, dimension }: Quantity): boolean {
  return low === high && bound === null && dimension !== 'percent'
}
