/** Guards of several calls as one: the worst of them, and what is told of it, whatever its words are. */
import { expect, test } from 'vitest'
import fc from 'fast-check'
import type { CallSite, Guard } from '../../../../../src/facts/code.js'
import { worst } from '../../../../../src/inputs/formats/typescript/clients/combined-guards.js'

const guard = (more: Partial<Guard>): Guard => ({
  state: 'absent',
  tier: null,
  value: null,
  unit: null,
  reason: 'none is set',
  source: null,
  ...more,
})

const source = { path: 'a.ts', line: 1, column: 1, endLine: 1 }
const site = (one: Guard): CallSite => ({
  source,
  method: 'get',
  symbol: 'get',
  guards: { 'http-timeout': one },
  within: [],
})

const timeoutOf = (...guards: Guard[]): Guard | undefined => worst({}, guards.map(site))['http-timeout']

test('of two missing timeouts the one of a call that somebody waits for is told', () => {
  const left = guard({ nature: 'nobody-waits' })
  const waited = guard({ reason: 'none is set here either' })
  expect(timeoutOf(left, waited)).toBe(waited)
  expect(timeoutOf(waited, left)).toBe(waited)
  expect(timeoutOf(left)).toBe(left)
})

test('the wording of a reason decides nothing', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, other) => {
      const left = guard({ reason: one, nature: 'nobody-waits' })
      const waited = guard({ reason: other })
      expect(timeoutOf(left, waited)).toBe(waited)
    }),
  )
})

test('a bound that is there, or not known, does not hide one that is missing', () => {
  const left = guard({ nature: 'nobody-waits' })
  expect(timeoutOf(guard({ state: 'present' }), guard({ state: 'unknown' }), left)).toBe(left)
})
