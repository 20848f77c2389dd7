/** Dependencies call by call: protections that only some have, failures that go no further, endpoints that lead elsewhere. */
import { describe, expect, it } from 'vitest'
import type { CallPath, Client, Endpoint, FailureFate } from '../../src/facts/code.js'
import type { Fact } from '../../src/facts/fact.js'
import { goesOnWithout, partlyIn } from '../../src/system/sites.js'
import { at, call, client, codePackage, configured, guard, modelOf, practice } from './facts.js'
import { container, ingress, service, workload } from './manifests.js'

const BOUND = { 'http-timeout': guard('present', 1, 's') }

function pathOf(from: string, line: number, is: FailureFate['is'], asks: string | null = null): CallPath {
  const source = at(`services/${from}/src/calls.ts`, line)
  return {
    fact: 'call-path',
    source,
    package: `services/${from}`,
    failure: { is, places: [at(source.path, line + 1)], why: is },
    retry: null,
    asks,
  }
}

function calling(from: string, host: string, lines: number[], over: Partial<Client> = {}): Client {
  return client(from, host, {
    calls: lines.map((line) => call(at(`services/${from}/src/calls.ts`, line), BOUND)),
    ...over,
  })
}

function endpoint(of: string, path: string, over: Partial<Endpoint> = {}): Endpoint {
  return {
    fact: 'endpoint',
    source: at(`services/${of}/src/routes.ts`, 1),
    package: `services/${of}`,
    method: 'GET',
    path,
    calls: [],
    functions: [],
    awaited: [],
    ...over,
  }
}

const SHOP: Fact[] = ['web', 'cart', 'stock', 'pay'].flatMap((name) => [
  workload(name, { podLabels: { app: name } }),
  service(name, { selector: { app: name } }),
  codePackage(name),
])

function dependency(facts: Fact[], id: string) {
  return modelOf([...SHOP, ...facts], configured()).system.dependencies.find((one) => one.id === id)!
}

describe('calls of a dependency', () => {
  it('make it soft where all are caught in time, and only then', () => {
    const id = 'web -> cart (http)'
    const caught = [
      calling('web', 'cart', [5, 9]),
      pathOf('web', 5, 'absorbed'),
      pathOf('web', 9, 'absorbed'),
    ]
    expect(dependency(caught, id).criticality).toBe('soft')
    const some = [calling('web', 'cart', [5, 9]), pathOf('web', 5, 'absorbed'), pathOf('web', 9, 'unknown')]
    expect(dependency(some, id)).toMatchObject({ criticality: 'unknown' })
    const slow = calling('web', 'cart', [], {
      calls: [call(at('services/web/src/calls.ts', 5), { 'http-timeout': guard('absent') })],
    })
    expect(goesOnWithout(dependency([slow, pathOf('web', 5, 'absorbed')], id))).toBe(false)
  })

  it('tell which of them have a protection', () => {
    const calls = [
      call(at('a.ts', 5), { 'circuit-breaker': guard('present') }),
      call(at('a.ts', 9), { 'circuit-breaker': guard('absent') }),
    ]
    const one = dependency(
      [client('web', 'cart', { calls, guards: { 'circuit-breaker': guard('absent') } })],
      'web -> cart (http)',
    )
    const { has, lacks } = partlyIn(one).get('circuit-breaker')!
    expect([has, lacks].map((sites) => sites.map(({ source }) => source.line))).toEqual([[5], [9]])
    expect(partlyIn(dependency([calling('web', 'cart', [5])], 'web -> cart (http)')).size).toBe(0)
  })

  it('are tried again by a loop around all of them', () => {
    const path = {
      ...pathOf('web', 5, 'handed-on'),
      retry: { source: at('services/web/src/calls.ts', 3), attempts: 5 },
    }
    const facts = [calling('web', 'cart', [5]), path]
    expect(dependency(facts, 'web -> cart (http)').guards['http-retry']).toMatchObject({
      state: 'present',
      value: 4,
    })
    expect(
      dependency([calling('web', 'cart', [5, 9]), path], 'web -> cart (http)').guards['http-retry']!.state,
    ).toBe('absent')
  })
})

