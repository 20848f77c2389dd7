/** A span of the week in a time zone, such as 08:00 to 20:00 on weekdays in London. */
import { instantsAt, wallTime } from './time-zone.js'

export interface WeeklyWindow {
  /** Days on which it begins, 0 for Sunday. */
  days: number[]
  /** Minutes after midnight; `to` at or before `from` is on the next day. */
  from: number
  to: number
  zone: string
  /** As written. */
  text: string
}

const DAY = 86_400_000
const MINUTE = 60_000
/** A window that comes every week lies in any span that is longer. */
const WEEK_AND_DAY = 8

/** Whether the window is open at any moment from `start` to `end`, both included; it closes before its last minute ends. */
export function meetsWindow(start: number, end: number, window: WeeklyWindow): boolean {
  const first = midnight(wallTime(start, window.zone)) - DAY
  const last = Math.min(midnight(wallTime(end, window.zone)), first + (WEEK_AND_DAY + 1) * DAY)
  for (let day = first; day <= last; day += DAY) {
    if (!window.days.includes(new Date(day).getUTCDay())) continue
    const opens = instantsAt(day + window.from * MINUTE, window.zone).earliest
    const closingDay = window.to <= window.from ? day + DAY : day
    const closes = instantsAt(closingDay + window.to * MINUTE, window.zone).latest
    if (start < closes && end >= opens) return true
  }
  return false
}

function midnight(wall: number): number {
  return Math.floor(wall / DAY) * DAY
}
