/** Downtime, a window and the availability that follows, in one sentence: `down for 60 minutes in June, an availability of 99.95 %`. */
import type { Claim } from '../claim.js'
import { DAY } from '../moments.js'
import { overlaps, show, showAs, spread, type Quantity } from '../quantities.js'
import { claim } from '../say.js'
import type { Sentence } from '../sentences.js'
import type { Survey } from '../survey.js'
import { figuresOf, isPlain } from './figures.js'

const WEEK = 7
const OPEN = ['partial', 'supposed', 'comparison', 'requests', 'objective'] as const

export function checkWindowedAvailability(survey: Survey): Claim[] {
  return survey.sentences.flatMap((sentence) => {
    const { text } = sentence
    const { words } = survey
    const figures = figuresOf(sentence, survey).filter(isPlain)
    const shares = figures.filter(({ dimension }) => dimension === 'percent')
    const times = figures.filter(({ dimension }) => dimension === 'time')
    const [availability, second] = shares
    const downs = times.filter(({ low, step }) => step < DAY && low < WEEK * DAY)
    const isSaid =
      (['availability', 'uptime'] as const).some(
        (name) => words.metricOf(clauseBefore(text, availability)) === name || names(text, name, words),
      ) && words.has('down', text)
    const days = isSaid ? daysOf(text, times, words) : null
    const [down] = downs
    if (!availability || second || !down || downs.length > 1 || days === null) return []
    if (availability.low < 90 || availability.low >= 100 || OPEN.some((list) => words.has(list, text)))
      return []
    return [judge(sentence, availability, down, days)]
  })
}

function names(text: string, metric: string, words: Survey['words']): boolean {
  return text.split(/[^\p{L}]+/u).some((word) => words.metricOf(word) === metric)
}

function clauseBefore(text: string, figure: Quantity | undefined): string {
  return figure ? text.slice(Math.max(0, figure.index - 40), figure.index) : ''
}

/** The one window: so many days, or a month by its name. */
function daysOf(
  text: string,
  times: Quantity[],
  words: Survey['words'],
): { low: number; high: number } | null {
  const windows = times.filter(({ low, step }) => step >= DAY && low >= WEEK * DAY)
  const [window, more] = windows
  if (more) return null
  if (window) return { low: window.low / DAY, high: window.low / DAY }
  const named = words.periodOf(text)
  if (named === null) return null
  return named === 28
    ? { low: 28, high: 29 }
    : named === 365
      ? { low: 365, high: 366 }
      : { low: named, high: named }
}

function judge(
  at: Sentence,
  availability: Quantity,
  down: Quantity,
  days: { low: number; high: number },
): Claim {
  const share = (seconds: number, of: number) => 100 * (1 - seconds / (of * DAY))
  const range = spread(down)
  const holds = overlaps(spread(availability), {
    low: share(range.high, days.low),
    high: share(Math.max(0, range.low), days.high),
  })
  const value = Number(share(down.low, days.low).toFixed(3))
  return claim('availability', at, {
    stated: availability.text,
    recomputed: `${value} %`,
    verdict: holds ? 'consistent' : 'contradicted',
    arithmetic: `1 - ${showAs(down.low, 'time')} / ${show(days.low)} days = ${value} %${holds ? '' : `, not ${availability.text}`}`,
  })
}
