/** Means, medians and extremes of listed values, and where a text states them. */
import { max, mean, median, min } from 'simple-statistics'
import type { Listing } from './listings.js'
import { overlaps, showAs, spread, type Quantity, type Range } from './quantities.js'
import type { Survey } from './survey.js'

export const STATISTICS = ['mean', 'median', 'maximum', 'minimum'] as const
export type StatisticName = (typeof STATISTICS)[number]

export interface StatedStatistic {
  name: StatisticName
  quantity: Quantity
}

/** How far from its word a figure stands. */
const NEAR = 60
const BEFORE = 14

/** Every mean, median and extreme that a text names, with the figure after its word, or right before it. */
export function statisticsIn(
  text: string,
  { reader, words }: Pick<Survey, 'reader' | 'words'>,
): StatedStatistic[] {
  const named = STATISTICS.flatMap((name) =>
    words.all(name, text).map(({ index, length }) => ({ name, index, end: index + length })),
  ).sort((a, b) => a.index - b.index)
  if (named.length === 0) return []
  const quantities = reader
    .in(text)
    .filter(
      ({ low, high, bound, signed, dimension }) =>
        low === high && bound === null && !signed && dimension !== 'percent',
    )
  const taken = new Set<Quantity>()
  return named.flatMap(({ name, index, end }, at) => {
    const until = named[at + 1]?.index ?? text.length
    const since = named[at - 1]?.end ?? 0
    const after = quantities.find(
      (one) =>
        one.index >= end && one.index < until && one.index - end <= NEAR && !isCounted(one, text, words),
    )
    const isClause = after && !/[.;:,(]\s.*[.;,(]|[.;]\s/.test(text.slice(end, after.index))
    const before = quantities.findLast(
      (one) =>
        one.end <= index &&
        one.index >= since &&
        index - one.end <= BEFORE &&
        !/[.,;:()]/.test(text.slice(one.end, index)),
    )
    const quantity = after && isClause ? after : before
    if (!quantity || taken.has(quantity)) return []
    taken.add(quantity)
    return [{ name, quantity }]
  })
}

/** `over the 3 runs`. */
function isCounted({ dimension, end }: Quantity, text: string, words: Survey['words']): boolean {
  return dimension === 'number' && words.find('runs', text.slice(end).trimStart())?.index === 0
}

/** What a statistic of listed values can be, as they are rounded; null where they are of another kind. */
export function statisticOf(
  name: StatisticName,
  { values }: Listing,
  like: Quantity,
): (Range & { value: number }) | null {
  const { dimension, unit } = like
  const listed = values[0]!.dimension
  if (listed !== dimension && !(listed === 'number' && dimension === 'time')) return null
  const factor = listed === dimension ? 1 : unit
  const of = (side: 'low' | 'high'): number =>
    factor *
    computed(
      name,
      values.map((value) => spread(value)[side]),
    )
  return {
    value:
      factor *
      computed(
        name,
        values.map(({ low }) => low),
      ),
    low: of('low'),
    high: of('high'),
  }
}

export function fitsStatistic({ name, quantity }: StatedStatistic, listing: Listing): boolean {
  const range = statisticOf(name, listing, quantity)
  return range !== null && overlaps(spread(quantity), range)
}

/** Without one of them, as where a first or a failed one is left out. */
export function fitsWithoutOne({ name, quantity }: StatedStatistic, listing: Listing): boolean {
  return listing.values.some((_, left) => {
    const values = listing.values.filter((_, index) => index !== left)
    return fitsStatistic({ name, quantity }, { ...listing, values })
  })
}

const NAMES = { mean: 'mean', median: 'median', maximum: 'largest', minimum: 'smallest' } as const
const MOST_SHOWN = 12

export function explainStatistic(
  { name, quantity }: StatedStatistic,
  listing: Listing,
): { recomputed: string; arithmetic: string } {
  const { value } = statisticOf(name, listing, quantity)!
  const shown = showAs(value, quantity.dimension)
  const { values } = listing
  const list =
    values.length <= MOST_SHOWN
      ? `${values.map(({ text }) => text).join(', ')}`
      : `the ${values.length} values`
  return { recomputed: shown, arithmetic: `the ${NAMES[name]} of ${list} (line ${listing.line}) is ${shown}` }
}

const COMPUTED: Record<StatisticName, (values: number[]) => number> = {
  mean,
  median,
  maximum: max,
  minimum: min,
}

/** Of at least one value. */
export function computed(name: StatisticName, values: number[]): number {
  return COMPUTED[name](values)
}
