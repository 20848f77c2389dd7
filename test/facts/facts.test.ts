import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Facts } from '../../src/facts/fact.js'
import { compareSources, compareText, formatSource, type Source } from '../../src/facts/source.js'
import { alert, at, run } from '../system/facts.js'
import { service, workload } from '../system/manifests.js'

const sources: fc.Arbitrary<Source> = fc.record({
  path: fc.constantFrom('a.ts', 'a/b.ts', 'B.ts', 'ä.ts'),
  line: fc.integer({ min: 1, max: 3 }),
  column: fc.integer({ min: 1, max: 3 }),
  endLine: fc.constant(9),
})

describe('the order of sources', () => {
  it('is by path, line and column', () => {
    const sorted = [at('b.ts'), at('a.ts', 10, 1), at('a.ts', 9, 7), at('a.ts', 9, 2)].sort(compareSources)
    expect(sorted.map(formatSource)).toEqual(['a.ts:9:2', 'a.ts:9:7', 'a.ts:10:1', 'b.ts:1:1'])
  })

  it('is byte-wise, whatever the locale: capitals before small letters, umlauts after', () => {
    expect(['ä', 'b', 'B', 'a'].sort(compareText)).toEqual(['B', 'a', 'b', 'ä'])
  })

  it('is a total order', () => {
    fc.assert(
      fc.property(sources, sources, sources, (a, b, c) => {
        expect(Math.sign(compareSources(a, b))).toBe(0 - Math.sign(compareSources(b, a)))
        if (compareSources(a, b) <= 0 && compareSources(b, c) <= 0) {
          expect(compareSources(a, c)).toBeLessThanOrEqual(0)
        }
      }),
    )
  })
})

describe('facts', () => {
  const some = [
    workload('cart'),
    workload('orders'),
    service('cart'),
    alert('Down', []),
    run('r1'),
    run('r2'),
  ]

  it('come by kind, and an unseen kind is empty', () => {
    const facts = new Facts(some)
    expect(facts.of('workload').map(({ name }) => name)).toEqual(['cart', 'orders'])
    expect(facts.of('run').map(({ id }) => id)).toEqual(['r1', 'r2'])
    expect(facts.of('client')).toEqual([])
  })

  it('are in the order of their sources, however they arrive', () => {
    const expected = new Facts(some)
    fc.assert(
      fc.property(fc.shuffledSubarray(some, { minLength: some.length }), (shuffled) => {
        const facts = new Facts(shuffled)
        for (const kind of ['workload', 'service', 'alert', 'run'] as const) {
          expect(facts.of(kind)).toEqual(expected.of(kind))
        }
      }),
    )
  })
})
