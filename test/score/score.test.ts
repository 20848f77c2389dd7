import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Judged } from '../../src/score/finding.js'
import { coverageOf, scoreOf } from '../../src/score/score.js'
import { policies } from '../system/facts.js'
import { ACCEPTED, judged, type Severity } from './judged.js'

const policy = policies.score
const categories = policy.dimensions.flatMap((dimension) => dimension.categories)
const severities: Severity[] = ['critical', 'high', 'medium', 'low']
const outcomes: Judged['outcome'][] = ['pass', 'fail', 'unknown', 'error', 'not-applicable']

const one = fc
  .record({
    outcome: fc.constantFrom(...outcomes),
    severity: fc.constantFrom(...severities),
    category: fc.constantFrom(...categories),
    name: fc.constantFrom('a', 'b', 'c', 'd'),
    rule: fc.constantFrom('r1', 'r2', 'r3'),
  })
  .map(judged)
const many = fc.array(one, { maxLength: 60 })

function several(count: number, wanted: Parameters<typeof judged>[0]): Judged[] {
  return Array.from({ length: count }, (_, index) => judged({ ...wanted, name: `n${index}` }))
}

function workloads(list: Judged[]): ReturnType<typeof scoreOf>['dimensions'][number] {
  return scoreOf(list, policy).dimensions.find(({ id }) => id === 'workloads')!
}

const cents = (value: number): number => Math.round(value * 100)

describe('a dimension', () => {
  it('is the passed share by weight: 10 for critical, 5 high, 2 medium, 1 low', () => {
    const list = [
      judged({ outcome: 'pass', severity: 'critical' }),
      judged({ severity: 'high' }),
      judged({ outcome: 'pass', severity: 'medium' }),
      judged({ severity: 'low' }),
    ]
    expect(workloads(list)).toMatchObject({ value: 66.67, low: 66.67, high: 66.67 })
    expect(workloads(list).points.map(({ points }) => points)).toEqual([-27.78, -5.55])
  })

  it('what is unknown widens the range, and never counts as passed', () => {
    const list = [...several(2, { outcome: 'pass' }), judged(), judged({ outcome: 'unknown' })]
    expect(workloads(list)).toMatchObject({ value: 66.67, low: 50, high: 75 })
    expect(workloads(several(3, { outcome: 'unknown' }))).toMatchObject({
      value: null,
      low: 0,
      high: 100,
      points: [],
    })
    expect(workloads(several(3, { outcome: 'error' }))).toMatchObject({ value: null, low: 0, high: 100 })
  })

  it('is not known when nothing was asked, and not moved by what does not apply', () => {
    expect(workloads([])).toMatchObject({ value: null, low: 0, high: 100, points: [] })
    const list = several(3, { outcome: 'pass' })
    expect(workloads([...list, ...several(5, { outcome: 'not-applicable' })])).toEqual(workloads(list))
  })

  it('is not moved by what is wrong with code that nothing runs', () => {
    const list = several(3, { outcome: 'pass' })
    expect(workloads([...list, judged({ severity: 'low', dormant: true })])).toEqual(workloads(list))
  })

  it('an accepted risk is still a risk', () => {
    const list = [judged({ acceptance: ACCEPTED }), judged({ outcome: 'pass' })]
    expect(workloads(list).value).toBe(50)
  })

  it('names what each point was taken for', () => {
    expect(workloads([judged()]).points).toEqual([
      { points: -100, why: 'Not fine: Deployment cart', fingerprint: 'some-rule/cart' },
    ])
  })

  it.each([3, 7, 300, 7001])('points and value add up to 100 for %d equal findings of many', (count) => {
    const { value, points } = workloads([
      ...several(count, { severity: 'low' }),
      ...several(2 * count, { outcome: 'pass' }),
    ])
    expect(points.reduce((sum, each) => sum - cents(each.points), cents(value!))).toBe(10_000)
  })
})

describe('the score', () => {
  it('is the mean of the dimensions by their weights', () => {
    const list = [
      judged({ outcome: 'pass', category: 'calls' }),
      judged({ outcome: 'fail', category: 'experiments' }),
      judged({ outcome: 'pass', category: 'experiments' }),
    ]
    const { value, low, high } = scoreOf(list, policy)
    expect(value).toBe(77.78)
    expect(low).toBe(35)
    expect(high).toBe(90)
  })

  it('does not exist when nothing could be answered', () => {
    expect(scoreOf([], policy)).toMatchObject({
      value: null,
      low: 0,
      high: 100,
      coverage: 0,
      maturity: { level: 1 },
    })
  })

  it('lies within its range, as does every dimension', () => {
    fc.assert(
      fc.property(many, (list) => {
        const score = scoreOf(list, policy)
        for (const { value, low, high } of [score, ...score.dimensions]) {
          expect(low).toBeGreaterThanOrEqual(0)
          expect(high).toBeLessThanOrEqual(100)
          expect(low).toBeLessThanOrEqual(value ?? low)
          expect(value ?? high).toBeLessThanOrEqual(high)
        }
      }),
    )
  })

  it('points and value add up to 100 in every dimension', () => {
    fc.assert(
      fc.property(many, (list) => {
        for (const { value, points } of scoreOf(list, policy).dimensions) {
          if (value === null) expect(points).toEqual([])
          else expect(points.reduce((sum, each) => sum - cents(each.points), cents(value))).toBe(10_000)
        }
      }),
    )
  })

  it('is the same for the same outcomes in any order', () => {
    const lists = many.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    )
    fc.assert(
      fc.property(lists, ([list, shuffled]) => {
        expect(scoreOf(shuffled, policy)).toEqual(scoreOf(list, policy))
      }),
    )
  })

  it('an answer narrows the range, whatever it is', () => {
    const answers = fc.constantFrom<Judged['outcome']>('pass', 'fail')
    fc.assert(
      fc.property(many, one, answers, (list, asked, answer) => {
        const before = scoreOf([...list, { ...asked, outcome: 'unknown' }], policy)
        const after = scoreOf([...list, { ...asked, outcome: answer }], policy)
        expect(after.low).toBeGreaterThanOrEqual(before.low)
        expect(after.high).toBeLessThanOrEqual(before.high)
      }),
    )
  })

  it('never rises by a new finding', () => {
    fc.assert(
      fc.property(many, one, (list, asked) => {
        const pass = scoreOf([...list, { ...asked, outcome: 'pass' }], policy)
        const fail = scoreOf([...list, { ...asked, outcome: 'fail' }], policy)
        expect(fail.value!).toBeLessThanOrEqual(pass.value!)
        expect(fail.low).toBeLessThanOrEqual(pass.low)
        expect(fail.high).toBeLessThanOrEqual(pass.high)
      }),
    )
  })
})

