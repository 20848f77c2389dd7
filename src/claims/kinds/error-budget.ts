/** Error-budget arithmetic: the budget of an objective, what a burn rate consumes, and what an error ratio burns. */
import type { Claim } from '../claim.js'
import { around, type Section, type TextLine } from '../document.js'
import { DAY, daysIn } from '../moments.js'
import { overlaps, show, showAs, spread, type Quantity, type Range } from '../quantities.js'
import { claim } from '../say.js'
import type { Survey } from '../survey.js'
import { topicOf } from '../topic.js'

interface Objective {
  /** Percent. */
  slo: Quantity
  days: number
}

export function checkErrorBudget(survey: Survey): Claim[] {
  const sections = [...new Set(survey.document.lines.map(({ section }) => headingOf(section)))]
  const everywhere = survey.document.lines.filter(({ text }) => text.length <= 400)
  return sections.flatMap((section) => {
    const lines = everywhere.filter((line) => headingOf(line.section) === section)
    if (!lines.some(({ text }) => survey.words.has('budget', text) || survey.words.has('burn', text)))
      return []
    const slo = sole(objectivesIn(lines, survey)) ?? sole(objectivesIn(everywhere, survey))
    const days = sole(windowsIn(lines, section, survey)) ?? sole(windowsIn(everywhere, section, survey))
    return lines.flatMap((line) => [
      ...burnClaims(line, days, survey),
      ...(slo && days !== null ? budgetClaims(line, { slo, days }, survey) : []),
      ...(slo ? ratioClaims(line, slo, survey) : []),
    ])
  })
}

function headingOf(section: Section): Section {
  return around(section).find(({ level }) => level <= 6)!
}

function sole<T extends number | Quantity>(found: T[]): T | null {
  const keys = new Set(found.map((one) => (typeof one === 'number' ? one : one.low)))
  return keys.size === 1 ? found[0]! : null
}

function objectivesIn(lines: TextLine[], { reader, words }: Survey): Quantity[] {
  return lines.flatMap(({ text }) => {
    const word = words.find('objective', text)
    return word
      ? reader
          .in(text)
          .filter(
            ({ dimension, low, high, bound }) =>
              dimension === 'percent' && low >= 90 && low < 100 && low === high && bound !== 'below',
          )
          .slice(0, 1)
      : []
  })
}

/** Days that are named beside an objective, a budget or a burn rate. */
function windowsIn(lines: TextLine[], section: Section, { reader, words }: Survey): number[] {
  const texts = [...around(section).map(({ title }) => title), ...lines.map(({ text }) => text)]
  return texts.flatMap((text) =>
    (['objective', 'budget', 'burn'] as const).some((list) => words.has(list, text)) ||
    /window|rolling|Fenster/iu.test(text)
      ? (daysIn(text, reader) ?? [])
      : [],
  )
}

/** `Error budget: 43.2 minutes`, whole or what was consumed of it. */
function budgetClaims(line: TextLine, { slo, days }: Objective, { reader, words }: Survey): Claim[] {
  const { text } = line
  const word = words.find('budget', text)
  const isWhole =
    word &&
    !words.has('consumed', text) &&
    !words.has('burn', text) &&
    !words.has('otherPeriods', text) &&
    !/\b(left|remain\w*|rest\w*|übrig)\b/iu.test(text)
  const found = isWhole
    ? reader
        .in(text)
        .filter(
          ({ dimension, index, step, bound }) =>
            dimension === 'time' && step < DAY && bound === null && index > word.index,
        )
    : []
  const [stated] = found
  // `43.2 min/month` names a window of its own.
  if (
    !stated ||
    found.length > 1 ||
    stated.low !== stated.high ||
    !isLinked(text.slice(word!.index + word!.length, stated.index), words) ||
    new RegExp(String.raw`^\s*(?:/|${words.either('per')})`, 'iu').test(text.slice(stated.end))
  )
    return []
  const seconds = days * DAY * (1 - slo.low / 100)
  const holds = overlaps(spread(stated), { low: seconds, high: seconds })
  return [
    claim('error-budget', line, {
      stated: stated.text,
      recomputed: showAs(seconds, 'time'),
      verdict: holds ? 'consistent' : 'contradicted',
      arithmetic: `(100 % - ${slo.text}) × ${show(days)} days = ${showAs(seconds, 'time')}${holds ? '' : `, not ${stated.text}`}`,
    }),
  ]
}

