/** Whether two groups of recovery times differ, by more than their noise. */
import jstat from 'jstat'
import { sum } from 'simple-statistics'
import { Z_95, wilson } from './intervals.js'
import { type Observation, restrictedMean, survivalCurve } from './survival.js'

/** Normal quantile of the power at which a change counts as detectable: 80 %. */
const Z_POWER = 0.8416212335729143

export interface LogRank {
  /** Events of the first group, and how many it would have had without a difference. */
  observed: number
  expected: number
  variance: number
  chiSquared: number
  p: number
}

/**
 * The log-rank test of two groups with censoring (Mantel 1966), one degree of freedom. Null without an event to compare, or
 * with one group at risk at each.
 */
export function logRank(first: Observation[], second: Observation[]): LogRank | null {
  const all = [...first, ...second]
  const times = [...new Set(all.flatMap(({ time, event }) => (event ? [time] : [])))]
  const terms = times.map((time) => {
    const atRisk = all.filter((one) => one.time >= time).length
    const events = eventsAt(all, time)
    const share = first.filter((one) => one.time >= time).length / atRisk
    return {
      expected: share * events,
      variance: atRisk === 1 ? 0 : (share * (1 - share) * events * (atRisk - events)) / (atRisk - 1),
    }
  })
  const observed = first.filter(({ event }) => event).length
  const expected = sum(terms.map((term) => term.expected))
  const variance = sum(terms.map((term) => term.variance))
  if (variance === 0) return null
  const chiSquared = (observed - expected) ** 2 / variance
  return { observed, expected, variance, chiSquared, p: jstat.jStat.erfc(Math.sqrt(chiSquared / 2)) }
}

function eventsAt(observations: Observation[], time: number): number {
  return observations.filter((one) => one.event && one.time === time).length
}

/** `difference`: the second less the first, so that less than 0 is faster. */
export interface MeanDifference {
  difference: number
  low: number
  high: number
  standardError: number
  p: number
  /** Seconds up to which both means are taken: as long as both groups were watched. */
  horizon: number
  /** The smallest difference that groups like these show in four of five cases. */
  smallestDetectable: number
}

/** The difference of the restricted means, 95 % interval by the normal approximation; null for an empty group. */
export function meanDifference(first: Observation[], second: Observation[]): MeanDifference | null {
  if (first.length === 0 || second.length === 0) return null
  const horizon = Math.min(...[first, second].map((group) => Math.max(...group.map(({ time }) => time))))
  const [before, after] = [first, second].map((group) => restrictedMean(survivalCurve(group), horizon))
  if (!before || !after) return null
  const difference = after.restricted - before.restricted
  const standardError = Math.hypot(before.standardError, after.standardError)
  return {
    difference,
    low: difference - Z_95 * standardError,
    high: difference + Z_95 * standardError,
    standardError,
    p: standardError === 0 ? Number(difference === 0) : twoSided(difference / standardError),
    horizon,
    smallestDetectable: (Z_95 + Z_POWER) * standardError,
  }
}

function twoSided(z: number): number {
  return jstat.jStat.erfc(Math.abs(z) / Math.SQRT2)
}

/** Probabilities of several tests, each raised so that one chance hit in all of them is as rare as in one (Holm 1979). */
export function holm(probabilities: number[]): number[] {
  const order = probabilities.map((p, index) => ({ p, index })).sort((a, b) => a.p - b.p)
  const adjusted = new Array<number>(probabilities.length)
  let least = 0
  order.forEach(({ p, index }, rank) => {
    least = Math.max(least, Math.min(1, p * (probabilities.length - rank)))
    adjusted[index] = least
  })
  return adjusted
}

export interface Share {
  passed: number
  n: number
}

/** The second pass rate less the first, 95 % interval by Newcombe's method 10 (1998); null for an empty group. */
export function rateDifference(
  first: Share,
  second: Share,
): { difference: number; low: number; high: number } | null {
  if (first.n === 0 || second.n === 0) return null
  const [a, b] = [limits(first), limits(second)]
  const difference = b.value - a.value
  return {
    difference,
    low: difference - Math.hypot(b.value - b.low, a.high - a.value),
    high: difference + Math.hypot(b.high - b.value, a.value - a.low),
  }
}

function limits({ passed, n }: Share): { value: number; low: number; high: number } {
  const { value, low, high } = wilson(passed, n)
  return { value: value ?? 0, low: low ?? 0, high: high ?? 1 }
}
