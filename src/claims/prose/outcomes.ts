/** How many runs are said to have passed, against the one table that says of each run whether it did: `all four runs passed`, `7 of the 8 runs failed`. */
import type { Claim } from '../claim.js'
import { around, type Table } from '../document.js'
import { headingOf } from '../happenings.js'
import type { Quantity } from '../quantities.js'
import { claim } from '../say.js'
import type { Sentence } from '../sentences.js'
import type { Survey } from '../survey.js'
import { isNarrowed } from '../topic.js'
import { figuresOf, isCount } from './figures.js'

const LEAST = 3
const MOST = 200
const OPEN = ['exceptions', 'supposed', 'setAside', 'comparison', 'otherTests', 'negation'] as const

interface Outcomes {
  table: Table
  passed: number
  failed: number
  /** Of the rows that failed: their lines. */
  lines: number[]
}

export function checkOutcomes(survey: Survey): Claim[] {
  const tables = survey.document.tables.flatMap((table) => outcomesOf(table, survey) ?? [])
  const [only, more] = tables
  if (!only || more) return []
  const first = only.table.line
  const last = only.table.rows.at(-1)!.line
  return survey.sentences.flatMap((sentence) =>
    sentence.line >= first && sentence.line <= last ? [] : (judge(sentence, only, survey) ?? []),
  )
}

/** Every row says in the same column that it passed or failed, and in nothing else. */
function outcomesOf(table: Table, { words }: Survey): Outcomes | null {
  const { header, rows } = table
  if (rows.length < LEAST || rows.length > MOST) return null
  const is = (list: 'passedCell' | 'failedCell', cell: string) => {
    const plain = cell.replace(/^[^\p{L}✓✔✅✗✘❌]+|[^\p{L}✓✔✅✗✘❌]+$/gu, '')
    return plain !== '' && words.find(list, plain)?.length === plain.length
  }
  const columns = header.flatMap((_, column) => {
    const cells = rows.map(({ cells }) => cells[column] ?? '')
    const passed = cells.filter((cell) => is('passedCell', cell)).length
    const failed = cells.flatMap((cell, at) => (is('failedCell', cell) ? [rows[at]!.line] : []))
    return passed + failed.length === rows.length
      ? [{ table, passed, failed: failed.length, lines: failed }]
      : []
  })
  return columns.length === 1 ? columns[0]! : null
}

function judge(sentence: Sentence, outcomes: Outcomes, survey: Survey): Claim[] | null {
  const { text, section } = sentence
  const { words } = survey
  // A criterion is no finding.
  if (around(section).some(({ title }) => words.has('elsewhere', title))) return null
  const n = outcomes.passed + outcomes.failed
  const none = noneFailed(text, survey)
  if (
    OPEN.some((list) => (list !== 'negation' || !none) && words.has(list, text)) ||
    !words.has('runs', text)
  )
    return null
  const isBeside = headingOf(section) === headingOf(outcomes.table.section)
  const counts = figuresOf(sentence, survey).filter(isCount)
  const said = none ?? allPassed(text, counts, n, survey) ?? someOf(text, counts, n, words)
  if (
    !said ||
    (isNarrowed(text, section, words) && !said.isCounted) ||
    (!said.isCounted && !isBeside && survey.document.tables.length > 1)
  )
    return null
  const own = said.what === 'passed' ? outcomes.passed : outcomes.failed
  const holds = own === said.count
  return [
    claim('count', sentence, {
      stated: said.text,
      recomputed: `${own} of ${n}`,
      verdict: holds ? 'consistent' : 'contradicted',
      arithmetic: `${own} of the ${n} rows of the table on line ${outcomes.table.line} say that they ${said.what}${holds || outcomes.failed === 0 ? '' : ` (failed: ${outcomes.lines.length === 1 ? 'line' : 'lines'} ${outcomes.lines.join(', ')})`}`,
    }),
  ]
}

interface Said {
  what: 'passed' | 'failed'
  count: number
  text: string
  /** It names how many rows there are. */
  isCounted: boolean
}

