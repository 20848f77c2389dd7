/** The spans of time in each of which a schedule asks for one run. Instants are milliseconds UTC. */
import { type Rhythm, ticksBetween } from '../facts/schedule-calendar.js'
import { wallTime } from '../facts/time-zone.js'
import { safetyRules } from '../knowledge/safety/safety-rules.js'

export interface Slot {
  /** A run from `from` up to, not including, `to` keeps it. */
  from: number
  to: number
  /** `YYYY-MM`, in the zone of the schedule: of the fourth day, as ISO 8601 tells to which year a week belongs. */
  month: string
}

const YEAR_AND_DAY = 367 * 86_400_000
/** Weeks begin on Monday; Thursday is the fourth day. */
const INTO_SLOT = 3 * 86_400_000

/**
 * The whole slots of a schedule between two instants, adjoining each other. `from` itself lies in the first of them where
 * `withFirst`, else they begin with the first tick at or after it. A run shortly before a time of a cron expression is for it.
 */
export function slotsOf(rhythm: Rhythm, zone: string, from: number, to: number, withFirst: boolean): Slot[] {
  const early = rhythm.kind === 'times' ? safetyRules().cronGraceHours * 3_600_000 : 0
  const ticks = ticksBetween(rhythm, zone, from - YEAR_AND_DAY, to + 1)
  const opens = ticks.map((tick, index) => {
    const before = ticks[index - 1]
    return before === undefined ? tick - early : tick - Math.min(early, (tick - before) / 2)
  })
  return ticks.flatMap((tick, index) => {
    const next = ticks[index + 1]
    const closes = opens[index + 1]
    const counted = withFirst ? closes !== undefined && closes > from : tick >= from
    if (next === undefined || closes === undefined || !counted) return []
    const month = monthOf(
      wallTime(rhythm.kind === 'times' ? tick : Math.min(tick + INTO_SLOT, closes - 1), zone),
    )
    return [{ from: opens[index]!, to: closes, month }]
  })
}

export function monthOf(wall: number): string {
  return new Date(wall).toISOString().slice(0, 7)
}
