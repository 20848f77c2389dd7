/** How many, each for how long, and what that comes to: `3 engineers spent 4 hours each, 12 person-hours`, `500 requests per second for 10 minutes, 300,000 requests`. */
import type { Claim } from '../claim.js'
import { show } from '../quantities.js'
import { claim } from '../say.js'
import type { Sentence } from '../sentences.js'
import type { Survey } from '../survey.js'
import { figuresIn, isPlain } from './figures.js'

const OPEN = [
  'supposed',
  'comparison',
  'exceptions',
  'setAside',
  'mean',
  'maximum',
  'minimum',
  'partial',
] as const
/** What is sent varies a little. */
const VARIES = 0.1

/** Two sentences of a paragraph may tell it. */
export function checkProducts(survey: Survey): Claim[] {
  const { sentences } = survey
  return sentences.flatMap((sentence, at) => {
    const next = sentences[at + 1]
    const own = sent(sentence, sentence.text, survey)
    if (own.length > 0 || next?.paragraph !== sentence.paragraph) return own
    return sent(next, `${sentence.text} ${next.text}`, survey)
  })
}

/** A rate, a time and the number of the same things. */
function sent(at: Sentence, text: string, survey: Survey): Claim[] {
  const { words } = survey
  const figures = figuresIn(text, survey)
  if (figures.length !== 3 || !figures.every(isPlain) || OPEN.some((list) => words.has(list, text))) return []
  const rates = figures.flatMap((rate) => {
    const found = new RegExp(String.raw`^\s(\p{L}+)\s?(?:${words.either('per')}|/)\s?(\p{L}+)`, 'iu').exec(
      text.slice(rate.end),
    )
    const seconds = found ? words.unitSeconds(found[2]!) : null
    return found && seconds !== null && rate.dimension === 'number'
      ? [{ rate, noun: found[1]!, seconds }]
      : []
  })
  const [only, more] = rates
  const time = figures.find(({ dimension }) => dimension === 'time')
  const total =
    only &&
    figures.find(
      (one) =>
        one.dimension === 'number' &&
        one !== only.rate &&
        text.slice(one.end).trimStart().startsWith(only.noun),
    )
  if (!only || more || !time || !total || total.low <= only.rate.low) return []
  const isFor = new RegExp(String.raw`(?<!\p{L})${words.either('throughout')}\s(?:\p{L}+\s)?$`, 'iu').test(
    text.slice(0, time.index),
  )
  const isLong = /^\d+-\p{L}+$/u.test(time.text)
  const value = (only.rate.low * time.low) / only.seconds
  const holds = Math.abs(total.low / value - 1) <= VARIES
  if (!isFor && !isLong) return []
  return [
    claim('total', at, {
      stated: total.text,
      recomputed: show(value),
      verdict: holds ? 'consistent' : 'contradicted',
      arithmetic: `${only.rate.text} per ${only.seconds === 1 ? 's' : `${only.seconds} s`} for ${time.text} are ${show(value)}${holds ? '' : `, not ${total.text}`}`,
    }),
  ]
}
