/** What one column of a table is of two others in all rows but one, it must be in that one: a change, a difference, a time between two. */
import type { Claim } from '../claim.js'
import type { Table } from '../document.js'
import { clocksIn } from '../moments.js'
import { show, showAs, type Quantity, type Range } from '../quantities.js'
import { RELATIONS, type Cell, type Relation } from '../relations.js'
import { claim } from '../say.js'
import type { Survey } from '../survey.js'
import { cellQuantity, partsOf, type Row } from '../tables.js'

const LEAST_HOLDING = 3
const MOST_COLUMNS = 10
const MOST_ROWS = 60
const MOST_TABLES = 60

export function checkColumnRelations(survey: Survey): Claim[] {
  return survey.document.tables.slice(0, MOST_TABLES).flatMap((table) => {
    const { parts, labels } = partsOf(table, survey.words)
    if (parts.length <= LEAST_HOLDING || parts.length > MOST_ROWS || table.header.length > MOST_COLUMNS)
      return []
    const columns = table.header.map((title, column) =>
      column === labels ? [] : parts.map(({ cells }) => cellOf(title, cells[column] ?? '', survey)),
    )
    const found = relationsIn(columns).flatMap((triple) => exceptionIn(triple, columns, parts, table) ?? [])
    // Where one column breaks two relations, or two columns are to blame, the first is as good as any.
    return found.slice(0, 1)
  })
}

interface Triple {
  relation: Relation
  a: number
  b: number
  c: number
}

function relationsIn(columns: (Cell | null)[][]): Triple[] {
  const filled = columns.flatMap((cells, column) =>
    cells.filter(Boolean).length > LEAST_HOLDING ? [column] : [],
  )
  return RELATIONS.flatMap((relation) =>
    filled.flatMap((a) =>
      filled
        .flatMap((b) => filled.map((c) => ({ relation, a, b, c })))
        .filter(({ b, c }) => a !== b && b !== c && a !== c),
    ),
  )
}

/** Null unless the relation holds in three rows at least, and in all but one. */
function exceptionIn(
  { relation, a, b, c }: Triple,
  columns: (Cell | null)[][],
  parts: Row[],
  { header }: Table,
): Claim | null {
  let exceptions = 0
  const read = parts.flatMap((row, index) => {
    if (exceptions > 1) return []
    const [first, second, third] = [columns[a]![index], columns[b]![index], columns[c]![index]]
    const given = first && second && third ? relation.of(first, second) : null
    if (given && third && given.kind === third.kind && (given.high < third.low || given.low > third.high))
      exceptions++
    return given && third && given.kind === third.kind
      ? [{ row, first: first!, second: second!, given, third, tells: tells(first!, second!, third) }]
      : []
  })
  const failing = read.filter(({ given, third }) => given.high < third.low || given.low > third.high)
  const holding = read.filter((one) => !failing.includes(one) && one.tells && isSharp(one.third))
  const distinct = new Set(holding.map(({ third }) => third.value)).size
  const [only] = failing
  if (failing.length !== 1 || holding.length < LEAST_HOLDING || distinct < 2) return null
  if (
    relation.isCommon &&
    (!isUncommon(holding.map(({ third }) => third)) || explainedByAll(only!, columns, parts))
  )
    return null
  // Nothing is left of a budget that is overspent; nothing has no share.
  if (!only!.tells || only!.third.value === 0 || only!.third.value === 100) return null
  if (isOtherwiseRelated(only!.first, only!.second, only!.third)) return null
  const row = columns.map((cells) => cells[parts.indexOf(only!.row)] ?? null)
  if (isOfTwo(only!.first, only!.third, row) || isOfTwo(only!.second, only!.third, row)) return null
  const value = only!.given.value
  const shown = only!.given.kind === 'clock' ? show(value) : showAs(value, only!.given.kind)
  const name = relation.name(`“${header[a]!}”`, `“${header[b]!}”`)
  return claim(
    'column',
    { line: only!.row.line, text: only!.row.cells.join(' | ') },
    {
      stated: only!.third.text,
      recomputed: shown,
      verdict: 'contradicted',
      arithmetic: `“${header[c]!}” is ${name} in ${holding.length} other rows; here that is ${shown}, not ${only!.third.text}`,
    },
  )
}

