import { describe, expect, it } from 'vitest'
import type { Experiment, Run } from '../../../src/facts/experiment.js'
import type { InputFile, Reading } from '../../../src/inputs/format.js'
import chaostoolkit from '../../../src/inputs/formats/chaostoolkit.js'

function file(text: string, extension = '.json'): InputFile {
  return { path: `chaos/one${extension}`, extension, text, sha256: 'ab12cd34ef56ab12cd34' }
}

/** Seconds after 10:00:00 UTC, as old versions wrote times: without an offset. */
function at(seconds: number): string {
  return new Date(Date.UTC(2024, 2, 5, 10) + seconds * 1000).toISOString().replace('Z', '')
}

const CHECK = {
  type: 'probe',
  name: 'cart answers',
  tolerance: 200,
  provider: { type: 'http', url: 'http://cart/health' },
}
const STOP = {
  type: 'action',
  name: 'stop cart',
  provider: { type: 'process', path: 'docker', arguments: 'stop cart' },
}
const START = {
  type: 'action',
  name: 'start cart',
  provider: { type: 'process', path: 'docker', arguments: 'start cart' },
}
const KILL = {
  type: 'action',
  name: 'terminate cart pods',
  provider: {
    type: 'python',
    module: 'chaosk8s.pod.actions',
    func: 'terminate_pods',
    arguments: { label_selector: 'app=cart', ns: 'shop' },
  },
}
const PRINTED = { status: 0, stdout: 'cart\n', stderr: '' }

function ran(activity: object, start: number, end: number, output: unknown, more: object = {}): object {
  return {
    activity,
    output,
    status: 'succeeded',
    start: at(start),
    end: at(end),
    duration: end - start,
    ...more,
  }
}

function steady(met: boolean | null, start: number, probes = 1): object {
  const probe = ran(CHECK, start, start + 0.1, { status: met ? 200 : 503 }, { tolerance_met: met })
  return { steady_state_met: met, probes: Array(probes).fill(probe) }
}

/** A run that kills a pod at 1 s, with only a check before and one after at 30 s. */
function journal(
  more: Record<string, unknown> = {},
  experiment: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    'chaoslib-version': '1.30.0',
    experiment: {
      version: '1.0.0',
      title: 'Losing a cart pod',
      description: 'Users keep their carts.',
      'steady-state-hypothesis': { title: 'cart answers', probes: [CHECK] },
      method: [KILL],
      rollbacks: [],
      dry: null,
      ...experiment,
    },
    start: at(0),
    end: at(31),
    duration: 31,
    status: 'completed',
    deviated: false,
    steady_states: { before: steady(true, 0.5), after: steady(true, 30), during: [] },
    run: [ran(KILL, 1, 2, ['cart-7d9f'])],
    rollbacks: [],
    ...more,
  }
}

/** One sample a second from `from` to `to`, failing inside the outage. */
function during(from: number, to: number, outage: [number, number] | null): object[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index).map((second) =>
    steady(!(outage && second >= outage[0] && second <= outage[1]), second),
  )
}

function read(document: unknown): Reading {
  const input = file(JSON.stringify(document))
  expect(chaostoolkit.recognises(input)).toBe(true)
  return chaostoolkit.read(input)
}

function runOf(document: unknown): Run {
  const [fact] = read(document).facts
  if (fact?.fact !== 'run') throw new Error('no run was read')
  return fact
}

describe('a Chaos Toolkit journal', () => {
  it('becomes one compact run', () => {
    const run = runOf(journal({}, { tags: ['environment:staging'] }))
    expect(run).toMatchObject({
      id: 'chaostoolkit-ab12cd34ef56',
      experiment: 'Losing a cart pod',
      format: 'chaostoolkit',
      startedAt: '2024-03-05T10:00:00.000Z',
      endedAt: '2024-03-05T10:00:31.000Z',
      environment: 'staging',
      target: 'cart',
      fault: 'pod-kill',
      verdict: 'pass',
      baselineMet: true,
      faultVerified: true,
    })
    expect(run.source).toMatchObject({ path: 'chaos/one.json', pointer: '$' })
  })

  it('keeps no output, however large', () => {
    const run = runOf(journal({ run: [ran(KILL, 1, 2, { log: 'x'.repeat(200_000) })] }))
    expect(JSON.stringify(run).length).toBeLessThan(2_000)
  })

  it('reads offsets where they are written', () => {
    expect(runOf(journal({ start: '2024-03-05T12:00:00.139764+02:00' })).startedAt).toBe(
      '2024-03-05T10:00:00.139Z',
    )
  })
})

