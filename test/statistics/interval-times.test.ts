import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadRecoveryPolicy } from '../../src/knowledge/recovery-policy.js'
import { objectiveTally, withinObjective } from '../../src/statistics/objective.js'
import { percentile } from '../../src/statistics/percentiles.js'
import type { Contribution } from '../../src/statistics/recovery-times.js'
import { restrictedMean, stepAt, survivalCurve } from '../../src/statistics/survival.js'
import { asTime, earliestOf, latestOf, rangeOf, type TimedRun } from '../../src/statistics/timed-run.js'

const policy = loadRecoveryPolicy()
const OBJECTIVE = 12

/** Whole seconds of a short span, so that ties and watches that end inside an interval are frequent. */
const seconds = fc.integer({ min: 0, max: 20 })
const timed: fc.Arbitrary<TimedRun> = fc
  .record({ low: seconds, width: fc.integer({ min: 0, max: 8 }), event: fc.boolean() })
  .map(({ low, width, event }) => ({ low, high: event ? low + width : low, event }))
const group = fc.array(timed, { minLength: 6, maxLength: 12 })

/** The same runs, with a share of each interval passed as the time that it really took. */
const withTruth = group.chain((runs) =>
  fc
    .array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: runs.length, maxLength: runs.length })
    .map((shares) => ({
      runs,
      truth: runs.map(({ low, high, event }, index) => {
        const time = event && low < high ? Math.max(low + 0.001, low + shares[index]! * (high - low)) : low
        return { low: time, high: time, event }
      }),
    })),
)

/** The same runs, each interval reaching further on both sides. */
const withWider = group.chain((runs) =>
  fc
    .array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 })), {
      minLength: runs.length,
      maxLength: runs.length,
    })
    .map((more) => ({
      runs,
      wider: runs.map((run, index) => (run.event ? widened(run, more[index]!) : run)),
    })),
)

/** The lower end is excluded: one that holds a known time begins before it. */
function widened({ low, high, event }: TimedRun, [below, above]: [number, number]): TimedRun {
  const isKnown = low === high
  if (isKnown && low === 0) return { low, high, event }
  return { low: Math.max(0, low - (isKnown ? Math.max(1, below) : below)), high: high + above, event }
}

const curvesOf = (runs: TimedRun[]) => ({
  earliest: survivalCurve(earliestOf(runs)),
  latest: survivalCurve(latestOf(runs)),
})
const survivalAt = (runs: TimedRun[], which: 'earliest' | 'latest', time: number): number =>
  stepAt(curvesOf(runs)[which], time)?.survival ?? 1
const TIMES = Array.from({ length: 60 }, (_, index) => index / 2)
const SLACK = 1e-9

const medianOf = (runs: TimedRun[]): { low: number; high: number } | null => {
  const { value, between, reason } = percentile('median', runs, curvesOf(runs), policy)
  if (value !== null) return { low: value, high: value }
  if (between) return { low: between.low, high: between.high ?? Infinity }
  return reason?.startsWith('not reached') ? { low: Infinity, high: Infinity } : null
}

