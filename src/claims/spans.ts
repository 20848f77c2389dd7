/** From when until when: two times of day that a text joins. */
import type { ClaimWords } from '../knowledge/claim-words.js'
import { clocksIn, DAY, isBetweenClocks, type Clock } from './moments.js'

export interface Span {
  from: Clock
  to: Clock
  /** Over midnight where it ends before it begins. */
  seconds: number
  /** As both name it; null where they name none. */
  zone: string | null
}

const ZONE = /^\s?([A-Z]{2,5}|[+-]\d{2}:?\d{2})\b/

/** The only span of a text; null where there are more times, two zones or two dates. */
export function spanIn(text: string, words: ClaimWords): Span | null {
  const [from, to, more] = clocksIn(text)
  if (!from || !to || more || !isBetweenClocks(text.slice(from.end, to.index), words)) return null
  const [first, last] = [zoneAfter(text, from), zoneAfter(text, to)]
  const dates = new Set(text.match(/\d{4}-\d{2}-\d{2}/g))
  if ((first ?? last) !== last || dates.size > 1 || isHalfNamed(text, from, to)) return null
  return { from, to, seconds: (to.seconds - from.seconds + DAY) % DAY, zone: last }
}

export function zoneAfter(text: string, { end }: Clock): string | null {
  const zone = ZONE.exec(text.slice(end))?.[1] ?? null
  return zone === 'AM' || zone === 'PM' ? null : zone
}

/** `1:30 to 2:15 PM`: the first may be meant in the afternoon as well. */
function isHalfNamed(text: string, from: Clock, to: Clock): boolean {
  const [first, last] = [from, to].map(({ index, end }) => /m\.?$/i.test(text.slice(index, end)))
  return first !== last && from.seconds < 12 * 3600 && to.seconds >= 12 * 3600 && from.seconds !== to.seconds
}

/** Clocks are put forward and back at night. */
export function mayChangeClocks({ from, to }: Pick<Span, 'from' | 'to'>): boolean {
  const [low, high] = [3600, 3 * 3600]
  return from.seconds > to.seconds || (from.seconds <= high && to.seconds >= low)
}
