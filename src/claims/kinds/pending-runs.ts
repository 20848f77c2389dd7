/** A log of runs in which experiments stand that nobody ran: planned is not tested. */
import type { Claim } from '../claim.js'
import { nameOf } from '../labels.js'
import { dayIn } from '../moments.js'
import { claim } from '../say.js'
import type { Survey } from '../survey.js'
import { partsOf } from '../tables.js'

export function checkPendingRuns({ document, words }: Survey): Claim[] {
  return document.tables.flatMap((table) => {
    const columnOf = (list: 'date' | 'experiments' | 'result') =>
      table.header.findIndex((title) => words.find(list, title)?.index === 0)
    const [date, experiment, result] = [columnOf('date'), columnOf('experiments'), columnOf('result')]
    const { parts } = partsOf(table, words)
    if (date < 0 || experiment < 0 || result < 0 || parts.length < 2) return []
    const isEmpty = (cell = '') => !/[\p{L}\p{N}]/u.test(cell) || words.find('pending', cell)?.index === 0
    const names = [...new Set(parts.map(({ cells }) => nameOf(cells[experiment] ?? '')))]
    const ran = new Set(
      parts
        .filter(({ cells }) => dayIn(cells[date] ?? '') !== null && !isEmpty(cells[result]))
        .map(({ cells }) => nameOf(cells[experiment] ?? '')),
    )
    const isOpen = parts.every(
      ({ cells }) =>
        ran.has(nameOf(cells[experiment] ?? '')) || (isEmpty(cells[result]) && isEmpty(cells[date])),
    )
    const waiting = names.filter((name) => !ran.has(name))
    if (waiting.length === 0 || !isOpen) return []
    return [
      claim(
        'run',
        { line: table.line, text: table.header.join(' | ') },
        {
          stated: `${names.length} experiments`,
          recomputed: `${ran.size} of ${names.length} with a run`,
          verdict: 'unsupported',
          arithmetic: `the log has neither date nor result for ${waiting.join(', ')}: planned is not tested`,
        },
      ),
    ]
  })
}
