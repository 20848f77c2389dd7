/** Ranges of time that Alertmanager refuses: reversed, incomplete, or of no such day. */
import type { Field } from '../field.js'
import { placeholderIn } from '../promql/placeholders.js'
import type { Fault } from './fault.js'
import { minuteOf, WEEK } from './clock-times.js'

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]

export function intervalFaults(part: Field): Fault[] {
  return [
    ...part.get('times').items().flatMap(timeFaults),
    ...rangeFaults(part.get('weekdays'), dayOfWeek, 'day of the week, written out as monday'),
    ...calendarFaults(part),
  ]
}

/** Of what is written alike in the objects of the operator. */
export function calendarFaults(part: Field): Fault[] {
  return [
    ...rangeFaults(part.get('months'), monthOf, 'month, as january or 1'),
    ...rangeFaults(part.get('years'), wholeNumber, 'year'),
    ...part.get('days_of_month').items().flatMap(dayFaults),
    ...zoneFaults(part.get('location')),
  ]
}

function timeFaults(range: Field): Fault[] {
  const [start, end] = [range.get('start_time').value, range.get('end_time').value]
  if ([start, end].some((time) => typeof time === 'string' && placeholderIn(time, 'anywhere') !== null))
    return []
  const [from, to] = [minuteOf(start), minuteOf(end)]
  if (from === null || to === null)
    return [{ field: range, message: 'a range of times needs start_time and end_time, each as 09:30' }]
  return from < to
    ? []
    : [
        {
          field: range,
          message: 'a range of times does not end after it starts: write two of them around midnight',
        },
      ]
}

/** `monday:friday`, or one of them. */
function rangeFaults(list: Field, read: (text: string) => number | null, what: string): Fault[] {
  return list.items().flatMap((field): Fault[] => {
    const text = String(field.value)
    if (placeholderIn(text, 'anywhere') !== null) return []
    const ends = text.toLowerCase().split(':')
    const [from, to = from] = ends.map(read)
    if (ends.length > 2 || from === null || to === null || from === undefined)
      return [{ field, message: `"${text}" is not a ${what}` }]
    return to! < from ? [{ field, message: `the range ${text} ends before it starts` }] : []
  })
}

function dayOfWeek(text: string): number | null {
  const day = WEEK.indexOf(text)
  return day < 0 ? null : day
}

function monthOf(text: string): number | null {
  const month = MONTHS.indexOf(text)
  return month < 0 ? wholeNumber(text) : month + 1
}

function wholeNumber(text: string): number | null {
  return /^-?\d+$/.test(text) ? Number(text) : null
}

const MOST_DAYS = 31
/** Of the shortest month, as Alertmanager counts from its end. */
const LEAST_DAYS = 28

function dayFaults(field: Field): Fault[] {
  const text = String(field.value)
  if (placeholderIn(text, 'anywhere') !== null) return []
  const ends = text.split(':')
  const [from, to = from] = ends.map(wholeNumber)
  const isDay = (day: number | null | undefined): day is number =>
    typeof day === 'number' && day !== 0 && Math.abs(day) <= MOST_DAYS
  if (ends.length > 2 || !isDay(from) || !isDay(to))
    return [{ field, message: `"${text}" is not a day of the month: 1 to 31, or -1 to -31 from its end` }]
  const counted = (day: number): number => (day < 0 ? LEAST_DAYS + day : day)
  return (from < 0 && to > 0) || counted(from) > counted(to)
    ? [{ field, message: `the range of days ${text} ends before it starts` }]
    : []
}

function zoneFaults(field: Field): Fault[] {
  const zone = field.text() ?? ''
  if (['', 'Local'].includes(zone) || placeholderIn(zone, 'anywhere') !== null || isZone(zone)) return []
  return [{ field, message: `"${zone}" is not a time zone, such as Europe/Berlin` }]
}

function isZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone })
    return true
  } catch {
    return false
  }
}
