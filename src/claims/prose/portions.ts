/** A share of a number and how many that is: `2 % of the 50,000 requests failed, i.e. 1,000`, `a third of the 27 alerts (9)`. */
import type { Claim } from '../claim.js'
import { show, type Quantity } from '../quantities.js'
import { claim } from '../say.js'
import type { Sentence } from '../sentences.js'
import type { Survey } from '../survey.js'
import { isCount } from './figures.js'
import { figuresWithFractions } from './fractions.js'
import { wordsBetween } from './gaps.js'

const MOST_WORDS = 6
const OPEN = [
  'supposed',
  'comparison',
  'notChange',
  'changeNoun',
  'objective',
  'negation',
  'exceptions',
] as const

export function checkPortions(survey: Survey): Claim[] {
  return survey.sentences.flatMap((sentence) => {
    const { text } = sentence
    const { words } = survey
    const figures = figuresWithFractions(sentence, survey)
    if (!figures.some(({ dimension }) => dimension === 'percent')) return []
    if (OPEN.some((list) => words.has(list, text))) return []
    const isOf = new RegExp(
      String.raw`^\s(?:${words.either('outOf')}|${words.either('outOfThe')})\s(?:${words.either('outOfThe')}\s)?$`,
      'iu',
    )
    return figures.flatMap((share, at) => {
      const [before, [whole, after, more]] = [figures[at - 1], figures.slice(at + 1)]
      if (!isShare(share) || !whole || !isOf.test(text.slice(share.end, whole.index))) return []
      if (before && isBracketed(text, before, share, whole))
        return isPart(before, whole) ? [judge(sentence, share, whole, before)] : []
      const isNext = after && isPart(after, whole) && isTied(text, whole, after, more, words)
      return isNext ? [judge(sentence, share, whole, after)] : []
    })
  })
}

function isShare({ dimension, low, high, bound, signed }: Quantity): boolean {
  return dimension === 'percent' && low === high && low <= 100 && bound === null && !signed
}

function isPart(part: Quantity, whole: Quantity): boolean {
  return isCount(part) && isCount(whole) && part.low <= whole.low
}

/** `18 alerts (45 % of 40)`, not `in wave 2 (45 % of 40)`, where the number is a name. */
function isBracketed(text: string, part: Quantity, share: Quantity, whole: Quantity): boolean {
  const isCounting = /^\s\p{L}/u.test(text.slice(part.end)) || !/\p{L}\s$/u.test(text.slice(0, part.index))
  return (
    isCounting &&
    /^(?:\s\p{L}+){0,2}\s\($/u.test(text.slice(part.end, share.index)) &&
    /^(?:\s\p{L}+){0,2}\)/u.test(text.slice(whole.end))
  )
}

/** `…, i.e. 1,000`, `(1,000 requests)`, and nothing that makes it another's: a bracket that closes before it, or more that is said of it. */
function isTied(
  text: string,
  whole: Quantity,
  part: Quantity,
  more: Quantity | undefined,
  words: Survey['words'],
): boolean {
  const between = text.slice(whole.end, part.index)
  const [, mark, last] = /(\(|[,–—:]\s?)([^,(–—:]*)$/u.exec(between) ?? []
  if (mark === undefined || between.includes(')') || wordsBetween(between) > MOST_WORDS) return false
  const tail = last!.replace(/\b(?:i\.e\.|that is|exactly|about|roughly)/giu, '').trim()
  const isSaid = tail === '' || words.find('restates', tail)?.length === tail.length
  // Bare numbers in commas are as well the first of several: `failed: 10 at once and 10 later`.
  return isSaid && isClosed(text, between, part, mark) && (mark === '(' || last!.trim() !== '' || !more)
}

/** Behind it stands at most what is counted: `10 requests`, not `10 of them`, `10 twice`, `10 per zone`. */
function isClosed(text: string, between: string, part: Quantity, mark: string): boolean {
  const [, noun, end] = /^(?:\s(\p{L}+))?(.|$)/u.exec(text.slice(part.end)) ?? []
  const isSameNoun = noun === undefined || between.toLowerCase().includes(noun.toLowerCase())
  return isSameNoun && end !== undefined && (mark === '(' ? end === ')' : /^[.,;:!?–—]?$/.test(end))
}

function judge(at: Sentence, share: Quantity, whole: Quantity, part: Quantity): Claim {
  const value = (share.low * whole.low) / 100
  const slack = (whole.low * share.step) / 100 + (share.isAbout ? 0.15 * value : 0)
  const off = Math.abs(part.low - value)
  // There is no half of a thing: 2.5 of 25 are two or three.
  const holds = off < 1 || off <= slack + roundingOf(part) + (share.low * roundingOf(whole)) / 100
  return claim('share', at, {
    stated: part.text,
    recomputed: show(value),
    verdict: holds ? 'consistent' : 'contradicted',
    arithmetic: `${share.text} of ${whole.text} is ${show(value)}${holds ? '' : `, not ${part.text}`}`,
  })
}

/** Half of the last digit that is not zero: 2,500 may be 2,460. */
function roundingOf({ low }: Quantity): number {
  const zeros = /0{2,}$/.exec(String(low))?.[0].length ?? 0
  return zeros === 0 ? 0 : 10 ** zeros / 2
}