describe('coverage', () => {
  it('is the answered share of what applies', () => {
    const list = [
      judged(),
      judged({ outcome: 'pass' }),
      judged({ outcome: 'unknown' }),
      judged({ outcome: 'error' }),
    ]
    expect(coverageOf(list)).toBe(0.5)
    expect(coverageOf([...list, judged({ outcome: 'not-applicable' })])).toBe(0.5)
    expect(coverageOf(several(3, { outcome: 'not-applicable' }))).toBe(0)
    expect(coverageOf([])).toBe(0)
  })

  it('is whole only when everything was answered', () => {
    const list = [...several(39_999, { outcome: 'pass' }), judged({ outcome: 'unknown' })]
    expect(coverageOf(list)).toBeLessThan(1)
  })
})

describe('maturity', () => {
  const passing = policy.maturity.flatMap(({ id }) => {
    const { categories: own } = policy.dimensions.find((dimension) => dimension.id === id)!
    return own.map((category) => judged({ outcome: 'pass', category }))
  })

  const share = (count: number, of: number) => ({ count, of })
  const shown = (tried: number, tested: number, noticed = 10) => ({
    'chains-noticed': share(noticed, 10),
    'chains-tried': share(tried, 10),
    'chains-tested': share(tested, 10),
    'experiments-run': share(4, 4),
  })
  const ALL_SHOWN = shown(10, 10)
  const dimensionOf = (list: Judged[], id: string, seen = ALL_SHOWN) =>
    scoreOf(list, policy, seen).maturity.dimensions.find((dimension) => dimension.id === id)!

  it('covers every dimension of the score', () => {
    expect(policy.maturity.map(({ id }) => id)).toEqual(policy.dimensions.map(({ id }) => id))
  })

  it('is no higher than the failure chains that were tried and tested', () => {
    expect(dimensionOf(passing, 'experiments', shown(2, 0))).toEqual({
      id: 'experiments',
      level: 2,
      evidence:
        'Failure testing: at least 100 of 100 from answered checks; level 3 needs 50% of failure chains with a run that counts (2 of 10), and 20% of failure chains tested (0 of 10)',
    })
    expect(dimensionOf(passing, 'experiments', shown(10, 5)).level).toBe(4)
    expect(dimensionOf(passing, 'detection', shown(10, 10, 6)).level).toBe(3)
  })

  it('is not shown by chains of which none was found', () => {
    const { maturity } = scoreOf(passing, policy)
    const { level, evidence } = maturity.dimensions.find(({ id }) => id === 'experiments')!
    expect(level).toBe(1)
    expect(evidence).toContain('none was found, so this is not known')
  })

  it.each([
    ['critical', 2],
    ['high', 3],
    ['medium', 4],
    ['low', 5],
  ] as const)(
    'a failing check of %s severity bars more than level %d, accepted or not',
    (severity, level) => {
      const list = [
        ...passing,
        ...several(2000, { outcome: 'pass' }),
        judged({ severity, acceptance: ACCEPTED }),
      ]
      expect(dimensionOf(list, 'workloads').level).toBe(level)
    },
  )

  it('never rises by a finding, nor by a chain fewer tried', () => {
    fc.assert(
      fc.property(many, one, fc.nat({ max: 9 }), (list, asked, tried) => {
        const level = (answer: Judged['outcome'], chains: number): number =>
          scoreOf([...list, { ...asked, outcome: answer }], policy, shown(chains, 0)).maturity.level
        expect(level('fail', tried)).toBeLessThanOrEqual(level('pass', tried))
        expect(level('unknown', tried)).toBeLessThanOrEqual(level('pass', tried))
        expect(level('pass', tried)).toBeLessThanOrEqual(level('pass', tried + 1))
      }),
    )
  })

  it('is that of the weakest dimension', () => {
    expect(scoreOf(passing, policy, ALL_SHOWN).maturity.level).toBe(5)
    const { level, dimensions } = scoreOf(
      [...passing, ...several(20, { category: 'alerts' })],
      policy,
    ).maturity
    expect(level).toBe(1)
    expect(dimensions.map((dimension) => [dimension.id, dimension.level])).toContainEqual(['calls', 5])
  })

  it('silence earns nothing', () => {
    const unknown = passing.map((each): Judged => ({ ...each, outcome: 'unknown' }))
    expect(scoreOf(unknown, policy).maturity.level).toBe(1)
  })
})
