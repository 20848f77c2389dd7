/** The score with its reasons, and maturity. */
import type { Result } from '../result.js'
import { decimal, percent } from './figures.js'
import type { FindingIndex } from './findings.js'
import { cut } from './lists.js'

/** What moved a dimension, the largest points first; the long tail is of little help. */
const POINTS = 15

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
      points: cut(
        [...dimension.points]
          .sort((a, b) => Math.abs(b.points) - Math.abs(a.points))
          .map(({ points, why, fingerprint }) => ({
            points: signed(points),
            why,
            finding: fingerprint === null ? null : findings.byFingerprint(fingerprint),
          })),
        POINTS,
      ),
    })),
    maturity: {
      level: maturity.level,
      dimensions: maturity.dimensions.map(({ id, level, evidence }) => ({
        title: dimensions.find((dimension) => dimension.id === id)?.title ?? id,
        level,
        evidence,
      })),
    },
  }
}

/** With a sign that lines up with digits: `−4.2`. */
function signed(points: number): string {
  return points < 0 ? `−${decimal(-points)}` : `+${decimal(points)}`
}
