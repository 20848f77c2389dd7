/** A percentage and the two counts that it is of, however they are tied: `3 of 41 or 9.3 %`, `of 2,880,000 requests, 576 failed, which is 0.02 %`. */
import { wordsBetween } from './gaps.js'
import type { Claim } from '../claim.js'
import { show, spread, type Quantity } from '../quantities.js'
import { claim } from '../say.js'
import type { Sentence } from '../sentences.js'
import type { Survey } from '../survey.js'
import { isCount } from './figures.js'
import { figuresWithFractions } from './fractions.js'

interface Fraction {
  part: Quantity
  whole: Quantity
  index: number
  end: number
}

const FAR = 70
/** Words between the counts and their share. */
const MOST_WORDS = 8

export function checkCountedShares(survey: Survey): Claim[] {
  return survey.sentences.flatMap((sentence) => inSentence(sentence, survey))
}

function inSentence(sentence: Sentence, survey: Survey): Claim[] {
  const { text, line } = sentence
  const { words } = survey
  const figures = figuresWithFractions(sentence, survey)
  if (!figures.some(({ dimension }) => dimension === 'percent')) return []
  if ((['score', 'objective', 'notChange'] as const).some((list) => words.has(list, text))) return []
  return fractionsIn(text, figures, words).flatMap((fraction) => {
    const next = figures.find(({ index }) => index >= fraction.end)
    if (next?.dimension !== 'percent' || next.signed || next.bound !== null || next.low !== next.high)
      return []
    if (
      (['elsewhere', 'supposed'] as const).some((list) => words.has(list, saidAround(text, fraction, next)))
    )
      return []
    return isRestated(text, fraction, next, words) ? [judge({ text, line }, fraction, next)] : []
  })
}

/** From the mark before the counts to the one behind the share. */
function saidAround(text: string, fraction: Fraction, share: Quantity): string {
  const before = text
    .slice(0, fraction.index)
    .split(/[,;:.(]\s/)
    .at(-1)!
  const after = text.slice(share.end).split(/[,;:.)]/, 1)[0]!
  return `${before}${text.slice(fraction.index, share.end)}${after}`
}

/** `A of B`, `of B things, A`, `B things …, A of them`. */
function fractionsIn(text: string, figures: Quantity[], words: Survey['words']): Fraction[] {
  const of = new RegExp(
    String.raw`^\s(?:${words.either('outOf')}|${words.either('outOfThe')})\s(?:${words.either('outOfThe')}\s)?$`,
    'iu',
  )
  const opens = new RegExp(
    String.raw`(?<![\p{L}\p{N}])(?:${words.either('outOf')}|${words.either('outOfThe')})\s(?:${words.either('outOfThe')}\s)?$`,
    'iu',
  )
  return figures.slice(1).flatMap((second, at) => {
    const first = figures[at]!
    if (!isCount(first) || !isCount(second)) return []
    const between = text.slice(first.end, second.index)
    if (of.test(between) && first.low <= second.low && second.low > 1)
      return [{ part: first, whole: second, index: first.index, end: second.end }]
    // `of the 27 things, eleven …`
    // `120 experiments were run and 96 of them passed`
    const isOfThem = new RegExp(String.raw`^\s${words.either('ofThem')}(?!\p{L})`, 'iu').test(
      text.slice(second.end),
    )
    if (
      isOfThem &&
      second.low <= first.low &&
      first.low > 1 &&
      between.length <= 60 &&
      !/[.;:(]\s/.test(between)
    )
      return [{ part: second, whole: first, index: first.index, end: second.end }]
    const isOpened =
      opens.test(text.slice(0, first.index)) &&
      /^\s*$|[.;:,(]\s*\S*\s*\S*\s*$/u.test(text.slice(0, first.index).replace(opens, ''))
    const isListed = between.length <= 40 && !/[.;:(]/.test(between) && wordsBetween(between) <= 4
    return isOpened && isListed && second.low <= first.low && first.low > 1
      ? [{ part: second, whole: first, index: first.index, end: second.end }]
      : []
  })
}

/** The percentage says the same again, and nothing of its own. */
function isRestated(text: string, { end }: Fraction, share: Quantity, words: Survey['words']): boolean {
  const between = text.slice(end, share.index)
  const after = text.slice(share.end)
  if (
    between.length > FAR ||
    wordsBetween(between) > MOST_WORDS ||
    /[;:]|[.!?]\s/.test(between.replace(/(?:\p{L}\.){2,}/gu, ''))
  )
    return false
  if (!/^\s*(?:[.,;)–—]|$)/u.test(after) && isOfOther(after, words)) return false
  if (
    (['comparing', 'changeNoun', 'negation', 'objective', 'limit', 'moreThan', 'atMost'] as const).some(
      (list) => words.has(list, between),
    )
  )
    return false
  const last = between.split(/[,–—]\s?/u).at(-1)!
  return (
    /\(\s*$/.test(between) ||
    new RegExp(String.raw`(?:^|\s)(?:${words.either('restates')})\s(?:\S+\s)?$`, 'iu').test(last) ||
    /^\s*=\s*$/.test(last) ||
    (last.trim() === '' && /,\s*$/.test(between))
  )
}

/** `12 % of the catalogue`, `3 % more`, `5 % for the rest`: another whole, or a change; `71 % in working hours` is the same part. */
function isOfOther(after: string, words: Survey['words']): boolean {
  const [, next] = /^\s(\p{L}+)(?!\p{L})/u.exec(after) ?? []
  if (next === undefined) return true
  return !/^(?:in|during|at|were|was)$/i.test(next) || words.has('comparison', after)
}

function judge(at: { line: number; text: string }, { part, whole }: Fraction, stated: Quantity): Claim {
  const value = (100 * part.low) / whole.low
  const { low, high } = spread(stated)
  const holds = [value, 100 - value].some((one) => one > low - 1e-9 && one < high + 1e-9)
  return claim('share', at, {
    stated: stated.text,
    recomputed: `${show(value)} %`,
    verdict: holds ? 'consistent' : 'contradicted',
    arithmetic: `${part.text} / ${whole.text} = ${show(value)} %${holds ? '' : `, not ${stated.text}`}`,
  })
}
