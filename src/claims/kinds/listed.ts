/** Means, medians and extremes of values that a table lists one by one: `over the 3 runs`, and a column with three of them. */
import type { Claim } from '../claim.js'
import { around, type Table } from '../document.js'
import { contextMetric, type Statement } from '../statements.js'
import { countOf, overlaps, showAs, spread, type Quantity, type Range } from '../quantities.js'
import { claim } from '../say.js'
import { computed } from '../statistics.js'
import type { Survey } from '../survey.js'
import { cellQuantity, partsOf } from '../tables.js'

interface Listed {
  values: Quantity[]
  metric: string
  line: number
}

const LEAST = 3
const MOST = 1000
const NAMES = { mean: 'mean', median: 'median', maximum: 'largest', minimum: 'smallest' } as const
type Name = keyof typeof NAMES

export function checkListed(survey: Survey): Claim[] {
  const columns = survey.document.tables.flatMap((table) => listedIn(table, survey))
  if (columns.length === 0) return []
  return survey.statements.flatMap((stated) => {
    const { statistic, quantity, isElsewhere, metric, text } = stated
    if (!isListedStatistic(statistic) || isElsewhere || quantity.bound !== null || quantity.signed) return []
    const counts = runsIn(text, survey)
    const fitting = columns.filter(
      (column) =>
        column.metric === metric &&
        column.values[0]!.dimension === quantity.dimension &&
        counts.includes(column.values.length),
    )
    return fitting.length === 1 ? [claimOf(stated, statistic, fitting[0]!)] : []
  })
}

function isListedStatistic(statistic: Statement['statistic']): statistic is Name {
  return statistic in NAMES
}

/** `over the 3 runs`, `n = 3`. */
function runsIn(text: string, { reader, words }: Survey): number[] {
  return reader.in(text).flatMap((quantity) => {
    const count = countOf(quantity)
    const isCounted =
      words.find('runs', text.slice(quantity.end).trimStart())?.index === 0 ||
      /\bn\s*=\s*$/i.test(text.slice(0, quantity.index))
    return count !== null && isCounted ? [count] : []
  })
}

/** Columns with one value in each row, of tables that count nothing and leave nothing out. */
function listedIn(table: Table, { reader, words }: Survey): Listed[] {
  const { parts, isNested, labels } = partsOf(table, words)
  const titles = around(table.section).map(({ title }) => title)
  const isExtract = [...titles, ...table.header].some((title) => words.has('selected', title))
  if (isNested || isExtract || parts.length < LEAST || parts.length > MOST) return []
  return table.header.flatMap((title, column) => {
    const isStatistic = (['mean', 'median', 'maximum', 'minimum', 'percentile'] as const).some((list) =>
      words.has(list, title),
    )
    const metric = words.metricOf(title) ?? contextMetric(titles, words)
    if (column === labels || isStatistic || metric === null) return []
    const values = parts.flatMap(({ cells }) => {
      const value = cellQuantity(reader, title, cells[column] ?? '')
      return value && value.low === value.high && value.bound === null && !value.signed ? [value] : []
    })
    const isWhole = values.length === parts.length
    const isSame = values.every(({ dimension }) => dimension === values[0]!.dimension)
    return isWhole && isSame ? [{ values, metric, line: table.line }] : []
  })
}

function claimOf({ line, text, quantity }: Statement, name: Name, { values, line: table }: Listed): Claim {
  const of = (side: keyof Range): number =>
    computed(
      name,
      values.map((value) => spread(value)[side]),
    )
  const exact = computed(
    name,
    values.map(({ low }) => low),
  )
  const holds = overlaps(spread(quantity), { low: of('low'), high: of('high') })
  return claim(
    'listed',
    { line, text },
    {
      stated: quantity.text,
      recomputed: showAs(exact, quantity.dimension),
      verdict: holds ? 'consistent' : 'contradicted',
      arithmetic: `the ${NAMES[name]} of the ${values.length} values listed on line ${table} is ${showAs(exact, quantity.dimension)}${holds ? '' : `, not ${quantity.text}`}`,
    },
  )
}
