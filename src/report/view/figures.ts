/** Figures for people: percentages, durations, intervals, dates. Nothing is computed here but the rounding. */
import { formatDuration } from '../../facts/units.js'

/** `83%`; never `100%` for less than all, nor `0%` for more than nothing. */
export function percent(share: number): string
export function percent(share: number | null): string | null
export function percent(share: number | null): string | null {
  if (share === null) return null
  const whole = Math.round(share * 100)
  const misleads = (whole === 100 && share < 1) || (whole === 0 && share > 0)
  if (!misleads) return `${whole}%`
  return share > 0.5
    ? `${Math.min(99.9, Number((share * 100).toFixed(1)))}%`
    : `${Math.max(0.1, Number((share * 100).toFixed(1)))}%`
}

export function duration(seconds: number | null): string | null {
  return seconds === null ? null : formatDuration(seconds)
}

/** A number with at most `digits` decimals. */
export function decimal(value: number, digits?: number): string
export function decimal(value: number | null, digits?: number): string | null
export function decimal(value: number | null, digits = 1): string | null {
  if (value === null) return null
  return Number.isFinite(value) ? String(Number(value.toFixed(digits))) : '∞'
}

/** `2026-11-01 08:30 UTC` of an RFC 3339 time; other text as it is. */
export function moment(time: string): string
export function moment(time: string | null): string | null
export function moment(time: string | null): string | null {
  if (time === null) return null
  const parsed = new Date(time)
  return Number.isNaN(parsed.getTime()) ? time : `${parsed.toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

/** `1 November 2026`, in UTC. */
export function day(time: string): string {
  const parsed = new Date(time)
  if (Number.isNaN(parsed.getTime())) return time
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(parsed)
}

/** `November 2026` of `2026-11`. */
export function monthName(month: string): string {
  return new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${month}-01T00:00:00Z`),
  )
}

/** With its sign: `−8.1`, `+5.2`, `0`. */
export function signed(value: number, digits = 1): string {
  const rounded = Number(value.toFixed(digits))
  if (rounded === 0) return '0'
  return `${rounded > 0 ? '+' : '−'}${Math.abs(rounded)}`
}

/** Of a test: `0.14`, and nothing finer than `< 0.001`. */
export function probability(p: number): string {
  return p < 0.001 ? '< 0.001' : String(Number(p.toPrecision(2)))
}

/** `2026-11-01`. */
export function shortDay(time: string | null): string | null {
  if (time === null) return null
  const parsed = new Date(time)
  return Number.isNaN(parsed.getTime()) ? time : parsed.toISOString().slice(0, 10)
}

/** With a capital letter and a full stop, for reasons that stand alone. */
export function asSentence(text: string): string {
  const trimmed = text.trim()
  return `${trimmed.charAt(0).toUpperCase()}${trimmed.slice(1)}${/[.!?:…]$/.test(trimmed) ? '' : '.'}`
}
