import { describe, expect, it } from 'vitest'
import type { Experiment } from '../../../src/facts/experiment.js'
import type { InputFile, Reading } from '../../../src/inputs/format.js'
import experimentCatalogue from '../../../src/inputs/formats/experiment-catalogue.js'

const FULL = `apiVersion: resilience-report/v1
kind: ExperimentCatalogue
experiments:
  - id: cart-outage
    title: The cart is down
    hypothesis: Checkout stays available
    target: { component: cart, replicas: 2 }
    fault: { type: scale-down, parameters: { replicas: 0 } }
    environment: staging
    blastRadius: one namespace
    steadyState: [{ metric: success_rate, op: '>=', value: 0.99, unit: ratio, window: 5m }]
    passCriteria: [{ metric: recovery, op: '<=', value: 60, unit: s }]
    abort: [{ metric: success_rate, op: '<', value: 0.9, unit: ratio }]
    rollback: scale the deployment to 2
    requirements: [REQ-7, 12]
    effortHours: [2, 4]
    status: planned
    schedule: { every: quarterly, owner: team-cart }
    covers: [cart-to-checkout]
`

function file(text: string): InputFile {
  return { path: 'chaos/catalogue.yaml', extension: '.yaml', text, sha256: '00' }
}

function read(text: string): Reading {
  expect(experimentCatalogue.recognises(file(text))).toBe(true)
  return experimentCatalogue.read(file(text))
}

function experimentOf(text: string): Experiment {
  const { facts, problems } = read(text)
  expect(problems).toEqual([])
  const [fact] = facts
  if (fact?.fact !== 'experiment') throw new Error('no experiment was read')
  return fact
}

describe('an experiment catalogue', () => {
  it('gives each experiment with its parts and its place', () => {
    const experiment = experimentOf(FULL)
    expect(experiment).toMatchObject({
      id: 'cart-outage',
      title: 'The cart is down',
      hypothesis: 'Checkout stays available',
      target: 'cart',
      fault: 'dependency-outage',
      environment: 'staging',
      owner: 'team-cart',
      cadenceDays: 92,
      cadence: 'quarterly',
      requirements: ['REQ-7', '12'],
      steadyState: [{ metric: 'success_rate', operator: '>=', value: 0.99, unit: 'ratio' }],
      passCriteria: [{ metric: 'recovery', operator: '<=', value: 60, unit: 's' }],
      covers: ['cart-to-checkout'],
    })
    expect(Object.values(experiment.parts)).toEqual([true, true, true, true, true, true, true])
    expect(experiment.source).toMatchObject({ line: 4, pointer: '$.experiments[0]' })
  })

  it('says which parts are not written', () => {
    const bare = FULL.slice(0, FULL.indexOf('    hypothesis')) + "    rollback: ' '\n    abort: []\n"
    const experiment = experimentOf(bare)
    expect(experiment).toMatchObject({
      target: null,
      fault: null,
      environment: null,
      cadence: null,
      cadenceDays: null,
    })
    expect(Object.values(experiment.parts)).toEqual([false, false, false, false, false, false, false])
  })

  it.each([
    ['daily', 1],
    ['weekly', 7],
    ['monthly', 31],
    ['quarterly', 92],
    ['semiannually', 184],
    ['annually', 366],
    ["'0 6 * * 1'", null],
  ])('runs %s: every %s days', (every, days) => {
    const experiment = experimentOf(FULL.replace('every: quarterly', `every: ${every}`))
    expect(experiment.cadenceDays).toBe(days)
    expect(experiment.cadence).toBe(every.replaceAll("'", ''))
  })
})

describe('a broken experiment catalogue', () => {
  it.each([
    ['title: The cart is down', 'name: The cart is down', 4, /^experiments\.0\.title/],
    ['every: quarterly', 'every: now and then', 18, /schedule\.every: must be daily/],
    ["op: '>='", 'op: at least', 11, /steadyState\.0\.op/],
  ])('loses the experiment where %s is %s, and says where', (right, wrong, line, message) => {
    const { facts, problems, failed } = read(FULL.replace(right, wrong))
    expect(facts).toEqual([])
    expect(problems[0]).toMatchObject({ path: 'chaos/catalogue.yaml', line })
    expect(problems[0]!.message).toMatch(message)
    expect(failed).toContain('1 entry')
  })

  it('names a fault outside the vocabulary, and keeps the experiment', () => {
    const { facts, problems } = read(FULL.replace('scale-down', 'gremlins'))
    expect(facts).toMatchObject([{ fault: null, parts: { injection: true } }])
    expect(problems).toMatchObject([{ line: 8 }])
  })

  it('that is cut off is a problem', () => {
    const { problems } = read(FULL.slice(0, FULL.indexOf('replicas: 2')))
    expect(problems[0]?.message).toMatch(/not valid YAML/)
  })
})
