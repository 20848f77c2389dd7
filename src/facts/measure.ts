/** A number with its unit, as people write limits and parameters: `300s`, `1%`, `512Mi`, `2`. */
import { parseDuration } from './units.js'

/** `unit` is null for a bare number, `s` for every duration, else as written in lower case. */
export interface Measure {
  value: number
  unit: string | null
  /** As written. */
  text: string
}

const NUMBER_AND_UNIT = /^([+-]?\d+(?:\.\d+)?)\s*([a-z%µ][a-z%/µ]*)?$/i
/** What units of one kind are worth in the first of them. */
const SCALES: Record<string, { base: string; factor: number }> = {
  ratio: { base: '%', factor: 100 },
  percent: { base: '%', factor: 1 },
  ms: { base: 's', factor: 0.001 },
  milliseconds: { base: 's', factor: 0.001 },
  seconds: { base: 's', factor: 1 },
  min: { base: 's', factor: 60 },
  minutes: { base: 's', factor: 60 },
  kb: { base: 'b', factor: 1e3 },
  mb: { base: 'b', factor: 1e6 },
  gb: { base: 'b', factor: 1e9 },
  ki: { base: 'b', factor: 2 ** 10 },
  mi: { base: 'b', factor: 2 ** 20 },
  gi: { base: 'b', factor: 2 ** 30 },
}

/** Null for what is no measure: a name, a list, an expression. */
export function parseMeasure(written: unknown): Measure | null {
  if (typeof written === 'number')
    return Number.isFinite(written) ? { value: written, unit: null, text: String(written) } : null
  if (typeof written !== 'string') return null
  const text = written.trim()
  const match = NUMBER_AND_UNIT.exec(text)
  if (match) return measure(Number(match[1]), match[2] ?? null, text)
  const seconds = parseDuration(text)
  return seconds === null ? null : { value: seconds, unit: 's', text }
}

/** In the base unit of its kind. */
export function measure(value: number, unit: string | null, text: string): Measure {
  if (unit === null || unit.toLowerCase() === 'count') return { value, unit: null, text }
  const seconds = parseDuration(`1${unit}`)
  if (seconds !== null) return { value: value * seconds, unit: 's', text }
  const scale = SCALES[unit.toLowerCase()]
  return scale
    ? { value: value * scale.factor, unit: scale.base, text }
    : { value, unit: unit.toLowerCase(), text }
}

/** Whether one can be set against the other: a bare number says nothing of its unit. */
export function comparable(a: Measure, b: Measure): boolean {
  return a.unit === b.unit
}