describe('the grade of a run', () => {
  it('is valid when injection, baseline and a series of samples prove the outcome', () => {
    const run = runOf(
      journal({
        steady_states: { before: steady(true, 0.5), after: steady(true, 30), during: during(1, 29, null) },
      }),
    )
    expect(run).toMatchObject({ grade: 'valid', reasons: [], verdict: 'pass' })
  })

  it('is invalid when the baseline check failed and the method never ran (row 1)', () => {
    const run = runOf(
      journal({ steady_states: { before: steady(false, 0.5), after: null, during: [] }, run: [] }),
    )
    expect(run).toMatchObject({
      grade: 'invalid',
      verdict: 'unknown',
      baselineMet: false,
      faultVerified: false,
    })
    expect(run.reasons).toContain('the baseline check failed, so the method never ran')
  })

  it('fails on an outage that healed before the last check (row 2)', () => {
    const states = { before: steady(true, 0.5), after: steady(true, 30), during: during(1, 29, [4, 6]) }
    expect(runOf(journal({ steady_states: states }))).toMatchObject({ grade: 'valid', verdict: 'fail' })
  })

  it.each([
    [
      'an HTTP action was refused',
      ran({ type: 'action', name: 'fail backend', provider: { type: 'http', url: 'http://b/fail' } }, 1, 2, {
        status: 400,
      }),
      'fault not injected: "fail backend" was answered 400',
    ],
    [
      'a process failed',
      ran(STOP, 1, 2, { status: 1, stdout: '', stderr: 'no such container' }),
      'fault not injected: "stop cart" exited with 1',
    ],
    [
      'the action failed (row 4)',
      ran(KILL, 1, 2, null, { status: 'failed' }),
      'fault not injected: "terminate cart pods" failed',
    ],
  ])('is invalid when %s (row 3)', (_, action, reason) => {
    const run = runOf(journal({ run: [action] }))
    expect(run).toMatchObject({ grade: 'invalid', faultVerified: false })
    expect(run.reasons).toContain(reason)
    expect(run.recovery).toMatchObject({ kind: 'unknown', reason: 'the run is invalid' })
  })

  it('is weak when another action failed (row 4)', () => {
    const wait = {
      type: 'action',
      name: 'wait for traffic',
      provider: { type: 'python', module: 'time', func: 'sleep' },
    }
    const run = runOf(journal({ run: [ran(KILL, 1, 2, ['a']), ran(wait, 2, 3, null, { status: 'failed' })] }))
    expect(run.grade).toBe('weak')
    expect(run.reasons).toContain('"wait for traffic" failed')
  })

  it('is weak when the fault was removed only by a rollback (row 5)', () => {
    const run = runOf(
      journal(
        { run: [ran(STOP, 1, 2, PRINTED)], rollbacks: [ran(START, 31, 32, PRINTED)] },
        { method: [STOP], rollbacks: [START] },
      ),
    )
    expect(run).toMatchObject({ grade: 'weak', verdict: 'pass', target: 'cart', rolledBack: true })
    expect(run.reasons).toContain(
      'the fault was removed only by a rollback: tolerance was checked, recovery was not',
    )
    expect(run.recovery).toMatchObject({ kind: 'unknown' })
  })

  it('does not take missing samples for passes (row 6)', () => {
    const run = runOf(
      journal({}, { 'steady-state-hypothesis': { title: 't', probes: [CHECK, { ...CHECK, name: 'b' }] } }),
    )
    expect(run.reasons).toContain('after: 1 of 2 probes sampled; the others are unknown, not passed')
  })

  it('notes rollbacks that were not played (row 7)', () => {
    const run = runOf(journal({ run: [ran(STOP, 1, 2, PRINTED)] }, { method: [STOP], rollbacks: [START] }))
    expect(run.rolledBack).toBe(false)
    expect(run.notes).toBe('1 of 1 declared rollbacks not played: the fault may still be active')
  })

  it('is weak when the outcome was not measured (row 8)', () => {
    const run = runOf(
      journal({ status: 'interrupted', steady_states: { before: steady(true, 0.5), after: null } }),
    )
    expect(run).toMatchObject({ grade: 'weak', verdict: 'aborted' })
    expect(run.reasons).toContain('the outcome was not measured after the method')
    expect(run.recovery).toMatchObject({ kind: 'unknown', reason: 'not measured after the fault' })
  })

  it('takes a background action by its own times (row 9)', () => {
    const killed = ran({ ...KILL, background: true }, 1, 20, ['cart-7d9f'])
    const run = runOf(
      journal({ run: [killed], steady_states: { before: steady(true, 0), after: steady(false, 30) } }),
    )
    expect(run.recovery).toMatchObject({ kind: 'not-recovered-within', low: 10 })
  })

  it('is weak when the last check came at once (row 10)', () => {
    const run = runOf(journal({ steady_states: { before: steady(true, 0.5), after: steady(true, 2.4) } }))
    expect(run.reasons).toContain('the last check began 0.4 s after the fault: too early to show its effect')
  })

  it('is weak and without verdict when there is no hypothesis (row 11)', () => {
    const run = runOf(
      journal({ steady_states: { before: null, after: null } }, { 'steady-state-hypothesis': null }),
    )
    expect(run).toMatchObject({ grade: 'weak', verdict: 'unknown' })
    expect(run.reasons).toEqual(['no hypothesis: an exploration, not a test'])
  })

  it.each([[true], ['actions']])('is invalid for a dry run, dry = %s (row 12)', (dry) => {
    const run = runOf(journal({}, { dry }))
    expect(run).toMatchObject({ grade: 'invalid', faultVerified: false })
  })

  it('is weak when a stop printed nothing it stopped (row 13)', () => {
    const run = runOf(
      journal({ run: [ran(STOP, 1, 2, { status: 0, stdout: '', stderr: '' })] }, { method: [STOP] }),
    )
    expect(run).toMatchObject({ grade: 'weak', faultVerified: null })
    expect(run.reasons).toContain(
      'injection not proven: "stop cart" succeeded without naming anything it acted on',
    )
  })

  it('is weak in dialects that record no outcome', () => {
    const { steady_states, ...old } = journal({ 'chaoslib-version': '0.12.1', status: 'failed' })
    expect(steady_states).toBeDefined()
    expect(runOf(old)).toMatchObject({ grade: 'weak', verdict: 'unknown', baselineMet: null })
  })

  it('is invalid when nothing ran, or nothing that could inject', () => {
    expect(runOf(journal({ run: [] })).grade).toBe('invalid')
    expect(runOf(journal({ run: [ran(CHECK, 1, 2, { status: 200 })] })).grade).toBe('invalid')
  })
})

