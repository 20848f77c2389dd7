/** What is said to hold for all runs, against the one column of times under the same heading: `all runs recovered within 30 s`. */
import type { Claim } from '../claim.js'
import { headingOf } from '../happenings.js'
import { columnListings } from '../listings.js'
import { showAs } from '../quantities.js'
import { claim } from '../say.js'
import type { Survey } from '../survey.js'

const LEAST = 3

export function checkUniversalLimits(survey: Survey): Claim[] {
  const { document, sentences, words, reader } = survey
  const columns = document.tables.flatMap((table) =>
    columnListings(table, survey)
      .filter(({ values }) => values[0]!.dimension === 'time' && values.length >= LEAST)
      .map((listing) => ({ ...listing, title: table.header[listing.column]!, rows: table.rows.length })),
  )
  if (columns.length === 0) return []
  return sentences.flatMap(({ text, line, section }) => {
    if (words.find('universal', text)?.index !== 0 || isDemand(text, survey)) return []
    const times = reader.in(text).filter(({ dimension }) => dimension === 'time')
    const own = columns.filter((column) => headingOf(column.section) === headingOf(section))
    const [[limit], [column]] = [times, own]
    if (
      times.length !== 1 ||
      own.length !== 1 ||
      reader.in(text).length !== 1 ||
      limit!.low !== limit!.high ||
      limit!.isAbout
    )
      return []
    const before = text.slice(0, limit!.index)
    const isBelow = new RegExp(String.raw`(?<!\p{L})${words.either('atMost')}\s(?:the\s)?$`, 'iu').test(
      before,
    )
    const isOfColumn = words.metricOf(before) === 'recovery' && words.has('recoveryColumn', column!.title)
    if (!isBelow || !isOfColumn || !words.has('runs', before) || limit!.low === 0) return []
    const above = column!.values.filter(({ low }) => low > limit!.high)
    return [
      claim(
        'limit',
        { line, text },
        {
          stated: limit!.text,
          recomputed:
            above.length === 0
              ? `none of ${column!.values.length} is above`
              : above.map((one) => one.text).join(', '),
          verdict: above.length === 0 ? 'consistent' : 'contradicted',
          arithmetic:
            above.length === 0
              ? `all values of line ${column!.line} are at most ${showAs(limit!.low, 'time')}`
              : `${above.map((one) => one.text).join(', ')} of the ${column!.values.length} values listed on line ${column!.line} ${above.length === 1 ? 'is' : 'are'} more than ${limit!.text}`,
        },
      ),
    ]
  })
}

/** What is to be is no finding. */
function isDemand(text: string, { words }: Survey): boolean {
  return (['exceptions', 'elsewhere', 'future', 'negation'] as const).some((list) => words.has(list, text))
}
