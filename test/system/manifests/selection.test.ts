import { describe, expect, it } from 'vitest'
import type { LabelExpression, LabelSelector } from '../../../src/facts/label-selector.js'
import { isTaken, matches } from '../../../src/system/manifests/selection.js'

const LABELS = { app: 'cart', tier: 'web' }
const one = (key: string, operator: LabelExpression['operator'], ...values: string[]): LabelSelector => ({
  labels: {},
  expressions: [{ key, operator, values }],
})

describe('a selector', () => {
  it.each([
    ['matches all when it asks nothing', { labels: {}, expressions: [] }, true],
    ['matches its labels', { labels: { app: 'cart' }, expressions: [] }, true],
    ['does not match another value', { labels: { app: 'orders' }, expressions: [] }, false],
    ['In', one('app', 'In', 'orders', 'cart'), true],
    ['In, of a label that is missing', one('team', 'In', 'shop'), false],
    ['NotIn', one('app', 'NotIn', 'cart'), false],
    ['NotIn, of a label that is missing', one('team', 'NotIn', 'shop'), true],
    ['Exists', one('tier', 'Exists'), true],
    ['Exists, of a label that is missing', one('team', 'Exists'), false],
    ['DoesNotExist', one('team', 'DoesNotExist'), true],
    ['DoesNotExist, of a label that is there', one('tier', 'DoesNotExist'), false],
  ])('%s', (_, selector, answer) => {
    expect(matches(selector, LABELS)).toBe(answer)
    expect(isTaken(selector)).toBe(true)
  })

  it('with another operator is refused, and matches nothing', () => {
    const refused = one('app', 'refused', 'cart')
    expect(isTaken(refused)).toBe(false)
    expect(matches(refused, LABELS)).toBe(false)
  })

  it('that is not written matches nothing', () => {
    expect(matches(null, LABELS)).toBe(false)
  })
})
