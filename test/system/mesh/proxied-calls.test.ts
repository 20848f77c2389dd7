import { describe, expect, it } from 'vitest'
import type { Client } from '../../../src/facts/code.js'
import type { Fact } from '../../../src/facts/fact.js'
import type { ManifestObject } from '../../../src/facts/kubernetes.js'
import type { Namespace, TrafficPolicies, TrafficRoutes, TrafficRule } from '../../../src/facts/mesh.js'
import { attemptsOf, ownAttemptsOf } from '../../../src/system/amplification.js'
import type { Dependency } from '../../../src/system/component.js'
import { ejectable, ejectionOf } from '../../../src/system/mesh/upstreams.js'
import { at, client, codePackage, guard, modelOf, server } from '../facts.js'
import { service, workload } from '../manifests.js'

const IN_SHOP = { namespace: 'shop' }

function object<Kind extends string>(kind: Kind, name: string): ManifestObject & { kind: Kind } {
  return {
    source: at(`k8s/${kind}.yaml`, 1),
    id: `shop/${kind}/${name}`,
    apiVersion: '',
    kind,
    name,
    namespace: 'shop',
    labels: {},
    at: {},
    ignores: {},
    fragment: false,
  }
}

function rule(over: Partial<TrafficRule>): TrafficRule {
  return {
    source: at('k8s/VirtualService.yaml', 7),
    at: {},
    label: 'rule 1',
    methods: null,
    isMarked: false,
    destinations: [],
    timeoutSeconds: null,
    perTrySeconds: null,
    retries: null,
    faults: [],
    ...over,
  }
}

function routes(...rules: Partial<TrafficRule>[]): TrafficRoutes {
  return {
    ...object('VirtualService', 'orders'),
    fact: 'traffic-routes',
    hosts: ['orders'],
    byCallers: true,
    byGateways: false,
    isPrivate: false,
    rules: rules.map(rule),
  }
}

function namespace(labels: Record<string, string>): Namespace {
  return { ...object('Namespace', 'shop'), fact: 'namespace', labels, annotations: {} }
}

const RETRIES = { source: at('k8s/VirtualService.yaml', 9), attempts: 2, on: ['5xx'] }
const PLAIN = { host: 'orders', variable: null, name: null, text: "'http://orders'" }
const MESHED = namespace({ 'istio-injection': 'enabled' })

function callOf(facts: Fact[], over: Partial<Client> = {}): Dependency {
  const absent = { 'http-timeout': guard('absent'), 'http-retry': guard('absent') }
  const { system } = modelOf([
    workload('cart', IN_SHOP),
    workload('orders', IN_SHOP),
    service('orders', IN_SHOP),
    codePackage('cart'),
    server('cart'),
    client('cart', 'orders', { target: PLAIN, guards: absent, ...over }),
    ...facts,
  ])
  expect(system.dependencies).toHaveLength(1)
  return system.dependencies[0]!
}

