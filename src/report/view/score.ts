/** The score with its reasons, and maturity. */
import type { Result } from '../result.js'
import { decimal, percent } from './figures.js'
import type { FindingIndex } from './findings.js'

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
      points: dimension.points.map(({ points, why, fingerprint }) => ({
        points: signed(points),
        why,
        finding: fingerprint === null ? null : findings.byFingerprint(fingerprint),
      })),
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
