import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDuration, parseAmount, parseDuration, parseQuantity } from '../../src/facts/units.js'

describe('durations', () => {
  it.each([
    ['90s', 90],
    ['1h30m', 5400],
    ['1m0.5s', 60.5],
    ['250ms', 0.25],
    ['2d', 172_800],
    ['1w', 604_800],
    ['1y', 31_536_000],
    [' 15 ', 15],
    ['0', 0],
    [0.5, 0.5],
  ])('%j is %d seconds', (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds)
  })

  it.each(['', 'soon', '5 m', '-5s', '5M', '1h30', '1.s', 's', '5sx', 'Infinity', Number.NaN, Infinity])(
    '%j is no duration',
    (text) => {
      expect(parseDuration(text)).toBeNull()
    },
  )

  it('reads back whatever Prometheus would print', () => {
    const parts = fc.tuple(fc.nat(9), fc.nat(23), fc.nat(59), fc.nat(59), fc.nat(999))
    fc.assert(
      fc.property(parts, ([d, h, m, s, ms]) => {
        const seconds = parseDuration(`${d}d${h}h${m}m${s}s${ms}ms`)
        expect(seconds).toBeCloseTo(d * 86_400 + h * 3600 + m * 60 + s + ms / 1000, 9)
      }),
    )
  })

  it.each([
    [0, '0 s'],
    [0.25, '250 ms'],
    [2.345, '2.3 s'],
    [42.4, '42.4 s'],
    [15.3, '15.3 s'],
    [59.97, '1 min'],
    [0.0004, '0.4 ms'],
    [60, '1 min'],
    [7505, '2 h 5 min 5 s'],
    [172_800, '2 d'],
    [-90, '-1 min 30 s'],
  ])('%d seconds are printed as %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text)
  })
})

describe('quantities', () => {
  it.each([
    ['500m', 0.5],
    ['2', 2],
    [1, 1],
    ['128Mi', 134_217_728],
    ['1G', 1e9],
    ['1e3', 1000],
    ['1E', 1e18],
    ['12e6', 12e6],
    ['100n', 1e-7],
  ])('%j is %d', (text, amount) => {
    expect(parseQuantity(text)).toBeCloseTo(amount, 12)
  })

  it.each(['', 'lots', '1mb', '5 Gi', '1KiB', '--1'])('%j is no quantity', (text) => {
    expect(parseQuantity(text)).toBeNull()
  })
})

describe('amounts of instances', () => {
  it.each([
    ['0', { count: 0 }],
    ['12', { count: 12 }],
    ['0%', { percent: 0 }],
    ['100%', { percent: 100 }],
  ])('%j is one', (text, amount) => {
    expect(parseAmount(text)).toEqual(amount)
  })

  it.each(['', 'abc', '-1', '1.5', '50.5%', '101%', '150%x', '%', '5 %', '"1"', 'constructor'])(
    '%j is none',
    (text) => {
      expect(parseAmount(text)).toBeNull()
    },
  )
})
