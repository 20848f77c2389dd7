import { describe, expect, it } from 'vitest'
import type { Experiment, Run, ServiceSamples } from '../../../src/facts/experiment.js'
import type { Fact } from '../../../src/facts/fact.js'
import chaosMesh from '../../../src/inputs/formats/chaos-mesh.js'
import kubernetes from '../../../src/inputs/formats/kubernetes.js'
import type { InputFile, Reading } from '../../../src/inputs/format.js'

const CONTEXT = { libraries: [], prefilter: true }

function file(text: string, path = 'chaos/fault.yaml'): InputFile {
  return { path, extension: path.slice(path.lastIndexOf('.')), text, sha256: 'a'.repeat(64) }
}

function read(text: string): Reading {
  return chaosMesh.read(file(text), CONTEXT) as Reading
}

const of = <Kind extends Fact['fact']>(reading: Reading, kind: Kind) =>
  reading.facts.filter((fact): fact is Extract<Fact, { fact: Kind }> => fact.fact === kind)
const experimentOf = (text: string): Experiment => of(read(text), 'experiment')[0]!
const runOf = (text: string): Run => of(read(text), 'run')[0]!
const samplesOf = (text: string): ServiceSamples => of(read(text), 'service-samples')[0]!

const delay = (status = '', spec = 'duration: 60s') => `apiVersion: chaos-mesh.org/v1alpha1
kind: NetworkChaos
metadata:
  name: cart-delay
  namespace: shop
  uid: 0f9a2b1c-1111-2222-3333-444455556666
  creationTimestamp: "2026-10-20T10:00:00Z"
spec:
  action: delay
  mode: all
  ${spec}
  selector: { namespaces: [shop], labelSelectors: { app: cart } }
  delay: { latency: 200ms }
${status}`

const condition = (type: string, value: boolean) =>
  `    - { type: ${type}, status: "${value ? 'True' : 'False'}" }\n`

const event = (operation: string, at: string, type = 'Succeeded') =>
  `            - { type: ${type}, operation: ${operation}, timestamp: "2026-10-20T${at}Z" }\n`

const statusWith = (records: string, conditions = condition('Selected', true), phase = 'Stop') => `status:
  conditions:
${conditions}  experiment:
    desiredPhase: ${phase}
    containerRecords:
${records}`

const record = (fields: string, events: string, id = 'shop/cart-1') =>
  `      - id: ${id}\n        selectorKey: .\n${fields}        events:\n${events}`

const OVER = '        phase: Not Injected\n        injectedCount: 1\n        recoveredCount: 1\n'
const WINDOW = event('Apply', '10:00:30') + event('Recover', '10:01:30')

