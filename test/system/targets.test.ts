import { describe, expect, it } from 'vitest'
import type { Target } from '../../src/facts/code.js'
import type { Fact } from '../../src/facts/fact.js'
import { hostOf } from '../../src/system/targets.js'
import { client, codePackage, configured, modelOf } from './facts.js'
import { configMap, container, kustomization, service, workload } from './manifests.js'

describe('the host of an address', () => {
  it.each([
    ['http://cart.shop.svc.cluster.local:8080/v1', 'cart.shop.svc.cluster.local'],
    ['cart:7070', 'cart'],
    ['postgres://user:secret@db:5432/orders?ssl=1', 'db'],
    ['redis://:secret@cache:6379', 'cache'],
    ['https://api.stripe.com', 'api.stripe.com'],
    [' amqp://queue ', 'queue'],
    ['http://[::1]:80/', '[::1]'],
  ])('%s is at %s', (address, host) => {
    expect(hostOf(address)).toBe(host)
  })

  it.each([
    '',
    'cart',
    'true',
    '/var/run/app.sock',
    'a sentence with a:1 in it',
    'http://$(HOST):80',
    'http://',
    'x@y',
  ])('%j is none', (address) => {
    expect(hostOf(address)).toBeNull()
  })

  it('a hostile text of a million characters ends', () => {
    expect(hostOf('a'.repeat(1_000_000))).toBeNull()
    expect(hostOf(`http://${'@'.repeat(10_000)}`)).toBeNull()
  })
})

const caller = [codePackage('web'), workload('web')]

/** Whom the one client of `web` calls, as ids of dependencies. */
function called(target: Partial<Target>, facts: Fact[], declared: object = {}): string[] {
  const { system } = modelOf(
    [
      ...caller,
      client('web', null, { target: { host: null, variable: null, name: null, text: null, ...target } }),
      ...facts,
    ],
    configured(declared),
  )
  return system.dependencies.map((dependency) => dependency.to)
}

/** The same with the variable TARGET of the workload `web`. */
function calledBy(
  env: { value?: string; from?: string },
  facts: Fact[],
): { to: string[]; unresolved: string[] } {
  const source = { path: 'k8s/web.yaml', line: 30, column: 5, endLine: 30 }
  const variable = { name: 'TARGET', value: env.value ?? null, from: env.from ?? null, source }
  const { system } = modelOf([
    codePackage('web'),
    workload('web', { containers: [container('web', { env: [variable] })] }),
    client('web', null, { target: { host: null, variable: 'TARGET', name: null, text: null } }),
    ...facts,
  ])
  return {
    to: system.dependencies.map((dependency) => dependency.to),
    unresolved: system.unresolved.map(({ reason }) => reason),
  }
}

const cart = [workload('cart-v2', { podLabels: { app: 'cart' } }), service('cart')]
const named = (name: string, namespace: string): Fact[] => [
  workload(name, { namespace, source: { path: `k8s/${namespace}.yaml`, line: 1, column: 1, endLine: 9 } }),
  service(name, { namespace }),
]

