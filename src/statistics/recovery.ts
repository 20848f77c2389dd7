/** Recovery of each experiment over its runs: counts, pass rate, quantiles, curve. */
import type { Recovery, Run } from '../facts/experiment.js'
import { groupedBy } from '../facts/grouped.js'
import { compareText } from '../facts/source.js'
import type { RecoveryPolicy } from '../knowledge/recovery-policy.js'
import { type Change, changesOf } from './changes.js'
import { type FailedRun, failuresOf } from './failures.js'
import { histogram, type HistogramBin } from './histogram.js'
import { impactOf, type MetricImpact } from './impact.js'
import { type Interval, wilson } from './intervals.js'
import { type MechanismTally, mechanismsOf } from './mechanisms.js'
import { percentile, type Percentile } from './percentiles.js'
import { contributionOf, enters, hasVerdict } from './recovery-times.js'
import {
  type CurveStep,
  type Observation,
  type RestrictedMean,
  restrictedMean,
  stepAt,
  survivalCurve,
} from './survival.js'

/**
 * Recovery of one experiment in one environment; times in seconds, counted from `from`.
 * `n` runs entered, = recovered + absorbed + censored + unknown; `excluded` are invalid, or have neither a verdict nor a recovery.
 * Curve, quantiles, mean and `withinObjective` speak of the recovered and censored runs: those that were degraded and timed.
 */
export interface RecoverySummary {
  experiment: string
  environment: string | null
  from: Recovery['from']
  n: number
  recovered: number
  absorbed: number
  censored: number
  unknown: number
  excluded: number
  /** Of the runs with a verdict; partial and aborted ones have not passed. */
  passRate: Interval & { passed: number; n: number; method: 'wilson' }
  median: Percentile
  p90: Percentile
  p95: Percentile
  p99: Percentile
  /** Restricted to the longest time observed; null when there are too few runs for a median, or none recovered. */
  mean: RestrictedMean | null
  method: 'kaplan-meier, log-log'
  objectiveSeconds: number | null
  /** Probability of recovery within the objective. */
  withinObjective: Interval | null
  /** Recovered runs only. */
  histogram: HistogramBin[]
  curve: { time: number; survival: number; low: number | null; high: number | null; censored: number }[]
  /** Of the runs that entered. */
  metrics: MetricImpact[]
  mechanisms: MechanismTally[]
  failures: FailedRun[]
  /** Ids of the runs that entered, in order of time. */
  runs: string[]
  /** The newest month with runs against the one before it; null with runs in one month only. */
  change: Change | null
}

/** One summary per experiment, environment and time basis, sorted; runs that name no experiment are never pooled. */
export function summariseRecovery(
  runs: Run[],
  objectiveSeconds: number | null,
  policy: RecoveryPolicy,
): RecoverySummary[] {
  const groups = scenariosOf(runs).flatMap(byTimeBasis)
  const changes = changesOf(
    groups.map((group) => group.filter(enters)),
    policy,
  )
  return groups
    .map((group, index) => ({
      ...summarise(group, objectiveSeconds, policy),
      change: changes[index] ?? null,
    }))
    .sort(
      (a, b) =>
        compareText(a.experiment, b.experiment) ||
        compareText(a.environment ?? '', b.environment ?? '') ||
        compareText(a.from ?? '', b.from ?? ''),
    )
}

function scenariosOf(runs: Run[]): Run[][] {
  return membersOf(runs, ({ experiment, id, environment }) =>
    JSON.stringify([experiment, experiment === null ? id : null, environment]),
  )
}

/** A run without a time belongs to the only basis its scenario has; between two it cannot choose. */
function byTimeBasis(scenario: Run[]): Run[][] {
  const bases = new Set(scenario.flatMap(({ recovery }) => (recovery.from === null ? [] : [recovery.from])))
  const [onlyBasis = null] = bases.size === 1 ? bases : []
  return membersOf(scenario, ({ recovery }) => String(recovery.from ?? onlyBasis))
}

function membersOf(runs: Run[], key: (run: Run) => string): Run[][] {
  return [...groupedBy(runs, key).values()]
}

function summarise(
  group: Run[],
  objectiveSeconds: number | null,
  policy: RecoveryPolicy,
): Omit<RecoverySummary, 'change'> {
  const { experiment, id, environment } = group[0]!
  const from = group.find(({ recovery }) => recovery.from !== null)?.recovery.from ?? null
  const entered = group.filter(enters)
  const contributions = entered.map((run) => contributionOf(run, policy))
  const count = (kind: string): number =>
    contributions.filter((contribution) => contribution.kind === kind).length
  const observations = contributions
    .flatMap((contribution) => ('observation' in contribution ? [contribution.observation] : []))
    .sort((a, b) => a.time - b.time || Number(b.event) - Number(a.event))
  const curve = survivalCurve(observations)
  const judged = entered.filter(hasVerdict)
  const passed = judged.filter(({ verdict }) => verdict === 'pass').length
  return {
    experiment: experiment ?? id,
    environment,
    from,
    n: entered.length,
    recovered: count('recovered'),
    absorbed: count('absorbed'),
    censored: count('censored'),
    unknown: count('unknown'),
    excluded: group.length - entered.length,
    passRate: { passed, n: judged.length, ...wilson(passed, judged.length), method: 'wilson' },
    median: percentile('median', observations, curve, policy),
    p90: percentile('p90', observations, curve, policy),
    p95: percentile('p95', observations, curve, policy),
    p99: percentile('p99', observations, curve, policy),
    mean: meanOf(observations, curve, policy),
    method: 'kaplan-meier, log-log',
    objectiveSeconds,
    withinObjective:
      objectiveSeconds === null ? null : withinObjective(observations, curve, objectiveSeconds),
    histogram: histogram(
      observations.filter(({ event }) => event).map(({ time }) => time),
      policy.histogramEdges,
    ),
    curve: curve.map(({ time, survival, low, high, censored }) => ({ time, survival, low, high, censored })),
    metrics: impactOf(entered),
    mechanisms: mechanismsOf(entered, policy),
    failures: failuresOf(entered),
    runs: inTime(entered).map(({ id }) => id),
  }
}

function meanOf(
  observations: Observation[],
  curve: CurveStep[],
  policy: RecoveryPolicy,
): RestrictedMean | null {
  const meaningful =
    observations.length >= policy.minimumRuns.median && observations.some(({ event }) => event)
  return meaningful ? restrictedMean(curve, curve.at(-1)!.time) : null
}

/**
 * Wilson while every run was watched up to the objective, else the Kaplan-Meier estimate; without a value when nobody was
 * watched so long.
 */
function withinObjective(
  observations: Observation[],
  curve: CurveStep[],
  objective: number,
): Interval | null {
  if (observations.length === 0) return null
  if (observations.every(({ time, event }) => event || time >= objective)) {
    return wilson(
      observations.filter(({ time, event }) => event && time <= objective).length,
      observations.length,
    )
  }
  const last = curve.at(-1)!
  if (objective > last.time && last.survival > 0) return { value: null, low: null, high: null }
  const step = stepAt(curve, objective)
  const { survival, low, high } = step ?? { survival: 1, low: null, high: null }
  return { value: 1 - survival, low: high === null ? null : 1 - high, high: low === null ? null : 1 - low }
}

function inTime(runs: Run[]): Run[] {
  return runs.toSorted((a, b) => compareText(a.startedAt ?? '', b.startedAt ?? '') || compareText(a.id, b.id))
}
