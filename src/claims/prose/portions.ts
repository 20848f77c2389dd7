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
      const [before, [whole, after]] = [figures[at - 1], figures.slice(at + 1)]
      if (!isShare(share) || !whole || !isOf.test(text.slice(share.end, whole.index))) return []
      const part =
        after && isPart(after, whole) && isTied(text, whole, after, words)
          ? after
          : before && isPart(before, whole) && isBracketed(text, before, share, whole)
            ? before
            : null
      return part ? [judge(sentence, share, whole, part)] : []
    })
  })
}

function isShare({ dimension, low, high, bound, signed }: Quantity): boolean {
  return dimension === 'percent' && low === high && low <= 100 && bound === null && !signed
}

function isPart(part: Quantity, whole: Quantity): boolean {
  return isCount(part) && isCount(whole) && part.low <= whole.low
}

/** `18 alerts (45 % of 40)`. */
function isBracketed(text: string, part: Quantity, share: Quantity, whole: Quantity): boolean {
  return (
    /^(?:\s\p{L}+){0,2}\s\($/u.test(text.slice(part.end, share.index)) &&
    /^(?:\s\p{L}+){0,2}\)/u.test(text.slice(whole.end))
  )
}

/** `…, i.e. 1,000`, `(1,000 requests)`, and nothing that makes it another's. */
function isTied(text: string, whole: Quantity, part: Quantity, words: Survey['words']): boolean {
  const between = text.slice(whole.end, part.index)
  const last = /(?:\(|[,–—:]\s?)([^,(–—:]*)$/u.exec(between)?.[1]
  const tail = last?.replace(/\b(?:i\.e\.|that is|exactly|about|roughly)/giu, '').trim()
  const isSaid = tail !== undefined && (tail === '' || words.find('restates', tail)?.length === tail.length)
  const next = /^\s(\p{L}+)/u.exec(text.slice(part.end))?.[1]
  return (
    isSaid &&
    wordsBetween(between) <= MOST_WORDS &&
    (next === undefined || text.slice(whole.end, part.index).includes(next) || !/s$/.test(next))
  )
}

function judge(at: Sentence, share: Quantity, whole: Quantity, part: Quantity): Claim {
  const value = (share.low * whole.low) / 100
  const slack = (whole.low * share.step) / 100 + (share.isAbout ? 0.15 * value : 0)
  const holds = Math.abs(part.low - value) <= slack + roundingOf(part) + (share.low * roundingOf(whole)) / 100
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
