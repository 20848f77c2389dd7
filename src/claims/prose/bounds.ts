/** What is said never to be above a figure, or always below it, against the one series under the same heading. */
import type { Claim } from '../claim.js'
import { spread, type Quantity } from '../quantities.js'
import { claim } from '../say.js'
import type { Sentence } from '../sentences.js'
import type { Survey } from '../survey.js'
import { clauseAround } from './clauses.js'
import { figuresOf, isCount, isPlain } from './figures.js'
import { besideSeries, type Series } from './series.js'

/** How far a limit may lie from the values that it is of. */
const AWAY = 2

export function checkBounds(survey: Survey): Claim[] {
  return besideSeries(survey).flatMap(({ sentence, series }) => judge(sentence, series, survey))
}

function judge(sentence: Sentence, all: Series[], survey: Survey): Claim[] {
  const { text, line } = sentence
  const { words } = survey
  const figures = figuresOf(sentence, survey)
  return figures.flatMap((limit) => {
    if (isCount(limit) || !isPlain(limit)) return []
    const clause = clauseAround(text, limit)
    const way = wayOf(clause, text.slice(0, limit.index), survey)
    if (
      way === null ||
      isOpen(clause, words) ||
      figures.some((one) => one !== limit && clause.includes(one.text))
    )
      return []
    const like = all.filter(({ values }) => values[0]!.dimension === limit.dimension && isNear(limit, values))
    const [series] = like
    if (like.length !== 1 || !series) return []
    const beyond = series.values.filter((one) => {
      const { low, high } = spread(one)
      return way === 'below' ? low >= limit.high : high <= limit.low
    })
    const holds = beyond.length === 0
    if (!holds && beyond.length * 2 > series.values.length) return []
    return [
      claim(
        'limit',
        { line, text },
        {
          stated: limit.text,
          recomputed: holds
            ? `none of ${series.values.length} is beyond`
            : beyond.map((one) => one.text).join(', '),
          verdict: holds ? 'consistent' : 'contradicted',
          arithmetic: holds
            ? `all ${series.values.length} values listed on line ${series.line} keep to ${limit.text}`
            : `${beyond.map((one) => one.text).join(', ')} of the ${series.values.length} values listed on line ${series.line} ${beyond.length === 1 ? 'is' : 'are'} ${way === 'below' ? 'above' : 'below'} ${limit.text}`,
        },
      ),
    ]
  })
}

/** `never above 1.5 %` and `always below 1.5 %` keep values below it. */
function wayOf(clause: string, before: string, { words }: Survey): 'below' | 'above' | null {
  const near = (list: 'exceeding' | 'fallingShort') =>
    new RegExp(String.raw`(?<!\p{L})${words.either(list)}\s(?:\p{L}{1,3}\s)?$`, 'iu').test(before)
  const isNever = words.has('never', clause)
  const isAlways = words.has('always', clause)
  if (isNever === isAlways) return null
  if (near('exceeding')) return isNever ? 'below' : 'above'
  if (near('fallingShort')) return isNever ? 'above' : 'below'
  return null
}

function isOpen(clause: string, words: Survey['words']): boolean {
  return (['elsewhere', 'future', 'exceptions', 'setAside', 'notMeant', 'demanded'] as const).some((list) =>
    words.has(list, clause),
  )
}

function isNear(limit: Quantity, values: Quantity[]): boolean {
  const own = values.map(({ low }) => low)
  return limit.low >= Math.min(...own) / AWAY && limit.low <= Math.max(...own) * AWAY
}
