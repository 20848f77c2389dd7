/** A log of runs in which experiments stand that nobody ran: planned is not tested. */
import type { Claim } from '../claim.js'
import { around, type Table } from '../document.js'
import { nameOf } from '../labels.js'
import { dayIn } from '../moments.js'
import { claim } from '../say.js'
import type { Survey } from '../survey.js'

interface Entry {
  name: string
  /** It has a date and a result; null where it has one of them only. */
  hasRun: boolean | null
}

export function checkPendingRuns(survey: Survey): Claim[] {
  const { document, words } = survey
  const logs = document.tables.flatMap((table) => {
    const entries = entriesOf(table, survey)
    return entries ? [{ table, entries }] : []
  })
  const ran = new Set(
    logs.flatMap(({ entries }) => entries.filter(({ hasRun }) => hasRun !== false).map(({ name }) => name)),
  )
  return logs.flatMap(({ table, entries }) => {
    const names = [...new Set(entries.map(({ name }) => name))]
    const waiting = names.filter((name) => !ran.has(name))
    const isPlan = around(table.section).some(
      ({ title }) => words.has('future', title) || words.has('pending', title),
    )
    if (waiting.length === 0 || names.length < 2 || isPlan) return []
    return [
      claim(
        'run',
        { line: table.line, text: table.header.join(' | ') },
        {
          stated: `${names.length} experiments`,
          recomputed: `${waiting.length} of ${names.length} without a run`,
          verdict: 'unsupported',
          arithmetic: `the log has neither date nor result for ${waiting.join(', ')}: planned is not tested`,
        },
      ),
    ]
  })
}

/** Rows of a table with a date, an experiment and a result; null for any other. */
function entriesOf({ header, rows }: Table, { words }: Survey): Entry[] | null {
  const columnOf = (list: 'date' | 'experiments' | 'result') =>
    header.findIndex((title) => words.find(list, title)?.index === 0)
  const [date, experiment, result] = [columnOf('date'), columnOf('experiments'), columnOf('result')]
  if (date < 0 || experiment < 0 || result < 0) return null
  const isEmpty = (cell = '') => !/[\p{L}\p{N}]/u.test(cell) || words.find('pending', cell)?.index === 0
  return rows.flatMap(({ cells }) => {
    const name = nameOf(cells[experiment] ?? '')
    const [isDated, isOpen] = [dayIn(cells[date] ?? '') !== null, isEmpty(cells[result])]
    const hasRun = isDated && !isOpen ? true : isOpen && isEmpty(cells[date]) ? false : null
    return isEmpty(name) ? [] : [{ name, hasRun }]
  })
}
