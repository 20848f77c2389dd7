import { describe, expect, it } from 'vitest'
import { didYouMean, nearest } from '../../src/knowledge/nearest.js'

const KNOWN = ['cart', 'orders', 'payment-service', 'db']

describe('the nearest known name', () => {
  it.each([
    ['crat', 'cart'],
    ['Cart', 'cart'],
    ['order', 'orders'],
    ['payments-servcie', 'payment-service'],
    ['dv', 'db'],
    ['cart', 'cart'],
  ])('to %s is %s', (name, expected) => expect(nearest(name, KNOWN)).toBe(expected))

  it.each(['basket', 'art-gallery', '', 'x'.repeat(10_000)])('to %j is none', (name) => {
    expect(nearest(name, KNOWN)).toBeNull()
    expect(didYouMean(name, KNOWN)).toBe('')
  })

  it('is asked for', () => expect(didYouMean('crat', KNOWN)).toBe('; did you mean "cart"?'))
})
