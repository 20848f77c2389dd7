import { describe, expect, it } from 'vitest'
import type { Guard } from '../../../src/facts/code.js'
import { Facts, type Fact } from '../../../src/facts/fact.js'
import { loadCatalogue } from '../../../src/rules/catalogue.js'
import { evaluate } from '../../../src/rules/evaluate.js'
import { buildModel, type TriedChain } from '../../../src/system/model.js'
import {
  AS_OF,
  alert,
  chainPatterns,
  client,
  codePackage,
  configured,
  experiment,
  guard,
  modelOf,
  policies,
  practice,
  run,
  selector,
} from '../facts.js'
import { container, ingress, service, workload } from '../manifests.js'

function chainsOf(facts: Fact[], declared: object = {}): TriedChain[] {
  return modelOf(facts, configured(declared)).chains
}

function ids(facts: Fact[], declared: object = {}): string[] {
  return chainsOf(facts, declared).map(({ id }) => id)
}

/** Packages that call each other along a line, each without a timeout: the first is where users come in. */
function line(...names: string[]): Fact[] {
  const calls = names
    .slice(1)
    .map((name, index) => client(names[index]!, name, { guards: { 'http-timeout': guard('absent') } }))
  return [...names.map((name) => codePackage(name)), ...calls]
}

describe('a chain', () => {
  const [first] = chainsOf([...line('web', 'cart', 'pricing')])

  it('leads from the failing component over its caller to where users come in', () => {
    expect(ids(line('web', 'cart', 'pricing'))).toEqual([
      'unbounded-wait:cart>web',
      'unbounded-wait:pricing>cart>web',
    ])
    expect(first!.links.map(({ from, to }) => `${from} ${to}`)).toEqual(['cart web'])
  })

  it('names its components, and calls what no evidence shows an assumption', () => {
    const chain = chainsOf(line('web', 'cart', 'pricing')).find(
      ({ trigger }) => trigger.component === 'pricing',
    )!
    expect(chain.title).toBe('pricing is slow and cart waits without a timeout')
    expect(chain.links[1]!.mechanism).toBe('web gets late responses or none from cart')
    expect(chain.links[1]!.assumption).toBe(
      'that web cannot answer without cart: no evidence says so; that what web requests from cart needs pricing',
    )
    expect(chain.links.every(({ evidence }) => evidence.length > 0)).toBe(true)
    expect(chain.impact).toEqual({ direct: ['cart'], secondary: ['web'], tertiary: [], without: [] })
    expect(JSON.stringify(chain)).not.toMatch(/\{(trigger|caller|entry|from|to)\}/)
  })

  it('has no assumption where the dependency is declared hard', () => {
    const [chain] = chainsOf(line('web', 'cart'), {
      dependencies: [{ from: 'web', to: 'cart', criticality: 'hard' }],
    })
    expect(chain!.links[0]!.assumption).toBeNull()
  })

  it.each<[string, Guard['state'], number]>([
    ['absent', 'absent', 1],
    ['inert', 'inert', 1],
    ['present', 'present', 0],
    ['unknown', 'unknown', 0],
    ['left to the caller', 'delegated', 0],
  ])('needs each of its conditions seen: a timeout that is %s', (_, state, count) => {
    const call = client('web', 'cart', { guards: { 'http-timeout': guard(state) } })
    expect(chainsOf([codePackage('web'), codePackage('cart'), call])).toHaveLength(count)
  })

  it('is one for two calls of one component over different protocols', () => {
    const absent = { 'http-timeout': guard('absent') }
    const calls = [
      client('web', 'cart', { guards: absent }),
      client('web', 'cart', {
        guards: absent,
        protocol: 'grpc',
        symbol: 'grpc',
        source: { path: 'z.ts', line: 1, column: 1, endLine: 1 },
      }),
    ]
    const chains = chainsOf([codePackage('web'), codePackage('cart'), ...calls])
    expect(chains.map(({ id }) => id)).toEqual(['unbounded-wait:cart>web'])
    expect(chains[0]!.links[0]!.evidence.map(({ path }) => path)).toEqual([
      'services/web/src/cart.ts',
      'z.ts',
    ])
  })

  it('needs its conditions in one client, and is not hidden by another client', () => {
    const storm = { 'http-retry': guard('present', 5), 'retry-backoff': guard('absent') }
    const calm = { 'http-retry': guard('absent') }
    const patient = { 'http-retry': guard('present', 2), 'retry-backoff': guard('present') }
    const hasty = { 'http-retry': guard('absent'), 'retry-backoff': guard('absent') }
    const storms = (...sets: Record<string, Guard>[]): number =>
      ids([
        codePackage('web'),
        codePackage('cart'),
        ...sets.map((guards, index) => client('web', 'cart', { guards, symbol: `c${index}` })),
      ]).filter((id) => id.startsWith('retry-storm')).length
    expect(storms(storm)).toBe(1)
    expect(storms(storm, calm)).toBe(1)
    expect(storms(patient, hasty)).toBe(0)
  })

  it('does not lead through the component that has failed', () => {
    const back = client('cart', 'web', { guards: {} })
    const facts = [...line('web', 'cart'), workload('cart'), service('cart'), ingress('cart'), back]
    const chain = chainsOf(facts).find(({ trigger }) => trigger.component === 'cart')!
    expect(chain.id).toBe('unbounded-wait:cart>web')
    expect(chain.loop).toBe(true)
    expect(chainsOf(line('web', 'cart'))[0]!.loop).toBe(false)
  })

  it('is no longer than the policy follows', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']
    const lengths = chainsOf(line(...names)).map(({ links }) => links.length)
    expect(Math.max(...lengths)).toBe(6)
  })

  it('multiplies retries over its layers: 3 retries in each of three layers are 64 calls', () => {
    const guards = { 'http-timeout': guard('absent'), 'http-retry': guard('present', 3) }
    const facts = [
      ...['a', 'b', 'c', 'd'].map((name) => codePackage(name)),
      ...['ab', 'bc', 'cd'].map(([from, to]) => client(from!, to!, { guards })),
    ]
    const chain = chainsOf(facts).find(({ trigger }) => trigger.component === 'd')!
    expect(chain.amplification.worst).toBe(64)
    expect(chain.amplification.expected).toBeCloseTo(1.111 ** 3, 10)
  })

  it('lists as missing what is absent or inert, and nothing that is unknown', () => {
    const guards = {
      'http-timeout': guard('inert'),
      'circuit-breaker': guard('unknown'),
      bulkhead: guard('absent'),
    }
    const [chain] = chainsOf([codePackage('web'), codePackage('cart'), client('web', 'cart', { guards })])
    expect(chain!.missing).toEqual(['http-timeout', 'bulkhead'])
  })
})

