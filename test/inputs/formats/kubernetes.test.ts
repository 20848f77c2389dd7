import { describe, expect, it } from 'vitest'
import type { Fact, FactKind, FactOf } from '../../../src/facts/fact.js'
import type { InputFile, Reading } from '../../../src/inputs/format.js'
import kubernetes from '../../../src/inputs/formats/kubernetes.js'

const CONTEXT = { libraries: [], prefilter: true }

function file(text: string, path = 'k8s/app.yaml'): InputFile {
  return { path, text, extension: path.slice(path.lastIndexOf('.')), sha256: '' }
}

async function read(text: string, path?: string): Promise<Reading> {
  return kubernetes.read(file(text, path), CONTEXT)
}

function only<Kind extends FactKind>(reading: { facts: Fact[] }, kind: Kind): FactOf<Kind> {
  const found = reading.facts.filter((fact): fact is FactOf<Kind> => fact.fact === kind)
  expect(found).toHaveLength(1)
  return found[0]!
}

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: cart
  namespace: shop
  labels: { app: cart }
  annotations:
    resilience-report/ignore.kubernetes-replicas: one writer by design
    other: x
spec:
  replicas: 2
  selector:
    matchLabels: { app: cart }
  strategy:
    type: RollingUpdate
    rollingUpdate: { maxUnavailable: 25%, maxSurge: 1 }
  template:
    metadata:
      labels: { app: cart, tier: web }
    spec:
      terminationGracePeriodSeconds: 45
      topologySpreadConstraints:
        - { topologyKey: topology.kubernetes.io/zone, maxSkew: 1, whenUnsatisfiable: ScheduleAnyway }
      affinity:
        podAntiAffinity:
          preferredDuringSchedulingIgnoredDuringExecution:
            - weight: 1
              podAffinityTerm: { topologyKey: kubernetes.io/hostname, labelSelector: { matchLabels: { app: cart } } }
      volumes:
        - { name: data, persistentVolumeClaim: { claimName: cart-data } }
      initContainers:
        - { name: migrate, image: "cart:1" }
        - { name: proxy, image: "envoy:1", restartPolicy: Always }
      containers:
        - name: cart
          image: registry.example/cart:1.2
          ports:
            - { name: http, containerPort: 8080 }
          resources:
            requests: { cpu: 250m, memory: 64Mi }
            limits: { memory: "134217728" }
          readinessProbe:
            httpGet: { path: /ready, port: http }
            periodSeconds: 5
          livenessProbe:
            exec: { command: [pg_isready, -U, app] }
          lifecycle: { preStop: { exec: { command: [sleep, "5"] } } }
          env:
            - { name: REDIS_URL, value: "redis://redis:6379" }
            - name: DB_URL
              valueFrom: { secretKeyRef: { name: cart-db, key: url } }
          envFrom:
            - configMapRef: { name: cart-config }
