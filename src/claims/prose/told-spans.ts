/** How long something lasted against when it began and ended, told in one sentence or in the next: `it began at 13:15 and was over at 16:05; it lasted 2 h 50 min`. */
import { groupedBy } from '../../facts/grouped.js'
import type { Claim } from '../claim.js'
import { clocksIn, DAY, isBetweenClocks, type Clock } from '../moments.js'
import { overlaps, showAs, spread, type Quantity } from '../quantities.js'
import { claim } from '../say.js'
import type { Sentence } from '../sentences.js'
import { mayChangeClocks, zoneAfter, type Span } from '../spans.js'
import type { Survey } from '../survey.js'
import { figuresOf, isPlain, tellingWords } from './figures.js'

const HOUR = 3600
/** What is as long has breaks. */
const LONG = 5 * HOUR
/** Words between a time and the times of day that it is between, besides those that only tie. */
const MOST_BETWEEN = 2
const NEAR = 70

export function checkToldSpans(survey: Survey): Claim[] {
  const paragraphs = groupedBy(survey.sentences, ({ paragraph }) => paragraph)
  return [...paragraphs.values()].flatMap((sentences) => {
    const told = sentences.map((sentence) => ({ sentence, span: toldSpan(sentence, survey) }))
    const inOne = told.flatMap(({ sentence, span }) => (span ? besideSpan(sentence, span, survey) : []))
    const spans = told.flatMap(({ span }) => span ?? [])
    const clocks = sentences.flatMap(({ text }) => clocksIn(text))
    const [only] = spans
    if (spans.length !== 1 || !only) return inOne
    const later = told.slice(told.findIndex(({ span }) => span) + 1)
    const whole = later.flatMap(({ sentence }) => ofTheWhole(sentence, only, clocks, survey))
    return [...inOne, ...whole]
  })
}

/** Two times of day, the first and the last of one thing: joined, or called a start and an end. */
function toldSpan({ text }: Sentence, { words }: Survey): Span | null {
  const [from, to, more] = clocksIn(text)
  if (!from || !to || more || isHalfNamed(text, from, to)) return null
  const [first, last] = [zoneAfter(text, from), zoneAfter(text, to)]
  if ((first ?? last) !== last && last !== null) return null
  if (new Set(text.match(/\d{4}-\d{2}-\d{2}/g)).size > 1 || words.has('supposed', text)) return null
  const between = text.slice(from.end, to.index)
  const isStart = words.has('start', text.slice(0, from.index).slice(-40))
  const isEnd =
    (words.has('end', between) || words.has('over', between)) &&
    !/[.;]\s/.test(between.replace(/[ap]\.m\./gi, ''))
  if (!isBetweenClocks(between, words) && !(isStart && isEnd)) return null
  return { from, to, seconds: (to.seconds - from.seconds + DAY) % DAY, zone: last ?? first }
}

/** One of them with am or pm and the other without. */
function isHalfNamed(text: string, from: Clock, to: Clock): boolean {
  const [first, last] = [from, to].map(({ index, end }) => /m\.?$/i.test(text.slice(index, end)))
  return first !== last
}

function besideSpan(sentence: Sentence, span: Span, survey: Survey): Claim[] {
  const { text } = sentence
  const times = timesIn(sentence, survey)
  const tied = times.filter((one) => isTied(text, one, span, survey))
  const [stated] = tied
  // `Impact window: 14:20 to 15:05 (30 min)` is a label, `12 minutes in the window 14:00 to 15:00` a part.
  const said = text.replace(/^[^:.\d]{3,40}:\s/u, '')
  return stated && tied.length === 1 && !survey.words.has('brokenUp', said)
    ? judge(sentence, stated, span, text.slice(span.from.index, span.to.end))
    : []
}

