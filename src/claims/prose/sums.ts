/** Times or counts of one sentence and what they come to: `detection took 6 min and mitigation another 14 min, 20 min in total`. */
import type { Claim } from '../claim.js'
import { showAs, type Quantity } from '../quantities.js'
import { claim } from '../say.js'
import type { Sentence } from '../sentences.js'
import type { Survey } from '../survey.js'
import { figuresOf, isPlain, withoutFigures } from './figures.js'

const MOST_PARTS = 8
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
  return survey.sentences.flatMap((sentence) => judge(sentence, survey))
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
