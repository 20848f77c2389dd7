import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Z_95 } from '../../src/statistics/intervals.js'
import {
  type Observation,
  quantile,
  restrictedMean,
  stepAt,
  survivalCurve,
} from '../../src/statistics/survival.js'

/** `18+` is a right-censored time. */
function times(text: string): Observation[] {
  return text.split(', ').map((time) => ({ time: parseFloat(time), event: !time.endsWith('+') }))
}

function expectRelative(actual: number | null, expected: number): void {
  expect(Math.abs((actual ?? Number.NaN) - expected) / expected).toBeLessThan(1e-9)
}

const A = times('5, 8, 8, 9, 11, 12, 15, 18+, 22, 30, 35, 41, 60, 60+, 75, 90, 120+, 120+')
const MONTH_1 = times('5, 8, 8, 9, 11, 12, 15, 18, 22, 30, 35, 60, 90, 120+')
const MONTH_2 = times('4, 5, 6, 7, 7, 9, 10, 11, 13, 14, 20, 28, 45, 60')
const MAINTAINED = times('9, 13, 13+, 18, 23, 28+, 31, 34, 45+, 48, 161+')
const NONMAINTAINED = times('5, 5, 8, 8, 12, 16+, 23, 27, 30, 33, 43, 45')

// Reference values: R 4.2.2, package survival 3.5.3.
describe('the survival curve', () => {
  it.each([
    [5, 18, 1, 0, 0.944444444444444, 0.0539902953226417, 0.6663901683353302, 0.991982923674006],
    [8, 17, 2, 0, 0.833333333333333, 0.0878410461157883, 0.5676855186806901, 0.942979741578936],
    [9, 15, 1, 0, 0.777777777777778, 0.0979907892986885, 0.511026052868332, 0.910210250680365],
    [11, 14, 1, 0, 0.722222222222222, 0.1055717986202906, 0.4561785561962091, 0.8737803046946],
    [12, 13, 1, 0, 0.666666666666667, 0.1111111111111111, 0.4035370727427562, 0.834300366774656],
    [15, 12, 1, 0, 0.611111111111111, 0.1149043856110265, 0.3531693022514804, 0.792134631674613],
    [18, 11, 0, 1, 0.611111111111111, 0.1149043856110265, 0.3531693022514804, 0.792134631674613],
    [22, 10, 1, 0, 0.55, 0.1185561282918583, 0.2976097082972382, 0.744607007624696],
    [30, 9, 1, 0, 0.488888888888889, 0.120105120851984, 0.2459861750984825, 0.694094268691244],
    [35, 8, 1, 0, 0.427777777777778, 0.1196330695526528, 0.1980411607570978, 0.640634988012672],
    [41, 7, 1, 0, 0.366666666666667, 0.117115538604901, 0.1537428295220081, 0.584156921806132],
    [60, 6, 1, 1, 0.305555555555556, 0.1124151867464903, 0.1132561536814949, 0.524463389546008],
    [75, 4, 1, 0, 0.229166666666667, 0.1071674262688361, 0.0642771020146578, 0.453442505889273],
    [90, 3, 1, 0, 0.152777777777778, 0.0948396325303461, 0.0275922624324812, 0.374124976114145],
    [120, 2, 0, 2, 0.152777777777778, 0.0948396325303461, 0.0275922624324812, 0.374124976114145],
  ])('agrees with R at %d s', (time, atRisk, events, censored, survival, standardError, low, high) => {
    const step = survivalCurve(A).find((candidate) => candidate.time === time)!
    expect(step).toMatchObject({ atRisk, events, censored })
    expectRelative(step.survival, survival)
    expectRelative(step.standardError, standardError)
    expectRelative(step.low, low)
    expectRelative(step.high, high)
  })

  it('has no limits where survival is 1 or 0', () => {
    const curve = survivalCurve(times('3+, 5, 9'))
    expect(
      curve.map(({ survival, low, high }) => ({ survival, open: low === null && high === null })),
    ).toEqual([
      { survival: 1, open: true },
      { survival: 0.5, open: false },
      { survival: 0, open: true },
    ])
    expect(curve.at(-1)!.standardError).toBe(0)
  })

  it('is empty without observations', () => {
    expect(survivalCurve([])).toEqual([])
  })

  it('gives the step in force at a time', () => {
    const curve = survivalCurve(A)
    expect(stepAt(curve, 4.9)).toBeNull()
    expect(stepAt(curve, 5)?.time).toBe(5)
    expect(stepAt(curve, 1000)?.time).toBe(120)
  })
})