describe('a host in code', () => {
  it.each(['cart', 'cart.shop.svc', 'cart.default.svc.cluster.local', 'cart.default'])(
    '%s is the workload behind the Service',
    (host) => {
      expect(called({ host }, cart)).toEqual(['cart-v2'])
    },
  )

  it.each(['cart.io', 'cart.example.com', 'cart.shop.example', 'my-cart', 'car', 'cart-v2.com'])(
    '%s is not the Service cart: parts of names prove nothing',
    (host) => {
      expect(called({ host }, cart)).toEqual([host])
    },
  )

  it('a namespace that some manifest names is one', () => {
    expect(called({ host: 'cart.shop' }, named('cart', 'shop'))).toEqual(['cart'])
    expect(called({ host: 'cart.shop' }, [...cart, workload('other', { namespace: 'shop' })])).toEqual([
      'cart-v2',
    ])
  })

  it('another namespace’s Service is another Service', () => {
    const facts = [...named('cart', 'shop'), workload('other', { namespace: 'test' })]
    expect(called({ host: 'cart.test.svc' }, facts)).not.toContain('cart')
  })

  it('a short name is looked up in the caller’s own namespace', () => {
    const inB = [
      workload('cart-b', { namespace: 'b', podLabels: { app: 'cart' } }),
      service('cart', { namespace: 'b' }),
    ]
    const inA = [
      workload('cart-a', { namespace: 'a', podLabels: { app: 'cart' } }),
      service('cart', { namespace: 'a' }),
    ]
    const fromB = [codePackage('web'), workload('web', { namespace: 'b' }), client('web', 'cart')]
    expect(modelOf([...fromB, ...inA, ...inB]).system.dependencies.map(({ to }) => to)).toEqual(['cart-b'])
    expect(modelOf([...fromB, ...inA]).system.dependencies.map(({ to }) => to)).toEqual(['cart'])
  })

  it('a namespace in the name decides, also one that only a kustomization sets', () => {
    const team = (name: string): Fact[] => [
      workload('api', { source: { path: `${name}/api.yaml`, line: 1, column: 1, endLine: 9 } }),
      service('api', { source: { path: `${name}/api.yaml`, line: 11, column: 1, endLine: 19 } }),
      kustomization(name, [`${name}/api.yaml`], { namespace: `team-${name}` }),
    ]
    const facts = [...team('a'), ...team('b')]
    expect(called({ host: 'api.team-a.svc' }, facts)).toEqual(['team-a/api'])
    expect(called({ host: 'api.team-b' }, facts)).toEqual(['team-b/api'])
    const fromElsewhere = [codePackage('cart'), workload('cart', { namespace: 'shop' })]
    const { system } = modelOf([...facts, ...fromElsewhere, client('cart', 'api.team-b.svc.cluster.local')])
    expect(system.dependencies.map(({ to }) => to)).toEqual(['team-b/api'])
  })

  it('a name that several Services have, none nearer than the other, stays unknown', () => {
    const facts = [...named('cart', 'a'), ...named('cart', 'b')]
    const { system } = modelOf([codePackage('web'), ...facts, client('web', 'cart')])
    expect(system.dependencies).toEqual([])
    expect(system.unresolved.map(({ reason }) => reason)).toEqual([
      'the code names the host cart, a name of several Services: k8s/a/service-cart.yaml:1:1, k8s/b/service-cart.yaml:1:1',
    ])
  })

  it.each(['localhost', '127.0.0.1', '[::1]', '0.0.0.0'])(
    '%s is the default of a development machine',
    (host) => {
      const { system } = modelOf([...caller, client('web', host)])
      expect(system.dependencies).toEqual([])
      expect(system.unresolved.map(({ reason }) => reason)).toEqual([
        `the code names the host ${host}: the default of a development machine`,
      ])
    },
  )

  it('a declared alias wins over everything that was seen', () => {
    const declared = { components: [{ id: 'basket', kind: 'service', aliases: ['cart'] }] }
    expect(called({ host: 'cart' }, cart, declared)).toEqual(['basket'])
  })

  it('a declared alias counts although a label says the same', () => {
    const declared = { components: [{ id: 'cart-v2', aliases: ['cart'] }] }
    expect(called({ host: 'cart' }, [cart[0]!], declared)).toEqual(['cart-v2'])
  })
})

describe('an environment variable', () => {
  it('is followed through the manifest and the ConfigMap to the Service', () => {
    expect(calledBy({ value: 'http://cart:80' }, cart).to).toEqual(['cart-v2'])
    const config = configMap('addresses', { CART: 'http://cart' })
    expect(calledBy({ from: 'ConfigMap/addresses/CART' }, [...cart, config]).to).toEqual(['cart-v2'])
  })

  it('from a Secret is one component per Secret key', () => {
    expect(calledBy({ from: 'Secret/db/url' }, []).to).toEqual(['Secret/db/url'])
  })

  it('that no manifest sets is one component of the caller', () => {
    expect(called({ variable: 'NOWHERE' }, [])).toEqual(['web/NOWHERE'])
  })

  it('without an address says so', () => {
    expect(calledBy({ value: 'yes please' }, cart)).toEqual({
      to: [],
      unresolved: ['TARGET (k8s/web.yaml:30:5) holds no address'],
    })
  })

  // `constructor` is a key of every object, and its value no text.
  it('that asks for a key which the ConfigMap lacks stays unknown', () => {
    const { to, unresolved } = calledBy({ from: 'ConfigMap/addresses/constructor' }, [
      configMap('addresses', {}),
    ])
    expect(to).toEqual([])
    expect(unresolved[0]).toContain('has no value in the manifests')
  })

  it('taken whole from a Secret with a hostile key stays a Secret’s', () => {
    const secret = { ...configMap('keys', {}), kind: 'Secret' as const, keys: ['constructor'] }
    const { system } = modelOf([
      codePackage('web'),
      workload('web', { containers: [container('web', { envFrom: [{ kind: 'Secret', name: 'keys' }] })] }),
      client('web', null, { target: { host: null, variable: 'constructor', name: null, text: null } }),
      secret,
    ])
    expect(system.dependencies.map(({ to }) => to)).toEqual(['Secret/keys/constructor'])
  })
})

