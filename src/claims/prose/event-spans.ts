/** A time between two events that are told, against the times of day of the document: `from detection to the end 109 minutes passed`. */
import type { Claim } from '../claim.js'
import { happeningsIn, headingOf, type Happening } from '../happenings.js'
import { nameWords } from '../matching.js'
import { clocksIn, DAY, type Clock } from '../moments.js'
import { showAs, type Quantity } from '../quantities.js'
import { claim } from '../say.js'
import type { Sentence } from '../sentences.js'
import type { Survey } from '../survey.js'
import { figuresOf, isPlain } from './figures.js'

const LEAST_ENTRIES = 3
const HOUR = 3600
/** Less than this may lie between two entries. */
const LEAST_SECONDS = 2 * 60
/** Words that begin alike are of one family: detection, detected. */
const STEM = 5

export function checkEventSpans(survey: Survey): Claim[] {
  const told = happeningsIn(survey)
  const entries = told.filter(({ isEntry }) => isEntry)
  const headings = new Set(entries.map(({ section }) => headingOf(section)))
  if (entries.length < LEAST_ENTRIES || headings.size !== 1) return []
  const times = [...new Set(told.map(({ clock }) => clock.seconds))]
  const span = secondsBetween(entries[0]!, entries.at(-1)!)
  const lines = new Set(entries.map(({ line }) => line))
  return survey.sentences.flatMap((sentence) => [
    ...(lines.has(sentence.line) ? [] : afterEvent(sentence, entries, times, survey)),
    ...(lines.has(sentence.line) || isOpen(sentence.text, survey.words)
      ? []
      : figuresOf(sentence, survey).flatMap((figure) =>
          figure.dimension === 'time' &&
          isPlain(figure) &&
          figure.low >= LEAST_SECONDS &&
          figure.low <= 2 * span &&
          figure.step >= 60
            ? judge(sentence, figure, entries, times, survey)
            : [],
        )),
  ])
}

/** What was not so, or not of this incident; a word such as "first" may belong to an event. */
function isOpen(text: string, words: Survey['words']): boolean {
  return (['supposed', 'elsewhere', 'negation', 'mean', 'brokenUp'] as const).some((list) =>
    words
      .all(list, text)
      .some(({ index, length }) => !words.has('namingEvents', text.slice(index, index + length))),
  )
}

/** `at 14:09, twelve minutes after the alert`. */
function afterEvent(sentence: Sentence, entries: Happening[], times: number[], survey: Survey): Claim[] {
  const { text, line } = sentence
  const { words } = survey
  const clocks = [...clocksIn(text), ...frenchClocks(text)]
  const [clock] = clocks
  if (clocks.length !== 1 || !clock) return []
  const after = new RegExp(String.raw`^\s${words.either('after')}\s([^.;:,]{3,40})`, 'iu')
  return figuresOf(sentence, survey).flatMap((figure) => {
    const event =
      figure.dimension === 'time' && isPlain(figure) ? after.exec(text.slice(figure.end))?.[1] : undefined
    const isBeside = figure.index >= clock.end && figure.index - clock.end <= 30
    if (event === undefined || !isBeside || figure.step < 60 || figure.low >= DAY / 2) return []
    const [own, more] = entriesOf(event, 'start', entries, survey)
    const then = (clock.seconds - figure.low + DAY) % DAY
    if (!own || more || times.some((time) => time !== clock.seconds && Math.abs(time - then) <= 60)) return []
    const seconds = clock.seconds - own.clock.seconds
    // Long before the event, another one is meant.
    if (seconds < -HOUR) return []
    return [
      claim(
        'duration',
        { line, text },
        {
          stated: figure.text,
          recomputed: showAs(seconds, 'time'),
          verdict: 'contradicted',
          arithmetic: `${text.slice(clock.index, clock.end)} is ${showAs(seconds, 'time')} from line ${own.line}, not ${figure.text}`,
        },
      ),
    ]
  })
}

