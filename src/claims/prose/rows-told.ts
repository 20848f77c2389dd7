/** A figure of prose against the row of a table that it is of: `diagnosis took 45 minutes` and `| Diagnosis | … | 32 min |`; and a sum against its column. */
import type { Claim } from '../claim.js'
import { nameWords } from '../matching.js'
import { overlaps, show, showAs, spread, type Quantity } from '../quantities.js'
import { claim } from '../say.js'
import type { Sentence } from '../sentences.js'
import type { Survey } from '../survey.js'
import { cellQuantity, partsOf } from '../tables.js'
import { figuresOf, isCount, isPlain, tellingWords, withoutFigures } from './figures.js'

const OPEN = [
  'supposed',
  'comparison',
  'setAside',
  'exceptions',
  'negation',
  'formerly',
  'mean',
  'median',
  'maximum',
  'minimum',
  'percentile',
  'notChange',
  'changeNoun',
] as const
const MOST_ROWS = 100
/** Of a label, and of what may stand beside it. */
const LONGEST_LABEL = 4

interface Row {
  label: string
  words: string[]
  line: number
  cells: { title: string; quantity: Quantity }[]
}

export function checkRowsTold(survey: Survey): Claim[] {
  const rows = rowsIn(survey)
  const own = rows.filter(({ label }) => rows.filter((one) => one.label === label).length === 1)
  const inside = new Set(survey.document.tables.flatMap((table) => table.rows.map(({ line }) => line)))
  return survey.sentences.flatMap((sentence) => {
    const { text, line } = sentence
    const figures = figuresOf(sentence, survey)
    const said = withoutFigures(text, figures)
    // A heading of what follows tells of that.
    const isSentence = /[.!;]\s*$/.test(text)
    if (!isSentence || inside.has(line) || OPEN.some((list) => survey.words.has(list, said))) return []
    const [figure, more] = figures
    return [
      ...(figure && !more && isPlain(figure) ? ofRow(sentence, figure, own, survey) : []),
      ...(figures.length <= 2
        ? figures.flatMap((one) => (isCount(one) ? ofColumn(sentence, one, figures, survey) : []))
        : []),
    ]
  })
}

function rowsIn(survey: Survey): Row[] {
  const { document, words, reader } = survey
  return document.tables.flatMap((table) => {
    const { parts, labels } = partsOf(table, words)
    if (parts.length < 2 || parts.length > MOST_ROWS) return []
    return parts.map(({ label, cells, line }) => ({
      label: nameWords(label).join(' '),
      words: nameWords(label),
      line,
      cells: cells.flatMap((cell, column) => {
        const title = table.header[column] ?? ''
        const quantity =
          column === labels || words.has('supposed', title) ? null : cellQuantity(reader, title, cell)
        return quantity ? [{ title, quantity }] : []
      }),
    }))
  })
}

/** The subject of the sentence is the label; its verb says that it lasted, or its noun is the column's. */
function ofRow(sentence: Sentence, figure: Quantity, rows: Row[], survey: Survey): Claim[] {
  const { text } = sentence
  const { words } = survey
  const named = rows.filter(
    (row) =>
      row.words.length > 0 &&
      row.words.length <= LONGEST_LABEL &&
      row.words.some((word) => /\p{L}{3}/u.test(word)) &&
      mentions(text, row.words),
  )
  const [row, more] = named
  if (!row || more) return []
  const cell =
    figure.dimension === 'time' ? timeOf(row, text, figure, words) : countOf(row, text, figure, words)
  if (!cell) return []
  const holds = overlaps(spread(figure), spread(cell.quantity))
  // Its own columns may be what the sentence adds up or takes apart.
  if (!holds && row.cells.some(({ quantity }) => quantity.low === figure.low)) return []
  return [
    claim(figure.dimension === 'time' ? 'duration' : 'count', sentence, {
      stated: figure.text,
      recomputed: cell.quantity.text,
      verdict: holds ? 'consistent' : 'contradicted',
      arithmetic: `the table says ${cell.quantity.text} (line ${row.line}, ${cell.title})${holds ? '' : `, not ${figure.text}`}`,
    }),
  ]
}

function mentions(text: string, label: string[]): boolean {
  return ` ${nameWords(text).join(' ')} `.includes(` ${label.join(' ')} `)
}

