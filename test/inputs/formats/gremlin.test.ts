import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Run } from '../../../src/facts/experiment.js'
import gremlin from '../../../src/inputs/formats/gremlin.js'
import { recordFile } from './records.js'
import { BASELINE_NOT_MEASURED, OUTCOME_NOT_MEASURED } from '../../../src/recovery/unmeasured.js'

const STATES: [string, string][] = [
  ['Pending', '2025-09-04T18:13:49.593Z'],
  ['Distributed', '2025-09-04T18:13:58.040Z'],
  ['Initializing', '2025-09-04T18:13:58.171Z'],
  ['Running', '2025-09-04T18:13:58.213Z'],
  ['TearingDown', '2025-09-04T18:14:58.276Z'],
  ['Successful', '2025-09-04T18:14:58.334Z'],
]

function execution(states: [string, unknown][] = STATES, changes: object = {}) {
  return {
    guid: 'e1',
    target_type: 'Container',
    client_id: 'ip-10-0-111-96',
    service_states: states.map(([stage, timestamp]) => ({ stage, timestamp })),
    ...changes,
  }
}

const read = (value: unknown) => gremlin.read(recordFile(value))
const runOf = (states?: [string, unknown][], changes?: object): Run =>
  read([execution(states, changes)]).facts[0] as Run

describe('an execution of Gremlin', () => {
  it('is a weak run without a verdict, whose fault began before it ran and ended by its end', () => {
    expect(runOf()).toMatchObject({
      id: 'gremlin-e1',
      target: 'ip-10-0-111-96',
      startedAt: '2025-09-04T18:13:49.593Z',
      endedAt: '2025-09-04T18:14:58.334Z',
      faultStart: { earliest: '2025-09-04T18:13:58.171Z', latest: '2025-09-04T18:13:58.213Z' },
      faultEnd: { earliest: '2025-09-04T18:14:58.276Z', latest: '2025-09-04T18:14:58.334Z' },
      faultVerified: true,
      verdict: 'unknown',
      grade: 'weak',
      reasons: [BASELINE_NOT_MEASURED, OUTCOME_NOT_MEASURED],
    })
  })

  it('that never ran is invalid', () => {
    const run = runOf([...STATES.slice(0, 2), ['TargetNotFound', '2025-09-04T18:14:00Z']])
    expect(run).toMatchObject({ grade: 'invalid', faultStart: null, faultEnd: null, faultVerified: false })
    expect(run.reasons[0]).toBe('fault not injected: it never ran, its last stage is TargetNotFound')
  })

  it('with a stage that is not known concludes nothing from it, and names it', () => {
    const run = runOf([...STATES.slice(0, 3), ['Suspended', '2025-09-04T18:14:00Z']])
    expect(run).toMatchObject({ grade: 'weak', verdict: 'unknown', faultVerified: null })
    expect(run.reasons).toContain(
      'the state "Suspended" of the attack is not recognised, so nothing is concluded from it',
    )
  })

  it('that was halted was given up', () => {
    expect(runOf([...STATES.slice(0, 4), ['UserHalted', '2025-09-04T18:14:00Z']])).toMatchObject({
      verdict: 'aborted',
      faultEnd: null,
    })
  })

  it('says what its kind injects', () => {
    expect(runOf(STATES, { kind: 'process_killer' }).fault).toBe('pod-kill')
    expect(runOf(STATES, { kind: 'shutdown' }).fault).toBe('node-loss')
    expect(runOf().fault).toBeNull()
  })

  it('with broken times says so', () => {
    const late = STATES.map(([stage], index): [string, unknown] => [
      stage,
      index === 3 ? 0 : STATES[index]![1],
    ])
    const { facts, problems } = read([execution(late)])
    expect(facts[0]).toMatchObject({ faultStart: null })
    expect((facts[0] as Run).reasons).toContain('not every stage has a time')
    expect(problems[0]!.message).toMatch(/is not a time of a run/)
    const mixed = [late[1]!, late[0]!, ...late.slice(2)]
    expect(runOf(mixed).reasons).toContain('its stages are not in order of time')
  })

  it('is read in order of time, in whatever order its stages are listed', () => {
    const told = { ...runOf(), source: expect.anything() as object }
    fc.assert(
      fc.property(fc.shuffledSubarray(STATES, { minLength: STATES.length }), (shuffled) => {
        expect(runOf(shuffled)).toEqual(told)
      }),
    )
  })

  it('listed newest first is turned round, also where stages share an instant or one has no time', () => {
    const atOnce = STATES.map(([stage, time]): [string, unknown] => [
      stage,
      time.replace(/\d{2}\.\d+Z$/, '00Z'),
    ])
    expect(runOf([...atOnce].reverse())).toMatchObject({
      endedAt: '2025-09-04T18:14:00.000Z',
      faultVerified: true,
      reasons: [BASELINE_NOT_MEASURED, OUTCOME_NOT_MEASURED],
    })
    const gap = STATES.map(([stage, time], index): [string, unknown] => [stage, index === 2 ? null : time])
    expect(runOf([...gap].reverse())).toMatchObject({
      startedAt: '2025-09-04T18:13:49.593Z',
      endedAt: '2025-09-04T18:14:58.334Z',
      reasons: [BASELINE_NOT_MEASURED, OUTCOME_NOT_MEASURED, 'not every stage has a time'],
    })
  })

  it('that was cut off is failed with its place', () => {
    expect(read(JSON.stringify([execution()], null, 2).slice(0, 300))).toMatchObject({
      facts: [],
      failed: expect.stringMatching(/^line \d+: not valid YAML/),
    })
  })

  it.each([
    ['without an id', [{ service_states: [{ stage: 'Running' }] }]],
    ['without stages', [{ guid: 'x', service_states: [] }]],
  ])('is none %s', (_, value) => expect(gremlin.recognises(recordFile(value))).toBe(false))
})
