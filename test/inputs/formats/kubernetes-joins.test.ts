import { describe, expect, it } from 'vitest'
import type { Fact, FactKind, FactOf } from '../../../src/facts/fact.js'
import type { InputFile, Reading } from '../../../src/inputs/format.js'
import kubernetes from '../../../src/inputs/formats/kubernetes.js'

function read(text: string): Promise<Reading> {
  const file = { path: 'k8s/app.yaml', extension: '.yaml', text } as InputFile
  return Promise.resolve(kubernetes.read(file, [] as never))
}

async function only<Kind extends FactKind>(text: string, kind: Kind): Promise<FactOf<Kind>> {
  const { facts } = await read(text)
  return facts.find((fact: Fact) => fact.fact === kind) as FactOf<Kind>
}

const pod = (spec: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: cart }\nspec:\n${spec.replace(/^/gm, '  ')}\n`

const waitsOf = async (script: string): Promise<(string | null)[][]> => {
  const container = `{ name: wait, image: busybox, command: [sh, -c, ${JSON.stringify(script)}] }`
  const workload = await only(
    pod(`initContainers: [${container}]\ncontainers: [{ name: web, image: cart }]`),
    'workload',
  )
  return workload.startWaits.map(({ target, kind }) => [target, kind])
}

describe('whom a container waits for', () => {
  it.each([
    ['until nc -z orders 80; do sleep 1; done', 'orders'],
    ['while ! nc -zvw3 orders.shop.svc 80; do sleep 1; done', 'orders.shop.svc'],
    ['until pg_isready -U app -h ${DB_HOST} -p 5432; do sleep 2; done', '${DB_HOST}'],
    ['until mysqladmin ping --host=db --silent; do sleep 2; done', 'db'],
    ['until redis-cli -h cache ping; do sleep 2; done', 'cache'],
    ['./wait-for-it.sh rabbit:5672 --timeout=0', 'rabbit'],
    ['dockerize -wait tcp://db:5432 -timeout 60s', 'db'],
    ['until curl -sf http://config:8888/health; do sleep 1; done', 'config'],
    ['until (echo > /dev/tcp/db/5432); do sleep 1; done', 'db'],
  ])('%s', async (script, target) => {
    expect(await waitsOf(script)).toEqual([[target, null]])
  })

  it('an object by its name', async () => {
    expect(await waitsOf('kubectl wait --for=condition=Available deployment/orders')).toEqual([
      ['orders', 'deployment'],
    ])
  })

  it.each([
    ['a fetch that is no wait', 'curl -sf http://config:8888/settings > /etc/settings'],
    ['a name that is looked up', 'until nslookup orders; do sleep 1; done'],
    [
      'attempts that are counted',
      'n=0; until nc -z orders 80; do n=$((n+1)); [ $n -gt 30 ] && exit 0; sleep 1; done',
    ],
    ['a failure that is taken', 'nc -z orders 80 || echo none'],
    ['a remark', '# until nc -z orders 80; do sleep 1; done\ntrue'],
  ])('not %s', async (_, script) => {
    expect(await waitsOf(script)).toEqual([])
  })
})

describe('network policies', () => {
  const policy = (spec: string) =>
    only(
      `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: p }\nspec: ${spec}\n`,
      'network-policy',
    )

  it('without types isolate ingress, and egress where rules for it stand', async () => {
    expect(await policy('{ podSelector: {} }')).toMatchObject({ ingress: [], egress: null })
    expect(await policy('{ podSelector: {}, egress: [{}] }')).toMatchObject({
      ingress: [],
      egress: [{ peers: [], ports: [] }],
    })
    expect(await policy('{ podSelector: {}, policyTypes: [Egress] }')).toMatchObject({
      ingress: null,
      egress: [],
    })
  })

  it('keep peers, ports and ranges', async () => {
    const read = await policy(
      '{ ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8 } }, { podSelector: { matchLabels: { app: a } } }], ports: [{ port: 80, endPort: 90 }, { protocol: UDP, port: dns }] }] }',
    )
    expect(read.ingress?.[0]).toMatchObject({
      peers: [
        { block: '10.0.0.0/8', pods: null },
        { block: null, pods: { labels: { app: 'a' } } },
      ],
      ports: [
        { protocol: 'TCP', port: '80', endPort: 90 },
        { protocol: 'UDP', port: 'dns', endPort: null },
      ],
    })
  })

  it('with an operator that Kubernetes refuses are a problem at its place', async () => {
    const { problems } = await read(
      'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: p }\nspec:\n  podSelector:\n    matchExpressions:\n      - { key: app, operator: Like }\n',
    )
    expect(problems).toMatchObject([{ line: 7, message: expect.stringContaining('In, NotIn') as string }])
  })
})

describe('what pods refer to', () => {
  it('in variables, volumes and projections, each at its place', async () => {
    const { references } = await only(
      pod(
        [
          'serviceAccountName: cart',
          'containers:',
          '  - name: web',
          '    env: [{ name: A, valueFrom: { secretKeyRef: { name: keys, key: a, optional: true } } }]',
          '    envFrom: [{ configMapRef: { name: settings } }]',
          'volumes:',
          '  - { name: v, configMap: { name: files, items: [{ key: a.yaml, path: a }] } }',
          '  - { name: w, projected: { sources: [{ secret: { name: token } }] } }',
        ].join('\n'),
      ),
      'workload',
    )
    expect(references.map(({ kind, name, key, isOptional }) => [kind, name, key, isOptional])).toEqual([
      ['Secret', 'keys', 'a', true],
      ['ConfigMap', 'settings', null, false],
      ['ConfigMap', 'files', 'a.yaml', false],
      ['Secret', 'token', null, false],
      ['ServiceAccount', 'cart', null, false],
    ])
  })

  it('is made by objects of controllers, under the name that they give it', async () => {
    const text =
      'apiVersion: secrets-store.csi.x-k8s.io/v1\nkind: SecretProviderClass\nmetadata: { name: store }\nspec: { secretObjects: [{ secretName: db, data: [{ key: url, objectName: x }] }] }\n'
    expect(await only(text, 'config-data')).toMatchObject({ kind: 'Secret', name: 'db', keys: ['url'] })
  })

  it('of a broken pod is none', async () => {
    const { facts } = await read(pod('containers: 3\nvolumes: [x]'))
    expect(facts.flatMap((fact) => ('references' in fact ? fact.references : []))).toEqual([])
  })
})
