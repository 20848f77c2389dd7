/** A mean, median or extreme against the values that it is of: those whose other statistics stand beside it, or the list of the same sentence. */
import type { Claim } from '../claim.js'
import { around, isWithin, type Section, type Table } from '../document.js'
import { blockListings, columnListings, isSummary, sentenceListings, type Listing } from '../listings.js'
import { match } from '../matching.js'
import { claim } from '../say.js'
import {
  explainStatistic,
  fitsStatistic,
  fitsWithoutOne,
  STATISTICS,
  statisticOf,
  statisticsIn,
  type StatedStatistic,
} from '../statistics.js'
import type { Survey } from '../survey.js'
import { cellQuantity, partsOf } from '../tables.js'

interface Placed extends StatedStatistic {
  line: number
  text: string
  heading: Section
}

const LEAST = 3
/** Other statistics that the same values give. */
const LEAST_FITTING = 2

export function checkListedStatistics(survey: Survey): Claim[] {
  const { document } = survey
  const sentences = survey.sentences
  const listings = [
    ...document.tables.flatMap((table) => columnListings(table, survey)),
    ...blockListings(survey),
    ...sentences.flatMap((sentence) => sentenceListings(sentence, survey)),
  ]
  const stated = statedIn(survey)
  return [
    ...listings
      .filter(({ values }) => values.length >= LEAST)
      .flatMap((listing) => besideOthers(listing, stated)),
    ...sentences.flatMap((sentence) => inOneSentence(sentence, survey)),
    ...document.tables.flatMap((table) => [
      ...summaryRows(table, survey),
      ...againstSections(table, listings, survey),
    ]),
  ]
}

function headingOf(section: Section): Section {
  return around(section).find(({ level }) => level <= 6)!
}

function statedIn(survey: Survey): Placed[] {
  const { document, words, reader } = survey
  const sentences = survey.sentences.filter(({ text }) => !words.has('elsewhere', text))
  const written = sentences.flatMap(({ text, line, section }) =>
    statisticsIn(text, survey).map((one) => ({ ...one, text, line, heading: headingOf(section) })),
  )
  const rows = document.tables.flatMap(({ header, rows, section }) =>
    header.length !== 2
      ? []
      : rows.flatMap(({ line, cells }) => {
          const name = STATISTICS.find((one) => words.find(one, cells[0] ?? '')?.index === 0)
          const quantity = reader.only(cells[1] ?? '')
          return name && quantity && quantity.low === quantity.high && quantity.bound === null
            ? [{ name, quantity, line, text: cells.join(' | '), heading: headingOf(section) }]
            : []
        }),
  )
  return [...written, ...rows]
}

/** Of the statistics under one heading all but one are those of the listed values. */
function besideOthers(listing: Listing, stated: Placed[]): Claim[] {
  const heading = headingOf(listing.section)
  const own = stated.filter(
    (one) => one.heading === heading && statisticOf(one.name, listing, one.quantity) !== null,
  )
  const byName = STATISTICS.map((name) => own.filter((one) => one.name === name)).filter(
    (found) => found.length > 0,
  )
  const fitting = byName.filter((found) => found.some((one) => fitsStatistic(one, listing)))
  const failing = byName.filter((found) => !fitting.includes(found))
  const [only] = failing
  if (failing.length !== 1 || only!.length !== 1 || fitting.length < LEAST_FITTING) return []
  if (new Set(fitting.flatMap((found) => found.map(({ quantity }) => quantity.low))).size < LEAST_FITTING)
    return []
  const [one] = only!
  if (one!.name === 'mean' && fitsWithoutOne(one!, listing)) return []
  return [
    contradicted(
      one!,
      one!,
      listing,
      `; ${fitting.map(([first]) => first!.quantity.text).join(' and ')} beside it are of the same values`,
    ),
  ]
}

function contradicted(
  at: { line: number; text: string },
  one: StatedStatistic,
  listing: Listing,
  why: string,
): Claim {
  const { recomputed, arithmetic } = explainStatistic(one, listing)
  return claim('listed', at, {
    stated: one.quantity.text,
    recomputed,
    verdict: 'contradicted',
    arithmetic: `${arithmetic}, not ${one.quantity.text}${why}`,
  })
}

