import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CodePackage } from '../../src/facts/code.js'
import type { Fact } from '../../src/facts/fact.js'
import type { Component } from '../../src/system/component.js'
import { imageName } from '../../src/system/manifests/images.js'
import { sameNamespace, selects } from '../../src/system/manifests/selection.js'
import {
  alert,
  at,
  client,
  codePackage,
  configured,
  experiment,
  guard,
  modelOf,
  practice,
  route,
  run,
  selector,
  server,
  unreached,
} from './facts.js'
import { autoscaler, budget, container, ingress, kustomization, service, workload } from './manifests.js'

function component(id: string, facts: Fact[], declared: object = {}): Component | undefined {
  return modelOf(facts, configured(declared)).system.component(id)
}

function ids(facts: Fact[], declared: object = {}): string[] {
  return modelOf(facts, configured(declared)).system.components.map(({ id }) => id)
}

describe('selectors and images', () => {
  it('every label has to stand on the pod, and an empty selector selects nothing', () => {
    expect(selects({ app: 'cart' }, { app: 'cart', tier: 'web' })).toBe(true)
    expect(selects({ app: 'cart', tier: 'db' }, { app: 'cart', tier: 'web' })).toBe(false)
    expect(selects({ app: 'cart' }, { app: 'cart-worker' })).toBe(false)
    expect(selects({}, { app: 'cart' })).toBe(false)
    expect(selects(null, { app: 'cart' })).toBe(false)
  })

  it('a manifest without a namespace fits any, two named ones only each other', () => {
    expect(sameNamespace({ namespace: 'default' }, { namespace: 'shop' })).toBe(true)
    expect(sameNamespace({ namespace: 'test' }, { namespace: 'shop' })).toBe(false)
  })

  it.each([
    ['registry:5000/team/api:1.2@sha256:abc', 'api'],
    ['postgres', 'postgres'],
    ['ghcr.io/x/redis-exporter:v1', 'redis-exporter'],
    ['', null],
    [null, null],
  ])('%s is an image called %s', (image, name) => {
    expect(imageName(image)).toBe(name)
  })

  it.each([
    ['postgres:16', 'database'],
    ['bitnami/postgresql:16', 'database'],
    ['redis:7-alpine', 'cache'],
    ['postgres-primary:1', 'database'],
    ['postgres-exporter:1', 'service'],
    ['kafka-cruise-control:2', 'service'],
    ['prometheus-adapter:1', 'observability'],
    ['my-postgres:1', 'service'],
    ['postgresomething:1', 'service'],
  ])('a workload of image %s is a %s', (image, kind) => {
    expect(component('x', [workload('x', { containers: [container('x', { image })] })])!.kind).toBe(kind)
  })
})

