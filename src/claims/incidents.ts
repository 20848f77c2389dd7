/** What a document tells of the one incident that it is about: its stated duration, other times, logs, postings, its timeline. */
import { isWithin, type TextLine } from './document.js'
import { clocksIn, DAY, dayIn, type Clock } from './moments.js'
import { mayChangeClocks, spanIn, zoneAfter, type Span } from './spans.js'
import type { Survey } from './survey.js'

/** A stretch of time with the day that is named beside it. */
export interface Impact extends Span {
  line: TextLine
  day: number
}

/** Something that happened at a time. */
export interface Event {
  line: TextLine
  clock: Clock
  zone: string | null
  day: number
}

const LONGEST_LINE = 300
/** More lines of one kind are a log, not a report. */
const MOST = 200

/** What the document calls its duration, where it says so once: `Duration: 47 minutes (12:00 - 12:47)`. */
export function statedDuration(survey: Survey): Impact | null {
  const { document, words } = survey
  const labelled = document.lines.filter(({ text }) => {
    const [, label] = /^[\s*_|-]*(\p{L}[\p{L} ]{2,20}?)[\s*_]*(?::|\|)/u.exec(text) ?? []
    return label !== undefined && words.metricOf(label) === 'duration' && label.trim().split(' ').length === 1
  })
  const [only, more] = labelled.flatMap((line) => impactAt(line, line.text, survey) ?? [])
  return only && !more ? only : null
}

/** Sentences that say from when until when something was hit, all of it, and no phase of that. */
export function impactsIn(survey: Survey): Impact[] {
  const { lines } = survey.document
  const found = lines.flatMap((line, index) => {
    const before = lines[index - 1]
    const goesOn = before?.block === line.block && /[\p{L}\p{N},]\s*$/u.test(before.text) && !line.isItem
    const sentence = goesOn ? `${before.text} ${line.text}` : line.text
    const { words } = survey
    const isWhole = words.has('impact', sentence) && !words.has('phase', sentence)
    return isWhole && !words.has('elsewhere', sentence) ? (impactAt(line, sentence, survey) ?? []) : []
  })
  return found.length > MOST ? [] : found
}

function impactAt(line: TextLine, sentence: string, survey: Survey): Impact | null {
  const span = line.text.length > LONGEST_LINE ? null : spanIn(line.text, survey.words)
  const day = dayIn(sentence) ?? dayOfBlock(line, survey)
  return span && day !== null && !mayChangeClocks(span) ? { ...span, line, day } : null
}

/** The one day that the lines around name. */
function dayOfBlock({ block, section }: TextLine, { document }: Survey): number | null {
  const near = document.lines.filter((line) => line.block === block || line.section === section)
  const days = new Set(near.slice(0, MOST).flatMap(({ text }) => dayIn(text) ?? []))
  return days.size === 1 ? [...days][0]! : null
}

const STAMP = /^\W*\d{4}-\d{2}-\d{2}[T ]/

/** `[2025-11-24 12:05:15] ERROR: …` */
export function loggedIn({ document, words }: Survey): Event[] {
  return document.lines.flatMap((line) => {
    if (!STAMP.test(line.text)) return []
    const [clock] = clocksIn(line.text)
    const rest = clock ? line.text.slice(clock.end).replace(/^[^\p{L}]+/u, '') : ''
    return clock && words.find('logged', rest)?.index === 0 ? eventAt(line, clock) : []
  })
}

/** `Posted: 2025-11-24 12:00 PM UTC`, where the status page is spoken of. */
export function postedIn({ document, words }: Survey): Event[] {
  const pages = document.sections.filter(({ title }) => words.has('statusPage', title))
  return document.lines.flatMap((line) => {
    if (words.find('posted', line.text.trim())?.index !== 0) return []
    const [clock, more] = clocksIn(line.text)
    return clock && !more && pages.some((page) => isWithin(line.section, page)) ? eventAt(line, clock) : []
  })
}

function eventAt(line: TextLine, clock: Clock): Event[] {
  const day = dayIn(line.text)
  return day === null ? [] : [{ line, clock, day, zone: zoneAfter(line.text, clock) }]
}

/** Rows and items that begin with a time of day and name no other. */
export function timelineIn({ document }: Survey): { line: number; text: string; clock: Clock }[] {
  const rows = document.tables.flatMap(({ rows }) =>
    rows.map(({ line, cells }) => ({ line, text: cells.join(' | ') })),
  )
  return [...document.lines, ...rows].flatMap(({ line, text }) => {
    const [clock, more] = text.length < LONGEST_LINE ? clocksIn(text) : []
    const begins = clock && !more && /^[^\p{L}\p{N}]*$/u.test(text.slice(0, clock.index))
    return begins ? [{ line, text, clock }] : []
  })
}

/** Whether a document names more than one day, so that a time alone tells nothing. */
export function namesOneDay({ document }: Survey): boolean {
  const incident = document.lines.filter(({ text }) => clocksIn(text).length > 0)
  return new Set(incident.flatMap(({ text }) => dayIn(text) ?? [])).size <= 1
}

/** In no other zone, as far as they name one. */
export function isSameZone(a: { zone: string | null }, b: { zone: string | null }): boolean {
  return a.zone === null || b.zone === null || a.zone === b.zone
}

/** `11:57`, or with seconds where those tell something. */
export function showClock(seconds: number): string {
  const within = ((seconds % DAY) + DAY) % DAY
  const parts = [Math.floor(within / 3600), Math.floor((within % 3600) / 60)]
  if (within % 60 !== 0) parts.push(within % 60)
  return parts.map((part) => String(part).padStart(2, '0')).join(':')
}
