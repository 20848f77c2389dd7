/** A mean, median or extreme of prose against the one series under the same heading that it can be of. */
import type { Claim } from '../claim.js'
import { nameWords } from '../matching.js'
import { overlaps, showAs, spread, type Quantity } from '../quantities.js'
import { claim } from '../say.js'
import type { Sentence } from '../sentences.js'
import { computed, type StatisticName } from '../statistics.js'
import type { Survey } from '../survey.js'
import { clauseAround, STATED, statedStatistics, statementAround } from './clauses.js'
import { figuresOf, isCount, isQualified, tellingWords } from './figures.js'
import { seriesAround, besideSeries, type Series } from './series.js'

export function checkSeriesStatistics(survey: Survey): Claim[] {
  return besideSeries(survey).flatMap(({ sentence, series }) => judge(sentence, series, survey))
}

function judge(sentence: Sentence, all: Series[], survey: Survey): Claim[] {
  const { text, line } = sentence
  const { words } = survey
  const stated = statedStatistics(sentence, survey)
  return stated.flatMap(({ name, figure }) => {
    const said = statementAround(text, figure)
    if (isQualified(said, words) || STATED.some((list) => words.has(list, said))) return []
    const series = seriesAround(figure, all, name === 'maximum' ? 1.5 : 1)
    if (series && !isNamedAlike(sentence, figure, series, survey)) return []
    if (!series || !isOfAll(sentence, figure, series, survey)) return []
    const named = rowsNamed(said, series)
    const value = valueOf(name, series)
    const range = { low: value.low, high: value.high }
    const holds = overlaps(spread(figure), range)
    // What a row is named for may be the mean or the worst of that row's kind alone.
    const isExtreme = name === 'maximum' || name === 'minimum'
    if (!holds && named.length > 0 && !(isExtreme && named.length === 1 && !isAt(figure, series, named[0]!)))
      return []
    if (!holds && all.some((one) => one !== series && holdsIn(name, figure, one))) return []
    if (!holds && withoutOne(name, figure, series)) return []
    return [
      claim(
        'listed',
        { line, text },
        {
          stated: figure.text,
          recomputed: showAs(value.exact, figure.dimension),
          verdict: holds ? 'consistent' : 'contradicted',
          arithmetic: `${NAMES[name]} of the ${series.values.length} values listed on line ${series.line} is ${showAs(value.exact, figure.dimension)}${holds ? '' : `, not ${figure.text}`}`,
        },
      ),
    ]
  })
}

const NAMES = { mean: 'the mean', median: 'the median', maximum: 'the largest', minimum: 'the smallest' }

/** A number of runs that is not that of the values speaks of others. */
function isOfAll(sentence: Sentence, figure: Quantity, { values, title }: Series, survey: Survey): boolean {
  const { words } = survey
  const clause = clauseAround(sentence.text, figure)
  const said = statementAround(sentence.text, figure)
  const start = sentence.text.indexOf(said)
  const others = figuresOf(sentence, survey).filter(
    (one) =>
      one !== figure &&
      isCount(one) &&
      one.low >= 2 &&
      (one.low < 100 || figure.dimension === 'percent') &&
      one.index >= start &&
      one.end <= start + said.length,
  )
  const metric = words.metricOf(clause)
  const own = words.metricOf(title)
  // "It took 27 s" names no metric of its own.
  const areNamed = [metric, own].every((one) => one !== null && one !== 'duration')
  const isOther = areNamed && metric !== own
  return !isOther && others.every(({ low }) => low === values.length) && !words.has('per', clause)
}

/** Shares and plain numbers are of many things: all that the clause tells stands in the series or its heading. Times are of how long it took. */
function isNamedAlike({ text }: Sentence, figure: Quantity, series: Series, { words }: Survey): boolean {
  if (figure.dimension === 'time') return true
  const known = new Set([
    ...nameWords(series.title),
    ...nameWords(series.heading.title),
    ...series.labels.flat(),
  ])
  return tellingWords(clauseAround(text, figure), words)
    .flatMap((word) => nameWords(word))
    .every((word) => known.has(word) || /\d/.test(word) || GENERAL.some((list) => words.has(list, word)))
}

const GENERAL = ['mean', 'median', 'maximum', 'minimum', 'runs', 'times', 'summing', 'whole'] as const

/** Rows whose own word stands in the clause. */
function rowsNamed(clause: string, { labels, values }: Series): number[] {
  const said = new Set(nameWords(clause))
  const often = new Map<string, number>()
  for (const words of labels) for (const word of new Set(words)) often.set(word, (often.get(word) ?? 0) + 1)
  return labels.flatMap((words, row) =>
    words.some((word) => said.has(word) && often.get(word)! < values.length) ? [row] : [],
  )
}

function isAt(figure: Quantity, { values }: Series, row: number): boolean {
  const { low, high } = spread(values[row]!)
  return overlaps(spread(figure), { low, high })
}

function valueOf(name: StatisticName, { values }: Series): { exact: number; low: number; high: number } {
  const of = (read: (one: Quantity) => number) => computed(name, values.map(read))
  return {
    exact: of(({ low }) => low),
    low: of((one) => spread(one).low),
    high: of((one) => spread(one).high),
  }
}

function holdsIn(name: StatisticName, figure: Quantity, series: Series): boolean {
  const { low, high } = valueOf(name, series)
  return overlaps(spread(figure), { low, high })
}

/** The first run, or one that failed, may be left out of a mean. */
function withoutOne(name: StatisticName, figure: Quantity, series: Series): boolean {
  if (name === 'maximum' || name === 'minimum') return false
  const { values } = series
  return values.some((_, left) => {
    const rest = values.filter((__, at) => at !== left).map(({ low }) => low)
    return Math.abs(computed(name, rest) - figure.low) < figure.step / 2
  })
}