`

describe('a Deployment', () => {
  it('becomes a workload with everything that rules ask', async () => {
    const workload = only(await read(DEPLOYMENT), 'workload')
    expect(workload).toMatchObject({
      id: 'shop/Deployment/cart',
      labels: { app: 'cart' },
      ignores: { 'kubernetes-replicas': 'one writer by design' },
      fragment: false,
      replicas: 2,
      podLabels: { app: 'cart', tier: 'web' },
      selector: { app: 'cart' },
      strategy: { type: 'RollingUpdate', maxUnavailable: '25%', maxSurge: '1' },
      terminationGracePeriodSeconds: 45,
      antiAffinity: [
        { topologyKey: 'kubernetes.io/hostname', selector: { labels: { app: 'cart' }, expressions: [] } },
      ],
      spreadConstraints: [{ topologyKey: 'topology.kubernetes.io/zone', selector: null }],
      claims: ['cart-data'],
      job: null,
      initContainers: ['migrate'],
    })
    expect(workload.containers.map((container) => container.name)).toEqual(['cart', 'proxy'])
    expect(workload.containers[0]).toMatchObject({
      image: 'registry.example/cart:1.2',
      requests: { cpu: 0.25, memory: 64 * 1024 * 1024 },
      limits: { cpu: null, memory: 134217728 },
      readiness: {
        action: 'http:8080/ready',
        path: '/ready',
        port: 8080,
        periodSeconds: 5,
        timeoutSeconds: 1,
      },
      liveness: {
        action: 'exec:pg_isready -U app',
        path: null,
        port: null,
        periodSeconds: 10,
        failureThreshold: 3,
      },
      startup: null,
      preStop: { atLeastSeconds: 5, atMostSeconds: 5 },
      env: [
        { name: 'REDIS_URL', value: 'redis://redis:6379', from: null },
        { name: 'DB_URL', value: null, from: 'Secret/cart-db/url' },
      ],
      envFrom: [{ kind: 'ConfigMap', name: 'cart-config' }],
    })
  })

  it('knows where its fields stand', async () => {
    const workload = only(await read(DEPLOYMENT), 'workload')
    expect(workload.source).toEqual({
      path: 'k8s/app.yaml',
      line: 1,
      column: 1,
      endLine: DEPLOYMENT.split('\n').length - 1,
    })
    expect(workload.at['replicas']).toMatchObject({ line: 11, column: 3, endLine: 11 })
    expect(workload.at['strategy']).toMatchObject({ line: 14, endLine: 16 })
    const [container] = workload.containers
    expect(container!.source.line).toBe(35)
    expect(container!.at['resources']).toMatchObject({ line: 39, column: 11, endLine: 41 })
    expect(container!.at['startup']).toBeUndefined()
    expect(container!.env[1]!.source.line).toBe(50)
  })

  it('keeps what is not written apart from what is', async () => {
    const text =
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {template: {spec: {containers: [{name: a, image: b}]}}}\n'
    const workload = only(await read(text), 'workload')
    expect(workload).toMatchObject({
      id: 'default/Deployment/a',
      replicas: null,
      terminationGracePeriodSeconds: null,
      fragment: false,
    })
    expect(workload.strategy).toEqual({ type: null, maxUnavailable: null, maxSurge: null })
    expect(workload.at).not.toHaveProperty('replicas')
  })

  it.each([
    ['spec: {containers: [{name: a, env: []}]}', true],
    ['metadata: {labels: {app: a}}, spec: {containers: [{name: a}]}', false],
    ['spec: {containers: [{name: a, image: b}]}', false],
  ])('with %s only is a piece: %s', async (template, fragment) => {
    const text = `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {template: {${template}}}\n`
    expect(only(await read(text), 'workload').fragment).toBe(fragment)
  })

  it('without containers or with an unreadable number of replicas is not judged', async () => {
    const patch = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {replicas: 3}\n'
    expect(only(await read(patch), 'workload').fragment).toBe(true)
    const placeholder = DEPLOYMENT.replace('replicas: 2', 'replicas: ${REPLICAS}')
    const reading = await read(placeholder)
    expect(only(reading, 'workload')).toMatchObject({ fragment: true, replicas: null })
    expect(reading.problems).toEqual([
      {
        path: 'k8s/app.yaml',
        line: 11,
        column: 3,
        message: 'spec.replicas: expected a number, found the text "${REPLICAS}"',
      },
    ])
    expect(reading.partial).toContain('line 11')
  })
})

describe('a preStop hook', () => {
  const seconds = async (hook: string): Promise<unknown> => {
    const text = DEPLOYMENT.replace('{ exec: { command: [sleep, "5"] } }', hook)
    const { preStop } = only(await read(text), 'workload').containers[0]!
    return [preStop?.atLeastSeconds, preStop?.atMostSeconds]
  }

  it.each([
    ['{ sleep: { seconds: 7 } }', 7],
    ['{ exec: { command: [/bin/sleep, 1m, 30s] } }', 90],
    ['{ exec: { command: [/bin/sh, -c, sleep 5] } }', 5],
    ['{ exec: { command: [bash, -ec, "sleep 5; sleep 0.5s;"] } }', 5.5],
    ['{ exec: { command: [sh, -c, "exec sleep 5"] } }', 5],
  ])('%s takes %d s', async (hook, expected) => {
    expect(await seconds(hook)).toEqual([expected, expected])
  })

  it.each([
    ['{ exec: { command: [sh, -c, "sleep 5 && nginx -s quit"] } }', 5],
    ['{ exec: { command: [sh, -c, "nginx -s quit; sleep 5"] } }', 0],
    ['{ exec: { command: [sh, -c, "sleep 60 &"] } }', 0],
    ['{ exec: { command: [sh, -c, "sleep $DELAY"] } }', 0],
    ['{ exec: { command: [sh, -c, "sleep 5 || true"] } }', 0],
    ['{ exec: { command: [sh, -c] } }', 0],
    ['{ exec: { command: [/app/sleepy, "5"] } }', 0],
    ['{ exec: { command: [] } }', 0],
    ['{ httpGet: { path: /drain, port: http } }', 0],
  ])('%s takes %d s at least', async (hook, expected) => {
    expect(await seconds(hook)).toEqual([expected, null])
  })

  it('that is wrong is a problem', async () => {
    const { problems } = await read(DEPLOYMENT.replace('[sleep, "5"]', 'sleep 5'))
    expect(problems.map(({ message }) => message)).toEqual([
      'spec.template.spec.containers.0.lifecycle.preStop.exec.command: expected a list, found the text "sleep 5"',
    ])
  })
})

describe('other workloads', () => {
  it('a CronJob keeps its schedule and its deadlines', async () => {
    const text = `apiVersion: batch/v1
