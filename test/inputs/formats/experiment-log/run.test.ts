import { describe, expect, it } from 'vitest'
import { RUN, runOf, samples } from './logs.js'

describe('the grade of a logged run', () => {
  const recovered = '    recovery: { seconds: 4 }\n'

  it.each([
    ['baselineMet', 'the baseline was not met'],
    ['faultVerified', 'the fault was not active'],
  ])('is invalid when %s is false', (field, reason) => {
    const run = runOf(RUN.replace(`${field}: true`, `${field}: false`) + recovered)
    expect(run).toMatchObject({ grade: 'invalid', reasons: [reason] })
  })

  it.each([
    ['baselineMet', 'not stated whether the baseline was met (baselineMet)'],
    ['faultVerified', 'not stated whether the fault was active (faultVerified)'],
  ])('is weak when %s is not stated', (field, reason) => {
    const run = runOf(RUN.replace(`    ${field}: true\n`, '') + recovered)
    expect(run).toMatchObject({ grade: 'weak', reasons: [reason] })
  })

  it('is weak when nothing was measured after the fault', () => {
    expect(runOf(RUN)).toMatchObject({ grade: 'weak', recovery: { kind: 'unknown' } })
    const early = '    samples: [{ at: 2026-05-01T10:00:30Z, ok: true }]\n'
    expect(runOf(RUN + early)).toMatchObject({
      grade: 'weak',
      recovery: { kind: 'unknown', reason: 'no sample after the fault began' },
    })
  })
})

describe('what a weak logged run lacks', () => {
  it.each([
    [
      '    metrics: { error_rate: { baseline: 0.05, during: 14, after: 0.06 } }\n',
      'values after the fault are recorded, but not when they were reached: no recovery time (samples with faultStartedAt, or recovery)',
    ],
    [
      '    metrics: { error_rate: { baseline: 0.05, during: 14 } }\n',
      'the outcome was not measured after the fault (samples with faultStartedAt, or recovery)',
    ],
    ['', 'the outcome was not measured after the fault (samples with faultStartedAt, or recovery)'],
  ])('is named by what is recorded: %s', (metrics, reason) => {
    expect(runOf(RUN + metrics)).toMatchObject({ grade: 'weak', reasons: [reason] })
  })
})

describe('the recovery of a logged run', () => {
  it('is the first sample from which it stays within tolerance, from the end of the fault', () => {
    const run = runOf(RUN + samples(`${'x'.repeat(40)}...x${'.'.repeat(10)}`, 2))
    expect(run.recovery).toMatchObject({ kind: 'recovered', seconds: 28, low: 26, from: 'fault-end' })
  })

  it('is one figure when the samples are dense against it', () => {
    const run = runOf(RUN + samples(`${'x'.repeat(50)}${'.'.repeat(5)}`, 2))
    expect(run.recovery).toMatchObject({
      kind: 'recovered',
      seconds: 40,
      low: 38,
      high: 40,
      from: 'fault-end',
    })
  })

  it('is an interval when the samples are far apart', () => {
    const run = runOf(RUN + samples('xxx....', 30))
    expect(run.recovery).toMatchObject({
      kind: 'between',
      seconds: null,
      low: 0,
      high: 30,
      from: 'fault-end',
    })
  })

  it('counts from the start of a fault without duration, or of one that was overcome while active', () => {
    const momentary = RUN.replace(/ {4}faultEndedAt.*\n/, '')
    expect(runOf(momentary + samples('xxxxxxxxxxxxxxx...', 2)).recovery).toMatchObject({
      seconds: 30,
      from: 'fault-start',
    })
    expect(runOf(RUN + samples('xxxxxxxxxxxxxxx...', 2)).recovery).toMatchObject({
      seconds: 30,
      from: 'fault-start',
    })
  })

  it('needs three samples within tolerance', () => {
    const run = runOf(RUN + samples(`${'x'.repeat(50)}..`, 2))
    expect(run.recovery).toMatchObject({ kind: 'not-recovered-within', low: 38, seconds: null })
    expect(run.recovery.reason).toContain('only 2 of the 3 samples')
  })

  it('is absorbed when no sample of the whole fault fails', () => {
    expect(runOf(RUN + samples('.'.repeat(20), 5)).recovery).toMatchObject({
      kind: 'absorbed',
      seconds: null,
    })
    expect(runOf(RUN + samples('.'.repeat(5), 5)).recovery).toMatchObject({ kind: 'unknown' })
  })

  it('is taken from the samples rather than from what is stated', () => {
    const run = runOf(`${RUN}    recovery: { seconds: 1 }\n${samples(`${'x'.repeat(50)}...`, 2)}`)
    expect(run.recovery.seconds).toBe(40)
  })

  it.each([
    ['{ between: [10, 20s] }', { kind: 'between', low: 10, high: 20, seconds: null }],
    ['{ notRecoveredWithin: 2m }', { kind: 'not-recovered-within', low: 120, seconds: null }],
    ['{ absorbed: true }', { kind: 'absorbed', low: null, seconds: null }],
  ])('may be stated as %s', (text, recovery) => {
    expect(runOf(`${RUN}    recovery: ${text}\n`).recovery).toMatchObject(recovery)
  })
})
