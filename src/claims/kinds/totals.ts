/** Totals against their parts: a total row, a total column, a heading over items with a figure each. */
import type { Claim } from '../claim.js'
import { isWithin, type Section } from '../document.js'
import { countOf, show, showAs, spread, type Quantity } from '../quantities.js'
import { claim } from '../say.js'
import type { Survey } from '../survey.js'
import { cellQuantity, partsOf, type TableParts } from '../tables.js'

export function checkTotals(survey: Survey): Claim[] {
  const tables = survey.document.tables.map((table) => partsOf(table, survey.words))
  return [
    ...tables.flatMap((parts) => totalRow(parts, survey)),
    ...tables.flatMap((parts) => totalColumn(parts, survey)),
  ]
}

function totalRow(parts: TableParts, survey: Survey): Claim[] {
  const { table, total } = parts
  if (!total || parts.isNested || isCutOrOverlapping(parts, survey)) return []
  return table.header.flatMap((title, column) => {
    if (column === parts.labels || survey.words.has('notAdditive', title)) return []
    const stated = cellQuantity(survey.reader, title, total.cells[column] ?? '')
    const cells = parts.parts.map(({ cells }) => (cells[column] ?? '').trim())
    if (new Set([total.cells[column] ?? '', ...cells].map(currencyOf).filter(String)).size > 1) return []
    const summands = cells
      .filter((cell) => !/^[-–—]?$/.test(cell))
      .map((cell) => cellQuantity(survey.reader, title, cell))
    if (!stated || summands.length < 2 || summands.some((one) => one === null)) return []
    const found = sumClaim(
      { line: total.line, text: total.cells.join(' | ') },
      stated,
      withoutSums(summands as Quantity[], stated),
    )
    const sum = summands.reduce((all, one) => all + one!.low, 0)
    const isFar = stated.low > MOST_TIMES * sum || stated.high * MOST_TIMES < sum
    if (isFar && !SUMMED.some((list) => survey.words.has(list, title))) return []
    const isSum =
      found?.verdict === 'consistent' ||
      SUMMED.some((list) => survey.words.has(list, title)) ||
      !isAmong(stated, summands as Quantity[])
    return found && isSum ? [found] : []
  })
}

/** Some of the parts only, or parts that share something: 30 of 50 runs hit the database, 28 the cache. */
function isCutOrOverlapping({ table, parts }: TableParts, { document, words }: Survey): boolean {
  const beside = document.lines.filter(({ section }) => section === table.section)
  return (
    parts.some(({ cells }) => cells.some((cell) => /^(?:…|\.{3}|⋮)$/.test(cell.trim()))) ||
    [table.section.title, ...beside.map(({ text }) => text), ...table.header].some(
      (text) => words.has('overlapping', text) || words.has('selected', text),
    )
  )
}

function currencyOf(cell: string): string {
  return /\p{Sc}/u.exec(cell)?.[0] ?? ''
}

/** Without rows that are the sums of those before them, where the rest make up the total: subtotals by whatever name. */
function withoutSums(parts: Quantity[], stated: Quantity): Quantity[] {
  const own: Quantity[] = []
  let since = 0
  for (const part of parts) {
    const sum = own.slice(since).reduce((all, { low }) => all + low, 0)
    if (own.length > since && part.low === sum) since = own.length
    else own.push(part)
  }
  return own.length < parts.length && own.reduce((sum, { low }) => sum + low, 0) === stated.low ? own : parts
}

/** What is so far from the sum of the rows above it adds up something else. */
const MOST_TIMES = 3

/** Columns that hold sums for certain. */
const SUMMED = ['runs', 'successes', 'failures', 'effort'] as const

/** What lies among the parts may be their mean or their largest. */
function isAmong({ low, high }: Quantity, parts: Quantity[]): boolean {
  return (
    low >= Math.min(...parts.map((part) => part.low)) && high <= Math.max(...parts.map((part) => part.high))
  )
}

/** Null where the figures are not of one kind. */
function sumClaim(
  at: { line: number; text: string },
  stated: Quantity,
  parts: Quantity[],
  note = '',
): Claim | null {
  const all = [stated, ...parts]
  if (
    stated.dimension === 'percent' ||
    all.some(({ unit, isUnsure }) => unit !== stated.unit || isUnsure) ||
    all.some(({ dimension, bound, signed }) => dimension !== stated.dimension || bound !== null || signed)
  )
    return null
  const low = parts.reduce((sum, part) => sum + part.low, 0)
  const high = parts.reduce((sum, part) => sum + part.high, 0)
  const slack = slackOf(all)
  const isBoth = low === high || stated.low === stated.high
  const holds = isBoth
    ? low - slack <= stated.high && high + slack >= stated.low
    : Math.abs(low - stated.low) <= slack && Math.abs(high - stated.high) <= slack
  const sum = rangeText(low, high, stated)
  return claim('total', at, {
    stated: stated.text,
    recomputed: sum,
    verdict: holds ? 'consistent' : 'contradicted',
    arithmetic: `${parts.map(({ text }) => text).join(' + ')} = ${sum}${holds ? '' : `, not ${stated.text}`}${note}`,
  })
}

/** Counts and estimated ranges add up exactly; what was measured is rounded, half a digit each. */
function slackOf(all: Quantity[]): number {
  const isExact = all.every((one) => countOf(one) !== null) || all.some(({ low, high }) => low !== high)
  const rounding = isExact ? 0 : all.reduce((sum, { step }) => sum + step / 2, 0)
  const about = all.reduce((sum, one) => sum + (one.isAbout ? spread(one).high - one.high : 0), 0)
  return rounding + about + 1e-9 * Math.max(1, ...all.map(({ high }) => Math.abs(high)))
}