/** `All four runs passed.` */
function allPassed(text: string, counts: Quantity[], n: number, { words }: Survey): Said | null {
  const universal = words.find('universal', text)
  if (universal?.index !== 0) return null
  const clause = text.split(/[,;:()]\s|\sand\s|[.!]$/u, 1)[0]!
  const inside = counts.filter(({ end }) => end <= clause.length)
  const [count, more] = inside
  const passed = words.find('successes', clause) ?? words.find('met', clause)
  const ends = passed && AIM.test(clause.slice(passed.index + passed.length))
  // After "all" a run that is counted is in the plural: `all 3 validators run successfully`.
  const subject = passed ? clause.slice(universal.length, passed.index).replace(/(?<=s\s)run\b/iu, '') : ''
  if (!ends || !words.has('runs', subject) || more || (count && count.low !== n)) return null
  // `All runs of experiment 1 passed`
  if (subject.trim().split(/\s+/).length > 4) return null
  return { what: 'passed', count: n, text: clause.trim(), isCounted: count !== undefined }
}

/** `met their hypothesis`. */
const AIM =
  /^(?:\s(?:their|its|the|own|all|hypothes[ie]s|criteri(?:a|on)|expectations?|targets?|objectives?))*$/i

/** `No run failed.` */
function noneFailed(text: string, { words }: Survey): Said | null {
  const never =
    /^(?:no|none of the|none of our|not one of the|kein(?:er der|e der)?|aucun(?: des)?|ningun[oa]? (?:de los )?)\s/iu.exec(
      text,
    )
  if (!never) return null
  const clause = text.split(/[,;:()]\s|\sand\s|[.!]$/u, 1)[0]!
  const failed = words.find('failures', clause)
  const subject = failed ? clause.slice(never[0].length, failed.index).trim() : ''
  const isEnd = failed && clause.slice(failed.index + failed.length).trim() === ''
  return isEnd && subject.split(/\s+/).length <= 2 && words.has('runs', subject)
    ? { what: 'failed', count: 0, text: clause.trim(), isCounted: false }
    : null
}

/** `7 of the 8 runs passed` */
function someOf(text: string, counts: Quantity[], n: number, words: Survey['words']): Said | null {
  const of = new RegExp(
    String.raw`^\s(?:${words.either('outOf')}|${words.either('outOfThe')})\s(?:${words.either('outOfThe')}\s)?$`,
    'iu',
  )
  const opens = new RegExp(
    String.raw`^(?:${words.either('outOf')}|${words.either('outOfThe')})\s(?:${words.either('outOfThe')}\s)?$`,
    'iu',
  )
  const pairs = counts.slice(1).flatMap((whole, at) => {
    const part = counts[at]!
    // `Of the five runs four passed`
    const isTurned =
      opens.test(text.slice(0, part.index)) &&
      part.low === n &&
      words.find('runs', text.slice(part.end).trimStart())?.index === 0
    if (isTurned) return [{ part: whole, whole: part }]
    return of.test(text.slice(part.end, whole.index)) && whole.low === n && part.low <= n
      ? [{ part, whole }]
      : []
  })
  const [pair, more] = pairs
  if (!pair || more || counts.length !== 2) return null
  const isTurned = pair.part.index > pair.whole.index
  const last = isTurned ? pair.part : pair.whole
  const after = text.slice(last.end).split(/[,;:().]/, 1)[0]!
  if (!isTurned && words.find('runs', after.trimStart())?.index !== 0) return null
  const rest = (isTurned ? after : after.replace(/^\s\p{L}+/u, '')).trim()
  const what = (['successes', 'failures'] as const).find(
    (list) => rest !== '' && words.find(list, rest)?.length === rest.length,
  )
  return what
    ? {
        what: what === 'successes' ? 'passed' : 'failed',
        count: pair.part.low,
        text: text.slice(Math.min(pair.part.index, pair.whole.index), last.end),
        isCounted: true,
      }
    : null
}
