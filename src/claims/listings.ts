/** Values that are listed one by one: in a column, in a sentence, in a block of numbers. */
import { codeBlocks } from './code-blocks.js'
import { around, type Section, type Table } from './document.js'
import type { Quantity } from './quantities.js'
import type { Sentence } from './sentences.js'
import type { Survey } from './survey.js'
import { cellQuantity, partsOf } from './tables.js'

export interface Listing {
  values: Quantity[]
  line: number
  section: Section
  /** Of a sentence: where in it. */
  index: number
  end: number
}

const MOST = 1000
const NUMBER = String.raw`\d+(?:[.,]\d+)?`

/** Columns whose cells are values or empty, the rows that sum them up left out. */
export function columnListings(table: Table, { reader, words }: Survey): (Listing & { column: number })[] {
  const { parts, isNested, labels } = partsOf(table, words)
  const isExtract = [...around(table.section).map(({ title }) => title), ...table.header].some((title) =>
    words.has('selected', title),
  )
  const rows = parts.filter(({ label }) => !isSummary(label, words))
  if (isNested || isExtract || rows.length > MOST) return []
  return table.header.flatMap((title, column) => {
    if (column === labels) return []
    const written = rows
      .map(({ cells }) => (cells[column] ?? '').trim())
      .filter((cell) => /[\p{L}\p{N}]/u.test(cell))
    const values = written.flatMap((cell) => {
      const value = cellQuantity(reader, title, cell)
      return value && isValue(value) ? [value] : []
    })
    const isWhole = values.length === written.length && values.length * 2 > rows.length
    return isWhole && areAlike(values) && values.length > 1
      ? [{ values, line: table.line, section: table.section, column, index: 0, end: 0 }]
      : []
  })
}

/** A row that is a mean or an extreme of the others. */
export function isSummary(label: string, words: Survey['words']): boolean {
  return (['mean', 'median', 'maximum', 'minimum', 'percentile'] as const).some(
    (list) => words.find(list, label)?.index === 0,
  )
}

/** Blocks that hold nothing but numbers. */
export function blockListings({ document, reader }: Survey): Listing[] {
  return codeBlocks(document).flatMap(({ lines, section }) => {
    const text = lines.map((line) => line.text).join(' ')
    if (!/^[\d.,\s]+$/.test(text) || text.length > 20_000) return []
    const values = text.split(/,?\s+/).flatMap((word) => (word === '' ? [] : (reader.only(word) ?? [])))
    return values.length >= 3 && values.length <= MOST
      ? [{ values, line: lines[0]!.line, section, index: 0, end: 0 }]
      : []
  })
}

/** `22, 31 and 28 seconds`, `9 s and 11 s`; the unit that is written last holds for those without one. */
export function sentenceListings({ text, line, section }: Sentence, { reader, words }: Survey): Listing[] {
  const units = words.unitNames.toSorted((a, b) => b.length - a.length).join('|')
  const one = String.raw`${NUMBER}(?:\s?(?:%|(?:${units})(?!\p{L})))?`
  const pattern = new RegExp(
    String.raw`(?<![\p{L}\p{N}.,:/-]|[$€£]\s?|\d\s)${one}(?:(?:,\s|\s?;\s|,?\s${words.either('joining')}\s)(?:${words.either('joining')}\s)?${one})+(?![\p{N}:/]|[.,]\d|-\d)`,
    'giu',
  )
  return [...text.matchAll(pattern)].flatMap(({ index, 0: written }) => {
    const items = written.split(
      new RegExp(
        String.raw`(?:,\s|\s?;\s|,?\s${words.either('joining')}\s)(?:${words.either('joining')}\s)?`,
        'iu',
      ),
    )
    const unit = new RegExp(String.raw`\s?(?:%|(?:${units}))$`, 'iu').exec(items.at(-1)!)?.[0] ?? ''
    const values = items.flatMap((item) => reader.only(/\d$/.test(item) ? item + unit : item) ?? [])
    const isWhole = values.length === items.length && values.every(isValue) && areAlike(values)
    return isWhole ? [{ values, line, section, index, end: index + written.length }] : []
  })
}

function isValue({ low, high, bound, signed, isUnsure }: Quantity): boolean {
  return low === high && bound === null && !signed && !isUnsure
}

function areAlike(values: Quantity[]): boolean {
  return values.every(({ dimension }) => dimension === values[0]!.dimension)
}
