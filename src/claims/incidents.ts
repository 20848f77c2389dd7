/** What a document says of an incident's times: from when until when it lasted, what was logged and posted, which alert fired. */
import { clocksIn, DAY, dayIn, isBetweenClocks, type Clock } from './moments.js'
import type { TextLine } from './document.js'
import type { Survey } from './survey.js'

/** A stretch of time that something was hit for. */
export interface Impact {
  line: TextLine
  from: Clock
  to: Clock
  seconds: number
  /** Days since 1970; null where nothing around names one. */
  day: number | null
}

/** Something that happened at a time. */
export interface Event {
  line: TextLine
  clock: Clock
  day: number | null
}

export function impactsIn(survey: Survey): Impact[] {
  const { lines } = survey.document
  return lines.flatMap((line, index) => {
    if (line.text.length > 300) return []
    const [from, to, more] = clocksIn(line.text)
    if (!from || !to || more || !isBetweenClocks(line.text.slice(from.end, to.index), survey.words)) return []
    if (!isOfImpact(line, lines[index - 1], survey)) return []
    return [{ line, from, to, seconds: (to.seconds - from.seconds + DAY) % DAY, day: dayAt(line, lines) }]
  })
}

/** Told in the line itself, or in the one before where that goes on in this one. */
function isOfImpact(line: TextLine, before: TextLine | undefined, { words }: Survey): boolean {
  if (words.has('impact', line.text)) return true
  const goesOn =
    before?.block === line.block &&
    !/^\s*(?:#|[-*]\s|\|)/.test(line.text) &&
    /[\p{L}\p{N},]\s*$/u.test(before.text)
  return goesOn && !/^\s*(?:#|[-*]\s|\|)/.test(before.text) && words.has('impact', before.text)
}

/** The day that the line names, else the one day that its block does. */
function dayAt({ text, block }: TextLine, lines: TextLine[]): number | null {
  const own = dayIn(text)
  if (own !== null) return own
  const days = new Set(lines.flatMap((line) => (line.block === block ? (dayIn(line.text) ?? []) : [])))
  return days.size === 1 ? [...days][0]! : null
}

const STAMP = /^\W*\d{4}-\d{2}-\d{2}[T ]/

/** `[2025-11-24 12:05:15] ERROR: …` */
export function loggedIn({ document, words }: Survey): Event[] {
  return document.lines.flatMap((line) => {
    const [clock] = line.isCode && STAMP.test(line.text) ? clocksIn(line.text) : []
    const rest = clock ? line.text.slice(clock.end) : ''
    return clock && words.find('logged', rest.replace(/^[^\p{L}]+/u, ''))?.index === 0
      ? [{ line, clock, day: dayIn(line.text) }]
      : []
  })
}

/** `Posted: 2025-11-24 12:00 PM UTC` */
export function postedIn({ document, words }: Survey): Event[] {
  return document.lines.flatMap((line) => {
    const [clock, more] = words.find('posted', line.text.trim())?.index === 0 ? clocksIn(line.text) : []
    return clock && !more ? [{ line, clock, day: dayIn(line.text) }] : []
  })
}

/** Rows and items that begin with a time of day. */
export function timelineIn({ document }: Survey): { line: number; text: string; clock: Clock }[] {
  const rows = document.tables.flatMap(({ rows }) =>
    rows.map(({ line, cells }) => ({ line, text: cells.join(' | ') })),
  )
  return [...document.lines, ...rows].flatMap(({ line, text }) => {
    const [clock] = text.length < 300 ? clocksIn(text) : []
    return clock && /^[^\p{L}\p{N}]*$/u.test(text.slice(0, clock.index)) ? [{ line, text, clock }] : []
  })
}

/** Where both name one. */
export function isSameDay(a: { day: number | null }, b: { day: number | null }): boolean {
  return a.day !== null && a.day === b.day
}

/** `11:57`, or with seconds where those tell something. */
export function showClock(seconds: number): string {
  const within = ((seconds % DAY) + DAY) % DAY
  const parts = [Math.floor(within / 3600), Math.floor((within % 3600) / 60)]
  if (within % 60 !== 0) parts.push(within % 60)
  return parts.map((part) => String(part).padStart(2, '0')).join(':')
}
