/** Like values that stand one below the other under a heading: a column of a table, the same place in each item of a list. */
import { groupedBy } from '../../facts/grouped.js'
import { headingOf } from '../happenings.js'
import type { Section } from '../document.js'
import { columnListings } from '../listings.js'
import { nameWords } from '../matching.js'
import type { Quantity } from '../quantities.js'
import type { Sentence } from '../sentences.js'
import type { Survey } from '../survey.js'
import { partsOf } from '../tables.js'
import { figuresIn, isPlain } from './figures.js'

export interface Series {
  values: Quantity[]
  /** Of each value: the words beside it. */
  labels: string[][]
  /** Of its column; empty for a list. */
  title: string
  heading: Section
  line: number
  /** Where its last value stands: what is said there is of that value alone. */
  last: number
}

const STATISTIC = ['mean', 'median', 'maximum', 'minimum', 'percentile'] as const
const LEAST = 3
const MOST = 200

/** Sentences with the series under the same heading, but for those inside one. */
export function besideSeries(survey: Survey): { sentence: Sentence; series: Series[] }[] {
  const byHeading = seriesByHeading(survey)
  return survey.sentences.flatMap((sentence) => {
    const series = byHeading.get(headingOf(sentence.section))
    const { line } = sentence
    const isInside = series?.some((one) => line >= one.line && line <= one.last)
    return series && !isInside ? [{ sentence, series }] : []
  })
}

function seriesByHeading(survey: Survey): Map<Section, Series[]> {
  const found = [...columnsIn(survey), ...listsIn(survey)]
  return groupedBy(found, ({ heading }) => heading)
}

function columnsIn(survey: Survey): Series[] {
  const { document, words } = survey
  return document.tables.flatMap((table) => {
    const { parts } = partsOf(table, words)
    if (parts.length < LEAST || parts.length > MOST) return []
    return columnListings(table, survey).flatMap(({ values, column }) => {
      const title = table.header[column] ?? ''
      const isStatistic = (['mean', 'median', 'maximum', 'minimum', 'percentile', 'elsewhere'] as const).some(
        (list) => words.has(list, title),
      )
      if (isStatistic || values.length !== parts.length || !values.every(isPlain)) return []
      const labels = parts.map(({ cells }) =>
        nameWords(cells.filter((_, at) => at !== column).join(' ')).filter((word) => /\p{L}/u.test(word)),
      )
      return [
        {
          values,
          labels,
          title,
          heading: headingOf(table.section),
          line: table.line,
          last: table.rows.at(-1)!.line,
        },
      ]
    })
  })
}

/** Every item of the list has as many times, or percentages, as the others. */
function listsIn(survey: Survey): Series[] {
  const { document, words } = survey
  const items = document.lines.filter(({ isItem, text }) => isItem && text.length <= 300)
  const goesOn = new Set(document.sections.map(({ line }) => line))
  return [...groupedBy(items, ({ block }) => block).values()].flatMap((lines) => {
    if (lines.length < LEAST || lines.length > MOST || lines.some(({ line }) => goesOn.has(line))) return []
    // Statistics that are listed are no values.
    if (lines.some(({ text }) => STATISTIC.some((list) => words.has(list, text)))) return []
    const read = lines.map(({ text }) => figuresIn(text, survey))
    return (['time', 'percent'] as const).flatMap((dimension) => {
      const own = read.map((figures) => figures.filter((one) => one.dimension === dimension))
      const places = own[0]!.length
      if (places === 0 || own.some((figures) => figures.length !== places || !figures.every(isPlain)))
        return []
      return own[0]!.map((_, place) => ({
        values: own.map((figures) => figures[place]!),
        labels: lines.map(({ text }) =>
          nameWords(text).filter((word) => /\p{L}/u.test(word) && words.unitSeconds(word) === null),
        ),
        title: '',
        heading: headingOf(lines[0]!.section),
        line: lines[0]!.line,
        last: lines.at(-1)!.line,
      }))
    })
  })
}

/** The one series of the kind of a figure that it can be about: it lies among its values. */
export function seriesAround(figure: Quantity, all: Series[], slack: number): Series | null {
  const fitting = all.filter(({ values }) => {
    const own = values.map(({ low }) => low)
    return (
      values[0]!.dimension === figure.dimension &&
      figure.low >= Math.min(...own) &&
      figure.low <= Math.max(...own) * slack
    )
  })
  return fitting.length === 1 ? fitting[0]! : null
}
