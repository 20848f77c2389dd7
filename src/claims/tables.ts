/** What the cells of a table amount to. */
import type { ClaimWords } from '../knowledge/claim-words.js'
import type { Table } from './document.js'
import { countOf, type Quantity, type QuantityReader } from './quantities.js'

export interface Row {
  line: number
  label: string
  cells: string[]
}

export interface TableParts {
  table: Table
  /** Which column names the rows. */
  labels: number
  /** Rows that are parts, not sums of parts. */
  parts: Row[]
  /** The last row when it sums the others up. */
  total: Row | null
  /** Some rows stand for others already, so that parts do not simply add up. */
  isNested: boolean
}

/** The table as parts and their total. */
export function partsOf(table: Table, words: ClaimWords): TableParts {
  const labels = /^\s*(#|no\.?|nr\.?|id)?\s*$/i.test(table.header[0] ?? '') && table.header.length > 2 ? 1 : 0
  const rows = table.rows.map(({ line, cells }) => ({ line, cells, label: cells[labels] ?? '' }))
  const last = rows.at(-1)
  const names = (row: Row) => (row.label === '' ? (row.cells.find((cell) => cell !== '') ?? '') : row.label)
  const isTotal = (row: Row) => startsWith(words, 'total', names(row))
  const total = last && rows.length > 2 && isTotal(last) ? last : null
  const parts = total ? rows.slice(0, -1) : rows
  const isNested = parts.some(
    (row) =>
      isTotal(row) ||
      startsWith(words, 'subtotal', row.label) ||
      startsWith(words, 'within', row.label) ||
      /^[\s–—└↳>-]+\s*\S/u.test(row.label),
  )
  return { table, labels, parts, total, isNested }
}

function startsWith(words: ClaimWords, list: 'total' | 'subtotal' | 'within', text: string): boolean {
  return words.find(list, text)?.index === 0
}

/** The one quantity of a cell, in the unit that its header may name: `Recovery (s)`, `Dauer [min]`, `Share in %`. */
export function cellQuantity(reader: QuantityReader, header: string, cell: string): Quantity | null {
  const quantity = reader.only(cell)
  if (quantity?.dimension !== 'number') return quantity
  const unit = /[([]\s*(%|\p{L}+)\s*[)\]]\s*$|\bin\s+(%|\p{L}+)$/u.exec(header)
  const name = unit?.[1] ?? unit?.[2]
  if (name === undefined || (name !== '%' && reader.words.unitSeconds(name) === null)) return quantity
  return reader.only(`${cell.slice(0, quantity.end)} ${name}`) ?? quantity
}

/** Column of whole numbers in all parts; null when a cell is none. */
export function countsIn(
  { table, parts }: TableParts,
  column: number,
  reader: QuantityReader,
): number[] | null {
  const counts = parts.map(({ cells }) =>
    countOf(cellQuantity(reader, table.header[column] ?? '', cells[column] ?? '')),
  )
  return counts.length > 0 && counts.every((count) => count !== null) ? counts : null
}