describe('the priority of a chain', () => {
  const shop = [...line('web', 'cart'), workload('web'), service('web'), ingress('web')]
  const noticing = alert('Slow', [selector('request_duration_seconds', { job: 'web' })])

  it('is high when it reaches users and no alert would notice it', () => {
    const [chain] = chainsOf([...shop, alert('Other', [selector('up', { job: 'other' })])])
    expect(chain).toMatchObject({ priority: 'high', detection: { alerts: [] } })
  })

  it('is lower when an alert would notice it', () => {
    const [chain] = chainsOf([...shop, noticing])
    expect(chain).toMatchObject({ priority: 'medium', detection: { alerts: ['Slow'] } })
  })

  it('does not say that nobody would notice when no alert rule was read', () => {
    expect(chainsOf(shop)[0]!.priorityBasis).not.toMatch(/no alert would/)
  })

  it('sorts the list', () => {
    const ranks = chainsOf([...shop, ...line('batch', 'store')]).map(({ priority }) =>
      ['high', 'medium', 'low'].indexOf(priority),
    )
    expect(ranks).toEqual([...ranks].sort())
    expect(ranks.length).toBeGreaterThan(1)
  })
})

/**
 * Five chains and ten experiments of an alerting product, as a review by hand judged them: two in part, three not at all.
 * The experiments bear names that sound like the chains, which must not count.
 */