describe('what joins into one component', () => {
  it('a workload, its Service, its package and its alerts, each with the reason', () => {
    const facts = [
      workload('cart', { podLabels: { 'app.kubernetes.io/name': 'basket', app: 'cart' } }),
      service('cart-svc', { selector: { app: 'cart' } }),
      codePackage('cart'),
      alert('CartDown', [selector('up', { job: 'cart-svc' })]),
    ]
    const cart = component('cart', facts)!
    expect(ids(facts)).toEqual(['cart'])
    expect(cart.aliases).toEqual(['basket', 'cart-svc', '@shop/cart'])
    expect(cart.joins).toEqual([
      'label app.kubernetes.io/name=basket on Deployment cart',
      'Service cart-svc selects its pods (k8s/default/service-cart-svc.yaml:1:1)',
      'package @shop/cart: its name is that of Deployment cart',
      'package.json names it @shop/cart',
    ])
    expect(cart.alerts).toMatchObject([
      { symptom: 'availability', certainty: 'named', reason: 'job="cart-svc" names it' },
    ])
  })

  it.each([
    ['the name continues', 'cart-worker'],
    ['the name is a part', 'car'],
    ['the name is contained', 'shopping-cart'],
  ])('not a package where %s', (_, name) => {
    expect(ids([workload('cart'), codePackage(name)])).toEqual(['cart', name].sort())
  })

  it('a package by the image its workload runs', () => {
    const facts = [
      workload('basket', { containers: [container('web', { image: 'shop/cart:1' })] }),
      codePackage('cart'),
    ]
    expect(component('basket', facts)!.joins).toContain(
      'package @shop/cart: its name is that of the image cart',
    )
  })

  it('a label that stands on every workload names none of them', () => {
    const shared = { podLabels: { app: 'shop' } }
    const facts = [
      workload('cart', shared),
      workload('orders', shared),
      run('r', { target: 'shop' }),
      codePackage('shop'),
    ]
    expect(modelOf(facts).system.named('shop')?.workloads).toEqual([])
    expect(ids(facts)).toEqual(['cart', 'orders', 'shop'])
    const declared = configured({ components: [{ id: 'orders', aliases: ['shop'] }] })
    expect(modelOf(facts.slice(0, 3), declared).system.named('shop')?.id).toBe('orders')
  })

  it('a patch is not a workload', () => {
    expect(ids([workload('cart', { fragment: true })])).toEqual([])
  })

  it('a Service of another namespace selects nobody here', () => {
    const facts = [workload('cart', { namespace: 'shop' }), service('cart', { namespace: 'test' })]
    expect(component('cart', facts)!.services).toEqual([])
  })

  it('what resilience.yaml declares wins over what was seen', () => {
    const declared = { components: [{ id: 'cart', kind: 'cache', tier: 1, aliases: ['basket'] }] }
    expect(component('cart', [workload('cart')], declared)).toMatchObject({
      kind: 'cache',
      tier: '1',
      aliases: ['basket'],
    })
    expect(ids([], declared)).toEqual(['cart'])
  })

  it('libraries belong to the services that depend on them, by name alone', () => {
    const library = codePackage('http', { role: 'library', name: 'constructor', folder: 'libs/http' })
    const call = client('cart', 'pricing', { package: 'libs/http' })
    const [uses, ignores] = [
      codePackage('cart', { dependencies: { constructor: '1.0.0' } }),
      codePackage('orders', { dependencies: { other: '1.0.0' } }),
    ]
    const { system } = modelOf([library, call, uses, ignores])
    expect(system.dependencies.map(({ from }) => from)).toEqual(['cart'])
  })

  it('also to those that use them through other libraries, which may use each other', () => {
    const library = (name: string, ...uses: string[]): CodePackage =>
      codePackage(name, {
        role: 'library',
        name,
        folder: `libs/${name}`,
        dependencies: Object.fromEntries(uses.map((used) => [used, '1.0.0'])),
      })
    const cart = codePackage('cart', { dependencies: { mail: '1.0.0' } })
    const call = client('cart', 'smtp.example', { package: 'libs/http' })
    const { system } = modelOf([
      library('http', 'mail'),
      library('mail', 'http'),
      call,
      cart,
      codePackage('web'),
    ])
    expect(system.dependencies.map(({ from }) => from)).toEqual(['cart'])
  })

  it('code that no package owns belongs to those whose packages load it, and what is depended on to its users', () => {
    const root = codePackage('all', { role: 'library', folder: '' })
    const call = client('cart', 'pricing', { package: '', source: at('libs/http.ts') })
    const shared = (package_: string, ...users: string[]): Fact => ({
      fact: 'shared-module',
      source: at(call.source.path),
      package: package_,
      users,
    })
    const packages = [root, codePackage('cart'), codePackage('web'), codePackage('mail')]
    const users = shared('', 'services/cart', 'services/web')
    const callers = (...facts: Fact[]): string[] =>
      modelOf([...packages, ...facts]).system.dependencies.map(({ from }) => from)
    expect(callers(call)).toEqual([])
    expect(callers(call, users)).toEqual(['cart', 'web'])
    expect(callers(call, users, unreached(call))).toEqual([])
    const owned = { ...call, package: 'services/mail' }
    expect(callers(owned, shared('services/mail', 'services/cart'))).toEqual(['mail'])
  })

  it('a user interface and an example are no services, whatever listens in them', () => {
    const packages = (['browser', 'example', 'tool'] as const).map((role) => codePackage(role, { role }))
    const listening = packages.map(({ folder }) => server(folder.replace('services/', '')))
    expect(ids([...packages, ...listening])).toEqual([])
  })
})