describe('dependencies', () => {
  it('a call of itself is neither a dependency nor an unknown', () => {
    const { system } = modelOf([...caller, service('web'), client('web', 'web')])
    expect(system.dependencies).toEqual([])
    expect(system.unresolved).toEqual([])
  })

  it('of code that was not read show in its environment', () => {
    const source = { path: 'k8s/web.yaml', line: 30, column: 5, endLine: 30 }
    const env = [{ name: 'CART', value: 'http://cart:80', from: null, source }]
    const { system } = modelOf([workload('web', { containers: [container('web', { env })] }), ...cart])
    expect(system.dependencies).toMatchObject([
      { from: 'web', to: 'cart-v2', protocol: 'unknown', guards: {} },
    ])
    expect(system.dependencies[0]!.reason).toContain('no code of the call was read')
  })

  it('of code that was not read show in the ConfigMap that it takes whole, or a key of', () => {
    const config = configMap('addresses', { CART: 'http://cart:80', MODE: 'fast', constructor: 'http://x:1' })
    const source = { path: 'k8s/web.yaml', line: 30, column: 5, endLine: 30 }
    const whole = container('web', { envFrom: [{ kind: 'ConfigMap', name: 'addresses' }] })
    const key = container('web', {
      env: [{ name: 'BASKET', value: null, from: 'ConfigMap/addresses/CART', source }],
    })
    for (const [given, place] of [
      [whole, 'k8s/default/configmap-addresses.yaml'],
      [key, 'k8s/web.yaml'],
    ] as const) {
      const { system } = modelOf([workload('web', { containers: [given] }), config, ...cart])
      expect(system.dependencies.map(({ id }) => id)).toEqual(['web -> cart-v2 (unknown)'])
      expect(system.dependencies[0]!.sources.map(({ path }) => path)).toEqual([place])
    }
  })

  it('do not show in a ConfigMap that several workloads take whole', () => {
    const config = configMap('addresses', { CART: 'http://cart:80' })
    const all = { envFrom: [{ kind: 'ConfigMap' as const, name: 'addresses' }] }
    const takers = ['web', 'orders'].map((name) => workload(name, { containers: [container(name, all)] }))
    const call = client('web', null, { target: { host: null, variable: 'CART', name: null, text: null } })
    expect(modelOf([...takers, config, ...cart]).system.dependencies).toEqual([])
    const { system } = modelOf([...takers, config, ...cart, codePackage('web'), call])
    expect(system.dependencies.map(({ id }) => id)).toEqual(['web -> cart-v2 (http)'])
  })

  it('are as weak as their weakest client', () => {
    const [good, bad] = [client('web', 'cart'), client('web', 'cart', { symbol: 'b', guards: {} })]
    bad.guards = { 'http-timeout': { ...good.guards['http-timeout']!, state: 'absent', value: null } }
    const { system } = modelOf([...caller, ...cart, good, bad])
    expect(system.dependencies).toHaveLength(1)
    expect(system.dependencies[0]!.guards['http-timeout']!.state).toBe('absent')
  })

  it('criticality is what is declared, by id or alias, and otherwise unknown', () => {
    const facts = [...caller, ...cart, client('web', 'cart')]
    const soft = (from: string, to: string): string[] =>
      modelOf(
        facts,
        configured({ dependencies: [{ from, to, criticality: 'soft' }] }),
      ).system.dependencies.map(({ criticality }) => criticality)
    expect(modelOf(facts).system.dependencies.map(({ criticality }) => criticality)).toEqual(['unknown'])
    expect(soft('web', 'cart-v2')).toEqual(['soft'])
    expect(soft('@shop/web', 'cart')).toEqual(['soft'])
    expect(soft('web', 'car')).toEqual(['unknown'])
  })
})
