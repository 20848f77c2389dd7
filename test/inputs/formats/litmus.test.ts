import { describe, expect, it } from 'vitest'
import type { Experiment, Run } from '../../../src/facts/experiment.js'
import litmus from '../../../src/inputs/formats/litmus.js'
import type { InputFile, Reading } from '../../../src/inputs/format.js'

const CONTEXT = { libraries: [], prefilter: true }

function file(text: string, path = 'chaos/engine.yaml'): InputFile {
  return { path, extension: path.slice(path.lastIndexOf('.')), text, sha256: 'b'.repeat(64) }
}

function read(text: string, path?: string): Reading {
  return litmus.read(file(text, path), CONTEXT) as Reading
}

const experimentOf = (text: string): Experiment =>
  read(text).facts.find((fact): fact is Experiment => fact.fact === 'experiment')!
const runOf = (text: string): Run => read(text).facts.find((fact): fact is Run => fact.fact === 'run')!

const PROBES = `
          - name: front-answers
            type: httpProbe
            mode: Continuous
            httpProbe/inputs: { url: "http://front/", method: { get: { criteria: "==", responseCode: "200" } } }
            runProperties: { probeTimeout: 1s, interval: 2s, stopOnFailure: true }
          - name: orders-flow
            type: promProbe
            mode: Edge
            promProbe/inputs: { endpoint: "http://prom", query: q, comparator: { criteria: ">=", value: "5" } }
            runProperties: { probeTimeout: 1s, interval: 2s }
`

const engine = (probes = PROBES, env = '{ name: TOTAL_CHAOS_DURATION, value: "30" }', status = '') =>
  `apiVersion: litmuschaos.io/v1alpha1
kind: ChaosEngine
metadata: { name: cart-chaos, namespace: shop, creationTimestamp: "2026-10-20T10:00:00Z" }
spec:
  engineState: active
  appinfo: { appns: shop, applabel: app=cart, appkind: deployment }
  experiments:
    - name: pod-network-latency
      spec:
        components: { env: [${env}] }
        probe: ${probes}
${status}`

describe('a ChaosEngine', () => {
  it('is a definition whose hypothesis are its probes', () => {
    expect(experimentOf(engine())).toMatchObject({
      id: 'cart-chaos/pod-network-latency',
      title: 'pod-network-latency by the engine cart-chaos',
      hypothesis: 'these hold: front-answers, orders-flow',
      target: 'cart',
      fault: 'dependency-latency',
      parts: {
        hypothesis: true,
        baseline: true,
        blastRadius: true,
        injection: true,
        observation: true,
        abort: true,
        rollback: true,
      },
      steadyState: [
        { metric: 'HTTP status of front-answers', operator: '==', value: '200' },
        { metric: 'orders-flow', operator: '>=', value: '5' },
      ],
      source: { line: 8 },
    })
  })

  it('without probes states no hypothesis, and nothing that stops it', () => {
    const { parts } = experimentOf(engine('[]'))
    expect(parts).toMatchObject({
      hypothesis: false,
      baseline: false,
      observation: false,
      abort: false,
      rollback: true,
    })
  })

  it.each([
    ['selectors: { workloads: [{ kind: deployment, namespace: shop, names: cart }] }', 'cart'],
    [
      'selectors: { workloads: [{ kind: deployment, namespace: shop, labels: "tier=web,app in (cart)" }] }',
      'cart',
    ],
    ['selectors: { pods: [{ namespace: shop, names: "a-1,b-1" }] }', null],
    ['appinfo: { appns: "", applabel: "", appkind: "" }', null],
    ['appinfo: { appns: {{ns}}, applabel: "{{label}}" }', null],
  ])('%s: target %s', (spec, target) => {
    const { problems, facts } = read(engine().replace(/appinfo: .*/, spec))
    expect(problems).toEqual([])
    expect(facts).toMatchObject([{ target }])
  })

  it('a network fault is felt at the place that it cuts off', () => {
    const env = '{ name: TOTAL_CHAOS_DURATION, value: "30" }, { name: DESTINATION_HOSTS, value: redis }'
    expect(experimentOf(engine('[]', env)).target).toBe('redis')
  })

  it('a duration that is none is a problem, and ends nothing', () => {
    const { problems, facts } = read(engine('[]', '{ name: TOTAL_CHAOS_DURATION, value: soon }'))
    expect(problems).toMatchObject([{ line: 8, message: expect.stringContaining('"soon"') as string }])
    expect(facts).toMatchObject([{ parts: { rollback: false } }])
  })

  it('that ran repeats a verdict, without targets and probes', () => {
    const status =
      'status:\n  engineStatus: completed\n  experiments: [{ name: pod-network-latency, status: Completed, verdict: Pass, lastUpdateTime: "2026-10-20T10:05:00Z" }]\n'
    expect(runOf(engine(PROBES, '', status))).toMatchObject({
      experiment: 'cart-chaos/pod-network-latency',
      verdict: 'pass',
      grade: 'weak',
      endedAt: '2026-10-20T10:05:00.000Z',
      faultVerified: null,
    })
  })

  it('inside of a workflow of Argo is read where it stands, with the schedule around it', () => {
    const text = `apiVersion: argoproj.io/v1alpha1
kind: CronWorkflow
metadata: { name: nightly-cart }
spec:
  schedule: "0 2 * * *"
  workflowSpec:
    templates:
      - name: run
        inputs:
          artifacts:
            - name: engine
              raw:
                data: |
                  apiVersion: litmuschaos.io/v1alpha1
                  kind: ChaosEngine
                  metadata:
                    namespace: {{workflow.parameters.ns}}
                  spec:
                    appinfo: { appns: shop, applabel: app=cart }
                    experiments:
                      - name: pod-delete
`
    expect(read(text).facts).toMatchObject([
      {
        id: 'nightly-cart/pod-delete',
        target: 'cart',
        fault: 'pod-kill',
        cadence: '0 2 * * *',
        cadenceDays: 1,
        source: { line: 21 },
      },
    ])
  })
})