describe('a fault of Chaos Mesh that has not run', () => {
  it('is a definition, with the parts that a fault by itself has', () => {
    expect(experimentOf(delay())).toMatchObject({
      id: 'cart-delay',
      title: 'NetworkChaos cart-delay',
      target: 'cart',
      fault: 'dependency-latency',
      cadence: null,
      parts: {
        hypothesis: false,
        baseline: false,
        blastRadius: true,
        injection: true,
        observation: false,
        abort: false,
        rollback: true,
      },
      source: { path: 'chaos/fault.yaml', line: 1 },
    })
  })

  it('without a duration it stays until somebody takes it away', () => {
    expect(experimentOf(delay('', 'value: "1"')).parts.rollback).toBe(false)
    const kill = delay('', 'value: "1"')
      .replace('action: delay', 'action: pod-kill')
      .replace('Network', 'Pod')
    expect(experimentOf(kill)).toMatchObject({ fault: 'pod-kill', parts: { rollback: true } })
  })

  it('with the inline scheduler of 1.x it is a plan that version 2 never repeats (row 32)', () => {
    const { problems, facts, partial } = read(delay('', 'scheduler: { cron: "@every 24h" }'))
    expect(facts).toMatchObject([{ cadence: '@every 24h', cadenceDays: 1 }])
    expect(problems).toMatchObject([{ line: 11, message: expect.stringContaining('1.x') as string }])
    expect(partial).toContain('line 11')
  })

  it('between two services it is not said which of them calls the other', () => {
    const spec = 'direction: to\n  target: { mode: all, selector: { labelSelectors: { app: redis } } }'
    expect(experimentOf(delay('', spec))).toMatchObject({ target: null, between: ['cart', 'redis'] })
    expect(experimentOf(delay('', spec.replace('redis', 'cart'))).target).toBe('cart')
  })

  it('to a place outside: felt at that place', () => {
    expect(experimentOf(delay('', 'externalTargets: [api.example.com]')).target).toBe('api.example.com')
  })

  it.each([
    ['PodChaos', 'action: pod-failure', 'pod-kill'],
    ['PodChaos', 'action: container-kill', 'pod-kill'],
    ['NetworkChaos', 'action: partition', 'network-partition'],
    ['NetworkChaos', 'action: corrupt', 'network-loss'],
    ['NetworkChaos', 'action: netem\n  loss: { loss: "25" }', 'network-loss'],
    ['NetworkChaos', 'action: bandwidth', 'dependency-latency'],
    ['StressChaos', 'stressors: { memory: { workers: 1 } }', 'memory-stress'],
    ['StressChaos', 'stressors: { cpu: { workers: 1 } }', 'cpu-stress'],
    ['IOChaos', 'action: latency', 'disk-stress'],
    ['TimeChaos', 'timeOffset: -10m', 'clock-skew'],
    ['DNSChaos', 'action: error', 'dns-failure'],
    ['HTTPChaos', 'abort: true', 'dependency-error'],
    ['HTTPChaos', 'delay: 10s', 'dependency-latency'],
    ['HTTPChaos', 'replace: { code: 503 }', 'dependency-error'],
    ['HTTPChaos', 'patch: { headers: [[Token, a]] }', null],
    ['JVMChaos', 'action: exception', 'dependency-error'],
    ['KernelChaos', 'failKernRequest: { failtype: 2 }', 'disk-stress'],
    ['BlockChaos', 'action: delay', 'disk-stress'],
    ['AWSChaos', 'action: ec2-restart\n  ec2Instance: i-1', 'node-loss'],
    ['AzureChaos', 'action: disk-detach\n  vmName: vm', 'disk-stress'],
    ['GCPChaos', 'action: node-stop\n  instance: one', 'node-loss'],
    ['PhysicalMachineChaos', 'action: disk-fill\n  address: [10.0.0.1:31767]', 'disk-stress'],
  ])('%s, %s: %s', (kind, spec, fault) => {
    const text = `apiVersion: chaos-mesh.org/v1alpha1\nkind: ${kind}\nmetadata: { name: one }\nspec:\n  ${spec}\n`
    expect(read(text).problems).toEqual([])
    expect(experimentOf(text).fault).toBe(fault)
  })
})

