/** What a table calls met or successful, against the limit that stands beside it or that the text sets. */
import type { Claim } from '../claim.js'
import type { Table } from '../document.js'
import { showAs, type Quantity } from '../quantities.js'
import { claim } from '../say.js'
import type { Survey } from '../survey.js'
import { cellQuantity, partsOf, type Row } from '../tables.js'

interface Judged {
  row: Row
  isMet: boolean
  measured: Quantity
  limit: Quantity
}

const LEAST_HOLDING = 3

export function checkLimitsMet(survey: Survey): Claim[] {
  const limits = limitsIn(survey)
  return survey.document.tables.flatMap((table) => {
    const verdict = table.header.findIndex(
      (title, column) => column > 0 && isVerdict(title, column, table, survey),
    )
    if (verdict < 0) return []
    const beside = table.header.findIndex(
      (title, column) => column !== verdict && survey.words.has('limitColumn', title),
    )
    return table.header
      .flatMap((title, column) => {
        if (column === verdict || column === beside || survey.words.has('limitColumn', title)) return []
        const isOfMetric = survey.words.has('recoveryColumn', title)
        const [limit, more] = isOfMetric ? limits : []
        const read = partsOf(table, survey.words).parts.flatMap((row) =>
          judged(row, column, verdict, beside, more ? undefined : limit, table, survey),
        )
        return exceptionIn(read, table.header[verdict]!)
      })
      .slice(0, 1)
  })
}

function isVerdict(title: string, column: number, { rows }: Table, { words }: Survey): boolean {
  return words.has('met', title) && rows.every(({ cells }) => isYes(cells[column], words) !== null)
}

function isYes(cell: string | undefined, words: Survey['words']): boolean | null {
  const text = (cell ?? '').trim()
  if (words.find('yes', text)?.length === text.length) return true
  return words.find('no', text)?.length === text.length ? false : null
}

function judged(
  row: Row,
  column: number,
  verdict: number,
  beside: number,
  limit: Quantity | undefined,
  { header }: Table,
  { reader, words }: Survey,
): Judged[] {
  const measured = cellQuantity(reader, header[column]!, row.cells[column] ?? '')
  const bound = beside < 0 ? limit : cellQuantity(reader, header[beside]!, row.cells[beside] ?? '')
  const isPlain = measured?.low === measured?.high && measured?.bound === null && !measured.isAbout
  const isMet = isYes(row.cells[verdict], words)
  return measured &&
    bound &&
    isPlain &&
    bound.dimension === measured.dimension &&
    isMet !== null &&
    bound.bound !== 'above'
    ? [{ row, isMet, measured, limit: bound }]
    : []
}

/** In all other rows what is met is within the limit, and what is not is beyond it. */
function exceptionIn(read: Judged[], title: string): Claim[] {
  const holds = ({ isMet, measured, limit }: Judged): boolean => isMet === measured.low <= limit.high
  const failing = read.filter((one) => !holds(one))
  const [only] = failing
  if (failing.length !== 1 || read.length - 1 < LEAST_HOLDING) return []
  const { row, isMet, measured, limit } = only!
  // What kept the limit may have failed for another reason.
  if (!isMet) return []
  return [
    claim(
      'limit',
      { line: row.line, text: row.cells.join(' | ') },
      {
        stated: `${title}: yes`,
        recomputed: 'no',
        verdict: 'contradicted',
        arithmetic: `${measured.text} is more than the limit of ${showAs(limit.high, limit.dimension)}; in ${read.length - 1} other rows the two agree`,
      },
    ),
  ]
}

/** `an experiment is successful when the service recovers within 40 seconds`. */
function limitsIn({ sentences, words, reader }: Survey): Quantity[] {
  return sentences.flatMap(({ text }) => {
    const times = reader.in(text).filter(({ dimension }) => dimension === 'time')
    const [time] = times
    const isLimit =
      words.has('met', text) &&
      words.has('recoveryColumn', text) &&
      (words.has('limit', text) || words.has('atMost', text))
    return isLimit && times.length === 1 && time!.low === time!.high && !words.has('exceptions', text)
      ? [time!]
      : []
  })
}
