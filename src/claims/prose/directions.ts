/** The word for which way a figure went, against the two figures: `improved from 121 seconds to 178`. */
import type { Claim } from '../claim.js'
import { showAs, type Quantity } from '../quantities.js'
import { claim } from '../say.js'
import type { Sentence } from '../sentences.js'
import type { Survey } from '../survey.js'
import { figuresOf, isPlain } from './figures.js'

const FAR = 30

export function checkDirections(survey: Survey): Claim[] {
  return survey.sentences.flatMap((sentence) => judge(sentence, survey))
}

function judge(sentence: Sentence, survey: Survey): Claim[] {
  const { text, line } = sentence
  const { words } = survey
  if (words.has('elsewhere', text) || words.has('negation', text) || words.has('comparison', text)) return []
  const figures = figuresOf(sentence, survey)
  const from = new RegExp(String.raw`(?<!\p{L})${words.either('changeFrom')}\s(?:\p{L}{1,5}\s)?$`, 'iu')
  const to = new RegExp(
    String.raw`^(?:\s[\p{L}/]+)?,?\s${words.either('changeTo')}\s(?:\p{L}{1,5}\s)?$`,
    'iu',
  )
  return figures.slice(1).flatMap((after, at) => {
    const before = figures[at]!
    if (!from.test(text.slice(0, before.index)) || !to.test(text.slice(before.end, after.index))) return []
    if (!isPlain(before) || !isPlain(after)) return []
    const start = figures[at - 1]?.end ?? 0
    const said = text
      .slice(start, before.index)
      .split(/[;:,(]\s/)
      .at(-1)!
    const way = wayOf(said.slice(-FAR - 30), before, after, survey)
    const [first, last] = [inUnitOf(before, after), after.low]
    if (way === null || first === null || first === last) return []
    const holds = way === 'down' ? last < first : last > first
    if (holds) return []
    return [
      claim(
        'change',
        { line, text },
        {
          stated: `${before.text} to ${after.text}`,
          recomputed: last > first ? 'more' : 'less',
          verdict: 'contradicted',
          arithmetic: `${showAs(first, after.dimension)} to ${showAs(last, after.dimension)} is ${last > first ? 'more' : 'less'}, and the sentence says that it went ${way}`,
        },
      ),
    ]
  })
}

/** What got better got shorter, of times; what fell is less and what rose is more, of anything. */
function wayOf(said: string, before: Quantity, after: Quantity, { words }: Survey): 'down' | 'up' | null {
  const found = [
    ...words.all('fallen', said).map(({ index }) => ({ index, way: 'down' as const })),
    ...words.all('risen', said).map(({ index }) => ({ index, way: 'up' as const })),
  ].toSorted((a, b) => b.index - a.index)[0]
  if (found) return found.way
  const isTime =
    [before, after].some(({ dimension }) => dimension === 'time') &&
    before.dimension !== 'percent' &&
    after.dimension !== 'percent'
  return isTime && words.has('bettered', said) && !words.has('longerIsBetter', said) ? 'down' : null
}

/** `from 45 to 30 s` and `from 121 seconds to 178`: the unit may stand once. */
function inUnitOf(before: Quantity, after: Quantity): number | null {
  if (before.dimension === after.dimension) return before.low
  if (before.dimension === 'number') return before.low * after.unit
  return after.dimension === 'number' ? before.low / before.unit : null
}
