/** Availability beside an error rate or a downtime of the same time and place. */
import { groupedBy } from '../../facts/grouped.js'
import type { Claim } from '../claim.js'
import { around, type Section } from '../document.js'
import { DAY, daysIn } from '../moments.js'
import { overlaps, show, showAs, spread, type Quantity, type Range } from '../quantities.js'
import { claim } from '../say.js'
import type { Survey } from '../survey.js'
import { topicOf } from '../topic.js'

const LEAST = 50

interface Stated {
  metric: string
  quantity: Quantity
  line: number
  text: string
  /** What names it, where that is not the whole text. */
  label?: string
}

export function checkAvailability(survey: Survey): Claim[] {
  return placesWith(survey).flatMap((stated) => {
    const availability = one(stated, 'availability', 'percent')
    const errors = one(stated, 'errors', 'percent')
    // Less than half is a weight, or was never measured.
    const isMeasured = availability !== null && availability.quantity.low >= LEAST
    return isMeasured && errors && areOfSame(availability, errors, survey)
      ? [againstErrors(availability, errors)]
      : []
  })
}

/** Neither a peak nor of another service: what they say besides the metric is the same. */
function areOfSame(one: Stated, other: Stated, { words }: Pick<Survey, 'words'>): boolean {
  const [first, second] = [one, other].map(({ text, label = text, quantity }) =>
    [...new Set(topicOf(label.replace(quantity.text, ' '), words))].sort().join(' '),
  )
  return first === second
}

/** Each column of a table, and each list or paragraph: what stands there is about one time. */
function placesWith({ document, reader, words }: Survey): Stated[][] {
  const isTimeBased = (texts: string[]) => texts.some((text) => words.has('timeBased', text))
  const columns = document.tables.flatMap((table) => {
    if (isTimeBased([...table.header, ...table.rows.flatMap(({ cells }) => cells)])) return []
    return table.header.slice(1).map((title, index) => {
      if (words.has('change', title) || words.has('objective', title)) return []
      return table.rows.flatMap(({ line, cells }) => {
        const metric = words.metricOf(cells[0] ?? '')
        const [quantity, more] = reader.in(cells[index + 1] ?? '')
        return metric && quantity && !more && !words.has('supposed', cells[index + 1] ?? '')
          ? [{ metric, quantity, line, text: cells.join(' | '), label: cells[0]! }]
          : []
      })
    })
  })
  return [
    ...columns,
    ...blocksOf({ document, reader, words }).filter((block) => !isTimeBased(block.map(({ text }) => text))),
  ]
}

function blocksOf({ document, reader, words }: Pick<Survey, 'document' | 'reader' | 'words'>): Stated[][] {
  const blocks = new Map<number, Stated[]>()
  for (const { text, line, block, section } of document.lines) {
    const titles = around(section).map(({ title }) => title)
    if (text.length > 200 || [text, ...titles].some((one) => words.has('elsewhere', one))) continue
    const metric = words.metricOf(text)
    const [quantity, more] = reader.in(text)
    if (metric && quantity && !more)
      blocks.set(block, [...(blocks.get(block) ?? []), { metric, quantity, line, text }])
  }
  return [...blocks.values()]
}

function one(stated: Stated[], metric: string, dimension: Quantity['dimension']): Stated | null {
  const [found, more] = stated.filter(
    (candidate) => candidate.metric === metric && candidate.quantity.dimension === dimension,
  )
  const isValue = found && found.quantity.bound === null && !found.quantity.signed && !found.quantity.isAbout
  return isValue && !more ? found : null
}

/** Counted by requests, what does not fail is available. */
function againstErrors(availability: Stated, errors: Stated): Claim {
  const range = spread(errors.quantity)
  const possible: Range = { low: 100 - range.high, high: 100 - range.low }
  const value = 100 - errors.quantity.low
  const holds = overlaps(spread(availability.quantity), possible)
  return claim('availability', availability, {
    stated: availability.quantity.text,
    recomputed: `${Number(value.toFixed(6))} %`,
    verdict: holds ? 'consistent' : 'contradicted',
    arithmetic: `an error rate of ${errors.quantity.text} (line ${errors.line}) leaves 100 - ${show(errors.quantity.low)} = ${Number(value.toFixed(6))} % of the requests${holds ? '' : `, not ${availability.quantity.text}; if it counts time instead of requests, the document has to say so`}`,
  })
}

/** `99.95 % over 30 days` beside `47 minutes of downtime`. */
export function checkDowntime({ document, reader, words }: Survey): Claim[] {
  const sections = groupedBy(document.lines, ({ section }) => section)
  return [...sections].flatMap(([section, all]) => {
    const lines = all.filter(({ text }) => text.length < 300 && !words.has('elsewhere', text))
    if (lines.some(({ text }) => words.has('partial', text))) return []
    const availability = sole(
      lines.flatMap((line) => valued(line, ['availability', 'uptime'], 'percent', { reader, words })),
    )
    const downtime = sole(lines.flatMap((line) => valued(line, ['downtime'], 'time', { reader, words })))
    const days = sole([
      ...new Set(
        [...titlesOf(section), ...lines.map(({ text }) => text)].flatMap(
          (text) => daysIn(text, reader) ?? [],
        ),
      ),
    ])
    if (!availability || !downtime || days === null || availability.quantity.low < LEAST) return []
    if (!areOfSame(availability, downtime, { words })) return []
    const window = days * DAY
    const share = (seconds: number) => 100 * (1 - seconds / window)
    const range = spread(downtime.quantity)
    const holds = overlaps(spread(availability.quantity), { low: share(range.high), high: share(range.low) })
    const value = Number(share(downtime.quantity.low).toFixed(4))
    return [
      claim('availability', availability, {
        stated: availability.quantity.text,
        recomputed: `${value} %`,
        verdict: holds ? 'consistent' : 'contradicted',
        arithmetic: `1 - ${showAs(downtime.quantity.low, 'time')} (line ${downtime.line}) / ${show(days)} days = ${value} %${holds ? '' : `, not ${availability.quantity.text}`}`,
      }),
    ]
  })
}

function titlesOf(section: Section): string[] {
  return around(section)
    .slice(0, 2)
    .map(({ title }) => title)
}

function sole<T>(found: T[]): T | null {
  return found.length === 1 ? found[0]! : null
}

function valued(
  { text, line }: { text: string; line: number },
  metrics: string[],
  dimension: Quantity['dimension'],
  { reader, words }: Pick<Survey, 'reader' | 'words'>,
): Stated[] {
  const found = reader
    .in(text)
    .filter(
      (quantity) =>
        quantity.dimension === dimension &&
        quantity.step < DAY &&
        quantity.bound === null &&
        !quantity.signed &&
        !quantity.isAbout,
    )
  const metric = metrics.find(
    (name) =>
      words.metricOf(text) === name ||
      (dimension === 'time' && words.metricOf(text.slice(0, found[0]?.index ?? 0)) === name),
  )
  return metric && found.length === 1 ? [{ metric, quantity: found[0]!, line, text }] : []
}
