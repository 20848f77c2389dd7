/** Days and times of day in a text. */
import type { ClaimWords } from '../knowledge/claim-words.js'
import { around, type Document, type Section } from './document.js'
import type { QuantityReader } from './quantities.js'

export const DAY = 86_400

/** Days since 1970, of the first date in a text; null without one. */
export function dayIn(text: string): number | null {
  const iso = /(\d{4})-(\d{2})-(\d{2})/.exec(text)
  if (iso) return dayOf(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const german = /(?<!\d)(\d{1,2})\.(\d{1,2})\.(\d{4})/.exec(text)
  if (german) return dayOf(Number(german[3]), Number(german[2]), Number(german[1]))
  const named =
    /\b([A-Z][a-z]{2})[a-z]* (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})|\b(\d{1,2}) ([A-Z][a-z]{2})[a-z]* (\d{4})/.exec(
      text,
    )
  const month = named ? 'JanFebMarAprMayJunJulAugSepOctNovDec'.indexOf(named[1] ?? named[5]!) : -1
  return named && month >= 0 && month % 3 === 0
    ? dayOf(Number(named[3] ?? named[6]), month / 3 + 1, Number(named[2] ?? named[4]))
    : null
}

function dayOf(year: number, month: number, date: number): number | null {
  const day = Date.UTC(year, month - 1, date) / (DAY * 1000)
  return month >= 1 && month <= 12 && date >= 1 && date <= 31 ? day : null
}

/** 0 for Sunday. */
export function weekday(day: number): number {
  return (((day + 4) % 7) + 7) % 7
}

/** The date that the document gives itself. */
export function reportDay({ lines }: Document, words: ClaimWords): number | null {
  for (const { text } of lines.slice(0, 40)) {
    if (text.length < 120 && words.find('date', text)?.index === 0) {
      const day = dayIn(text)
      if (day !== null) return day
    }
  }
  return null
}

/** Days of the window that a heading above names: `30-Day Summary`, `last 90 days`. */
export function windowDays(section: Section, reader: QuantityReader): { days: number; line: number } | null {
  for (const { title, line } of around(section)) {
    const days = daysIn(title, reader)
    if (days !== null) return { days, line }
  }
  return null
}

export function daysIn(text: string, reader: QuantityReader): number | null {
  const found = reader
    .in(text)
    .filter(
      ({ dimension, low, high, step, bound }) =>
        dimension === 'time' && low === high && step >= DAY && low >= 7 * DAY && bound === null,
    )
  return found.length === 1 ? found[0]!.low / DAY : null
}

const CLOCK = /(?<![\d:.])(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s?([ap])\.?m\b\.?)?/giu

export interface Clock {
  /** Since midnight. */
  seconds: number
  hasSeconds: boolean
  index: number
  end: number
}

export function clocksIn(text: string): Clock[] {
  return [...text.matchAll(CLOCK)].flatMap((found) => {
    const [written, hour, minute, second, half] = found
    const hours =
      half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
    if (hours > 24 || Number(minute) > 59) return []
    return [
      {
        seconds: hours * 3600 + Number(minute) * 60 + Number(second ?? 0),
        hasSeconds: second !== undefined,
        index: found.index,
        end: found.index + written.length,
      },
    ]
  })
}

/** Whether a text between two times of day only joins them: ` UTC to 2025-11-24 `. */
export function isBetweenClocks(text: string, words: ClaimWords): boolean {
  // `10:00 PST / 13:00 ET` is one time in two places.
  if (text.includes('/')) return false
  const joined = String.raw`^\W*(?:UTC|GMT|CET|CEST|[ECMP][SD]T)?\W*${words.either('spanTo')}?\W*(?:\d{4}-\d{2}-\d{2})?\W*$`
  return new RegExp(joined, 'iu').test(text)
}
