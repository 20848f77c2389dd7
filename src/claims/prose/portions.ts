/** A percentage of a number and how many that is: `2 % of the 50,000 requests failed, i.e. 1,000`. */
import type { Claim } from '../claim.js'
import { show, type Quantity } from '../quantities.js'
import { claim } from '../say.js'
import type { Sentence } from '../sentences.js'
import type { Survey } from '../survey.js'
import { figuresOf, isCount } from './figures.js'
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
    if (!text.includes('%') || OPEN.some((list) => words.has(list, text))) return []
    const figures = figuresOf(sentence, survey)
    return figures.flatMap((share, at) => {
      const [whole, part] = figures.slice(at + 1)
      if (share.dimension !== 'percent' || share.low !== share.high || share.bound !== null || share.signed)
        return []
      if (!whole || !part || !isCount(whole) || !isCount(part) || part.low > whole.low || share.low > 100)
        return []
      const isOf = new RegExp(
        String.raw`^\s(?:${words.either('outOf')}|${words.either('outOfThe')})\s(?:${words.either('outOfThe')}\s)?$`,
        'iu',
      ).test(text.slice(share.end, whole.index))
      return isOf && isTied(text, whole, part, words) ? [judge(sentence, share, whole, part)] : []
    })
  })
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
