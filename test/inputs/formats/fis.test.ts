import { describe, expect, it } from 'vitest'
import type { Experiment, Run } from '../../../src/facts/experiment.js'
import type { Reading } from '../../../src/inputs/format.js'
import fis from '../../../src/inputs/formats/fis.js'
import { recordFile } from './records.js'
import { BASELINE_NOT_MEASURED, OUTCOME_NOT_MEASURED } from '../../../src/recovery/unmeasured.js'

const ALARM = { source: 'aws:cloudwatch:alarm', value: 'arn:aws:cloudwatch:eu-west-1:1:alarm:CartErrors' }

function action(changes: object = {}) {
  return {
    actionId: 'aws:ecs:task-network-latency',
    parameters: { duration: 'PT5M' },
    targets: { Tasks: 'cart-tasks' },
    state: { status: 'completed', reason: 'Action was completed.' },
    startTime: 1_760_954_400.5,
    endTime: 1_760_954_701,
    ...changes,
  }
}

function experiment(changes: object = {}) {
  return {
    id: 'EXP1',
    experimentTemplateId: 'EXT1',
    state: { status: 'completed', reason: 'Experiment completed.' },
    targets: { 'cart-tasks': { resourceType: 'aws:ecs:task', resourceTags: { app: 'cart' } } },
    actions: { slow: action() },
    stopConditions: [ALARM],
    creationTime: 1_760_954_399.1,
    startTime: 1_760_954_400.1,
    endTime: 1_760_954_702,
    tags: { environment: 'staging' },
    ...changes,
  }
}

const TEMPLATE = {
  description: 'Slow network of the cart',
  targets: {
    'cart-tasks': { resourceType: 'aws:ecs:task', resourceTags: { app: 'cart' }, selectionMode: 'ALL' },
  },
  actions: {
    wait: { actionId: 'aws:fis:wait', parameters: { duration: 'PT1M' } },
    slow: {
      actionId: 'aws:ecs:task-network-latency',
      parameters: { duration: 'PT5M' },
      targets: { Tasks: 'cart-tasks' },
      startAfter: ['wait'],
    },
  },
  stopConditions: [ALARM],
  roleArn: 'arn:aws:iam::1:role/fis',
  tags: { Name: 'cart-latency', owner: 'team-cart' },
}

function read(value: unknown, path?: string): Reading {
  const file = recordFile(value, path)
  expect(fis.recognises(file)).toBe(true)
  return fis.read(file)
}

function runOf(changes: object = {}): Run {
  const [run, ...others] = read({ experiment: experiment(changes) }).facts
  expect(others).toEqual([])
  return run as Run
}

const definitionOf = (value: unknown, path?: string): Experiment => read(value, path).facts[0] as Experiment