/** A workload in a file, and its Service beside it. */
function written(
  path: string,
  name: string,
  image = `${path.split('/')[0]}/${name}:1`,
  namespace = 'default',
): Fact[] {
  const place = { namespace, source: at(path) }
  return [
    workload(name, { ...place, containers: [container(name, { image })] }),
    service(name, { namespace, source: at(path, 40) }),
  ]
}

describe('workloads of one name', () => {
  it('in one namespace are one component, wherever they are written', () => {
    const facts = [
      ...written('billing/k8s/api.yaml', 'api', 'a/api:1', 'shop'),
      ...written('shop/k8s/api.yaml', 'api', 'b/api:1', 'shop'),
    ]
    expect(ids(facts)).toEqual(['api'])
    expect(component('api', facts)!.joins).toContain(
      'shop/k8s/api.yaml:1:1 writes it too: both are in the namespace shop',
    )
  })

  it('in two namespaces are two components, which the namespace tells apart', () => {
    const facts = [
      ...written('k8s/api.yaml', 'api', 'x/api:1', 'staging'),
      ...written('k8s/api.yaml', 'api', 'x/api:1', 'production'),
      codePackage('api'),
    ]
    expect(ids(facts)).toEqual(['production/api', 'staging/api'])
    const { system } = modelOf(facts)
    expect(system.components.map(({ packages }) => packages.length)).toEqual([1, 1])
    expect(system.components.map(({ services }) => services.map(({ namespace }) => namespace))).toEqual([
      ['production'],
      ['staging'],
    ])
    expect(system.named('api')).toBeUndefined()
    expect(system.named('staging/api')?.id).toBe('staging/api')
  })

  it('in unrelated folders are two components, each with its own Service, code and callees', () => {
    const system = (team: string): Fact[] => [
      ...written(`${team}/k8s/api.yaml`, 'api'),
      ...written(`${team}/k8s/db.yaml`, 'db', 'postgres:16'),
      budget('api', { source: at(`${team}/k8s/pdb.yaml`) }),
      autoscaler('api', { source: at(`${team}/k8s/hpa.yaml`) }),
      codePackage('api', { folder: `${team}/services/api` }),
      client('api', 'db', { package: `${team}/services/api`, protocol: 'sql' }),
    ]
    const facts = [...system('billing'), ...system('shop')]
    expect(ids(facts)).toEqual(['billing/api', 'billing/db', 'shop/api', 'shop/db'])
    const built = modelOf(facts).system
    expect(built.dependencies.map(({ id }) => id)).toEqual([
      'billing/api -> billing/db (sql)',
      'shop/api -> shop/db (sql)',
    ])
    for (const each of built.components.filter(({ name }) => name.endsWith('/api')))
      expect(
        [each.services, each.budgets, each.autoscalers, each.packages].map((list) => list.length),
      ).toEqual([1, 1, 1, 1])
  })

  it('only those that need it are told apart: the others keep their names', () => {
    const facts = [
      ...written('a/api.yaml', 'api'),
      ...written('b/api.yaml', 'api'),
      ...written('b/web.yaml', 'web'),
    ]
    expect(ids(facts)).toEqual(['a/api', 'b/api', 'web'])
  })

  it('in folders that hold the same programs are one system, written several times', () => {
    const release = (folder: string, registry: string): Fact[] =>
      ['api', 'web', 'worker'].flatMap((name) =>
        written(`${folder}/${name}.yaml`, name, `${registry}${name}`),
      )
    const facts = [
      ...release('k8s', ''),
      ...release('release', 'registry.example:5000/shop/'),
      ...written('release/redis.yaml', 'redis', 'redis:7'),
    ]
    expect(ids(facts)).toEqual(['api', 'redis', 'web', 'worker'])
    expect(component('api', facts)!.joins).toContain(
      'release/api.yaml:1:1 writes it too: k8s and release hold the same workloads',
    )
  })

  it('and of one image are not the same for a store that every system has', () => {
    const facts = ['a', 'b'].flatMap((team) => [
      ...written(`${team}/redis.yaml`, 'redis', 'redis:7'),
      ...written(`${team}/db.yaml`, 'db', 'postgres:16'),
      ...written(`${team}/${team}-api.yaml`, `${team}-api`),
    ])
    expect(ids(facts)).toEqual(['a-api', 'a/db', 'a/redis', 'b-api', 'b/db', 'b/redis'])
  })

  const overlays = [
    ...written('k8s/base/api.yaml', 'api'),
    ...written('k8s/dev/redis.yaml', 'redis', 'redis:7'),
    ...written('k8s/prod/redis.yaml', 'redis', 'redis:7'),
    kustomization('k8s/base', ['k8s/base/api.yaml']),
    kustomization('k8s/dev', ['k8s/base', 'k8s/dev/redis.yaml'], { namespace: 'dev' }),
    kustomization('k8s/prod', ['k8s/base', 'k8s/prod/redis.yaml'], {
      namespace: 'prod',
      namePrefix: 'prod-',
    }),
  ]

  it('that overlays of one base add are one component, known by the names they are deployed under', () => {
    expect(ids(overlays)).toEqual(['api', 'redis'])
    expect(component('api', overlays)!.aliases).toEqual(['prod-api'])
    expect(modelOf(overlays).system.named('prod-redis')?.id).toBe('redis')
  })

  it('in two kustomizations of two namespaces are two, though one kustomization renders both', () => {
    const facts = [
      ...written('a/api.yaml', 'api'),
      ...written('b/api.yaml', 'api'),
      kustomization('a', ['a/api.yaml'], { namespace: 'team-a' }),
      kustomization('b', ['b/api.yaml'], { namespace: 'team-b' }),
      kustomization('all', ['a', 'b']),
    ]
    expect(ids(facts)).toEqual(['team-a/api', 'team-b/api'])
  })

  it.each([
    [
      'the namespace of one is the folder of the other',
      [...written('infra/api.yaml', 'api', 'x/api:1', 'shop'), ...written('shop/api.yaml', 'api', 'y/api:1')],
      ['infra/api', 'shop/api.yaml/api'],
    ],
    [
      'kustomizations put different names into one namespace',
      ['a', 'b'].flatMap((team) => [
        ...written(`${team}/api.yaml`, 'api'),
        kustomization(team, [`${team}/api.yaml`], { namespace: 'prod', namePrefix: `${team}-` }),
      ]),
      ['a/api', 'b/api'],
    ],
    [
      'files of the root folder go to several namespaces each',
      ['a', 'b'].flatMap((file) => [
        ...written(`${file}.yaml`, 'api', `${file}/api:1`),
        kustomization(`${file}-dev`, [`${file}.yaml`], { namespace: `${file}-dev` }),
        kustomization(`${file}-prod`, [`${file}.yaml`], { namespace: `${file}-prod` }),
      ]),
      ['a.yaml/api', 'b.yaml/api'],
    ],
    [
      'another is called like a folder and a name',
      [...written('a/api.yaml', 'api'), ...written('b/api.yaml', 'api'), ...written('c/api.yaml', 'a/api')],
      ['a/api.yaml/api', 'b/api', 'c/api.yaml/a/api'],
    ],
  ])('have an id each where %s', (_, facts, expected) => {
    expect(ids(facts)).toEqual(expected)
  })

  it('are one with the component whose name they are declared to be', () => {
    const facts = [
      ...written('a/web.yaml', 'web'),
      ...written('b/web.yaml', 'web'),
      ...written('c/api.yaml', 'api'),
    ]
    expect(ids(facts, { components: [{ id: 'api', aliases: ['a/web', 'b/web'] }] })).toEqual(['api'])
  })

  it.each([
    ['under the name that they share', [{ id: 'api' }], ['api']],
    ['by their ids', [{ id: 'api', aliases: ['a/api', 'b/api'] }], ['api', 'c/api']],
    ['under another name', [{ id: 'front', aliases: ['a/api', 'c/api'] }], ['b/api', 'front']],
    ['one under the id of another', [{ id: 'a/api', aliases: ['b/api'] }], ['a/api', 'c/api']],
  ])('are one component when resilience.yaml declares it %s', (_, components, expected) => {
    const facts = ['a', 'b', 'c'].flatMap((team) => written(`${team}/api.yaml`, 'api'))
    expect(ids(facts)).toEqual(['a/api', 'b/api', 'c/api'])
    expect(ids(facts, { components })).toEqual(expected)
  })
})