/** Points instead of percent, the share instead of the change. */
function isOtherwiseRelated(a: Cell, b: Cell, { value, low, high }: Cell): boolean {
  const others = [
    b.value - a.value,
    a.value / b.value,
    (100 * a.value) / b.value,
    (100 * b.value) / a.value,
    b.value / a.value,
  ]
  const slack = high - low
  return others.some((other) => Math.abs(Math.abs(other) - Math.abs(value)) <= slack / 2 + 1e-9)
}

/** Won of those that were won or lost, a draw being neither. */
function isOfTwo(part: Cell, { kind, low, high }: Cell, row: (Cell | null)[]): boolean {
  return (
    kind === 'percent' &&
    row.some((other) => {
      const share = other?.kind === 'number' ? (100 * part.value) / (part.value + other.value) : NaN
      return share >= low && share <= high
    })
  )
}

/** Counts stand in a relation by chance sooner than times. */
function isUncommon(cells: Cell[]): boolean {
  const distinct = new Set(cells.map(({ value }) => value)).size
  const isCounted = cells.some(({ kind }) => kind === 'number')
  const large = cells.filter(({ value }) => Math.abs(value) >= 10).length
  return distinct >= (isCounted ? LEAST_HOLDING + 1 : LEAST_HOLDING) && (!isCounted || large > 2)
}

/** Other columns of the row make up the rest: they were nothing in the other rows. */
function explainedByAll(
  { row, given, third }: { row: Row; given: Range; third: Cell },
  columns: (Cell | null)[][],
  parts: Row[],
): boolean {
  const place = parts.indexOf(row)
  const others = columns
    .flatMap((cells) => cells[place] ?? [])
    .filter(({ kind, value }) => kind === third.kind && value !== 0)
  return others.some(({ value }) =>
    [value, -value].some((more) => given.low + more <= third.high && given.high + more >= third.low),
  )
}

function cellOf(title: string, text: string, { reader, words }: Survey): Cell | null {
  const [clock, more] = clocksIn(text)
  if (clock && !more) {
    const rest = `${text.slice(0, clock.index)} ${text.slice(clock.end)}`.trim()
    const isDay =
      rest === '' || /^(?:UTC|Z)$/.test(rest) || (words.weekdayOf(rest) !== null && rest.length < 12)
    return isDay
      ? { kind: 'clock', value: clock.seconds, low: clock.seconds, high: clock.seconds, text: text.trim() }
      : null
  }
  const quantity = cellQuantity(reader, title, text)
  return quantity && isPlain(quantity)
    ? { kind: quantity.dimension, value: quantity.low, ...rounded(quantity), text: quantity.text }
    : null
}

function isPlain({ low, high, bound, isAbout, isUnsure }: Quantity): boolean {
  return low === high && bound === null && !isAbout && !isUnsure
}

/** Rounded or cut off, in whole numbers as well: what they are of is often rounded itself. */
function rounded({ low, step }: Quantity): Range {
  return { low: low - step, high: low + step }
}

/** Nothing and one are what they are in many relations. */
function tells(a: Cell, b: Cell, { value, kind }: Cell): boolean {
  const isClock = a.kind === 'clock'
  return (
    isClock ||
    (a.value !== 0 &&
      b.value !== 0 &&
      value !== 0 &&
      (kind !== 'percent' || value !== 100) &&
      a.value !== b.value)
  )
}

/** A last digit that is worth a tenth of the value or more tells little. */
function isSharp({ value, low, high }: Cell): boolean {
  return high - low <= Math.max(0.25 * Math.abs(value), 0)
}