describe('an experiment of FIS', () => {
  it('is a run with the times of its actions', () => {
    expect(runOf()).toMatchObject({
      id: 'fis-EXP1',
      experiment: 'EXT1',
      environment: 'staging',
      target: 'cart',
      fault: 'dependency-latency',
      startedAt: '2025-10-20T10:00:00.100Z',
      faultStart: { earliest: '2025-10-20T10:00:00.500Z', latest: '2025-10-20T10:00:01.000Z' },
      faultEnd: { earliest: '2025-10-20T10:05:00.500Z', latest: '2025-10-20T10:05:01.000Z' },
      faultVerified: true,
      stoppable: true,
    })
  })

  it('that completed says nothing of the service: weak, without a verdict (row 24)', () => {
    expect(runOf()).toMatchObject({ verdict: 'unknown', grade: 'weak', recovery: { kind: 'unknown' } })
    expect(runOf().reasons).toEqual([BASELINE_NOT_MEASURED, OUTCOME_NOT_MEASURED])
  })

  it('of which an action was skipped is invalid (row 25)', () => {
    const skipped = { status: 'skipped', reason: 'Target resolution returned empty set.' }
    const run = runOf({
      actions: { slow: action({ state: skipped, startTime: undefined, endTime: undefined }) },
    })
    expect(run).toMatchObject({ grade: 'invalid', faultVerified: false, faultStart: null })
    expect(run.reasons[0]).toBe(
      'fault not injected: action slow was skipped: Target resolution returned empty set.',
    )
  })

  it('that only resolved its targets is invalid', () => {
    expect(runOf({ experimentOptions: { actionsMode: 'skip-all' } })).toMatchObject({ grade: 'invalid' })
  })

  it('that a stop condition ended was aborted, and the alarm is seen to work (row 26)', () => {
    const run = runOf({
      state: { status: 'stopped', reason: 'Experiment halted by stop condition.' },
      actions: { slow: action({ state: { status: 'stopped' } }) },
    })
    expect(run).toMatchObject({
      verdict: 'aborted',
      grade: 'weak',
      alerts: [{ name: 'CartErrors', firedAt: null }],
    })
    expect(run.faultEnd).toEqual({ earliest: '2025-10-20T10:00:00.500Z', latest: '2025-10-20T10:05:01.000Z' })
  })

  it('that a person stopped shows no alarm, nor do several conditions tell which one fired', () => {
    expect(runOf({ state: { status: 'stopped', reason: 'Stopped by user.' } }).alerts).toEqual([])
    const state = { status: 'stopped', reason: 'Experiment halted by stop condition.' }
    expect(runOf({ state, stopConditions: [ALARM, ALARM] }).alerts).toEqual([])
  })

  it('without a stop condition could not be stopped (row 27); where none is recorded nothing is said', () => {
    expect(runOf({ stopConditions: [{ source: 'none' }] }).stoppable).toBe(false)
    expect(runOf({ stopConditions: undefined }).stoppable).toBeUndefined()
  })

  it('of older output has no action times: the fault is not timed', () => {
    const run = runOf({ actions: { slow: action({ startTime: undefined, endTime: undefined }) } })
    expect(run).toMatchObject({ faultStart: null, faultEnd: null, faultVerified: true })
    expect(run.reasons).toContain('when action slow began and ended is not recorded')
  })

  it('may be written with ISO times, bare, in a list or in YAML', () => {
    const iso = { startTime: '2025-10-20T12:00:00.100+02:00', creationTime: undefined }
    expect(runOf(iso).startedAt).toBe('2025-10-20T10:00:00.100Z')
    expect(read(experiment()).facts).toHaveLength(1)
    expect(read({ experiments: [experiment(), experiment({ id: 'EXP2' })] }).facts).toHaveLength(2)
    const yaml =
      'experiment:\n  id: E\n  experimentTemplateId: T\n  state: {status: running}\n  actions: {}\n'
    const [run] = read(yaml, 'chaos/run.yaml').facts as Run[]
    expect(run!.reasons).toContain('it was running when it was exported')
  })

  it.each([
    ['cancelled', 'invalid', 'aborted'],
    ['failed', 'weak', 'unknown'],
    ['pending', 'weak', 'unknown'],
  ])('that is %s is %s', (status, grade, verdict) => {
    expect(runOf({ state: { status } })).toMatchObject({ grade, verdict })
  })

  it('in a state that is not known concludes nothing, and names it', () => {
    const run = runOf({
      state: { status: 'rolling-back' },
      actions: { slow: action({ state: { status: 'throttled' } }) },
    })
    expect(run).toMatchObject({ grade: 'weak', verdict: 'unknown', faultVerified: null })
    expect(run.reasons).toEqual(
      expect.arrayContaining([
        'the state "rolling-back" of the run is not recognised, so nothing is concluded from it',
        'the state "throttled" of action slow is not recognised, so nothing is concluded from it',
      ]),
    )
  })

  it('injects nothing by waiting or asserting', () => {
    const actions = {
      wait: action({ actionId: 'aws:fis:wait' }),
      check: action({ actionId: 'aws:cloudwatch:assert-alarm-state' }),
    }
    expect(runOf({ actions })).toMatchObject({
      grade: 'invalid',
      reasons: ['no action injects a fault', BASELINE_NOT_MEASURED, OUTCOME_NOT_MEASURED],
    })
  })

  it('names its target by a pod selector or its only resource', () => {
    const targeted = (target: object): string | null => runOf({ targets: { 'cart-tasks': target } }).target
    const parameters = { selectorType: 'labelSelector', selectorValue: 'tier=web,app=cart' }
    expect(targeted({ resourceType: 'aws:eks:pod', parameters })).toBe('cart')
    expect(targeted({ resourceArns: ['arn:aws:rds:eu-west-1:1:cluster:orders'] })).toBe('orders')
    expect(targeted({ resourceArns: ['arn:aws:x:y:1:a', 'arn:aws:x:y:1:b'] })).toBeNull()
    expect(targeted({ resourceTags: { 'FIS-Ready': 'True' } })).toBeNull()
  })
})