function rangeText(low: number, high: number, { dimension, text }: Quantity): string {
  if (low === high) return showAs(low, dimension)
  if (dimension !== 'time') return `${show(low)}-${show(high)}`
  const [factor, unit] = /min|\dm\b/i.test(text)
    ? [60, 'min']
    : high >= 7200
      ? [3600, 'h']
      : high >= 120
        ? [60, 'min']
        : [1, 's']
  return `${show(low / factor)}-${show(high / factor)} ${unit}`
}

/** A column of totals: what the other counts of a row add up to in nearly all rows, they must in the rest. */
function totalColumn(parts: TableParts, { reader, words }: Survey): Claim[] {
  const { header } = parts.table
  const column = header.findIndex(
    (title, index) => index !== parts.labels && words.find('total', title)?.index === 0,
  )
  const others = header.flatMap((title, index) =>
    index !== column && index !== parts.labels && !words.has('notAdditive', title) ? [index] : [],
  )
  if (column < 0 || others.length < 2) return []
  const rows = parts.parts.flatMap((row) => {
    const [total, ...summands] = [column, ...others].map((index) =>
      countOf(reader.only(row.cells[index] ?? '')),
    )
    return total === null || total === undefined || summands.some((one) => one === null)
      ? []
      : [{ row, total, summands: summands as number[] }]
  })
  const sum = (summands: number[]) => summands.reduce((all, one) => all + one, 0)
  const holding = rows.filter(({ total, summands }) => total === sum(summands))
  if (rows.length !== parts.parts.length || holding.length < 2 || holding.length * 3 < rows.length * 2)
    return []
  return rows.map(({ row, total, summands }) =>
    claim(
      'total',
      { line: row.line, text: row.cells.join(' | ') },
      {
        stated: String(total),
        recomputed: String(sum(summands)),
        verdict: total === sum(summands) ? 'consistent' : 'contradicted',
        arithmetic: `${summands.join(' + ')} = ${sum(summands)}${total === sum(summands) ? '' : `, not ${total}, as the columns add up in ${holding.length} of ${rows.length} rows`}`,
      },
    ),
  )
}

interface Sized {
  at: { line: number; text: string }
  section: Section
  quantity: Quantity
  /** What its own parts add up to, where that differs. */
  parts: Quantity[]
}

/** Headings with an effort or a time at their end, `Phase 2 (10-16 hours)`, over items with one each; and the total of the headings. */
export function checkPlans(survey: Survey): Claim[] {
  const sized = survey.document.sections.flatMap((section) => sizedSection(section, survey))
  const own = sized.flatMap(({ at, quantity, parts }) =>
    parts.length > 1 ? (sumClaim(at, quantity, parts) ?? []) : [],
  )
  return [...own, ...totalsOfPlans(sized, survey)]
}

function sizedSection(section: Section, survey: Survey): Sized[] {
  const quantity = sizeAtEnd(section.title, survey)
  if (!quantity || section.level > 6) return []
  const items = survey.document.lines.filter((line) => line.section === section && line.isItem)
  const sizes = items.map(({ text }) => sizeAtEnd(text, survey))
  const parts = sizes.length > 1 && sizes.every((size) => size !== null) ? sizes : []
  return [{ at: { line: section.line, text: section.title }, section, quantity, parts }]
}

/** `… (2-3h)`. */
function sizeAtEnd(text: string, { reader }: Survey): Quantity | null {
  const brackets = /\(([^()]*)\)\s*$/.exec(text)
  return brackets ? reader.only(brackets[1]!, 'time') : null
}

function totalsOfPlans(sized: Sized[], survey: Survey): Claim[] {
  const parents = [...new Set(sized.map(({ section }) => section.parent))]
  return parents.flatMap((parent) => {
    const own = sized.filter(({ section }) => section.parent === parent)
    if (!parent || own.length < 2) return []
    return survey.document.lines.flatMap((line) => {
      const isTotal =
        !line.isCode && isWithin(line.section, parent) && survey.words.find('total', line.text)?.index === 0
      const [stated, more] = isTotal ? survey.reader.in(line.text) : []
      if (stated?.dimension !== 'time' || more) return []
      return correctedTotal(line, stated, own) ?? []
    })
  })
}

/** A part that its own parts contradict counts as they add up. */
function correctedTotal(at: { line: number; text: string }, stated: Quantity, own: Sized[]): Claim | null {
  const corrected = own.map(({ quantity, parts }) =>
    parts.length > 1 ? combined(quantity, parts) : quantity,
  )
  const changed = own.filter(({ quantity }, index) => corrected[index] !== quantity)
  const note =
    changed.length > 0
      ? `; ${changed.map(({ quantity }) => quantity.text).join(' and ')} counted as the items below add up (stated: ${own.map(({ quantity }) => quantity.text).join(' + ')})`
      : ''
  return sumClaim(at, stated, corrected, note)
}

function combined(stated: Quantity, parts: Quantity[]): Quantity {
  const low = parts.reduce((sum, part) => sum + part.low, 0)
  const high = parts.reduce((sum, part) => sum + part.high, 0)
  return low === stated.low && high === stated.high
    ? stated
    : { ...stated, low, high, text: rangeText(low, high, stated) }
}
