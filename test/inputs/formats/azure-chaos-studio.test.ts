import { describe, expect, it } from 'vitest'
import type { Run } from '../../../src/facts/experiment.js'
import azure from '../../../src/inputs/formats/azure-chaos-studio.js'
import { recordFile } from './records.js'
import { BASELINE_NOT_MEASURED, OUTCOME_NOT_MEASURED } from '../../../src/recovery/unmeasured.js'

const EXPERIMENT = '/subscriptions/1/resourceGroups/rg/providers/Microsoft.Chaos/experiments/cart-shutdown'
const TARGET =
  '/subscriptions/1/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/cart-vm/providers/Microsoft.Chaos/targets/Microsoft-VirtualMachine'

function action(changes: object = {}) {
  return {
    actionName: 'urn:csci:microsoft:virtualMachine:shutdown/1.0',
    actionId: 'a1',
    status: 'Success',
    startTime: '2024-05-02T10:00:10.5Z',
    endTime: '2024-05-02T10:10:12Z',
    targets: [{ status: 'succeeded', target: TARGET }],
    ...changes,
  }
}

function details(actions: object[] = [action()], changes: object = {}) {
  return {
    type: 'Microsoft.Chaos/experiments/executions/getExecutionDetails',
    id: `${EXPERIMENT}/executions/f245/getExecutionDetails`,
    name: 'f245',
    properties: {
      status: 'Success',
      startedAt: '2024-05-02T10:00:00Z',
      stoppedAt: '2024-05-02T10:10:20Z',
      runInformation: { steps: [{ stepName: 's', branches: [{ branchName: 'b', actions }] }] },
      ...changes,
    },
  }
}

const runOf = (actions?: object[], changes?: object): Run =>
  azure.read(recordFile(details(actions, changes))).facts[0] as Run

describe('execution details of Azure Chaos Studio', () => {
  it('are a weak run without a verdict', () => {
    expect(runOf()).toMatchObject({
      id: 'azure-chaos-studio-f245',
      experiment: 'cart-shutdown',
      target: 'cart-vm',
      fault: 'node-loss',
      startedAt: '2024-05-02T10:00:00.000Z',
      faultStart: { earliest: '2024-05-02T10:00:10.500Z', latest: '2024-05-02T10:10:12.000Z' },
      faultEnd: null,
      faultVerified: true,
      verdict: 'unknown',
      grade: 'weak',
      reasons: [BASELINE_NOT_MEASURED, OUTCOME_NOT_MEASURED],
    })
  })

  it.each(['Failed', 'Skipped', 'Cancelled'])('with an action that %s are invalid', (status) => {
    expect(runOf([action({ status })])).toMatchObject({ grade: 'invalid', faultVerified: false })
  })

  it('in states that are not known conclude nothing, and name them', () => {
    const run = runOf([action({ status: 'Throttled' })], { status: 'Archived' })
    expect(run).toMatchObject({ grade: 'weak', verdict: 'unknown', faultVerified: null })
    expect(run.reasons.join('; ')).toMatch(/"archived" of the run is not recognised.*"throttled" of action/)
  })

  it('say why they failed, and that a cancelled run was given up', () => {
    const run = runOf(undefined, { status: 'Failed', failureReason: 'Dependency failure' })
    expect(run.reasons).toContain('its status is failed: Dependency failure')
    expect(runOf(undefined, { status: 'Cancelled' }).verdict).toBe('aborted')
  })

  it('tell load from faults', () => {
    const load = action({ actionName: 'urn:csci:microsoft:azureLoadTest:start/1.0' })
    expect(runOf([load, action()])).toMatchObject({ load: true, fault: 'node-loss' })
    expect(runOf([load])).toMatchObject({ grade: 'invalid' })
  })

  it('with broken or missing times say so', () => {
    expect(runOf([action({ endTime: '2024-05-02T09:00:00Z' })])).toMatchObject({ faultStart: null })
    expect(runOf([action({ startTime: undefined })]).reasons.at(-1)).toMatch(/is not recorded$/)
    const { facts, problems } = azure.read(
      recordFile(details(undefined, { startedAt: '0001-01-01T00:00:00Z' })),
    )
    expect(facts).toMatchObject([{ startedAt: null }])
    expect(problems).toHaveLength(1)
  })

  it('that were cut off are failed with their place', () => {
    expect(azure.read(recordFile(JSON.stringify(details(), null, 2).slice(0, 400)))).toMatchObject({
      facts: [],
      failed: expect.stringMatching(/^line \d+: not valid YAML/),
    })
  })

  it('are needed: an execution alone says too little', () => {
    const execution = { ...details(), properties: { status: 'Success', startedAt: '2024-05-02T10:00:00Z' } }
    expect(azure.read(recordFile({ value: [execution] })).skipped).toMatch(/getExecutionDetails/)
  })

  it.each([['an experiment', { type: 'Microsoft.Chaos/experiments', id: EXPERIMENT, properties: {} }]])(
    'are not %s',
    (_, value) => expect(azure.recognises(recordFile(value))).toBe(false),
  )
})
