import { describe, expect, it } from 'vitest'
import type { Client, Guard, Route } from '../../src/facts/code.js'
import type { Fact } from '../../src/facts/fact.js'
import type { Probe } from '../../src/facts/probe.js'
import type { Component } from '../../src/system/component.js'
import { handlersOf, livenessOfClient, probesOf } from '../../src/system/probes.js'
import { at, client, codePackage, modelOf, route } from './facts.js'
import { container, workload } from './manifests.js'

const probe = (path: string): Probe => ({
  action: 'httpGet',
  path,
  port: 8080,
  initialDelaySeconds: 0,
  periodSeconds: 10,
  timeoutSeconds: 1,
  failureThreshold: 3,
  unresolvedPort: null,
  host: null,
  source: at('k8s/web.yaml', 20),
})

const store = client('web', null, {
  library: 'pg',
  protocol: 'sql',
  target: { host: null, variable: null, name: 'orders', text: null },
})
const cache = client('web', null, {
  library: 'ioredis',
  protocol: 'cache',
  symbol: 'cache',
  source: at('services/web/src/cache.ts', 2),
  target: { host: null, variable: null, name: 'sessions', text: null },
})

function web(...routes: Route[]): Fact[] {
  const pod = container('web', { liveness: probe('/health/?full=1'), readiness: probe('/ready') })
  return [codePackage('web'), workload('web', { containers: [pod] }), store, cache, ...routes]
}

const componentOf = (facts: Fact[]): Component => modelOf(facts).system.component('web')!

describe('a probe and the route that answers it', () => {
  it('are joined by the path, whatever its query and closing slash', () => {
    const [health, ready, other] = [
      route('web', '/health', false),
      route('web', '/ready', false),
      route('web', '/orders', false),
    ]
    const component = componentOf(web(health, ready, other))
    expect(probesOf(health, component)).toEqual(['liveness'])
    expect(probesOf(ready, component)).toEqual(['readiness'])
    expect(probesOf(other, component)).toEqual([])
    expect(probesOf(health, undefined)).toEqual([])
  })

  it('are not joined for HEAD, which no kubelet sends', () => {
    const [get, head] = [route('web', '/health', false), { ...route('web', '/health', true), method: 'HEAD' }]
    const component = componentOf(web(get, head))
    expect(probesOf(head, component)).toEqual([])
    expect(handlersOf(get, component)).toEqual([get])
    expect(component.guards['liveness-independent']).toMatchObject({ state: 'present' })
  })
})

describe('a worker that starts another file of an image', () => {
  const asking = (name: string, path: string, image: string) => [
    workload(name, { containers: [{ ...container(name, { liveness: probe(path) }), image }] }),
  ]
  const IMAGE = 'registry.example.com/shop/web:1.2'

  it.each([
    ['is asked by its own probe', IMAGE, ['liveness']],
    ['is not, where it runs another image', 'registry.example.com/shop/mail:1.2', []],
  ])('%s', (_, image, probes) => {
    const live = route('web', '/live', true, [store])
    const facts = [
      codePackage('web'),
      ...asking('web', '/health', IMAGE),
      ...asking('worker', '/live', image),
      store,
      live,
    ]
    const { system } = modelOf(facts)
    const worker = system.component('worker')!
    expect(worker.routes.length > 0 ? probesOf(live, worker) : []).toEqual(probes)
    expect(probesOf(live, system.component('web'))).toEqual([])
  })

  it('does not get the routes of what runs in an image of anybody', () => {
    const live = route('web', '/live', true, [store])
    const facts = [
      codePackage('web'),
      ...asking('web', '/health', 'node:22'),
      ...asking('worker', '/live', 'node:22'),
      live,
    ]
    expect(modelOf(facts).system.component('worker')!.routes).toEqual([])
  })
})

describe('liveness', () => {
  const states = (...routes: Route[]): (Guard['state'] | undefined)[] => {
    const component = componentOf(web(...routes))
    return [component.guards, livenessOfClient(store, component), livenessOfClient(cache, component)].map(
      (guards) => guards['liveness-independent']?.state,
    )
  }

  it.each<[string, boolean | null, Client[], (Guard['state'] | undefined)[]]>([
    ['asks nobody', false, [], ['present', 'present', 'present']],
    ['asks the database', true, [store], ['absent', 'absent', undefined]],
    ['asks both', true, [store, cache], ['absent', 'absent', 'absent']],
    ['asks nobody knows whom', true, [], ['absent', undefined, undefined]],
    ['could not be followed', null, [], ['unknown', undefined, undefined]],
  ])('that %s', (_, calls, clients, expected) => {
    expect(states(route('web', '/health', calls, clients))).toEqual(expected)
  })

  it('with two handlers for its path is not known', () => {
    const two = [route('web', '/health', true, [store]), route('web', '/health', false)]
    expect(states(...two)).toEqual(['unknown', 'unknown', 'unknown'])
  })

  it('is not answered by a router that is mounted nobody knows where, unless nothing else answers', () => {
    const push = { ...route('web', '/health', true, [store]), isWholePath: false }
    const health = route('web', '/health', false)
    expect(states(push, health)).toEqual(['present', 'present', 'present'])
    expect(probesOf(push, componentOf(web(push, health)))).toEqual([])
    expect(handlersOf(health, componentOf(web(push, health)))).toEqual([health])
    expect(states(push)).toEqual(['unknown', 'unknown', undefined])
    expect(states({ ...push, path: '/push/health' })).toEqual([undefined, undefined, undefined])
  })

  const chains = (...routes: Route[]): string[] =>
    modelOf(web(...routes))
      .chains.filter(({ pattern }) => pattern === 'liveness-cascade')
      .map(({ id }) => id)

  it('makes a chain of each dependency that its handler calls, and of no other', () => {
    expect(chains(route('web', '/health', true, [store]))).toEqual(['liveness-cascade:orders>web'])
    expect(chains(route('web', '/health', true, [cache, store]))).toEqual([
      'liveness-cascade:orders>web',
      'liveness-cascade:sessions>web',
    ])
    expect(chains(route('web', '/health', true))).toEqual([])
    expect(chains(route('web', '/ready', true, [store]))).toEqual([])
  })

  it('shows its route and its client as evidence', () => {
    const [chain] = modelOf(web(route('web', '/health', true, [store]))).chains.filter(
      ({ pattern }) => pattern === 'liveness-cascade',
    )
    expect(chain!.links[0]!.evidence.map(({ path }) => path)).toEqual([
      'services/web/src/routes.ts',
      'services/web/src/unknown.ts',
    ])
  })
})