describe('the recovery of a run', () => {
  const states = (more: object): object => ({ before: steady(true, 0.5), after: steady(true, 60), ...more })

  it('is a time when samples are dense against it', () => {
    const run = runOf(journal({ steady_states: states({ during: during(1, 59, [3, 40]) }) }))
    expect(run.recovery).toMatchObject({
      kind: 'recovered',
      seconds: 40.1,
      low: 38,
      high: 40.1,
      from: 'fault-start',
    })
  })

  it('is an interval when they are not', () => {
    const run = runOf(journal({ steady_states: states({ during: during(1, 59, [3, 4]) }) }))
    expect(run.recovery).toMatchObject({ kind: 'between', seconds: null, low: 2, high: 4.1 })
  })

  it('is an interval from one failing probe of the method to the last check', () => {
    const run = runOf(journal({ run: [ran(KILL, 1, 2, ['a']), ran(CHECK, 5, 5.1, { status: 503 })] }))
    expect(run.recovery).toMatchObject({ kind: 'between', low: 3, high: 29.1 })
  })

  it('is bounded from below when the last sample fails, never the duration of the run', () => {
    const run = runOf(
      journal({ deviated: true, status: 'failed', steady_states: states({ after: steady(false, 60) }) }),
    )
    expect(run).toMatchObject({
      verdict: 'fail',
      recovery: { kind: 'not-recovered-within', seconds: null, low: 58 },
    })
  })

  it('names the bound since the removal of the fault', () => {
    const run = runOf(
      journal(
        {
          run: [ran(STOP, 1, 2, PRINTED), ran(START, 20, 21, PRINTED)],
          steady_states: states({ after: steady(false, 31) }),
        },
        { method: [STOP, START] },
      ),
    )
    expect(run.recovery).toMatchObject({ kind: 'not-recovered-within', low: 29 })
    expect(run.recovery.reason).toContain('at least 10 s after the fault was removed')
  })

  it('is not a matter of a fault that was active until the rollbacks', () => {
    const run = runOf(
      journal(
        {
          run: [ran(STOP, 1, 2, PRINTED)],
          rollbacks: [ran(START, 61, 62, PRINTED)],
          steady_states: states({ after: steady(false, 60) }),
        },
        { method: [STOP], rollbacks: [START] },
      ),
    )
    expect(run.recovery.kind).toBe('unknown')
    expect(run.verdict).toBe('fail')
  })

  it('is absorbed when samples cover the time and none fails', () => {
    const run = runOf(journal({ steady_states: states({ during: during(1, 59, null) }) }))
    expect(run.recovery).toMatchObject({ kind: 'absorbed', seconds: null })
    expect(run.recovery.reason).toContain('an outage shorter than 1 s would not have been seen')
  })

  it('is unknown, not 0 s, when one check after the fault passes', () => {
    expect(runOf(journal()).recovery).toMatchObject({ kind: 'unknown', seconds: null })
    expect(runOf(journal()).recovery.reason).toContain('no failure seen in 1 sample')
  })
})