describe('a fault of Chaos Mesh that ran', () => {
  it('was injected when a record says so; it has a window in whole seconds, and no verdict (row 23)', () => {
    expect(runOf(delay(statusWith(record(OVER, WINDOW))))).toMatchObject({
      id: 'chaos-mesh-shop-NetworkChaos-cart-delay-0f9a2b1c',
      experiment: 'cart-delay',
      startedAt: '2026-10-20T10:00:30.000Z',
      endedAt: '2026-10-20T10:01:30.999Z',
      target: 'cart',
      fault: 'dependency-latency',
      verdict: 'unknown',
      grade: 'weak',
      reasons: [expect.stringContaining('baseline') as string, expect.stringContaining('outcome') as string],
      faultStart: { earliest: '2026-10-20T10:00:30.000Z', latest: '2026-10-20T10:00:30.999Z' },
      faultEnd: { earliest: '2026-10-20T10:01:30.000Z', latest: '2026-10-20T10:01:30.999Z' },
      faultVerified: true,
      rolledBack: true,
      recovery: { kind: 'unknown', reason: expect.stringContaining('StatusCheck') as string },
    })
  })

  it('is a run only: what was exported is no second plan', () => {
    expect(read(delay(statusWith(record(OVER, WINDOW)))).facts).toHaveLength(1)
  })

  it('AllRecovered without an Apply that succeeded: never injected (row 19)', () => {
    const none = '        phase: Not Injected\n        injectedCount: 0\n        recoveredCount: 0\n'
    const failed = event('Apply', '10:00:30', 'Failed')
    const run = runOf(delay(statusWith(record(none, failed), condition('AllRecovered', true))))
    expect(run).toMatchObject({ grade: 'invalid', faultVerified: false, faultStart: null })
    expect(run.reasons[0]).toContain('never injected')
    expect(run.reasons[0]).toContain('AllRecovered is True')
  })

  it('AllInjected and AllRecovered, but nothing was selected (row 20)', () => {
    const conditions = ['AllInjected', 'AllRecovered'].map((type) => condition(type, true)).join('')
    const status = `status:\n  conditions:\n${condition('Selected', false)}${conditions}  experiment: { desiredPhase: Run }\n`
    expect(runOf(delay(status))).toMatchObject({
      grade: 'invalid',
      faultVerified: false,
      reasons: [
        expect.stringContaining('nothing was selected') as string,
        expect.anything(),
        expect.anything(),
      ],
    })
  })

  it('targets were selected, but their records were cut off: that is not known', () => {
    const status = `status:\n  conditions:\n${condition('Selected', true)}  experiment: { desiredPhase: Run }\n`
    const run = runOf(delay(status))
    expect(run).toMatchObject({ grade: 'weak', faultVerified: null })
    expect(run.reasons[0]).toContain('the record of them is missing')
  })

  it('a fault that is over at once has no end, and nothing to undo (row 21)', () => {
    const injected = '        phase: Injected\n        injectedCount: 1\n        recoveredCount: 0\n'
    const kill = delay(statusWith(record(injected, event('Apply', '10:00:30')), '', 'Run'))
      .replace('action: delay', 'action: pod-kill')
      .replace('NetworkChaos', 'PodChaos')
    expect(runOf(kill)).toMatchObject({
      grade: 'weak',
      fault: 'pod-kill',
      faultVerified: true,
      faultEnd: null,
      rolledBack: null,
    })
  })

  it('the phase "Not Injected" is that of a finished fault (row 22)', () => {
    expect(runOf(delay(statusWith(record(OVER, WINDOW)))).faultVerified).toBe(true)
  })

  it('a dump of 2.1 has neither events nor counts: unknown, not refuted', () => {
    const old = '      - id: shop/cart-1\n        selectorKey: .\n        phase: Not Injected\n'
    const run = runOf(delay(statusWith(old)))
    expect(run).toMatchObject({ grade: 'weak', faultVerified: null, faultStart: null })
    expect(run.reasons[0]).toContain('neither events nor counts')
  })

  it('some targets only, paused, interrupted: each is named', () => {
    const none = '        phase: Not Injected\n        injectedCount: 0\n'
    const twice =
      event('Apply', '10:00:30') +
      event('Recover', '10:00:40') +
      event('Apply', '10:00:50') +
      event('Recover', '10:01:30')
    const records = record(OVER, twice) + record(none, event('Apply', '10:00:30', 'Failed'), 'shop/cart-2')
    const { reasons } = runOf(delay(statusWith(records, condition('Paused', true))))
    expect(reasons).toEqual([
      'the fault reached 1 of 2 targets',
      'the fault was paused when it was exported',
      'the fault was interrupted: taken away and injected again',
      expect.stringContaining('baseline'),
      expect.stringContaining('outcome'),
    ])
  })

  it('still injected although it should be over: the rollback failed', () => {
    const injected = '        phase: Injected\n        injectedCount: 1\n        recoveredCount: 0\n'
    const events = event('Apply', '10:00:30') + event('Recover', '10:01:30', 'Failed')
    expect(runOf(delay(statusWith(record(injected, events))))).toMatchObject({
      rolledBack: false,
      faultEnd: null,
    })
    expect(
      runOf(delay(statusWith(record(injected, event('Apply', '10:00:30')), '', 'Run'))).rolledBack,
    ).toBeNull()
  })

  it('events without a time or out of order give no window', () => {
    const cut = '            - { type: Succeeded, operation: Apply }\n'
    expect(runOf(delay(statusWith(record(OVER, cut))))).toMatchObject({
      faultVerified: true,
      faultStart: null,
      startedAt: '2026-10-20T10:00:00.000Z',
    })
    const wrong = event('Apply', '10:01:30') + event('Recover', '10:00:30')
    const run = runOf(delay(statusWith(record(OVER, wrong))))
    expect(run).toMatchObject({ faultStart: null, faultEnd: null })
    expect(run.reasons).toContain('the fault ends before it begins')
  })

  it('a time that is none is a problem at its place', () => {
    const { problems, facts } = read(delay(statusWith(record(OVER, event('Apply', 'noon')))))
    expect(facts).toHaveLength(1)
    expect(problems).toMatchObject([{ path: 'chaos/fault.yaml', line: 26 }])
  })

  it('names the schedule or the step of a workflow that made it', () => {
    const with_ = (labels: string) =>
      runOf(delay(statusWith(record(OVER, WINDOW))).replace('spec:', `  labels: { ${labels} }\nspec:`))
    expect(with_('managed-by: nightly').experiment).toBe('nightly')
    expect(
      with_('chaos-mesh.org/workflow: outage, chaos-mesh.org/controlled-by: cart-delay-x2v9k'),
    ).toMatchObject({ experiment: 'outage/cart-delay', partOf: ['outage', 'cart-delay-x2v9k'] })
  })
})

