/** How many times as fast or as slow something is, beside both its times: `twice as fast: 90 s instead of 180 s`. */
import type { Claim } from '../claim.js'
import { show, type Quantity } from '../quantities.js'
import { claim } from '../say.js'
import type { Sentence } from '../sentences.js'
import type { Survey } from '../survey.js'
import { figuresOf, isPlain } from './figures.js'

/** Such words are rough. */
const ROUGH = 0.25
const OPEN = [
  'supposed',
  'negation',
  'about',
  'nearly',
  'moreThan',
  'atMost',
  'objective',
  // Each wait is longer than the one before; a timeout is set, and something else gets faster by it.
  'always',
  'waiting',
  'timeout',
] as const

export function checkSpeedFactors(survey: Survey): Claim[] {
  return survey.sentences.flatMap((sentence) => judge(sentence, survey))
}

function judge(sentence: Sentence, survey: Survey): Claim[] {
  const { text } = sentence
  const { words } = survey
  const said = factorIn(text, words)
  if (!said) return []
  const others = figuresOf(sentence, survey).filter(
    ({ index, end }) => end <= said.index || index >= said.end,
  )
  const [first, second, more] = others
  if (!first || !second || more || !areTimes(first, second)) return []
  if (
    !areCompared(text, first, second, words) ||
    !areOfOneThing(text, said, first, second, words) ||
    isQualified(text, [said, { index: first.end, end: second.index }], words)
  )
    return []
  const value = Math.max(first.low, second.low) / Math.min(first.low, second.low)
  const holds = said.factors.some((factor) => Math.abs(value - factor) <= ROUGH * factor)
  const pair = `${first.text} and ${second.text}`
  return [
    claim('change', sentence, {
      stated: said.written,
      recomputed: `${show(value)} times`,
      verdict: holds ? 'consistent' : 'contradicted',
      arithmetic: `${pair} differ by a factor of ${show(value)}${holds ? '' : `, not ${show(said.factors[0]!)}`}`,
    }),
  ]
}

/** By a word besides the factor, and besides what stands between the times. */
function isQualified(text: string, parts: { index: number; end: number }[], words: Survey['words']): boolean {
  const rest = parts
    .toSorted((a, b) => b.index - a.index)
    .reduce((left, { index, end }) => `${left.slice(0, index)} ${left.slice(end)}`, text)
  return OPEN.some((list) => words.has(list, rest))
}

function areTimes(first: Quantity, second: Quantity): boolean {
  return [first, second].every((one) => one.dimension === 'time' && isPlain(one) && one.low > 0)
}

interface Factor {
  /** `Three times faster` is also said of four times as fast. */
  factors: number[]
  written: string
  index: number
  end: number
}

/** The one that a sentence names: `twice as fast`, `3x faster`, `four times slower`. */
function factorIn(text: string, words: Survey['words']): Factor | null {
  const times = String.raw`(?:\s?[x×]|\s${words.either('times')})`
  const expression = new RegExp(
    String.raw`(?<![\p{L}\p{N}.,-])(\d{1,3}(?:\.\d+)?|\p{L}+)(?:${times}\s${words.either('faster')}|${times}?\s(${words.either('asFast')}))(?!\p{L})`,
    'giu',
  )
  const found = [...text.matchAll(expression)].flatMap((match): Factor[] => {
    const [written, number, as] = match
    const factor = /^\d/.test(number!) ? Number(number) : words.numeralOf(number!)
    if (factor === null || factor < 1.5) return []
    const factors = as === undefined ? [factor, factor + 1] : [factor]
    return [{ factors, written, index: match.index, end: match.index + written.length }]
  })
  return found.length === 1 ? found[0]! : null
}

/** `from A to B`, `A instead of B`, `A → B`. */
function areCompared(text: string, first: Quantity, second: Quantity, words: Survey['words']): boolean {
  const between = text.slice(first.end, second.index)
  const from = new RegExp(String.raw`(?<!\p{L})${words.either('changeFrom')}\s(?:\p{L}{1,5}\s)?$`, 'iu')
  const to = new RegExp(String.raw`^\s${words.either('changeTo')}\s(?:\p{L}{1,5}\s)?$`, 'iu')
  const instead = words.find('comparison', between)
  return (
    (from.test(text.slice(0, first.index)) && to.test(between)) ||
    /^\s?(?:→|->|=>|➔|⇒)\s?$/u.test(between) ||
    (instead !== null && between.trim().length === instead.length)
  )
}

/**
 * Only a mark between the factor and the times, and both at the end of their clause: `twice as fast: 90 s instead of 180 s`.
 * A verb, a cause or what it is compared with would make them of two things: `twice as long as the p99`.
 */
function areOfOneThing(
  text: string,
  { index, end }: Factor,
  first: Quantity,
  second: Quantity,
  words: Survey['words'],
): boolean {
  const own = String.raw`(?:\s${words.either('thanBefore')})?`
  const opens = new RegExp(String.raw`^${own}\s?[:,(–—]\s?(?:${words.either('changeFrom')}\s)?$`, 'iu')
  const closes = new RegExp(String.raw`^${own}\s?(?:[).,;!]|$)`, 'iu')
  // Behind the times a colon opens what came of them.
  return end <= first.index
    ? opens.test(text.slice(end, first.index)) && closes.test(text.slice(second.end))
    : index >= second.end &&
        /^\s?[,(–—]\s?$/u.test(text.slice(second.end, index)) &&
        closes.test(text.slice(end))
}
