import { describe, expect, it } from 'vitest'
import { numberStyle, overlaps, QuantityReader, showAs } from '../../src/claims/quantities.js'
import { claimWords } from '../../src/knowledge/claim-words.js'

const read = (text: string, mark: ',' | '.' = '.') =>
  new QuantityReader(claimWords(), { mark, isUnsure: false })
    .in(text)
    .map(({ low, high, dimension }) => (low === high ? [low, dimension] : [low, high, dimension]))

describe('quantities in a text', () => {
  it.each([
    ['1 hour 32 minutes', [[5520, 'time']]],
    ['1h32m', [[5520, 'time']]],
    ['1.8 minutes', [[108, 'time']]],
    ['2-3h', [[7200, 10_800, 'time']]],
    ['4 to 6 hours', [[14_400, 21_600, 'time']]],
    [
      'from 60 s to 45 s',
      [
        [60, 'time'],
        [45, 'time'],
      ],
    ],
    [
      '0-10s:  44 tests (58%)',
      [
        [0, 10, 'time'],
        [44, 'number'],
        [58, 'percent'],
      ],
    ],
    ['1,250/s', [[1250, 'number']]],
    ['11-second average', [[11, 'time']]],
    ['12秒', [[12, 'time']]],
    ['-5.6%', [[-5.6, 'percent']]],
    ['P99 of EXP-001 on node-6: 4xx, v1.2.3, #12, 2026-11-01 02:00, 3x', []],
    ['180 ms', [[0.18, 'time']]],
  ])('%s', (text, expected) => expect(read(text)).toEqual(expected))

  it('reads decimal commas where the document has them', () => {
    expect(numberStyle('3,4 s und 12,9 s, 1.250 Anfragen').mark).toBe(',')
    expect(read('3,4 s, 1.250 Läufe', ',')).toEqual([
      [3.4, 'time'],
      [1250, 'number'],
    ])
  })

  it('takes signs of "at least" and "below" for bounds', () => {
    const [least, below] = ['18,000+', '< 5 s'].map(
      (text) => new QuantityReader(claimWords(), { mark: '.', isUnsure: false }).in(text)[0]!.bound,
    )
    expect([least, below]).toEqual(['above', 'below'])
  })

  it('a cell with more than a quantity is none', () => {
    const reader = new QuantityReader(claimWords(), { mark: '.', isUnsure: false })
    expect(reader.only('12 s (of 30 s)')).toBeNull()
    expect(reader.only('98/100')).toBeNull()
    expect(reader.only('12 s')?.low).toBe(12)
  })
})

describe('rounding', () => {
  it('what only touches by rounding both ends to the full does not meet', () => {
    expect(overlaps({ low: 10, high: 12 }, { low: 12, high: 14 })).toBe(false)
    expect(overlaps({ low: 10, high: 12 }, { low: 12, high: 12 })).toBe(true)
  })

  it.each([
    [0.18, 'time', '180 ms'],
    [650 / 76, 'time', '8.55 s'],
    [4440, 'time', '74 min'],
    [36_000, 'time', '10 h'],
    [57.894, 'percent', '57.89 %'],
  ] as const)('%s %s is shown as %s', (value, dimension, shown) =>
    expect(showAs(value, dimension)).toBe(shown),
  )
})
