/** The total time under fault against runs and the length of each; and durations against the times of day beside them. */
import type { Claim } from '../claim.js'
import { isWithin, type Section } from '../document.js'
import type { Division } from '../groups.js'
import { DAY } from '../moments.js'
import { overlaps, showAs, spread, type Quantity, type Range } from '../quantities.js'
import { claim } from '../say.js'
import { mayChangeClocks, spanIn } from '../spans.js'
import { isOverall, sectionsOf, type Survey } from '../survey.js'

export function checkDurations(survey: Survey): Claim[] {
  return survey.document.lines.flatMap(({ line, text, section }) => {
    if (text.length > 300) return []
    const { words, reader } = survey
    const isTotal =
      words.find('total', text)?.index === 0 && words.has('faultTime', text) && words.has('durations', text)
    const [stated, more] = isTotal ? reader.in(text) : []
    if (stated?.dimension !== 'time' || more) return []
    return survey.divisions.flatMap((division) => {
      const found = isOverall({ isElsewhere: false, section }, division, survey)
        ? againstRuns(division, stated, survey)
        : null
      return found ? [claim('duration', { line, text }, found)] : []
    })
  })
}

/** Faults alone, and faults with the recovery after each. */
function againstRuns(
  division: Division,
  stated: Quantity,
  survey: Survey,
): Omit<Claim, 'kind' | 'line' | 'text'> | null {
  const lengths = sectionsOf(division, survey.document).map(
    (section) => section && faultLength(section, survey),
  )
  if (lengths.length === 0 || lengths.some((length) => !length)) return null
  const parts = division.groups.map(({ count, mean }, index) => ({ count, mean, length: lengths[index]! }))
  const faults = parts.reduce((sum, { count, length }) => sum + count * length.low, 0)
  const rounding = parts.reduce((sum, { count, length }) => sum + (count * length.step) / 2, 0)
  const recoveries = parts.every(({ mean }) => mean?.dimension === 'time')
    ? parts.reduce((sum, { count, mean }) => sum + count * mean!.low, 0)
    : null
  const mean = survey.statements.find(
    (one) =>
      one.statistic === 'mean' &&
      one.metric === 'recovery' &&
      one.quantity.dimension === 'time' &&
      isOverall(one, division, survey),
  )
  const most = Math.max(recoveries ?? 0, (mean?.quantity.high ?? 0) * division.n)
  const possible: Range = { low: faults - rounding, high: faults + rounding + most }
  const holds = overlaps(spread(stated), possible)
  const sum = parts.map(({ count, length }) => `${count}×${length.text}`).join(' + ')
  const more = [
    ...(recoveries === null
      ? []
      : [`${showAs(faults + recoveries, 'time')} with the recoveries of the groups`]),
    ...(mean
      ? [
          `${showAs(faults + mean.quantity.low * division.n, 'time')} with ${division.n}×${mean.quantity.text}`,
        ]
      : []),
  ]
  return {
    stated: stated.text,
    recomputed: showAs(faults, 'time'),
    verdict: holds ? 'consistent' : 'contradicted',
    arithmetic: `${sum} = ${showAs(faults, 'time')}${more.length > 0 ? `; ${more.join('; ')}` : ''}${holds ? '' : `; none is ${stated.text} (${showAs(stated.low, 'time')})`}`,
  }
}

/** The one length that a section gives its fault: `duration: 60s`. */
function faultLength(section: Section, { document, reader, words }: Survey): Quantity | null {
  const found = document.lines.flatMap(({ text, section: own }) => {
    if (text.length > 200 || !isWithin(own, section) || words.find('durations', text.trim())?.index !== 0)
      return []
    return reader
      .in(text)
      .slice(0, 1)
      .filter(({ dimension, bound }) => dimension === 'time' && bound === null)
  })
  return new Set(found.map(({ low }) => low)).size === 1 ? found[0]! : null
}

/** `Duration: 47 minutes (12:00 - 12:47)`. */
export function checkSpans({ document, reader, words }: Survey): Claim[] {
  return document.lines.flatMap((line) => {
    const { text } = line
    if (text.length > 300 || words.has('elsewhere', text)) return []
    const span = spanIn(text, words)
    const times = reader.in(text).filter(({ dimension }) => dimension === 'time')
    const [stated] = times
    if (!span || times.length !== 1 || !stated || !/^(duration|downtime)$/.test(words.metricOf(text) ?? ''))
      return []
    if (stated.bound !== null || stated.signed || stated.high >= DAY || stated.low !== stated.high) return []
    const { from, to, seconds } = span
    if (!isTied(text, stated, from.index, to.end, words)) return []
    if (mayChangeClocks(span) && Math.abs(Math.abs(stated.low - seconds) - 3600) < 60) return []
    const resolution = from.hasSeconds && to.hasSeconds ? 1 : 60
    const holds = overlaps(spread(stated), { low: seconds - resolution, high: seconds + resolution })
    const written = text.slice(from.index, to.end)
    return [
      claim('duration', line, {
        stated: stated.text,
        recomputed: showAs(seconds, 'time'),
        verdict: holds ? 'consistent' : 'contradicted',
        arithmetic: `${written} is ${showAs(seconds, 'time')}${holds ? '' : `, not ${stated.text}`}`,
      }),
    ]
  })
}

/** `47 minutes (12:00 - 12:47)`, `from 12:00 to 12:47 it lasted 47 minutes`; not `12 minutes in the window 14:00 - 15:00`. */
function isTied(
  text: string,
  { index, end }: Quantity,
  from: number,
  to: number,
  words: Survey['words'],
): boolean {
  const between = index >= to ? text.slice(to, index) : text.slice(end, from)
  const left = between
    .replace(new RegExp(String.raw`\d{4}-\d{2}-\d{2}|\b(?:UTC|GMT|${words.either('spanFrom')})\b`, 'giu'), '')
    .replace(new RegExp(String.raw`(?<=\s)${words.either('pronouns')}(?=\s)`, 'giu'), '')
  return (
    !/[\p{L}\p{N}]/u.test(left) || (/^duration$/.test(words.metricOf(left) ?? '') && left.trim().length < 12)
  )
}
