import { describe, expect, it } from 'vitest'
import { didYouMean, isSlipOf, nearest } from '../../src/knowledge/nearest.js'

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

describe('a slip of the pen', () => {
  it.each([
    ['carts', 'cart'],
    ['cart-service', 'cartservice'],
    ['shop_orders', 'shop-order'],
  ])('%s is one for %s', (name, meant) => expect(isSlipOf(name, meant)).toBe(true))

  it.each([
    ['api', 'app'],
    ['redis-0', 'redis-1'],
    ['db-reader', 'db-leader'],
    ['cart-redis', 'cart'],
  ])('%s is none for %s', (name, meant) => expect(isSlipOf(name, meant)).toBe(false))
})
