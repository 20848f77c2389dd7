/** Recovery statistics and pass rates as documents show them. */
import type { Result } from '../result.js'
import { decimal, duration, monthName, percent, probability, signed } from './figures.js'
import { groupBy } from './lists.js'
import type { Names } from './names.js'

type Recovery = Result['recovery'][number]
type Quantile = Recovery['median']

/** The number of runs that a percentile needs, inside its reason. */
const NEEDED = /\(needs (\d+)\)/

export type RecoveryView = ReturnType<typeof viewRecovery>

export function viewRecovery(group: Recovery, names: Names) {
  const { passRate, withinObjective, mean } = group
  return {
    title: names.experiment(group.experiment)?.title ?? group.experiment,
    environment: group.environment,
    from: group.from,
    n: group.n,
    recovered: group.recovered,
    absorbed: group.absorbed,
    censored: group.censored,
    unknown: group.unknown,
    excluded: group.excluded,
    passed: passRate.passed,
    of: passRate.n,
    passRate: percent(passRate.value),
    passLow: percent(passRate.low),
    passHigh: percent(passRate.high),
    quantiles: viewQuantiles(group),
    median: viewQuantile(group.median),
    mean: mean && {
      restricted: duration(mean.restricted),
      horizon: duration(mean.horizon),
      standardError: decimal(mean.standardError),
    },
    method: group.method,
    objective: duration(group.objectiveSeconds),
    objectiveSeconds: group.objectiveSeconds,
    within: withinObjective && {
      value: percent(withinObjective.value),
      low: percent(withinObjective.low),
      high: percent(withinObjective.high),
    },
    histogram: group.histogram.map(({ from, to, count }) => ({
      from: duration(from),
      to: duration(to),
      count,
    })),
    curve: group.curve,
    metrics: group.metrics.map(({ name, unit, before, during, after }) => ({
      name,
      unit,
      before: viewSpread(before),
      during: viewSpread(during),
      after: viewSpread(after),
    })),
    mechanisms: group.mechanisms.map((row) => ({
      ...row,
      least: duration(row.least),
      most: duration(row.most),
    })),
    isMechanismKnown: group.mechanisms.some(({ mechanism }) => mechanism !== null),
    failures: group.failures.map(({ run, notes, since }) => ({
      ...(names.run(run) ?? { id: run, anchor: '' }),
      notes,
      since,
    })),
    change: group.change && viewChange(group.change),
    runs: group.runs.flatMap((run) => names.run(run) ?? []),
  }
}

/** One value as it is, several as their median with the range. */
function viewSpread(spread: Recovery['metrics'][number]['before']) {
  if (spread === null) return null
  const { n, median, least, most } = spread
  return {
    n,
    median: decimal(median, 3),
    range: least === most ? null : { least: decimal(least, 3), most: decimal(most, 3) },
  }
}

/** Two months beside each other, and what may be said of their difference. */
function viewChange({
  earlier,
  later,
  verdict,
  reason,
  mean,
  logRank,
  passRate,
}: NonNullable<Recovery['change']>) {
  return {
    earlier: { ...earlier, name: monthName(earlier.month) },
    later: { ...later, name: monthName(later.month) },
    verdict,
    reason,
    mean: mean && {
      difference: signed(mean.difference),
      low: signed(mean.low),
      high: signed(mean.high),
      horizon: duration(mean.horizon),
      probability: probability(mean.adjusted),
      smallestDetectable: decimal(mean.smallestDetectable),
    },
    logRank: logRank && { probability: probability(logRank.adjusted) },
    passRate: passRate && {
      difference: signed(100 * passRate.difference, 0),
      low: signed(100 * passRate.low, 0),
      high: signed(100 * passRate.high, 0),
    },
  }
}

/** Neighbours that are missing for the same reason, but for the number of runs each needs, share a line. */
function viewQuantiles({ median, p90, p95, p99 }: Recovery) {
  const lines = Object.entries({ Median: median, P90: p90, P95: p95, P99: p99 }).map(([name, quantile]) => ({
    name,
    ...viewQuantile(quantile),
  }))
  return groupBy(lines, ({ name, value, reason }) =>
    value === null && reason !== null ? reason.replace(NEEDED, '') : name,
  ).flatMap(({ items: [first, ...rest] }) =>
    first === undefined
      ? []
      : {
          ...first,
          name: [first, ...rest.slice(-1)].map(({ name }) => name).join(' – '),
          reason: first.reason && mergeNeeded(first.reason, rest),
        },
  )
}

/** `too small (needs 29)` and `too small (needs 59)` become `too small (needs 29, 59)`. */
function mergeNeeded(reason: string, others: { reason: string | null }[]): string {
  const more = others.flatMap((other) => NEEDED.exec(other.reason ?? '')?.[1] ?? [])
  return reason.replace(NEEDED, (_, needed: string) => `(needs ${[needed, ...more].join(', ')})`)
}

/** Open ends of an interval stay null: the curve did not reach the limit. */
function viewQuantile({ value, low, high, reason }: Quantile) {
  return {
    value: duration(value),
    low: duration(low),
    high: duration(high),
    reason: reason === null ? null : reason.replaceAll('= >= ', '≥ ').replaceAll('>= ', '≥ '),
  }
}

/** How many scenarios with an objective have their median within it; `undecided` have too little data. */
export function tallyObjectives(recovery: readonly Recovery[]) {
  const stated = recovery.filter((group) => group.objectiveSeconds !== null)
  const decided = stated.filter((group) => group.median.value !== null)
  const within = decided.filter((group) => (group.median.value ?? Infinity) <= (group.objectiveSeconds ?? 0))
  return {
    stated: stated.length,
    within: within.length,
    later: decided.length - within.length,
    undecided: stated.length - decided.length,
    unstated: recovery.length - stated.length,
    scenarios: recovery.length,
  }
}