describe('a broken journal', () => {
  it('that was cut off is a problem with its place', () => {
    const text = JSON.stringify(journal(), null, 2).slice(0, 900)
    const reading = chaostoolkit.read(file(text))
    expect(reading.facts).toEqual([])
    expect(reading.problems).toHaveLength(1)
    expect(reading.problems[0]).toMatchObject({ path: 'chaos/one.json', line: text.split('\n').length })
    expect(reading.problems[0]!.message).toMatch(/cut off/)
  })

  it('may hold NaN and Infinity, but not lose texts that say so', () => {
    const text = JSON.stringify(journal({}, { title: 'NaN is not \\"Infinity\\"' })).replace(
      '"duration":31',
      '"duration":NaN',
    )
    const [run] = chaostoolkit.read(file(text)).facts
    expect(run).toMatchObject({ experiment: 'NaN is not \\"Infinity\\"', verdict: 'pass' })
  })

  it('is read in linear time, whatever its quotes', () => {
    const text = `{"chaoslib-version": NaN, "x": "${'\\"'.repeat(200_000)}`
    expect(chaostoolkit.read(file(text)).problems).toHaveLength(1)
  })

  it('with times that contradict each other is weak, with the place', () => {
    const run = runOf(journal({ run: [ran(KILL, 5, 1, ['a'])] }))
    expect(run.grade).toBe('weak')
    expect(run.reasons).toContain('times are incomplete: $.run[0].end: before the start')
    expect(run.recovery).toMatchObject({ kind: 'unknown', reason: 'the time of the fault is not recorded' })
  })

  it('without an end or with null everywhere is still read', () => {
    const live = runOf(journal({ end: null, status: null, steady_states: null, run: null, rollbacks: null }))
    expect(live).toMatchObject({ grade: 'invalid', endedAt: null })
    expect(runOf({ 'chaoslib-version': '1.0.0rc1' })).toMatchObject({
      grade: 'invalid',
      experiment: null,
      startedAt: null,
    })
  })

  it('is none when it only mentions the version', () => {
    expect(read({ note: { 'chaoslib-version': '1.0.0' } })).toMatchObject({
      facts: [],
      skipped: 'mentions chaoslib-version, but is no journal',
    })
  })
})

