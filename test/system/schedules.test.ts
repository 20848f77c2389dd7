import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Run, Schedule } from '../../src/facts/experiment.js'
import { rhythmOf } from '../../src/facts/schedule-calendar.js'
import { programmeOf } from '../../src/system/programme.js'
import { slotsOf } from '../../src/system/schedule-slots.js'
import { scheduleState, type ScheduleState } from '../../src/system/schedules.js'
import { AS_OF, configured, experiment, run } from './facts.js'

const on = (startedAt: string, over: Partial<Run> = {}): Run => run(startedAt, { startedAt, ...over })

function state(
  every: string,
  runs: Run[],
  over: { since?: string; zone?: string; asOf?: string; isRecorded?: boolean } = {},
): ScheduleState {
  const schedule: Schedule = { every, environment: null, owner: null, zone: over.zone ?? 'UTC' }
  const context = {
    since: over.since ?? null,
    freshnessDays: 30,
    isRecorded: over.isRecorded ?? true,
    days: null,
    asOf: over.asOf ?? AS_OF,
  }
  return scheduleState(schedule, runs, context)
}

describe('a schedule against its runs', () => {
  it('counts whole periods since the definition, and those with a run', () => {
    const runs = [
      on('2026-08-31T23:59:00.000Z'),
      on('2026-09-10T10:00:00.000Z'),
      on('2026-10-31T10:00:00.000Z'),
    ]
    expect(state('monthly', runs, { since: '2026-07-01' })).toMatchObject({
      expected: 4,
      kept: 3,
      countedBy: 'definition',
      shortMonths: [{ month: '2026-07', expected: 1, kept: 0 }],
    })
  })

  it('without a day of definition counts from the first run', () => {
    expect(state('weekly', [on('2026-10-07T10:00:00.000Z')])).toMatchObject({
      countedFrom: '2026-10-07T10:00:00.000Z',
      countedBy: 'first-run',
      expected: 3,
      kept: 1,
    })
    expect(state('weekly', [])).toMatchObject({ state: 'never-run', expected: null, kept: null })
    expect(state('weekly', [], { isRecorded: false })).toMatchObject({ state: 'unknown', expected: null })
  })

  it('a run that proves nothing keeps no schedule', () => {
    expect(state('weekly', [on('2026-10-30T10:00:00.000Z', { grade: 'invalid' })])).toMatchObject({
      state: 'stale',
      lastRun: '2026-10-30T10:00:00.000Z',
      due: null,
    })
  })

  it('is overdue once the day is over on which it was due', () => {
    const last = [on('2026-06-11T09:30:00.000Z')]
    const at = (asOf: string) => state('monthly', last, { asOf })
    expect(at('2026-07-11T09:00:00.000Z')).toMatchObject({
      state: 'current',
      due: '2026-07-11T09:30:00.000Z',
    })
    expect(at('2026-07-11T23:59:00.000Z').state).toBe('due')
    expect(at('2026-07-12T00:00:00.000Z').state).toBe('overdue')
  })

  it('counts a kept week in the month of its run, another in the month of its Thursday', () => {
    const runs = ['2026-08-04', '2026-08-18', '2026-09-01', '2026-09-15', '2026-09-29']
    const { expected, kept, shortMonths } = state(
      'weekly',
      runs.map((day) => on(`${day}T10:00:00.000Z`)),
      { asOf: '2026-10-05T00:00:00.000Z' },
    )
    expect([expected, kept]).toEqual([9, 5])
    expect(shortMonths).toEqual([
      { month: '2026-08', expected: 4, kept: 2 },
      { month: '2026-09', expected: 5, kept: 3 },
    ])
    const monday = state('weekly', [on('2026-08-31T10:00:00.000Z')], {
      since: '2026-08-24',
      asOf: '2026-09-07T00:00:00.000Z',
    })
    expect(monday).toMatchObject({
      expected: 2,
      kept: 1,
      shortMonths: [{ month: '2026-08', expected: 2, kept: 1 }],
    })
  })

  it('months add up to the whole', () => {
    const start = Date.parse('2026-01-01T00:00:00Z')
    const days = fc.uniqueArray(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(days, (list) => {
        const runs = list.map((day) => on(new Date(start + day * 86_400_000).toISOString()))
        const { expected, kept, shortMonths } = state('weekly', runs, { asOf: '2026-11-01T00:00:00.000Z' })
        const short = shortMonths.reduce((sum, month) => sum + month.expected - month.kept, 0)
        expect(short).toBe(expected! - kept!)
      }),
    )
  })

  it.each([
    ['2026-10-26T09:00:20.000Z', '2026-11-02T09:00:00.000Z', '2026-11-02T08:00:00.000Z', 'current'],
    ['2026-10-26T08:55:00.000Z', '2026-11-02T09:00:00.000Z', '2026-11-02T08:00:00.000Z', 'current'],
    ['2026-10-26T09:00:20.000Z', '2026-11-02T09:00:00.000Z', '2026-11-02T12:00:00.000Z', 'due'],
    ['2026-10-26T09:00:20.000Z', '2026-11-02T09:00:00.000Z', '2026-11-03T09:00:01.000Z', 'overdue'],
  ])('Mondays at nine, run %s: due %s, at %s %s', (startedAt, due, asOf, expected) => {
    expect(state('0 9 * * 1', [on(startedAt)], { asOf })).toMatchObject({ due, state: expected })
  })

  it('the hour of a cron expression moves with its zone', () => {
    const zone = 'America/New_York'
    expect(state('0 9 * * 1', [on('2026-10-26T13:00:10.000Z')], { zone }).due).toBe(
      '2026-11-02T14:00:00.000Z',
    )
  })

  it('slots adjoin each other, and counts over adjoining spans add up', () => {
    const DAY = 86_400_000
    const day = fc
      .integer({ min: 0, max: 700 })
      .map((days) => Date.parse('2025-01-01T00:00:00Z') + days * DAY)
    fc.assert(
      fc.property(
        fc.constantFrom('daily', 'weekly', 'monthly', '0 9 * * 1'),
        fc.tuple(day, day),
        (every, days) => {
          const rhythm = rhythmOf(every)!
          const [from, to] = [Math.min(...days), Math.max(...days)]
          const slots = slotsOf(rhythm, 'UTC', from, to, false)
          for (const [index, slot] of slots.entries())
            if (index > 0) expect(slot.from).toBe(slots[index - 1]!.to)
          const middle = slots[Math.floor(slots.length / 2)]
          if (!middle || every.startsWith('0')) return
          const [before, after] = [
            slotsOf(rhythm, 'UTC', from, middle.from, false),
            slotsOf(rhythm, 'UTC', middle.from, to, false),
          ]
          expect(before.length + after.length).toBe(slots.length)
        },
      ),
      { seed: 15, numRuns: 60 },
    )
  })
})

describe('an experiment with schedules of its environments', () => {
  const plan = {
    effortHours: null,
    status: null,
    risk: null,
    since: '2026-10-01',
    parameters: [],
    abort: [],
    schedules: ['staging', 'production'].map((environment) => ({
      every: 'weekly',
      environment,
      owner: null,
      zone: 'UTC',
    })),
  }

  it('is overdue where it never ran, and older runs are not of it', () => {
    const runs = [
      on('2026-10-30T10:00:00.000Z', { experiment: 'kill', environment: 'Staging' }),
      on('2026-09-30T10:00:00.000Z', { experiment: 'kill', environment: 'production' }),
    ]
    const [entry] = programmeOf([experiment('kill', { plan })], runs, configured(), AS_OF)
    expect(entry).toMatchObject({ state: 'overdue', lastRun: '2026-10-30T10:00:00.000Z' })
    expect(entry!.runs).toHaveLength(1)
    expect(entry!.schedules.map(({ state, runs }) => [state, runs])).toEqual([
      ['current', 1],
      ['never-run', 0],
    ])
  })
})
