import { describe, expect, it } from 'vitest'
import type { Recovery, Run } from '../../src/facts/experiment.js'
import { loadRecoveryPolicy } from '../../src/knowledge/recovery-policy.js'
import { type Result, resultSchema } from '../../src/report/result.js'
import { summariseRecovery } from '../../src/statistics/recovery.js'

const policy = loadRecoveryPolicy()

function run(id: string, recovery: Partial<Recovery>, more: Partial<Run> = {}): Run {
  return {
    fact: 'run',
    source: { path: `${id}.yaml`, line: 1, column: 1, endLine: 1 },
    id,
    experiment: 'cart-outage',
    format: 'experiment-log',
    startedAt: null,
    endedAt: null,
    environment: 'staging',
    target: 'cart',
    fault: 'dependency-outage',
    verdict: 'pass',
    grade: 'valid',
    reasons: [],
    baselineMet: true,
    faultVerified: true,
    faultStart: null,
    faultEnd: null,
    load: null,
    rolledBack: null,
    recovery: {
      kind: 'unknown',
      seconds: null,
      low: null,
      high: null,
      from: 'fault-end',
      reason: null,
      ...recovery,
    },
    mechanism: null,
    metrics: [],
    alerts: [],
    covers: [],
    notes: null,
    ...more,
  }
}

const recovered = (seconds: number): Partial<Recovery> => ({ kind: 'recovered', seconds })
const stillDown = (low: number): Partial<Recovery> => ({ kind: 'not-recovered-within', low })

function runsOf(text: string): Run[] {
  return text.split(', ').map((time, index) => {
    const seconds = parseFloat(time)
    return run(`r${index}`, time.endsWith('+') ? stillDown(seconds) : recovered(seconds))
  })
}

const A = runsOf('5, 8, 8, 9, 11, 12, 15, 18+, 22, 30, 35, 41, 60, 60+, 75, 90, 120+, 120+')

