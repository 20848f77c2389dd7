import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { holm, logRank, meanDifference, rateDifference } from '../../src/statistics/comparison.js'
import type { Observation } from '../../src/statistics/survival.js'

/** `18+` is a right-censored time. */
function times(text: string): Observation[] {
  return text.split(', ').map((time) => ({ time: parseFloat(time), event: !time.endsWith('+') }))
}

const MONTH_1 = times('5, 8, 8, 9, 11, 12, 15, 18, 22, 30, 35, 60, 90, 120+')
const MONTH_2 = times('4, 5, 6, 7, 7, 9, 10, 11, 13, 14, 20, 28, 45, 60')
const MAINTAINED = times('9, 13, 13+, 18, 23, 28+, 31, 34, 45+, 48, 161+')
const NONMAINTAINED = times('5, 5, 8, 8, 12, 16+, 23, 27, 30, 33, 43, 45')

// Reference values: R 4.2.2, package survival 3.5.3.
describe('the log-rank test', () => {
  it('agrees with R on two months', () => {
    const { observed, expected, variance, chiSquared, p } = logRank(MONTH_1, MONTH_2)!
    expect(observed).toBe(13)
    expect(expected).toBeCloseTo(16.6166772334419, 10)
    expect(variance).toBeCloseTo(5.87322380067894, 10)
    expect(chiSquared).toBeCloseTo(2.22711659810838, 10)
    expect(p).toBeCloseTo(0.135606706480791, 12)
  })

  it('agrees with R on the public set aml', () => {
    const { chiSquared, p } = logRank(MAINTAINED, NONMAINTAINED)!
    expect(chiSquared).toBeCloseTo(3.3963886989776, 10)
    expect(p).toBeCloseTo(0.0653393220405051, 12)
  })

  it('is not made without an event', () => {
    expect(logRank(times('5+, 6+'), times('7+'))).toBeNull()
    expect(logRank([], times('7'))).toBeNull()
  })
})

describe('the difference of restricted means', () => {
  it('agrees with R on two months', () => {
    const result = meanDifference(MONTH_1, MONTH_2)!
    expect(result.horizon).toBe(60)
    expect(result.difference).toBeCloseTo(-8.14285714285714, 10)
    expect(result.standardError).toBeCloseTo(6.82405922135497, 10)
    expect(result.low).toBeCloseTo(-21.5177674450813, 10)
    expect(result.high).toBeCloseTo(5.23205315936704, 10)
    expect(result.p).toBeCloseTo(0.232768696710875, 12)
  })

  it('tells the smallest change that would mostly be seen: 2.8 standard errors', () => {
    const { smallestDetectable, standardError } = meanDifference(MONTH_1, MONTH_2)!
    expect(smallestDetectable / standardError).toBeCloseTo(2.801585218112969, 12)
  })

  it('is never taken beyond what both groups were watched', () => {
    expect(meanDifference(times('5, 10+'), times('5, 500+'))!.horizon).toBe(10)
    expect(meanDifference([], times('5'))).toBeNull()
  })
})

describe('the adjustment by Holm', () => {
  it('raises the probabilities of several tests, and keeps their order', () => {
    const adjusted = holm([0.03, 0.005, 0.6, 0.01])
    ;[0.06, 0.02, 0.6, 0.03].forEach((expected, index) => expect(adjusted[index]).toBeCloseTo(expected, 12))
    expect(holm([0.04])).toEqual([0.04])
    expect(holm([])).toEqual([])
  })
})

describe('the difference of two pass rates', () => {
  it("is Newcombe's of his published example", () => {
    const { low, high } = rateDifference({ passed: 48, n: 80 }, { passed: 56, n: 70 })!
    expect(low).toBeCloseTo(0.0524314724023649, 12)
    expect(high).toBeCloseTo(0.333872654036906, 12)
  })

  it('has an interval where all passed', () => {
    const { difference, low, high } = rateDifference({ passed: 27, n: 30 }, { passed: 30, n: 30 })!
    expect(difference).toBeCloseTo(0.1, 12)
    expect(low).toBeCloseTo(-0.0310055914139891, 12)
    expect(high).toBeCloseTo(0.256210825791841, 12)
  })

  it('does not exist without runs', () => {
    expect(rateDifference({ passed: 0, n: 0 }, { passed: 1, n: 1 })).toBeNull()
  })
})

describe('any two groups', () => {
  const group = fc.array(fc.record({ time: fc.integer({ min: 1, max: 500 }), event: fc.boolean() }), {
    minLength: 1,
    maxLength: 25,
  })

  it('differ by the same the other way round', () => {
    fc.assert(
      fc.property(group, group, (first, second) => {
        const [forward, backward] = [meanDifference(first, second), meanDifference(second, first)]
        expect(forward === null).toBe(backward === null)
        if (!forward || !backward) return
        expect(forward.difference).toBeCloseTo(-backward.difference, 9)
        expect(forward.p).toBeCloseTo(backward.p, 9)
        const [one, other] = [logRank(first, second), logRank(second, first)]
        expect(one?.chiSquared ?? 0).toBeCloseTo(other?.chiSquared ?? 0, 9)
      }),
    )
  })

  it('do not differ from themselves', () => {
    fc.assert(
      fc.property(group, (one) => {
        expect(meanDifference(one, one)?.difference ?? 0).toBe(0)
        expect(logRank(one, one)?.p ?? 1).toBeCloseTo(1, 6)
      }),
    )
  })

  it('have probabilities from 0 to 1, not lowered by other tests', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 }),
        (probabilities) => {
          holm(probabilities).forEach((adjusted, index) => {
            expect(adjusted).toBeGreaterThanOrEqual(probabilities[index]!)
            expect(adjusted).toBeLessThanOrEqual(1)
          })
        },
      ),
    )
  })
})
