/** How sure a rate is. */

/** Normal quantile for two-sided 95 % intervals. */
export const Z_95 = 1.959963984540054

export interface Interval {
  value: number | null
  low: number | null
  high: number | null
}

/**
 * Wilson's score interval (Wilson 1927), 95 %, no continuity correction: `passed` of `n` as a share of 1.
 * All null when n is 0.
 */
export function wilson(passed: number, n: number): Interval {
  if (n === 0) return { value: null, low: null, high: null }
  const share = passed / n
  const z2 = Z_95 ** 2 / n
  const centre = (share + z2 / 2) / (1 + z2)
  const half = (Z_95 * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n))) / (1 + z2)
  // At the ends the limit is exact; the formula misses it by rounding.
  return {
    value: share,
    low: passed === 0 ? 0 : centre - half,
    high: passed === n ? 1 : centre + half,
  }
}