/** `it took 22, 31 and 28 seconds: 27 seconds on average`, `a mean of 24 days (12, 25 and 35 days)`. */
function inOneSentence(sentence: Survey['sentences'][number], survey: Survey): Claim[] {
  const { text, line } = sentence
  const { words } = survey
  const [listing, more] = sentenceListings(sentence, survey)
  if (!listing || more || words.has('elsewhere', text)) return []
  return statisticsIn(text, survey).flatMap((one) => {
    const { index, end } = one.quantity
    const isWithinList = index >= listing.index && end <= listing.end
    const between = index >= listing.end ? text.slice(listing.end, index) : text.slice(end, listing.index)
    const bare = STATISTICS.reduce(
      (left, name) =>
        words
          .all(name, left)
          .reduceRight((kept, at) => `${kept.slice(0, at.index)}${kept.slice(at.index + at.length)}`, left),
      between,
    )
    const left = bare
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word !== '' && !words.has('linking', word) && words.find('about', word) === null)
    const isTied = (index >= listing.end ? /^\s*[:;,(=–—]/ : /[(:=–—]\s*$/).test(between) && left.length === 0
    if (
      isWithinList ||
      !isTied ||
      statisticOf(one.name, listing, one.quantity) === null ||
      fitsStatistic(one, listing)
    )
      return []
    return [contradicted({ line, text }, one, listing, '')]
  })
}

/** The last row is the mean of those above it: in another column it is, or nothing weighs them. */
function summaryRows(table: Table, survey: Survey): Claim[] {
  const { words, reader } = survey
  const { labels } = partsOf(table, words)
  const last = table.rows.at(-1)
  const label = last?.cells[labels] ?? ''
  const name = STATISTICS.find((one) => words.find(one, label)?.index === 0)
  if (!last || !name || table.rows.slice(0, -1).some(({ cells }) => isSummary(cells[labels] ?? '', words)))
    return []
  const columns = columnListings({ ...table, rows: table.rows.slice(0, -1) }, survey).flatMap((listing) => {
    const quantity = cellQuantity(reader, table.header[listing.column]!, last.cells[listing.column] ?? '')
    return quantity &&
      quantity.low === quantity.high &&
      quantity.bound === null &&
      listing.values.length >= LEAST
      ? [{ one: { name, quantity }, listing }]
      : []
  })
  const failing = columns.filter(({ one, listing }) => !fitsStatistic(one, listing))
  const isSole = table.header.length === 2
  if (failing.length !== 1 || (columns.length < 2 && !isSole)) return []
  const { one, listing } = failing[0]!
  return fitsWithoutOne(one, listing) || statisticOf(one.name, listing, one.quantity) === null
    ? []
    : [contradicted({ line: last.line, text: last.cells.join(' | ') }, one, listing, '')]
}

/** A column of means against the values that the section of each row lists: as in all other rows. */
function againstSections(table: Table, listings: Listing[], survey: Survey): Claim[] {
  const { document, words, reader } = survey
  const { parts } = partsOf(table, words)
  const headings = document.sections.filter(
    ({ level, line }) =>
      level >= 1 &&
      level <= 6 &&
      !isWithin(
        table.section,
        document.sections.find((one) => one.line === line)!,
      ),
  )
  const places = match(
    parts.map(({ label }) => label),
    headings.map(({ title }) => title),
  )
  return table.header.flatMap((title, column) => {
    const name = STATISTICS.find((one) => words.has(one, title))
    if (!name) return []
    const read = parts.flatMap((row, index) => {
      const place = places[index]
      const quantity = cellQuantity(reader, title, row.cells[column] ?? '')
      if (place === null || place === undefined || !quantity || quantity.low !== quantity.high) return []
      const own = listings.filter(
        ({ section, values }) =>
          isWithin(section, headings[place]!) && values[0]!.dimension === quantity.dimension,
      )
      return own.length === 1 ? [{ row, one: { name, quantity }, listing: own[0]! }] : []
    })
    const failing = read.filter(({ one, listing }) => !fitsStatistic(one, listing))
    const [only] = failing
    if (failing.length !== 1 || read.length - 1 < LEAST_FITTING) return []
    return fitsWithoutOne(only!.one, only!.listing) && only!.listing.values.length > LEAST
      ? []
      : [
          contradicted(
            { line: only!.row.line, text: only!.row.cells.join(' | ') },
            only!.one,
            only!.listing,
            `; in ${read.length - 1} other rows it is`,
          ),
        ]
  })
}