describe('the recovery of an experiment', () => {
  it('is estimated with its censored runs', () => {
    const [summary] = summariseRecovery(A, null, policy)
    expect(summary).toMatchObject({ experiment: 'cart-outage', environment: 'staging', from: 'fault-end' })
    expect(summary).toMatchObject({ n: 18, recovered: 14, censored: 4, absorbed: 0, unknown: 0, excluded: 0 })
    expect(summary!.median).toEqual({ value: 30, low: 11, high: 75, reason: null })
    expect(summary!.mean!.restricted).toBeCloseTo(46.2041666666667, 10)
    expect(summary!.mean!.horizon).toBe(120)
    expect(summary!.p90).toEqual({
      value: null,
      low: null,
      high: null,
      reason: 'n = 18 too small (needs 29); max = >= 2 min',
    })
    expect(summary!.withinObjective).toBeNull()
    expect(summary!.curve).toHaveLength(15)
    expect(summary!.curve.find(({ time }) => time === 60)).toMatchObject({ censored: 1 })
  })

  it('gives the values instead of a median of few runs', () => {
    const [summary] = summariseRecovery(runsOf('8, 12, 7.99+, 31, 99.97+'), null, policy)
    expect(summary!.median).toEqual({
      value: null,
      low: null,
      high: null,
      reason: 'n = 5 too small for an interval (needs 6); values >= 7.9 s, 8 s, 12 s, 31 s, >= 1 min 39 s',
    })
    expect(summary!.mean).toBeNull()
  })

  it('says from which time on a quantile that was not reached must lie', () => {
    const [summary] = summariseRecovery(runsOf('5, 9, 120+, 120+, 120+, 120+'), null, policy)
    expect(summary!.median).toMatchObject({ value: null, reason: 'not reached: >= 2 min' })
  })

  it('has no time of absorbed faults, and never counts them as 0 s', () => {
    const [summary] = summariseRecovery(
      [run('a', { kind: 'absorbed' }), run('b', { kind: 'absorbed' })],
      60,
      policy,
    )
    expect(summary).toMatchObject({
      n: 2,
      absorbed: 2,
      curve: [],
      histogram: [],
      mean: null,
      withinObjective: null,
    })
    expect(summary!.median).toMatchObject({ value: null, reason: 'no run with a recovery time' })
    expect(summary!.passRate).toMatchObject({ passed: 2, n: 2, value: 1, high: 1 })
  })

  it('counts a recovery between two instants as one, at both ends of the interval', () => {
    const [summary] = summariseRecovery(
      [
        run('narrow', { kind: 'between', low: 90, high: 100 }),
        run('wide', { kind: 'between', low: 10, high: 100 }),
      ],
      null,
      policy,
    )
    expect(summary).toMatchObject({ recovered: 2, intervals: 2, unknown: 0 })
    expect(summary!.p90.reason).toBe('n = 2 too small (needs 29); max = 1 min 30 s to 1 min 40 s')
    expect(summary!.median.reason).toMatch(/; values 10 s to 1 min 40 s, 1 min 30 s to 1 min 40 s$/)
  })

  it('has no recovery of an interval whose ends contradict each other or are absent', () => {
    const [summary] = summariseRecovery(
      [
        run('turned', { kind: 'between', low: 100, high: 10 }),
        run('open', { kind: 'between', low: 10, high: null }),
      ],
      60,
      policy,
    )
    expect(summary).toMatchObject({ recovered: 0, intervals: 0, unknown: 2 })
    expect(summary!.objectiveRuns).toEqual({ within: 0, later: 0, undecided: 2 })
  })

  it.each([
    ['negative', { kind: 'recovered', seconds: -4 } as const],
    ['absent', { kind: 'recovered', seconds: null } as const],
    ['not finite', { kind: 'not-recovered-within', low: Number.NaN } as const],
  ])('does not take a time that is %s', (_, recovery) => {
    const [summary] = summariseRecovery([run('a', recovery)], null, policy)
    expect(summary).toMatchObject({ n: 1, unknown: 1, curve: [] })
  })

  it('leaves out invalid runs and runs with neither a verdict nor a recovery, and says how many', () => {
    const [summary] = summariseRecovery(
      [
        run('good', recovered(4)),
        run('weak', recovered(5), { grade: 'weak', verdict: 'fail' }),
        run('not-injected', recovered(1), { grade: 'invalid' }),
        run('nothing-said', {}, { verdict: 'unknown' }),
      ],
      null,
      policy,
    )
    expect(summary).toMatchObject({ n: 2, excluded: 2, runs: ['good', 'weak'] })
    expect(summary!.passRate).toMatchObject({ passed: 1, n: 2, value: 0.5 })
  })

  it('takes the recovery of a run without a verdict, which counts in no pass rate', () => {
    const [summary] = summariseRecovery(
      [run('good', recovered(4)), run('only-observed', recovered(2), { verdict: 'unknown' })],
      null,
      policy,
    )
    expect(summary).toMatchObject({ n: 2, recovered: 2, excluded: 0, runs: ['good', 'only-observed'] })
    expect(summary!.passRate).toMatchObject({ passed: 1, n: 1 })
  })

  it('does not count partial and aborted runs as passed', () => {
    const [summary] = summariseRecovery(
      [
        run('a', recovered(4)),
        run('b', recovered(4), { verdict: 'partial' }),
        run('c', stillDown(9), { verdict: 'aborted' }),
      ],
      null,
      policy,
    )
    expect(summary!.passRate).toMatchObject({ passed: 1, n: 3 })
  })

  it('a run without an experiment is not pooled with an experiment of its name', () => {
    const runs = [
      run('1', recovered(1), { experiment: 'cache-flush' }),
      run('cache-flush', recovered(2), { experiment: null }),
    ]
    expect(summariseRecovery(runs, null, policy).map(({ n }) => n)).toEqual([1, 1])
  })

  it('never pools experiments, environments, time bases or runs without an experiment', () => {
    const summaries = summariseRecovery(
      [
        run('1', recovered(1)),
        run('2', recovered(2), { environment: 'production' }),
        run('3', { ...recovered(3), from: 'fault-start' }),
        run('4', recovered(4), { experiment: 'cache-flush' }),
        run('5', recovered(5), { experiment: null }),
        run('6', recovered(6), { experiment: null }),
      ],
      null,
      policy,
    )
    expect(
      summaries.map(({ experiment, environment, from, runs }) => [experiment, environment, from, runs]),
    ).toEqual([
      ['5', 'staging', 'fault-end', ['5']],
      ['6', 'staging', 'fault-end', ['6']],
      ['cache-flush', 'staging', 'fault-end', ['4']],
      ['cart-outage', 'production', 'fault-end', ['2']],
      ['cart-outage', 'staging', 'fault-end', ['1']],
      ['cart-outage', 'staging', 'fault-start', ['3']],
    ])
  })

  it('counts a run without a time with the only time basis of its experiment', () => {
    const timeless = run('timeless', { kind: 'absorbed', from: null })
    expect(summariseRecovery([run('a', recovered(4)), timeless], null, policy)).toHaveLength(1)
    const bases = summariseRecovery(
      [run('a', recovered(4)), run('b', { ...recovered(4), from: 'fault-start' }), timeless],
      null,
      policy,
    )
    expect(bases.map(({ from, n }) => [from, n])).toEqual([
      [null, 1],
      ['fault-end', 1],
      ['fault-start', 1],
    ])
  })

  it('tells a run that does not enter beside those that do, and as no scenario of its own', () => {
    const bases = summariseRecovery(
      [
        run('a', recovered(4)),
        run('b', { ...recovered(4), from: 'fault-start' }, { grade: 'invalid' }),
        run('c', {}, { verdict: 'unknown' }),
      ],
      null,
      policy,
    )
    expect(bases).toMatchObject([{ from: 'fault-end', n: 1, excluded: 2 }])
    const none = summariseRecovery([run('b', recovered(4), { grade: 'invalid' })], null, policy)
    expect(none).toMatchObject([{ n: 0, excluded: 1 }])
  })

  it('has the shape of the result', () => {
    const summaries: Result['recovery'] = summariseRecovery(A, 30, policy)
    expect(resultSchema.shape.recovery.parse(summaries)).toEqual(summaries)
  })

  it('is the same in any order of runs', () => {
    expect(summariseRecovery([...A].reverse(), 60, policy)).toEqual(summariseRecovery(A, 60, policy))
  })
})

