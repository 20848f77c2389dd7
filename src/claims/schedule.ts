/** The schedule that a document states: which runs on which day at what time. */
import { parseAllDocuments } from 'yaml'
import type { ClaimWords } from '../knowledge/claim-words.js'
import { codeBlocks } from './code-blocks.js'
import type { Document } from './document.js'
import { clocksIn } from './moments.js'

export interface Slot {
  /** Everything that is said about it, to find its name in. */
  text: string
  /** 0 for Sunday; null for every day. */
  weekday: number | null
  /** Seconds since midnight. */
  at: number
  line: number
}

/** From YAML blocks: maps with a time of day, and a day of the week where they are weekly. */
export function readSchedule(document: Document, words: ClaimWords): Slot[] {
  return codeBlocks(document).flatMap(({ lines }) => {
    const text = lines.map((line) => line.text).join('\n')
    return text.length < 20_000 && clocksIn(text).length > 0
      ? slotsIn(valuesOf(text), words, lines[0]!.line)
      : []
  })
}

function valuesOf(text: string): unknown[] {
  try {
    const documents = parseAllDocuments(text, { logLevel: 'silent' })
    return [...documents].flatMap((document) =>
      document.errors.length > 0 ? [] : [document.toJS({ maxAliasCount: 10 }) as unknown],
    )
  } catch {
    return []
  }
}

function slotsIn(value: unknown, words: ClaimWords, line: number): Slot[] {
  if (Array.isArray(value)) return value.flatMap((item) => slotsIn(item, words, line))
  if (typeof value !== 'object' || value === null) return []
  const texts = Object.values(value).filter((item) => typeof item === 'string')
  const clocks = texts.flatMap((text) => (/^\d{1,2}:\d{2}/.test(text) ? clocksIn(text) : []))
  if (clocks.length !== 1) return Object.values(value).flatMap((item) => slotsIn(item, words, line))
  const days = texts.flatMap((text) => words.weekdayOf(text) ?? [])
  if (days.length > 1) return []
  return [{ text: texts.join(' '), weekday: days[0] ?? null, at: clocks[0]!.seconds, line }]
}