kind: CronJob
metadata: { name: report }
spec:
  schedule: "0 3 * * *"
  concurrencyPolicy: Forbid
  jobTemplate:
    spec:
      backoffLimit: 2
      activeDeadlineSeconds: 600
      template:
        spec: { restartPolicy: Never, containers: [{ name: report, image: "report:1" }] }
`
    expect(only(await read(text), 'workload')).toMatchObject({
      kind: 'CronJob',
      restartPolicy: 'Never',
      containers: [{ name: 'report' }],
      job: {
        schedule: '0 3 * * *',
        concurrencyPolicy: 'Forbid',
        backoffLimit: 2,
        activeDeadlineSeconds: 600,
        startingDeadlineSeconds: null,
      },
    })
  })

  it('a bare Pod has its labels from itself', async () => {
    const text =
      'apiVersion: v1\nkind: Pod\nmetadata: {name: a, labels: {app: a}}\nspec: {containers: [{name: a}]}\n'
    expect(only(await read(text), 'workload')).toMatchObject({
      kind: 'Pod',
      podLabels: { app: 'a' },
      selector: {},
    })
  })
})

describe('what belongs to workloads', () => {
  it('reads Services, budgets, claims and configuration, never the values of Secrets', async () => {
    const { facts } = await read(`apiVersion: v1
