/** A table of measured times against the log of the same events: what is the time between two entries in its other rows must be in the one left. */
import type { Claim } from '../claim.js'
import { happeningsIn, secondsFrom, type Happening } from '../happenings.js'
import { showClock } from '../incidents.js'
import { nameWords } from '../matching.js'
import { showAs, type Quantity } from '../quantities.js'
import { claim } from '../say.js'
import type { Survey } from '../survey.js'
import { cellQuantity } from '../tables.js'

const LEAST_HOLDING = 2
/** Words that begin alike are of one family: recovery, recovered. */
const STEM = 5

export function checkMeasuredTimes(survey: Survey): Claim[] {
  const { document, reader } = survey
  const happenings = happeningsIn(survey)
  return document.tables.flatMap(({ header, rows }) =>
    header.flatMap((title, column) => {
      const read = rows.flatMap(({ line, cells }) => {
        const time = cellQuantity(reader, title, cells[column] ?? '')
        const label = cells.find(
          (cell, index) => index !== column && /\p{L}{3}/u.test(cell) && reader.in(cell).length === 0,
        )
        const event = time?.dimension === 'time' && label ? eventOf(label, happenings, line) : null
        return event && time && time.low === time.high && time.bound === null
          ? [{ line, cells, time, event }]
          : []
      })
      const failing = read.filter(({ time, event }) => !isSinceAny(time, event, happenings))
      const [only] = failing
      if (failing.length !== 1 || read.length - 1 < LEAST_HOLDING) return []
      const before = happenings
        .filter(
          ({ isEntry, clock, section }) =>
            isEntry && section === only!.event.section && clock.seconds < only!.event.clock.seconds,
        )
        .at(-1)
      if (!before) return []
      const seconds = secondsFrom(before.clock, only!.event.clock)
      return [
        claim(
          'duration',
          { line: only!.line, text: only!.cells.join(' | ') },
          {
            stated: only!.time.text,
            recomputed: showAs(seconds, 'time'),
            verdict: 'contradicted',
            arithmetic: `${showClock(before.clock.seconds)} (line ${before.line}) to ${showClock(only!.event.clock.seconds)} (line ${only!.event.line}) is ${showAs(seconds, 'time')}, and no other entry is ${only!.time.text} before; the ${read.length - 1} other rows are times between entries`,
          },
        ),
      ]
    }),
  )
}

/** The one entry that shares a word with the label. */
function eventOf(label: string, happenings: Happening[], line: number): Happening | null {
  const stems = stemsOf(label)
  const found = happenings.filter(
    (one) => one.isEntry && one.line !== line && stemsOf(one.text).some((stem) => stems.includes(stem)),
  )
  // Of several the last is when it was over: latency injected, latency removed, recovered.
  return found.length === 1 ? found[0]! : null
}

function stemsOf(text: string): string[] {
  return nameWords(text).flatMap((word) =>
    word.length >= STEM && !/\d/.test(word) ? [word.slice(0, STEM)] : [],
  )
}

function isSinceAny({ low, step }: Quantity, event: Happening, happenings: Happening[]): boolean {
  const slack = event.clock.hasSeconds ? Math.max(1, step) : 60
  return happenings.some(({ clock }) => Math.abs(secondsFrom(clock, event.clock) - low) <= slack)
}
