/** Recovery against the objective: what each run decides, and the probability over all of them. */
import { wilson, type Interval } from './intervals.js'
import type { Contribution } from './recovery-times.js'
import { type CurveStep, stepAt } from './survival.js'
import { isInterval, type TimedRun } from './timed-run.js'

/** Runs without degradation are within every objective; `undecided`: the record leaves it open. */
export interface ObjectiveTally {
  within: number
  later: number
  undecided: number
}

/** `between`: of the value, where intervals leave it open. */
export interface ObjectiveShare extends Interval {
  between?: { low: number; high: number }
}

export function objectiveTally(contributions: Contribution[], objective: number): ObjectiveTally {
  const tally: ObjectiveTally = { within: 0, later: 0, undecided: 0 }
  for (const contribution of contributions) tally[standing(contribution, objective)]++
  return tally
}

function standing(contribution: Contribution, objective: number): keyof ObjectiveTally {
  if (contribution.kind === 'absorbed') return 'within'
  if (!('timed' in contribution)) return 'undecided'
  if (isWithin(contribution.timed, objective)) return 'within'
  return mayBeWithin(contribution.timed, objective) ? 'undecided' : 'later'
}

function isWithin({ high, event }: TimedRun, objective: number): boolean {
  return event && high <= objective
}

/** The lower end of an interval is excluded, and so is the end of a watch. */
function mayBeWithin(run: TimedRun, objective: number): boolean {
  const isOpen = !run.event || isInterval(run)
  return isWithin(run, objective) || (isOpen && run.low < objective)
}

/**
 * Wilson while every run was watched up to the objective, else the Kaplan-Meier estimate; without a value when nobody was
 * watched so long. Where intervals reach over the objective, the limits are those of the least and the most that they permit.
 */
export function withinObjective(
  runs: TimedRun[],
  curves: { earliest: CurveStep[]; latest: CurveStep[] },
  objective: number,
): ObjectiveShare | null {
  if (runs.length === 0) return null
  if (runs.every(({ low, event }) => event || low >= objective)) {
    const count = (holds: (run: TimedRun, objective: number) => boolean): Interval =>
      wilson(runs.filter((run) => holds(run, objective)).length, runs.length)
    return spanning(count(isWithin), count(mayBeWithin))
  }
  const [least, most] = [recoveredBy(curves.latest, objective), recoveredBy(curves.earliest, objective)]
  const watched = Math.max(...runs.map(({ low }) => low))
  return objective > watched && least.value !== 1 ? NOT_WATCHED : spanning(least, most)
}

const NOT_WATCHED: ObjectiveShare = { value: null, low: null, high: null }

function spanning(least: Interval, most: Interval): ObjectiveShare {
  const limits = { low: least.low, high: most.high }
  if (least.value === most.value) return { value: least.value, ...limits }
  return { value: null, ...limits, between: { low: least.value ?? 0, high: most.value ?? 1 } }
}

function recoveredBy(curve: CurveStep[], objective: number): Interval {
  const { survival, low, high } = stepAt(curve, objective) ?? { survival: 1, low: null, high: null }
  return { value: 1 - survival, low: high === null ? null : 1 - high, high: low === null ? null : 1 - low }
}