kind: Service
metadata: { name: cart }
spec: { selector: { app: cart }, ports: [{ name: http, port: 80, targetPort: http }] }
---
apiVersion: v1
kind: Service
metadata: { name: db }
spec: { type: ExternalName, externalName: db.example.com }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: cart }
spec:
  minAvailable: 50%
  selector: { matchExpressions: [{ key: app, operator: In, values: [cart] }] }
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data }
spec: { accessModes: [ReadWriteOnce] }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: config }
data: { URL: "http://a", N: 1 }
---
apiVersion: v1
kind: Secret
metadata: { name: secret }
stringData: { PASSWORD: hunter2 }
`)
    expect(facts).toMatchObject([
      {
        fact: 'service',
        selector: { app: 'cart' },
        type: 'ClusterIP',
        ports: [{ name: 'http', port: 80, targetPort: 'http' }],
      },
      { fact: 'service', selector: null, type: 'ExternalName', externalName: 'db.example.com' },
      {
        fact: 'disruption-budget',
        selector: { labels: {}, expressions: [{ key: 'app', operator: 'In', values: ['cart'] }] },
        minAvailable: '50%',
        maxUnavailable: null,
      },
      { fact: 'volume-claim', accessModes: ['ReadWriteOnce'] },
      { fact: 'config-data', kind: 'ConfigMap', keys: ['N', 'URL'], values: { URL: 'http://a', N: '1' } },
      { fact: 'config-data', kind: 'Secret', keys: ['PASSWORD'], values: {} },
    ])
    expect(JSON.stringify(facts)).not.toContain('hunter2')
  })

  it.each([
    ['abc', '"abc"'],
    ['150%x', '"150%x"'],
    ['"2"', '"2"'],
    ['-1', '-1'],
    ['150%', '"150%"'],
  ])('a budget of maxUnavailable %s is a problem at its place', async (written, named) => {
    const reading = await read(
      `apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: cart}\nspec:\n  maxUnavailable: ${written}\n`,
    )
    expect(only(reading, 'disruption-budget').maxUnavailable).toBe(named)
    expect(reading.problems).toEqual([
      {
        path: 'k8s/app.yaml',
        line: 5,
        column: 3,
        message: `spec.maxUnavailable: ${named} is rejected; write a number such as 1, or 25%`,
      },
    ])
    expect(reading.partial).toContain('line 5')
  })

  it.each([
    [
      'autoscaling/v2',
      '{metrics: [{type: Resource, resource: {name: memory, target: {type: Utilization, averageUtilization: 80}}}]}',
      ['memory'],
    ],
    [
      'autoscaling/v2',
      '{metrics: [{type: Resource, resource: {name: cpu, target: {type: AverageValue, averageValue: 1}}}]}',
      [],
    ],
    [
      'autoscaling/v2beta1',
      '{metrics: [{type: Resource, resource: {name: cpu, targetAverageUtilization: 80}}]}',
      ['cpu'],
    ],
    ['autoscaling/v1', '{targetCPUUtilizationPercentage: 80}', ['cpu']],
  ])('reads what an autoscaler of %s scales on', async (apiVersion, spec, expected) => {
    const body = spec.replace('{', '{scaleTargetRef: {kind: Deployment, name: cart}, maxReplicas: 4, ')
    const reading = await read(
      `apiVersion: ${apiVersion}\nkind: HorizontalPodAutoscaler\nmetadata: {name: cart}\nspec: ${body}\n`,
    )
    expect(only(reading, 'autoscaler')).toMatchObject({
      target: { kind: 'Deployment', name: 'cart' },
      minReplicas: null,
      maxReplicas: 4,
      utilisationOf: expected,
    })
  })
})

describe('entry points', () => {
  const backends = async (text: string): Promise<string[]> =>
    only(await read(text), 'entry-point').backends.map((backend) => backend.service)

  it('are Ingresses of both shapes', async () => {
    const rules = (backend: string): string =>
      `{defaultBackend: {service: {name: home}}, rules: [{host: shop.example, http: {paths: [{path: /, backend: ${backend}}]}}]}`
    const ingress = (group: string, backend: string): string =>
      `apiVersion: ${group}\nkind: Ingress\nmetadata: {name: in}\nspec: ${rules(backend)}\n`
    expect(
      await backends(ingress('networking.k8s.io/v1', '{service: {name: cart, port: {number: 80}}}')),
    ).toEqual(['home', 'cart'])
    expect(await backends(ingress('extensions/v1beta1', '{serviceName: cart, servicePort: 80}'))).toEqual([
      'home',
      'cart',
    ])
  })

  it('say where an Ingress has the older shape in the version that refuses it', async () => {
    const reading = await read(
      'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: in}\nspec:\n  defaultBackend: {serviceName: cart, servicePort: 80}\n',
    )
    expect(reading.problems).toMatchObject([
      {
        line: 5,
        message: 'serviceName: networking.k8s.io/v1 rejects it; write service.name and service.port',
      },
    ])
  })

  it('are HTTPRoutes, without the Services of other namespaces', async () => {
    const references = '[{name: cart, port: 80}, {name: pay, namespace: money}, {kind: Bucket, name: files}]'
    expect(
      await backends(
        `apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: r}\nspec: {hostnames: [a.example], rules: [{backendRefs: ${references}}]}\n`,
      ),
    ).toEqual(['cart'])
  })

  it('are VirtualServices with a gateway of their own', async () => {
    const service = (gateways: string): string => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: v, namespace: shop}
spec: {hosts: [shop.example], gateways: ${gateways}, http: [{route: [{destination: {host: cart.shop.svc.cluster.local}}, {destination: {host: www.example.com}}]}]}
`
    expect(await backends(service('[public, mesh]'))).toEqual(['cart'])
    expect((await read(service('[mesh]'))).facts.map(({ fact }) => fact)).toEqual(['traffic-routes'])
  })
})

