import { describe, expect, it } from 'vitest'
import { CHECK, during, journal, KILL, PRINTED, ran, runOf, START, steady, STOP } from './journals.js'

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

  it('does not take a restart that was refused for the removal of the fault', () => {
    const refused = ran(START, 20, 21, { status: 1, stdout: '', stderr: 'no such container' })
    const run = runOf(
      journal(
        {
          run: [ran(STOP, 1, 2, PRINTED), refused],
          steady_states: { before: steady(true, 0), after: steady(false, 30) },
        },
        { method: [STOP, START] },
      ),
    )
    expect(run.reasons).toContain('"start cart" exited with 1')
    expect(run.recovery).toMatchObject({ low: 28, reason: 'out of tolerance in the last sample' })
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

  it('takes rollbacks that were not played for none, and invents no note (row 7)', () => {
    const run = runOf(journal({ run: [ran(STOP, 1, 2, PRINTED)] }, { method: [STOP], rollbacks: [START] }))
    expect(run.rolledBack).toBe(false)
    expect(run.notes).toBeNull()
  })

  it('has nothing to roll back where nothing was injected', () => {
    const refused = ran(STOP, 1, 2, { status: 1, stdout: '', stderr: 'no such container' })
    const undone = [ran(START, 31, 32, { status: 1, stdout: '', stderr: 'no such container' })]
    for (const rollbacks of [[], undone]) {
      const run = runOf(journal({ run: [refused], rollbacks }, { method: [STOP], rollbacks: [START] }))
      expect(run).toMatchObject({ grade: 'invalid', rolledBack: null, notes: null })
      expect(run.reasons.join()).not.toContain('removed only by a rollback')
    }
    const dry = journal({ run: [ran(STOP, 1, 2, PRINTED)] }, { rollbacks: [START], dry: 'actions' })
    expect(runOf(dry).rolledBack).toBeNull()
  })

  it('must be rolled back where one of two faults was injected, or may have been', () => {
    const refused = ran(STOP, 1, 2, { status: 1, stdout: '', stderr: 'no such container' })
    for (const other of [ran(KILL, 3, 4, ['cart-7d9f']), ran(KILL, 3, 4, [])]) {
      const run = runOf(journal({ run: [refused, other] }, { method: [STOP, KILL], rollbacks: [START] }))
      expect(run.rolledBack).toBe(false)
    }
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
