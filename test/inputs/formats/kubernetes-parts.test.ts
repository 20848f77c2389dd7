import { describe, expect, it } from 'vitest'
import type { FactKind, FactOf } from '../../../src/facts/fact.js'
import type { Reading } from '../../../src/inputs/format.js'
import kubernetes from '../../../src/inputs/formats/kubernetes.js'

async function read(text: string): Promise<Reading> {
  const file = { path: 'k8s/app.yaml', text, extension: '.yaml', sha256: '' }
  return kubernetes.read(file, { libraries: [], prefilter: true })
}

async function only<Kind extends FactKind>(text: string, kind: Kind): Promise<FactOf<Kind>> {
  const found = (await read(text)).facts.filter((fact): fact is FactOf<Kind> => fact.fact === kind)
  expect(found).toHaveLength(1)
  return found[0]!
}

/** A Deployment with lines of the pod's spec, and of its container. */
function deployment({ pod = '', container = '' }: { pod?: string; container?: string }): string {
  const at = (columns: number, lines: string): string => lines.replace(/^(?=.)/gm, ' '.repeat(columns))
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: cart }
spec:
  template:
    spec:
${at(6, pod)}
      containers:
        - name: web
          image: cart:1
${at(10, container)}
`
}

describe('a probe', () => {
  const probed = async (container: string) =>
    (await only(deployment({ container }), 'workload')).containers[0]!

  it('asks a port by the name that the container declares', async () => {
    const container =
      'ports: [{ name: http, containerPort: 8080 }]\nreadinessProbe: { tcpSocket: { port: http } }\n'
    expect((await probed(container)).readiness).toMatchObject({
      port: 8080,
      unresolvedPort: null,
      host: null,
    })
  })

  it('keeps a name that the container does not declare', async () => {
    const container = 'readinessProbe: { httpGet: { port: http, host: shop.example } }\n'
    expect((await probed(container)).readiness).toMatchObject({
      action: 'http:http/',
      port: null,
      unresolvedPort: 'http',
      host: 'shop.example',
    })
  })

  it.each(['"${PORT}"', '"{{ port }}"', 'HTTP', '""', '[8080]', 'a-name-longer-than-fifteen'])(
    'does not take %s for a name',
    async (port) => {
      const container = `livenessProbe: { tcpSocket: { port: ${port} } }\n`
      expect((await probed(container)).liveness).toMatchObject({ port: null, unresolvedPort: null })
    },
  )

  it('finds the name of a port whose number cannot be read', async () => {
    const container =
      'ports: [{ name: http, containerPort: x }]\nstartupProbe: { tcpSocket: { port: http } }\n'
    const { ports, startup } = await probed(container)
    expect(ports).toEqual([])
    expect(startup).toMatchObject({ port: null, unresolvedPort: null })
  })
})

describe('topologySpreadConstraints', () => {
  it('are read with their selectors', async () => {
    const pod = `topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: zone
    whenUnsatisfiable: DoNotSchedule
    minDomains: 2
    labelSelector:
      matchLabels: { app: cart }
      matchExpressions: [{ key: tier, operator: In, values: [web, 1] }]
  - {}
`
    const { spreadConstraints } = await only(deployment({ pod }), 'workload')
    expect(spreadConstraints).toMatchObject([
      {
        source: { line: 8 },
        maxSkew: 1,
        minDomains: 2,
        selector: {
          labels: { app: 'cart' },
          expressions: [{ key: 'tier', operator: 'In', values: ['web', '1'] }],
        },
      },
      { topologyKey: null, maxSkew: null, minDomains: null, whenUnsatisfiable: null, selector: null },
    ])
  })

  it.each(['x', '{ a: 1 }', '[1, x]', '[{ maxSkew: [], labelSelector: 7, topologyKey: {} }]'])(
    '%s are a problem and no crash',
    async (value) => {
      const { facts, problems, failed } = await read(
        deployment({ pod: `topologySpreadConstraints: ${value}\n` }),
      )
      expect(facts).toHaveLength(1)
      expect(failed).toBeUndefined()
      if (!value.startsWith('[1')) expect(problems.length).toBeGreaterThan(0)
    },
  )
})

describe('scratch space', () => {
  it('is an emptyDir on the disk, with or without a limit', async () => {
    const pod = `volumes:
  - { name: tmp, emptyDir: {} }
  - { name: cache, emptyDir: { sizeLimit: 1Gi } }
  - { name: shm, emptyDir: { medium: Memory } }
  - { name: config, configMap: { name: cart } }
  - { emptyDir: {} }
