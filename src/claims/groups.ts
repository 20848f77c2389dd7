/** Runs divided into groups, with what is said about each: the rows of a table, sections, the items of a list. */
import { around, isWithin, type Document, type Section } from './document.js'
import { countOf, type Quantity, type QuantityReader } from './quantities.js'
import { contextMetric, type Statement } from './statements.js'
import { cellQuantity, countsIn, partsOf, type Row, type TableParts } from './tables.js'

export interface Group {
  name: string
  line: number
  count: number
  /** Mean of the metric in this group. */
  mean: Quantity | null
}

export interface Division {
  groups: Group[]
  /** All runs. */
  n: number
  metric: string | null
  line: number
  section: Section
  /** Headings and rows whose figures are about one group. */
  sections: Section[]
  total: { row: Row; mean: Quantity | null } | null
  table: TableParts | null
}

export function readDivisions(
  document: Document,
  statements: Statement[],
  reader: QuantityReader,
): Division[] {
  const tables = document.tables.flatMap((table) => fromTable(partsOf(table, reader.words), reader))
  return [...tables, ...fromSections(document, statements, reader), ...fromItems(document, reader)]
}

function fromTable(parts: TableParts, reader: QuantityReader): Division[] {
  const { header, section, line } = parts.table
  if (parts.isNested || parts.parts.length < 2) return []
  const { words } = reader
  const column = header.findIndex(
    (title, index) =>
      index !== parts.labels &&
      words.has('runs', title) &&
      !(['shares', 'failures', 'successes'] as const).some((list) => words.has(list, title)) &&
      countsIn(parts, index, reader) !== null,
  )
  if (column < 0) return []
  const counts = countsIn(parts, column, reader)!
  const means = header.findIndex((title, index) => index !== column && words.has('mean', title))
  const title = header[means] ?? ''
  const titles = [title, ...around(section).map((one) => one.title)]
  const quantity = ({ cells }: Row) => (means < 0 ? null : cellQuantity(reader, title, cells[means] ?? ''))
  const groups = parts.parts.map((row, index) => ({
    name: row.label,
    line: row.line,
    count: counts[index]!,
    mean: quantity(row),
  }))
  const total = parts.total && { row: parts.total, mean: quantity(parts.total) }
  return [
    {
      groups,
      n: sum(groups),
      metric: contextMetric(titles, words),
      line,
      section,
      sections: [],
      total,
      table: parts,
    },
  ]
}

/** Headings or items of one parent that say how many runs each stands for: `Self-healing (32 tests)`. */
function fromSections({ sections }: Document, statements: Statement[], reader: QuantityReader): Division[] {
  const counted = sections.flatMap((section) => {
    const count = countedIn(section.title, reader)
    return count === null ? [] : [{ section, count }]
  })
  const parents = [...new Set(counted.map(({ section }) => section.parent))]
  return parents.flatMap((parent) => {
    const own = counted.filter(({ section }) => section.parent === parent)
    if (!parent || own.length < 2) return []
    const groups = own.map(({ section, count }) => ({
      name: section.title,
      line: section.line,
      count,
      mean:
        statements.find(
          (one) =>
            one.statistic === 'mean' && one.quantity.dimension === 'time' && isWithin(one.section, section),
        )?.quantity ?? null,
    }))
    return [
      division(
        groups,
        parent,
        own.map(({ section }) => section),
        reader,
      ),
    ]
  })
}

/** Items of one list with a count and perhaps a mean each: `- Operator: 12 runs, average 108 s`. */
function fromItems({ lines, sections }: Document, reader: QuantityReader): Division[] {
  const opened = new Set(sections.map(({ line }) => line))
  const items = lines.filter(({ isItem, text, line }) => isItem && text.length < 300 && !opened.has(line))
  const blocks = [...new Set(items.map(({ block }) => block))]
  return blocks.flatMap((block) => {
    const groups = items
      .filter((item) => item.block === block)
      .flatMap(({ text, line }) => {
        const count = countedIn(text, reader)
        return count === null ? [] : [{ name: text, line, count, mean: meanIn(text, reader) }]
      })
    const section = items.find((item) => item.block === block)!.section
    return groups.length < 2 || groups.every(({ mean }) => mean === null)
      ? []
      : [division(groups, section, [], reader)]
  })
}

function meanIn(text: string, reader: QuantityReader): Quantity | null {
  const word = reader.words.find('mean', text)
  return word
    ? (reader.in(text).find(({ dimension, index }) => dimension === 'time' && index > word.index) ?? null)
    : null
}

function division(groups: Group[], section: Section, sections: Section[], reader: QuantityReader): Division {
  const titles = around(section).map(({ title }) => title)
  return {
    groups,
    n: sum(groups),
    metric: contextMetric(titles, reader.words),
    line: groups[0]!.line,
    section,
    sections,
    total: null,
    table: null,
  }
}

/** `(32 tests)`, `12 runs`: a count with the word for runs right after it. */
function countedIn(text: string, reader: QuantityReader): number | null {
  const found = reader.in(text).find((quantity) => {
    const word = reader.words.find('runs', text.slice(quantity.end))
    return (
      countOf(quantity) !== null &&
      word !== null &&
      /^\s*$/.test(text.slice(quantity.end, quantity.end + word.index))
    )
  })
  return found ? countOf(found) : null
}

function sum(groups: { count: number }[]): number {
  return groups.reduce((all, { count }) => all + count, 0)
}