/** `a burn rate of 14.4 for 1 hour consumes 2 %`: burn × time / window. */
function burnClaims(line: TextLine, days: number | null, { reader, words }: Survey): Claim[] {
  const { text } = line
  const burn = burnIn(text, { reader, words })
  const others = reader.in(text).filter(({ index }) => index !== burn?.index)
  const times = others.filter(
    ({ dimension, high, bound, low }) =>
      dimension === 'time' && high < 7 * DAY && bound === null && low === high,
  )
  const shares = others.filter(
    ({ dimension, bound, signed }) => dimension === 'percent' && bound === null && !signed,
  )
  const [time, share] = [times[0], shares[0]]
  if (
    !burn ||
    !time ||
    !share ||
    times.length > 1 ||
    shares.length > 1 ||
    !words.has('consumed', text.replace(/burn.?rate/i, ''))
  )
    return []
  if (days === null)
    return [
      claim('error-budget', line, {
        stated: share.text,
        recomputed: null,
        verdict: 'unsupported',
        arithmetic: `burn × time / window: the document names no window (of 30 days it would be ${show((100 * burn.low * time.low) / (30 * DAY))} %)`,
      }),
    ]
  const window = days * DAY
  const value = (100 * burn.low * time.low) / window
  const [b, t] = [spread(burn), { low: time.low, high: time.high }]
  const holds = overlaps(spread(share), {
    low: (100 * b.low * t.low) / window,
    high: (100 * b.high * t.high) / window,
  })
  return [
    claim('error-budget', line, {
      stated: share.text,
      recomputed: `${show(value)} %`,
      verdict: holds ? 'consistent' : 'contradicted',
      arithmetic: `${show(burn.low)} × ${show(time.low / 3600)} h / ${show(days * 24)} h = ${show(value)} %${holds ? '' : `, not ${share.text}`}`,
    }),
  ]
}

/** The number that the text gives for the burn rate: `burn rate of 14.4`, `14.4x burn`. */
function burnIn(text: string, { reader, words }: Pick<Survey, 'reader' | 'words'>): Quantity | null {
  const plain = text.replace(/(?<=\d)[x×](?!\p{L})/giu, ' ')
  const word = words.find('burn', plain)
  if (!word) return null
  const numbers = reader
    .in(plain)
    .filter(({ dimension, bound, low, high }) => dimension === 'number' && bound === null && low === high)
  return numbers.length === 1 && Math.abs(numbers[0]!.index - word.index) < 30 ? numbers[0]! : null
}

/** `error rate of 1.44 % … burn rate 14.4`: error ratio / (1 - SLO). */
function ratioClaims(line: TextLine, slo: Quantity, { reader, words }: Survey): Claim[] {
  const { text } = line
  const burn = words.metricOf(text) === 'errors' ? burnIn(text, { reader, words }) : null
  const ratios = reader
    .in(text)
    .filter(({ dimension, low, bound }) => dimension === 'percent' && low < 90 && bound === null)
  const [ratio] = ratios
  if (!burn || !ratio || ratios.length > 1 || reader.in(text).some(({ dimension }) => dimension === 'time'))
    return []
  const allowed = 100 - slo.low
  const range: Range = spread(ratio)
  const holds = overlaps(spread(burn), { low: range.low / allowed, high: range.high / allowed })
  return [
    claim('error-budget', line, {
      stated: show(burn.low),
      recomputed: show(ratio.low / allowed),
      verdict: holds ? 'consistent' : 'contradicted',
      arithmetic: `${ratio.text} / (100 % - ${slo.text}) = ${show(ratio.low / allowed)}${holds ? '' : `, not ${show(burn.low)}`}`,
    }),
  ]
}

/** `of 43.2 minutes`, `over 30 days: 43.2 minutes`; not `alerts are evaluated every 5 minutes`. */
function isLinked(between: string, words: Survey['words']): boolean {
  return topicOf(between, words).length === 0
}
