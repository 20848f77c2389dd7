/** How long after the start or the alert something is said to have happened, against the times of both. */
import type { Claim } from '../claim.js'
import { happeningsIn, headingOf, secondsFrom, startsIn, type Happening } from '../happenings.js'
import { showClock } from '../incidents.js'
import { clocksIn } from '../moments.js'
import { showAs, type Quantity } from '../quantities.js'
import { claim } from '../say.js'
import type { Sentence } from '../sentences.js'
import type { Survey } from '../survey.js'

const MINUTE = 60
const LONGEST = 12 * 3600

interface Lag {
  quantity: Quantity
  /** What it is counted from: the start, an alert, or what was told just before. */
  from: 'start' | 'alert' | 'before'
}

export function checkLags(survey: Survey): Claim[] {
  const happenings = happeningsIn(survey)
  if (happenings.length < 2) return []
  const sentences: Pick<Sentence, 'text' | 'line' | 'section'>[] = [
    ...survey.sentences,
    ...survey.document.tables.flatMap(({ rows, section }) =>
      rows.map(({ line, cells }) => ({ line, section, text: cells.join(' | ') })),
    ),
  ]
  return sentences.flatMap((sentence) => {
    const lag = lagIn(sentence.text, survey)
    const event = lag && eventOf(sentence, lag, happenings, survey)
    return lag && event ? (judge(sentence, lag, event, happenings, survey) ?? []) : []
  })
}

/** `18 minutes after the start of the impact`, `22 Minuten nach Beginn`, `2 minutes after it fired`. */
function lagIn(text: string, { reader, words }: Survey): Lag | null {
  const times = reader.in(text).filter(({ dimension }) => dimension === 'time')
  const [quantity] = times
  if (
    times.length !== 1 ||
    !quantity ||
    quantity.low !== quantity.high ||
    quantity.bound !== null ||
    quantity.isAbout
  )
    return null
  if (quantity.low > LONGEST || words.has('elsewhere', text) || words.has('limit', text)) return null
  const rest = text.slice(quantity.end)
  const isEntry = clocksIn(text).length === 1 && clocksIn(text)[0]!.index < 16
  if (isEntry && words.find('later', rest.trimStart())?.index === 0) return { quantity, from: 'before' }
  if (isEntry && words.eventsIn(text).join() === 'acknowledgement' && isAlone(text, quantity, words))
    return { quantity, from: 'alert' }
  const after = words.find('after', rest)
  if (!after || !/^\s*$/.test(rest.slice(0, after.index))) return null
  const anchor = rest.slice(after.index + after.length).split(/[.,;:()|]/, 1)[0]!
  const named = anchor
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '' && !words.has('linking', word) && !words.has('narrowing', word))
  if (named.length === 0 || named.length > 4) return null
  if (
    named.every(
      (word) => words.has('start', word) || words.has('impact', word) || words.has('incident', word),
    ) &&
    words.has('start', anchor)
  )
    return { quantity, from: 'start' }
  return words.eventsIn(anchor).includes('alert') &&
    named.every((word) => words.eventsIn(word).includes('alert') || words.has('pronouns', word))
    ? { quantity, from: 'alert' }
    : null
}

/** `(4 minutes)`, `after 4 minutes`: nothing is said of what it is after. */
function isAlone(text: string, { index, end }: Quantity, words: Survey['words']): boolean {
  const [before, rest] = [text.slice(0, index), text.slice(end)]
  const isAfter =
    new RegExp(String.raw`(?<!\p{L})${words.either('after')}\s$`, 'iu').test(before) &&
    /^\s*(?:[.,;)|]|$)/.test(rest)
  return isAfter || (/\(\s*$/.test(before) && /^\s*\)/.test(rest))
}

/** The time in the sentence itself, or that of the one thing of its kind that a timeline has. */
function eventOf(
  { text, section }: Pick<Sentence, 'text' | 'section'>,
  { quantity }: Lag,
  happenings: Happening[],
  { words }: Survey,
): Happening | null {
  const clocks = clocksIn(text)
  if (clocks.length > 1) return null
  const [clock] = clocks
  if (clock) return { clock, before: '', text, line: 0, section, isEntry: true }
  const kinds = words.eventsIn(text.slice(0, quantity.index))
  const [kind] = kinds
  if (kinds.length !== 1 || words.has('negation', text)) return null
  const entries = happenings.filter(
    (one) => one.isEntry && one.text !== text && words.eventsIn(one.text).includes(kind!),
  )
  const first = entries[0]
  return entries.length === 1 && first && words.eventsIn(first.text).length === 1 ? first : null
}

function judge(
  sentence: Pick<Sentence, 'text' | 'line' | 'section'>,
  { quantity, from }: Lag,
  event: Happening,
  all: Happening[],
  survey: Survey,
): Claim | null {
  const heading = headingOf(event.section)
  const others = all.filter(
    ({ clock, text }) => clock.seconds !== event.clock.seconds || text !== sentence.text,
  )
  const earlier = others.filter(
    ({ isEntry, line, section }) => isEntry && line < sentence.line && headingOf(section) === heading,
  )
  const told =
    from === 'start'
      ? startsIn(others, survey)
      : from === 'before'
        ? earlier.slice(-1)
        : others.filter(({ text, isEntry }) => isEntry && survey.words.eventsIn(text).includes('alert'))
  const near = told.filter(({ section }) => headingOf(section) === heading)
  const anchors = near.length > 0 ? near : told
  const entries = others.filter(({ isEntry }) => isEntry)
  const between = anchors.map(({ clock }) => secondsFrom(clock, event.clock))
  if (anchors.length === 0) return null
  const fits = (seconds: number): boolean =>
    Math.abs(seconds - quantity.low) <= Math.max(MINUTE, quantity.step)
  if (between.some(fits)) return said('consistent')
  // The first entries of a timeline may be called its start as well, whatever their words; of alerts any may be meant.
  const may = from === 'start' ? entries.slice(0, 2) : others
  if (
    may.some(({ clock }) => fits(secondsFrom(clock, event.clock))) ||
    new Set(anchors.map(({ clock }) => clock.seconds)).size > 1
  )
    return null
  return between[0]! <= LONGEST ? said('contradicted') : null

  function said(verdict: 'consistent' | 'contradicted'): Claim {
    const at = Math.max(0, between.findIndex(fits))
    const seconds = between[at]!
    const anchor = anchors[at]!
    return claim('lag', sentence, {
      stated: quantity.text,
      recomputed: showAs(seconds, 'time'),
      verdict,
      arithmetic: `${showClock(anchor.clock.seconds)} (line ${anchor.line}) to ${showClock(event.clock.seconds)}${event.line > 0 ? ` (line ${event.line})` : ''} is ${showAs(seconds, 'time')}${verdict === 'consistent' ? '' : `, not ${quantity.text}`}`,
    })
  }
}