describe('what the proxy of a caller adds to its calls', () => {
  it('its timeout ends a call that has none of its own, however many tries it makes', () => {
    const { guards } = callOf([MESHED, routes({ perTrySeconds: 2, retries: RETRIES })])
    expect(guards['http-timeout']).toMatchObject({ state: 'present', value: 6, unit: 's' })
    expect(guards['http-retry']).toMatchObject({ state: 'present', value: 2, unit: 'retries' })
  })

  it("the caller's own guard stays", () => {
    const own = { 'http-timeout': guard('present', 1, 's') }
    const { guards } = callOf([MESHED, routes({ timeoutSeconds: 9 })], { guards: own })
    expect(guards['http-timeout']).toMatchObject({ value: 1 })
  })

  it('nobody knows which rule takes a call where only some of them end it', () => {
    const { guards } = callOf([MESHED, routes({ timeoutSeconds: 9 }, { label: 'rest' })])
    expect(guards['http-timeout']?.state).toBe('unknown')
    expect(guards['http-timeout']?.reason).toContain('not those of rest')
  })

  it.each([
    ['without a label that puts a proxy there', [namespace({})], 'no label of Deployment cart'],
    [
      'in an ambient mesh',
      [namespace({ 'istio.io/dataplane-mode': 'ambient' })],
      'only a waypoint applies rules for HTTP',
    ],
    [
      'with two rules for one host',
      [MESHED, { ...routes({ timeoutSeconds: 4 }), id: 'shop/VirtualService/other', name: 'other' }],
      'several rules are for it',
    ],
    ['with a rule that some callers do not see', [MESHED], 'is not for callers of every namespace'],
  ])('it is not certain %s', (title, facts, doubt) => {
    const isPrivate = title.includes('do not see')
    const { guards, proxied } = callOf([...facts, { ...routes({ timeoutSeconds: 5 }), isPrivate }])
    expect(guards['http-timeout']?.state).toBe('unknown')
    expect(guards['http-timeout']?.reason).toContain(doubt)
    expect(proxied.doubt).toContain(doubt)
  })

  it.each<[string, Fact[], Partial<Client>]>([
    ['in a namespace without proxies', [namespace({ 'istio-injection': 'disabled' })], {}],
    ['that it encrypts itself', [MESHED], { target: { ...PLAIN, text: "'https://orders'" } }],
    ['of another protocol', [MESHED], { protocol: 'sql' }],
  ])('it adds nothing to a call %s', (_, facts, over) => {
    const { guards } = callOf([...facts, routes({ timeoutSeconds: 5 })], over)
    expect(guards['http-timeout']?.state).toBe('absent')
  })

  it('an injected fault switches timeout and retries off', () => {
    const faults = [{ source: at('k8s/VirtualService.yaml', 8), effect: 'an abort', percent: 10 }]
    const { guards } = callOf([MESHED, routes({ timeoutSeconds: 5, retries: RETRIES, faults })])
    expect(guards['http-timeout']?.state).toBe('absent')
  })

  it('no label of a pod puts a sidecar into a namespace that switches them off', () => {
    const { guards } = callOf([
      namespace({ 'istio-injection': 'disabled' }),
      workload('cart', { ...IN_SHOP, podLabels: { app: 'cart', 'sidecar.istio.io/inject': 'true' } }),
      routes({ timeoutSeconds: 5 }),
    ])
    expect(guards['http-timeout']?.state).toBe('absent')
  })

  it('the label of the pod decides over that of its namespace', () => {
    const facts = [
      codePackage('cart'),
      server('cart'),
      client('cart', 'orders', { target: PLAIN, guards: { 'http-timeout': guard('absent') } }),
      workload('cart', { ...IN_SHOP, podLabels: { app: 'cart', 'sidecar.istio.io/inject': 'false' } }),
      workload('orders', IN_SHOP),
      service('orders', IN_SHOP),
    ]
    const { system } = modelOf([...facts, MESHED, routes({ timeoutSeconds: 5 })])
    expect(system.dependencies[0]!.guards['http-timeout']?.state).toBe('absent')
  })

  it('tries of code and proxy multiply where the callee is tried again', () => {
    const own = { guards: { 'http-retry': guard('present', 3, 'retries') } }
    const all = callOf([MESHED, routes({ perTrySeconds: 1, retries: RETRIES })], own)
    expect([ownAttemptsOf(all), attemptsOf(all)]).toEqual([4, 12])
    const connecting = { ...RETRIES, on: ['connect-failure'] }
    expect(attemptsOf(callOf([MESHED, routes({ retries: connecting })], own))).toBe(4)
    expect(attemptsOf(callOf([routes({ retries: RETRIES })], own))).toBeNull()
  })
})

describe('ejection', () => {
  const detection = (
    over: object,
  ): NonNullable<NonNullable<TrafficPolicies['policy']>['outlierDetection']> => ({
    source: at('k8s/DestinationRule.yaml'),
    at: {},
    consecutiveErrors: null,
    consecutiveGatewayErrors: null,
    consecutiveLocalFailures: null,
    baseEjectionSeconds: null,
    maxEjectionPercent: null,
    minHealthPercent: null,
    ...over,
  })

  it.each([
    [{}, 9, 0],
    [{}, 10, 1],
    [{ maxEjectionPercent: 33 }, 3, 0],
    [{ maxEjectionPercent: 34 }, 3, 1],
    [{ maxEjectionPercent: 67 }, 3, 2],
    [{ maxEjectionPercent: 100 }, 3, 3],
    [{ maxEjectionPercent: 100, consecutiveErrors: 0 }, 3, 0],
    [{ maxEjectionPercent: 100, consecutiveErrors: 0, consecutiveGatewayErrors: 5 }, 3, 3],
  ])('%j of %i instances lets %i go', (written, instances, away) => {
    expect(ejectable(ejectionOf(detection(written)), instances)).toBe(away)
  })
})