describe('chains', () => {
  const ENTRY = [ingress('web')]
  const LOOSE = { 'http-timeout': guard('absent') }
  const chainsOf = (facts: Fact[]) => modelOf([...SHOP, ...ENTRY, ...facts], configured()).chains
  const loose = calling('cart', 'stock', [], {
    guards: LOOSE,
    calls: [call(at('services/cart/src/calls.ts', 5), LOOSE)],
  })
  const reached = (path: string) => endpoint('cart', path, { calls: [at('services/cart/src/calls.ts', 5)] })

  it('go on where an endpoint that is asked leads to the call', () => {
    const facts = [
      loose,
      pathOf('cart', 5, 'handed-on'),
      calling('web', 'cart', [7]),
      pathOf('web', 7, 'handed-on', 'GET /left'),
      reached('/left'),
    ]
    const [chain] = chainsOf(facts).filter(({ id }) => id === 'unbounded-wait:stock>cart>web')
    expect(chain?.links.map(({ assumption }) => assumption)).toEqual([null, null])
  })

  it('end where all endpoints that are asked lead elsewhere', () => {
    const facts = [
      loose,
      pathOf('cart', 5, 'handed-on'),
      calling('web', 'cart', [7]),
      pathOf('web', 7, 'handed-on', 'GET /other'),
      reached('/left'),
      endpoint('cart', '/other'),
    ]
    expect(chainsOf(facts).map(({ id }) => id)).toContain('unbounded-wait:stock>cart')
  })

  it('go another way where the shortest is shown to lead elsewhere', () => {
    const facts = [
      loose,
      pathOf('cart', 5, 'handed-on'),
      calling('web', 'cart', [7]),
      pathOf('web', 7, 'handed-on', 'GET /other'),
      calling('web', 'pay', [9]),
      calling('pay', 'cart', [4]),
      pathOf('pay', 4, 'handed-on', 'GET /left'),
      reached('/left'),
      endpoint('cart', '/other'),
    ]
    expect(chainsOf(facts).map(({ id }) => id)).toContain('unbounded-wait:stock>cart>pay>web')
  })

  it('say what they assume where the path may have another one before it', () => {
    const facts = [
      loose,
      pathOf('cart', 5, 'handed-on'),
      calling('web', 'cart', [7]),
      pathOf('web', 7, 'handed-on', 'GET /left'),
      reached('/v2/left'),
      endpoint('cart', '/left'),
    ]
    const [chain] = chainsOf(facts).filter(({ id }) => id === 'unbounded-wait:stock>cart>web')
    expect(chain?.links.at(-1)?.assumption).toBe('that what web requests from cart needs stock')
  })

  it('say what they assume where it was not followed', () => {
    const facts = [loose, calling('web', 'cart', [7]), pathOf('web', 7, 'handed-on')]
    const [chain] = chainsOf(facts).filter(({ id }) => id === 'unbounded-wait:stock>cart>web')
    expect(chain?.links.map(({ assumption }) => assumption)).toEqual([
      'that cart cannot answer without stock: no evidence says so',
      'that what web requests from cart needs stock',
    ])
  })

  it('say where the caller goes on, and that a catch ends no wait', () => {
    const partly = [
      calling('cart', 'stock', [], {
        guards: LOOSE,
        calls: [
          call(at('services/cart/src/calls.ts', 5), LOOSE),
          call(at('services/cart/src/calls.ts', 8), BOUND),
        ],
      }),
      pathOf('cart', 5, 'handed-on'),
      pathOf('cart', 8, 'absorbed'),
    ]
    expect(chainsOf(partly)[0]!.links[0]).toMatchObject({
      assumption: null,
      limits: 'not over 1 of 2 calls (services/cart/src/calls.ts:8), where cart continues without it',
    })
    expect(chainsOf([loose, pathOf('cart', 5, 'absorbed')])[0]!.links[0]).toMatchObject({
      assumption: 'that stock is slow and does not fail: errors are caught at services/cart/src/calls.ts:5',
      limits: null,
    })
  })

  it('are not limited by what the caller does after its retries, which load the callee first', () => {
    const RETRIED = {
      ...BOUND,
      'http-retry': guard('present', 3, 'count'),
      'retry-backoff': guard('absent'),
    }
    const partly = [
      calling('cart', 'stock', [], {
        guards: RETRIED,
        calls: [5, 8].map((line) => call(at('services/cart/src/calls.ts', line), RETRIED)),
      }),
      calling('web', 'cart', [3, 7]),
      pathOf('web', 3, 'handed-on'),
      pathOf('web', 7, 'absorbed'),
      pathOf('cart', 5, 'handed-on'),
      pathOf('cart', 8, 'absorbed'),
    ]
    const limitsIn = (id: string) =>
      chainsOf(partly)
        .find((chain) => chain.id === id)
        ?.links.map(({ limits }) => limits)
    expect(limitsIn('retry-storm:stock>cart>web')).toEqual([
      null,
      'not over 1 of 2 calls (services/web/src/calls.ts:7), where web continues without it',
    ])
  })

  it('need no work of the trigger that nobody asks for', () => {
    const timer = practice('cart', 'in-memory-timer', 'absent', {
      source: at('services/cart/src/timers.ts', 4),
    })
    const scheduling = endpoint('cart', '/later', {
      functions: [{ path: 'services/cart/src/timers.ts', line: 2, column: 1, endLine: 9 }],
    })
    const asking = (asks: string | null) => [
      timer,
      scheduling,
      endpoint('cart', '/other'),
      calling('web', 'cart', [7]),
      pathOf('web', 7, 'handed-on', asks),
    ]
    const has = (asks: string | null) =>
      chainsOf(asking(asks)).filter(({ pattern }) => pattern === 'lost-timer')
    expect(has('GET /other')).toEqual([])
    expect(has('GET /later').map(({ links }) => links[0]!.assumption)).toEqual([null])
    expect(has(null)[0]!.links[0]!.assumption).toBe(
      'that what web requests from cart reaches services/cart/src/timers.ts:4',
    )
  })
})

describe('manifests', () => {
  const secret = (name: string) =>
    container(name, {
      env: [{ name: 'DATABASE_URL', value: null, from: 'Secret/db/url', source: at('k8s/job.yaml', 9) }],
    })
  const job = workload('export', { kind: 'CronJob', containers: [secret('export')] })

  it('join jobs to the store that a declared alias or the Secret of others names', () => {
    const declared = configured({
      components: [{ id: 'postgres', kind: 'database', aliases: ['DATABASE_URL'] }],
    })
    expect(modelOf([job], declared).system.dependencies.map(({ id }) => id)).toEqual([
      'export -> postgres (unknown)',
    ])
    const sql = client('web', null, {
      protocol: 'sql',
      target: { host: null, variable: 'DATABASE_URL', name: null, text: null },
    })
    const web = workload('web', { containers: [secret('web')] })
    const ids = modelOf([job, web, codePackage('web'), sql]).system.dependencies.map(({ id }) => id)
    expect(ids).toEqual(['export -> Secret/db/url (unknown)', 'web -> Secret/db/url (sql)'])
    expect(modelOf([job]).system.dependencies).toEqual([])
  })
})
