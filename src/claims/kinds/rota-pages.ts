/** Who is paged on a day, against the rota that says who is first in line then. */
import { daysNamedIn, showDay, soleYear } from '../calendar.js'
import type { Claim } from '../claim.js'
import { around, type Document, type Section } from '../document.js'
import { headingOf } from '../happenings.js'
import { claim } from '../say.js'
import type { Survey } from '../survey.js'

interface Shift {
  from: number
  /** The day on which it hands over. */
  to: number
  primary: string
}

interface Rota {
  shifts: Shift[]
  people: string[]
  line: number
}

const MOST_SHIFTS = 120
const WEEK = 7

export function checkRotaPages(survey: Survey): Claim[] {
  const { document, sentences, words } = survey
  const year = soleYear(document)
  const rotas = rotasIn(document, year, survey)
  const [rota] = rotas
  if (!rota || rotas.length > 1) return []
  const seen = new Set<string>()
  let [heading, last]: [Section | null, number | null] = [null, null]
  return sentences.flatMap(({ text, line, section }) => {
    if (headingOf(section) !== heading) [heading, last] = [headingOf(section), null]
    const inText = daysNamedIn(text, words, year)
    if (inText.length > 1) return []
    const titles = around(section).flatMap(({ title }) => daysNamedIn(title, words, year).slice(0, 1))
    last = inText[0]?.day ?? last
    const day = last ?? titles[0]?.day ?? null
    const person = pagedIn(text, rota.people, survey)
    const key = `${heading.line} ${day}`
    // Whoever is paged later that day may be paged because the first one did not answer.
    if (!person || day === null || seen.has(key)) return []
    seen.add(key)
    const on = rota.shifts.filter(({ from, to }) => day >= from && day <= to)
    const isSwapped = document.lines.some((one) => words.has('swap', one.text) && one.text.includes(person))
    if (on.length === 0 || isSwapped) return []
    const holds = on.some(({ primary }) => primary === person)
    return [
      claim(
        'rota',
        { line, text },
        {
          stated: person,
          recomputed: [...new Set(on.map(({ primary }) => primary))].join(' or '),
          verdict: holds ? 'consistent' : 'contradicted',
          arithmetic: `on ${showDay(day)} the rota (line ${rota.line}) has ${on.map(({ primary, from }) => `${primary} from ${showDay(from)}`).join(', ')}${holds ? '' : `, not ${person}`}`,
        },
      ),
    ]
  })
}

/** Tables with a date in each row, ascending, and who is first in line from then on. */
function rotasIn({ tables }: Document, year: number | null, { words }: Survey): Rota[] {
  return tables.flatMap(({ header, rows, line }) => {
    const columnOf = (list: 'primary' | 'secondary') =>
      header.findIndex((title) => words.find(list, title)?.index === 0)
    const [primary, secondary] = [columnOf('primary'), columnOf('secondary')]
    const dates = header.flatMap((_, column) =>
      rows.every(({ cells }) => startIn(cells[column]) !== null) ? [column] : [],
    )
    if (primary < 0 || dates.length === 0 || rows.length < 2 || rows.length > MOST_SHIFTS) return []
    const starts = rows.map(({ cells }) => startIn(cells[dates[0]!])!)
    const isAscending = starts.every((day, index) => index === 0 || day > starts[index - 1]!)
    const lengths = new Set(starts.slice(1).map((day, index) => day - starts[index]!))
    const people = rows.flatMap(({ cells }) => [
      cells[primary] ?? '',
      secondary < 0 ? '' : (cells[secondary] ?? ''),
    ])
    if (!isAscending || lengths.size > 1 || !rows.every(({ cells }) => isName(cells[primary] ?? '', words)))
      return []
    const length = [...lengths][0] ?? WEEK
    const shifts = rows.map(({ cells }, index) => ({
      from: starts[index]!,
      to: starts[index]! + length,
      primary: cells[primary]!,
    }))
    return [{ shifts, people: [...new Set(people)].filter((name) => isName(name, words)), line }]
  })

  function startIn(cell = ''): number | null {
    return daysNamedIn(cell, words, year)[0]?.day ?? null
  }
}

function isName(name: string, words: Survey['words']): boolean {
  return /^\p{Lu}[\p{L}.'’ -]*$/u.test(name) && !words.has('teams', name)
}

/** `pages Ada`, `llama a Inés`, `Sven wird gerufen`: the person who is paged, when it says nothing of why. */
function pagedIn(text: string, people: string[], { words }: Survey): string | null {
  if (words.has('secondary', text) || words.has('negation', text) || words.has('universal', text)) return null
  const names = people.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')
  const active = new RegExp(
    String.raw`(?<!\p{L})${words.either('page')}\s(?:a\s|to\s)?(${names})(?!\p{L})`,
    'iu',
  ).exec(text)
  const passive = new RegExp(
    String.raw`(?<!\p{L})(${names})\s${words.either('isPaged')}(?!\p{L})`,
    'iu',
  ).exec(text)
  const found = (active ?? passive)?.[1]
  return people.find((name) => name.toLowerCase() === found?.toLowerCase()) ?? null
}
