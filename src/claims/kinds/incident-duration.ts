/** How long an incident is said to have lasted, against the start and the end that the document names. */
import type { Claim } from '../claim.js'
import { happeningsIn, secondsFrom, startsIn, type Happening } from '../happenings.js'
import { showClock } from '../incidents.js'
import { DAY } from '../moments.js'
import { showAs, type Quantity } from '../quantities.js'
import { claim } from '../say.js'
import type { Survey } from '../survey.js'

const MINUTE = 60
const LEAST_ENTRIES = 4

export function checkIncidentDuration(survey: Survey): Claim[] {
  const { document, sentences, words } = survey
  const happenings = happeningsIn(survey)
  const starts = startsIn(happenings, survey)
  const ends = happenings.filter(({ text, before, isEntry }) =>
    words.has('end', isEntry ? text : before.slice(-40)),
  )
  const whole = wholeTimeline(happenings, survey)
  if ((starts.length === 0 || ends.length === 0) && !whole) return []
  const rows = document.tables.flatMap(({ rows }) =>
    rows.map(({ line, cells }) => ({ line, text: cells.join(' | ') })),
  )
  return [...sentences, ...rows].flatMap(({ text, line }) => {
    const stated = durationIn(text, survey)
    if (!stated) return []
    const own = happenings.filter((one) => one.line === line)
    const [start, end] = [own.find((one) => starts.includes(one)), own.find((one) => ends.includes(one))]
    if (own.length === 2 && start && end && start !== end) return [judge({ text, line }, stated, start, end)]
    if (own.length > 0 || isBetweenAny(stated, happenings)) return []
    if (whole && whole.line !== line) return [judge({ text, line }, stated, whole.first, whole.last)]
    const spans = starts.flatMap((from) => ends.map((to) => ({ from, to })))
    const days = new Set(spans.map(({ from, to }) => `${from.clock.seconds} ${to.clock.seconds}`))
    const [only] = spans
    return days.size === 1 ? [judge({ text, line }, stated, only!.from, only!.to)] : []
  })
}

/** The first and the last entry of the only timeline, where the text tells the time between them as well. */
function wholeTimeline(
  happenings: Happening[],
  { sentences, reader }: Survey,
): { first: Happening; last: Happening; line: number } | null {
  const entries = happenings.filter(({ isEntry }) => isEntry)
  const [first, last] = [entries[0], entries.at(-1)]
  if (
    !first ||
    !last ||
    entries.length < LEAST_ENTRIES ||
    entries.some(({ section }) => section !== first.section)
  )
    return null
  const seconds = secondsFrom(first.clock, last.clock)
  const told = sentences.find(({ text }) =>
    reader
      .in(text)
      .some(({ dimension, low, high }) => dimension === 'time' && low === high && low === seconds),
  )
  return told && seconds >= 10 * MINUTE ? { first, last, line: told.line } : null
}

/** `Duration: 47 minutes`, `the incident lasted 1 h 12 min`; one time, and nothing of a part. */
function durationIn(text: string, { reader, words }: Survey): Quantity | null {
  const times = reader.in(text).filter(({ dimension }) => dimension === 'time')
  const [time] = times
  if (
    times.length !== 1 ||
    !time ||
    time.low !== time.high ||
    time.bound !== null ||
    time.isAbout ||
    time.low >= DAY
  )
    return null
  const before = text.slice(0, time.index)
  const label = /^\W*(?:\p{L}+\s)?(\p{L}+)\W*$/u.exec(before.replace(/^.*[,;:](?=.*\p{L})/u, ''))
  const isLabel = label !== null && words.metricOf(label[1]!) === 'duration' && !words.has('mean', before)
  const isSaid = words.has('incident', before) && words.metricOf(before.slice(-20)) === 'duration'
  const isPart =
    words.has('phase', text) ||
    words.has('elsewhere', text) ||
    words.has('limit', text) ||
    words.has('mean', text)
  return (isLabel || isSaid) && !isPart ? time : null
}

function isBetweenAny({ low, step }: Quantity, happenings: Happening[]): boolean {
  const clocks = [...new Set(happenings.map(({ clock }) => clock.seconds))]
  return clocks.some((from) =>
    clocks.some((to) => Math.abs(((to - from + DAY) % DAY) - low) <= Math.max(MINUTE, step)),
  )
}

function judge(at: { text: string; line: number }, stated: Quantity, from: Happening, to: Happening): Claim {
  const seconds = secondsFrom(from.clock, to.clock)
  const holds = Math.abs(seconds - stated.low) <= Math.max(MINUTE, stated.step)
  return claim('duration', at, {
    stated: stated.text,
    recomputed: showAs(seconds, 'time'),
    verdict: holds ? 'consistent' : 'contradicted',
    arithmetic: `${showClock(from.clock.seconds)} (line ${from.line}) to ${showClock(to.clock.seconds)} (line ${to.line}) is ${showAs(seconds, 'time')}${holds ? '' : `, not ${stated.text}`}`,
  })
}
