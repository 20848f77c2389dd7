import { describe, expect, it } from 'vitest'
import type { SafetyPolicy } from '../../../src/facts/safety-policy.js'
import type { InputFile, Reading } from '../../../src/inputs/format.js'
import safetyPolicy from '../../../src/inputs/formats/safety-policy.js'

const HEADER = `apiVersion: resilience-report/v1
kind: SafetyPolicy
`
const FULL = `${HEADER}environments:
  staging: {}
  production:
    limits:
      network-latency: { latency: 50ms, duration: 300s }
      packet_loss: { percent: 1%, max_nodes: 1 }
    maxTargets: 1
    maxConcurrent: 1
    forbiddenWindows:
      - { days: [mon-fri, Sunday], from: "08:00", to: "20:00", zone: Europe/London }
    requires: [approval, staging-pass]
    approvers: [cto]
    minErrorBudget: 50%
    minDaysSinceIncident: 7
    abortWhen: [{ metric: error_rate, op: ">", value: 0.5, unit: "%", window: 5m }]
`

function file(text: string): InputFile {
  return { path: 'chaos/policy.yaml', extension: '.yaml', text, sha256: '00' }
}

function read(text: string): Reading {
  expect(safetyPolicy.recognises(file(text))).toBe(true)
  return safetyPolicy.read(file(text))
}

function faultsOf(body: string): string[] {
  const { problems } = read(`${HEADER}environments:\n  production:\n${body}`)
  return problems.map(({ line, column, message }) => `${line}:${column} ${message}`)
}

describe('a safety policy', () => {
  it('gives the policy of each environment with its place', () => {
    const { facts, problems } = read(FULL)
    expect(problems).toEqual([])
    expect(facts).toHaveLength(2)
    const production = facts[1] as SafetyPolicy
    expect(production).toMatchObject({
      fact: 'safety-policy',
      environment: 'production',
      source: { line: 5, pointer: '$.environments.production' },
      maxTargets: 1,
      maxConcurrent: 1,
      forbiddenWindows: [{ days: [0, 1, 2, 3, 4, 5], from: 480, to: 1200, zone: 'Europe/London' }],
      requires: ['approval', 'staging-pass'],
      approvers: ['cto'],
      minErrorBudget: 0.5,
      minDaysSinceIncident: 7,
      abortWhen: [{ metric: 'error_rate', operator: '>', value: 0.5, unit: '%', windowSeconds: 300 }],
    })
    expect(
      production.limits.map(({ fault, parameter, most }) => [fault, parameter, most.value, most.unit]),
    ).toEqual([
      ['dependency-latency', 'latency', 0.05, 's'],
      ['dependency-latency', 'duration', 300, 's'],
      ['network-loss', 'percent', 1, '%'],
      ['network-loss', 'max_nodes', 1, null],
    ])
    expect(facts[0]).toMatchObject({ environment: 'staging', limits: [], maxTargets: null, requires: [] })
  })

  it('may forbid experiments, also in every environment that is not named', () => {
    const { facts } = read(`${HEADER}environments:\n  staging: {}\n  "*": { forbidden: true }\n`)
    expect(facts).toMatchObject([
      { environment: 'staging', forbidden: false },
      { environment: '*', forbidden: true },
    ])
    expect(faultsOf('    forbidden: perhaps\n')[0]).toContain('environments.production.forbidden')
  })

  it('may be JSON', () => {
    const text = JSON.stringify({
      apiVersion: 'resilience-report/v1',
      kind: 'SafetyPolicy',
      environments: { production: { maxTargets: 2 } },
    })
    expect(read(text).facts).toMatchObject([{ environment: 'production', maxTargets: 2 }])
  })

  it.each([
    ['    limits: { meteor: { size: 3 } }\n', '5:15 fault "meteor" is not in the vocabulary'],
    ['    maxTargets: many\n', '5:5 environments.production.maxTargets: must be a number'],
    ['    maxTarget: 1\n', '5:5 environments.production.maxTarget: unknown field'],
    ['    minErrorBudget: 50\n', '5:5 environments.production.minErrorBudget: must be a share: 0.5 or 50%'],
    ['    limits: { latency: { ms: fast } }\n', 'must be a number with or without a unit'],
    [
      '    forbiddenWindows: [{ days: mon, from: "08:00", to: "20:00", zone: Mars }]\n',
      'must be a time zone such as',
    ],
    [
      '    forbiddenWindows: [{ days: mon, from: "25:00", to: "20:00", zone: UTC }]\n',
      'must be a time of day',
    ],
    [
      '    forbiddenWindows: [{ days: mondays, from: "08:00", to: "20:00", zone: UTC }]\n',
      'must be a day such as mon',
    ],
    [
      '    forbiddenWindows: [{ days: mon, from: "08:00", to: "20:00" }]\n',
      'is missing; write Europe/London or UTC',
    ],
    ['    abortWhen: [{ metric: x, op: above, value: 1 }]\n', 'must be one of'],
  ])('%j is refused at its place', (body, message) => {
    expect(faultsOf(body)).toEqual([expect.stringContaining(message)])
  })

  it('loses only the environment that is wrong', () => {
    const { facts, partial } = read(
      `${HEADER}environments:\n  a: { maxTargets: -1 }\n  b: { maxTargets: 1 }\n`,
    )
    expect(facts).toMatchObject([{ environment: 'b' }])
    expect(partial).toContain('1 entry')
  })

  it.each([
    [`${HEADER}environments: []\n`, 'must be a mapping; write environments: {}'],
    [`${HEADER}limits: {}\n`, 'must be a mapping; write environments: {}'],
    [`${HEADER}environments: { a: {`, ''],
  ])('%j fails', (text, message) => {
    const { facts, failed, problems } = read(text)
    expect(facts).toEqual([])
    expect(failed).toBeDefined()
    expect(problems[0]?.message).toContain(message)
  })
})
