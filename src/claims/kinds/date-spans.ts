/** A number of days beside the two dates that it is between: `from 2026-03-01 to 2026-03-31 (31 days)`. */
import { daysNamedIn, showDay, soleYear, type NamedDay } from '../calendar.js'
import type { Claim } from '../claim.js'
import { DAY, weekday } from '../moments.js'
import { figuresOf, isCount, isPlain } from '../prose/figures.js'
import { claim } from '../say.js'
import type { Sentence } from '../sentences.js'
import type { Survey } from '../survey.js'

/** Of a week any number of days may be those on which something was done; of more, none that is off by a day or two. */
const WEEK = 7
/** What one miscounts by. */
const NEAR = 2
const OPEN = ['supposed', 'negation', 'exceptions', 'within', 'about', 'each', 'every'] as const

export function checkDateSpans(survey: Survey): Claim[] {
  const year = soleYear(survey.document)
  return survey.sentences.flatMap((sentence) => {
    const { text } = sentence
    if (!/\d{4}|\d{1,2}\D/.test(text) || isOpen(text, survey.words)) return []
    const [from, to, more] = daysNamedIn(text, survey.words, year)
    if (!from || !to || more || to.day <= from.day || !isSpan(text, from, to, survey.words)) return []
    const [stated, other] = daysIn(sentence, survey).filter((one) => one.index >= to.end)
    return stated && !other ? judge(sentence, stated, from, to, survey.words) : []
  })
}

/** `31 days inclusive` leaves nothing out. */
function isOpen(text: string, words: Survey['words']): boolean {
  const rest = text.replace(new RegExp(String.raw`(?<!\p{L})${words.either('inclusive')}(?=\))`, 'iu'), '')
  return OPEN.some((list) => words.has(list, rest))
}

interface Days {
  count: number
  isWorking: boolean
  text: string
  index: number
  end: number
}

/** `31 days`, `31 calendar days`, `20 working days`. */
function daysIn(sentence: Sentence, survey: Survey): Days[] {
  const { text } = sentence
  const kinds = String.raw`(${survey.words.either('workingDays')})|${survey.words.either('calendarDays')}`
  const expression = new RegExp(String.raw`^\s(?:${kinds})(?!\p{L})`, 'iu')
  return figuresOf(sentence, survey).flatMap((figure): Days[] => {
    const [kind = '', working] = expression.exec(text.slice(figure.end)) ?? []
    const isDay = figure.dimension === 'time' ? figure.unit === DAY : isCount(figure) && kind !== ''
    if (!isDay || !isPlain(figure)) return []
    const { index, unit, low } = figure
    const end = figure.end + kind.length
    const count = low / unit
    return [{ count, isWorking: working !== undefined, text: text.slice(index, end), index, end }]
  })
}

/** `from 1 June to 30 June`, `between … and …`, `1 June – 30 June`; two dates that are merely listed are none. */
function isSpan(text: string, from: NamedDay, to: NamedDay, words: Survey['words']): boolean {
  const between = text.slice(from.end, to.index)
  const opens = new RegExp(String.raw`(?<!\p{L})${words.either('spanFrom')}\s(?:the\s)?$`, 'iu')
  const joins = new RegExp(String.raw`^\s${words.either('spanTo')}\s(?:the\s)?$`, 'iu')
  return (
    /^\s?(?:–|—|-|→|->)\s?$/.test(between) || (opens.test(text.slice(0, from.index)) && joins.test(between))
  )
}

/** A bracket that holds nothing else, `that is 31 days`, `= 31 days`: it is said to be how long the span is. */
function isSaid(text: string, { index, end }: Days, to: NamedDay, words: Survey['words']): boolean {
  const [, bracket, tail] = /^\s*(\()?[,–—]?\s?([^(]*?)\s?$/u.exec(text.slice(to.end, index)) ?? []
  if (tail === undefined) return false
  const isRestated = tail === '=' || words.find('restates', tail)?.length === tail.length
  const closes = bracket ? String.raw`\)` : String.raw`(?:[).;,]|$)`
  const rest = new RegExp(String.raw`^(?:,?\s${words.either('inclusive')})?\s?${closes}`, 'iu')
  return (isRestated || (bracket !== undefined && tail === '')) && rest.test(text.slice(end))
}

/** Alone in its clause, `…, 31 days.`: it may be the span, or how much of it something took. */
function isBeside(text: string, { index, end }: Days, to: NamedDay): boolean {
  return /^\s*[,:–—]\s*$/.test(text.slice(to.end, index)) && /^\s*(?:[).;,]|$)/.test(text.slice(end))
}

/** The last day may count or not, and so may weekends. Fewer days are as well those on which something was done. */
function judge(at: Sentence, stated: Days, from: NamedDay, to: NamedDay, words: Survey['words']): Claim[] {
  const apart = to.day - from.day
  const weekdays = Array.from({ length: apart + 1 }, (_, at) => weekday(from.day + at))
  const working = weekdays.filter((day) => day >= 1 && day <= 5).length
  const { count, isWorking, text } = stated
  const holds = [...(isWorking ? [] : [apart, apart + 1]), working, working - 1].includes(count)
  const isMiscounted = !isWorking && apart + 1 > WEEK && apart + 1 - count <= NEAR
  const cannotBe = count > apart + 1 || (Number.isInteger(count) && isMiscounted)
  const isTied = isSaid(at.text, stated, to, words)
  if (holds ? !isTied && !isBeside(at.text, stated, to) : !isTied || !cannotBe) return []
  const span = `${showDay(from.day)} to ${showDay(to.day)} is ${apart} days, ${apart + 1} with the last`
  return [
    claim('duration', at, {
      stated: text,
      recomputed: isWorking ? `${working} weekdays` : `${apart} days`,
      verdict: holds ? 'consistent' : 'contradicted',
      arithmetic: isWorking
        ? `${span}, ${working} of them weekdays${holds ? '' : `, not ${text}`}`
        : `${span}${holds ? '' : `, not ${text}`}`,
    }),
  ]
}
