/** Times or counts of one sentence and what they come to: `detection took 6 min and mitigation another 14 min, 20 min in total`. */
import type { Claim } from '../claim.js'
import { showAs, type Quantity } from '../quantities.js'
import { claim } from '../say.js'
import type { Sentence } from '../sentences.js'
import type { Survey } from '../survey.js'
import { sentenceListings } from '../listings.js'
import { figuresOf, isCount, isPlain, withoutFigures } from './figures.js'

const MOST_PARTS = 8
/** How far into its sentence the word for a sum stands. */
const OPENING = 14
/** Words that begin alike are of one family. */
const STEM = 6
/** How far behind a time `later` stands. */
const LATER = 12
const OPEN = [
  'supposed',
  'overlapping',
  'comparison',
  'exceptions',
  'mean',
  'median',
  'maximum',
  'minimum',
  'percentile',
  'each',
  'every',
  'setAside',
  'within',
] as const

export function checkSums(survey: Survey): Claim[] {
  const { sentences } = survey
  return sentences.flatMap((sentence, at) => {
    const next = sentences[at + 1]
    return [
      ...judge(sentence, survey),
      ...(next?.paragraph === sentence.paragraph ? inNext(sentence, next, survey) : []),
    ]
  })
}

/** `A took 10 min, B 45 min and C 20 min. End to end it took 75 min.`; `with 14, 17 and 11 participants. That makes 42.` */
function inNext(sentence: Sentence, next: Sentence, survey: Survey): Claim[] {
  const { words } = survey
  const [own, others] = [figuresOf(sentence, survey), figuresOf(next, survey)]
  const [total, more] = others
  const said = `${withoutFigures(sentence.text, own)} ${withoutFigures(next.text, others)}`
  if (!total || more || !isPlain(total) || OPEN.some((list) => words.has(list, said))) return []
  const opens = words.find('summing', next.text) ?? words.find('total', next.text)
  if (!opens || opens.index > OPENING || opens.index > total.index) return []
  const parts =
    total.dimension === 'time'
      ? timesAdded(sentence, own, survey)
      : countsListed(sentence, next, total, survey)
  if (!parts) return []
  const sum = parts.reduce((all, one) => all + one.low, 0)
  const steps = [total, ...parts].map(({ step }) => step)
  const holds =
    Math.abs(sum - total.low) <=
    (total.dimension === 'time' ? Math.max(...steps) / 2 + rounding([total, ...parts]) : 0)
  return [
    claim('total', next, {
      stated: total.text,
      recomputed: showAs(sum, total.dimension),
      verdict: holds ? 'consistent' : 'contradicted',
      arithmetic: `${parts.map((one) => one.text).join(' + ')} = ${showAs(sum, total.dimension)}${holds ? '' : `, not ${total.text}`}`,
    }),
  ]
}

/** Nothing but times, each of its own step; a count before them that is their number. */
function timesAdded({ text }: Sentence, figures: Quantity[], { words }: Survey): Quantity[] | null {
  const times = figures.filter(({ dimension }) => dimension === 'time')
  const isOther = figures.some((one) => one.dimension !== 'time' && one.low !== times.length && one.low > 2)
  const isSinceStart = words.has('after', text) || words.has('sinceStart', text)
  return times.length >= 2 && times.length <= MOST_PARTS && times.every(isPlain) && !isOther && !isSinceStart
    ? times
    : null
}

/** One list of counts, each of the things that the next sentence counts, or of none by name. */
function countsListed(
  sentence: Sentence,
  next: Sentence,
  total: Quantity,
  survey: Survey,
): Quantity[] | null {
  const [list, more] = sentenceListings(sentence, survey)
  if (!list || more || list.values.length < 3 || !list.values.every(isCount)) return null
  const nounOf = (text: string) => /^\s(\p{L}+)/u.exec(text)?.[1]?.toLowerCase().slice(0, STEM)
  const [noun, own] = [nounOf(next.text.slice(total.end)), nounOf(sentence.text.slice(list.end))]
  return noun === undefined || noun === own ? list.values : null
}

function judge(sentence: Sentence, survey: Survey): Claim[] {
  const { text } = sentence
  const { words } = survey
  const own = figuresOf(sentence, survey)
  // A count that is given a time each is multiplied, not added.
  const times = own.filter(({ dimension }) => dimension === 'time')
  const [total, ...rest] = times.toReversed()
  const parts = rest.toReversed()
  if (
    !total ||
    times.length !== own.length ||
    parts.length < 2 ||
    parts.length > MOST_PARTS ||
    !times.every(isPlain)
  )
    return []
  if (OPEN.some((list) => words.has(list, withoutFigures(text, own).replaceAll(/\bmore than\b/gi, ''))))
    return []
  if (!isSum(text, parts.at(-1)!, total, words) || !areAdded(text, parts, words)) return []
  const sum = parts.reduce((all, { low }) => all + low, 0)
  const slack =
    Math.max(...times.map(({ step }) => step)) * (parts.some(({ step }) => step !== total.step) ? 1 : 0) +
    rounding(times)
  const holds = Math.abs(sum - total.low) <= slack + 1e-9
  return [
    claim('total', sentence, {
      stated: total.text,
      recomputed: showAs(sum, 'time'),
      verdict: holds ? 'consistent' : 'contradicted',
      arithmetic: `${parts.map((one) => one.text).join(' + ')} = ${showAs(sum, 'time')}${holds ? '' : `, not ${total.text}`}`,
    }),
  ]
}

/** Half a digit of each where any is a fraction. */
function rounding(times: Quantity[]): number {
  return times.some(({ step, unit }) => step < unit) ? times.reduce((all, { step }) => all + step / 2, 0) : 0
}

/** `20 min in total`, `altogether 20 min`, `so the whole incident took 20 min`. */
function isSum(text: string, last: Quantity, total: Quantity, words: Survey['words']): boolean {
  const between = text.slice(last.end, total.index)
  const after = text.slice(total.end)
  if (/[.!?]\s/.test(between)) return false
  const isWritten = /=\s*$/.test(between) && /\+/.test(text.slice(0, last.index))
  return isWritten || words.has('summing', between) || words.find('summing', after.trimStart())?.index === 0
}

/** One after the other, or each a part by its verb: nothing that is counted from the same start. */
function areAdded(text: string, parts: Quantity[], words: Survey['words']): boolean {
  const told = text.slice(parts[0]!.end, parts.at(-1)!.end + LATER)
  const isLater = words.has('sequential', told)
  const areJoined = parts.slice(1).every((part, at) => {
    const between = text.slice(parts[at]!.end, part.index)
    return !/[.;]\s/.test(between) && between.length <= 70
  })
  const verbs = text.slice(0, parts.at(-1)!.index)
  const isSinceStart = words.has('after', verbs) || words.has('sinceStart', verbs)
  return areJoined && (isLater || !isSinceStart)
}
