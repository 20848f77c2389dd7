/** How a run was carried out, and what a catalogue says beside what an experiment does. */
import { describe, expect, it } from 'vitest'
import type { InputFile } from '../../../src/inputs/format.js'
import experimentCatalogue from '../../../src/inputs/formats/experiment-catalogue.js'
import { read, RUN, runOf } from './experiment-log/logs.js'

describe('a logged run', () => {
  it('tells how it was carried out', () => {
    const { conduct } = runOf(`${RUN}    parameters: { latency: 50ms, path: /cart }
    targets: 2
    approvedBy: [cto]
    observers: []
    preconditions: { backup: true }
    errorBudget: 62%
    gameDay: { name: October, findings: [no runbook] }
`)
    expect(conduct).toEqual({
      parameters: [{ name: 'latency', value: { value: 0.05, unit: 's', text: '50ms' } }],
      targets: 2,
      approvedBy: ['cto'],
      observers: [],
      preconditions: { backup: true },
      errorBudget: 0.62,
      readings: [],
      gameDay: { name: 'October', objective: null, findings: ['no runbook'] },
    })
    expect(runOf(RUN).conduct).toMatchObject({ targets: null, approvedBy: null, gameDay: null })
  })

  it.each([
    ['targets: -1', 'targets'],
    ['errorBudget: 62', 'must be a share'],
    ['approvedBy: cto', 'must be a list'],
    ['gameDay: { objective: x }', 'gameDay.name: is missing'],
  ])('%s is refused', (field, message) => {
    const { facts, problems } = read(`${RUN}    ${field}\n`)
    expect(facts).toEqual([])
    expect(problems[0]?.message).toContain(message)
  })
})

describe('a catalogued experiment', () => {
  const CATALOGUE = `apiVersion: resilience-report/v1
kind: ExperimentCatalogue
experiments:
  - id: cart-outage
    title: The cart is down
`
  const file = (text: string): InputFile => ({ path: 'c.yaml', extension: '.yaml', text, sha256: '00' })

  it('has schedules, effort, and requirements that are declared beside it', () => {
    const text = `${CATALOGUE}    since: 2026-05-01
    effortHours: [2, 3.5]
    status: planned
    abort: [data is lost, { metric: errors, op: '>', value: 10, window: 1m }]
    schedule:
      - { every: weekly, environment: staging }
      - { every: CRON_TZ=Asia/Tokyo 0 9 1 * *, environment: production, owner: sre }
      - { every: 0 9 * * mon, zone: Europe/London }
requirements: [REQ-1, { id: 7, title: Reads survive }]
`
    const { facts, problems } = experimentCatalogue.read(file(text))
    expect(problems).toEqual([])
    expect(facts).toMatchObject([
      {
        cadence: 'weekly',
        plan: {
          since: '2026-05-01',
          effortHours: [2, 3.5],
          status: 'planned',
          abort: [{ metric: 'errors', operator: '>', value: 10, unit: null, windowSeconds: 60 }],
          schedules: [
            { every: 'weekly', environment: 'staging', owner: null, zone: 'UTC' },
            { environment: 'production', owner: 'sre', zone: 'Asia/Tokyo' },
            { every: '0 9 * * mon', environment: null, zone: 'Europe/London' },
          ],
        },
      },
      { fact: 'requirement', id: 'REQ-1', title: null },
      { fact: 'requirement', id: '7', title: 'Reads survive' },
    ])
  })

  it.each([
    ['    since: May\n', '6 experiments.0.since: must be a day such as'],
    ['    effortHours: [5, 3]\n', '6 experiments.0.effortHours: must rise'],
    ['    schedule: { every: 0 99 * * * }\n', '6 experiments.0.schedule.every: must be daily'],
    ['    schedule: { every: weekly, zone: Mars }\n', '6 experiments.0.schedule.zone: must be a time zone'],
    ['requirements: REQ-1\n', '6 requirements: must be a list'],
    ['requirements: [{ title: x }]\n', '6 requirements.0.id: is missing'],
  ])('%j is named with its line', (text, message) => {
    const { problems } = experimentCatalogue.read(file(`${CATALOGUE}${text}`))
    expect(problems.map(({ line, message }) => `${line} ${message}`)).toEqual([
      expect.stringContaining(message),
    ])
  })
})
