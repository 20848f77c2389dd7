/** One field, one value: what a table says of a thing against what the section about it says. */
import type { Claim } from '../claim.js'
import { isWithin, type Section, type Table } from '../document.js'
import { match } from '../matching.js'
import { overlaps, spread, type Quantity } from '../quantities.js'
import { claim } from '../say.js'
import type { Survey } from '../survey.js'
import { cellQuantity, partsOf, type Row } from '../tables.js'

interface Pair {
  row: Row
  section: Section
}

export function checkAgreement(survey: Survey): Claim[] {
  return survey.document.tables.flatMap((table) => {
    const pairs = pairsOf(table, survey)
    return pairs.length < 3
      ? []
      : [...levels(table, pairs, survey), ...efforts(table, pairs, survey), ...means(table, pairs, survey)]
  })
}

/** Rows with the heading that is about the same thing, outside the table's own section. */
function pairsOf(table: Table, { document, words }: Survey): Pair[] {
  const { parts } = partsOf(table, words)
  const headings = document.sections.filter(({ level }) => level >= 1 && level <= 6)
  const places = match(
    parts.map(({ label }) => label),
    headings.map(({ title }) => title),
  )
  return parts.flatMap((row, index) => {
    const place = places[index]
    return place === null || place === undefined || isWithin(table.section, headings[place]!)
      ? []
      : [{ row, section: headings[place]! }]
  })
}

/** High, medium or low, where section and table agree on nearly all: then they mean the same field. */
function levels(table: Table, pairs: Pair[], { document, words }: Survey): Claim[] {
  const levelAt = (text: string) => {
    const found = words.find('levels', text)
    const alone =
      found?.index === 0 && /^(?:\s+\p{L}+)?\s*(?:$|[^\p{L}\p{N}\s])/u.test(text.slice(found.length))
    return alone ? text.slice(0, found.length).toLowerCase() : null
  }
  return table.header.flatMap((title, column) => {
    if (!pairs.every(({ row }) => levelAt(row.cells[column] ?? '') !== null)) return []
    const read = pairs.map(({ row, section }) => {
      const own = document.lines.filter(
        (line) => isWithin(line.section, section) && levelAt(line.text) !== null,
      )
      return { row, own: own.length === 1 ? own[0]! : null, level: levelAt(row.cells[column]!)! }
    })
    const same = read.filter(({ own, level }) => own && levelAt(own.text) === level)
    if (read.some(({ own }) => own === null) || same.length < 3 || same.length * 4 < read.length * 3)
      return []
    return read
      .filter((one) => !same.includes(one))
      .map(({ row, own, level }) =>
        claim(
          'agreement',
          { line: row.line, text: row.cells.join(' | ') },
          {
            stated: `${title}: ${level}`,
            recomputed: levelAt(own!.text),
            verdict: 'contradicted',
            arithmetic: `${level} here, ${levelAt(own!.text)} on line ${own!.line} (“${own!.text.slice(0, 60)}”); the two agree for ${same.length} of ${read.length}`,
          },
        ),
      )
  })
}

/** The effort that a section gives itself. */
function efforts(table: Table, pairs: Pair[], { document, reader, words }: Survey): Claim[] {
  const column = table.header.findIndex((title) => words.has('effort', title))
  if (column < 0) return []
  return pairs.flatMap(({ row, section }) => {
    const stated = cellQuantity(reader, table.header[column]!, row.cells[column] ?? '')
    const own = document.lines.flatMap((line) => {
      const isOwn =
        isWithin(line.section, section) &&
        [line.text, line.section.title].some((text) => words.find('effort', text)?.index === 0)
      const [quantity, more] = isOwn ? reader.in(line.text) : []
      return quantity?.dimension === 'time' && !more ? [{ quantity, line: line.line }] : []
    })
    return stated?.dimension === 'time' && own.length === 1 && own[0]!.quantity.unit === stated.unit
      ? [sameClaim(row, stated, own[0]!, (a, b) => a.low === b.low && a.high === b.high)]
      : []
  })
}

/** The mean that a section gives its own runs. */
function means(table: Table, pairs: Pair[], { statements, reader, words }: Survey): Claim[] {
  const column = table.header.findIndex((title) => words.has('mean', title))
  const metric = column < 0 ? null : words.metricOf(table.header[column]!)
  if (metric === null) return []
  return pairs.flatMap(({ row, section }) => {
    const stated = cellQuantity(reader, table.header[column]!, row.cells[column] ?? '')
    const own = statements.filter(
      (one) =>
        one.statistic === 'mean' &&
        one.metric === metric &&
        !one.isElsewhere &&
        isWithin(one.section, section) &&
        one.quantity.dimension === stated?.dimension &&
        one.quantity.bound === null,
    )
    return stated && own.length === 1
      ? [sameClaim(row, stated, own[0]!, (a, b) => overlaps(spread(a), spread(b)))]
      : []
  })
}

function sameClaim(
  row: Row,
  stated: Quantity,
  own: { quantity: Quantity; line: number },
  same: (a: Quantity, b: Quantity) => boolean,
): Claim {
  const holds = same(stated, own.quantity)
  return claim(
    'agreement',
    { line: row.line, text: row.cells.join(' | ') },
    {
      stated: stated.text,
      recomputed: own.quantity.text,
      verdict: holds ? 'consistent' : 'contradicted',
      arithmetic: `line ${own.line} says ${own.quantity.text}${holds ? ' too' : `, here it is ${stated.text}`}`,
    },
  )
}
