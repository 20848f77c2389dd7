/** Figures with the words that say what they are: a part of a sentence between commas, an item of a list, a row of two cells. */
import { groupedBy } from '../../facts/grouped.js'
import type { Quantity } from '../quantities.js'
import type { Section } from '../document.js'
import type { Survey } from '../survey.js'
import { figuresIn, isPlain } from './figures.js'

export interface Labelled {
  figure: Quantity
  /** What stands beside it, without the figure. */
  label: string
  text: string
  line: number
}

const LONGEST = 200
const MOST = 40

/** Figures that are said of one thing: those of a sentence, of a list, of a table of labels and values. */
export function labelledTogether(survey: Survey): { of: Labelled[]; section: Section }[] {
  return [...sentencesOf(survey), ...listsOf(survey), ...tablesOf(survey)].filter(
    ({ of }) => of.length >= 3 && of.length <= MOST,
  )
}

function sentencesOf(survey: Survey): { of: Labelled[]; section: Section }[] {
  return survey.sentences.flatMap(({ text, line, section }) => {
    const parts = text.split(/[,;:(]\s|\)|\sand\s|\sund\s|\set\s|\sy\s|\s[–—]\s/u).map((part) => part.trim())
    const of = parts.flatMap((part) => labelledIn(part, { text, line }, survey) ?? [])
    return of.length >= 3 ? [{ of, section }] : []
  })
}

function listsOf(survey: Survey): { of: Labelled[]; section: Section }[] {
  const items = survey.document.lines.filter(({ isItem, text }) => isItem && text.length <= LONGEST)
  return [...groupedBy(items, ({ block }) => block).values()].map((lines) => ({
    section: lines[0]!.section,
    of: lines.flatMap(({ text, line }) => labelledIn(text, { text, line }, survey) ?? []),
  }))
}

function tablesOf(survey: Survey): { of: Labelled[]; section: Section }[] {
  return survey.document.tables
    .filter(({ header }) => header.length === 2)
    .map(({ rows, section }) => ({
      section,
      of: rows.flatMap(({ cells, line }) => {
        const text = cells.join(' | ')
        const [figure, more] = figuresIn(cells[1] ?? '', survey)
        return figure && !more && isPlain(figure) ? [{ figure, label: cells[0] ?? '', text, line }] : []
      }),
    }))
}

/** Null where there is more than one, or none. */
function labelledIn(part: string, at: { text: string; line: number }, survey: Survey): Labelled | null {
  const [figure, more] = figuresIn(part, survey)
  if (!figure || more || !isPlain(figure)) return null
  return { figure, label: `${part.slice(0, figure.index)} ${part.slice(figure.end)}`.trim(), ...at }
}
