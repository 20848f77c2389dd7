/** The words by which a written report says what a figure is about: `rules/policies/claims.yaml`. */
import { join } from 'node:path'
import { z } from 'zod'
import { loadYaml } from './load.js'
import { BUILT_IN_RULES } from './rule-files.js'

const words = z.array(z.string().min(1)).min(1)
/** Words by the number that they stand for: seconds, a day of the week. */
const numbered = z.record(z.string().regex(/^\d+(\.\d+)?$/), words)

export const claimWordsSchema = z.strictObject({
  seconds: numbered,
  cadences: numbered,
  weekdays: numbered,
  metrics: z.record(z.string(), words),
  mean: words,
  median: words,
  maximum: words,
  minimum: words,
  percentile: words,
  total: words,
  subtotal: words,
  notAdditive: words,
  within: words,
  runs: words,
  experiments: words,
  successes: words,
  failures: words,
  shares: words,
  faultTime: words,
  durations: words,
  elsewhere: words,
  future: words,
  about: words,
  every: words,
  date: words,
  lastRun: words,
  nextRun: words,
  before: words,
  during: words,
  change: words,
  objective: words,
  budget: words,
  burn: words,
  consumed: words,
  levels: words,
  done: words,
  open: words,
  status: words,
  improved: words,
  score: words,
  effort: words,
  timeBased: words,
  skipped: words,
  overlapping: words,
  selected: words,
  partial: words,
  otherTests: words,
  linking: words,
  otherPeriods: words,
  narrowing: words,
  whole: words,
  single: words,
  identity: words,
  universal: words,
  exceptions: words,
  having: words,
  aPart: words,
  partNoun: words,
  experimentParts: z.record(z.string(), words),
  startingIn: words,
  environment: words,
  staging: words,
  production: words,
  pending: words,
  result: words,
  role: words,
  primary: words,
  secondary: words,
  contact: words,
  reach: words,
  chats: words,
  page: words,
  depending: words,
  teams: words,
  impact: words,
  phase: words,
  statusPage: words,
  posted: words,
  late: words,
  sinceStart: words,
  logged: words,
  alertFor: words,
  fires: words,
  alert: words,
  negation: words,
  notMeant: words,
  requests: words,
  retries: words,
  load: words,
  criteria: words,
  limit: words,
  timeout: words,
  otherTimeouts: words,
  rangeTo: words,
  spanFrom: words,
  spanTo: words,
  changeFrom: words,
  changeTo: words,
  changeBy: words,
  joining: words,
  outOf: words,
  per: words,
  pronouns: words,
  comparing: words,
  allOf: words,
  scoreParts: words,
  resilience: words,
  labelWords: words,
})

type Written = z.infer<typeof claimWordsSchema>
type Grouped = 'seconds' | 'cadences' | 'weekdays' | 'metrics' | 'experimentParts'
export type WordList = Exclude<keyof Written, Grouped>

/** Each list as one expression that finds its words anywhere in a text. */
export interface ClaimWords {
  has: (list: WordList, text: string) => boolean
  /** Where the first word of a list stands; null when there is none. */
  find: (list: WordList, text: string) => { index: number; length: number } | null
  /** Its words as a part of a regular expression: each of them, the longest first. */
  either: (list: WordList) => string
  /** The metric that is named first; null when none is. */
  metricOf: (text: string) => string | null
  /** The same with the word. */
  namedMetric: (text: string) => { name: string; word: string } | null
  /** Seconds between two runs, of the cadence that is named. */
  cadenceOf: (text: string) => { word: string; seconds: number } | null
  /** 0 for Sunday. */
  weekdayOf: (text: string) => number | null
  /** Seconds per unit. */
  unitSeconds: (word: string) => number | null
  unitNames: string[]
  /** The part of an experiment that a label begins with, as in `experimentParts`: `Steady state metrics (before)`. */
  partLeading: (label: string) => string | null
  /** All parts of which a text has a word. */
  partsIn: (text: string) => string[]
}

let builtIn: ClaimWords | undefined

/** The words that come with the tool, read once. */
export function claimWords(): ClaimWords {
  builtIn ??= loadClaimWords()
  return builtIn
}

export function loadClaimWords(file = join(BUILT_IN_RULES, 'policies', 'claims.yaml')): ClaimWords {
  const written = loadYaml(file, claimWordsSchema).value
  const { seconds, cadences, weekdays, metrics, experimentParts, ...lists } = written
  const expressions = new Map(Object.entries(lists).map(([name, list]) => [name, anyOf(list)]))
  const units = new Map(
    Object.entries(seconds).flatMap(([factor, names]) =>
      names.map((name) => [name.toLowerCase(), Number(factor)]),
    ),
  )
  const finder = (list: WordList, text: string) => {
    const match = expressions.get(list)!.exec(text)
    return match && { index: match.index, length: match[0].length }
  }
  const metricOf = firstOf(metrics)
  const cadenceOf = firstOf(cadences)
  const weekdayOf = firstOf(weekdays)
  const partOf = firstOf(experimentParts)
  const parts = Object.entries(experimentParts).map(([name, list]) => ({ name, words: anyOf(list) }))
  return {
    has: (list, text) => finder(list, text) !== null,
    find: finder,
    either: (list) => eitherOf(written[list]),
    metricOf: (text) => metricOf(text)?.name ?? null,
    namedMetric: metricOf,
    cadenceOf: (text) => {
      const found = cadenceOf(text)
      return found && { word: found.word, seconds: Number(found.name) }
    },
    weekdayOf: (text) => {
      const found = weekdayOf(text)
      return found && Number(found.name)
    },
    unitSeconds: (word) => units.get(word.toLowerCase()) ?? null,
    unitNames: [...units.keys()],
    partLeading: (label) => {
      const start = label.replace(/^[^\p{L}]+/u, '')
      const found = partOf(start)
      return found && start.startsWith(found.word) ? found.name : null
    },
    partsIn: (text) => parts.flatMap((part) => (part.words.test(text) ? [part.name] : [])),
  }
}

function eitherOf(list: string[]): string {
  const longest = [...list].sort((a, b) => b.length - a.length)
  return `(?:${longest.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`
}

/** Which entry's word stands first in a text. */
function firstOf(entries: Record<string, string[]>): (text: string) => { name: string; word: string } | null {
  const expressions = Object.entries(entries).map(([name, list]) => ({ name, expression: anyOf(list) }))
  return (text) => {
    const found = expressions.flatMap(({ name, expression }) => {
      const match = expression.exec(text)
      return match ? [{ name, word: match[0], index: match.index }] : []
    })
    return found.sort((a, b) => a.index - b.index)[0] ?? null
  }
}

const HAN = /[\p{Script=Han}\p{Script=Katakana}\p{Script=Hiragana}]/u

/** Whole words, whatever their case; `*` stands for any ending. Chinese and Japanese do not set words apart. */
function anyOf(list: string[]): RegExp {
  const alternatives = [...list]
    .sort((a, b) => b.length - a.length)
    .map((word) => {
      const stem = word
        .replace(/\*$/, '')
        .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
        .replace(/ +/g, '[ _-]+')
      if (HAN.test(word)) return stem
      const before = /^[\p{L}\p{N}]/u.test(word) ? '(?<![\\p{L}\\p{N}])' : ''
      if (word.endsWith('*')) return `${before}${stem}[\\p{L}]*`
      return `${before}${stem}${/[\p{L}\p{N}]$/u.test(word) ? '(?![\\p{L}\\p{N}])' : ''}`
    })
  return new RegExp(alternatives.join('|'), 'iu')
}
