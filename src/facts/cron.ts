/** Cron expressions: on which days, and at which minutes of them. */
import { parseCronExpression } from 'cron-schedule'
import { parseDuration } from './units.js'

export interface CronTimes {
  /** Of a day, given as its midnight as if the clock on the wall were UTC. */
  isOn(day: Date): boolean
  /** After midnight, rising. */
  minutes: number[]
}

const ZONE = /^(?:CRON_)?TZ=\S+\s+/
const EVERY = /^@every\s+(\S+)$/
const NAME = /^@[a-z]+$/
/** `*`, `1-5/2`, `mon`, `7`. A step from one number on means the rest of the range to some tools, and nothing to others. */
const ITEM = /^(?:(?:\*|(?:\d{1,2}|[a-z]{3})-(?:\d{1,2}|[a-z]{3}))(?:\/\d{1,2})?|\d{1,2}|[a-z]{3})$/
const DAY_SECONDS = 86_400
/** Enough for a 29 February. */
const YEARS = 9
const FIRST_YEAR = 2024

/** Null for what is none, and for extensions of single tools such as seconds, `L` and `#`. */
export function parseCron(text: string): CronTimes | null {
  return text.trim().split(/\s+/).length > 5 ? null : timesOf(text)
}

/** Whether it names at most one time of each day; null for what is no schedule. */
export function runsAtMostDaily(schedule: string): boolean | null {
  const seconds = secondsBetween(schedule)
  if (seconds !== undefined) return seconds === null ? null : seconds >= DAY_SECONDS
  const times = parseCron(withoutZone(schedule))
  return times && times.minutes.length <= 1
}

/** Longest number of days between two runs of a schedule, at least 1; null for what is no schedule, or names no day. */
export function daysBetweenRuns(schedule: string): number | null {
  const seconds = secondsBetween(schedule)
  if (seconds !== undefined) return seconds === null ? null : Math.max(1, Math.ceil(seconds / DAY_SECONDS))
  const times = timesOf(withoutZone(schedule))
  return times && longestGap(times)
}

/** Undefined of what is no `@every`. */
function secondsBetween(schedule: string): number | null | undefined {
  const every = EVERY.exec(withoutZone(schedule))?.[1]
  return every === undefined ? undefined : parseDuration(every)
}

function withoutZone(schedule: string): string {
  return schedule.trim().replace(ZONE, '')
}

/** Of five fields, of six with the seconds first, or of a name such as `@daily`. */
function timesOf(text: string): CronTimes | null {
  const written = text
    .trim()
    .toLowerCase()
    .replace(/^@midnight$/, '@daily')
    .replaceAll('?', '*')
  const fields = written.split(/\s+/)
  if (!NAME.test(written) && !fields.every(isField)) return null
  const parsed = parsedOrNull(fields.join(' '))
  if (!parsed) return null
  const [ofMonth, ofWeek] = [fields.at(-3), fields.at(-1)]
  // Cron takes either where both are restricted.
  const either = ![ofMonth, ofWeek].some((field) => field === undefined || /^[*@]/.test(field))
  const { minutes, hours, days, months, weekdays } = parsed
  return {
    isOn: (day) => {
      const [inMonth, inWeek] = [days.includes(day.getUTCDate()), weekdays.includes(day.getUTCDay())]
      return months.includes(day.getUTCMonth()) && (either ? inMonth || inWeek : inMonth && inWeek)
    },
    minutes: hours.flatMap((hour) => minutes.map((minute) => hour * 60 + minute)),
  }
}

/** The library reads what begins with a number as that number: `5L`, `1#2`. */
function isField(field: string): boolean {
  return field.split(',').every((item) => ITEM.test(item))
}

function parsedOrNull(text: string): ReturnType<typeof parseCronExpression> | null {
  try {
    return parseCronExpression(text)
  } catch {
    return null
  }
}

function longestGap({ isOn }: CronTimes): number | null {
  let last: number | null = null
  let longest: number | null = null
  for (let day = 0; day < YEARS * 366; day++) {
    if (!isOn(new Date(Date.UTC(FIRST_YEAR, 0, 1 + day)))) continue
    if (last !== null) longest = Math.max(longest ?? 1, day - last)
    last = day
  }
  return longest
}
