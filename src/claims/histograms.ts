/** How often which values occurred: `10-30s: 20 tests (26%)`, in lines or in a table. */
import { around, type Document, type Section, type Table } from './document.js'
import { countOf, type Dimension, type Quantity, type QuantityReader, type Range } from './quantities.js'
import { contextMetric } from './statements.js'
import { cellQuantity } from './tables.js'

export interface Bin extends Range {
  count: number
  /** Percent of all, as stated. */
  share: Quantity | null
  line: number
  text: string
}

export interface Histogram {
  bins: Bin[]
  n: number
  dimension: Dimension
  metric: string | null
  line: number
  section: Section
}

export function readHistograms(document: Document, reader: QuantityReader): Histogram[] {
  return [...inLines(document, reader), ...inTables(document, reader)]
}

function inLines({ lines }: Document, reader: QuantityReader): Histogram[] {
  const blocks = byBlock(lines)
  return [...blocks.values()].flatMap((block) => {
    const bins = block.flatMap(({ text, line }) =>
      text.length > 500 ? [] : (binOf(text, line, reader) ?? []),
    )
    return histogramOf(bins, block[0]!.section, reader)
  })
}

function byBlock(lines: Document['lines']): Map<number, Document['lines']> {
  const blocks = new Map<number, Document['lines']>()
  for (const line of lines) {
    const block = blocks.get(line.block)
    if (block) block.push(line)
    else blocks.set(line.block, [line])
  }
  return blocks
}

function inTables({ tables }: Document, reader: QuantityReader): Histogram[] {
  return tables.flatMap(({ header, rows, section }) => {
    const counts = countColumn(header, rows, reader)
    if (counts < 0) return []
    const bins = rows.flatMap(({ line, cells }) => {
      const range = openEnd(cells[0] ?? '', reader) ?? cellQuantity(reader, header[0]!, cells[0] ?? '')
      const count = countOf(reader.only(cells[counts] ?? ''))
      const share = cells.map((cell) => reader.only(cell, 'percent')).find((one) => one !== null) ?? null
      return range && isBin(range) && count !== null
        ? [{ range, count, share, line, text: cells.join(' | ') }]
        : []
    })
    // An end that is open in words, as `over 200 ms`, belongs to it: without that row nothing adds up.
    const isTotal = (label = '') => reader.words.find('total', label)?.index === 0
    const others = rows.filter(
      ({ line, cells }) =>
        !bins.some((bin) => bin.line === line) &&
        !isTotal(cells[0]) &&
        countOf(reader.only(cells[counts] ?? '')) !== null,
    )
    return others.length > 0 ? [] : histogramOf(bins, section, reader)
  })
}

/** The column that is called so, or the only one of counts that none adds up. */
function countColumn(header: string[], rows: Table['rows'], reader: QuantityReader): number {
  const named = header.findIndex((title, column) => column > 0 && reader.words.has('runs', title))
  if (named >= 0) return named
  const counted = header.flatMap((title, column) =>
    column > 0 &&
    !reader.words.has('cumulative', title) &&
    rows.every(({ cells }) => countOf(reader.only(cells[column] ?? '')) !== null)
      ? [column]
      : [],
  )
  return counted.length === 1 ? counted[0]! : -1
}

/** `up to 10 s`, `over 60 s`. */
function openEnd(label: string, reader: QuantityReader): Quantity | null {
  for (const [list, bound] of [
    ['atMost', 'below'],
    ['moreThan', 'above'],
  ] as const) {
    const word = reader.words.find(list, label)
    const quantity = word?.index === 0 ? reader.only(label.slice(word.length)) : null
    if (quantity && quantity.bound === null && quantity.low === quantity.high) return { ...quantity, bound }
  }
  return null
}

interface WrittenBin {
  range: Quantity
  count: number
  share: Quantity | null
  line: number
  text: string
}

function binOf(text: string, line: number, reader: QuantityReader): WrittenBin | null {
  const [range, ...rest] = reader.in(text)
  if (!range || /[\p{L}\p{N}]/u.test(text.slice(0, range.index))) return null
  if (!isBin(range)) return null
  const counted = rest.find((one) => countOf(one) !== null)
  if (!counted) return null
  const share = rest.find((one) => one.index > counted.index && one.dimension === 'percent') ?? null
  return { range, count: countOf(counted)!, share, line, text }
}

function isBin({ low, high, bound }: Quantity): boolean {
  return low < high || bound !== null
}

/** Only bins that follow each other without gap make a histogram. */
function histogramOf(written: WrittenBin[], section: Section, reader: QuantityReader): Histogram[] {
  const [first] = written
  if (!first || written.length < 3) return []
  const dimension = (written.find(({ range }) => range.dimension !== 'number') ?? first).range.dimension
  if (written.some(({ range }) => range.dimension !== dimension)) return []
  const bins = written.map(({ range, count, share, line, text }) => ({
    ...edges(range),
    count,
    share,
    line,
    text,
  }))
  const step = Math.max(...written.map(({ range }) => range.step))
  const follows = bins.every(
    (bin, index) => index === 0 || Math.abs(bin.low - bins[index - 1]!.high) <= step * 1.000001,
  )
  if (!follows) return []
  const titles = around(section).map(({ title }) => title)
  const n = bins.reduce((sum, { count }) => sum + count, 0)
  return [{ bins, n, dimension, metric: contextMetric(titles, reader.words), line: first.line, section }]
}

function edges({ low, high, bound }: Quantity): Range {
  if (bound === 'below') return { low: 0, high }
  return bound === 'above' ? { low, high: Infinity } : { low, high }
}

const total = (histogram: Histogram, edge: 'low' | 'high') =>
  histogram.bins.reduce((sum, bin) => sum + (bin.count === 0 ? 0 : bin.count * bin[edge]), 0)

/** What the sum of all values can be. */
export function sumWithin(histogram: Histogram): Range {
  return { low: total(histogram, 'low'), high: total(histogram, 'high') }
}

/** The bin that holds the value of a rank, 1 for the smallest. */
export function binOfRank({ bins }: Histogram, rank: number): Bin {
  let seen = 0
  for (const bin of bins) {
    seen += bin.count
    if (rank <= seen) return bin
  }
  return bins.at(-1)!
}

/** What the mean of any `k` of the values can be. */
export function meanOfSome(histogram: Histogram, k: number): Range {
  return { low: sumOf(histogram.bins, k, 'low') / k, high: sumOf(histogram.bins.toReversed(), k, 'high') / k }
}

function sumOf(bins: Bin[], k: number, edge: 'low' | 'high'): number {
  let left = k
  let sum = 0
  for (const bin of bins) {
    const taken = Math.min(left, bin.count)
    if (taken > 0) sum += taken * bin[edge]
    left -= taken
  }
  return sum
}
