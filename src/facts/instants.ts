/** Points in time as milliseconds since 1970-01-01 UTC, with fractions. */

const SHAPE = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::(\d{2})(\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i

/**
 * Milliseconds of an ISO 8601 date and time; one without an offset is UTC. Null for anything else.
 * Microseconds are kept: Date would cut them off.
 */
export function parseInstant(text: string): number | null {
  return PLAIN.test(text) ? parsePlain(text) : parseAny(text)
}

/** As programs write most of them: in UTC, to a fraction of a second, on a day that every month has. */
const PLAIN = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T\d\d:\d\d:\d\d\.\d+(?:Z|\+00:00)$/
const WHOLE_SECONDS = 'YYYY-MM-DDTHH:MM:SS'.length

function parsePlain(text: string): number | null {
  const whole = Date.parse(`${text.slice(0, WHOLE_SECONDS)}Z`)
  const fraction = text.slice(WHOLE_SECONDS, -(text.endsWith('Z') ? 'Z' : '+00:00').length)
  return withFraction(whole, fraction)
}

function parseAny(text: string): number | null {
  const match = SHAPE.exec(text.trim())
  if (!match) return null
  const [, date, minutes, seconds = '00', fraction = '', offset = 'Z'] = match
  const zone = /^[+-]\d{4}$/.test(offset) ? `${offset.slice(0, 3)}:${offset.slice(3)}` : offset.toUpperCase()
  const whole = isDay(date!) ? Date.parse(`${date}T${minutes}:${seconds}${zone}`) : NaN
  return withFraction(whole, fraction)
}

function withFraction(whole: number, fraction: string): number | null {
  return Number.isNaN(whole) ? null : whole + Number(fraction) * 1000
}

const IN_EVERY_YEAR = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])$/

/** Whether a `YYYY-MM-DD` is in the calendar: Date would take 30 February for 2 March. */
export function isDay(date: string): boolean {
  if (IN_EVERY_YEAR.test(date)) return true
  const midnight = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : NaN
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(date)
}

/** RFC 3339 in UTC, to the millisecond. */
export function formatInstant(instant: number): string {
  return new Date(instant).toISOString()
}
