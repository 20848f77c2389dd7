import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cadenceDays } from '../../src/facts/cadence.js'
import { formatInstant, isDay, parseInstant } from '../../src/facts/instants.js'

describe('instants', () => {
  it.each([
    ['2026-11-01T10:00:00Z', '2026-11-01T10:00:00.000Z'],
    ['2026-11-01 10:00', '2026-11-01T10:00:00.000Z'],
    ['2026-11-01T10:00:00', '2026-11-01T10:00:00.000Z'],
    ['2026-11-01T10:00:00+02:00', '2026-11-01T08:00:00.000Z'],
    ['2026-11-01T10:00:00-0530', '2026-11-01T15:30:00.000Z'],
    ['2026-11-01t10:00:00z', '2026-11-01T10:00:00.000Z'],
  ])('%s is %s', (text, utc) => {
    expect(formatInstant(parseInstant(text)!)).toBe(utc)
  })

  it('keeps microseconds, which Date would cut off', () => {
    const [start, end] = ['2026-11-01T10:00:00.000100', '2026-11-01T10:00:00.000900'].map(parseInstant)
    expect(end! - start!).toBeCloseTo(0.8, 3)
  })

  it.each([
    '',
    'yesterday',
    '2026-11-01',
    '2026-13-01T00:00:00Z',
    '2026-02-30T00:00:00Z',
    '2026-11-01T25:00:00Z',
    '10:00',
    '1793527200',
  ])('%j is none', (text) => {
    expect(parseInstant(text)).toBeNull()
  })

  it('knows the days of the calendar, leap years among them', () => {
    const two = fc.integer({ min: 0, max: 40 }).map((number) => String(number).padStart(2, '0'))
    const year = fc.integer({ min: 0, max: 9999 }).map((number) => String(number).padStart(4, '0'))
    fc.assert(
      fc.property(year, two, two, (year, month, day) => {
        const date = new Date(0)
        date.setUTCFullYear(Number(year), Number(month) - 1, Number(day))
        const isSame = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day)
        expect(isDay(`${year}-${month}-${day}`)).toBe(isSame)
      }),
      { numRuns: 2000 },
    )
    expect(['2024-02-29', '2000-02-29'].every(isDay)).toBe(true)
    expect(['2023-02-29', '1900-02-29', '2026-00-10', '2026-10-00'].some(isDay)).toBe(false)
  })

  it('is the same however a moment in UTC is written', () => {
    const number = (max: number): fc.Arbitrary<string> =>
      fc.integer({ min: 0, max }).map((value) => String(value).padStart(2, '0'))
    const written = fc.tuple(number(13), number(32), number(25), number(61), number(61), fc.nat(999_999))
    fc.assert(
      fc.property(written, ([month, day, hour, minute, second, fraction]) => {
        const [date, time] = [`2024-${month}-${day}`, `${hour}:${minute}:${second}.${fraction}`]
        const plain = parseInstant(`${date}T${time}Z`)
        for (const other of [`${date}T${time}+00:00`, `${date} ${time}`, ` ${date}t${time}z `])
          expect(parseInstant(other)).toBe(plain)
      }),
      { numRuns: 1000 },
    )
  })

  it('reads back what it prints', () => {
    const dates = fc.date({ min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(dates, (date) => {
        expect(parseInstant(formatInstant(date.getTime()))).toBe(date.getTime())
      }),
    )
  })
})

describe('cadences', () => {
  it.each([
    ['daily', 1],
    [' Weekly ', 7],
    ['quarterly', 92],
  ])('%s repeats within %d days', (text, days) => {
    expect(cadenceDays(text)).toBe(days)
  })

  // `constructor` is a key of every object: it must not become a number of days.
  it.each(['0 3 * * 1', 'now and then', '', 'constructor', 'valueOf', '__proto__'])(
    '%j is not known',
    (text) => {
      expect(cadenceDays(text)).toBeNull()
    },
  )
})