/** `All told, the incident lasted 3 h 40 min`, with no time of day of its own. */
function ofTheWhole(sentence: Sentence, span: Span, clocks: Clock[], survey: Survey): Claim[] {
  const { text } = sentence
  const { words } = survey
  if (clocksIn(text).length > 0 || words.has('brokenUp', text) || words.has('supposed', text)) return []
  const [stated, more] = timesIn(sentence, survey)
  if (!stated || more || stated.low < 60) return []
  const before = text.slice(0, stated.index)
  const isWhole = words.has('incident', before) && words.metricOf(before.slice(-20)) === 'duration'
  const isOther = words.has('mean', text) || words.has('comparison', text) || words.has('phase', text)
  const isBetweenOthers = clocks.some((a) =>
    clocks.some((b) => Math.abs(((b.seconds - a.seconds + DAY) % DAY) - stated.low) <= 60),
  )
  return isWhole && !isOther && !isBetweenOthers ? judge(sentence, stated, span, 'from start to end') : []
}

function timesIn(sentence: Sentence, survey: Survey): Quantity[] {
  return figuresOf(sentence, survey).filter(
    (one) => one.dimension === 'time' && isPlain(one) && one.low < DAY && one.low > 0,
  )
}

/** Nothing but little words between them, or the verb for lasting right beside the time. */
function isTied(text: string, time: Quantity, { from, to }: Span, { words }: Survey): boolean {
  const isAfter = time.index >= to.end
  const between = (isAfter ? text.slice(to.end, time.index) : text.slice(time.end, from.index))
    .replace(/\b(?:i\.e\.|d\.h\.|c\.-à-d\.)/giu, '')
    .replace(new RegExp(String.raw`(?<!\p{L})${words.either('summing')}(?!\p{L})`, 'giu'), '')
  if (between.length > NEAR || /[;:]\s|[.!?]\s/.test(between.replace(/[ap]\.m\./gi, ''))) return false
  const next = /^[\s-]?(\p{L}+)/u.exec(text.slice(time.end))?.[1] ?? ''
  if (
    words.has('after', next) ||
    words.has('later', next) ||
    /^(?:before|into|ago|earlier|early|vor)$/i.test(next)
  )
    return false
  const telling = tellingWords(between, words).filter(
    (word) =>
      words.metricOf(word) !== 'duration' &&
      !/^(?:UTC|GMT|[A-Z]{2,4}T)$/.test(word) &&
      !words.has('incident', word),
  )
  const isSaid =
    new RegExp(
      String.raw`(?<!\p{L})${words.either('lastingVerb')}\s(?:for\s|of\s|a total of\s)?$`,
      'iu',
    ).test(text.slice(0, time.index)) ||
    words.find(
      'lastingVerb',
      text
        .slice(time.end)
        .replace(/^\s(?:of|long|in total)/u, '')
        .trimStart(),
    )?.index === 0
  const isBracketed =
    /(?:[(,–—]|[(,–—]\s?(?:i\.e\.,?|that is,?|or|so|for|a total of|in all|das sind|soit|es decir)(?:\sfor)?)\s*$/iu.test(
      text.slice(0, time.index),
    ) && /^\s*(?:[).,;–—]|in total|in all|altogether|$)/.test(text.slice(time.end))
  return isSaid ? telling.length <= MOST_BETWEEN : isBracketed && isAfter && telling.length === 0
}

function judge(at: Sentence, stated: Quantity, span: Span, written: string): Claim[] {
  const { seconds, from, to } = span
  if (seconds === 0) return []
  const resolution = from.hasSeconds && to.hasSeconds ? 1 : 60
  const holds = overlaps(spread(stated), { low: seconds - resolution, high: seconds + resolution })
  const off = Math.abs(seconds - stated.low)
  const isBroken = seconds > LONG && stated.low < seconds
  if (!holds && (isBroken || (mayChangeClocks(span) && Math.abs(off - HOUR) < 60))) return []
  return [
    claim('duration', at, {
      stated: stated.text,
      recomputed: showAs(seconds, 'time'),
      verdict: holds ? 'consistent' : 'contradicted',
      arithmetic: `${written} is ${showAs(seconds, 'time')}${holds ? '' : `, not ${stated.text}`}`,
    }),
  ]
}
