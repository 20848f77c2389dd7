/** Days of the week beside their dates, and dates that are said to lie so many days apart. */
import { daysNamedIn, showDay, showWeekday, soleYear, type NamedDay } from '../calendar.js'
import type { Claim } from '../claim.js'
import type { Section } from '../document.js'
import { headingOf } from '../happenings.js'
import { weekday } from '../moments.js'
import { claim } from '../say.js'
import type { Survey } from '../survey.js'

const LEAST_DATES = 3

export function checkWeekdays(survey: Survey): Claim[] {
  const { document, sentences, words } = survey
  const year = soleYear(document)
  const rows = document.tables.flatMap(({ rows }) =>
    rows.flatMap(({ line, cells }) => cells.map((text) => ({ line, text }))),
  )
  return [...sentences, ...rows].flatMap(({ text, line }) => {
    const days = daysNamedIn(text, words, year)
    return days.flatMap((day, place) => beside(day, days.slice(place + 1), { text, line }, survey))
  })
}

/** `Tuesday, 17 November 2026`, `every second Thursday: 2 July, 16 July and 30 July`. */
function beside(
  day: NamedDay,
  later: NamedDay[],
  at: { text: string; line: number },
  { words }: Survey,
): Claim[] {
  const { text } = at
  const before = text.slice(0, day.index)
  const word = /(?<![\p{L}-])(\p{L}{3,10})(\.?,?\s(?:(?:the|der|dem|den|le|el|on|am)\s)?|:\s|\s\()$/u.exec(
    before,
  )
  const said = word === null ? null : dayOfWeek(word[1]!, word[2]!.startsWith(':') || word[2] === ' (', words)
  // `Jan 8 = Wed, Jan 12 = Sun`: the weekday belongs to the date before it.
  const isEquated = /^\s?=/.test(text.slice(day.end)) || /=\s?\p{L}+[^\p{L}]*$/u.test(before)
  if (said === null || isEquated) return []
  const isList = word![2]!.startsWith(':')
  const meant = isList ? [day, ...contiguous(day, later, text, words)] : [day]
  const wrong = meant.filter((one) => weekday(one.day) !== said)
  // In a list the word may be about the first of them only, and a single one off may be a holiday's.
  if (isList && (meant.length < 2 || (wrong.length > 0 && wrong.length < meant.length))) return []
  const [first] = wrong
  return [
    claim('weekday', at, {
      stated: `${word![1]} ${isList ? `(${meant.length} dates)` : day.text}`,
      recomputed: showWeekday((first ?? day).day),
      verdict: first ? 'contradicted' : 'consistent',
      arithmetic: first
        ? `${meant.map((one) => `${showDay(one.day)} is a ${showWeekday(one.day)}`).join(', ')}`
        : `${showDay(day.day)} is a ${showWeekday(day.day)}`,
    }),
  ]
}

/** The word alone is a day of the week, in the singular or in the plural; a list has no short form. */
function dayOfWeek(word: string, isList: boolean, words: Survey['words']): number | null {
  return words.weekdayOf(word) ?? (isList ? null : words.shortWeekdayOf(word))
}

function contiguous(day: NamedDay, later: NamedDay[], text: string, words: Survey['words']): NamedDay[] {
  const list: NamedDay[] = []
  let end = day.end
  for (const one of later) {
    if (
      !new RegExp(String.raw`^[\s,;]*${words.either('joining')}?\s*$`, 'iu').test(text.slice(end, one.index))
    )
      break
    list.push(one)
    end = one.end
  }
  return list
}

/** `four renewals, 60 days apart`, under a table of equal distances. */
export function checkDistances(survey: Survey): Claim[] {
  const { document, sentences, words, reader } = survey
  const year = soleYear(document)
  const dated = document.tables.flatMap(({ rows, section, line }) => {
    const days = rows.map(({ cells }) => daysNamedIn(cells[0] ?? '', words, year)[0]?.day)
    const steps = days.slice(1).map((day, index) => (day ?? NaN) - (days[index] ?? NaN))
    const [step] = steps
    return days.length >= LEAST_DATES && step !== undefined && steps.every((one) => one === step)
      ? [{ step, line, heading: headingOf(section), n: days.length }]
      : []
  })
  const others = (heading: Section) =>
    document.tables.filter((table) => headingOf(table.section) === heading).length
  return sentences.flatMap(({ text, line, section }) => {
    const word = words.find('apart', text)
    const stated =
      word && reader.in(text).findLast(({ dimension, end }) => dimension === 'time' && end <= word.index)
    const table = dated.find(({ heading }) => heading === headingOf(section))
    if (
      !stated ||
      !table ||
      others(headingOf(section)) !== 1 ||
      stated.step < 86_400 ||
      !/^\s$/.test(text.slice(stated.end, word.index))
    )
      return []
    if (stated.isAbout || stated.low !== stated.high || words.has('exceptions', text)) return []
    const holds = stated.low === table.step * 86_400
    return [
      claim(
        'calendar',
        { line, text },
        {
          stated: stated.text,
          recomputed: `${table.step} days`,
          verdict: holds ? 'consistent' : 'contradicted',
          arithmetic: `the ${table.n} dates listed on line ${table.line} are ${table.step} days apart each`,
        },
      ),
    ]
  })
}