describe('chains that look tested by the names of experiments', () => {
  const storm = { 'http-retry': guard('present', 3), 'retry-backoff': guard('absent') }
  const facts: Fact[] = [
    codePackage('receiver'),
    codePackage('notifier'),
    codePackage('scheduler'),
    workload('receiver'),
    service('receiver'),
    ingress('receiver'),
    workload('db', { replicas: 1, containers: [container('db', { image: 'postgres:16' })] }),
    service('db'),
    workload('redis', { containers: [container('redis', { image: 'redis:7' })] }),
    service('redis'),
    client('receiver', 'notifier', { guards: {} }),
    client('receiver', 'scheduler', { guards: {} }),
    client('notifier', 'slack.example.com', { guards: storm }),
    client('receiver', 'redis', { protocol: 'cache', guards: { 'redis-timeout': guard('absent') } }),
    client('receiver', 'db', { protocol: 'sql', guards: { 'pool-acquire-timeout': guard('absent') } }),
    practice('scheduler', 'in-memory-timer', 'absent'),
    run('1.1 database pod lost', { target: 'db', fault: 'pod-kill' }),
    run('1.3 slack rate limit', { target: 'slack.example.com', fault: 'dependency-error', load: null }),
    run('2.2 redis cache outage latency', { target: 'redis', fault: 'dependency-latency' }),
    run('2.3 redis cache stampede', { target: 'redis', fault: 'cache-flush' }),
    run('3.1 lost timer of the database pod', { target: 'db-scheduler', fault: 'pod-kill' }),
    run('3.2 pool-exhaustion:db>receiver', { target: null, fault: 'pool-exhaustion' }),
  ]
  const states = new Map(
    chainsOf(facts, { objectives: { recoverySeconds: 60 } }).map((chain) => [chain.id, chain]),
  )

  it.each([
    ['retry-storm:slack.example.com>notifier>receiver', 'PARTIAL'],
    ['single-instance:db>receiver', 'PARTIAL'],
    ['cache-outage:redis>receiver', 'UNTESTED'],
    ['lost-timer:scheduler>receiver', 'UNTESTED'],
    ['pool-exhaustion:db>receiver', 'UNTESTED'],
  ])('%s is %s', (id, state) => {
    expect(states.get(id)).toMatchObject({ state })
  })

  it('none is tested, and the partial ones say what is lacking', () => {
    expect(states.size).toBe(5)
    expect([...states.values()].filter(({ state }) => state === 'TESTED')).toEqual([])
    expect(states.get('retry-storm:slack.example.com>notifier>receiver')!.runs[0]!.why).toContain(
      'covers 1 of 2 links',
    )
  })

  it('a definition alone plans, and plans only its own chain', () => {
    const planned = experiment('4.1', { target: 'redis', fault: 'dependency-outage' })
    const after = chainsOf([...facts, planned])
    expect(after.find(({ id }) => id === 'cache-outage:redis>receiver')!.state).toBe('PLANNED')
    expect(after.filter(({ state }) => state === 'PLANNED')).toHaveLength(1)
  })
})

describe('whether anybody would notice', () => {
  const alerts = [alert('CartSlow', [selector('http_request_duration_seconds', { job: 'cart' })])]
  const elsewhere = [alert('DiskFull', [selector('node_filesystem_avail_bytes', { job: 'files' })])]
  const first = (facts: Fact[], fault: string) => {
    const patterns = chainPatterns.filter(({ id }) => id === 'unbounded-wait')
    const changed = patterns.map((pattern) => ({ ...pattern, trigger: { ...pattern.trigger, fault } }))
    const model = buildModel(new Facts(facts), {
      configuration: configured(),
      policies,
      chainPatterns: changed,
      asOf: AS_OF,
    })
    return { model, chain: model.chains[0]! }
  }

  it.each([
    ['yes', 'dependency-latency', alerts],
    ['no', 'dependency-latency', elsewhere],
    ['unknown', 'dependency-latency', []],
    ['unknown', 'clock-skew', alerts],
    ['unknown', 'clock-skew', []],
  ])('%s: %s', (noticed, fault, rules) => {
    const { chain } = first([...line('web', 'cart'), ...rules], fault)
    expect(chain.noticed).toBe(noticed)
  })

  it('is not told of a fault without known symptoms, and says why', () => {
    const { chain, model } = first([...line('web', 'cart'), ...alerts], 'clock-skew')
    expect(chain.detection.reason).toBe('no symptoms are known for the fault clock-skew')
    expect(chain.priorityBasis).not.toMatch(/no alert|none of the alerts/)
    const { rules } = loadCatalogue(policies.patterns)
    const { outcomes } = evaluate(
      { rules: rules.filter(({ id }) => id === 'system-chain-noticed'), digest: '' },
      model,
    )
    const [outcome] = outcomes
    expect(outcome).toMatchObject({
      outcome: 'unknown',
      reason: 'no symptoms are known for the fault clock-skew',
    })
  })

  it.each([
    ['it waits for what is gone, so that errors are not sure', 'absent', 'unknown'],
    ['it fails in time, with errors', 'present', 'yes'],
  ] as const)('by errors of who calls what is gone: %s', (_, state, noticed) => {
    const failing = [alert('WebFails', [selector('http_requests_total', { job: 'web' })])]
    const guards = { 'redis-timeout': guard(state), 'http-timeout': guard('absent') }
    const facts = [...line('web', 'cart'), ...failing]
    const waiting = facts.map((fact) => (fact.fact === 'client' ? { ...fact, guards } : fact))
    const { chain } = first(waiting, 'pod-kill')
    expect(chain.noticed).toBe(noticed)
  })

  it('is not told without alert rules, and says so', () => {
    const { chain } = first(line('web', 'cart'), 'dependency-latency')
    expect(chain.detection.reason).toBe('no alert rules were read')
  })
})