describe('a broken record of FIS', () => {
  it('that was cut off is failed with its place', () => {
    const text = JSON.stringify({ experiment: experiment() }, null, 2).slice(0, 500)
    const reading = read(text)
    expect(reading.facts).toEqual([])
    expect(reading.failed).toMatch(/not valid YAML/)
    expect(reading.problems[0]!.line).toBeGreaterThan(1)
  })

  it.each([
    [
      'NaN',
      '{"experiment": {"id": "E", "experimentTemplateId": "T", "state": {}, "actions": {}, "startTime": NaN}}',
    ],
    ['epoch 0', { experiment: experiment({ startTime: 0, creationTime: 0 }) }],
    ['milliseconds', { experiment: experiment({ startTime: 1_760_954_400_100, creationTime: null }) }],
    ['words', { experiment: experiment({ startTime: 'yesterday', creationTime: undefined }) }],
  ])('with %s for a time names the place and has none', (_, value) => {
    const { facts, problems } = read(value)
    expect(facts[0]).toMatchObject({ startedAt: null })
    expect(problems[0]!.message).toMatch(/startTime: .* is not a time of a run/)
    expect(problems[0]!.line).toBeGreaterThan(0)
  })

  it('whose actions ended before they began has no times of the fault', () => {
    const run = runOf({ actions: { slow: action({ endTime: 1_760_954_300 }) } })
    expect(run).toMatchObject({ faultStart: null, faultEnd: null })
    expect(run.reasons).toContain('action slow ended before it began')
  })

  it('with a duration that is none says so', () => {
    const { problems } = read({
      experiment: experiment({ actions: { slow: action({ parameters: { duration: 'PT-5M' } }) } }),
    })
    expect(problems[0]!.message).toMatch(/"PT-5M" is no duration/)
  })

  it('with missing fields is still a run', () => {
    const bare = recordFile({ experiment: { experimentTemplateId: 'T', state: null, actions: null } })
    expect(fis.recognises(bare)).toBe(false)
    const [run] = read({ experiment: { experimentTemplateId: 'T', state: {}, actions: {} } }).facts as Run[]
    expect(run).toMatchObject({ id: 'fis-unnamed', grade: 'invalid' })
  })

  it('of list-experiments says too little for runs', () => {
    const summary = {
      id: 'E',
      experimentTemplateId: 'T',
      state: { status: 'completed' },
      creationTime: 1_760_954_399,
    }
    expect(read({ experiments: [summary] })).toMatchObject({
      facts: [],
      skipped: expect.stringMatching(/list-experiments output: it says too little/),
    })
  })
})

