import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instantsAt, isTimeZone, wallTime } from '../../src/facts/time-zone.js'
import { meetsWindow, type WeeklyWindow } from '../../src/facts/weekly-window.js'

const at = (time: string): number => Date.parse(time)
const WORKING = { days: [1, 2, 3, 4, 5], from: 480, to: 1200, zone: 'Europe/London', text: '' }
const NIGHT = { days: [5], from: 1320, to: 360, zone: 'UTC', text: '' }

function meets(window: WeeklyWindow, start: string, end = start): boolean {
  return meetsWindow(at(start), at(end), window)
}

describe('a window of the week', () => {
  it.each([
    ['2026-10-23T07:00:00Z', true, 'a Friday in summer, 08:00'],
    ['2026-10-23T06:59:59Z', false, 'a second before'],
    ['2026-10-23T19:00:00Z', false, 'it closes at 20:00'],
    ['2026-10-26T07:30:00Z', false, 'a Monday in winter, 07:30'],
    ['2026-10-26T08:00:00Z', true, 'a Monday in winter, 08:00'],
    ['2026-10-24T12:00:00Z', false, 'a Saturday'],
  ])('%s: %s, %s', (time, open) => expect(meets(WORKING, time)).toBe(open))

  it('meets a run that began before it and went on', () => {
    expect(meets(WORKING, '2026-10-25T22:00:00Z', '2026-10-26T08:00:00Z')).toBe(true)
    expect(meets(WORKING, '2026-10-23T19:00:00Z', '2026-10-26T07:59:59Z')).toBe(false)
  })

  it('goes on into the next day, which is not one of its own', () => {
    expect(meets(NIGHT, '2026-10-24T05:59:00Z')).toBe(true)
    expect(meets(NIGHT, '2026-10-24T06:00:00Z')).toBe(false)
    expect(meets(NIGHT, '2026-10-23T05:00:00Z')).toBe(false)
  })

  it('is met by whatever is longer than a week', () => {
    expect(meets(NIGHT, '2020-01-01T00:00:00Z', '2026-01-01T00:00:00Z')).toBe(true)
  })
})

describe('clocks of the world', () => {
  it('show an hour twice and skip one', () => {
    const wall = at('2026-10-25T01:30:00Z')
    expect(instantsAt(wall, 'Europe/London')).toEqual({ earliest: at('2026-10-25T00:30:00Z'), latest: wall })
    const skipped = instantsAt(at('2026-03-29T01:30:00Z'), 'Europe/London')
    expect(skipped).toEqual({ earliest: at('2026-03-29T01:30:00Z'), latest: at('2026-03-29T01:30:00Z') })
  })

  it('know their zones', () => {
    expect(['UTC', 'GMT', 'America/Sao_Paulo', 'Mars/Olympus', '', '25:00'].map(isTimeZone)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ])
  })

  it('an instant is among those at which its own wall time is shown', () => {
    const zone = fc.constantFrom('Europe/London', 'America/St_Johns', 'Pacific/Apia', 'Australia/Lord_Howe')
    const instant = fc.integer({ min: at('2000-01-01T00:00:00Z'), max: at('2037-01-01T00:00:00Z') })
    fc.assert(
      fc.property(zone, instant, (zone, instant) => {
        const { earliest, latest } = instantsAt(wallTime(instant, zone), zone)
        expect(earliest === instant || latest === instant || (earliest < instant && instant < latest)).toBe(
          true,
        )
      }),
      { seed: 15, numRuns: 300 },
    )
  })
})
