/** Hours of work of several people: what they add up to, and what so many people come to in so much time. */
import type { Claim } from '../claim.js'
import { show, type Quantity } from '../quantities.js'
import { claim } from '../say.js'
import type { Sentence } from '../sentences.js'
import type { Survey } from '../survey.js'
import { figuresOf, isCount, isPlain } from './figures.js'

const MOST_PARTS = 8
const FAR = 70
const OPEN = [
  'supposed',
  'negation',
  'about',
  'nearly',
  'moreThan',
  'atMost',
  'comparison',
  'exceptions',
  'overlapping',
  'setAside',
] as const

interface Effort {
  quantity: Quantity
  /** The unit of time in which it counts, in seconds: 3600 of person-hours. */
  unit: number
  written: string
  end: number
}

export function checkEfforts(survey: Survey): Claim[] {
  return survey.sentences.flatMap((sentence) => {
    const efforts = effortsIn(sentence, survey)
    if (efforts.length === 0 || OPEN.some((list) => survey.words.has(list, sentence.text))) return []
    const [first] = efforts
    if (efforts.some(({ unit, quantity }) => unit !== first!.unit || !isPlain(quantity))) return []
    return efforts.length === 1 ? multiplied(sentence, first!, survey) : added(sentence, efforts, survey)
  })
}

/** `12 person-hours`: a number, and behind it what it counts. */
function effortsIn(sentence: Sentence, survey: Survey): Effort[] {
  return figuresOf(sentence, survey).flatMap((quantity) => {
    const said =
      quantity.dimension === 'number' ? survey.words.effortIn(sentence.text.slice(quantity.end)) : null
    if (!said || said.index > 1) return []
    const end = quantity.end + said.index + said.word.length
    return [{ quantity, unit: said.unit, written: sentence.text.slice(quantity.index, end), end }]
  })
}

/** `12 person-hours for A and 8 for B, 20 person-hours in total`: every figure of the sentence is such an effort. */
function added(sentence: Sentence, efforts: Effort[], survey: Survey): Claim[] {
  const { text } = sentence
  const { words } = survey
  const [total, ...rest] = efforts.toReversed()
  const parts = rest.toReversed()
  if (!total || parts.length < 2 || parts.length > MOST_PARTS) return []
  if (
    figuresOf(sentence, survey).length !== efforts.length ||
    words.has('each', withoutEfforts(text, efforts))
  )
    return []
  const before = text.slice(parts.at(-1)!.end, total.quantity.index)
  const after = text.slice(total.end).trimStart()
  const isTotal = words.has('summing', before) || words.find('summing', after)?.index === 0
  const areJoined = parts.slice(1).every((part, at) => {
    const between = text.slice(parts[at]!.end, part.quantity.index)
    return between.length <= FAR && !/[.;:(]\s/.test(between)
  })
  if (!isTotal || !areJoined || /[.;!?]\s/.test(before)) return []
  const sum = parts.reduce((all, { quantity }) => all + quantity.low, 0)
  const written = parts.map(({ quantity }) => quantity.text).join(' + ')
  return [effortClaim(sentence, total, sum, `${written} = ${show(sum)}`)]
}

/** `5 engineers spent 3 hours each: 15 person-hours`. */
function multiplied(sentence: Sentence, total: Effort, survey: Survey): Claim[] {
  const { text } = sentence
  const [people, time, own, more] = figuresOf(sentence, survey)
  if (!people || !time || more || own !== total.quantity || !isCount(people)) return []
  // Nobody works 24 hours on a day: days of work are not told in hours, nor hours in days.
  if (time.dimension !== 'time' || !isPlain(time) || time.unit !== total.unit) return []
  const [between, tail] = [text.slice(people.end, time.index), text.slice(time.end, total.quantity.index)]
  if (!arePeople(between, survey) || !isApiece(tail, survey)) return []
  const saysResult = /^[^.;!?]{0,40}[,:=(–—]\s?(?:[\p{L}]+\s){0,3}$/u.test(tail)
  if (!saysResult || /[.;:!?,(]/.test(between) || between.length > FAR) return []
  const product = (people.low * time.low) / total.unit
  return [effortClaim(sentence, total, product, `${people.text} × ${time.text} = ${show(product)}`)]
}

/** `5 engineers`, `5 tired engineers`: of incidents or drills nobody knows how many took part. */
function arePeople(behind: string, { words }: Survey): boolean {
  return new RegExp(String.raw`^\s(?:[\p{L}-]+\s)?${words.either('people')}(?!\p{L})`, 'iu').test(behind)
}

/** `each`, not `each day` nor `each in both months`: alone, or with one thing on which it was spent. */
function isApiece(tail: string, { words }: Survey): boolean {
  const [said] = new RegExp(String.raw`^\s${words.either('apiece')}(?!\p{L})`, 'iu').exec(tail) ?? []
  const rest = said === undefined ? '' : tail.slice(said.length)
  const next = /^\s(\p{L}+)\s\p{L}/u.exec(rest)?.[1]
  const isAlone = /^\s?[,:=(–—]/.test(rest)
  return isAlone || (next !== undefined && words.has('spentOn', next) && !words.has('always', rest))
}

function effortClaim(at: Sentence, total: Effort, value: number, sum: string): Claim {
  const holds = Math.abs(value - total.quantity.low) <= total.quantity.step / 2
  return claim('total', at, {
    stated: total.written,
    recomputed: show(value),
    verdict: holds ? 'consistent' : 'contradicted',
    arithmetic: `${sum}${holds ? '' : `, not ${total.quantity.text}`}`,
  })
}

function withoutEfforts(text: string, efforts: Effort[]): string {
  return efforts.reduceRight(
    (left, { quantity, end }) => `${left.slice(0, quantity.index)} ${left.slice(end)}`,
    text,
  )
}