const PASSED = `
    - { name: front-answers, type: httpProbe, mode: Continuous, status: { verdict: Passed } }
    - { name: orders-flow, type: promProbe, mode: Edge, status: { verdict: Passed } }`
const REVERTED = '{ name: cart-1, kind: pod, chaosStatus: reverted }'

const result = ({
  verdict = 'Pass',
  phase = 'Completed',
  percentage = '"100"',
  probes = PASSED,
  targets = REVERTED,
  history = 'passedRuns: 1, failedRuns: 0, stoppedRuns: 0',
  error = '',
} = {}) => `apiVersion: litmuschaos.io/v1alpha1
kind: ChaosResult
metadata:
  name: cart-chaos-pod-network-latency
  namespace: shop
  uid: 12345678-aaaa-bbbb-cccc-ddddeeeeffff
  creationTimestamp: "2026-10-20T10:00:00Z"
spec: { engine: cart-chaos, experiment: pod-network-latency }
status:
  experimentStatus: { phase: ${phase}, verdict: ${verdict}, probeSuccessPercentage: ${percentage}${error} }
  history: { ${history}, targets: [${targets}] }
  probeStatuses: ${probes}
`

describe('a ChaosResult', () => {
  it('is a run; its recovery can never be told', () => {
    expect(runOf(result())).toMatchObject({
      id: 'litmus-shop-cart-chaos-pod-network-latency-12345678',
      experiment: 'cart-chaos/pod-network-latency',
      startedAt: '2026-10-20T10:00:00.000Z',
      endedAt: null,
      target: 'cart-1',
      fault: 'dependency-latency',
      verdict: 'pass',
      grade: 'valid',
      reasons: [],
      baselineMet: true,
      faultVerified: true,
      rolledBack: true,
      faultStart: null,
      recovery: { kind: 'unknown', reason: expect.stringContaining('no time') as string },
    })
  })

  it.each([
    ['Pass without probes (row 14)', { probes: '[]' }, 'pass', /^no probe/],
    [
      'Awaited (row 15)',
      { verdict: 'Awaited', phase: 'Running', percentage: 'Awaited' },
      'unknown',
      /^no verdict/,
    ],
    [
      'a run that the history does not count (row 16)',
      { history: 'passedRuns: 0, failedRuns: 0, stoppedRuns: 0' },
      'pass',
      /history does not count/,
    ],
    [
      'a target that was only chosen (row 17)',
      { targets: '{ name: cart, chaosStatus: targeted }' },
      'pass',
      /^injection not proven: cart is recorded as targeted/,
    ],
    [
      'two probes of one name (row 18)',
      { probes: PASSED.replace('orders-flow', 'front-answers') },
      'pass',
      /several probes are called front-answers/,
    ],
    ['stopped', { verdict: 'Stopped', phase: 'Stopped', history: 'stoppedRuns: 1' }, 'aborted', null],
    ['no target', { targets: '' }, 'pass', /names no target/],
    ['not taken back', { targets: '{ name: a, chaosStatus: injected }' }, 'pass', /may still be there/],
    [
      'Fail without a failing probe',
      {
        verdict: 'Fail',
        percentage: '"0"',
        error: ', failStep: "helper pod timed out"',
        history: 'failedRuns: 1',
      },
      'fail',
      /Litmus says: helper pod timed out/,
    ],
    [
      'Pass with a failing probe',
      { probes: PASSED.replace('Passed', 'Failed') },
      'fail',
      /Pass, but these probes failed: front-answers/,
    ],
    ['a percentage of less', { percentage: '"50"' }, 'pass', /50 % of the probes/],
    [
      'the last of several runs',
      { history: 'passedRuns: 2, failedRuns: 1, stoppedRuns: 0' },
      'pass',
      /last of 3 runs/,
    ],
    [
      'probes before and after only',
      { probes: '[{ name: one, mode: Edge, status: { verdict: Passed } }]' },
      'pass',
      /only before and after/,
    ],
    [
      'no probe before',
      { probes: '[{ name: one, mode: OnChaos, status: { verdict: Passed } }]' },
      'pass',
      /baseline was not/,
    ],
  ])('%s', (_, parts, verdict, reason) => {
    const run = runOf(result(parts))
    expect(run).toMatchObject({
      verdict,
      grade: reason === null ? 'valid' : 'weak',
      recovery: { kind: 'unknown' },
    })
    if (reason) expect(run.reasons.join('\n')).toMatch(reason)
  })

  it('an error before the fault proves nothing', () => {
    const error = ', errorOutput: { errorCode: TARGET_SELECTION_ERROR, reason: no pods found }'
    expect(runOf(result({ verdict: 'Error', phase: 'Error', targets: '', error }))).toMatchObject({
      verdict: 'unknown',
      grade: 'invalid',
      reasons: [expect.stringContaining('no pods found') as string],
      recovery: { kind: 'unknown', reason: 'the run is invalid' },
    })
  })

  it('a probe that failed before the fault refutes the baseline', () => {
    const probes = '[{ name: one, mode: SOT, status: { verdict: Failed } }]'
    expect(runOf(result({ verdict: 'Fail', probes, targets: '' }))).toMatchObject({
      grade: 'invalid',
      baselineMet: false,
    })
  })

  it('several runs have no known time, and failed ones among them are told', () => {
    expect(runOf(result({ history: 'passedRuns: 2, failedRuns: 1' }))).toMatchObject({
      startedAt: null,
      notes: expect.stringContaining('1 failed') as string,
    })
  })

  it('with words that are not known concludes nothing from them, and names them', () => {
    const probe = runOf(result({ probes: '[{ name: one, mode: Continuous, status: { verdict: Skewed } }]' }))
    expect(probe.reasons).toContain(
      'the state "Skewed" of the probe one is not recognised, so nothing is concluded from it',
    )
    expect(probe.baselineMet).toBeNull()
    const target = runOf(result({ targets: '{ name: cart-1, kind: pod, chaosStatus: frozen }' }))
    expect(target).toMatchObject({ grade: 'weak', faultVerified: null })
    expect(target.reasons[0]).toContain('the state "frozen" of cart-1 is not recognised')
    expect(runOf(result({ verdict: 'Paused' }))).toMatchObject({ verdict: 'unknown', grade: 'weak' })
  })

  it('of 1.x writes its fields otherwise', () => {
    const old = result({ probes: '' })
      .replace('experimentStatus', 'experimentstatus')
      .replace('phase:', 'failStep: N/A, phase:')
      .replace('probeStatuses: ', 'probeStatus:')
    const probes = `
    - { name: a, type: HTTPProbe, status: { continuous: "Passed 👍" } }
    - { name: b, type: CmdProbe, status: { preChaos: "Passed 👍", postChaos: "Failed 👎" } }
`
    expect(runOf(old.replace('probeStatus:', `probeStatus:${probes}`))).toMatchObject({
      verdict: 'fail',
      grade: 'weak',
      baselineMet: true,
    })
  })

  it('of a later run has an id of its own: each run writes over the one before', () => {
    const second = 'passedRuns: 1, failedRuns: 1, stoppedRuns: 0'
    expect(runOf(result({ history: second })).id).toMatch(/-12345678-run-2$/)
    expect(runOf(result({ history: second, verdict: 'Awaited' })).id).toMatch(/-run-3$/)
    expect(runOf(result({ history: second, verdict: 'Error' })).id).toMatch(/-run-3-error$/)
  })

  it('has nothing to be reverted where the fault is over at once', () => {
    const deleted = result({ targets: '{ name: cart, kind: pod, chaosStatus: injected }' })
    expect(runOf(deleted).reasons).toEqual([expect.stringContaining('may still be there')])
    expect(
      runOf(deleted.replace('experiment: pod-network-latency', 'experiment: pod-delete')).reasons,
    ).toEqual([])
  })

  it('does not take the end of an engine of the same name that was made later', () => {
    const status =
      'status:\n  experiments: [{ name: pod-network-latency, verdict: Pass, lastUpdateTime: "2026-11-20T10:05:00Z" }]\n'
    const later = engine(PROBES, '', status).replace('metadata: {', 'metadata: { uid: later,')
    const own = result().replace('metadata:', 'metadata:\n  labels: { chaosUID: earlier }')
    const files = [later, own].map((text, index) => {
      const one = file(text, `chaos/${index}.yaml`)
      return { ...one, reading: litmus.read(one, CONTEXT) as Reading }
    })
    const { revised } = litmus.link!(files, CONTEXT) as { revised: Map<string, Reading> }
    const runs = [...revised.values()].flatMap(({ facts }) => facts.filter(({ fact }) => fact === 'run'))
    expect(runs).toMatchObject([
      { id: expect.stringContaining('litmus-engine') as string, endedAt: '2026-11-20T10:05:00.000Z' },
      { id: expect.stringMatching(/^litmus-shop/) as string, endedAt: null },
    ])
  })

  it('a percentage that is none is a problem at its place', () => {
    expect(read(result({ percentage: '"150"' })).problems).toMatchObject([{ line: 10 }])
  })

  it('and its engine are one run, which has the time of the end from the engine', () => {
    const status =
      'status:\n  experiments: [{ name: pod-network-latency, verdict: Pass, lastUpdateTime: "2026-10-20T10:05:00Z" }]\n'
    const files = [engine(PROBES, '', status), result()].map((text, index) => {
      const one = file(text, `chaos/${index}.yaml`)
      return { ...one, reading: litmus.read(one, CONTEXT) as Reading }
    })
    const { revised } = litmus.link!(files, CONTEXT) as { revised: Map<string, Reading> }
    const runs = [...revised.values()].flatMap(({ facts }) => facts.filter(({ fact }) => fact === 'run'))
    expect(runs).toMatchObject([
      { id: 'litmus-shop-cart-chaos-pod-network-latency-12345678', endedAt: '2026-10-20T10:05:00.000Z' },
    ])
  })
})

