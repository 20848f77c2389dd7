/** The Kaplan-Meier curve of times that may be censored, its quantiles and its restricted mean. */
import { sum } from 'simple-statistics'
import { type Interval, Z_95 } from './intervals.js'

/** A time in seconds; `event` false: nothing had happened when observation ended (right-censored). */
export interface Observation {
  time: number
  event: boolean
}

export interface CurveStep {
  time: number
  atRisk: number
  events: number
  censored: number
  /** Share still without the event just after `time`. */
  survival: number
  standardError: number
  /** 95 % limits; null where they are undefined (survival 0 or 1). */
  low: number | null
  high: number | null
}

/** Two shares closer than this are equal: products of fractions miss exact values by rounding. */
const TOLERANCE = 1e-9

/**
 * One step per distinct time, ascending (Kaplan & Meier 1958). Standard error by Greenwood; limits on the log-log scale
 * (Kalbfleisch & Prentice), which stay inside 0 and 1. Censored times count as at risk at their own time.
 */
export function survivalCurve(observations: Observation[]): CurveStep[] {
  const tallies = new Map<number, { events: number; censored: number }>()
  for (const { time, event } of observations) {
    const { events, censored } = tallies.get(time) ?? { events: 0, censored: 0 }
    tallies.set(time, event ? { events: events + 1, censored } : { events, censored: censored + 1 })
  }
  const steps: CurveStep[] = []
  let atRisk = observations.length
  let survival = 1
  let greenwood = 0
  for (const [time, { events, censored }] of [...tallies].sort(([a], [b]) => a - b)) {
    survival *= 1 - events / atRisk
    greenwood += hazardVariance(events, atRisk)
    const standardError = survival === 0 ? 0 : survival * Math.sqrt(greenwood)
    steps.push({
      time,
      atRisk,
      events,
      censored,
      survival,
      standardError,
      ...logLogLimits(survival, greenwood),
    })
    atRisk -= events + censored
  }
  return steps
}

/** Greenwood's term d/(n(n-d)). */
function hazardVariance(events: number, atRisk: number): number {
  return events / (atRisk * (atRisk - events))
}

function logLogLimits(survival: number, greenwood: number): { low: number | null; high: number | null } {
  if (survival <= 0 || survival >= 1) return { low: null, high: null }
  const spread = (Z_95 * Math.sqrt(greenwood)) / Math.log(survival)
  return { low: survival ** Math.exp(-spread), high: survival ** Math.exp(spread) }
}

/** The step in force at a time, the limits included; null before the first step. */
export function stepAt(curve: CurveStep[], time: number): CurveStep | null {
  return curve.findLast((step) => step.time <= time) ?? null
}

/**
 * Time at which the share `p` has had the event, with Brookmeyer-Crowley limits; null where the curve does not come so far.
 * On a level stretch at exactly 1 - p it is the stretch's midpoint, as in R's `survival`.
 */
export function quantile(curve: CurveStep[], p: number): Interval {
  return {
    value: crossing(curve, 1 - p, (step) => step.survival),
    low: crossing(curve, 1 - p, (step) => step.low),
    high: crossing(curve, 1 - p, (step) => step.high),
  }
}

function crossing(
  curve: CurveStep[],
  level: number,
  read: (step: CurveStep) => number | null,
): number | null {
  const known = curve.flatMap((step) => {
    const height = read(step)
    return height === null ? [] : [{ time: step.time, height }]
  })
  const first = known.find(({ height }) => height <= level + TOLERANCE)
  if (!first) return null
  if (first.height < level - TOLERANCE) return first.time
  const next = known.find(({ height }) => height < level - TOLERANCE) ?? curve.at(-1)!
  return (first.time + next.time) / 2
}

export interface RestrictedMean {
  /** Mean time to the event, counting no time beyond `horizon`. Seconds. */
  restricted: number
  horizon: number
  standardError: number
}

/**
 * Area under the curve up to the horizon, standard error as in Klein & Moeschberger. Null for a horizon beyond the last
 * observation while some are still without the event: that would be extrapolation.
 */
export function restrictedMean(curve: CurveStep[], horizon: number): RestrictedMean | null {
  const last = curve.at(-1)
  if (!last || (horizon > last.time && last.survival > 0)) return null
  const inside = curve.filter((step) => step.time < horizon)
  const areas = inside.map(
    (step, index) => step.survival * ((inside[index + 1]?.time ?? horizon) - step.time),
  )
  const beforeFirst = Math.min(inside[0]?.time ?? horizon, horizon)
  const variances = inside.map((step, index) => {
    const areaFromHere = sum(areas.slice(index))
    return areaFromHere === 0 ? 0 : areaFromHere ** 2 * hazardVariance(step.events, step.atRisk)
  })
  return { restricted: beforeFirst + sum(areas), horizon, standardError: Math.sqrt(sum(variances)) }
}