describe('two components that call each other in several protocols', () => {
  const sourceOf = (name: string) => ({ path: `services/web/src/${name}.ts`, line: 3, column: 1, endLine: 3 })
  const calls = (protocol: string, guards: Record<string, Guard> = {}) =>
    client('web', 'cart', { protocol, symbol: protocol, source: sourceOf(protocol), guards })
  const facts = (...clients: Fact[]): Fact[] => [...line('cart', 'pricing'), codePackage('web'), ...clients]
  const upper = (list: Fact[], declared: object = {}) =>
    chainsOf(list, declared).find(({ id }) => id === 'unbounded-wait:pricing>cart>web')?.links[1]
  const retrying = { 'http-retry': guard('present', 2) }

  it('keep a dependency for each', () => {
    const { system } = modelOf(facts(calls('http'), calls('queue'), calls('grpc')))
    expect(system.dependenciesOf('web').map(({ id }) => id)).toEqual([
      'web -> cart (grpc)',
      'web -> cart (http)',
      'web -> cart (queue)',
    ])
  })

  it('pass a failure on over the calls that are waited for', () => {
    const both = [calls('queue'), calls('http', retrying)]
    expect(upper(facts(...both))!.evidence.map(({ path }) => path)).toEqual(['services/web/src/http.ts'])
    const [chain] = chainsOf(facts(...both)).filter(({ links }) => links.length === 2)
    expect(chain!.amplification.worst).toBeNull()
    expect(chain!.amplification.reason).toBe('attempts are not known on cart to pricing')
  })

  it('pass it on over all of them, the most eager counted', () => {
    const both = [calls('grpc', { 'http-retry': guard('absent') }), calls('http', retrying)]
    const links = line('cart', 'pricing').map((fact) =>
      fact.fact === 'client' ? { ...fact, guards: { ...fact.guards, 'http-retry': guard('absent') } } : fact,
    )
    const chain = chainsOf([...links, codePackage('web'), ...both]).find((each) => each.links.length === 2)!
    expect(chain.links[1]!.evidence.map(({ path }) => path)).toEqual([
      'services/web/src/grpc.ts',
      'services/web/src/http.ts',
    ])
    expect(chain.amplification.worst).toBe(3)
  })

  it('pass it on over a queue where there is nothing else', () => {
    expect(upper(facts(calls('queue')))!.evidence.map(({ path }) => path)).toEqual([
      'services/web/src/queue.ts',
    ])
  })

  it('are one caller: a chain is listed once', () => {
    const unbounded = { 'http-timeout': guard('absent') }
    const found = ids([
      codePackage('web'),
      codePackage('cart'),
      calls('http', unbounded),
      calls('grpc', unbounded),
      calls('queue', unbounded),
    ])
    expect(found).toEqual(['unbounded-wait:cart>web'])
  })
})
