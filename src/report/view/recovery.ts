/** Recovery statistics and pass rates as documents show them. */
import { groupedBy } from '../../facts/grouped.js'
import type { Result } from '../result.js'
import { decimal, duration, monthName, percent, probability, signed } from './figures.js'
import { groupBy } from './lists.js'
import { experimentLabel, type Names } from './names.js'

type Recovery = Result['recovery'][number]
type Quantile = Recovery['median']

/** The number of runs that a percentile needs, inside its reason. */
const NEEDED = /\(needs (\d+)\)/

export type RecoveryView = ReturnType<typeof viewRecovery>

/** Runs of one experiment whose times count from different moments stand apart, and the heading says which. */
export function isTimedTwice({ experiment, environment, from }: Recovery, { recovery }: Result): boolean {
  return recovery.some(
    (other) => other.experiment === experiment && other.environment === environment && other.from !== from,
  )
}

export function viewRecovery(group: Recovery, names: Names, isTimedTwice = false) {
  const { passRate, withinObjective, mean } = group
  return {
    title: experimentLabel(group.experiment, names),
    environment: group.environment,
    from: group.from,
    timedFrom: isTimedTwice ? group.from : null,
    n: group.n,
    recovered: group.recovered,
    intervals: group.intervals,
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
    meanBetween: group.meanBetween && {
      low: duration(group.meanBetween.low),
      high: duration(group.meanBetween.high),
      horizon: duration(group.meanBetween.horizon),
    },
    method: group.method,
    objective: duration(group.objectiveSeconds),
    objectiveSeconds: group.objectiveSeconds,
    within: withinObjective && {
      value: withinObjective.between
        ? `between ${percent(withinObjective.between.low)} and ${percent(withinObjective.between.high)}`
        : percent(withinObjective.value),
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
    mechanisms: viewMechanisms(group.mechanisms),
    failures: group.failures.map(({ run, notes, since }) => ({
      ...(names.run(run) ?? { id: run, anchor: '' }),
      notes,
      since,
    })),
    change: group.change && viewChange(group.change),
    runs: group.runs.flatMap((run) => names.run(run) ?? []),
  }
}

/** A table of what ended the runs; where it is one thing, the counts of the group say all but its name. */
function viewMechanisms(mechanisms: Recovery['mechanisms']) {
  const rows = mechanisms.map((row) => ({
    ...row,
    least: certain('at least', row.least, row.leastAtMost),
    most: certain('at most', row.most, row.mostAtLeast),
  }))
  const isKnown = rows.some(({ mechanism }) => mechanism !== null)
  return { rows, several: isKnown && rows.length > 1, only: isKnown && rows.length === 1 ? rows[0] : null }
}

/** Intervals leave the shortest and the longest open: only one end of each is certain. */
function certain(words: string, seconds: number | null, otherEnd: number | undefined): string | null {
  const shown = duration(seconds)
  return shown === null || otherEnd === undefined ? shown : `${words} ${shown}`
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
function viewQuantile({ value, low, high, reason, between }: Quantile) {
  return {
    value: between ? spanOf(between) : duration(value),
    low: duration(low),
    high: duration(high),
    reason: reason === null ? null : reason.replaceAll('= >= ', '≥ ').replaceAll('>= ', '≥ '),
  }
}

/** Where the curve does not come so far with all intervals at their upper ends, it may be any later time. */
function spanOf({ low, high }: NonNullable<Quantile['between']>): string {
  return high === null ? `${duration(low)} or later` : `${duration(low)} to ${duration(high)}`
}

/**
 * Scenarios with a run that counts, by what each of their runs decides: `within` when all were, `later` when one was,
 * `undecided` when one leaves it open. Runs of one scenario whose times count from different moments are of that one.
 */
export function tallyObjectives(recovery: readonly Recovery[]) {
  const scenarios = [
    ...groupedBy(
      recovery.filter(({ n }) => n > 0),
      ({ experiment, environment }) => JSON.stringify([experiment, environment]),
    ).values(),
  ]
  const withObjective = scenarios.filter((groups) =>
    groups.some(({ objectiveSeconds }) => objectiveSeconds !== null),
  )
  const standings = withObjective.map((groups) => {
    const tallies = groups.flatMap(({ objectiveRuns }) => objectiveRuns ?? [])
    if (tallies.length === 0) return 'undecided' as const
    if (tallies.some(({ later }) => later > 0)) return 'later' as const
    return tallies.some(({ undecided }) => undecided > 0) ? ('undecided' as const) : ('within' as const)
  })
  const count = (wanted: string): number => standings.filter((standing) => standing === wanted).length
  return {
    stated: standings.length,
    within: count('within'),
    later: count('later'),
    undecided: count('undecided'),
    unstated: scenarios.length - standings.length,
    scenarios: scenarios.length,
    fromEnd: withObjective.filter((groups) => isTimedFromEnd(groups)).length,
  }
}

/** The time that the fault itself lasted is in none of its recoveries. */
function isTimedFromEnd(groups: Recovery[]): boolean {
  const bases = groups.flatMap(({ from }) => from ?? [])
  return bases.length > 0 && bases.every((from) => from === 'fault-end')
}
