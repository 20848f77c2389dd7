/** Figures for which a reader expects the values that they were made of, and the document has none. */
import type { Claim } from '../claim.js'
import { around } from '../document.js'
import { histogramOf } from './percentiles.js'
import { claim } from '../say.js'
import { isFuture, type Survey } from '../survey.js'
import { byValue } from './means.js'

/** Metrics whose mean or percentile means nothing without the number of runs. */
const MEASURED = ['recovery', 'detection', 'acknowledgement', 'failover']

/** `Average recovery: 12 s`, where no runs are given at all. */
export function checkBareStatistics(survey: Survey): Claim[] {
  const bare = survey.statements.filter(
    ({ metric, quantity, isElsewhere }) =>
      MEASURED.includes(metric ?? '') &&
      quantity.dimension === 'time' &&
      quantity.bound === null &&
      !isElsewhere &&
      !quantity.signed,
  )
  const unsupported = bare.filter((one) => {
    const isDivided = survey.divisions.some((division) => division.metric === one.metric && division.n > 0)
    const isCounted = around(one.section).some((section) =>
      survey.document.lines.some(
        (line) =>
          line.section === section &&
          section.level > 0 &&
          survey.words.has('runs', line.text) &&
          /\d/.test(line.text),
      ),
    )
    return !isDivided && !isCounted && histogramOf(one, survey) === null
  })
  return byValue(unsupported).map(([first]) =>
    claim('statistic', first!, {
      stated: first!.quantity.text,
      recomputed: null,
      verdict: 'unsupported',
      arithmetic: 'the document gives neither the runs nor how many there were',
    }),
  )
}

/** `reduced by 40 %` without both figures. */
export function checkImprovements({ document, reader, words }: Survey): Claim[] {
  return document.lines.flatMap((line) => {
    const { text } = line
    if (
      text.length > 300 ||
      isFuture(line, words) ||
      words.has('elsewhere', text) ||
      !words.has('improved', text)
    )
      return []
    const quantities = reader.in(text)
    const [stated] = quantities
    const word = words.find('improved', text)
    if (quantities.length !== 1 || stated?.dimension !== 'percent' || !word) return []
    if (Math.min(Math.abs(stated.index - word.index - word.length), Math.abs(word.index - stated.end)) > 12)
      return []
    return [
      claim('improvement', line, {
        stated: stated.text,
        recomputed: null,
        verdict: 'unsupported',
        arithmetic:
          'a change needs both figures, the time of each and how many runs they stand for; the line has none',
      }),
    ]
  })
}

const SCORE = /(?<![\d/.])(\d{1,3}(?:\.\d+)?)\s?\/\s?(10|100)(?![\d/])/

/** A score out of 100 without the parts it is made of. */
export function checkScores({ document, words }: Survey): Claim[] {
  const hasParts = document.tables.some(({ header }) =>
    header.some((title) => words.has('scoreParts', title)),
  )
  if (hasParts) return []
  const scores = document.lines.flatMap((line) => {
    const found = line.text.length > 200 ? null : SCORE.exec(line.text)
    const isOwn =
      found && words.has('score', line.text.slice(0, found.index)) && words.has('resilience', line.text)
    return isOwn && !/[<>≥≤]/.test(line.text) ? [{ line, stated: found[0] }] : []
  })
  return scores.slice(0, 1).map(({ line, stated }) =>
    claim('score', line, {
      stated,
      recomputed: null,
      verdict: 'unsupported',
      arithmetic: 'the document gives no formula and no points that make it up',
    }),
  )
}
