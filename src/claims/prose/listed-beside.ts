/** A mean, median or extreme with its values in brackets or behind a colon, each with what it is of: `4 min on average (A 2 min, B 3 min, C 4 min)`. */
import type { Claim } from '../claim.js'
import { overlaps, showAs, spread, type Quantity } from '../quantities.js'
import { claim } from '../say.js'
import type { Sentence } from '../sentences.js'
import { computed, STATISTICS } from '../statistics.js'
import type { Survey } from '../survey.js'
import { figuresOf, isPlain } from './figures.js'

const LEAST = 2
const MOST = 40
/** Between the statistic and its values. */
const FAR = 40
const OPEN = ['weighted', 'supposed', 'selected', 'comparison', 'exceptions', 'setAside'] as const

export function checkListedBeside(survey: Survey): Claim[] {
  return survey.sentences.flatMap((sentence) => {
    const list = listIn(sentence, survey)
    return list ? judge(sentence, list, survey) : []
  })
}

interface Listed {
  /** What is said before the values, in its own clause. */
  said: string
  stated: Quantity
  values: Quantity[]
}

/** One figure before, and one of its kind in every item. */
function listIn(sentence: Sentence, survey: Survey): Listed | null {
  const { text } = sentence
  const figures = figuresOf(sentence, survey)
  const opened = [...text.matchAll(/\(|:\s/g)]
  for (const { index, 0: mark } of opened) {
    const from = index + mark.length
    const until =
      from + (mark === '(' ? /^[^()]*/ : /^[^():.]*(?:\.\d[^():.]*)*/).exec(text.slice(from))![0].length
    const stated = figures.findLast((one) => one.end <= index)
    const items = text
      .slice(from, until)
      .split(
        new RegExp(
          String.raw`;\s|,\s(?:${survey.words.either('joining')}\s)?|\s${survey.words.either('joining')}\s`,
          'iu',
        ),
      )
    if (!stated || stated.dimension === 'percent' || !isPlain(stated) || index - stated.end > FAR) continue
    const start = Math.max(
      0,
      ...[...text.slice(0, stated.index).matchAll(/[.;:,(]\s/g)].map((one) => one.index + 1),
    )
    const inside = figures.filter((one) => one.index >= from && one.end <= until)
    const values = inside.filter((one) => one.dimension === stated.dimension)
    const isWhole =
      values.length === items.length &&
      values.every(isPlain) &&
      items.every((item) => values.some((one) => item.includes(one.text)))
    const others = inside.length - values.length
    if (isWhole && values.length >= LEAST && values.length <= MOST && others === 0)
      return { said: text.slice(start, index), stated, values }
  }
  return null
}

function judge(sentence: Sentence, { said, stated, values }: Listed, { words }: Survey): Claim[] {
  const { text } = sentence
  const named = STATISTICS.filter((name) => words.has(name, said))
  const [name] = named
  if (
    !name ||
    named.length > 1 ||
    OPEN.some((list) => words.has(list, text)) ||
    words.has('percentile', said)
  )
    return []
  // `3 runs on average: …`
  if (stated.dimension === 'number' && Number.isInteger(stated.low) && stated.low === values.length) return []
  const of = (side: 'low' | 'high') =>
    computed(
      name,
      values.map((one) => spread(one)[side]),
    )
  const exact = computed(
    name,
    values.map(({ low }) => low),
  )
  const holds = overlaps(spread(stated), { low: of('low'), high: of('high') })
  const isNear =
    stated.low <= 3 * Math.max(...values.map(({ low }) => low)) &&
    stated.low * 3 >= Math.min(...values.map(({ low }) => low))
  if (!holds && !isNear) return []
  return [
    claim('listed', sentence, {
      stated: stated.text,
      recomputed: showAs(exact, stated.dimension),
      verdict: holds ? 'consistent' : 'contradicted',
      arithmetic: `${NAMES[name]} of ${values.map((one) => one.text).join(', ')} is ${showAs(exact, stated.dimension)}${holds ? '' : `, not ${stated.text}`}`,
    }),
  ]
}

const NAMES = { mean: 'the mean', median: 'the median', maximum: 'the largest', minimum: 'the smallest' }
