/** "All tests start in staging", against the tables that say where each of them runs. */
import type { Claim } from '../claim.js'
import { isWithin, type TextLine } from '../document.js'
import { nameOf } from '../labels.js'
import { claim } from '../say.js'
import type { Survey } from '../survey.js'
import { partsOf, type Row } from '../tables.js'

export function checkEnvironments(survey: Survey): Claim[] {
  const stated = survey.document.lines.flatMap((line) => statement(line, survey) ?? [])
  const rows = stated.length === 0 ? [] : placedRows(survey)
  if (rows.length === 0) return []
  const elsewhere = rows.filter((one) => one.isProductionOnly && !isInStaging(one, rows, survey))
  const named = [...new Map(elsewhere.map((one) => [nameOf(one.row.label), one])).values()]
  const holds = named.length === 0
  return stated.map(({ line, sentence }) =>
    claim(
      'environment',
      { line, text: sentence },
      {
        stated: 'all in staging first',
        recomputed: holds
          ? `all of ${rows.length} rows`
          : named.map(({ row }) => nameOf(row.label)).join(', ') + ': production only',
        verdict: holds ? 'consistent' : 'contradicted',
        arithmetic: holds
          ? 'no row names production without staging'
          : named.map(({ row, cell }) => `line ${row.line}: “${row.label}” runs in “${cell}”`).join('; ') +
            ', and nothing names staging for it',
      },
    ),
  )
}

/** A sentence by which everything is in staging before it is elsewhere. */
function statement(
  { line, text, isCode }: TextLine,
  { words }: Survey,
): { line: number; sentence: string } | null {
  if (isCode || text.length > 600) return null
  const sentence = text.split(/(?<=[.;!?])\s/).find((one) => {
    const first = words.find('first', one)
    return (
      first !== null &&
      words.has('staging', one.slice(first.index, first.index + first.length + 25)) &&
      words.has('universal', one.slice(0, first.index)) &&
      words.has('experiments', one.slice(0, first.index))
    )
  })
  return sentence === undefined ? null : { line, sentence }
}

interface Placed {
  row: Row
  cell: string
  isProductionOnly: boolean
}

/** Rows of tables with a column for the environment, where some row names staging. */
function placedRows({ document, words }: Survey): Placed[] {
  return document.tables.flatMap((table) => {
    const column = table.header.findIndex((title) => words.find('environment', title)?.index === 0)
    if (column < 0) return []
    const experiment = table.header.findIndex((title) => words.find('experiments', title)?.index === 0)
    const rows = partsOf(table, words).parts.map((row) => ({
      ...row,
      label: row.cells[Math.max(0, experiment)] ?? '',
    }))
    const placed = rows.map((row): Placed => {
      const cell = row.cells[column] ?? ''
      return {
        row,
        cell,
        isProductionOnly: words.has('production', cell) && !words.has('staging', cell),
      }
    })
    return placed.some(({ cell }) => words.has('staging', cell)) ? placed : []
  })
}

/** Another row of the same experiment, or the section about it, names staging. */
function isInStaging({ row }: Placed, rows: Placed[], { document, words }: Survey): boolean {
  const name = nameOf(row.label)
  const ofSame = rows.filter((one) => nameOf(one.row.label) === name)
  if (ofSame.some(({ cell }) => words.has('staging', cell))) return true
  const sections = document.sections.filter(({ title, level }) => level <= 6 && nameOf(title) === name)
  return document.lines.some(
    ({ text, section }) => words.has('staging', text) && sections.some((own) => isWithin(section, own)),
  )
}