describe('files', () => {
  const described = `Name:         cart-chaos-pod-delete
Namespace:    shop
API Version:  litmuschaos.io/v1alpha1
Kind:         ChaosResult
Status:
  Experiment Status:
    Verdict:  Pass
  Probe Status:
    Name:  a
    Name:  b
`

  it('printed by kubectl describe are named, with what to do', () => {
    expect(litmus.recognises(file(described, 'cart.describe.txt'))).toBe(true)
    expect(read(described, 'cart.describe.txt')).toEqual({
      facts: [],
      problems: [],
      skipped:
        'output of kubectl describe, which is no YAML; export it with `kubectl get chaosresult cart-chaos-pod-delete -n shop -o yaml`',
    })
  })

  it('of lists, in JSON too', () => {
    const item = {
      apiVersion: 'litmuschaos.io/v1alpha1',
      kind: 'ChaosEngine',
      metadata: { name: 'a' },
      spec: { experiments: [{ name: 'pod-delete' }] },
    }
    const list = JSON.stringify({
      apiVersion: 'litmuschaos.io/v1alpha1',
      kind: 'ChaosEngineList',
      items: [item],
    })
    expect(read(list, 'list.json').facts).toMatchObject([{ id: 'a/pod-delete', fault: 'pod-kill' }])
  })

  it('of faults that the tool brings along are no plan', () => {
    const text =
      'apiVersion: litmuschaos.io/v1alpha1\nkind: ChaosExperiment\nmetadata: { name: pod-delete }\n'
    expect(read(text)).toMatchObject({ facts: [], skipped: 'kinds not used: ChaosExperiment' })
  })

  it('that are broken or empty are listed with a place', () => {
    expect(read('apiVersion: litmuschaos.io/v1alpha1\nkind: [\n').failed).toContain('not valid YAML')
    expect(read(result({ probes: '7' })).problems).toMatchObject([{ line: 12 }])
    const empty = 'apiVersion: litmuschaos.io/v1alpha1\nkind: ChaosResult\nmetadata: { name: a }\n'
    expect(read(empty).skipped).toContain('has not run')
  })
})
