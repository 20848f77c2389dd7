/** The weekday on which something always is, against the dates that are listed under the same heading. */
import { groupedBy } from '../../facts/grouped.js'
import { daysNamedIn, showDay, showWeekday, soleYear } from '../calendar.js'
import type { Claim } from '../claim.js'
import type { Section } from '../document.js'
import { headingOf } from '../happenings.js'
import { weekday } from '../moments.js'
import { claim } from '../say.js'
import type { Survey } from '../survey.js'

const LEAST = 4

interface Listed {
  day: number
  text: string
  line: number
}

export function checkWeekdayLists(survey: Survey): Claim[] {
  const { sentences, words } = survey
  const rules = sentences.flatMap(({ text, section, line }) => {
    const said = words.find('everyWeekday', text)
    const day = said ? words.weekdayOf(text.slice(said.index, said.index + said.length + 14)) : null
    const isOther = (['exceptions', 'setAside', 'elsewhere', 'negation'] as const).some((list) =>
      words.has(list, text),
    )
    return day === null || isOther ? [] : [{ day, line, heading: headingOf(section) }]
  })
  if (rules.length === 0) return []
  const lists = listedDays(survey)
  return rules.flatMap(({ day, line, heading }) => {
    const own = lists.filter((one) => one.heading === heading)
    const [list] = own
    if (own.length !== 1 || rules.filter((one) => one.heading === heading).length !== 1) return []
    const others = list!.days.filter((one) => weekday(one.day) !== day)
    // All but one keep to it.
    if (list!.days.length < LEAST || others.length !== 1) return []
    const [other] = others
    return [
      claim('calendar', other!, {
        stated: showDay(other!.day),
        recomputed: showWeekday(other!.day),
        verdict: 'contradicted',
        arithmetic: `${showDay(other!.day)} is a ${showWeekday(other!.day)}; line ${line} says when they are, and ${list!.days.length - 1} others are so`,
      }),
    ]
  })
}

/** Dates with which every item of a list, or every row of a table, begins. */
function listedDays({ document, words }: Survey): { heading: Section; days: Listed[] }[] {
  const year = soleYear(document)
  const items = groupedBy(
    document.lines.filter(({ isItem }) => isItem),
    ({ block }) => block,
  )
  const leading = (text: string, line: number): Listed[] => {
    const [first, more] = daysNamedIn(text, words, year)
    return first && !more && first.index <= 14 ? [{ day: first.day, text, line }] : []
  }
  const lists = [...items.values()].map((lines) => ({
    heading: headingOf(lines[0]!.section),
    days: lines.flatMap(({ text, line }) => leading(text, line)),
    count: lines.length,
  }))
  const tables = document.tables.map(({ rows, section }) => ({
    heading: headingOf(section),
    days: rows.flatMap(({ cells, line }) => leading(cells.join(' | '), line)),
    count: rows.length,
  }))
  return [...lists, ...tables].filter(({ days, count }) => days.length === count && count >= LEAST)
}
