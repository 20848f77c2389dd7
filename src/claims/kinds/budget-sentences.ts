/** A sentence that names an objective, its window and the time that it leaves: `99.9% over 30 days, that is 43.2 minutes`. */
import type { Claim } from '../claim.js'
import { around } from '../document.js'
import { DAY } from '../moments.js'
import { overlaps, show, showAs, spread, type Quantity } from '../quantities.js'
import { claim } from '../say.js'
import type { Survey } from '../survey.js'

const WEEK = 7 * DAY

export function checkBudgetSentences(survey: Survey): Claim[] {
  const { sentences, words, reader } = survey
  return sentences.flatMap((sentence) => {
    const { text } = sentence
    if (words.has('consumed', text) || words.has('left', text) || words.has('metBudget', text)) return []
    const about = [text, ...around(sentence.section).map(({ title }) => title)]
    if (!about.some((one) => words.has('objective', one) || words.has('anyBudget', one))) return []
    const quantities = reader
      .in(text)
      .filter(({ low, high, bound, isUnsure }) => low === high && bound === null && !isUnsure)
    const [objectives, windows, times] = [
      quantities.filter(({ dimension, low }) => dimension === 'percent' && low >= 90 && low < 100),
      quantities.filter(({ dimension, low, step }) => dimension === 'time' && step >= DAY && low >= WEEK),
      quantities.filter(({ dimension, step }) => dimension === 'time' && step < DAY),
    ]
    const [[objective], [window], [stated]] = [objectives, windows, times]
    if (!objective || !window || !stated || objectives.length + windows.length + times.length !== 3) return []
    if (
      quantities.filter(({ dimension }) => dimension === 'percent').length > 2 ||
      stated.index < objective.index
    )
      return []
    if (!isItsBudget(text, window, stated, survey)) return []
    const seconds = (window.low * (100 - objective.low)) / 100
    const holds = overlaps(spread(stated), { low: seconds, high: seconds })
    return [
      claim('error-budget', sentence, {
        stated: stated.text,
        recomputed: showAs(seconds, 'time'),
        verdict: holds ? 'consistent' : 'contradicted',
        arithmetic: `(100 % - ${objective.text}) × ${show(window.low / DAY)} days = ${showAs(seconds, 'time')}${holds ? '' : `, not ${stated.text}`}`,
      }),
    ]
  })
}

/** `30 days, that is 43.2 minutes`, or the word for the budget right before the time. */
function isItsBudget(text: string, window: Quantity, stated: Quantity, { words }: Survey): boolean {
  const budget = words.find('anyBudget', text) ?? words.find('allowance', text)
  const said = (from: number): boolean =>
    from <= stated.index &&
    text
      .slice(from, stated.index)
      .split(/[^\p{L}]+/u)
      .every(
        (word) =>
          word === '' ||
          words.has('linking', word) ||
          words.has('narrowing', word) ||
          words.has('restating', word),
      )
  return said(window.end) || (budget !== null && said(budget.index + budget.length))
}