describe('files', () => {
  it.each([
    [true, 'a manifest', 'apiVersion: v1\nkind: Service\n', 'a.yaml'],
    [true, 'a manifest in JSON', '{\n    "apiVersion": "v1",\n    "kind": "Service"\n}', 'a.json'],
    [
      true,
      'a rule object beside another',
      'apiVersion: x/v1\nkind: PrometheusRule\n---\napiVersion: v1\nkind: Service\n',
      'a.yaml',
    ],
    [true, 'a kustomization without a kind', 'resources:\n  - a.yaml\n', 'k/kustomization.yaml'],
    [false, 'the same text under another name', 'resources:\n  - a.yaml\n', 'k/other.yaml'],
    [false, 'our own kinds', 'apiVersion: resilience-report/v1\nkind: ExperimentLog\n', 'a.yaml'],
    [false, 'only rule objects', 'apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\n', 'a.yaml'],
    [false, 'keys further in', 'a:\n  apiVersion: v1\n  kind: Service\n', 'a.yaml'],
    [false, 'code', 'apiVersion: v1\nkind: Service\n', 'a.ts'],
  ])('recognised: %s for %s', (expected, _, text, path) => {
    expect(kubernetes.recognises(file(text, path))).toBe(expected)
  })

  it('unfolds Lists, with rule objects among the items', async () => {
    const { facts } = await read(`{"apiVersion": "v1", "kind": "List", "items": [
  {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "a"}},
  {"apiVersion": "monitoring.coreos.com/v1", "kind": "PrometheusRule", "spec": {"groups": [{"name": "g", "rules": [{"alert": "Down", "expr": "up == 0"}]}]}}
]}`)
    expect(facts).toMatchObject([
      { fact: 'service', name: 'a', source: { line: 2, column: 3 } },
      { fact: 'rule-group', name: 'g', source: { line: 3 } },
      { fact: 'alert', name: 'Down', source: { line: 3 } },
    ])
  })

  it('are passed over where the path says that only a test applies them, and read in examples', async () => {
    for (const path of [
      'tests/e2e/kind/pod.yaml',
      'contrib/kafka-testing/broker.yaml',
      'deploy/keeper-for-test-only.yaml',
      'test/benchmark/disk.yaml',
      'lib/tests/golden/app.json',
      'e2e/templates/app.yaml',
      'collectors/test/integration/api.yaml',
      'api/src/test/resources/result.yaml',
      'pkg/istio/test_charts/gateway.yaml',
      'test/chainsaw/redis/00-deploy.yaml',
      'api/integrationtests/app.yaml',
      'api/e2e-tests/app.yaml',
    ])
      expect(await read(DEPLOYMENT, path)).toMatchObject({
        facts: [],
        skipped: 'for tests only, as its path says',
      })
    for (const path of ['deploy/_archived/app.yaml', 'deploy/Archived/app.yaml', 'DEPRECATED/app.yaml'])
      expect(await read(DEPLOYMENT, path)).toMatchObject({
        facts: [],
        skipped: 'no longer used, according to its folder name',
      })
    for (const path of [
      'examples/app.yaml',
      'deploy/archived.yaml',
      'deploy/testing/app.yaml',
      'overlays/e2e/app.yaml',
      'contrib/app.yaml',
    ])
      expect(only(await read(DEPLOYMENT, path), 'workload').name).toBe('cart')
  })

  it('alone are tried by hand where they are examples', async () => {
    const pod = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: b}]}\n'
    expect(await read(pod, 'examples/rbd/pod.yaml')).toMatchObject({
      facts: [],
      skipped: 'kinds not used: Pod of an example',
    })
    expect(only(await read(pod, 'deploy/pod.yaml'), 'workload').name).toBe('a')
  })

  it('of kinds that say nothing are skipped by name, and kinds of foreign API groups are not taken for others', async () => {
    expect(await read('apiVersion: v1\nkind: LimitRange\nmetadata: {name: a}\n')).toMatchObject({
      facts: [],
      skipped: 'kinds not used: LimitRange',
    })
    expect(
      (await read('apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: {name: a}\n')).skipped,
    ).toBe('kinds not used: Service of serving.knative.dev/v1')
    const both = await read(
      'apiVersion: v1\nkind: LimitRange\n---\napiVersion: v1\nkind: Service\nmetadata: {name: a}\n',
    )
    expect([both.facts.length, both.skipped, both.partial]).toEqual([1, undefined, undefined])
  })

  it('keep their lines behind a definition that is not parsed', async () => {
    const definition = 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec: {a: [}\n'
    const reading = await read(`${definition}---\napiVersion: v1\nkind: Service\nmetadata: {name: a}\n`)
    expect(only(reading, 'service').source.line).toBe(5)
    expect((await read(definition)).skipped).toBe('kinds not used: CustomResourceDefinition')
  })

  it('that are broken fail with the place; a document beside a broken one is used', async () => {
    const reading = await read('apiVersion: v1\nkind: Service\nmetadata: {name: [}\n')
    expect(reading.failed).toMatch(/^line 3: not valid YAML/)
    const mixed = await read('apiVersion: v1\nkind: Service\nmetadata: {name: a}\n---\nkind: [\n')
    expect(mixed.facts.map(({ fact }) => fact)).toEqual(['service', 'unread-template'])
    expect(mixed.partial).toMatch(/not valid YAML/)
  })

  it('with keys written twice are used, and say so', async () => {
    const reading = await read(
      'apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {type: A}\nspec: {type: B}\n',
    )
    expect(only(reading, 'service').type).toBe('B')
    expect(reading.problems).toMatchObject([
      { line: 5, column: 1, message: 'not valid YAML: Map keys must be unique' },
    ])
  })

  it('wrong in every field are problems, never a crash', async () => {
    const wrong = ['7', 'text', '[1]', '{a: 1}', 'null', '[[[]]]', 'true']
    const fields = ['metadata', 'spec']
    for (const kind of [
      'apps/v1 Deployment',
      'batch/v1 CronJob',
      'v1 Service',
      'policy/v1 PodDisruptionBudget',
      'networking.k8s.io/v1 Ingress',
      'v1 ConfigMap',
      'autoscaling/v2 HorizontalPodAutoscaler',
      'kustomize.config.k8s.io/v1 Kustomization',
    ]) {
      for (const value of wrong) {
        const [apiVersion, name] = kind.split(' ')
        const text = `apiVersion: ${apiVersion}\nkind: ${name}\n${fields.map((field) => `${field}: ${value}`).join('\n')}\n`
        expect((await read(text)).failed).toBeUndefined()
      }
    }
    const reading = await read(
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a, labels: 3}\nspec: {template: {spec: {containers: {name: a}}}}\n',
    )
    expect(reading.problems.map((problem) => problem.message)).toEqual([
      'spec.template.spec.containers: expected a list, found a mapping',
      'metadata.labels: expected a mapping, found the number 3',
    ])
  })

  it('made to explode or to contain themselves are refused or bounded', async () => {
    const bomb = [
      'a: &a0 [x, x, x, x, x, x, x, x, x]',
      ...Array.from({ length: 9 }, (_, i) => `a${i}: &a${i + 1} [${Array(9).fill(`*a${i}`).join(', ')}]`),
    ].join('\n')
    expect((await read(`apiVersion: v1\nkind: Service\n${bomb}\n`)).failed).toMatch(/alias/i)
    expect((await read(`apiVersion: v1\nkind: Service\nspec: ${'['.repeat(50_000)}\n`)).failed).toBeDefined()
    const circle = 'apiVersion: v1\nkind: List\nitems: &i\n  - {apiVersion: v1, kind: List, items: *i}\n'
    expect((await read(circle)).facts).toEqual([])
  })
})

