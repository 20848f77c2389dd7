/** "All tests start in staging", against the tables that say where each of them runs. */
import type { Claim } from '../claim.js'
import { isWithin, type TextLine } from '../document.js'
import { nameOf } from '../labels.js'
import { nameWords } from '../matching.js'
import { claim } from '../say.js'
import type { Survey } from '../survey.js'

/** An experiment in a table, and where that has it run. */
interface Placed {
  name: string
  cell: string
  line: number
}

const MOST_ROWS = 500

export function checkEnvironments(survey: Survey): Claim[] {
  const stated = survey.document.lines.flatMap((line) => statement(line, survey) ?? [])
  const rows = stated.length === 0 ? [] : placedRows(survey)
  if (rows.length === 0 || rows.length > MOST_ROWS) return []
  const straight = rows.filter((row) => isInProduction(row, survey) && !isInStaging(row, rows, survey))
  const names = straight.map(({ name }) => nameOf(name)).join(', ')
  const places = straight.map(({ line, name, cell }) => `line ${line}: “${name}” runs in “${cell}”`)
  return stated.map((one) =>
    claim('environment', one, {
      stated: 'all in staging first',
      recomputed:
        straight.length === 0
          ? `no row of ${rows.length} is in production only`
          : `${names}: production only`,
      verdict: straight.length === 0 ? 'consistent' : 'contradicted',
      arithmetic:
        straight.length === 0
          ? 'no row names production without staging'
          : `${places.join('; ')}, and nothing names staging for it`,
    }),
  )
}

/** A sentence by which every experiment is in staging before it is elsewhere. */
function statement(
  { line, text, isCode }: TextLine,
  { words }: Survey,
): { line: number; text: string } | null {
  const sentence = isCode || text.length > 600 ? undefined : text.split(/(?<=[.;!?])\s/).find(isStatement)
  return sentence === undefined ? null : { line, text: sentence }

  function isStatement(one: string): boolean {
    const start = words.find('startingIn', one)
    if (!start || words.has('exceptions', one)) return false
    const [before, after] = [one.slice(0, start.index), one.slice(start.index + start.length)]
    return (
      words.has('universal', before) &&
      words.has('experiments', before) &&
      (words.find('staging', after)?.index ?? Infinity) < 10
    )
  }
}

/** Rows of tables of experiments, not of what happened on a day, where some row names staging. */
function placedRows({ document, words }: Survey): Placed[] {
  return document.tables.flatMap(({ header, rows }) => {
    const columnOf = (list: 'environment' | 'experiments' | 'date') =>
      header.findIndex((title) => words.find(list, title)?.index === 0)
    const [environment, experiment] = [columnOf('environment'), columnOf('experiments')]
    if (environment < 0 || experiment < 0 || columnOf('date') >= 0) return []
    const placed = rows.map(({ line, cells }) => ({
      line,
      name: cells[experiment] ?? '',
      cell: cells[environment] ?? '',
    }))
    return placed.some(({ cell }) => words.has('staging', cell)) ? placed : []
  })
}

function isInProduction({ cell }: Placed, { words }: Survey): boolean {
  return words.has('production', cell) && !words.has('staging', cell)
}

/** Another row of the same experiment, the section about it, or any line that names it, names staging. */
function isInStaging({ name }: Placed, rows: Placed[], { document, words }: Survey): boolean {
  const id = nameOf(name)
  const said = nameWords(name)
  const isSame = (other: string): boolean => {
    const others = nameWords(other)
    const shorter = Math.min(said.length, others.length)
    return (
      nameOf(other) === id ||
      (shorter > 0 && said.slice(0, shorter).join() === others.slice(0, shorter).join())
    )
  }
  if (rows.some((row) => words.has('staging', row.cell) && isSame(row.name))) return true
  const sections = document.sections.filter(({ title, level }) => level <= 6 && isSame(title))
  return document.lines.some(({ text, section }) => {
    if (!words.has('staging', text)) return false
    const named = new Set(nameWords(text))
    return (
      text.includes(id) ||
      said.every((word) => named.has(word)) ||
      sections.some((own) => isWithin(section, own))
    )
  })
}
