/** A change told beside both its figures, or beside the earlier one alone: `from 119.8 ms to 84.9 ms, a reduction of 29.1%`. */
import type { Claim } from '../claim.js'
import { show, showAs, type Quantity } from '../quantities.js'
import { claim } from '../say.js'
import type { Sentence } from '../sentences.js'
import { statisticsIn } from '../statistics.js'
import type { Survey } from '../survey.js'

const ABOUT = 0.15

export function checkStatedChanges(survey: Survey): Claim[] {
  const sentences = survey.sentences.filter(({ text }) => text.includes('%'))
  return sentences.flatMap((sentence) => fromTo(sentence, survey) ?? sinceThen(sentence, survey) ?? [])
}

/** The one percentage of a sentence that compares, and the one pair `from A to B` in it. */
function fromTo(sentence: Sentence, { reader, words }: Survey): Claim[] | null {
  const { text } = sentence
  const quantities = reader.in(text)
  const found = new RegExp(
    String.raw`(?<!\p{L})${words.either('changeFrom')}\s(?:\p{L}+\s){0,2}?(?=\d)`,
    'giu',
  )
  const places = [...text.matchAll(found)].map(({ index, 0: written }) => index + written.length)
  const pairs = quantities.flatMap((from) => {
    const to = quantities.find((one) => one.index > from.end - 1)
    const joins =
      to &&
      new RegExp(String.raw`^(?:\s[\p{L}/]+)?\s${words.either('changeTo')}\s(?:\p{L}+\s)?$`, 'iu').test(
        text.slice(from.end, to.index),
      )
    // `12 min → 8 min` needs no word before it.
    const isArrow = to && /^\s?(?:→|->|=>|➔|⇒)\s?$/u.test(text.slice(from.end, to.index))
    return to && ((joins && places.includes(from.index)) || isArrow) ? [{ from, to }] : []
  })
  const percentages = quantities.filter(
    (one) => one.dimension === 'percent' && !pairs.some(({ from, to }) => from === one || to === one),
  )
  const [[pair], [stated]] = [pairs, percentages]
  if (!pair || !stated || pairs.length > 1 || percentages.length > 1 || words.has('notChange', text))
    return null
  const { from, to } = pair
  const isSame = from.dimension === to.dimension || from.dimension === 'number'
  if (!isSame || !isPlain(from) || !isPlain(to) || !isPlain(stated) || from.low === 0) return null
  if (stated.index < from.index) return beforePair(sentence, stated, from, to, { reader, words } as Survey)
  const before = unitBefore(from, to)
  if (before === 0 || /[.;"“”»]/.test(text.slice(to.end, stated.index)) || !comparesWith(text, stated, words))
    return null
  const start = { text: from.text, low: before, step: (from.step * before) / from.low }
  return [changeClaim(sentence, start, to, stated, words.has('speed', text))]
}

/** `improved by 50 %, from 12 min to 8 min`: the percentage first, and next to nothing between. */
function beforePair(
  sentence: Sentence,
  stated: Quantity,
  from: Quantity,
  to: Quantity,
  { words }: Survey,
): Claim[] | null {
  const { text } = sentence
  const before = unitBefore(from, to)
  const between = text.slice(stated.end, from.index)
  const noun = words.find('changeNoun', between)
  const rest = (noun ? between.slice(noun.index + noun.length) : between).replace(/[^\p{L}]+/gu, ' ').trim()
  const isNext = new RegExp(
    String.raw`^(?:${words.either('changeFrom')}|of|in)?(?:\s?\p{L}+){0,3}$`,
    'iu',
  ).test(rest)
  const isChange =
    words.has('changeNoun', text.slice(Math.max(0, stated.index - 50), stated.index)) || noun?.index === 1
  if (before === 0 || !isChange || !isNext || /[.;]\s/.test(between) || words.has('supposed', text))
    return null
  const start = { text: from.text, low: before, step: (from.step * before) / from.low }
  return [changeClaim(sentence, start, to, stated, words.has('speed', text))]
}

/** `from 45 to 30 s`: the unit stands once. */
function unitBefore(from: Quantity, to: Quantity): number {
  return from.dimension === to.dimension ? from.low : from.low * to.unit
}

/** `a reduction of 29 %`, `20 % more`, `by 20 %`, `(-29 %)`. */
function comparesWith(text: string, stated: Quantity, words: Survey['words']): boolean {
  const [before, after] = [
    text.slice(Math.max(0, stated.index - 40), stated.index),
    text.slice(stated.end, stated.end + 20),
  ]
  const isOf = new RegExp(String.raw`^\s${words.either('outOf')}\s`, 'iu').test(after)
  const said =
    new RegExp(
      String.raw`(?<!\p{L})(?:${words.either('changeBy')}|un|una|eine|einen|a|an)\s(?:(?:about|etwa|environ|rund)\s)?$`,
      'iu',
    ).test(before) && words.has('changeNoun', before)
  const more = words.find('comparing', after.trimStart())?.index === 0
  return !isOf && (said || more)
}

interface Base {
  text: string
  low: number
  step: number
}

function changeClaim(
  at: Sentence,
  from: Base,
  to: Pick<Quantity, 'low' | 'step' | 'text'>,
  stated: Quantity,
  isSpeed: boolean,
): Claim {
  const value = 100 * (to.low / from.low - 1)
  const rounding = (100 * (Math.abs(to.step / from.low) + Math.abs((to.low * from.step) / from.low ** 2))) / 2
  const slack = Math.max(stated.step, stated.isAbout ? ABOUT * Math.abs(stated.low) : 0) + rounding
  // How much faster something is, is also said of how often it can be done.
  const others = isSpeed ? [value, 100 * (from.low / to.low - 1)] : [value]
  const holds = others.some((one) => Math.abs(Math.abs(one) - Math.abs(stated.low)) < slack)
  return claim('change', at, {
    stated: stated.text,
    recomputed: `${value > 0 ? '+' : ''}${show(value)} %`,
    verdict: holds ? 'consistent' : 'contradicted',
    arithmetic: `${from.text} to ${to.text} is ${value > 0 ? '+' : ''}${show(value)} %${holds ? '' : `, not ${stated.text}`}`,
  })
}

/** `In September the mean was 53.2 s; it fell by 17%`, and the one mean that the document gives besides. */
function sinceThen(sentence: Sentence, survey: Survey): Claim[] | null {
  const { reader, words } = survey
  const all = survey.sentences
  const before = all.filter(
    ({ paragraph, line }) => paragraph === sentence.paragraph && line <= sentence.line,
  )
  const told = before.map(({ text }) => text).join(' ')
  const percentages = reader.in(told).filter(({ dimension }) => dimension === 'percent')
  const earlier = statisticsIn(told, survey)
  const [[stated], [then]] = [percentages, earlier]
  if (
    !stated ||
    !then ||
    percentages.length > 1 ||
    earlier.length > 1 ||
    !isPlain(stated) ||
    reader.in(told).length !== 2
  )
    return null
  const way = wayOf(told.slice(then.quantity.end), words)
  const isBy = new RegExp(String.raw`(?<!\p{L})${words.either('changeBy')}\s$`, 'iu').test(
    told.slice(0, stated.index),
  )
  const isSaid = new RegExp(
    String.raw`(?:${words.either('fallen')}|${words.either('risen')})\s(?:\p{L}{1,3}\s)?$`,
    'iu',
  ).test(told.slice(0, stated.index))
  if (way === 0 || !(isBy || isSaid)) return null
  const now = all
    .filter(({ paragraph }) => paragraph !== sentence.paragraph)
    .flatMap(({ text }) => statisticsIn(text, survey))
    .filter(({ name, quantity }) => name === then.name && quantity.dimension === then.quantity.dimension)
  const [only] = now
  if (!only || new Set(now.map(({ quantity }) => quantity.low)).size !== 1) return null
  const expected = then.quantity.low * (1 + (way * stated.low) / 100)
  const slack =
    then.quantity.step +
    only.quantity.step +
    (then.quantity.low * stated.step) / 100 +
    (stated.isAbout ? ABOUT * Math.abs(expected - then.quantity.low) : 0)
  const holds = Math.abs(expected - only.quantity.low) <= slack
  const value = 100 * (only.quantity.low / then.quantity.low - 1)
  return [
    claim('change', sentence, {
      stated: stated.text,
      recomputed: `${value > 0 ? '+' : ''}${show(value)} %`,
      verdict: holds ? 'consistent' : 'contradicted',
      arithmetic: `${then.quantity.text} to ${only.quantity.text} is ${value > 0 ? '+' : ''}${show(value)} %${holds ? '' : `; ${stated.text} would give ${showAs(expected, only.quantity.dimension)}`}`,
    }),
  ]
}

/** -1 for what fell, 1 for what rose. */
function wayOf(text: string, words: Survey['words']): number {
  const [down, up] = [words.has('fallen', text), words.has('risen', text)]
  return down === up ? 0 : down ? -1 : 1
}

function isPlain({ low, high, bound, isUnsure }: Quantity): boolean {
  return low === high && bound === null && !isUnsure
}
