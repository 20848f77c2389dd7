import { expect, it } from 'vitest'
import { shortSubject } from '../../../src/report/view/short-subject.js'

it.each([
  ['src/orders.ts#OrderService.pay', { symbol: 'OrderService.pay', subject: null }],
  ['src/orders.ts#(file)', { symbol: null, subject: null }],
  ['src/orders.ts#(file).timer', { symbol: 'timer', subject: null }],
  ['src/payments.ts#pay', { symbol: null, subject: 'src/payments.ts#pay' }],
  ['Deployment cart', { symbol: null, subject: 'Deployment cart' }],
])('%s in src/orders.ts', (subject, shown) => {
  expect(shortSubject(subject, { path: 'src/orders.ts' })).toEqual(shown)
})
