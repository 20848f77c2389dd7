import { describe, expect, it } from 'vitest'
import { stableNumbers } from '../../src/report/stable-numbers.js'

describe('stable numbers', () => {
  it('are equal where only the last digits of a computation differ', () => {
    expect(stableNumbers({ high: 0.945206387272047 })).toEqual(stableNumbers({ high: 0.9452063872720471 }))
  })

  it('keep counts, times and everything that is no number', () => {
    const value = { n: 12, seconds: 0.5, rows: [{ at: null, name: '1.00', on: true }] }
    expect(stableNumbers(value)).toEqual(value)
  })
})