describe('Kustomize', () => {
  it('makes fragments of the files that it names as patches, and says which overlay to render', async () => {
    const overlay = file(
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [../base]\npatches:\n  - path: replicas.yaml\n  - patch: |-\n      - op: add\n',
      'k8s/prod/kustomization.yaml',
    )
    const files = [overlay, file(DEPLOYMENT, 'k8s/prod/replicas.yaml'), file(DEPLOYMENT, 'k8s/base/app.yaml')]
    const readings = await Promise.all(
      files.map(async (each) => ({ ...each, reading: await kubernetes.read(each, CONTEXT) })),
    )
    expect(readings[0]!.reading.facts).toMatchObject([
      { fact: 'kustomization', folder: 'k8s/prod', patches: ['k8s/prod/replicas.yaml'] },
    ])
    const { revised } = await kubernetes.link!(readings, CONTEXT)
    expect([...revised!.keys()]).toEqual(['k8s/prod/replicas.yaml'])
    const patch = revised!.get('k8s/prod/replicas.yaml')!
    expect(only(patch, 'workload').fragment).toBe(true)
    expect(patch.partial).toBe(
      'Kustomize patch, not a whole object: render the overlay with `kustomize build k8s/prod` and analyse the output',
    )
  })

  it('says what a kustomization renders, and what it makes of it', async () => {
    const text = `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: shop
namePrefix: prod-
nameSuffix: ""
resources: [../base/, cart.yaml, https://example.com/more.yaml]
bases: [../../shared]
components: [../ha]
commonLabels: { env: prod }
labels:
  - { pairs: { team: shop }, includeTemplates: true }
  - { pairs: { note: outside } }
images: [{ name: shop/cart, newTag: "2" }]
replicas: [{ name: cart, count: 3 }, { name: web, count: many }, { count: 2 }]
`
    const reading = await read(text, 'k8s/prod/kustomization.yaml')
    expect(only(reading, 'kustomization')).toMatchObject({
      folder: 'k8s/prod',
      isComponent: false,
      resources: ['k8s/base', 'k8s/prod/cart.yaml', 'k8s/prod/https:/example.com/more.yaml', 'shared'],
      components: ['k8s/ha'],
      patches: [],
      images: ['shop/cart'],
      replicas: { cart: 3, web: null },
      namespace: 'shop',
      namePrefix: 'prod-',
      nameSuffix: '',
      podLabels: { env: 'prod', team: 'shop' },
    })
    expect(reading.problems.map(({ line, message }) => `${line}: ${message}`)).toEqual([
      '14: replicas.1.count: expected a number, found the text "many"',
    ])
    const component = 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [.]\n'
    expect(only(await read(component, 'kustomization.yaml'), 'kustomization')).toMatchObject({
      folder: '',
      isComponent: true,
      resources: [''],
    })
  })
})

