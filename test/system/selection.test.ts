import { describe, expect, it } from 'vitest'
import { matchesLabels } from '../../src/system/selection.js'

const LABELS = { app: 'cart', tier: 'web' }
const one = (key: string, operator: string, ...values: string[]) => ({
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
    ['has no operator Like', one('app', 'Like', 'cart'), null],
  ])('%s', (_, selector, answer) => {
    expect(matchesLabels(selector, LABELS)).toBe(answer)
  })
})
