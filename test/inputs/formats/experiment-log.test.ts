import { describe, expect, it } from 'vitest'
import type { Run } from '../../../src/facts/experiment.js'
import type { InputFile, Reading } from '../../../src/inputs/format.js'
import experimentLog from '../../../src/inputs/formats/experiment-log.js'
import { experimentLogSchema } from '../../../src/inputs/formats/experiment-log/schema.js'

function file(text: string, extension = '.yaml'): InputFile {
  return { path: `chaos/log${extension}`, extension, text, sha256: '00' }
}

const HEADER = `apiVersion: resilience-report/v1
kind: ExperimentLog
system: shop
runs:
`

const RUN = `  - id: cart-1
    experiment: cart-outage
    target: cart
    fault: scale to 0
    environment: staging
    startedAt: 2026-05-01T10:00:00Z
    faultStartedAt: 2026-05-01T10:01:00Z
    faultEndedAt: 2026-05-01T10:02:00Z
    baselineMet: true
    faultVerified: true
    verdict: pass
`

/** Samples every `step` seconds from the fault's start on: `x` failing, `.` within tolerance. */
function samples(pattern: string, step: number): string {
  const lines = [...pattern].map((mark, index) => {
    const at = new Date(Date.UTC(2026, 4, 1, 10, 1) + index * step * 1000).toISOString()
    return `      - { at: ${at}, ok: ${mark === '.'} }\n`
  })
  return `    samples:\n${lines.join('')}`
}

function read(runs: string, header = HEADER): Reading {
  const input = file(header + runs)
  expect(experimentLog.recognises(input)).toBe(true)
  return experimentLog.read(input)
}

function runOf(runs: string): Run {
  const { facts, problems } = read(runs)
  expect(problems).toEqual([])
  const [fact] = facts
  if (fact?.fact !== 'run') throw new Error('no run was read')
  return fact
}

describe('an experiment log', () => {
  it('gives each run with its place', () => {
    const run = runOf(
      `${RUN}    recovery: { seconds: 1m30s }
    load: true
    mechanism: self-healing
    metrics: { latency: { baseline: 0.1, during: 2.5, after: 0.1, unit: s } }
    alerts: [{ name: CartDown, firedAt: "2026-05-01T12:01:45+02:00" }, { name: Slow }]
    rollback: { succeeded: false }
    covers: [cart-outage-to-checkout]
    notes: by hand
`,
    )
    expect(run).toMatchObject({
      id: 'cart-1',
      experiment: 'cart-outage',
      target: 'cart',
      fault: 'dependency-outage',
      environment: 'staging',
      startedAt: '2026-05-01T10:00:00.000Z',
      verdict: 'pass',
      grade: 'valid',
      reasons: [],
      load: true,
      rolledBack: false,
      recovery: { kind: 'recovered', seconds: 90, from: 'fault-end' },
      mechanism: 'self-healing',
      metrics: [{ name: 'latency', baseline: 0.1, during: 2.5, after: 0.1, unit: 's' }],
      alerts: [
        { name: 'CartDown', firedAt: '2026-05-01T10:01:45.000Z', afterSeconds: 45 },
        { name: 'Slow', firedAt: null, afterSeconds: null },
      ],
      covers: ['cart-outage-to-checkout'],
      notes: 'by hand',
    })
    expect(run.source).toMatchObject({ path: 'chaos/log.yaml', line: 5, pointer: '$.runs[0]' })
  })

  it('may hold several documents, and may be JSON', () => {
    const two = `${HEADER}${RUN}---\n${HEADER}${RUN.replace('cart-1', 'cart-2')}`
    expect(experimentLog.read(file(two)).facts).toMatchObject([{ id: 'cart-1' }, { id: 'cart-2' }])
    const json = JSON.stringify({
      apiVersion: 'resilience-report/v1',
      kind: 'ExperimentLog',
      system: 's',
      runs: [],
    })
    expect(experimentLog.recognises(file(json, '.json'))).toBe(true)
    expect(experimentLog.read(file(json, '.json'))).toEqual({ facts: [], problems: [] })
  })

  it('is recognised by what it says, not by its name', () => {
    expect(experimentLog.recognises(file('kind: ExperimentLog\n'))).toBe(false)
    expect(experimentLog.recognises(file('apiVersion: resilience-report/v1\nkind: ExperimentLogs\n'))).toBe(
      false,
    )
    expect(experimentLog.recognises(file(HEADER, '.md'))).toBe(false)
  })
})

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

describe('a broken experiment log', () => {
  it.each([
    ['verdict: pass', 'verdict: green', 15, /^runs\.0\.verdict: .*"pass"/],
    ['2026-05-01T10:01:00Z', 'this morning', 11, /faultStartedAt: must be a date and time/],
    [
      'faultEndedAt: 2026-05-01T10:02',
      'faultEndedAt: 2026-05-01T09:02',
      12,
      /faultEndedAt: is before faultStartedAt/,
    ],
    ['faultVerified: true', 'faultVerifed: true', 14, /faultVerifed/],
  ])('loses the run where %s is %s, and says where', (right, wrong, line, message) => {
    const { facts, problems, partial } = read(RUN.replace(right, wrong) + RUN.replace('cart-1', 'cart-2'))
    expect(facts).toMatchObject([{ id: 'cart-2' }])
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatchObject({ path: 'chaos/log.yaml', line })
    expect(problems[0]!.message).toMatch(message)
    expect(partial).toBe('1 entry could not be used; see the problems')
  })

  it.each([
    '{ seconds: -4 }',
    '{ between: [9, 3] }',
    '{ absorbed: false }',
    '{ seconds: 1, absorbed: true }',
    '12',
  ])('does not take %s for a recovery', (text) => {
    const { facts, problems } = read(`${RUN}    recovery: ${text}\n`)
    expect(facts).toEqual([])
    expect(problems[0]).toMatchObject({ line: 16 })
  })

  it('names a fault outside the vocabulary, and keeps the run', () => {
    const { facts, problems } = read(RUN.replace('scale to 0', 'gremlins'))
    expect(facts).toMatchObject([{ fault: null }])
    expect(problems).toMatchObject([{ line: 8 }])
    expect(problems[0]!.message).toContain('gremlins')
  })

  it('that is no YAML, or has no runs, is a problem', () => {
    const unclosed = read('  - id: [')
    expect(unclosed.facts).toEqual([])
    expect(unclosed.problems.length).toBeGreaterThan(0)
    expect(read('', HEADER.replace('runs:', 'run:')).problems[0]!.message).toMatch(/^runs: must be a list/)
  })

  it('says that documents of other kinds need files of their own', () => {
    const other = '---\napiVersion: resilience-report/v1\nkind: SafetyPolicy\nenvironments: {}\n'
    const { facts, problems } = read(`${RUN}    recovery: { seconds: 4 }\n${other}`)
    expect(facts).toHaveLength(1)
    expect(problems[0]).toMatchObject({
      line: 19,
      message: expect.stringContaining('files of their own') as unknown,
    })
  })
})

it('has a schema for whole documents', () => {
  const run = {
    id: 1,
    experiment: 'e',
    target: 't',
    fault: 'f',
    environment: 'e',
    startedAt: '2026-05-01T10:00:00Z',
    verdict: 'pass',
  }
  const log = { apiVersion: 'resilience-report/v1', kind: 'ExperimentLog', system: 's', runs: [run] }
  expect(experimentLogSchema.safeParse(log).success).toBe(true)
  expect(experimentLogSchema.safeParse({ ...log, runs: [{ ...run, verdict: 'ok' }] }).success).toBe(false)
})
