/** How often tests are said to run, against how many ran in the window, the calendar and the schedule. */
import type { Claim } from '../claim.js'
import { isWithin } from '../document.js'
import type { Division, Group } from '../groups.js'
import { nameWords } from '../matching.js'
import { clocksIn, DAY, dayIn, reportDay, weekday, windowDays } from '../moments.js'
import { show } from '../quantities.js'
import { claim } from '../say.js'
import { readSchedule, type Slot } from '../schedule.js'
import { isFuture, isOfGroup, type Survey } from '../survey.js'

/** A cadence means at least half as many runs. */
const LEAST_SHARE = 0.5
const DAYS = ['Sundays', 'Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays']

export function checkFrequency(survey: Survey): Claim[] {
  const { document, words, reader } = survey
  const windows = survey.divisions.flatMap((division) => {
    const window = windowDays(division.section, reader)
    return window ? [{ division, window }] : []
  })
  const [counted] = windows.toSorted((a, b) => b.division.n - a.division.n)
  if (!counted) return []
  const { division, window } = counted
  const titles = new Set(document.sections.map(({ line }) => line))
  return document.lines.flatMap((line) => {
    const { text, section } = line
    const cadence =
      titles.has(line.line) ||
      text.length > 300 ||
      ['skipped', 'otherTests'].some((list) => words.has(list as 'skipped', text)) ||
      isFuture(line, words) ||
      words.has('elsewhere', text)
        ? null
        : words.cadenceOf(text)
    const isOfTests = cadence && runsFollow(text, cadence.word, survey)
    if (!isOfTests || isOfGroup(section, survey)) return []
    const expected = (window.days * DAY) / cadence.seconds
    const holds = division.n >= LEAST_SHARE * expected
    return [
      claim('frequency', line, {
        stated: cadence.word,
        recomputed: `${division.n} in ${window.days} days`,
        verdict: holds ? 'consistent' : 'contradicted',
        arithmetic: `${cadence.word} would be about ${show(expected)} in ${window.days} days; ${division.n} are counted (line ${division.line})${holds ? '' : `, one every ${show((window.days * 24) / division.n)} h`}`,
      }),
    ]
  })
}

function runsFollow(text: string, cadence: string, { words }: Survey): boolean {
  const at = text.indexOf(cadence)
  return (
    words.has('experiments', text.slice(at + cadence.length, at + cadence.length + 30)) ||
    words.has('experiments', text.slice(Math.max(0, at - 30), at))
  )
}

/** Runs per group against the days of the window on which the schedule has them. */
export function checkCalendar(survey: Survey): Claim[] {
  const { document, words, reader } = survey
  const slots = readSchedule(document, words)
  if (slots.length === 0) return []
  const date = reportDay(document, words)
  return survey.divisions.flatMap((division) => {
    const window = windowDays(division.section, reader)
    if (
      !window ||
      document.lines.some(
        ({ text, section }) => isWithin(section, division.section) && words.has('skipped', text),
      )
    )
      return []
    return division.groups.flatMap((group) => {
      const own = slots.filter((slot) => isFor(slot, group, division))
      return own.length === 1 ? [perCalendar(group, own[0]!, window.days, date)] : []
    })
  })
}

function isFor({ text }: Slot, group: Group, { groups }: Division): boolean {
  const words = nameWords(text)
  const fits = groups.filter(({ name }) => nameWords(name).every((word) => words.includes(word)))
  return fits.length === 1 && fits[0] === group
}

function perCalendar(group: Group, slot: Slot, days: number, date: number | null): Claim {
  const [low, high] = date === null ? withoutDate(slot, days) : onDays(slot, days, date)
  const holds = group.count >= low && group.count <= high
  const expected = low === high ? String(low) : `${low} to ${high}`
  const of = slot.weekday === null ? 'every day' : DAYS[slot.weekday]!
  const until =
    date === null
      ? ''
      : ` to ${new Date(date * DAY * 1000).toISOString().slice(0, 10)} (that day included or not)`
  return claim(
    'calendar',
    { line: group.line, text: group.name },
    {
      stated: String(group.count),
      recomputed: expected,
      verdict: holds ? 'consistent' : 'contradicted',
      arithmetic: `scheduled on ${of} (line ${slot.line}): the ${days} days${until} hold ${expected}${holds ? '' : `, ${group.count} are counted; ${group.count < low ? 'a run is missing or undocumented' : 'a run was outside the schedule'}`}`,
    },
  )
}

function withoutDate({ weekday: day }: Slot, days: number): [number, number] {
  return day === null ? [days - 1, days + 1] : [Math.floor(days / 7), Math.ceil(days / 7)]
}

/** The window may end with the day of the report or the one before, and begin with either end counted. */
function onDays(slot: Slot, days: number, date: number): [number, number] {
  const counts = [
    [date - days + 1, date],
    [date - days, date - 1],
    [date - days, date],
  ].map(([from, to]) => {
    let count = 0
    for (let day = from!; day <= to!; day++)
      if (slot.weekday === null || weekday(day) === slot.weekday) count++
    return count
  })
  return [Math.min(...counts), Math.max(...counts)]
}

/** The next run after the last one is the first that the schedule has after it. */
export function checkNextRun({ document, words }: Survey): Claim[] {
  const slots = readSchedule(document, words)
  const moments = (list: 'lastRun' | 'nextRun') =>
    document.lines.flatMap((line, index) => {
      if (line.text.length > 200 || !words.has(list, line.text)) return []
      const spot = [line, document.lines[index + 1]].find((one) => one && momentIn(one.text) !== null)
      return spot ? [{ line: spot.line, text: spot.text, at: momentIn(spot.text)! }] : []
    })
  const [last, next] = [moments('lastRun'), moments('nextRun')]
  if (slots.length === 0 || last.length !== 1 || next.length !== 1) return []
  const first = firstAfter(last[0]!.at, slots)
  if (first === null || next[0]!.at <= last[0]!.at) return []
  const holds = next[0]!.at <= first.at
  return [
    claim('calendar', next[0]!, {
      stated: shown(next[0]!.at),
      recomputed: shown(first.at),
      verdict: holds ? 'consistent' : 'contradicted',
      arithmetic: `the schedule (line ${first.slot.line}) has ${first.slot.text} at ${shown(first.at)}, first after the last run at ${shown(last[0]!.at)}`,
    }),
  ]
}

function momentIn(text: string): number | null {
  const day = dayIn(text)
  const clock = clocksIn(text)[0]
  return day === null || !clock ? null : day * DAY + clock.seconds
}

function firstAfter(at: number, slots: Slot[]): { at: number; slot: Slot } | null {
  const today = Math.floor(at / DAY)
  const coming = slots.flatMap((slot) =>
    Array.from({ length: 9 }, (_, ahead) => today + ahead)
      .filter((day) => slot.weekday === null || weekday(day) === slot.weekday)
      .map((day) => ({ at: day * DAY + slot.at, slot })),
  )
  return coming.filter((one) => one.at > at).sort((a, b) => a.at - b.at)[0] ?? null
}

function shown(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ')
}
