/** What no values can have: a mean beyond the extremes, a median above the largest, a p95 above it: `between 14 and 41 s, with a mean of 52 s`. */
import type { Claim } from '../claim.js'
import { showAs, type Quantity } from '../quantities.js'
import { claim } from '../say.js'
import type { Sentence } from '../sentences.js'
import type { Survey } from '../survey.js'
import { statedStatistics } from './clauses.js'
import { figuresOf, isPlain, tellingWords } from './figures.js'

const OPEN = ['supposed', 'comparison', 'weighted', 'exceptions', 'negation'] as const
/** Words that tell of something else, between one statistic and the next. */
const MOST_BETWEEN = 1

export function checkStatisticOrder(survey: Survey): Claim[] {
  return survey.sentences.flatMap((sentence) => {
    if (OPEN.some((list) => survey.words.has(list, sentence.text))) return []
    const stated = statedStatistics(sentence, survey)
    const range = rangeIn(sentence, survey)
    const middles = stated.filter(({ name }) => name === 'mean' || name === 'median')
    const lows = [
      ...stated.filter(({ name }) => name === 'minimum').map(({ figure }) => figure),
      ...(range ? [range.low] : []),
    ]
    const highs = [
      ...stated.filter(({ name }) => name === 'maximum').map(({ figure }) => figure),
      ...(range ? [range.high] : []),
    ]
    const [middle, more] = middles
    if (!middle || more || lows.length > 1 || highs.length > 1) return []
    return [
      ...lows.flatMap((low) =>
        areTied(sentence.text, low, middle.figure, survey) &&
        middle.figure.low + middle.figure.step <= low.low
          ? [judge(sentence, middle, low, 'smallest')]
          : [],
      ),
      ...highs.flatMap((high) =>
        areTied(sentence.text, high, middle.figure, survey) && middle.figure.low >= high.low + high.step
          ? [judge(sentence, middle, high, 'largest')]
          : [],
      ),
    ]
  })
}

/** `ranged from 14 to 41 s`, `between 14 s and 41 s`. */
function rangeIn(sentence: Sentence, survey: Survey): { low: Quantity; high: Quantity } | null {
  const { text } = sentence
  const figures = figuresOf(sentence, survey)
  const found = figures.flatMap((one, at) => {
    const before = text.slice(0, one.index)
    const isFrom = new RegExp(String.raw`(?<!\p{L})(?:${survey.words.either('spanFrom')})\s$`, 'iu').test(
      before,
    )
    const next = figures[at + 1]
    if (one.low !== one.high && one.bound === null && !one.signed)
      return [{ low: { ...one, high: one.low }, high: { ...one, low: one.high } }]
    const joins =
      next &&
      isPlain(one) &&
      isPlain(next) &&
      isFrom &&
      new RegExp(String.raw`^\s(?:${survey.words.either('spanTo')})\s$`, 'iu').test(
        text.slice(one.end, next.index),
      )
    if (!joins || next.low < one.low) return []
    return one.dimension === next.dimension ? [{ low: one, high: next }] : []
  })
  const isRange = /\b(?:rang|between|zwischen|entre|vari)/i.test(text)
  return isRange && found.length === 1 ? found[0]! : null
}

/** Of one kind, in neighbouring clauses, with nothing of another topic between. */
function areTied(text: string, extreme: Quantity, middle: Quantity, survey: Survey): boolean {
  if (extreme.dimension !== middle.dimension || !isPlain(middle)) return false
  const [first, last] = extreme.index < middle.index ? [extreme, middle] : [middle, extreme]
  const between = text.slice(first.end, last.index)
  if (/[.;:]\s/.test(between) || first.end > last.index) return false
  const telling = tellingWords(between, survey.words).filter(
    (word) =>
      !(['mean', 'median', 'maximum', 'minimum', 'about'] as const).some((list) =>
        survey.words.has(list, word),
      ) && !/^\d/.test(word),
  )
  return telling.length <= MOST_BETWEEN
}

function judge(
  at: Sentence,
  { name, figure }: { name: string; figure: Quantity },
  extreme: Quantity,
  which: string,
): Claim {
  const beyond = which === 'largest' ? 'above' : 'below'
  return claim('listed', at, {
    stated: figure.text,
    recomputed: `${which === 'largest' ? 'at most' : 'at least'} ${showAs(extreme.low, extreme.dimension)}`,
    verdict: 'contradicted',
    arithmetic: `a ${name} is never ${beyond} the ${which} value: ${showAs(figure.low, figure.dimension)} and ${showAs(extreme.low, extreme.dimension)}`,
  })
}
