/** How often an experiment is to be repeated. Instants are milliseconds UTC. */
import { instantsAt, wallTime } from './time-zone.js'

interface Cadence {
  /** Longest number of days between two repetitions. */
  longestDays: number
  step: { days: number } | { months: number }
}

const DAY = 86_400_000
const CADENCES = new Map<string, Cadence>([
  ['daily', { longestDays: 1, step: { days: 1 } }],
  ['weekly', { longestDays: 7, step: { days: 7 } }],
  ['monthly', { longestDays: 31, step: { months: 1 } }],
  ['quarterly', { longestDays: 92, step: { months: 3 } }],
  ['semiannually', { longestDays: 184, step: { months: 6 } }],
  ['annually', { longestDays: 366, step: { months: 12 } }],
])

/** Longest number of days between two repetitions; null for a cron expression or another text. */
export function cadenceDays(every: string): number | null {
  return cadenceOf(every)?.longestDays ?? null
}

/**
 * When the next repetition is due by the calendar of the zone: the same day of a later month, or the last day of a month that
 * is too short for it, at the same time of day. Null for what is no word of ours.
 */
export function nextByCadence(every: string, last: number, zone: string): number | null {
  const cadence = cadenceOf(every)
  if (cadence === null) return null
  const wall = wallTime(last, zone)
  const { step } = cadence
  return instantsAt('days' in step ? wall + step.days * DAY : monthsLater(wall, step.months), zone).earliest
}

/** The end of the day, in the zone, on which an instant lies. */
export function endOfDay(instant: number, zone: string): number {
  return instantsAt((Math.floor(wallTime(instant, zone) / DAY) + 1) * DAY, zone).earliest
}

function monthsLater(wall: number, months: number): number {
  const date = new Date(wall)
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months]
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return Date.UTC(year, month, Math.min(date.getUTCDate(), lastDay)) + (wall - Math.floor(wall / DAY) * DAY)
}

function cadenceOf(every: string): Cadence | null {
  return CADENCES.get(every.trim().toLowerCase()) ?? null
}
