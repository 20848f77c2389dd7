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