describe('the probability of recovery within the objective', () => {
  it('is a share of the runs while all were watched so long', () => {
    const [summary] = summariseRecovery(runsOf('5, 8, 60, 61, 120+, 60+'), 60, policy)
    expect(summary!.withinObjective!.value).toBe(0.5)
    expect(summary!.withinObjective!.low).toBeCloseTo(0.18761, 4)
  })

  it('is taken from the curve when observation ended earlier', () => {
    const [summary] = summariseRecovery(A, 30, policy)
    expect(summary!.withinObjective!.value).toBeCloseTo(1 - 0.488888888888889, 12)
    expect(summary!.withinObjective!.low).toBeCloseTo(1 - 0.694094268691244, 12)
    expect(summary!.withinObjective!.high).toBeCloseTo(1 - 0.2459861750984825, 12)
  })

  it('counts an interval where both its ends are on one side', () => {
    const between = (low: number, high: number, id = `${low}-${high}`): Run =>
      run(id, { kind: 'between', low, high })
    const runs = [...runsOf('5, 70'), between(20, 60), between(60, 80)]
    const [decided] = summariseRecovery(runs, 60, policy)
    expect(decided!.withinObjective).toMatchObject({ value: 0.5 })
    expect(decided!.objectiveRuns).toEqual({ within: 2, later: 2, undecided: 0 })
    const [open] = summariseRecovery([...runs, between(50, 70)], 60, policy)
    expect(open!.withinObjective).toMatchObject({ value: null, between: { low: 0.4, high: 0.6 } })
    expect(open!.objectiveRuns).toEqual({ within: 2, later: 2, undecided: 1 })
  })

  it('leaves open what a watch that ended too early does not show', () => {
    const [summary] = summariseRecovery(
      [...runsOf('30+, 60+'), run('fine', { kind: 'absorbed' })],
      60,
      policy,
    )
    expect(summary!.objectiveRuns).toEqual({ within: 1, later: 1, undecided: 1 })
  })

  it('is unknown beyond the longest observation', () => {
    const [summary] = summariseRecovery(A, 3600, policy)
    expect(summary!.withinObjective).toEqual({ value: null, low: null, high: null })
  })
})

