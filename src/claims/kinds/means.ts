/** A mean over all runs against the groups that they are divided into. */
import type { Claim } from '../claim.js'
import { nameWords } from '../matching.js'
import type { Division, Group } from '../groups.js'
import { overlaps, show, showAs, spread, type Quantity, type Range } from '../quantities.js'
import { alsoAt, claim } from '../say.js'
import { topicOf } from '../topic.js'
import { isOverall, type Survey } from '../survey.js'
import { cellQuantity } from '../tables.js'

type MeanGroup = Group & { mean: Quantity }

export function checkMeans(survey: Survey): Claim[] {
  return survey.divisions.flatMap((division) => {
    const groups = division.groups.filter((group): group is MeanGroup => group.mean !== null)
    const isWhole = groups.length === division.groups.length && division.n > 0
    const dimension = groups[0]?.mean.dimension
    if (!isWhole || groups.some(({ mean }) => mean.dimension !== dimension || mean.bound !== null)) return []
    return byValue(statedMeans(division, survey)).flatMap((mentions) => {
      const claim = judge(mentions, groups, division)
      return claim.verdict === 'contradicted' &&
        isOfRecovered(mentions[0]!.quantity, groups, division, survey)
        ? []
        : [claim]
    })
  })
}

interface Mention {
  line: number
  text: string
  quantity: Quantity
}

/** The total row and every sentence with the mean over all. */
function statedMeans(division: Division, survey: Survey): Mention[] {
  const { total, metric, groups } = division
  const row = total?.mean
    ? [{ line: total.row.line, text: total.row.cells.join(' | '), quantity: total.mean }]
    : []
  const sentences = survey.statements.filter(
    (one) =>
      one.statistic === 'mean' &&
      metric !== null &&
      one.metric === metric &&
      !namesOther(one.text, survey) &&
      !groups.some(({ name }) => namesGroup(one.text, name)) &&
      isOverall(one, division, survey),
  )
  const dimension = groups[0]!.mean!.dimension
  return [...row, ...sentences].filter(
    ({ quantity }) => quantity.dimension === dimension && !quantity.signed && quantity.bound === null,
  )
}

/** A label of two words or more besides the metric is of one thing: `Cold Start Recovery: 3 minutes average`. */
function namesOther(text: string, { words }: Survey): boolean {
  return text.includes(':') && topicOf(text.split(':', 1)[0]!, words).length >= 2
}

/** `Resource Stress Recovery: 3.2 minutes average` is of one group, wherever it stands. */
function namesGroup(text: string, name: string): boolean {
  const own = nameWords(name).filter((word) => /\p{L}/u.test(word))
  return own.length > 0 && own.every((word) => nameWords(text).includes(word))
}

export function byValue<M extends Mention>(mentions: M[]): M[][] {
  const groups = new Map<string, M[]>()
  for (const mention of mentions.toSorted((a, b) => a.line - b.line)) {
    const key = `${mention.quantity.low} ${mention.quantity.high}`
    groups.set(key, [...(groups.get(key) ?? []), mention])
  }
  return [...groups.values()]
}

function judge([first, ...rest]: Mention[], groups: MeanGroup[], { n }: Division): Claim {
  const { quantity } = first!
  const value = groups.reduce((sum, { count, mean }) => sum + (count * (mean.low + mean.high)) / 2, 0) / n
  const possible = meanWithin(groups, n)
  const plain = meanWithin(
    groups.map((group) => ({ ...group, count: 1 })),
    groups.length,
  )
  const { dimension } = quantity
  const is = overlaps(spread(quantity), possible)
  const isOfMeans = !is && overlaps(spread(quantity), plain)
  const parts = groups.map(({ count, mean }) => `${count}×${mean.text}`).join(' + ')
  const of = `(${parts}) / ${n} = ${showAs(value, dimension)}, ${within(possible, dimension)} as the parts are rounded`
  const verdict = is ? 'consistent' : isOfMeans ? 'unsupported' : 'contradicted'
  const why = is
    ? ''
    : isOfMeans
      ? `; ${quantity.text} is the mean of the ${groups.length} means, whatever their number of runs`
      : `; ${quantity.text} cannot be their mean`
  return claim('mean', first!, {
    stated: quantity.text,
    recomputed: showAs(value, dimension),
    verdict,
    arithmetic: `${of}${why}${alsoAt(rest.map(({ line }) => line))}`,
  })
}

/** Whether it is the mean of only those that went well, by a column that counts them, their share or the others. */
function isOfRecovered(
  quantity: Quantity,
  groups: MeanGroup[],
  { table }: Division,
  { reader, words }: Survey,
): boolean {
  if (!table) return false
  const { header } = table.table
  const columns = header.map((title, column) =>
    table.parts.map(({ cells }) => cellQuantity(reader, title, cells[column] ?? '')),
  )
  return columns.some((cells, column) => {
    const title = header[column]!
    const weigh = (['shares', 'successes', 'failures'] as const).find((list) => words.has(list, title))
    const weighed = groups.map((group, index) => {
      const cell = cells[index]
      const share = cell?.dimension === 'percent' ? (cell.low / 100) * group.count : (cell?.low ?? NaN)
      return { ...group, count: words.has('failures', title) ? group.count - share : share }
    })
    const n = weighed.reduce((sum, { count }) => sum + count, 0)
    return weigh !== undefined && n > 0 && overlaps(spread(quantity), meanWithin(weighed, n))
  })
}

function meanWithin(groups: MeanGroup[], n: number): Range {
  const total = (edge: 'low' | 'high') =>
    groups.reduce((sum, { count, mean }) => sum + count * Math.max(0, spread(mean)[edge]), 0)
  return { low: total('low') / n, high: total('high') / n }
}

export function within({ low, high }: Range, dimension: Quantity['dimension']): string {
  return high === Infinity
    ? `at least ${showAs(low, dimension)}`
    : dimension === 'number'
      ? `${show(low)} to ${show(high)}`
      : `${showAs(low, dimension)} to ${showAs(high, dimension)}`
}
