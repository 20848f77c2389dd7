/** Named time intervals of Alertmanager: how much of the time they cover, and when. */
import type { Extent, MinuteSpan, TimeInterval, WeekTimes } from '../../facts/routing.js'
import type { Field } from '../field.js'

export interface NamedInterval extends TimeInterval {
  name: string
  field: Field
}

const LISTS = ['time_intervals', 'mute_time_intervals', 'timeIntervals', 'muteTimeIntervals']

/** In the spelling of Alertmanager, and in that of its operator. */
export function intervalsIn(whole: Field): NamedInterval[] {
  return LISTS.flatMap((list) => whole.get(list).items()).flatMap((field) => {
    const name = field.get('name').text()
    const parts = partsOf(field)
    return name === null ? [] : [{ name, field, extent: extentOf(parts), week: weekOf(parts) }]
  })
}

/** The parts of a named interval: it holds when any of them does. */
export function partsOf(named: Field): Field[] {
  const operators = named.get('timeIntervals')
  return (operators.exists ? operators : named.get('time_intervals')).items()
}

const DAY_MINUTES = 24 * 60
export const WEEK = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']

function extentOf(parts: Field[]): Extent {
  const possible = parts.filter((part) => !isNever(part))
  if (possible.length === 0) return 'never'
  const weekly = possible.filter(isWeekly)
  const zones = new Set(weekly.map((part) => part.get('location').text()))
  const isWhole = weekly.some((part) => coversWeek([part])) || (zones.size === 1 && coversWeek(weekly))
  return isWhole ? 'always' : 'at times'
}

function weekOf(parts: Field[]): WeekTimes | null {
  const possible = parts.filter((part) => !isNever(part))
  const [zone = null, ...others] = new Set(possible.map((part) => part.get('location').text()))
  if (others.length > 0) return null
  return { zone, certain: spansOf(possible.filter(isWeekly)), possible: spansOf(possible) }
}

function spansOf(parts: Field[]): MinuteSpan[] {
  return parts.flatMap((part) =>
    weekdaysOf(part.get('weekdays')).flatMap((day) =>
      minutesOf(part.get('times')).map(([from, to]): MinuteSpan => [
        day * DAY_MINUTES + from,
        day * DAY_MINUTES + to,
      ]),
    ),
  )
}

function isWeekly(part: Field): boolean {
  return CALENDAR.every((key) => !part.get(key).exists)
}

const CALENDAR = ['days_of_month', 'daysOfMonth', 'months', 'years']

/** A list that is written and empty permits nothing; one that is not written permits everything. */
function isNever(part: Field): boolean {
  return part.entries().some(([, { value }]) => Array.isArray(value) && value.length === 0)
}

function coversWeek(parts: Field[]): boolean {
  const week = new Uint8Array(WEEK.length * DAY_MINUTES)
  for (const [from, to] of spansOf(parts)) week.fill(1, from, to)
  return week.every((minute) => minute === 1)
}

/** Days of the week, from Sunday as 0. */
function weekdaysOf(list: Field): number[] {
  if (!list.exists) return WEEK.map((_, day) => day)
  return list.items().flatMap((item) => {
    const [from, to = from] = String(item.value).toLowerCase().split(':')
    const [first, last] = [WEEK.indexOf(from!), WEEK.indexOf(to!)]
    return WEEK.flatMap((_, day) => (first >= 0 && day >= first && day <= last ? [day] : []))
  })
}

function minutesOf(list: Field): MinuteSpan[] {
  if (!list.exists) return [[0, DAY_MINUTES]]
  return list.items().flatMap((item): MinuteSpan[] => {
    const from = minuteOf(item.get(item.get('startTime').exists ? 'startTime' : 'start_time').value)
    const to = minuteOf(item.get(item.get('endTime').exists ? 'endTime' : 'end_time').value)
    return from === null || to === null ? [] : [[from, to]]
  })
}

const TIME = /^([01]\d|2[0-3]|24(?=:00)):([0-5]\d)$/

/** Of the day; null for what is no time such as 09:30. */
export function minuteOf(time: unknown): number | null {
  const found = typeof time === 'string' ? TIME.exec(time) : null
  return found && Number(found[1]) * 60 + Number(found[2])
}
