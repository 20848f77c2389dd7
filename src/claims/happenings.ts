/** What a document says happened at a time of day: rows and items that begin with one, sentences that name one. */
import { around, type Section } from './document.js'
import { clocksIn, DAY, type Clock } from './moments.js'
import type { Survey } from './survey.js'

export interface Happening {
  clock: Clock
  /** What stands between the time before and this one. */
  before: string
  text: string
  line: number
  section: Section
  /** A row or an item that begins with its time. */
  isEntry: boolean
}

const LONGEST = 300
const MOST = 400

/** All times of day of a document, each with the text around it; none where there are more than a report has. */
export function happeningsIn(survey: Survey): Happening[] {
  const { document, sentences } = survey
  const rows = document.tables.flatMap(({ rows, section }) =>
    rows.map(({ line, cells }) => ({ line, text: cells.join(' | '), section })),
  )
  const found = [...sentences, ...rows].flatMap(({ text, line, section }) => {
    const clocks = text.length <= LONGEST ? clocksIn(text) : []
    return clocks.map((clock, at) => ({
      clock,
      before: text.slice(clocks[at - 1]?.end ?? 0, clock.index),
      text,
      line,
      section,
      isEntry:
        clocks.length === 1 &&
        /^[^\p{L}\p{N}]*(?:\p{N}{4}-\p{N}{2}-\p{N}{2}[T ]|\p{N}+[.)] )?$/u.test(text.slice(0, clock.index)),
    }))
  })
  return found.length > MOST ? [] : found.toSorted((a, b) => a.line - b.line)
}

/** Times that a text calls the start: `Impact started at 09:31`, `Start: 22:47`, `Duration: 47 minutes (14:08 to 14:55)`. */
export function startsIn(happenings: Happening[], { words }: Survey): Happening[] {
  return happenings.filter(({ clock, text, before, isEntry }) => {
    const isSaid = words.has('start', isEntry ? text : before.slice(-40))
    const [first, last, more] = clocksIn(text)
    const isFrom = first?.index === clock.index && last && !more && words.metricOf(text) === 'duration'
    return isSaid || Boolean(isFrom)
  })
}

/** Seconds from one time of day to another, over midnight where it must be. */
export function secondsFrom(from: Clock, to: Clock): number {
  return (to.seconds - from.seconds + DAY) % DAY
}

export function headingOf(section: Section): Section {
  return around(section).find(({ level }) => level <= 6)!
}
