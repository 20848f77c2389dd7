/** The score with its reasons, and maturity. */
import type { Result } from '../result.js'
import { decimal, percent } from './figures.js'
import { findingSpans } from './finding-spans.js'
import type { FindingIndex } from './findings.js'
import { cut, groupBy } from './lists.js'

/** What moved a dimension, the largest points first; the long tail is of little help. */
const POINTS = 15

type Points = Result['score']['dimensions'][number]['points']

export function viewScore(result: Result, findings: FindingIndex) {
  const { value, low, high, coverage, dimensions, maturity } = result.score
  return {
    value: decimal(value),
    low: decimal(low),
    high: decimal(high),
    exact: low === high,
    coverage: percent(coverage),
    dimensions: dimensions.map((dimension) => ({
      title: dimension.title,
      weight: decimal(dimension.weight),
      value: decimal(dimension.value),
      low: decimal(dimension.low),
      high: decimal(dimension.high),
      exact: decimal(dimension.low) === decimal(dimension.high),
      points: cut(viewPoints(dimension.points, findings), POINTS),
    })),
    maturity: {
      level: maturity.level,
      dimensions: maturity.dimensions.map(({ id, level, evidence }) => ({
        title: dimensions.find((dimension) => dimension.id === id)?.title ?? id,
        level,
        evidence,
      })),
      bounds: viewBounds(result),
    },
  }
}

/** What levels 2 to 5 ask for; dimensions that ask for the same share a row. */
function viewBounds({ score: { dimensions, maturity } }: Result) {
  const titleOf = (id: string): string => dimensions.find((dimension) => dimension.id === id)?.title ?? id
  const rows = maturity.bounds.map(({ id, share, levels }) => ({
    title: titleOf(id),
    share: share ?? 'share that passed',
    levels: levels.map((level) => percent(level)),
  }))
  const asked = groupBy(rows, ({ share, levels }) => [share, ...levels].join('\n')).map(({ items }) => ({
    titles: items.map(({ title }) => title),
    share: items[0]!.share,
    levels: items[0]!.levels,
  }))
  const barred = maturity.barredBy.map((severities) => severities.join(', ') || '—')
  return asked.length === 0 ? null : { asked, barred }
}

/** The largest first; findings of one rule and severity share a line: they weigh the same, but for the rounding that makes points add up. */
function viewPoints(points: Points, findings: FindingIndex) {
  const moved = points.map(({ points: amount, why, fingerprint }) => ({
    amount,
    why,
    finding: fingerprint === null ? null : findings.byFingerprint(fingerprint),
  }))
  return groupBy(moved, ({ finding, why }) => (finding ? `${finding.severity}\n${finding.title}` : why))
    .map(({ items }) => ({ items, sum: items.reduce((sum, { amount }) => sum + amount, 0) }))
    .sort((a, b) => Math.abs(b.sum) - Math.abs(a.sum))
    .flatMap(({ items: [first, ...rest], sum }) =>
      first === undefined
        ? []
        : {
            points: signed(sum),
            each: rest.length > 0 ? { times: rest.length + 1, points: eachOf(rest.length + 1, sum) } : null,
            why: rest.length > 0 && first.finding ? first.finding.title : first.why,
            spans: findingSpans([first, ...rest].flatMap(({ finding }) => finding ?? [])),
          },
    )
}

/** With as few decimals as multiply up to the sum that is shown. */
function eachOf(times: number, sum: number): string {
  const amount = sum / times
  const digits = [1, 2, 3].find((few) => signed(times * Number(amount.toFixed(few))) === signed(sum))
  return signed(amount, digits)
}

/** With a sign that lines up with digits: `−4.2`. */
function signed(points: number, digits?: number): string {
  return points < 0 ? `−${decimal(-points, digits)}` : `+${decimal(points, digits)}`
}
