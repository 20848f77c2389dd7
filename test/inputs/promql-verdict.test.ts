import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseQuery } from '../../src/inputs/promql/query.js'

describe('whether a condition can be met, by the values that its sides can have', () => {
  it.each([
    ['count(x) == 0', 'never'],
    ['count(x) < 1', 'never'],
    ['0 > count(x)', 'never'],
    ['count(x) >= 1', 'depends'],
    ['sum(count(x)) < 1', 'never'],
    ['count(x) - 1 < 0', 'never'],
    ['count(x) + count(y) < 2', 'never'],
    ['count(x) / count(y) < 0', 'never'],
    ['rate(x[5m]) < 0', 'never'],
    ['increase(x[5m]) != -1', 'always'],
    ['-rate(x[5m]) > 0', 'depends'],
    ['(-(rate(x[5m]))) > 0', 'depends'],
    ['avg(up) > 1', 'never'],
    ['sum(up) > 1', 'depends'],
    ['pg_up > 1 or x > 5', 'depends'],
    ['pg_up > 1 or up < 0', 'never'],
    ['x > 5 and up > 1', 'never'],
    ['x > 5 unless up > 1', 'depends'],
    ['count(up > 1) > 0', 'never'],
    ['absent(up > 1)', 'depends'],
    ['count(x < 1) > 0', 'depends'],
    ['(count(x) or vector(0)) == 0', 'depends'],
    ['x > bool 5 > 1', 'never'],
    ['x > y', 'depends'],
    ['topk(3, up) > 1', 'never'],
    ['quantile(0.9, up) > 1', 'depends'],
  ])('%s: %s', (expression, expected) => {
    expect(parseQuery(expression).fires).toBe(expected)
  })

  it('is never said of a metric of which nothing is known', () => {
    const operator = fc.constantFrom('>', '>=', '<', '<=', '==', '!=')
    const wrapper = fc.constantFrom(
      'x',
      'sum(x)',
      'avg by (job) (x)',
      'max_over_time(x[5m])',
      'x * 2',
      'x / y',
      'delta(x[5m])',
    )
    fc.assert(
      fc.property(wrapper, operator, fc.integer({ min: -5, max: 5 }), (side, compares, value) => {
        expect(parseQuery(`${side} ${compares} ${value}`).fires).toBe('depends')
      }),
    )
  })
})