describe('files of patches', () => {
  /** Of an overlay with two targets for `patch.yaml`. */
  const revisedPatch = async (patch: string): Promise<Reading | undefined> => {
    const overlay = `patches:
  - { path: patch.yaml, target: { kind: Deployment, name: cart } }
  - { path: patch.yaml, target: { kind: Deployment, name: orders } }
`
    const files = [file(overlay, 'k8s/prod/kustomization.yaml'), file(patch, 'k8s/prod/patch.yaml')]
    const readings = await Promise.all(
      files.map(async (each) => ({ ...each, reading: await kubernetes.read(each, CONTEXT) })),
    )
    const { revised } = await kubernetes.link!(readings, CONTEXT)
    return revised!.get('k8s/prod/patch.yaml')
  }

  it.each([
    ['a merge', 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: any }\nspec: { replicas: 3 }\n'],
    ['a list of operations', '# more\n---\n- op: replace\n  path: /spec/replicas\n  value: 3\n'],
    ['the same in JSON', '[{"path": "/spec/replicas", "op": "replace", "value": 3}]'],
  ])('%s is for all of its targets', async (_, patch) => {
    const { facts, partial } = (await revisedPatch(patch))!
    expect(facts).toMatchObject(
      ['cart', 'orders'].map((name) => ({ fact: 'workload', name, replicas: 3, fragment: true })),
    )
    expect(partial).toContain('kustomize build k8s/prod')
  })

  it('that a copied kustomization names by a path from elsewhere is the one beside it', async () => {
    const overlay = 'patches:\n  - path: tools/remote/manager.yaml\n'
    const piece =
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: manager }\nspec: { template: { metadata: { labels: { a: b } }, spec: { containers: [{ name: manager }] } } }\n'
    const files = [
      file(overlay, 'tools/remote/kustomization.yaml'),
      file(piece, 'tools/remote/manager.yaml'),
      file(piece, 'tools/manager.yaml'),
    ]
    const readings = await Promise.all(
      files.map(async (each) => ({ ...each, reading: await kubernetes.read(each, CONTEXT) })),
    )
    const { revised } = await kubernetes.link!(readings, CONTEXT)
    expect([...revised!.keys()]).toEqual(['tools/remote/manager.yaml'])
    expect(revised!.get('tools/remote/manager.yaml')!.facts).toMatchObject([{ fragment: true }])
  })

  it('a list of operations by itself says nothing', async () => {
    const operations = file('- op: remove\n  path: /spec/replicas\n', 'k8s/other/patch.yaml')
    expect(kubernetes.recognises(operations)).toBe(true)
    expect(await kubernetes.read(operations, CONTEXT)).toEqual({
      facts: [],
      problems: [],
      skipped: 'a JSON patch that no kustomization names',
    })
    expect(kubernetes.recognises(file('- hosts: all\n  tasks: []\n', 'play.yaml'))).toBe(false)
  })

  it('one that is broken is told of once', async () => {
    const reading = (await revisedPatch('- op: add\n  path: /spec/replicas\n value: [\n'))!
    expect(reading.facts).toEqual([])
    expect(reading.problems.length).toBeGreaterThan(0)
    expect(new Set(reading.problems.map(({ message }) => message)).size).toBe(reading.problems.length)
  })
})

