import { describe, expect, it } from 'vitest'
import type { Experiment, Run } from '../../../src/facts/experiment.js'
import steadybit from '../../../src/inputs/formats/steadybit.js'
import { recordFile } from './records.js'

const PREDICATE = {
  operator: 'AND',
  predicates: [
    { key: 'k8s.namespace', operator: 'EQUALS', values: ['shop'] },
    { key: 'k8s.deployment', operator: 'EQUALS', values: ['cart'] },
  ],
}
const CHECK = {
  type: 'action',
  ignoreFailure: false,
  parameters: { duration: '60s' },
  actionType: 'com.steadybit.extension_http.check.periodically',
}
const ATTACK = {
  type: 'action',
  parameters: { duration: '60s' },
  actionType: 'com.steadybit.extension_container.network_delay',
  radius: { targetType: 'com.steadybit.extension_container.container', predicate: PREDICATE, percentage: 50 },
}
const DESIGN = {
  key: 'SHOP-1',
  name: 'A slow cart is tolerated',
  team: 'SHOP',
  environment: 'Staging',
  hypothesis: 'The shop answers while the cart is slow.',
  lanes: [{ steps: [CHECK] }, { steps: [{ type: 'wait', parameters: { duration: '10s' } }, ATTACK] }],
}

function step(changes: object = {}) {
  return {
    id: 's1',
    state: 'COMPLETED',
    parameters: { duration: '60s' },
    actionId: 'com.steadybit.extension_container.network_delay',
    actionKind: 'ATTACK',
    radius: ATTACK.radius,
    started: '2025-03-01T10:00:10.000Z',
    ended: '2025-03-01T10:01:10.500Z',
    totalTargetCount: 1,
    ...changes,
  }
}

const check = (state: string) =>
  step({ id: 'c', state, actionId: 'x.check', actionKind: 'CHECK', radius: {} })

function execution(steps: object[], changes: object = {}) {
  return {
    id: 78151,
    experimentKey: 'SHOP-1',
    state: 'COMPLETED',
    created: '2025-03-01T10:00:00Z',
    ended: '2025-03-01T10:01:12Z',
    steps,
    ...changes,
  }
}

const read = (value: unknown, path?: string) => steadybit.read(recordFile(value, path))
const runOf = (steps: object[], changes?: object): Run => read(execution(steps, changes)).facts[0] as Run
const definitionOf = (changes: object = {}): Experiment =>
  read({ ...DESIGN, ...changes }).facts[0] as Experiment

describe('an experiment of Steadybit', () => {
  it('is a definition with its parts', () => {
    expect(definitionOf()).toMatchObject({
      id: 'SHOP-1',
      title: 'A slow cart is tolerated',
      target: 'cart',
      fault: 'dependency-latency',
      environment: 'Staging',
      owner: 'SHOP',
      hypothesis: 'The shop answers while the cart is slow.',
      parts: {
        hypothesis: true,
        baseline: true,
        blastRadius: true,
        injection: true,
        observation: true,
        abort: true,
        rollback: true,
      },
    })
  })

  it('has no abort when failing checks are ignored, and no rollback when nothing ends the attack', () => {
    const lanes = [
      {
        steps: [
          { ...CHECK, ignoreFailure: true },
          { ...ATTACK, parameters: {} },
        ],
      },
    ]
    expect(definitionOf({ lanes }).parts).toMatchObject({ abort: false, rollback: false })
  })

  it('of a template leaves open what is filled in later', () => {
    expect(definitionOf({ team: '{{teamKey}}', environment: '{{environmentName}}' })).toMatchObject({
      owner: null,
      environment: null,
    })
  })

  it('may select by a query, and be YAML', () => {
    const text = `
name: Lose a container
team: SHOP
lanes:
  - steps:
      - !<action>
        actionType: com.steadybit.extension_container.stop
        radius:
          query: 'k8s.namespace="shop" AND k8s.deployment="cart"'
`
    const { facts, problems } = read(text, 'chaos/lose.yml')
    expect(problems).toEqual([])
    expect(facts).toMatchObject([{ id: 'lose-a-container', target: 'cart', fault: 'pod-kill' }])
  })
})

