/** By how much a row of a table went up or down, against its two figures: `the median grew by 40 %` and `| p50 | 210 ms | 260 ms |`. */
import type { Claim } from '../claim.js'
import { headingOf } from '../happenings.js'
import { nameWords } from '../matching.js'
import { show, type Quantity } from '../quantities.js'
import { claim } from '../say.js'
import type { Sentence } from '../sentences.js'
import type { Survey } from '../survey.js'
import { cellQuantity } from '../tables.js'
import { figuresOf, isPlain, tellingWords } from './figures.js'

const OPEN = ['supposed', 'comparison', 'setAside', 'exceptions', 'negation', 'notChange'] as const

interface Pair {
  label: string[]
  before: Quantity
  after: Quantity
  line: number
}

export function checkChangesOfRows(survey: Survey): Claim[] {
  const { sentences, words } = survey
  return sentences.flatMap((sentence) => {
    const said = sentence.text.split(/[;,]\s|\swhile\s/)
    if (!sentence.text.includes('%') || !words.has('changeNoun', sentence.text)) return []
    const pairs = pairsBeside(sentence, survey)
    return pairs.length === 0 ? [] : said.flatMap((clause) => judge(sentence, clause, pairs, survey))
  })
}

/** Rows of the only table under the same heading that has two columns of values. */
function pairsBeside({ section }: Sentence, { document, reader, words }: Survey): Pair[] {
  const tables = document.tables.filter((table) => headingOf(table.section) === headingOf(section))
  const [table] = tables
  if (tables.length !== 1 || !table || table.header.length !== 3) return []
  return table.rows.flatMap(({ cells, line }) => {
    const [label = '', ...rest] = cells
    const values = rest.map((cell, at) => cellQuantity(reader, table.header[at + 1] ?? '', cell))
    const [before, after] = values
    if (values.length !== 2 || !before || !after || before.dimension !== after.dimension) return []
    return isPlain(before) && isPlain(after) && before.low > 0
      ? [{ label: namesOf(label, words), before, after, line }]
      : []
  })
}

/** `p50` is called the median as well. */
function namesOf(label: string, words: Survey['words']): string[] {
  return words.has('median', label) ? ['median', 'p50'] : [nameWords(label).join(' ')]
}

/** Nothing but the label, a word for the change and its percentage. */
function judge(sentence: Sentence, clause: string, pairs: Pair[], survey: Survey): Claim[] {
  const { words } = survey
  const figures = figuresOf({ ...sentence, text: clause }, survey).filter(
    ({ dimension }) => dimension === 'percent',
  )
  const [stated, more] = figures
  const isBy =
    stated &&
    new RegExp(String.raw`(?<!\p{L})${words.either('changeBy')}\s$`, 'iu').test(clause.slice(0, stated.index))
  if (!stated || more || !isPlain(stated) || !isBy || OPEN.some((list) => words.has(list, clause))) return []
  const subject = clause.slice(0, stated.index)
  const noun = words.find('changeNoun', subject)
  const own = nameWords(tellingWords(subject.slice(0, noun?.index ?? 0), words).join(' ')).join(' ')
  const named = pairs.filter(({ label }) => label.includes(own))
  const [pair, another] = named
  if (
    !noun ||
    !pair ||
    another ||
    subject
      .slice(noun.index + noun.length)
      .trim()
      .split(/\s+/).length > 1
  )
    return []
  const value = 100 * (pair.after.low / pair.before.low - 1)
  const slack = stated.step + (50 * (pair.before.step + pair.after.step)) / pair.before.low
  const holds = Math.abs(Math.abs(value) - stated.low) <= slack
  // The other way round, of the later figure, is said as well.
  const reverse = 100 * (pair.before.low / pair.after.low - 1)
  if (!holds && Math.abs(Math.abs(reverse) - stated.low) <= slack) return []
  return [
    claim('change', sentence, {
      stated: stated.text,
      recomputed: `${value > 0 ? '+' : ''}${show(value)} %`,
      verdict: holds ? 'consistent' : 'contradicted',
      arithmetic: `${pair.before.text} to ${pair.after.text} (line ${pair.line}) is ${value > 0 ? '+' : ''}${show(value)} %${holds ? '' : `, not ${stated.text}`}`,
    }),
  ]
}