describe('schedules and workflows', () => {
  it('a Schedule says how often, and what', () => {
    const schedule = (extra = '') => `apiVersion: chaos-mesh.org/v1alpha1
kind: Schedule
metadata: { name: nightly${extra} }
spec:
  schedule: "0 2 * * 1-5"
  type: PodChaos
  podChaos: { action: pod-kill, mode: one, selector: { labelSelectors: { app: cart } } }
`
    expect(experimentOf(schedule())).toMatchObject({
      id: 'nightly',
      target: 'cart',
      fault: 'pod-kill',
      cadence: '0 2 * * 1-5',
      cadenceDays: 3,
    })
    const paused = schedule(', annotations: { experiment.chaos-mesh.org/pause: "true" }')
    expect(experimentOf(paused)).toMatchObject({ cadence: '0 2 * * 1-5, paused', cadenceDays: null })
    const empty = read(schedule().replace('podChaos', 'ioChaos'))
    expect(empty).toMatchObject({ facts: [], problems: [{ line: 4 }] })
  })

  const workflow = (status = '') => `apiVersion: chaos-mesh.org/v1alpha1
kind: Workflow
metadata: { name: outage, namespace: shop }
spec:
  entry: both
  templates:
    - { name: both, templateType: Parallel, children: [check, cart-delay] }
    - name: check
      templateType: StatusCheck
      abortWithStatusCheck: true
      statusCheck: { http: { url: "http://cart/health", criteria: { statusCode: "200" } } }
    - name: cart-delay
      templateType: NetworkChaos
      deadline: 60s
      networkChaos: { action: delay, selector: { labelSelectors: { app: cart } } }
${status}`

  it('a Workflow is an experiment for each fault in it, watched by its status checks', () => {
    expect(of(read(workflow()), 'experiment')).toMatchObject([
      {
        id: 'outage/cart-delay',
        target: 'cart',
        source: { line: 15 },
        steadyState: [{ metric: 'HTTP status of http://cart/health', operator: '==', value: '200' }],
        parts: { hypothesis: true, baseline: true, observation: true, abort: true, rollback: true },
      },
    ])
  })

  it('one that ran proves that its steps were taken, not what they did', () => {
    const [run] = of(read(workflow('status: { startTime: "2026-10-20T10:00:00Z" }\n')), 'run')
    expect(run).toMatchObject({
      experiment: 'outage/cart-delay',
      grade: 'weak',
      verdict: 'unknown',
      faultStart: null,
    })
    expect(run!.reasons[0]).toContain('injection not proven')
  })

  const node = `apiVersion: chaos-mesh.org/v1alpha1
kind: WorkflowNode
metadata: { name: cart-delay-x2v9k, namespace: shop }
spec:
  templateName: cart-delay
  workflowName: outage
  type: NetworkChaos
  startTime: "2026-10-20T10:00:00Z"
  networkChaos: { action: delay, selector: { labelSelectors: { app: cart } } }
status: { conditions: [{ type: ChaosInjected, status: "True" }], chaosResource: { kind: NetworkChaos, name: cart-delay-x2v9k-abcde } }
`

  it('ChaosInjected of a node says that the fault was made, not that it took effect', () => {
    expect(runOf(node)).toMatchObject({ experiment: 'outage/cart-delay', faultVerified: null, grade: 'weak' })
  })

  it('a fault, its node and its workflow are one run: that of the fault', () => {
    const labels =
      'labels: { chaos-mesh.org/workflow: outage, chaos-mesh.org/controlled-by: cart-delay-x2v9k }'
    const fault = delay(statusWith(record(OVER, WINDOW))).replace('spec:', `  ${labels}\nspec:`)
    const texts = [workflow('status: { startTime: "2026-10-20T10:00:00Z" }\n'), node, fault]
    const files = texts.map((text, index) => {
      const one = file(text, `chaos/${index}.yaml`)
      return { ...one, reading: chaosMesh.read(one, CONTEXT) as Reading }
    })
    const { revised } = chaosMesh.link!(files, CONTEXT) as { revised: Map<string, Reading> }
    const left = files.flatMap(({ path, reading }) => of(revised.get(path) ?? reading, 'run'))
    expect(left.map(({ id }) => id)).toEqual(['chaos-mesh-shop-NetworkChaos-cart-delay-0f9a2b1c'])
  })

  it('a later run of the workflow, and one of another namespace, are runs of their own', () => {
    const labels = 'labels: { chaos-mesh.org/workflow: outage }'
    const fault = delay(statusWith(record(OVER, WINDOW))).replace('spec:', `  ${labels}\nspec:`)
    const later = workflow('status: { startTime: "2026-10-21T10:00:00Z" }\n')
    const elsewhere = workflow('status: { startTime: "2026-10-20T10:00:00Z" }\n').replace(
      'namespace: shop',
      'namespace: other',
    )
    for (const another of [later, elsewhere]) {
      const files = [another, fault].map((text, index) => {
        const one = file(text, `chaos/${index}.yaml`)
        return { ...one, reading: chaosMesh.read(one, CONTEXT) as Reading }
      })
      const { revised } = chaosMesh.link!(files, CONTEXT) as { revised: Map<string, Reading> }
      expect(files.flatMap(({ path, reading }) => of(revised.get(path) ?? reading, 'run'))).toHaveLength(2)
    }
  })
})

