/** Two counts and the one percentage that a sentence makes of them: `41 deploys, 3 rolled back: a failure rate of 7.3%`. */
import type { Claim } from '../claim.js'
import { countsWithMagnitude, type Counted } from '../counts.js'
import { show, type Quantity } from '../quantities.js'
import { claim } from '../say.js'
import type { Survey } from '../survey.js'

const ABOUT = 0.15

export function checkStatedShares(survey: Survey): Claim[] {
  const { sentences, words } = survey
  return sentences.flatMap(({ text, line }) =>
    !text.includes('%') || words.has('score', text)
      ? []
      : text.split(/;\s|(?<=\))\.\s/).flatMap((clause) => shareIn(clause, { line, text }, survey)),
  )
}

function shareIn(clause: string, at: { line: number; text: string }, survey: Survey): Claim[] {
  const { reader, words } = survey
  const percentages = reader.in(clause).filter(({ dimension }) => dimension === 'percent')
  return percentages.flatMap((percentage, place) => {
    const since = percentages[place - 1]?.end ?? 0
    const before = clause.slice(since, percentage.index)
    // Lines of labels that run into one another: `Files: 39 files Tests: 2,847 Pass rate: 100%`.
    if (/:\s.*:\s/.test(before)) return []
    const counts = countsWithMagnitude(before, survey)
    const [first, second, more] = counts
    const isPlain = percentage.low === percentage.high && percentage.bound === null && !percentage.signed
    // A time or another figure between them may be what it is of.
    if (!isPlain || !first || !second || more || reader.in(before).length !== 2) return []
    if (!isAlone(clause.slice(percentage.end)) || !isTied(before.slice(second.end), survey)) return []
    const [part, all] = first.value <= second.value ? [first, second] : [second, first]
    const isOutOf =
      isPartOf(before, first, second, words) || words.has('shares', before.slice(second.end).replace('%', ''))
    return all.value === 0 || all.value < 2 || words.has('comparing', before) || !isOutOf
      ? []
      : [shareClaim(at, percentage, part, all)]
  })
}

/** Nothing follows that it could be a share of. */
function isAlone(after: string): boolean {
  return /^\s*(?:\)|[.,;:]?\s*$|[.;]\s|\)?[,.]\s)/.test(after)
}

/** `(`, `, that is`, `: a change failure rate of`. */
function isTied(between: string, { words }: Survey): boolean {
  const [, tail] = /[(,:=–—]([^(,:=–—]*)$/u.exec(between) ?? []
  if (tail === undefined || /[(]/.test(between.slice(0, -tail.length - 1))) return false
  const rest = tail
    .split(/[^\p{L}]+/u)
    .filter(
      (word) =>
        word !== '' &&
        !words.has('linking', word) &&
        !words.has('restating', word) &&
        words.find('about', word) === null,
    )
  return rest.length === 0 || (words.has('shares', tail) && rest.length <= 4)
}

/** `45 of 50`, `of 50 runs 45`, `41 deploys, 3 rolled back`. */
function isPartOf(text: string, first: Counted, second: Counted, words: Survey['words']): boolean {
  const between = text.slice(first.end, second.index)
  const isOf = new RegExp(
    String.raw`^\s(?:\p{L}+\s){0,2}?${words.either('outOf')}\s(?:\p{L}+\s){0,2}$`,
    'iu',
  ).test(between)
  const ofFirst = new RegExp(String.raw`(?:^|\s)${words.either('outOf')}\s(?:\p{L}+\s){0,2}$`, 'iu').test(
    text.slice(0, first.index),
  )
  return (
    (isOf && first.value <= second.value) ||
    (ofFirst && second.value <= first.value && !/[.;:(]/.test(between))
  )
}

/** What is said of the rest counts too. */
function shareClaim(
  at: { line: number; text: string },
  percentage: Quantity,
  part: Counted,
  all: Counted,
): Claim {
  const value = (100 * part.value) / all.value
  const rounding = (100 * (part.step + all.step)) / all.value
  const slack = Math.max(percentage.step, percentage.isAbout ? ABOUT * percentage.low : 0) + rounding
  const holds = [value, 100 - value].some((one) => Math.abs(one - percentage.low) < slack)
  return claim('share', at, {
    stated: percentage.text,
    recomputed: `${show(value)} %`,
    verdict: holds ? 'consistent' : 'contradicted',
    arithmetic: `${part.text} / ${all.text} = ${show(value)} %${holds ? '' : `, not ${percentage.text}`}`,
  })
}
