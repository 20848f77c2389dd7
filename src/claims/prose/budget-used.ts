/** What share of an error budget bad minutes are: `Together they cost 22 minutes. That consumed 51 % of the error budget.` */
import type { Claim } from '../claim.js'
import { around } from '../document.js'
import { DAY } from '../moments.js'
import { overlaps, show, showAs, spread, type Quantity } from '../quantities.js'
import { claim } from '../say.js'
import type { Sentence } from '../sentences.js'
import type { Survey } from '../survey.js'
import { figuresOf, isPlain } from './figures.js'

const WEEK = 7 * DAY
const OPEN = ['partial', 'supposed', 'comparison', 'requests', 'weighted', 'setAside', 'formerly'] as const

export function checkBudgetUsed(survey: Survey): Claim[] {
  const budget = soleBudget(survey)
  if (!budget) return []
  const { sentences, words } = survey
  return sentences.flatMap((sentence, at) => {
    const { text, paragraph } = sentence
    const shares = figuresOf(sentence, survey).filter(({ dimension }) => dimension === 'percent')
    const [stated] = shares
    const before = sentences[at - 1]
    const near = before?.paragraph === paragraph ? before : null
    const isAfterBudget = near !== null && words.has('anyBudget', near.text)
    if (shares.length !== 1 || !stated || !isPlain(stated) || !isOfBudget(text, stated, words, isAfterBudget))
      return []
    const bad =
      badIn(sentence, survey) ??
      (near && !hasShare(near, survey) && !hasTime(sentence, survey) ? badIn(near, survey) : null)
    if (!bad || OPEN.some((list) => words.has(list, text) || (near && words.has(list, near.text)))) return []
    return judge(sentence, stated, bad, budget)
  })
}

interface Budget {
  seconds: number
  /** By how much its writing may be off. */
  step: number
  said: string
}

/** The only one of the document, in minutes, or by its only objective and window. */
function soleBudget(survey: Survey): Budget | null {
  const { sentences, words, document } = survey
  const told = [
    ...sentences,
    ...document.tables.flatMap(({ rows, section }) =>
      rows.map(({ cells, line }) => ({ text: cells.join(' | '), line, section, paragraph: -1 })),
    ),
  ].filter(({ text, section }) =>
    [text, ...around(section).map(({ title }) => title)].some(
      (one) => words.has('anyBudget', one) || words.has('objective', one),
    ),
  )
  const written = told.flatMap((sentence) =>
    words.has('consumed', sentence.text) || words.has('left', sentence.text)
      ? []
      : figuresOf(sentence, survey).filter(
          (one) =>
            one.dimension === 'time' &&
            one.step < DAY &&
            isPlain(one) &&
            new RegExp(String.raw`${words.either('anyBudget')}(?:\s\p{L}{1,5}){0,3}[\s:(|=~]*$`, 'iu').test(
              sentence.text.slice(0, one.index),
            ),
        ),
  )
  const times = new Set(written.map(({ low }) => low))
  if (times.size > 1) return null
  const [time] = written
  if (time) return { seconds: time.low, step: time.step, said: time.text }
  const figures = told.flatMap((sentence) => figuresOf(sentence, survey)).filter(isPlain)
  const objectives = figures.filter(({ dimension, low }) => dimension === 'percent' && low >= 90 && low < 100)
  const windows = figures.filter(
    ({ dimension, low, step }) => dimension === 'time' && step >= DAY && low >= WEEK,
  )
  const [objective, window] = [objectives[0], windows[0]]
  const areSole = [objectives, windows].every((all) => new Set(all.map(({ low }) => low)).size === 1)
  if (!areSole || !objective || !window) return null
  const seconds = (window.low * (100 - objective.low)) / 100
  return {
    seconds,
    step: 0,
    said: `${show(100 - objective.low)} % of ${window.text}, ${showAs(seconds, 'time')}`,
  }
}

/** `consumed 72 % of the error budget`. */
function isOfBudget(
  text: string,
  { index, end }: Quantity,
  words: Survey['words'],
  isAfterBudget: boolean,
): boolean {
  if (new RegExp(String.raw`^\s${words.either('ofThem')}(?!\p{L})`, 'iu').test(text.slice(end)))
    return isAfterBudget && words.has('consumed', text.slice(0, index))
  const after = /^\sof\s(?:the|our|its|this|that|\p{L}+’s|\p{L}+'s)?\s?([^.,;:()]{0,40})/iu.exec(
    text.slice(end),
  )
  const budget = after && words.find('anyBudget', after[1]!)
  return (
    Boolean(budget && budget.index <= 25) &&
    words.has('consumed', text.slice(0, index)) &&
    !words.has('left', text)
  )
}

function badIn(sentence: Sentence, survey: Survey): Quantity | null {
  const times = figuresOf(sentence, survey).filter(({ dimension }) => dimension === 'time')
  const [bad, more] = times
  return bad &&
    !more &&
    isPlain(bad) &&
    bad.low < DAY &&
    bad.step < DAY &&
    !/^[\s-](?:window|period|SLO)/i.test(sentence.text.slice(bad.end))
    ? bad
    : null
}

function hasTime(sentence: Sentence, survey: Survey): boolean {
  return figuresOf(sentence, survey).some(({ dimension }) => dimension === 'time')
}

function hasShare(sentence: Sentence, survey: Survey): boolean {
  return figuresOf(sentence, survey).some(({ dimension }) => dimension === 'percent')
}

function judge(at: Sentence, stated: Quantity, bad: Quantity, budget: Budget): Claim[] {
  // A figure that is the budget itself was not used.
  if (bad.low === budget.seconds) return []
  const range = spread(bad)
  const value = (100 * bad.low) / budget.seconds
  const holds = overlaps(spread(stated), {
    low: (100 * Math.max(0, range.low)) / (budget.seconds + budget.step),
    high: (100 * range.high) / Math.max(1, budget.seconds - budget.step),
  })
  return [
    claim('error-budget', at, {
      stated: stated.text,
      recomputed: `${show(value)} %`,
      verdict: holds ? 'consistent' : 'contradicted',
      arithmetic: `${bad.text} of ${budget.said} is ${show(value)} %${holds ? '' : `, not ${stated.text}`}`,
    }),
  ]
}
