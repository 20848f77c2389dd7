import { describe, expect, it } from 'vitest'
import experimentLog from '../../../src/inputs/formats/experiment-log.js'
import { experimentLogSchema } from '../../../src/inputs/formats/experiment-log/schema.js'
import { file, HEADER, read, RUN, runOf } from './experiment-log/logs.js'

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

  it.each([
    [
      '{ seconds: -4 }',
      17,
      'runs.0.recovery.seconds: -4 is negative, a duration is not; write seconds or 90s',
    ],
    [
      '{ seconds: .nan }',
      17,
      'runs.0.recovery.seconds: .nan is no duration; write seconds or 90s, 5m, 1h, and',
    ],
    [
      '{ seconds: .inf }',
      17,
      'runs.0.recovery.seconds: .inf is no duration; write {notRecoveredWithin: 120}',
    ],
    ['{ seconds: soon }', 17, 'runs.0.recovery.seconds: "soon" is no duration; write seconds or 90s, 5m, 1h'],
    ['{ between: [.nan, 3] }', 27, 'runs.0.recovery.between.0: .nan is no duration'],
    ['{ between: [3] }', 17, 'runs.0.recovery.between: must be two durations, [low, high]'],
    ['{ between: [9, 3] }', 17, 'runs.0.recovery.between: must rise: [low, high]'],
    ['{ absorbed: false }', 17, 'runs.0.recovery.absorbed: must be true'],
    ['{ second: 4 }', 5, 'runs.0.recovery: must be one of {seconds: 12}'],
    ['12', 5, 'runs.0.recovery: must be one of {seconds: 12}'],
  ])('says what is wrong with the recovery %s, at its place', (text, column, message) => {
    const { problems } = read(`${RUN}    recovery: ${text}\n`)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatchObject({ line: 16, message: expect.stringContaining(message) })
    expect(problems[0]!.column).toBe(column)
  })

  it.each([
    [
      'metrics: { errors: { after: .nan } }',
      'errors.after: must be a number, not .nan; leave out what was not',
    ],
    ['metrics: { errors: { after: lots } }', 'errors.after: must be a number, not "lots"'],
    ['load: sometimes', 'load: must be true or false, not "sometimes"'],
    ['alerts: [{}]', 'alerts.0.name: is missing; it must be text or a number'],
    ['loaded: true', 'loaded: unknown field; `resilience-report schema ExperimentLog` lists'],
  ])('says of %s what must stand there', (text, message) => {
    expect(read(`${RUN}    ${text}\n`).problems).toMatchObject([
      { line: 16, message: expect.stringContaining(message) },
    ])
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

  it('says that documents of other kinds need separate files', () => {
    const other = '---\napiVersion: resilience-report/v1\nkind: SafetyPolicy\nenvironments: {}\n'
    const { facts, problems } = read(`${RUN}    recovery: { seconds: 4 }\n${other}`)
    expect(facts).toHaveLength(1)
    expect(problems[0]).toMatchObject({
      line: 19,
      message: expect.stringContaining('separate files') as unknown,
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
