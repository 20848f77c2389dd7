import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wilson } from '../../src/statistics/intervals.js'

describe('the Wilson interval', () => {
  it.each([
    [76, 76, 0.951886414934863, 1],
    [30, 30, 0.886486606826031, 1],
    [29, 30, 0.833296090085908, 0.994091409618387],
    [27, 30, 0.743789174208159, 0.965400111252666],
    [4, 4, 0.510109163545403, 1],
    [0, 30, 0, 0.113513393173969],
  ])('of %d in %d', (passed, n, low, high) => {
    const interval = wilson(passed, n)
    expect(interval.value).toBe(passed / n)
    expect(interval.low).toBeCloseTo(low, 12)
    expect(interval.high).toBeCloseTo(high, 12)
  })

  it('of nothing is nothing', () => {
    expect(wilson(0, 0)).toEqual({ value: null, low: null, high: null })
  })

  const trial = fc
    .integer({ min: 1, max: 500 })
    .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)))

  it('lies inside 0 and 1 and holds the share', () => {
    fc.assert(
      fc.property(trial, ([passed, n]) => {
        const { value, low, high } = wilson(passed, n)
        expect(low).toBeGreaterThanOrEqual(0)
        expect(high).toBeLessThanOrEqual(1)
        expect(low!).toBeLessThanOrEqual(value!)
        expect(high!).toBeGreaterThanOrEqual(value!)
      }),
    )
  })

  it('rises with every pass', () => {
    fc.assert(
      fc.property(trial, ([passed, n]) => {
        fc.pre(passed < n)
        expect(wilson(passed + 1, n).low!).toBeGreaterThan(wilson(passed, n).low!)
        expect(wilson(passed + 1, n).high!).toBeGreaterThan(wilson(passed, n).high!)
      }),
    )
  })
})
