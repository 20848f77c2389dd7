/** Schedules of CronJobs, as far as rules ask them: the standard five fields, and the names for common ones. */
import { parseDuration } from './units.js'

const ZONE = /^(?:CRON_)?TZ=\S+\s+/
const AT_MOST_DAILY = /^@(?:yearly|annually|monthly|weekly|daily|midnight)$/
const EVERY = /^@every\s+(\S+)$/
const ONE_NUMBER = /^\d+$/
const DAY_SECONDS = 86_400

/** Whether it names at most one time of each day; null for what is no schedule. */
export function runsAtMostDaily(schedule: string): boolean | null {
  const text = schedule.trim().replace(ZONE, '')
  if (AT_MOST_DAILY.test(text)) return true
  if (text === '@hourly') return false
  const every = EVERY.exec(text)?.[1]
  if (every !== undefined) {
    const seconds = parseDuration(every)
    return seconds === null ? null : seconds >= DAY_SECONDS
  }
  const fields = text.split(/\s+/)
  if (fields.length !== 5) return null
  return ONE_NUMBER.test(fields[0]!) && ONE_NUMBER.test(fields[1]!)
}

/** Each field of a day: its range, and the names for its numbers. */
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
const NICKNAMES = new Map([
  ['@yearly', '0 0 1 1 *'],
  ['@annually', '0 0 1 1 *'],
  ['@monthly', '0 0 1 * *'],
  ['@weekly', '0 0 * * 0'],
  ['@daily', '0 0 * * *'],
  ['@midnight', '0 0 * * *'],
  ['@hourly', '0 * * * *'],
])
/** Enough for a 29 February. */
const YEARS = 9
const FIRST_YEAR = 2024

/** Longest number of days between two runs of a schedule, at least 1; null for what is no schedule, or names no day. */
export function daysBetweenRuns(schedule: string): number | null {
  const text = schedule.trim().replace(ZONE, '')
  const every = EVERY.exec(text)?.[1]
  if (every !== undefined) {
    const seconds = parseDuration(every)
    return seconds === null ? null : Math.max(1, Math.ceil(seconds / DAY_SECONDS))
  }
  const fields = (NICKNAMES.get(text) ?? text).toLowerCase().split(/\s+/)
  // Some tools put the seconds first.
  const days = fields.length === 6 ? fields.slice(3) : fields.length === 5 ? fields.slice(2) : null
  if (days === null) return null
  const [ofMonth, months, ofWeek] = [
    numbersOf(days[0]!, 1, 31, []),
    numbersOf(days[1]!, 1, 12, MONTHS),
    numbersOf(days[2]!, 0, 7, WEEKDAYS),
  ]
  if (!ofMonth || !months || !ofWeek) return null
  if (ofWeek.has(7)) ofWeek.add(0)
  // With both written, either will do.
  const eitherDay = !days[0]!.startsWith('*') && !days[2]!.startsWith('*')
  const isOn = (day: Date): boolean => {
    const [inMonth, inWeek] = [ofMonth.has(day.getUTCDate()), ofWeek.has(day.getUTCDay())]
    return months.has(day.getUTCMonth() + 1) && (eitherDay ? inMonth || inWeek : inMonth && inWeek)
  }
  return longestGap(isOn)
}

function longestGap(isOn: (day: Date) => boolean): number | null {
  let last: number | null = null
  let longest: number | null = null
  for (let day = 0; day < YEARS * 366; day++) {
    if (!isOn(new Date(Date.UTC(FIRST_YEAR, 0, 1 + day)))) continue
    if (last !== null) longest = Math.max(longest ?? 1, day - last)
    last = day
  }
  return longest
}

/** Of `*`, `2`, `1-5`, `*\/2`, `mon,wed`; null for anything else. */
function numbersOf(field: string, least: number, most: number, names: string[]): Set<number> | null {
  const numbers = new Set<number>()
  for (const part of field.split(',')) {
    const match = /^(\*|\?|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(part)
    if (!match) return null
    const [, first, last, step] = match
    const isAll = first === '*' || first === '?'
    const from = isAll ? least : numberOf(first!, names, least)
    const to = isAll
      ? most
      : last === undefined
        ? step === undefined
          ? from
          : most
        : numberOf(last, names, least)
    const by = step === undefined ? 1 : Number(step)
    if (from === null || to === null || by < 1 || from < least || to > most || to < from) return null
    for (let number = from; number <= to; number += by) numbers.add(number)
  }
  return numbers
}

function numberOf(word: string, names: string[], least: number): number | null {
  const index = names.indexOf(word)
  if (index >= 0) return index + least
  return /^\d{1,2}$/.test(word) ? Number(word) : null
}
