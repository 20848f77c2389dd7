/** Dates in running text, also in German, French and Spanish, and without their year. */
import type { ClaimWords } from '../knowledge/claim-words.js'
import type { Document } from './document.js'
import { DAY, weekday } from './moments.js'

export interface NamedDay {
  day: number
  index: number
  end: number
  text: string
}

const ISO = /(?<![\d-])(\d{4})-(\d{2})-(\d{2})(?!\d)/g
const NUMBERS = /(?<![\d.])(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)/g
/** `17 November 2026`, `13. Oktober`, `7 de octubre de 2026`. */
const DAY_FIRST =
  /(?<![\d:.,-])(\d{1,2})(?:st|nd|rd|th|er|\.)?\s(?:de\s)?(\p{L}{3,10})\.?(?:\s(?:de\s|del\s)?(\d{4}))?(?![\p{L}\d:])/gu
/** `October 13th, 2026`. */
const MONTH_FIRST =
  /(?<!\p{L})(\p{L}{3,9})\.?\s(\d{1,2})(?:st|nd|rd|th)?(?!\d|[:.,]\d|\s?%)(?:,?\s(\d{4}))?(?![\p{L}\d:])/gu

/** Days in the order in which they are named; without a year of their own they are of the year that is given, or none. */
export function daysNamedIn(text: string, words: ClaimWords, year: number | null): NamedDay[] {
  const found = [
    ...[...text.matchAll(ISO)].map((match) => named(match, match[1], Number(match[2]), match[3]!)),
    ...[...text.matchAll(NUMBERS)].map((match) => named(match, match[3], Number(match[2]), match[1]!)),
    ...[...text.matchAll(DAY_FIRST)].map((match) => named(match, match[3], monthNamed(match[2]!), match[1]!)),
    ...[...text.matchAll(MONTH_FIRST)].map((match) =>
      named(match, match[3], monthNamed(match[1]!), match[2]!),
    ),
  ].filter((one) => one !== null)
  const sorted = found.toSorted((a, b) => a.index - b.index)
  return sorted.filter((one, place) => place === 0 || one.index >= sorted[place - 1]!.end)

  function monthNamed(word: string): number | null {
    const month = words.monthOf(word)
    return month !== null && word.length >= 3 ? month : null
  }

  function named(
    { index, 0: written }: RegExpExecArray,
    ownYear: string | undefined,
    month: number | null,
    date: string,
  ): NamedDay | null {
    const of = ownYear === undefined ? year : Number(ownYear)
    const time = month === null || of === null ? NaN : Date.UTC(of, month - 1, Number(date))
    const isReal = !Number.isNaN(time) && new Date(time).getUTCDate() === Number(date)
    return isReal ? { day: time / (DAY * 1000), index, end: index + written.length, text: written } : null
  }
}

/** The one year that a document names; null where it names several. */
export function soleYear({ lines, tables }: Document): number | null {
  const years = new Set<string>()
  const take = (text: string) => {
    for (const [year] of text.matchAll(/(?<![\d.,:])(?:19|20)\d{2}(?![\d:]|[.,]\d)/g)) years.add(year)
  }
  for (const { text } of lines) take(text)
  for (const { header, rows } of tables)
    for (const cells of [header, ...rows.map((row) => row.cells)]) cells.forEach(take)
  return years.size === 1 ? Number([...years][0]) : null
}

const NAMES = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

export function showWeekday(day: number): string {
  return NAMES[weekday(day)]!
}

export function showDay(day: number): string {
  return new Date(day * DAY * 1000).toISOString().slice(0, 10)
}
