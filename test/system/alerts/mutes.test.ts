import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MinuteSpan, TimeInterval } from '../../../src/facts/routing.js'
import { longestSilence } from '../../../src/system/alerts/mutes.js'

const HOUR = 60
const DAY = 24 * HOUR
const WEEK = 7 * DAY

function interval(spans: MinuteSpan[], over: Partial<NonNullable<TimeInterval['week']>> = {}): TimeInterval {
  return { extent: 'at times', week: { zone: null, certain: spans, possible: spans, ...over } }
}

function daily(from: number, to: number): MinuteSpan[] {
  return [0, 1, 2, 3, 4, 5, 6].map((day) => [day * DAY + from * HOUR, day * DAY + to * HOUR])
}

const nights = interval([...daily(20, 24), ...daily(0, 7)])
const weekend = interval([
  [0, DAY],
  [6 * DAY, WEEK],
])
const office = interval(daily(9, 17).slice(1, 6))
const named = { nights, weekend, office }

function silence(times: object, timeIntervals: Record<string, TimeInterval> = named): number | null {
  return silenceOfAll([times], timeIntervals)
}

function silenceOfAll(routes: object[], timeIntervals: Record<string, TimeInterval> = named): number | null {
  const routing = { timeIntervals }
  return longestSilence(routes.map((times) => ({ node: { mutedIn: [], activeIn: [], ...times }, routing })))
}

function nightsIn(zone: string): TimeInterval {
  return { ...nights, week: { ...nights.week!, zone } }
}

describe('the longest time in which a route tells nobody', () => {
  it.each<[string, object, number | null]>([
    ['none, of a route without intervals', {}, 0],
    ['a night, over midnight', { mutedIn: ['nights'] }, 11 * 3600],
    ['a weekend, over the end of the week', { mutedIn: ['weekend'] }, 48 * 3600],
    ['a weekend with its nights', { mutedIn: ['weekend', 'nights'] }, (4 + 48 + 7) * 3600],
    ['from Friday evening to Monday morning', { activeIn: ['office'] }, (7 + 48 + 9) * 3600],
    ['without an end', { activeIn: ['office'], mutedIn: ['always'] }, null],
    ['of an interval that is not there nothing is known', { mutedIn: ['holidays'] }, null],
  ])('%s', (_, times, seconds) => {
    expect(silence(times, { ...named, always: interval([[0, WEEK]]) })).toBe(seconds)
  })

  it('of some days of the year counts as if it were any week, and does not count as active', () => {
    const spans = daily(0, 12)
    const some = { some: interval(spans, { certain: [] }) }
    expect(silence({ mutedIn: ['some'] }, some)).toBe(12 * 3600)
    expect(silence({ activeIn: ['some'] }, some)).toBeNull()
  })

  it('of several time zones of one route is not computed, and clocks that are turned back add an hour', () => {
    const zoned = { ...named, london: { ...nights, week: { ...nights.week!, zone: 'Europe/London' } } }
    expect(silence({ mutedIn: ['london'] }, zoned)).toBe(12 * 3600)
    expect(silence({ mutedIn: ['london', 'weekend'] }, zoned)).toBeNull()
    expect(silence({ mutedIn: ['odd'] }, { odd: { extent: 'at times', week: null } })).toBeNull()
  })

  it.each<[string, number]>([
    ['America/New_York', 3600],
    ['Australia/Sydney', 3600],
    ['Australia/Lord_Howe', 1800],
    ['Asia/Tokyo', 0],
    ['Asia/Kolkata', 0],
    ['Etc/GMT+5', 0],
    ['GMT', 0],
    ['Local', 3600],
  ])('clocks of %s are turned back by %j seconds', (zone, seconds) => {
    expect(silence({ mutedIn: ['there'] }, { there: nightsIn(zone) })).toBe(11 * 3600 + seconds)
  })

  it('of several routes is as long as all of them are silent', () => {
    expect(silenceOfAll([{ mutedIn: ['nights'] }, {}])).toBe(0)
    expect(silenceOfAll([{ mutedIn: ['nights'] }, { activeIn: ['nights'] }])).toBe(0)
    expect(silenceOfAll([{ mutedIn: ['nights'] }, { mutedIn: ['weekend'] }])).toBe(11 * 3600)
    expect(silenceOfAll([{ mutedIn: ['office'] }, { mutedIn: ['weekend'] }])).toBe(0)
    expect(silenceOfAll([{ mutedIn: ['nights'] }, { mutedIn: ['holidays'] }])).toBe(11 * 3600)
    const zoned = { ...named, tokyo: nightsIn('Asia/Tokyo') }
    expect(silenceOfAll([{ mutedIn: ['weekend'] }, { mutedIn: ['tokyo'] }], zoned)).toBe(11 * 3600)
  })

  it('of several routes is no longer than that of one of them', () => {
    const names = fc.constantFrom('nights', 'weekend', 'office')
    const route = fc.record({ mutedIn: fc.array(names), activeIn: fc.array(names) })
    fc.assert(
      fc.property(fc.array(route, { minLength: 1, maxLength: 3 }), (routes) => {
        const together = silenceOfAll(routes) ?? Infinity
        for (const one of routes) expect(together).toBeLessThanOrEqual(silence(one) ?? Infinity)
      }),
    )
  })

  it('is never shorter than one of its spans, nor longer than all of them together', () => {
    const span = fc
      .tuple(fc.nat(WEEK - 1), fc.nat(WEEK - 1))
      .map(([a, b]): MinuteSpan => [Math.min(a, b), Math.max(a, b)])
    fc.assert(
      fc.property(fc.array(span, { maxLength: 6 }), (spans) => {
        const seconds = silence({ mutedIn: ['some'] }, { some: interval(spans) })
        const lengths = spans.map(([from, to]) => (to - from) * 60)
        expect(seconds).toBeGreaterThanOrEqual(Math.max(0, ...lengths))
        expect(seconds).toBeLessThanOrEqual(lengths.reduce((sum, length) => sum + length, 0))
      }),
    )
  })
})
