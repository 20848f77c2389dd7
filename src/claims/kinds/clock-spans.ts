/** A duration in brackets or commas beside the two times of day that it is between: `11:15 to 12:35 (80 minutes)`. */
import type { Claim } from '../claim.js'
import { clocksIn, DAY, isBetweenClocks, type Clock } from '../moments.js'
import { showAs, spread, overlaps, type Quantity } from '../quantities.js'
import { claim } from '../say.js'
import { mayChangeClocks } from '../spans.js'
import type { Survey } from '../survey.js'

const HOUR = 3600
/** Shifts have breaks. */
const LONG = 5 * HOUR
const BREAK = 2 * HOUR

export function checkClockSpans(survey: Survey): Claim[] {
  const { words } = survey
  const sentences = survey.sentences.filter(
    // With the word for duration in it, `checkSpans` reads it.
    ({ text }) => !/^(duration|downtime)$/.test(words.metricOf(text) ?? '') && !words.has('phase', text),
  )
  return sentences.flatMap(({ text, line }) => {
    const clocks = clocksIn(text)
    const pairs = clocks.slice(1).flatMap((to, index) => {
      const from = clocks[index]!
      return isBetweenClocks(text.slice(from.end, to.index), words) ? [{ from, to }] : []
    })
    // `from 08:00 to 11:20 to 12:00` are no two spans.
    return pairs.length !== 1 ? [] : judge({ text, line }, pairs[0]!.from, pairs[0]!.to, survey)
  })
}

function judge(
  at: { text: string; line: number },
  from: Clock,
  to: Clock,
  { reader, words }: Survey,
): Claim[] {
  const { text } = at
  const seconds = (to.seconds - from.seconds + DAY) % DAY
  const stated = reader
    .in(text)
    .filter((one) => one.dimension === 'time' && isPlain(one) && isTied(text, one, from, to, words))
  const [quantity] = stated
  if (!quantity || stated.length > 1 || seconds === 0) return []
  const resolution = from.hasSeconds && to.hasSeconds ? 1 : 60
  const holds = overlaps(spread(quantity), { low: seconds - resolution, high: seconds + resolution })
  const off = seconds - quantity.low
  const isBroken = seconds > LONG && off > 0 && off <= BREAK
  const isShifted = mayChangeClocks({ from, to }) && Math.abs(Math.abs(off) - HOUR) < 60
  const isHalfNamed =
    /m\.?$/i.test(text.slice(to.index, to.end)) !== /m\.?$/i.test(text.slice(from.index, from.end))
  if (!holds && (isBroken || isShifted || isHalfNamed)) return []
  return [
    claim('duration', at, {
      stated: quantity.text,
      recomputed: showAs(seconds, 'time'),
      verdict: holds ? 'consistent' : 'contradicted',
      arithmetic: `${text.slice(from.index, to.end)} is ${showAs(seconds, 'time')}${holds ? '' : `, not ${quantity.text}`}`,
    }),
  ]
}

function isPlain({ low, high, bound, signed }: Quantity): boolean {
  return low === high && bound === null && !signed && low < DAY
}

/** Nothing but brackets, commas and the zone between them, and the duration alone in its clause. */
function isTied(
  text: string,
  { index, end }: Quantity,
  from: Clock,
  to: Clock,
  words: Survey['words'],
): boolean {
  const rest = text.slice(end)
  const zone = String.raw`(?:\s?(?:[A-Z]{2,5}|Uhr|h)\b)?`
  if (index >= to.end)
    return (
      new RegExp(String.raw`^${zone}\s*[(,:–—]\s*$`, 'u').test(text.slice(to.end, index)) &&
      /^\s*(?:[).;,]|$)/.test(rest)
    )
  return new RegExp(String.raw`^\s*[(,]\s*${words.either('spanFrom')}?\s*$`, 'iu').test(
    text.slice(end, from.index),
  )
}