describe('quantiles', () => {
  it.each([
    ['A, lower quartile', A, 0.25, 11, 5, 22],
    ['A, median', A, 0.5, 30, 11, 75],
    ['A, upper quartile, upper limit open', A, 0.75, 75, 30, null],
    ['A, P90 not reached', A, 0.9, null, 75, null],
    ['A, P95 not reached', A, 0.95, null, 90, null],
    ['month 1, midpoint of a level stretch', MONTH_1, 0.5, 16.5, 8, 35],
    ['month 2, midpoint of a level stretch', MONTH_2, 0.5, 10.5, 6, 20],
    ['aml maintained', MAINTAINED, 0.5, 31, 13, null],
    ['aml nonmaintained', NONMAINTAINED, 0.5, 23, 5, 33],
  ])('%s', (_, observations, p, value, low, high) => {
    expect(quantile(survivalCurve(observations), p)).toEqual({ value, low, high })
  })
})

describe('the restricted mean', () => {
  it.each([
    ['A to 60', A, 60, 33.6, 5.3025838099674],
    ['A to 120', A, 120, 46.2041666666667, 9.85004478333963],
    ['month 1 to 60', MONTH_1, 60, 25.2142857142857, 5.32435544765229],
    ['month 2 to 60', MONTH_2, 60, 17.0714285714286, 4.26837478715438],
    ['aml maintained to 48', MAINTAINED, 48, 31.8431818181818, 4.52788471175049],
    ['aml nonmaintained to 48', NONMAINTAINED, 48, 22.7083333333333, 4.18094198103315],
  ])('%s', (_, observations, horizon, restricted, standardError) => {
    const mean = restrictedMean(survivalCurve(observations), horizon)!
    expectRelative(mean.restricted, restricted)
    expectRelative(mean.standardError, standardError)
  })

  it('refuses a horizon nobody was watched to', () => {
    expect(restrictedMean(survivalCurve(A), 120.1)).toBeNull()
    expect(restrictedMean([], 10)).toBeNull()
  })

  it('goes beyond the last time when everybody had the event', () => {
    expect(restrictedMean(survivalCurve(MONTH_2), 1000)?.restricted).toBeCloseTo(17.0714285714286, 10)
  })

  it('is the horizon when the first event lies beyond it', () => {
    expect(restrictedMean(survivalCurve(A), 4)).toEqual({ restricted: 4, horizon: 4, standardError: 0 })
  })
})

describe('any sample', () => {
  const observation = fc.record({ time: fc.integer({ min: 0, max: 300 }), event: fc.boolean() })
  const sample = fc.array(observation, { minLength: 1, maxLength: 40 })

  it('has a curve that never rises, inside its limits', () => {
    fc.assert(
      fc.property(sample, (observations) => {
        const curve = survivalCurve(observations)
        curve.forEach(({ survival, low, high }, index) => {
          expect(survival).toBeLessThanOrEqual(curve[index - 1]?.survival ?? 1)
          if (low !== null && high !== null) {
            expect(low).toBeGreaterThanOrEqual(0)
            expect(low).toBeLessThanOrEqual(survival)
            expect(high).toBeGreaterThanOrEqual(survival)
            expect(high).toBeLessThanOrEqual(1)
          }
        })
      }),
    )
  })

  it('has the same curve in any order', () => {
    fc.assert(
      fc.property(sample, fc.func(fc.integer()), (observations, rank) => {
        const shuffled = [...observations].sort((a, b) => rank(a) - rank(b))
        expect(survivalCurve(shuffled)).toEqual(survivalCurve(observations))
      }),
    )
  })

  it('keeps its event shares when a longer censored time is replaced by an even longer one', () => {
    fc.assert(
      fc.property(sample, fc.integer({ min: 301, max: 400 }), (observations, later) => {
        const before = survivalCurve([...observations, { time: 301, event: false }])
        const after = survivalCurve([...observations, { time: later + 1, event: false }])
        expect(after.slice(0, -1)).toEqual(before.slice(0, -1))
        expect(after.at(-1)!.survival).toBe(before.at(-1)!.survival)
      }),
    )
  })

  it('has limits around its median', () => {
    fc.assert(
      fc.property(sample, (observations) => {
        const { value, low, high } = quantile(survivalCurve(observations), 0.5)
        if (value !== null && low !== null) expect(low).toBeLessThanOrEqual(value)
        if (value !== null && high !== null) expect(high).toBeGreaterThanOrEqual(value)
      }),
    )
  })

  it('uses the two-sided 95 % normal quantile', () => {
    expect(Z_95).toBe(1.959963984540054)
  })
})
