/** Of what a figure speaks besides its metric: a service, a place, a day. */
import type { ClaimWords } from '../knowledge/claim-words.js'
import { around, type Section } from './document.js'
import { nameWords } from './matching.js'

/** Words that name neither a metric, a unit, a number, the whole nor the figure itself. */
export function topicOf(text: string, words: ClaimWords): string[] {
  const metric = words.namedMetric(text)
  return nameWords(metric ? text.replace(metric.word, ' ') : text).filter(
    (word) => !/^\p{N}/u.test(word) && words.unitSeconds(word) === null && !isGeneral(word, words),
  )
}

const GENERAL = ['linking', 'narrowing', 'whole', 'runs', 'mean', 'median', 'percentile', 'about'] as const

function isGeneral(word: string, words: ClaimWords): boolean {
  return GENERAL.some((list) => words.has(list, word)) || words.metricOf(word) !== null
}

/** Whether a sentence limits its figure to something that no heading above it names: `in zone a`, `of pod kill`, `on Mondays`. */
export function isNarrowed(text: string, section: Section, words: ClaimWords): boolean {
  const titles = new Set(around(section).flatMap(({ title }) => nameWords(title)))
  let rest = text
  for (let found = words.find('narrowing', rest); found; found = words.find('narrowing', rest)) {
    rest = rest.slice(found.index + found.length)
    const phrase = rest.slice(0, 60).split(/[.,;:()]|\s(?=\d)/, 1)[0]!
    const next = words.find('narrowing', phrase)?.index ?? phrase.length
    const [first] = topicOf(phrase.slice(0, next).split(/\s+/).slice(0, 4).join(' '), words)
    if (first !== undefined && !titles.has(first)) return true
  }
  return false
}
