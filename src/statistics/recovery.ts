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
import { objectiveTally, type ObjectiveShare, type ObjectiveTally, withinObjective } from './objective.js'
import { type Curves, percentile, type Percentile } from './percentiles.js'
import { contributionOf, enters, hasVerdict, timedRuns } from './recovery-times.js'
import { type CurveStep, type RestrictedMean, restrictedMean, survivalCurve } from './survival.js'
import { earliestOf, isInterval, latestOf, type TimedRun } from './timed-run.js'

/**
 * Recovery of one experiment in one environment; times in seconds, counted from `from`.
 * `n` runs entered, = recovered + absorbed + censored + unknown; `excluded` are invalid, or have neither a verdict nor a recovery.
 * Curve, quantiles, mean and `withinObjective` speak of the recovered and censored runs: those that were degraded and timed.
 * Of the recovered, `intervals` are known to have done so between two instants only. Then there are two estimates, with all of
 * them at their lower and at their upper ends; `curve` is the later one.
 */
export interface RecoverySummary {
  experiment: string
  environment: string | null
  from: Recovery['from']
  n: number
  recovered: number
  intervals: number
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
  /** Instead of `mean` where intervals leave it open: by both estimates. */
  meanBetween: { low: number; high: number; horizon: number } | null
  method: 'kaplan-meier, log-log'
  objectiveSeconds: number | null
  /** Probability of recovery within the objective. */
  withinObjective: ObjectiveShare | null
  /** Runs by what each decides; null without an objective. */
  objectiveRuns: ObjectiveTally | null
  /** Recovered runs only, without those whose interval reaches over the edge of a bin: so many. */
  histogram: HistogramBin[]
  histogramLeftOut: number
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

/**
 * A run without a time belongs to the only basis its scenario has; between two it cannot choose. A run that does not enter
 * makes no scenario of its own: it is told as left out beside those that do.
 */
function byTimeBasis(scenario: Run[]): Run[][] {
  const entered = scenario.filter(enters)
  const bases = basesOf(entered.length > 0 ? entered : scenario)
  const [first = null] = bases
  const onlyBasis = bases.length === 1 ? first : null
  return membersOf(scenario, (run) => {
    const { from } = run.recovery
    if (enters(run)) return String(from ?? onlyBasis)
    return String(from !== null && bases.includes(from) ? from : first)
  })
}

function basesOf(runs: Run[]): NonNullable<Recovery['from']>[] {
  return [...new Set(runs.flatMap(({ recovery }) => recovery.from ?? []))].sort(compareText)
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
  const entered = group.filter(enters)
  const [from = null] = basesOf(entered.length > 0 ? entered : group)
  const contributions = entered.map(contributionOf)
  const count = (kind: string): number =>
    contributions.filter((contribution) => contribution.kind === kind).length
  const timed = timedRuns(contributions)
  const curves = { earliest: survivalCurve(earliestOf(timed)), latest: survivalCurve(latestOf(timed)) }
  const judged = entered.filter(hasVerdict)
  const passed = judged.filter(({ verdict }) => verdict === 'pass').length
  return {
    experiment: experiment ?? id,
    environment,
    from,
    n: entered.length,
    recovered: count('recovered'),
    intervals: timed.filter(isInterval).length,
    absorbed: count('absorbed'),
    censored: count('censored'),
    unknown: count('unknown'),
    excluded: group.length - entered.length,
    passRate: { passed, n: judged.length, ...wilson(passed, judged.length), method: 'wilson' },
    median: percentile('median', timed, curves, policy),
    p90: percentile('p90', timed, curves, policy),
    p95: percentile('p95', timed, curves, policy),
    p99: percentile('p99', timed, curves, policy),
    ...meanOf(timed, curves, policy),
    method: 'kaplan-meier, log-log',
    objectiveSeconds,
    withinObjective: objectiveSeconds === null ? null : withinObjective(timed, curves, objectiveSeconds),
    objectiveRuns: objectiveSeconds === null ? null : objectiveTally(contributions, objectiveSeconds),
    ...histogram(
      timed.filter(({ event }) => event),
      policy,
    ),
    curve: curves.latest.map(shown),
    metrics: impactOf(entered),
    mechanisms: mechanismsOf(entered),
    failures: failuresOf(entered),
    runs: inTime(entered).map(({ id }) => id),
  }
}

function shown({ time, survival, low, high, censored }: CurveStep): RecoverySummary['curve'][number] {
  return { time, survival, low, high, censored }
}

function meanOf(
  timed: TimedRun[],
  { earliest, latest }: Curves,
  policy: RecoveryPolicy,
): Pick<RecoverySummary, 'mean' | 'meanBetween'> {
  const meaningful = timed.length >= policy.minimumRuns.median && timed.some(({ event }) => event)
  if (!meaningful) return { mean: null, meanBetween: null }
  const horizon = earliest.at(-1)!.time
  const [low, high] = [restrictedMean(earliest, horizon), restrictedMean(latest, horizon)]
  if (low === null || high === null || low.restricted === high.restricted)
    return { mean: high, meanBetween: null }
  return { mean: null, meanBetween: { low: low.restricted, high: high.restricted, horizon } }
}

function inTime(runs: Run[]): Run[] {
  return runs.toSorted((a, b) => compareText(a.startedAt ?? '', b.startedAt ?? '') || compareText(a.id, b.id))
}