/** `Diagnosis took 45 minutes`, `zone loss recovered in 59 s`: nothing but the label before the verb, and the only time of the row. */
function timeOf(
  row: Row,
  text: string,
  figure: Quantity,
  words: Survey['words'],
): Row['cells'][number] | null {
  const times = row.cells.filter(({ quantity }) => quantity.dimension === 'time')
  const [time, more] = times
  const metric = time ? words.metricOf(time.title) : null
  if (!time || more || !isPlain(time.quantity) || metric === null) return null
  const isOfMetric =
    metric === 'duration' ||
    text.split(/[^\p{L}]+/u).some((word) => word !== '' && words.metricOf(word) === metric)
  const before = text.slice(0, figure.index)
  const verb = new RegExp(
    String.raw`(?<!\p{L})(?:${words.either('lastingVerb')}\s(?:for\s|us\s|the team\s)?|(?:${words.either('lastingVerb')}|\p{L}+ed)\s(?:in|within|after)\s)$`,
    'iu',
  ).exec(before)
  const subject = verb
    ? before
        .slice(0, verb.index)
        .split(/[,;:]\s/)
        .at(-1)!
    : ''
  const rest = tellingWords(subject, words)
    .flatMap((word) => nameWords(word))
    .filter((word) => !row.words.includes(word))
  return isOfMetric && verb && mentions(subject, row.words) && rest.length === 0 ? time : null
}

/** `In eu-west alone 1,450 users were affected`: the noun of the column, and nothing else that tells. */
function countOf(
  row: Row,
  text: string,
  figure: Quantity,
  words: Survey['words'],
): Row['cells'][number] | null {
  if (!isCount(figure)) return null
  const noun = nounBehind(text, figure)
  const cells = row.cells.filter(
    ({ title, quantity }) => noun !== null && nameWords(title).includes(noun) && isCount(quantity),
  )
  const [cell, more] = cells
  if (!cell || more || noun === null) return null
  return untold(text, [...row.words, ...nameWords(cell.title)], words).length === 0 ? cell : null
}

function nounBehind(text: string, { end }: Quantity): string | null {
  const word = /^\s(\p{L}[\p{L}-]+)/u.exec(text.slice(end))?.[1]
  return word ? nameWords(word)[0]! : null
}

/** Words of a sentence that neither the table nor grammar has. */
function untold(text: string, known: string[], words: Survey['words']): string[] {
  return tellingWords(text, words)
    .flatMap((word) => nameWords(word))
    .filter(
      (word) =>
        !known.includes(word) &&
        !/^\d/.test(word) &&
        words.numeralOf(word) === null &&
        !words.has('summing', word) &&
        !words.has('total', word),
    )
}

/** `Overall 5,360 users were affected in the three regions`: more than the column holds is too many, whoever is counted twice. */
function ofColumn(sentence: Sentence, figure: Quantity, figures: Quantity[], survey: Survey): Claim[] {
  const { text } = sentence
  const { words, document, reader } = survey
  const isWhole =
    words.has('summing', text) ||
    /^(?:overall|in sum)\b/i.test(text) ||
    words.find('total', text)?.index === 0
  const noun = nounBehind(text, figure)
  if (!isWhole || noun === null) return []
  const columns = document.tables.flatMap((table) => {
    const { parts, labels, isNested } = partsOf(table, words)
    return table.header.flatMap((title, column) => {
      const quantities = parts.map(({ cells }) => cellQuantity(reader, title, cells[column] ?? ''))
      const isMeant = column !== labels && nameWords(title).includes(noun) && !isNested && parts.length >= 2
      return isMeant && quantities.every((one) => one !== null && isCount(one))
        ? [{ title, line: table.line, label: table.header[labels] ?? '', values: quantities as Quantity[] }]
        : []
    })
  })
  const [column, more] = columns
  if (!column || more) return []
  // `in the three regions` counts the rows.
  if (figures.some((one) => one !== figure && !(isCount(one) && one.low === column.values.length))) return []
  if (untold(text, [...nameWords(column.title), ...nameWords(column.label)], words).length > 0) return []
  const sum = column.values.reduce((all, { low }) => all + low, 0)
  if (figure.low < sum) return []
  const holds = figure.low === sum
  return [
    claim('total', sentence, {
      stated: figure.text,
      recomputed: show(sum),
      verdict: holds ? 'consistent' : 'contradicted',
      arithmetic: `${column.values.map((one) => one.text).join(' + ')} = ${showAs(sum, 'number')} (line ${column.line})${holds ? '' : `, not ${figure.text}`}`,
    }),
  ]
}
