/** A number of days in brackets or commas beside the two dates that it is between: `from 2026-03-01 to 2026-03-31 (31 days)`. */
import { daysNamedIn, showDay, soleYear, type NamedDay } from '../calendar.js'
import type { Claim } from '../claim.js'
import { DAY, weekday } from '../moments.js'
import { isPlain, figuresOf } from '../prose/figures.js'
import type { Quantity } from '../quantities.js'
import { claim } from '../say.js'
import type { Sentence } from '../sentences.js'
import type { Survey } from '../survey.js'

const OPEN = ['supposed', 'negation', 'exceptions', 'within', 'about', 'each', 'every'] as const

export function checkDateSpans(survey: Survey): Claim[] {
  const year = soleYear(survey.document)
  return survey.sentences.flatMap((sentence) => {
    const { text } = sentence
    if (!/\d{4}|\d{1,2}\D/.test(text) || OPEN.some((list) => survey.words.has(list, text))) return []
    const [from, to, more] = daysNamedIn(text, survey.words, year)
    if (!from || !to || more || to.day <= from.day || !isSpan(text, from, to, survey.words)) return []
    const [stated, other] = figuresOf(sentence, survey).filter((one) => isDays(one) && isTied(text, one, to))
    return stated && !other ? [judge(sentence, stated, from, to)] : []
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

function isDays(figure: Quantity): boolean {
  return figure.dimension === 'time' && figure.unit === DAY && isPlain(figure)
}

/** Nothing but a bracket or a comma between the dates and it, and alone in its clause. */
function isTied(text: string, { index, end }: Quantity, to: NamedDay): boolean {
  return (
    index >= to.end &&
    /^\s*[(,:–—]\s*$/.test(text.slice(to.end, index)) &&
    /^\s*(?:[).;,]|$)/.test(text.slice(end))
  )
}

/** The last day may count or not, and so may weekends. */
function judge(at: Sentence, stated: Quantity, from: NamedDay, to: NamedDay): Claim {
  const apart = to.day - from.day
  const weekdays = Array.from({ length: apart + 1 }, (_, at) => weekday(from.day + at))
  const working = weekdays.filter((day) => day >= 1 && day <= 5).length
  const said = stated.low / DAY
  const holds = [apart, apart + 1, working, working - 1].some((days) => Math.abs(days - said) < 1e-9)
  const span = `${showDay(from.day)} to ${showDay(to.day)} is ${apart} days, ${apart + 1} with the last`
  return claim('duration', at, {
    stated: stated.text,
    recomputed: `${apart} days`,
    verdict: holds ? 'consistent' : 'contradicted',
    arithmetic: `${span}${holds ? '' : `, not ${stated.text}`}`,
  })
}
