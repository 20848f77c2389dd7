import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseCron } from '../../src/facts/cron.js'
import { rhythmOf, ticksBetween, zoneIn } from '../../src/facts/schedule-calendar.js'

const at = (time: string): number => Date.parse(time)

function ticks(every: string, zone: string, from: string, to: string): string[] {
  return ticksBetween(rhythmOf(every)!, zone, at(from), at(to)).map((tick) => new Date(tick).toISOString())
}

describe('a schedule on the calendar', () => {
  it.each([
    ['daily', 3],
    ['weekly', 0],
    ['monthly', 1],
    ['quarterly', 0],
    ['0 14 * * *', 3],
    ['*/30 9 * * 6,sun', 4],
  ])('%s asks for %i runs from Friday 31 July to Monday', (every, count) => {
    expect(ticks(every, 'UTC', '2026-07-31T01:00:00Z', '2026-08-03T00:00:00Z').length).toBe(
      every === 'daily' ? 2 : count,
    )
  })

  it('a month begins at midnight of its zone, an hour earlier in UTC while clocks are ahead', () => {
    expect(ticks('monthly', 'Europe/London', '2026-10-01T00:00:00Z', '2026-12-02T00:00:00Z')).toEqual([
      '2026-11-01T00:00:00.000Z',
      '2026-12-01T00:00:00.000Z',
    ])
    expect(ticks('monthly', 'Europe/London', '2026-06-15T00:00:00Z', '2026-08-02T00:00:00Z')).toEqual([
      '2026-06-30T23:00:00.000Z',
      '2026-07-31T23:00:00.000Z',
    ])
  })

  it('a time that the clock skips is asked for after the change', () => {
    // 29 March 2026: 01:00 UTC, clocks in Berlin go from 02:00 to 03:00.
    expect(ticks('30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00:00Z', '2026-03-30T12:00:00Z')).toEqual([
      '2026-03-29T01:30:00.000Z',
      '2026-03-30T00:30:00.000Z',
    ])
  })

  it('a time that the clock shows twice is asked for once', () => {
    // 25 October 2026: clocks in Berlin go back from 03:00 to 02:00.
    expect(ticks('30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00:00Z', '2026-10-25T12:00:00Z')).toEqual([
      '2026-10-25T00:30:00.000Z',
    ])
  })

  it.each([
    '',
    'often',
    '61 * * * *',
    '0 0 32 * *',
    '0 0 * * mon-xyz',
    '5-1 * * * *',
    '* * * * *',
    '0 0 0 * * *',
    '@reboot',
  ])('%j is not counted', (every) => expect(rhythmOf(every)).toBeNull())

  it('reads names, ranges, steps, macros and a zone before them', () => {
    expect(parseCron('0 9-17/4 * jan,Mar mon-fri')?.minutes).toEqual([540, 780, 1020])
    expect(parseCron('@weekly')?.isOn(new Date('2026-11-22T00:00:00Z'))).toBe(true)
    expect(parseCron('0 0 * * 7')?.isOn(new Date('2026-11-22T00:00:00Z'))).toBe(true)
    expect(zoneIn('CRON_TZ=Asia/Tokyo 0 9 * * *')).toBe('Asia/Tokyo')
  })

  it('takes either of two restricted days, as cron does', () => {
    const { isOn } = parseCron('0 0 13 * fri')!
    expect(
      ['2026-11-13', '2026-11-20', '2026-10-13', '2026-10-14'].map((day) => isOn(new Date(day))),
    ).toEqual([true, true, true, false])
  })

  it('counts over adjoining windows add up', () => {
    const instant = fc.integer({ min: at('2025-01-01T00:00:00Z'), max: at('2027-01-01T00:00:00Z') })
    const every = fc.constantFrom(
      'daily',
      'weekly',
      'monthly',
      'quarterly',
      '30 2 * * *',
      '15 1,14 * * mon,thu',
      '0 0 31 * *',
    )
    const zone = fc.constantFrom(
      'UTC',
      'Europe/London',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
    )
    fc.assert(
      fc.property(every, zone, fc.tuple(instant, instant, instant), (every, zone, instants) => {
        const [a, b, c] = [...instants].sort((x, y) => x - y) as [number, number, number]
        const count = (from: number, to: number): number =>
          ticksBetween(rhythmOf(every)!, zone, from, to).length
        expect(count(a, b) + count(b, c)).toBe(count(a, c))
      }),
      { seed: 15, numRuns: 60 },
    )
  })
})