describe('the histogram', () => {
  it('has fixed bins, from the first to the last that hold a recovery', () => {
    const [summary] = summariseRecovery(runsOf('5, 9.9, 10, 45, 100+'), null, policy)
    expect(summary!.histogram).toEqual([
      { from: 5, to: 10, count: 2 },
      { from: 10, to: 20, count: 1 },
      { from: 20, to: 30, count: 0 },
      { from: 30, to: 60, count: 1 },
    ])
  })

  it('leaves out intervals over an edge, and counts them', () => {
    const spans = [
      [11, 19],
      [5, 12],
      [95, 101],
    ].map(([low, high]) => run(`${low}`, { kind: 'between', low: low!, high: high! }))
    const [summary] = summariseRecovery(spans, null, policy)
    expect(summary!.histogram.map(({ from, count }) => [from, count])).toEqual([
      [10, 1],
      [20, 0],
      [30, 0],
      [60, 1],
    ])
    expect(summary!.histogramLeftOut).toBe(1)
  })

  it('takes everything beyond its last edge into one bin', () => {
    const [summary] = summariseRecovery(runsOf('90000, 200000.5'), null, policy)
    expect(summary!.histogram).toEqual([{ from: 86400, to: 200001, count: 2 }])
  })
})

describe('a month against the one before it', () => {
  const inMonth = (month: string, text: string): Run[] =>
    runsOf(text).map((one, index) => ({
      ...one,
      id: `${month}-${index}`,
      startedAt: `${month}-05T10:00:00Z`,
    }))
  const FIRST = '5, 8, 8, 9, 11, 12, 15, 18, 22, 30, 35, 60, 90, 120+'
  const SECOND = '4, 5, 6, 7, 7, 9, 10, 11, 13, 14, 20, 28, 45, 60'
  const changeOf = (runs: Run[]): Result['recovery'][number]['change'] =>
    summariseRecovery(runs, null, policy)[0]!.change

  it('shows no change where the interval holds 0, although the mean fell by a third', () => {
    const change = changeOf([...inMonth('2026-09', FIRST), ...inMonth('2026-10', SECOND)])!
    expect(change).toMatchObject({
      verdict: 'no-detectable-change',
      reason: null,
      earlier: { month: '2026-09', n: 14, recovered: 13, censored: 1 },
      later: { month: '2026-10', n: 14, recovered: 14, censored: 0 },
    })
    expect(change.mean!.difference).toBeCloseTo(-8.14285714285714, 8)
    expect(change.logRank!.p).toBeCloseTo(0.135606706480791, 8)
  })

  it('is faster or slower where both tests say so', () => {
    const slow = inMonth('2026-09', '50, 52, 55, 58, 60, 61, 66, 70')
    const fast = inMonth('2026-10', '5, 6, 7, 7, 8, 9, 10, 12')
    expect(changeOf([...slow, ...fast])!.verdict).toBe('faster')
    const back = fast.map((one) => ({ ...one, startedAt: '2026-08-05T10:00:00Z' }))
    expect(changeOf([...slow, ...back])!.verdict).toBe('slower')
  })

  it('needs as many timed runs in each month as a median does', () => {
    const change = changeOf([...inMonth('2026-09', '50, 52, 55'), ...inMonth('2026-10', SECOND)])!
    expect(change).toMatchObject({ verdict: 'too-few-runs', mean: null, logRank: null })
    expect(change.reason).toBe('3 and 14 runs with a recovery time; each month needs 6')
    expect(change.passRate).not.toBeNull()
  })

  it('is not asked of times that are known only as intervals', () => {
    const wide = run('wide', { kind: 'between', low: 5, high: 50 }, { startedAt: '2026-10-06T10:00:00Z' })
    const change = changeOf([...inMonth('2026-09', FIRST), ...inMonth('2026-10', SECOND), wide])!
    expect(change).toMatchObject({ verdict: 'too-few-runs', later: { recovered: 15, intervals: 1 } })
    expect(change.reason).toBe(
      '0 of 14 and 1 of 15 times are known only as intervals, which the tests cannot compare',
    )
  })

  it('is that of the two newest months with runs, and of none with one month', () => {
    const three = ['2026-06', '2026-09', '2026-10'].flatMap((month) => inMonth(month, SECOND))
    expect(changeOf(three)).toMatchObject({ earlier: { month: '2026-09' }, later: { month: '2026-10' } })
    expect(changeOf(inMonth('2026-10', SECOND))).toBeNull()
    expect(changeOf(runsOf(SECOND))).toBeNull()
  })

  it('is harder to show among many experiments', () => {
    const runs = [
      ...inMonth('2026-09', '20, 25, 30, 31, 35, 40, 42, 50'),
      ...inMonth('2026-10', '10, 14, 18, 20, 24, 30, 33, 36'),
    ]
    const named = (experiment: string): Run[] =>
      runs.map((one) => ({ ...one, experiment, id: `${experiment}-${one.id}` }))
    const [alone] = summariseRecovery(named('a'), null, policy)
    const [among] = summariseRecovery(['a', 'b', 'c', 'd'].flatMap(named), null, policy)
    expect(among!.change!.mean!.p).toBe(alone!.change!.mean!.p)
    expect(among!.change!.mean!.adjusted).toBeGreaterThan(alone!.change!.mean!.adjusted)
  })

  it('leaves out invalid runs', () => {
    const invalid = inMonth('2026-09', FIRST).map((one) => ({ ...one, grade: 'invalid' as const }))
    expect(changeOf([...invalid, ...inMonth('2026-10', SECOND)])).toBeNull()
  })
})

