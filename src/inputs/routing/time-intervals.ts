/** Named time intervals of Alertmanager: how much of the time they cover, and when. */
import type { Extent, MinuteSpan, TimeInterval, WeekTimes } from '../../facts/routing.js'
import type { Field } from '../field.js'
import { minuteOf, WEEK } from './clock-times.js'
import { calendarFaults } from './interval-faults.js'

export interface NamedInterval extends TimeInterval {
  name: string
  field: Field
}

const LISTS = ['time_intervals', 'mute_time_intervals', 'timeIntervals', 'muteTimeIntervals', 'muteTimes']

/** In the spelling of Alertmanager, in that of its operator, and in that of Grafana. */
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

function extentOf(parts: Field[]): Extent {
  if (!parts.every(isAccepted)) return 'at times'
  const possible = parts.filter((part) => !isNever(part))
  if (possible.length === 0) return 'never'
  const weekly = possible.filter(isWeekly)
  const zones = new Set(weekly.map((part) => part.get('location').text()))
  const isWhole = weekly.some((part) => coversWeek([part])) || (zones.size === 1 && coversWeek(weekly))
  return isWhole ? 'always' : 'at times'
}

function weekOf(parts: Field[]): WeekTimes | null {
  if (!parts.every(isAccepted)) return null
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

/** Of what Alertmanager refuses it is not known what was meant. */
function isAccepted(part: Field): boolean {
  const [days, times] = [part.get('weekdays'), part.get('times')]
  return (
    days.items().every((day) => daysIn(day).length > 0) &&
    minutesOf(times).length === times.items().length + (times.exists ? 0 : 1) &&
    calendarFaults(part).length === 0
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
  return list.exists ? list.items().flatMap(daysIn) : WEEK.map((_, day) => day)
}

/** `monday:friday`, or one of them. */
function daysIn({ value }: Field): number[] {
  const [from, to = from, ...others] = String(value).toLowerCase().split(':')
  const [first, last] = [WEEK.indexOf(from!), WEEK.indexOf(to!)]
  if (first < 0 || others.length > 0) return []
  return WEEK.flatMap((_, day) => (day >= first && day <= last ? [day] : []))
}

function minutesOf(list: Field): MinuteSpan[] {
  if (!list.exists) return [[0, DAY_MINUTES]]
  return list.items().flatMap((item): MinuteSpan[] => {
    const from = minuteOf(item.get(item.get('startTime').exists ? 'startTime' : 'start_time').value)
    const to = minuteOf(item.get(item.get('endTime').exists ? 'endTime' : 'end_time').value)
    return from === null || to === null || from >= to ? [] : [[from, to]]
  })
}