describe('a template of FIS', () => {
  it('is a definition with its parts', () => {
    expect(definitionOf(TEMPLATE)).toMatchObject({
      id: 'cart-latency',
      title: 'Slow network of the cart',
      target: 'cart',
      fault: 'dependency-latency',
      owner: 'team-cart',
      parts: {
        hypothesis: false,
        baseline: false,
        blastRadius: true,
        injection: true,
        observation: true,
        abort: true,
        rollback: true,
      },
    })
  })

  it('without a stop condition has no abort', () => {
    expect(definitionOf({ ...TEMPLATE, stopConditions: [{ source: 'none' }] }).parts.abort).toBe(false)
  })

  it('of get-experiment-template has its own id', () => {
    expect(definitionOf({ experimentTemplate: { id: 'EXT1', ...TEMPLATE } }).id).toBe('EXT1')
  })

  it('does not take the time that a document may run for the duration of a fault', () => {
    const ssm = (documentArn: string) => ({
      ...TEMPLATE,
      actions: { run: { actionId: 'aws:ssm:send-command', parameters: { documentArn, duration: 'PT5M' } } },
    })
    expect(definitionOf(ssm('arn:aws:ssm:x:1:document/stop-iis')).parts.rollback).toBe(false)
    const own = definitionOf(ssm('arn:aws:ssm:x::document/AWSFIS-Run-CPU-Stress'))
    expect(own).toMatchObject({ fault: 'cpu-stress', parts: { rollback: true } })
  })

  it.each([
    ['aws:ec2:terminate-instances', undefined, 'node-loss'],
    ['aws:rds:failover-db-cluster', undefined, 'failover'],
    ['aws:network:disrupt-connectivity', 'availability-zone', 'zone-loss'],
    ['aws:network:disrupt-connectivity', 's3', 'network-partition'],
    ['aws:fis:inject-api-throttle-error', undefined, 'rate-limited'],
    ['aws:eks:pod-memory-stress', undefined, 'memory-stress'],
    ['aws:lambda:invocation-error', undefined, 'dependency-error'],
  ])('knows %s %s as %s', (actionId, scope, fault) => {
    expect(definitionOf({ ...TEMPLATE, actions: { it: { actionId, parameters: { scope } } } }).fault).toBe(
      fault,
    )
  })

  it('is read from CloudFormation, whose functions are left alone', () => {
    const text = `
AWSTemplateFormatVersion: '2010-09-09'
Resources:
  Role: {Type: AWS::IAM::Role}
  Latency:
    Type: AWS::FIS::ExperimentTemplate
    Properties:
      Description: !Sub 'Latency of \${Service}'
      RoleArn: !GetAtt Role.Arn
      StopConditions:
        - Source: aws:cloudwatch:alarm
          Value: !GetAtt Alarm.Arn
      Targets:
        pods:
          ResourceType: aws:eks:pod
          SelectionMode: ALL
          Parameters: {selectorType: labelSelector, selectorValue: app=cart}
      Actions:
        slow:
          ActionId: aws:eks:pod-network-latency
          Parameters: {duration: !Ref Duration}
          Targets: {Pods: pods}
      Tags: {Name: cart-latency}
`
    const reading = read(text, 'infra/chaos.yaml')
    expect(reading.problems).toEqual([])
    expect(reading.facts[0]).toMatchObject({
      id: 'cart-latency',
      target: 'cart',
      fault: 'dependency-latency',
      source: { path: 'infra/chaos.yaml', line: 7 },
      parts: { abort: true, blastRadius: true, injection: true, rollback: true },
    })
  })

  it('of a list says too little', () => {
    const summary = { id: 'T', arn: 'arn:aws:fis:eu-west-1:1:experiment-template/T', description: 'x' }
    expect(read({ experimentTemplates: [summary] }).skipped).toMatch(/list-experiment-templates output/)
  })
})

describe('a record that contains itself', () => {
  it.each([
    'experiments: &all\n  - *all\nid: experimentTemplateId\n',
    '&all\n- *all\n- experimentTemplateId: T\n',
    'experiment: &it\n  experiment: *it\n  experimentTemplateId: T\n  state: *it\n  actions: *it\n  targets: *it\n',
  ])('is read to an end: %#', (text) => {
    const file = recordFile(text, 'a.yaml')
    if (fis.recognises(file)) expect(fis.read(file).facts.length).toBeLessThan(2)
  })
})

describe('what is not of FIS', () => {
  it.each([
    ['a policy that speaks of it', { Statement: [{ Resource: 'arn:aws:fis:*:*:experimentTemplate/*' }] }],
    [
      'a CloudFormation template without one',
      { Resources: { A: { Type: 'AWS::FIS::Other' } }, x: 'AWS::FIS::ExperimentTemplate' },
    ],
  ])('is left to others: %s', (_, value) => {
    expect(fis.recognises(recordFile(value))).toBe(false)
  })
})