describe('what the runs of an experiment show beside times', () => {
  const metric = (baseline: number | null, during: number | null, after: number | null) => [
    { name: 'error_rate', unit: '%', baseline, during, after },
  ]
  const summary = (runs: Run[]) => summariseRecovery(runs, null, policy)[0]!

  it('is each metric before, during and after, with its range and how many runs recorded it', () => {
    const { metrics } = summary([
      run('a', recovered(5), { metrics: metric(0.1, 12, 0.1) }),
      run('b', recovered(9), { metrics: metric(0.3, 30, null) }),
      run('c', recovered(9), { metrics: [{ ...metric(5, 5, 5)[0]!, unit: 'requests' }] }),
    ])
    expect(metrics).toHaveLength(2)
    expect(metrics[0]).toMatchObject({
      unit: '%',
      before: { n: 2, median: 0.2, least: 0.1, most: 0.3 },
      during: { n: 2, median: 21, least: 12, most: 30 },
      after: { n: 1, median: 0.1 },
    })
  })

  it('is what ended the fault, with the times of those that recovered, what is not recorded last', () => {
    const { mechanisms } = summary([
      run('a', recovered(5)),
      run('b', recovered(9), { mechanism: 'self-healing' }),
      run('c', recovered(30), { mechanism: 'self-healing' }),
      run('d', stillDown(60), { mechanism: 'operator', verdict: 'fail' }),
      run('e', recovered(3), { mechanism: 'operator', grade: 'invalid' }),
    ])
    expect(mechanisms).toEqual([
      {
        mechanism: 'self-healing',
        n: 2,
        recovered: 2,
        absorbed: 0,
        censored: 0,
        unknown: 0,
        least: 9,
        most: 30,
      },
      {
        mechanism: 'operator',
        n: 1,
        recovered: 0,
        absorbed: 0,
        censored: 1,
        unknown: 0,
        least: null,
        most: null,
      },
      { mechanism: null, n: 1, recovered: 1, absorbed: 0, censored: 0, unknown: 0, least: 5, most: 5 },
    ])
  })

  it('says of intervals what is certain of the shortest and the longest', () => {
    const { mechanisms } = summary([
      ...runsOf('14, 9, 12'),
      run('d', { kind: 'between', low: 5, high: 10 }),
      run('e', { kind: 'between', low: 10, high: 20 }),
    ])
    expect(mechanisms).toMatchObject([{ least: 5, leastAtMost: 9, mostAtLeast: 14, most: 20, recovered: 5 }])
  })

  it('is each failure, with what later valid runs say', () => {
    const { failures } = summary([
      run('first', stillDown(60), {
        verdict: 'fail',
        startedAt: '2026-08-01T10:00:00Z',
        notes: 'pool empty',
      }),
      run('weak', recovered(5), { grade: 'weak', startedAt: '2026-08-02T10:00:00Z' }),
      run('second', recovered(5), { startedAt: '2026-08-03T10:00:00Z' }),
      run('third', stillDown(60), { verdict: 'fail', startedAt: '2026-08-04T10:00:00Z' }),
      run('undated', stillDown(60), { verdict: 'fail' }),
      run('void', stillDown(60), { verdict: 'fail', grade: 'invalid', startedAt: '2026-08-05T10:00:00Z' }),
    ])
    expect(failures).toEqual([
      { run: 'undated', notes: null, since: null },
      { run: 'first', notes: 'pool empty', since: { valid: 2, passed: 1 } },
      { run: 'third', notes: null, since: { valid: 0, passed: 0 } },
    ])
  })
})
