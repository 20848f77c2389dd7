/** How often something is said to have run, how many times it did, and in how many weeks: `weekly, 12 times in the 26 weeks`. */
import type { Claim } from '../claim.js'
import { DAY } from '../moments.js'
import { show, type Quantity } from '../quantities.js'
import { claim } from '../say.js'
import type { Survey } from '../survey.js'
import { figuresOf, isCount, isPlain } from './figures.js'

/** One run more or less at either end, and one in ten that nobody speaks of. */
const ENDS = 1
const UNSAID = 0.1
const OPEN = ['exceptions', 'comparison', 'mean', 'others', 'each'] as const

export function checkCountedCadence(survey: Survey): Claim[] {
  return survey.sentences.flatMap((sentence) => {
    const { text } = sentence
    const { words } = survey
    const cadence = words.cadenceOf(text)
    if (!cadence || OPEN.filter((list) => list !== 'each').some((list) => words.has(list, text))) return []
    if (words.has('supposed', text) || isSkipped(text, words)) return []
    const figures = figuresOf(sentence, survey).filter(isPlain)
    const windows = figures.filter(
      ({ dimension, low, step }) => dimension === 'time' && step >= DAY && low >= 7 * DAY,
    )
    const weeks = weeksIn(text, figures)
    const counts = figures.filter(
      (one) =>
        isCount(one) &&
        one.low >= 2 &&
        !weeks.some(({ figure }) => figure === one) &&
        isOfRuns(text, one, words),
    )
    const all = [
      ...windows.map(({ low, text: written }) => ({ seconds: low, written })),
      ...weeks.map(({ seconds, written }) => ({ seconds, written })),
    ]
    const [[count], [window]] = [counts, all]
    if (!count || !window || counts.length > 1 || all.length > 1 || window.seconds < 4 * cadence.seconds)
      return []
    const expected = window.seconds / cadence.seconds
    const slack = ENDS + UNSAID * expected
    const holds = Math.abs(count.low - expected) <= slack
    return [
      claim('frequency', sentence, {
        stated: count.text,
        recomputed: `about ${show(Math.round(expected))}`,
        verdict: holds ? 'consistent' : 'contradicted',
        arithmetic: `${cadence.word} in ${window.written} is about ${show(Math.round(expected))} times${holds ? '' : `, not ${count.text}`}`,
      }),
    ]
  })
}

/** `26 weeks`, `six months`: units that are no quantity of their own. */
function weeksIn(
  text: string,
  figures: Quantity[],
): { figure: Quantity; seconds: number; written: string }[] {
  return figures.flatMap((figure) => {
    const unit = isCount(figure)
      ? /^\s(weeks|Wochen|semaines|semanas)(?!\p{L})/iu.exec(text.slice(figure.end))
      : null
    return unit ? [{ figure, seconds: figure.low * 7 * DAY, written: `${figure.text}${unit[0]}` }] : []
  })
}

/** `12 times`, `ran 12 …`, `12 runs`. */
function isOfRuns(text: string, { index, end }: Quantity, words: Survey['words']): boolean {
  const [before, after] = [text.slice(0, index), text.slice(end)]
  return (
    words.find('times', after.trimStart())?.index === 0 ||
    words.find('runs', after.trimStart())?.index === 0 ||
    words.find('occurred', after.trimStart())?.index === 0 ||
    new RegExp(String.raw`(?<!\p{L})${words.either('occurred')}\s$`, 'iu').test(before)
  )
}

/** Unless it is said that none was. */
function isSkipped(text: string, words: Survey['words']): boolean {
  return words
    .all('skipped', text)
    .some(
      ({ index }) =>
        !/(?:without|never|no|not|none|ohne|sans|sin)(?:\s\p{L}+){0,3}\s$/iu.test(text.slice(0, index)),
    )
}
