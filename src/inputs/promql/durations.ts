/** Durations as Prometheus and Alertmanager take them. */
import type { Field } from '../field.js'
import { placeholderIn } from './placeholders.js'

/** From large to small, each once, and whole numbers; a zero may go without its unit. */
const DURATION = /^(?=.)(\d+y)?(\d+w)?(\d+d)?(\d+h)?(\d+m)?(\d+s)?(\d+ms)?$/
/** 2^63 nanoseconds. */
const LONGEST_SECONDS = 9_223_372_036

/** True for what is refused; a wrong type is none, and neither is what something fills in first. */
export function durationFault(field: Field): boolean {
  if (typeof field.value !== 'string' && typeof field.value !== 'number') return false
  const text = field.text() ?? ''
  if (text === '0' || placeholderIn(text, 'anywhere') !== null) return false
  return !DURATION.test(text) || (field.seconds() ?? 0) > LONGEST_SECONDS
}

/** Of a mapping; none of anything else. */
export function keysOf({ value }: Field): string[] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : []
}