describe('a StatusCheck', () => {
  const check = (status: string, spec = '') => `apiVersion: chaos-mesh.org/v1alpha1
kind: StatusCheck
metadata: { name: cart-check, labels: { chaos-mesh.org/workflow: outage } }
spec:
  http: { url: "http://cart.shop.svc:8080/health" }
${spec}status:
${status}`
  const one = (at: string, outcome = 'Success') =>
    `    - { startTime: "2026-10-20T${at}Z", outcome: ${outcome} }\n`

  it('with records is a series of samples, in order of time', () => {
    const records = one('10:00:20', 'Failure') + one('10:00:10')
    expect(samplesOf(check(`  count: 2\n  records:\n${records}`))).toMatchObject({
      target: 'cart.shop.svc',
      takenFor: ['outage'],
      failureThreshold: 3,
      samples: [
        { at: '2026-10-20T10:00:10.000Z', ok: true },
        { at: '2026-10-20T10:00:20.000Z', ok: false },
      ],
    })
  })

  it('says when earlier records are gone', () => {
    expect(samplesOf(check(`  count: 250\n  records:\n${one('10:00:10')}`)).incomplete).toContain('1 of 250')
    const limited = check(`  records:\n${one('10:00:10')}`, '  recordsHistoryLimit: 1\n')
    expect(samplesOf(limited).incomplete).toContain('only the last 1 checks')
    expect(samplesOf(check(`  count: 1\n  records:\n${one('10:00:10')}`))).not.toHaveProperty('incomplete')
  })

  it('a record without time or outcome is a problem, and no sample', () => {
    const { problems, facts } = read(check(`  records:\n${one('10:00:10')}    - { outcome: Success }\n`))
    expect(facts).toMatchObject([{ samples: [{ ok: true }] }])
    expect(problems).toMatchObject([{ line: 9 }])
  })

  it('that has not run is passed over, by name', () => {
    expect(read(check('  {}\n')).skipped).toBe(
      'kinds not used: StatusCheck that plans no fault and has not run',
    )
  })
})