const EXPERIMENT = `version: 1.0.0
title: Losing the cart database
description: Orders keep working from the cache.
tags: [owner:team-cart, cadence:monthly, environment:staging]
configuration:
  db: {type: env, key: DB, default: cart-db}
steady-state-hypothesis:
  title: orders answer
  probes:
    - type: probe
      name: orders answer
      tolerance: 200
      provider: {type: http, url: http://orders/health}
method:
  - type: action
    name: stop the database
    provider:
      type: process
      path: docker
      arguments: stop \${db}
  - type: probe
    name: orders answer
    provider: {type: http, url: http://orders/health}
rollbacks:
  - type: action
    name: start the database
    provider: {type: process, path: docker, arguments: [start, cart-db]}
`

function experimentOf(text: string, extension = '.yaml'): Experiment {
  const input = file(text, extension)
  expect(chaostoolkit.recognises(input)).toBe(true)
  const [fact] = chaostoolkit.read(input).facts
  if (fact?.fact !== 'experiment') throw new Error('no experiment was read')
  return fact
}

describe('a Chaos Toolkit experiment', () => {
  it('is a definition with its parts', () => {
    expect(experimentOf(EXPERIMENT)).toMatchObject({
      id: 'losing-the-cart-database',
      title: 'Losing the cart database',
      hypothesis: 'orders answer',
      target: 'cart-db',
      fault: 'pod-kill',
      environment: 'staging',
      owner: 'team-cart',
      cadenceDays: 31,
      cadence: 'monthly',
      steadyState: [{ metric: 'orders answer', operator: '==', value: 200, unit: null }],
      parts: {
        hypothesis: true,
        baseline: true,
        blastRadius: false,
        injection: true,
        observation: true,
        abort: false,
        rollback: true,
      },
    })
  })

  it('lists its commands with their lines', () => {
    const { commands } = experimentOf(EXPERIMENT)
    expect(commands.map(({ text, source }) => [text, source.line])).toEqual([
      ['docker stop ${db}', 15],
      ['docker start cart-db', 25],
    ])
  })

  it('may be JSON, and guarded by safeguards and a scope', () => {
    const experiment = experimentOf(
      JSON.stringify(
        {
          title: 'Pods die',
          description: 'd',
          method: [KILL],
          rollbacks: [],
          controls: [
            { name: 'safeguards', provider: { type: 'python', module: 'chaosaddons.controls.safeguards' } },
          ],
          runtime: { hypothesis: { strategy: 'during-method-only' } },
        },
        null,
        2,
      ),
      '.json',
    )
    expect(experiment.parts).toMatchObject({
      abort: true,
      blastRadius: true,
      observation: true,
      hypothesis: false,
      rollback: false,
    })
  })

  it('without a method list is not recognised, nor is any other file', () => {
    expect(chaostoolkit.recognises(file('title: x\nversion: 1\nmethod: GET\n', '.yaml'))).toBe(false)
    expect(chaostoolkit.recognises(file('{"name": "shop", "version": "1.0.0"}'))).toBe(false)
    expect(chaostoolkit.recognises(file('kind: Deployment\n', '.yaml'))).toBe(false)
  })

  it('that is broken is a problem with its place', () => {
    const text = EXPERIMENT.replace('rollbacks:', 'rollbacks: ]')
    const input = file(text, '.yaml')
    expect(chaostoolkit.recognises(input)).toBe(true)
    const { facts, problems } = chaostoolkit.read(input)
    expect(facts).toEqual([])
    expect(problems[0]).toMatchObject({ path: 'chaos/one.yaml', line: 24 })
  })
})
