/** Schedules on the calendar: at which instants a rhythm asks for a run, in a time zone. Instants are milliseconds UTC. */
import { parseCron } from './cron.js'
import { instantsAt, wallTime } from './time-zone.js'

export interface Rhythm {
  isOn(day: Date): boolean
  minutes: number[]
  /** Words ask for one run in every period of the calendar, cron for one at each of its times. */
  kind: 'periods' | 'times'
}

const DAY = 86_400_000
const MINUTE = 60_000
/** Nobody repeats an experiment more often, and counting by the minute would take long. */
const MOST_PER_DAY = 24
const ZONE_PREFIX = /^(?:CRON_)?TZ=(\S+)\s+/

const firstOfMonth =
  (months: number[]) =>
  (day: Date): boolean =>
    day.getUTCDate() === 1 && months.includes(day.getUTCMonth())
const EVERY_MONTH = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]

const PERIODS = new Map<string, Rhythm['isOn']>([
  ['daily', () => true],
  ['weekly', (day) => day.getUTCDay() === 1],
  ['monthly', firstOfMonth(EVERY_MONTH)],
  ['quarterly', firstOfMonth([0, 3, 6, 9])],
  ['semiannually', firstOfMonth([0, 6])],
  ['annually', firstOfMonth([0])],
])

/** Null for what is neither a word of ours nor a cron expression, and for what comes round more than hourly. */
export function rhythmOf(every: string): Rhythm | null {
  const word = PERIODS.get(every.trim().toLowerCase())
  if (word) return { isOn: word, minutes: [0], kind: 'periods' }
  const cron = parseCron(every.trim().replace(ZONE_PREFIX, ''))
  return cron && cron.minutes.length <= MOST_PER_DAY ? { ...cron, kind: 'times' } : null
}

/** The zone that a cron expression names itself. */
export function zoneIn(every: string): string | null {
  return ZONE_PREFIX.exec(every.trim())?.[1] ?? null
}

/**
 * Instants of the rhythm from `from` up to, not including, `to`, rising. A time that the clock skips is asked for after the
 * change, one that it shows twice is asked for once.
 */
export function ticksBetween({ isOn, minutes }: Rhythm, zone: string, from: number, to: number): number[] {
  const ticks: number[] = []
  const last = wallTime(to, zone) + DAY
  for (let day = midnight(wallTime(from, zone)) - DAY; day <= last; day += DAY) {
    if (!isOn(new Date(day))) continue
    for (const minute of minutes) {
      const tick = instantsAt(day + minute * MINUTE, zone).earliest
      if (tick >= from && tick < to && ticks.at(-1) !== tick) ticks.push(tick)
    }
  }
  return [...new Set(ticks)].sort((a, b) => a - b)
}

function midnight(wall: number): number {
  return Math.floor(wall / DAY) * DAY
}
