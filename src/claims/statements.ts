/** Sentences that state a figure about many: a mean, a median, a percentile, an extreme. */
import type { ClaimWords, WordList } from '../knowledge/claim-words.js'
import { around, type Document, type Section } from './document.js'
import type { Quantity, QuantityReader } from './quantities.js'
import { isNarrowed } from './topic.js'

export type Statistic = 'mean' | 'median' | 'maximum' | 'minimum' | 'percentile'

export interface Statement {
  statistic: Statistic
  /** 0.99 of a P99, 0.5 of a median; null otherwise. */
  share: number | null
  /** As in claims.yaml, or the other words of its label; null when nothing tells. */
  metric: string | null
  quantity: Quantity
  line: number
  text: string
  section: Section
  /** It speaks of an aim, another time or another place. */
  isElsewhere: boolean
  /** It speaks of a part that no heading names. */
  isNarrowed: boolean
}

const LISTS: Exclude<Statistic, 'percentile'>[] = ['mean', 'median', 'maximum', 'minimum']
const PERCENTILE =
  /(?<![\p{L}\p{N}])(?:p|perc\.?\s?)(\d{2}(?:\.\d+)?|999)(?![\p{N}])|(?<!\d)(\d{2}(?:\.\d+)?)(?:th|st|nd|rd|\.|-|e|º)?\s?(?:percentiles?|perzentil|centile|percentil)/iu

export function readStatements(document: Document, reader: QuantityReader): Statement[] {
  return document.lines.flatMap((line) =>
    line.text.length > 500
      ? []
      : statementsIn(line.text, reader).map((stated) => describe(stated, line, reader.words)),
  )
}

interface Stated {
  statistic: Statistic
  share: number | null
  quantity: Quantity
  text: string
}

/** Every statistic that is named, with the quantity after it, or just before it. */
function statementsIn(text: string, reader: QuantityReader): Stated[] {
  const named = namedIn(text, reader.words)
  if (named.length === 0) return []
  const quantities = reader.in(text)
  return named.flatMap(({ statistic, share, index, end }, at) => {
    const until = named[at + 1]?.index ?? text.length
    const since = named[at - 1]?.end ?? 0
    const quantity =
      quantities.find(
        (one) =>
          one.index >= end &&
          !isCount(one, text, reader) &&
          one.index < until &&
          !/[.;|,]\s/.test(text.slice(end, one.index)) &&
          one.index - end < 60,
      ) ??
      quantities.findLast(
        (one) =>
          one.end <= index &&
          one.index >= since &&
          /^[\s-]{0,2}(\p{L}{1,3}\s)?$/u.test(text.slice(one.end, index)),
      )
    return quantity ? [{ statistic, share, quantity, text }] : []
  })
}

/** `over all 40 runs`. */
function isCount({ dimension, end }: Quantity, text: string, { words }: QuantityReader): boolean {
  const rest = text.slice(end).trimStart()
  return dimension === 'number' && words.find('runs', rest)?.index === 0
}

function namedIn(
  text: string,
  words: ClaimWords,
): { statistic: Statistic; share: number | null; index: number; end: number }[] {
  const named = LISTS.flatMap((statistic) => {
    const found = words.find(statistic as WordList, text)
    return found
      ? [
          {
            statistic: statistic as Statistic,
            share: statistic === 'median' ? 0.5 : null,
            index: found.index,
            end: found.index + found.length,
          },
        ]
      : []
  })
  const percentile = PERCENTILE.exec(text)
  if (percentile) {
    const written = percentile[1] ?? percentile[2]!
    const share = Number(written) / (written === '999' ? 1000 : 100)
    named.push({
      statistic: 'percentile',
      share,
      index: percentile.index,
      end: percentile.index + percentile[0].length,
    })
  }
  return named.sort((a, b) => a.index - b.index)
}

function describe(
  { statistic, share, quantity, text }: Stated,
  { line, section }: { line: number; section: Section },
  words: ClaimWords,
): Statement {
  const titles = around(section).map(({ title }) => title)
  return {
    statistic,
    share,
    metric: words.metricOf(text) ?? ownMetric(text, quantity, words) ?? contextMetric(titles, words),
    quantity,
    line,
    text,
    section,
    isElsewhere: [text, ...titles].some((one) => words.has('elsewhere', one)),
    isNarrowed: isNarrowed(text, section, words),
  }
}

/** What a label names that is no known metric: `Average pause time`. */
function ownMetric(text: string, quantity: Quantity, words: ClaimWords): string | null {
  const label = `${text.slice(0, quantity.index)} ${text.slice(quantity.end)}`
  const left = label
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(
      (word) =>
        word !== '' &&
        !/^p?\d/.test(word) &&
        words.find('labelWords', word)?.length !== word.length &&
        !LISTS.some((list) => words.has(list, word)),
    )
  return left.length > 0 ? left.join(' ') : null
}

/** The metric of the nearest heading that names one. */
export function contextMetric(titles: string[], words: ClaimWords): string | null {
  for (const title of titles) {
    const metric = words.metricOf(title)
    if (metric !== null) return metric
  }
  return null
}