describe('an execution of Steadybit', () => {
  it('that a check ended before the attack had its turn says nothing of the fault', () => {
    const waiting = { ...step(), state: 'CREATED', started: undefined, ended: undefined }
    expect(runOf([check('FAILED'), waiting], { state: 'FAILED' })).toMatchObject({
      grade: 'invalid',
      faultVerified: false,
    })
    expect(runOf([check('COMPLETED'), waiting], { state: 'RUNNING' }).grade).toBe('weak')
  })

  it('whose checks held is a weak pass, timed by its steps', () => {
    expect(runOf([check('COMPLETED'), step()])).toMatchObject({
      id: 'steadybit-78151',
      experiment: 'SHOP-1',
      target: 'cart',
      fault: 'dependency-latency',
      verdict: 'pass',
      grade: 'weak',
      faultStart: { earliest: '2025-03-01T10:00:10.000Z', latest: '2025-03-01T10:00:10.500Z' },
      faultEnd: { earliest: '2025-03-01T10:01:10.000Z', latest: '2025-03-01T10:01:10.500Z' },
      faultVerified: true,
    })
  })

  it('without checks has no verdict, whatever its state', () => {
    const run = runOf([step()])
    expect(run.verdict).toBe('unknown')
    expect(run.reasons).toContain('no check looks at the service: an exploration, not a test')
  })

  it('fails by a failed check only', () => {
    expect(runOf([check('FAILED'), step()], { state: 'FAILED' }).verdict).toBe('fail')
    expect(runOf([check('COMPLETED'), step({ state: 'FAILED' })], { state: 'FAILED' }).verdict).toBe(
      'unknown',
    )
  })

  it.each([
    [{ state: 'ERRORED' }, /fault not injected: step .* is ERRORED/],
    [{ totalTargetCount: 0 }, /had no target/],
  ])('that injected nothing is invalid: %j', (changes, reason) => {
    const run = runOf([check('COMPLETED'), step(changes)])
    expect(run.grade).toBe('invalid')
    expect(run.reasons[0]).toMatch(reason)
  })

  it('in states that are not known concludes nothing, and names them', () => {
    const run = runOf([check('PAUSED'), step({ state: 'DEGRADED' })], { state: 'ARCHIVED' })
    expect(run).toMatchObject({ grade: 'weak', verdict: 'unknown', faultVerified: null })
    for (const [state, of] of [
      ['ARCHIVED', 'the run'],
      ['DEGRADED', 'step'],
      ['PAUSED', 'step'],
    ])
      expect(run.reasons.join('; ')).toContain(`the state "${state}" of ${of}`)
  })

  it('as a webhook tells of it is not over, and not timed', () => {
    const created = execution([step({ state: 'CREATED', started: undefined, ended: undefined })], {
      state: 'CREATED',
    })
    const [run] = read({ event: 'experiment.execution.created', execution: created }).facts as Run[]
    expect(run).toMatchObject({ verdict: 'unknown', faultStart: null, faultVerified: null })
    expect(run!.reasons).toContain('it was CREATED when it was exported')
  })

  it('with broken times says so', () => {
    expect(runOf([step({ ended: '2025-03-01T09:00:00Z' })]).reasons.at(-1)).toMatch(/ended before it began/)
    expect(read(execution([step({ started: 0 })])).problems[0]!.message).toMatch(/is not a time of a run/)
  })

  it('of a list says too little', () => {
    const summary = { ...execution([]), steps: undefined }
    expect(read({ executions: [summary] }).skipped).toMatch(/without its steps/)
  })

  it('that was cut off is failed with its place', () => {
    const text = JSON.stringify(DESIGN, null, 2).slice(0, 500)
    expect(steadybit.recognises(recordFile(text))).toBe(true)
    expect(read(text)).toMatchObject({ facts: [], failed: expect.stringMatching(/not valid YAML/) })
  })

  it.each([
    ['a sequencer', { lanes: [{ sample: 1 }], name: 'x' }],
    ['what was cut off before it said so', JSON.stringify(DESIGN).slice(0, 150)],
  ])('is not %s', (_, value) => expect(steadybit.recognises(recordFile(value))).toBe(false))
})