describe('files', () => {
  it('are recognised by what they say', () => {
    expect(chaosMesh.recognises(file(delay()))).toBe(true)
    expect(
      chaosMesh.recognises(file(JSON.stringify({ apiVersion: 'chaos-mesh.org/v1alpha1' }), 'a.json')),
    ).toBe(true)
    expect(chaosMesh.recognises(file('# chaos-mesh.org\nkind: NetworkChaos\n'))).toBe(false)
    expect(chaosMesh.recognises(file(delay().replace(/^/gm, '# ')))).toBe(false)
    expect(chaosMesh.recognises(file(delay(), 'notes.md'))).toBe(false)
  })

  it('a List, and other objects beside: each format reads its own', async () => {
    const config = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\n'
    const mixed = `${delay()}---\n${config}`
    expect(read(mixed).facts).toMatchObject([{ fact: 'experiment' }])
    const manifests = await kubernetes.read(file(mixed), CONTEXT)
    expect(manifests).toMatchObject({ problems: [], facts: [{ name: 'settings' }] })
    expect(manifests).not.toHaveProperty('skipped')
    const list = JSON.stringify({
      apiVersion: 'v1',
      kind: 'List',
      items: [
        {
          apiVersion: 'chaos-mesh.org/v1alpha1',
          kind: 'PodChaos',
          metadata: { name: 'a' },
          spec: { action: 'pod-kill' },
        },
      ],
    })
    expect(read(list).facts).toMatchObject([{ id: 'a', fault: 'pod-kill' }])
  })

  it('kinds that say nothing are passed over, unknown faults are named', () => {
    const kind = (name: string) =>
      `apiVersion: chaos-mesh.org/v1alpha1\nkind: ${name}\nmetadata: { name: a }\n`
    expect(read(kind('RemoteCluster')).skipped).toBe('kinds not used: RemoteCluster')
    expect(read(kind('PodNetworkChaos')).problems).toEqual([])
    expect(read(kind('QuantumChaos')).problems).toMatchObject([{ line: 2 }])
  })

  it('broken ones are listed with a place, and never stop the run', () => {
    expect(read('apiVersion: chaos-mesh.org/v1alpha1\nkind: [\n')).toMatchObject({
      facts: [],
      failed: expect.stringContaining('not valid YAML') as string,
    })
    const odd = read(
      'apiVersion: chaos-mesh.org/v1alpha1\nkind: PodChaos\nmetadata: 3\nspec: [1]\nstatus: { conditions: 4 }\n',
    )
    expect(odd.problems.length).toBeGreaterThan(0)
  })
})
