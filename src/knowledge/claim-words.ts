/** The words by which a written report says what a figure is about: `rules/policies/claims.yaml`. */
import { join } from 'node:path'
import type * as z from 'zod'
import { claimWordsSchema } from './claim-word-lists.js'
import { loadYaml } from './load.js'
import { BUILT_IN_RULES } from './rule-files.js'
import { WordFinder, type Place } from './word-finder.js'

type Written = z.infer<typeof claimWordsSchema>
type Grouped =
  | 'seconds'
  | 'cadences'
  | 'weekdays'
  | 'metrics'
  | 'experimentParts'
  | 'months'
  | 'magnitudes'
  | 'shortWeekdays'
  | 'flagNouns'
  | 'settingNouns'
  | 'numerals'
  | 'events'
  | 'periodDays'
  | 'multiples'
  | 'fractions'
  | 'efforts'
export type WordList = Exclude<keyof Written, Grouped>

/** The lists as finders of their words anywhere in a text. */
export interface ClaimWords {
  has: (list: WordList, text: string) => boolean
  /** Where the first word of a list stands; null when there is none. */
  find: (list: WordList, text: string) => Place | null
  /** Every place where a word of a list stands. */
  all: (list: WordList, text: string) => Place[]
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
  /** 1 for January. */
  monthOf: (text: string) => number | null
  /** 30 for `in June`: the days of the period that is named first. */
  periodOf: (text: string) => number | null
  /** 2 for `doubled`: the change by a factor that is named first, and where. */
  multipleIn: (text: string) => { factor: number; word: string; index: number } | null
  /** 0.25 for `a quarter`: the fraction that is named first, and where. */
  fractionIn: (text: string) => { share: number; word: string; index: number } | null
  /** 3600 for `person-hours`: the unit of time, in seconds, in which the effort that is named first counts, and where. */
  effortIn: (text: string) => { unit: number; word: string; index: number } | null
  /** 3 for `three`, the whole text. */
  numeralOf: (text: string) => number | null
  /** 1000 for `thousand`, the whole text. */
  magnitudeOf: (text: string) => number | null
  /** What kinds of events a text has words of: that an alert fired, that the public was told. */
  eventsIn: (text: string) => string[]
  /** 2 for `Tue`, the whole text. */
  shortWeekdayOf: (text: string) => number | null
  /** What a flag of a command counts. */
  flagNoun: (flag: string) => WordFinder | null
  /** How prose calls a field of a configuration. */
  settingNoun: (field: string) => WordFinder | null
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
  const {
    seconds,
    cadences,
    weekdays,
    metrics,
    experimentParts,
    months,
    numerals,
    events,
    shortWeekdays,
    flagNouns,
    settingNouns,
    magnitudes,
    periodDays,
    multiples,
    fractions,
    efforts,
    ...lists
  } = written
  const finders = findersOf(lists)
  const units = byWord(seconds)
  const find = (list: WordList, text: string): Place | null => finders.get(list)!.find(text)
  const metricOf = firstOf(metrics)
  const cadenceOf = firstOf(cadences)
  const weekdayOf = firstOf(weekdays)
  const monthOf = firstOf(months)
  const periodOf = firstOf(periodDays)
  const multipleOf = firstOf(multiples)
  const fractionOf = firstOf(fractions)
  const effortOf = firstOf(efforts)
  const partOf = firstOf(experimentParts)
  const spelled = byWord(numerals)
  const magnitude = byWord(magnitudes)
  const shortDays = byWord(shortWeekdays)
  const nouns = findersOf(flagNouns)
  const settings = findersOf(settingNouns)
  const eventWords = findersOf(events)
  const parts = findersOf(experimentParts)
  return {
    has: (list, text) => find(list, text) !== null,
    find,
    all: (list, text) => finders.get(list)!.all(text),
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
    monthOf: (text) => {
      const found = monthOf(text)
      return found && Number(found.name)
    },
    periodOf: (text) => {
      const found = periodOf(text)
      return found && Number(found.name)
    },
    multipleIn: (text) => {
      const found = multipleOf(text)
      return found && { ...found, factor: Number(found.name) }
    },
    fractionIn: (text) => {
      const found = fractionOf(text)
      return found && { ...found, share: Number(found.name) }
    },
    effortIn: (text) => {
      const found = effortOf(text)
      return found && { ...found, unit: units.get(found.name)! }
    },
    numeralOf: (text) => spelled.get(text.toLowerCase()) ?? null,
    shortWeekdayOf: (text) => shortDays.get(text.toLowerCase()) ?? null,
    flagNoun: (flag) => nouns.get(flag) ?? null,
    settingNoun: (field) => settings.get(field) ?? null,
    magnitudeOf: (text) => magnitude.get(text.toLowerCase()) ?? null,
    eventsIn: (text) => namesIn(eventWords, text),
    unitSeconds: (word) => units.get(word.toLowerCase()) ?? null,
    unitNames: [...units.keys()],
    partLeading: (label) => {
      const start = label.replace(/^[^\p{L}]+/u, '')
      const found = partOf(start)
      return found && start.startsWith(found.word) ? found.name : null
    },
    partsIn: (text) => namesIn(parts, text),
  }
}

function byWord(numbered: Record<string, string[]>): Map<string, number> {
  return new Map(
    Object.entries(numbered).flatMap(([number, list]) =>
      list.map((word) => [word.toLowerCase(), Number(number)] as const),
    ),
  )
}

function eitherOf(list: string[]): string {
  const longest = [...list].sort((a, b) => b.length - a.length)
  return `(?:${longest.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`
}

function findersOf(lists: Record<string, string[]>): Map<string, WordFinder> {
  return new Map(Object.entries(lists).map(([name, list]) => [name, new WordFinder(list)]))
}

/** The entries of which a text has a word. */
function namesIn(finders: Map<string, WordFinder>, text: string): string[] {
  return [...finders].flatMap(([name, finder]) => (finder.find(text) ? [name] : []))
}

interface Named {
  name: string
  word: string
  index: number
}

/** Which entry's word stands first in a text. */
function firstOf(entries: Record<string, string[]>): (text: string) => Named | null {
  const finders = findersOf(entries)
  return (text) => {
    const found = [...finders].flatMap(([name, finder]) => {
      const place = finder.find(text)
      return place
        ? [{ name, word: text.slice(place.index, place.index + place.length), index: place.index }]
        : []
    })
    return found.sort((a, b) => a.index - b.index)[0] ?? null
  }
}
