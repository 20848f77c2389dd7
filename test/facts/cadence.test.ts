import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cadenceDays, endOfDay, nextByCadence } from '../../src/facts/cadence.js'

const WORDS = ['daily', 'weekly', 'monthly', 'quarterly', 'semiannually', 'annually']
const next = (every: string, last: string, zone = 'UTC'): string | null => {
  const due = nextByCadence(every, Date.parse(last), zone)
  return due === null ? null : new Date(due).toISOString()
}

describe('the next repetition', () => {
  it.each([
    ['monthly', '2026-06-11T09:30:00.000Z', '2026-07-11T09:30:00.000Z'],
    ['quarterly', '2026-09-23T11:00:00.000Z', '2026-12-23T11:00:00.000Z'],
    ['monthly', '2026-01-31T10:00:00.000Z', '2026-02-28T10:00:00.000Z'],
    ['monthly', '2028-01-31T10:00:00.000Z', '2028-02-29T10:00:00.000Z'],
    ['monthly', '2026-12-31T10:00:00.000Z', '2027-01-31T10:00:00.000Z'],
    ['semiannually', '2026-08-31T10:00:00.000Z', '2027-02-28T10:00:00.000Z'],
    ['annually', '2028-02-29T10:00:00.000Z', '2029-02-28T10:00:00.000Z'],
    ['Weekly', '2026-10-27T10:00:00.000Z', '2026-11-03T10:00:00.000Z'],
    ['daily', '2026-02-28T10:00:00.000Z', '2026-03-01T10:00:00.000Z'],
  ])('%s after %s is due %s', (every, last, due) => {
    expect(next(every, last)).toBe(due)
  })

  it('keeps the time of day when the clock changes', () => {
    expect(next('weekly', '2026-10-22T09:00:00.000Z', 'Europe/London')).toBe('2026-10-29T10:00:00.000Z')
  })

  it('is not told by other words', () => {
    expect(nextByCadence('0 9 * * 1', 0, 'UTC')).toBeNull()
    expect(nextByCadence('fortnightly', 0, 'UTC')).toBeNull()
  })

  it('is never earlier for a later run, lies after it, and at most the longest number of days', () => {
    const instant = fc.integer({ min: Date.parse('2024-01-01'), max: Date.parse('2030-01-01') })
    fc.assert(
      fc.property(fc.constantFrom(...WORDS), instant, instant, (every, a, b) => {
        const [first, second] = [Math.min(a, b), Math.max(a, b)]
        const [due, later] = [nextByCadence(every, first, 'UTC')!, nextByCadence(every, second, 'UTC')!]
        // Within one day the time of day decides; the days themselves never change their order.
        expect(endOfDay(due, 'UTC')).toBeLessThanOrEqual(endOfDay(later, 'UTC'))
        expect(due).toBeGreaterThan(first)
        expect(due - first).toBeLessThanOrEqual(cadenceDays(every)! * 86_400_000)
      }),
    )
  })
})

describe('the end of a day', () => {
  it('is midnight on the clock of the zone', () => {
    const end = (instant: string, zone: string): string =>
      new Date(endOfDay(Date.parse(instant), zone)).toISOString()
    expect(end('2026-07-11T09:30:00Z', 'UTC')).toBe('2026-07-12T00:00:00.000Z')
    expect(end('2026-07-11T09:30:00Z', 'Europe/London')).toBe('2026-07-11T23:00:00.000Z')
  })
})