describe('where users come in', () => {
  const entries = (...facts: Fact[]): string[] =>
    modelOf(facts)
      .system.entries()
      .map(({ id }) => id)
  const calling = [codePackage('web'), codePackage('cart'), client('web', 'cart')]

  it('an Ingress or a load balancer says so', () => {
    expect(entries(workload('web'), service('web'), ingress('web'), workload('cart'))).toEqual(['web'])
    expect(entries(workload('cart'), service('cart', { type: 'LoadBalancer' }))).toEqual(['cart'])
    expect(entries(workload('web'), service('web'), ingress('we'))).toEqual([])
  })

  it('else the services that nothing calls', () => {
    expect(entries(...calling)).toEqual(['web'])
  })
})

describe('the same facts in any order', () => {
  const facts: Fact[] = [
    codePackage('web'),
    codePackage('cart'),
    codePackage('pricing'),
    workload('web'),
    workload('cart', { replicas: 1 }),
    workload('db', { replicas: 1, containers: [container('db', { image: 'postgres:16' })] }),
    service('web'),
    service('cart'),
    service('db'),
    ingress('web'),
    client('web', 'cart', { guards: { 'http-timeout': guard('absent'), 'http-retry': guard('present', 3) } }),
    client('cart', 'pricing', { guards: { 'http-timeout': guard('absent') } }),
    client('cart', 'db', { protocol: 'sql', guards: { 'pool-acquire-timeout': guard('absent') } }),
    client('pricing', 'api.bank.example', { guards: { 'http-timeout': guard('inert') } }),
    client('pricing', null),
    route('web', '/healthz', true),
    practice('web', 'liveness-independent', 'absent'),
    alert('CartDown', [selector('up', { job: 'cart' })]),
    alert('Errors', [selector('http_requests_total')]),
    experiment('kill-cart', { target: 'cart', fault: 'pod-kill' }),
    run('r1', { target: 'cart', fault: 'pod-kill', experiment: 'kill-cart' }),
    run('r2', { target: 'db', fault: 'pod-kill', startedAt: '2026-10-01T00:00:00.000Z' }),
  ]

  it('give the same model', () => {
    const plain = (list: Fact[]): unknown => {
      const { system, chains, singlePoints, programme } = modelOf(list)
      return {
        components: system.components,
        dependencies: system.dependencies,
        unresolved: system.unresolved,
        chains,
        singlePoints,
        programme,
      }
    }
    const expected = plain(facts)
    expect(modelOf(facts).chains.length).toBeGreaterThan(3)
    fc.assert(
      fc.property(fc.shuffledSubarray(facts, { minLength: facts.length }), (shuffled) => {
        expect(plain(shuffled)).toEqual(expected)
      }),
      { numRuns: 30 },
    )
  })
})
