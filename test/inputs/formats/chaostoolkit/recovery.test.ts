import { describe, expect, it } from 'vitest'
import { CHECK, during, journal, KILL, PRINTED, ran, runOf, START, steady, STOP } from './journals.js'

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

  it('is unknown where the only rollback was not played: the fault is not known to have ended', () => {
    const notPlayed = (method: object[], rollbacks: object[], run: object[]): ReturnType<typeof runOf> =>
      runOf(journal({ run, steady_states: states({ after: steady(false, 60) }) }, { method, rollbacks }))
    const stopped = notPlayed([STOP], [START], [ran(STOP, 1, 2, PRINTED)])
    expect(stopped).toMatchObject({
      verdict: 'fail',
      rolledBack: false,
      recovery: { kind: 'unknown', low: null },
    })
    expect(stopped.recovery.reason).toBe(
      'out of tolerance in the last sample; the declared rollback was not played, so the fault is not known to have ended',
    )
    const twice = notPlayed([STOP], [START, START], [ran(STOP, 1, 2, PRINTED)])
    expect(twice.recovery.reason).toContain('the 2 declared rollbacks were not played')
    const killed = notPlayed([KILL], [START], [ran(KILL, 1, 2, ['cart-7d9f'])])
    expect(killed.recovery).toMatchObject({ kind: 'not-recovered-within', low: 58 })
    const removed = [ran(STOP, 1, 2, PRINTED), ran(START, 20, 21, PRINTED)]
    expect(notPlayed([STOP, START], [START], removed).recovery).toMatchObject({
      kind: 'not-recovered-within',
      low: 58,
    })
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
