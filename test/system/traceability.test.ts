import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Experiment, Plan, Run } from '../../src/facts/experiment.js'
import type { Requirement } from '../../src/facts/requirement.js'
import { gameDaysOf } from '../../src/system/game-days.js'
import { programmeOf } from '../../src/system/programme.js'
import { overlapsOf } from '../../src/system/safety/concurrency.js'
import { traceabilityOf, type Traceability } from '../../src/system/traceability.js'
import { AS_OF, at, configured, experiment, run } from './facts.js'

const PLAN: Plan = {
  effortHours: null,
  status: null,
  risk: null,
  since: null,
  parameters: [],
  schedules: [],
  abort: [],
}
const HOUR = 3_600_000

function trace(experiments: Experiment[], runs: Run[], declared: string[] = []): Traceability {
  const requirements = declared.map((id): Requirement => ({
    fact: 'requirement',
    source: at('c.yaml'),
    id,
    title: null,
  }))
  return traceabilityOf(programmeOf(experiments, runs, configured(), AS_OF), requirements)
}

describe('requirements', () => {
  const experiments = [
    experiment('a', { requirements: ['R1', 'R2'] }),
    experiment('b', { requirements: ['R2'] }),
    experiment('c'),
  ]
  const dated = (id: string, name: string, startedAt: string, over: Partial<Run> = {}): Run =>
    run(id, { experiment: name, startedAt, ...over })

  it('are followed to the newest valid run of each scenario', () => {
    const runs = [
      dated('1', 'a', '2026-10-01T00:00:00.000Z', { verdict: 'fail' }),
      dated('2', 'a', '2026-10-02T00:00:00.000Z'),
      dated('3', 'a', '2026-10-03T00:00:00.000Z', { verdict: 'fail', grade: 'weak' }),
    ]
    const { requirements, withoutRequirement } = trace(experiments, runs, ['R3'])
    expect(requirements.map(({ id, state }) => [id, state])).toEqual([
      ['R1', 'passed'],
      ['R2', 'in part'],
      ['R3', 'no scenario'],
    ])
    expect(requirements[0]!.scenarios).toEqual([
      { experiment: 'a', runs: 3, newestValid: { run: '2', verdict: 'pass' } },
    ])
    expect(withoutRequirement).toEqual(['c'])
  })

  it('fail with the newest valid run of one scenario', () => {
    const runs = [
      dated('1', 'a', '2026-10-01T00:00:00.000Z'),
      dated('2', 'b', '2026-10-02T00:00:00.000Z', { verdict: 'partial' }),
    ]
    expect(trace(experiments, runs).requirements.map(({ state }) => state)).toEqual(['passed', 'failed'])
    expect(trace(experiments, []).requirements.map(({ state }) => state)).toEqual([
      'not tested',
      'not tested',
    ])
  })

  it('nobody is asked for them where nobody has any', () => {
    expect(trace([experiment('c')], [])).toEqual({ requirements: [], withoutRequirement: [], effort: [] })
  })
})

it('effort by status adds up to the total', () => {
  const hours = fc
    .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 }))
    .map(([a, b]): [number, number] => [a / 2, (a + b) / 2])
  const plan = fc.record({
    effortHours: fc.option(hours),
    status: fc.constantFrom('planned' as const, 'implemented' as const, null),
  })
  fc.assert(
    fc.property(fc.array(plan, { minLength: 1, maxLength: 8 }), (plans) => {
      const { effort } = trace(
        plans.map((own, index) => experiment(`e${index}`, { plan: { ...PLAN, ...own } })),
        [],
      )
      const total = effort.find(({ status }) => status === 'total')
      if (!total) {
        expect(plans.every(({ effortHours }) => effortHours === null)).toBe(true)
        return
      }
      for (const key of ['experiments', 'low', 'high', 'unstated'] as const)
        expect(effort.filter((row) => row !== total).reduce((sum, row) => sum + row[key], 0)).toBeCloseTo(
          total[key],
        )
    }),
    { seed: 15, numRuns: 100 },
  )
})

describe('game days', () => {
  const during = (id: string, from: string, to: string | null, over: Partial<Run> = {}): Run =>
    run(id, {
      startedAt: `2026-10-20T${from}:00.000Z`,
      endedAt: to === null ? null : `2026-10-20T${to}:00.000Z`,
      ...(to === null
        ? { recovery: { kind: 'unknown', seconds: null, low: null, high: null, from: null, reason: null } }
        : {}),
      ...over,
    })
  const days = (runs: Run[]) => gameDaysOf(runs, overlapsOf(runs, 8 * HOUR))

  it('are runs that hang together by their times', () => {
    const runs = [
      during('c', '10:50', '11:30'),
      during('a', '10:00', '10:30', { fault: 'pod-kill' }),
      during('b', '10:20', '11:00', { fault: 'network-loss' }),
      during('d', '11:30', '12:00'),
    ]
    expect(days(runs)).toMatchObject([
      { name: null, runs: ['a', 'b', 'c'], overlapped: true, faults: ['pod-kill', 'network-loss'] },
    ])
  })

  it('or that name one, with what was stated of it', () => {
    const conduct = {
      parameters: [],
      targets: null,
      approvedBy: null,
      observers: null,
      preconditions: {},
      errorBudget: null,
      readings: [],
    }
    const named = { name: 'October', objective: 'back in 20 min', findings: ['no runbook'] }
    const runs = [
      during('a', '10:00', '10:10', { conduct: { ...conduct, gameDay: named } }),
      during('b', '11:00', '11:10', { conduct: { ...conduct, gameDay: { ...named, findings: [] } } }),
    ]
    expect(days(runs)).toMatchObject([
      {
        name: 'October',
        runs: ['a', 'b'],
        overlapped: false,
        objectives: ['back in 20 min'],
        findings: ['no runbook'],
      },
    ])
  })

  it('what may only have overlapped is none', () => {
    expect(days([during('a', '10:00', null), during('b', '10:20', '10:30')])).toEqual([])
    expect(
      overlapsOf([during('a', '10:00', null), during('b', '10:20', '10:30')], 8 * HOUR).get('b'),
    ).toEqual({
      most: 1,
      perhaps: 2,
      withRuns: [],
    })
  })
})