/** `à 14 h 09`; without the preposition it may be a duration. */
function frenchClocks(text: string): Pick<Clock, 'seconds' | 'index' | 'end'>[] {
  return [...text.matchAll(/(?<=(?<!\p{L})à\s)(\d{1,2})\s?h\s?(\d{2})(?!\d)/gu)].map(
    ({ index, 0: written, 1: hours, 2: minutes }) => ({
      seconds: Number(hours) * 3600 + Number(minutes) * 60,
      index,
      end: index + written.length,
    }),
  )
}

function judge(
  sentence: Sentence,
  figure: Quantity,
  entries: Happening[],
  times: number[],
  survey: Survey,
): Claim[] {
  const { text, line } = sentence
  if (/\d{1,2}[:.h]\d{2}/.test(text)) return []
  const ends = endsIn(text, figure, survey) ?? afterOf(text, figure, survey)
  if (!ends) return []
  const [from, to] = [
    entriesOf(ends.from, 'start', entries, survey),
    entriesOf(ends.to, 'end', entries, survey),
  ]
  if (from.length === 0 || to.length === 0) return []
  const slack = Math.max(60, figure.step > 60 ? figure.step / 2 : 0)
  const isApart = (a: number, b: number) => Math.abs(((b - a + DAY) % DAY) - figure.low) < slack
  if (times.some((a) => times.some((b) => isApart(a, b)))) return []
  const pairs = from
    .flatMap((a) => to.map((b) => ({ a, b, seconds: secondsBetween(a, b) })))
    .filter(({ seconds }) => seconds > 0 && seconds < DAY / 2)
  const [pair] = pairs.toSorted((x, y) => Math.abs(x.seconds - figure.low) - Math.abs(y.seconds - figure.low))
  if (!pair) return []
  return [
    claim(
      'duration',
      { line, text },
      {
        stated: figure.text,
        recomputed: showAs(pair.seconds, 'time'),
        verdict: 'contradicted',
        arithmetic: `lines ${pair.a.line} and ${pair.b.line} are ${showAs(pair.seconds, 'time')} apart, and no two times of the document are ${figure.text} apart`,
      },
    ),
  ]
}

/** `from X to Y`, before the figure or after it, in one sentence. */
function endsIn(text: string, figure: Quantity, { words }: Survey): { from: string; to: string } | null {
  const found = new RegExp(
    String.raw`(?<!\p{L})${words.either('eventFrom')}\s([^.;:\d]{3,40}?),?\s${words.either('eventTo')}\s([^.;:,\d]{3,40}?)(?=,|\s?\d|[.;:]|$|\s(?:${words.either('passing')})(?!\p{L}))`,
    'iu',
  ).exec(text)
  if (!found) return null
  const isNear =
    figure.index >= found.index + found[0].length
      ? figure.index - found.index - found[0].length <= 60
      : figure.end <= found.index && found.index - figure.end <= 30
  return isNear ? { from: found[1]!, to: found[2]! } : null
}

/** `the pools were back 16 minutes after the primary went away`. */
function afterOf(text: string, figure: Quantity, { words }: Survey): { from: string; to: string } | null {
  const event = new RegExp(String.raw`^\s${words.either('after')}\s([^.;:,()\d]{3,50})`, 'iu').exec(
    text.slice(figure.end),
  )?.[1]
  const subject = text
    .slice(0, figure.index)
    .split(/[;:,.()]\s/)
    .at(-1)!
  return event !== undefined && subject.length >= 8 && subject.length <= 60
    ? { from: event, to: subject }
    : null
}

/** Entries that share a word with it; of a start and an end those that are called so, or the first and the last. */
function entriesOf(
  said: string,
  side: 'start' | 'end',
  entries: Happening[],
  { words }: Survey,
): Happening[] {
  const stems = stemsOf(said)
  const own = entries.filter(({ text }) => stemsOf(text).some((stem) => stems.includes(stem)))
  if (own.length > 0) return own
  return words.has(side, said) ? [side === 'start' ? entries[0]! : entries.at(-1)!] : []
}

function stemsOf(text: string): string[] {
  return nameWords(text).flatMap((word) =>
    word.length >= STEM && !/\d/.test(word) ? [word.slice(0, STEM)] : [],
  )
}

function secondsBetween(from: Happening, to: Happening): number {
  return (to.clock.seconds - from.clock.seconds + DAY) % DAY
}
