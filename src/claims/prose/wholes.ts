/** Parts of a stated whole in one sentence or two: `of the 27 outages eleven …, ten …, five … and three …`, `43.2 minutes; we used 27 of them, leaving 21.2`. */
import { groupedBy } from '../../facts/grouped.js'
import type { Claim } from '../claim.js'
import { show, showAs, type Quantity } from '../quantities.js'
import { claim } from '../say.js'
import type { Sentence } from '../sentences.js'
import type { Survey } from '../survey.js'
import { figuresIn, figuresOf, isCount, isPlain } from './figures.js'

const LEAST_PARTS = 3

export function checkWholes(survey: Survey): Claim[] {
  const paragraphs = groupedBy(survey.sentences, ({ paragraph }) => paragraph)
  return [
    ...survey.sentences.flatMap((sentence) => parts(sentence, survey)),
    ...[...paragraphs.values()].flatMap((sentences) => remainders(sentences, survey)),
  ]
}

/** Each part in its own place of the enumeration; more than the whole, or less where it is to be all. */
function parts(sentence: Sentence, survey: Survey): Claim[] {
  const { text, line } = sentence
  const { words } = survey
  const figures = figuresOf(sentence, survey)
  const [whole, ...rest] = figures
  if (!whole || !isCount(whole) || rest.length < LEAST_PARTS || !rest.every(isCount)) return []
  const isOpened = new RegExp(
    String.raw`^(?:\p{L}+\s){0,2}?(?:${words.either('outOf')}|${words.either('outOfThe')})\s(?:${words.either('outOfThe')}\s)?$`,
    'iu',
  ).test(text.slice(0, whole.index))
  if (
    !isOpened ||
    (['overlapping', 'exceptions', 'setAside', 'elsewhere', 'within', 'comparing'] as const).some((list) =>
      words.has(list, text),
    )
  )
    return []
  const joins = new RegExp(String.raw`(?:,|,?\s${words.either('joining')})\s(?:\p{L}{1,4}\s)?$`, 'iu')
  const areListed = rest.every((one, at) => at === 0 || joins.test(text.slice(rest[at - 1]!.end, one.index)))
  const isEnded = new RegExp(String.raw`${words.either('joining')}\s(?:\p{L}{1,4}\s)?$`, 'iu').test(
    text.slice(0, rest.at(-1)!.index),
  )
  const sum = rest.reduce((total, { low }) => total + low, 0)
  if (!areListed || !isEnded || sum < whole.low) return []
  const holds = sum === whole.low
  return [
    claim(
      'total',
      { line, text },
      {
        stated: whole.text,
        recomputed: show(sum),
        verdict: holds ? 'consistent' : 'contradicted',
        arithmetic: `${rest.map(({ low }) => show(low)).join(' + ')} = ${show(sum)}${holds ? '' : `, not ${whole.text}`}`,
      },
    ),
  ]
}

/** The whole, what is used of it, and what is left, in this order and with nothing of their kind between. */
function remainders(sentences: Sentence[], survey: Survey): Claim[] {
  const { words } = survey
  const text = sentences.map((one) => one.text).join(' ')
  if (text.length > 700 || !words.has('remaining', text)) return []
  const figures = figuresIn(text, survey).filter((one) => one.dimension !== 'percent')
  return figures.flatMap((left, at) => {
    const start = figures[at - 1]?.end ?? 0
    const isLeft =
      new RegExp(String.raw`(?<!\p{L})${words.either('leaving')}\s(?:\p{L}{1,5}\s)?$`, 'iu').test(
        text.slice(start, left.index),
      ) && isPlain(left)
    if (!isLeft) return []
    const used = figures
      .slice(0, at)
      .findLast(
        ({ index, end }) =>
          new RegExp(String.raw`^\s(?:\p{L}+\s)?${words.either('ofThem')}(?!\p{L})`, 'iu').test(
            text.slice(end),
          ) && words.has('consumed', text.slice(Math.max(0, index - 25), index)),
      )
    const before = used ? figures.slice(0, figures.indexOf(used)) : []
    const whole = before.at(-1)
    if (!used || !whole || !isPlain(used) || !isPlain(whole)) return []
    const told = text.slice(whole.index, left.end)
    if (words.has('setAside', told)) return []
    return judge({ whole, used, left }, sentences, text)
  })
}

function judge(
  { whole, used, left }: { whole: Quantity; used: Quantity; left: Quantity },
  sentences: Sentence[],
  text: string,
): Claim[] {
  const { unit, dimension } = [whole, used, left].find((one) => one.dimension === 'time') ?? whole
  const value = (one: Quantity) => (one.dimension === dimension ? one.low : one.low * unit)
  const rest = value(whole) - value(used)
  const slack = Math.max(
    ...[whole, used, left].map((one) => (one.dimension === dimension ? one.step : one.step * unit)),
  )
  if (rest <= 0) return []
  const holds = Math.abs(rest - value(left)) <= slack
  const of = sentences.findLast((one) => text.indexOf(one.text) <= left.index) ?? sentences[0]!
  return [
    claim('total', of, {
      stated: left.text,
      recomputed: showAs(rest, dimension),
      verdict: holds ? 'consistent' : 'contradicted',
      arithmetic: `${whole.text} - ${used.text} = ${showAs(rest, dimension)}${holds ? '' : `, not ${left.text}`}`,
    }),
  ]
}