`
    const container = `volumeMounts:
  - { name: tmp, mountPath: /tmp }
  - { name: cache, mountPath: /cache, readOnly: true }
resources: { limits: { ephemeral-storage: 1Gi } }
`
    const workload = await only(deployment({ pod, container }), 'workload')
    expect(workload.scratchVolumes).toEqual([
      { name: 'tmp', hasLimit: false },
      { name: 'cache', hasLimit: true },
    ])
    expect(workload.containers[0]).toMatchObject({
      writes: [{ volume: 'tmp', folder: '/tmp' }],
      limitsEphemeralStorage: true,
    })
  })
})

describe('a Job', () => {
  const job = (spec: string, annotations = '{}'): string => `apiVersion: batch/v1
kind: Job
metadata: { name: report, annotations: ${annotations} }
spec:
  ${spec}
  template: { spec: { containers: [{ name: report }] } }
`

  it('says when it goes and how many pods it has', async () => {
    expect((await only(job('ttlSecondsAfterFinished: 0'), 'workload')).job).toMatchObject({
      ttlSecondsAfterFinished: 0,
      isParallel: false,
      cleanedBy: null,
    })
    expect((await only(job('completions: 3'), 'workload')).job).toMatchObject({ isParallel: true })
    expect((await only(job('parallelism: 1'), 'workload')).job).toMatchObject({ isParallel: false })
    expect((await only(job('parallelism: many'), 'workload')).job).toMatchObject({ isParallel: true })
  })

  it('may be deleted by a tool', async () => {
    const annotated = job('backoffLimit: 1', '{ helm.sh/hook: pre-install }')
    expect((await only(annotated, 'workload')).job).toMatchObject({ cleanedBy: 'helm.sh/hook' })
  })
})

describe('an object of an API version that is no longer served', () => {
  it.each([
    ['extensions/v1beta1', 'Deployment', 'workload'],
    ['apps/v1beta2', 'StatefulSet', 'workload'],
    ['batch/v1beta1', 'CronJob', 'workload'],
    ['policy/v1beta1', 'PodDisruptionBudget', 'disruption-budget'],
    ['autoscaling/v2beta1', 'HorizontalPodAutoscaler', 'autoscaler'],
    ['networking.k8s.io/v1beta1', 'Ingress', 'entry-point'],
    ['scheduling.k8s.io/v1beta1', 'PriorityClass', 'priority-class'],
    ['rbac.authorization.k8s.io/v1beta1', 'Role', 'outdated-object'],
    ['apiextensions.k8s.io/v1beta1', 'CustomResourceDefinition', 'outdated-object'],
  ])('%s %s keeps its facts', async (apiVersion, kind, fact) => {
    const { facts } = await read(
      `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: a }\nspec: {}\n`,
    )
    expect(facts).toMatchObject([{ fact, apiVersion, kind, name: 'a' }])
  })

  it('is nothing when its version is served', async () => {
    const served = ['rbac.authorization.k8s.io/v1', 'apiextensions.k8s.io/v1']
    for (const [index, kind] of ['Role', 'CustomResourceDefinition'].entries()) {
      const { facts } = await read(
        `apiVersion: ${served[index]}\nkind: ${kind}\nmetadata: { name: a }\nrules: []\n`,
      )
      expect(facts).toEqual([])
    }
  })
})

describe('a PriorityClass', () => {
  it('has a value, which may be for all', async () => {
    const text = 'apiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata: { name: high }\n'
    expect(await only(`${text}value: 1000\nglobalDefault: true\n`, 'priority-class')).toMatchObject({
      value: 1000,
      isDefault: true,
      preemptionPolicy: null,
    })
    expect(await only(`${text}value: many\n`, 'priority-class')).toMatchObject({
      value: null,
      isDefault: false,
    })
  })
})