describe('the two estimates of times that are known as intervals', () => {
  it('hold between them the estimate of the times that were really taken', () => {
    fc.assert(
      fc.property(withTruth, ({ runs, truth }) => {
        for (const time of TIMES) {
          const real = survivalAt(truth, 'latest', time)
          expect(survivalAt(runs, 'earliest', time)).toBeLessThanOrEqual(real + SLACK)
          expect(survivalAt(runs, 'latest', time)).toBeGreaterThanOrEqual(real - SLACK)
        }
        const [span, real] = [medianOf(runs)!, medianOf(truth)!]
        expect(span.low).toBeLessThanOrEqual(real.low)
        expect(span.high).toBeGreaterThanOrEqual(real.high)
      }),
    )
  })

  it('lie further apart, never nearer, where an interval is wider', () => {
    fc.assert(
      fc.property(withWider, ({ runs, wider }) => {
        for (const time of TIMES) {
          expect(survivalAt(wider, 'earliest', time)).toBeLessThanOrEqual(
            survivalAt(runs, 'earliest', time) + SLACK,
          )
          expect(survivalAt(wider, 'latest', time)).toBeGreaterThanOrEqual(
            survivalAt(runs, 'latest', time) - SLACK,
          )
        }
        const [range, widerRange] = [rangeOf(runs)!, rangeOf(wider)!]
        for (const which of ['shortest', 'longest'] as const) {
          expect(widerRange[which].atLeast).toBeLessThanOrEqual(range[which].atLeast)
          expect(widerRange[which].atMost).toBeGreaterThanOrEqual(range[which].atMost)
        }
      }),
    )
  })

  it('have limits that hold those of the times that were really taken', () => {
    const limits = (runs: TimedRun[]) => percentile('median', runs, curvesOf(runs), policy)
    fc.assert(
      fc.property(withTruth, ({ runs, truth }) => {
        const [span, real] = [limits(runs), limits(truth)]
        expect(span.low ?? 0).toBeLessThanOrEqual(real.low ?? Infinity)
        expect(span.high ?? Infinity).toBeGreaterThanOrEqual(real.high ?? 0)
      }),
    )
  })

  it('are one where every time is known, and equal to the plain estimate', () => {
    fc.assert(
      fc.property(group, (runs) => {
        const known = runs.map(({ low, event }) => ({ low, high: low, event }))
        const plain = survivalCurve(known.map(({ low, event }) => ({ time: low, event })))
        expect(curvesOf(known)).toEqual({ earliest: plain, latest: plain })
      }),
    )
  })

  it('keep the weight of a watch that ended inside an interval on the safe side', () => {
    const runs = [
      { low: 1, high: 4, event: true },
      { low: 2, high: 2, event: false },
      { low: 10, high: 10, event: true },
    ]
    // With the recovery at 1 s the estimate at 5 s is 2/3; with the recovery at 4 s, 1/2: later, and yet lower.
    expect(survivalAt(runs, 'earliest', 5)).toBeCloseTo(1 / 3, 12)
    expect(survivalAt(runs, 'latest', 5)).toBeCloseTo(2 / 3, 12)
  })

  it('have restricted means in their order', () => {
    fc.assert(
      fc.property(group, (runs) => {
        const { earliest, latest } = curvesOf(runs)
        const horizon = earliest.at(-1)!.time
        const [low, high] = [restrictedMean(earliest, horizon)!, restrictedMean(latest, horizon)!]
        expect(low.restricted).toBeLessThanOrEqual(high.restricted + SLACK)
      }),
    )
  })
})

describe('an objective', () => {
  const contributed = (runs: TimedRun[]): Contribution[] =>
    runs.map((one) => ({ kind: one.event ? 'recovered' : 'censored', timed: one }))

  it('is decided by no more runs where intervals are wider', () => {
    fc.assert(
      fc.property(withWider, ({ runs, wider }) => {
        const [before, after] = [runs, wider].map((list) => objectiveTally(contributed(list), OBJECTIVE))
        expect(after!.within).toBeLessThanOrEqual(before!.within)
        expect(after!.later).toBeLessThanOrEqual(before!.later)
        expect(after!.undecided).toBe(runs.length - after!.within - after!.later)
      }),
    )
  })

  it('has a share that a wider interval only leaves more open', () => {
    const spanOf = (runs: TimedRun[]) => {
      const share = withinObjective(runs, curvesOf(runs), OBJECTIVE)!
      return share.value === null
        ? (share.between ?? { low: 0, high: 1 })
        : { low: share.value, high: share.value }
    }
    fc.assert(
      fc.property(withWider, ({ runs, wider }) => {
        const [before, after] = [spanOf(runs), spanOf(wider)]
        expect(after.low).toBeLessThanOrEqual(before.low + SLACK)
        expect(after.high).toBeGreaterThanOrEqual(before.high - SLACK)
      }),
    )
  })

  it('is met by an interval that ends with it, and missed by one that begins there', () => {
    const tally = (low: number, high: number) =>
      objectiveTally(contributed([{ low, high, event: true }]), OBJECTIVE)
    expect(tally(5, 12)).toEqual({ within: 1, later: 0, undecided: 0 })
    expect(tally(12, 15)).toEqual({ within: 0, later: 1, undecided: 0 })
    expect(tally(11.9, 12.1)).toEqual({ within: 0, later: 0, undecided: 1 })
    expect(tally(12, 12)).toEqual({ within: 1, later: 0, undecided: 0 })
  })
})

describe('an interval', () => {
  it('stands for a time only where it is narrow against its upper end', () => {
    expect(asTime({ low: 90, high: 100, event: true }, policy)).toEqual({ time: 100, event: true })
    expect(asTime({ low: 89, high: 100, event: true }, policy)).toBeNull()
    expect(asTime({ low: 0, high: 0, event: true }, policy)).toEqual({ time: 0, event: true })
  })
})