describe('patches written in a kustomization', () => {
  const patched = async (patches: string): Promise<Reading> =>
    read(`resources: [../base]\n${patches}`, 'k8s/prod/kustomization.yaml')

  it('are pieces at the place of the patch', async () => {
    const reading = await patched(`patches:
  - path: other.yaml
  - patch: |-
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: cart }
      spec:
        replicas: 3
        template: { spec: { containers: [{ name: web, resources: { limits: { memory: 1Gi } } }] } }
`)
    expect(only(reading, 'kustomization').patches).toEqual([
      'k8s/prod/kustomization.yaml',
      'k8s/prod/other.yaml',
    ])
    expect(only(reading, 'workload')).toMatchObject({
      name: 'cart',
      fragment: true,
      replicas: 3,
      source: { path: 'k8s/prod/kustomization.yaml', line: 4, column: 5 },
      at: { replicas: { line: 4 } },
      containers: [{ name: 'web', at: { resources: { line: 4 } } }],
    })
    expect(reading.partial).toBeUndefined()
  })

  it.each([
    ['{ kind: Deployment, name: cart }', 'cart'],
    ['{ kind: Deployment, name: "cart-.*" }', 'cart-.*'],
    ['{ kind: Deployment, labelSelector: tier=web }', '.*'],
  ])('as operations on %s are pieces too', async (target, name) => {
    const reading = await patched(`patches:
  - target: ${target}
    patch: |-
      - { op: replace, path: /spec/replicas, value: 3 }
      - { op: add, path: /spec/template/spec/containers/0/resources/limits/memory, value: 1Gi }
      - { op: remove, path: /spec/template/spec/containers/1/livenessProbe }
      - { op: add, path: /spec/template/metadata/labels/a~1b, value: c }
`)
    expect(only(reading, 'workload')).toMatchObject({
      kind: 'Deployment',
      name,
      fragment: true,
      replicas: 3,
      podLabels: { 'a/b': 'c' },
      containers: [{ name: '', limits: { memory: 1024 ** 3 }, at: { resources: { line: 3 }, liveness: {} } }],
    })
    expect(reading.problems).toEqual([])
  })

  it('go by their target, whatever they call themselves', async () => {
    const text = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: any }\nspec: { replicas: 3 }\n'
    const inline = await patched(
      `patches:\n  - target: { kind: Deployment, name: cart }\n    patch: |\n${text.replace(/^(?=.)/gm, '      ')}`,
    )
    expect(only(inline, 'workload').name).toBe('cart')
    const overlay = file(
      'resources: [../base]\npatches:\n  - { path: three.yaml, target: { kind: Deployment, name: cart } }\n',
      'k8s/prod/kustomization.yaml',
    )
    const files = await Promise.all(
      [overlay, file(text, 'k8s/prod/three.yaml')].map(async (each) => ({
        ...each,
        reading: await kubernetes.read(each, CONTEXT),
      })),
    )
    const { revised } = await kubernetes.link!(files, CONTEXT)
    expect(only(revised!.get('k8s/prod/three.yaml')!, 'workload').name).toBe('cart')
  })

  it.each([
    ['a list of no operations', '- 1\n- x\n- { op: add }\n- { path: 7 }'],
    ['a kind of no use', 'apiVersion: v1\nkind: Namespace\nmetadata: {}'],
    [
      'a path that goes nowhere',
      '- { op: add, path: "", value: 1 }\n- { op: add, path: /__proto__/x, value: 1 }',
    ],
    ['a path without end', `- { op: add, path: ${'/a'.repeat(20_000)}, value: 1 }\n`],
  ])('%s makes no fact and no crash', async (_, text) => {
    const body = text.replace(/^/gm, '      ')
    const reading = await patched(
      `patches:\n  - target: { kind: Deployment, name: x }\n    patch: |\n${body}\n      \n`,
    )
    const pieces = reading.facts.filter((fact) => fact.fact !== 'kustomization')
    for (const piece of pieces)
      expect(piece).toMatchObject({ fragment: true, replicas: null, containers: [] })
    expect(reading.failed).toBeUndefined()
    expect(({} as Record<string, unknown>)['x']).toBeUndefined()
  })
})

describe('Skaffold', () => {
  it('names the images that it builds, profiles included', async () => {
    const text = `apiVersion: skaffold/v4beta11
kind: Config
build:
  artifacts:
    - image: cart
      context: src/cart
    - context: src/other
profiles:
  - name: ci
    build: { artifacts: [{ image: registry.example:5000/shop/web }] }
---
apiVersion: skaffold/v3
kind: Config
`
    const { facts, problems, skipped } = await read(text, 'skaffold.yaml')
    expect(facts).toMatchObject([
      {
        fact: 'skaffold',
        artifacts: [
          { image: 'cart', source: { path: 'skaffold.yaml', line: 5, column: 7 } },
          { image: 'registry.example:5000/shop/web', source: { line: 10 } },
        ],
      },
      { fact: 'skaffold', artifacts: [] },
    ])
    expect([problems, skipped]).toEqual([[], undefined])
  })

  it('with artifacts that are no list is a problem', async () => {
    const { facts, problems } = await read(
      'apiVersion: skaffold/v3\nkind: Config\nbuild: { artifacts: cart }\n',
    )
    expect(facts).toMatchObject([{ artifacts: [] }])
    expect(problems.map(({ message }) => message)).toEqual([
      'build.artifacts: expected a list, found the text "cart"',
    ])
  })
})
