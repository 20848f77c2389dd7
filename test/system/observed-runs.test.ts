import { describe, expect, it } from 'vitest'
import type { Bounds, Run, ServiceSamples } from '../../src/facts/experiment.js'
import type { Fact } from '../../src/facts/fact.js'
import { BASELINE_NOT_MEASURED, OUTCOME_NOT_MEASURED } from '../../src/recovery/unmeasured.js'
import { at, client, codePackage, modelOf, run } from './facts.js'
import { service, workload } from './manifests.js'

const DAY = '2026-10-20T'

function second(time: string): Bounds {
  return { earliest: `${DAY}${time}.000Z`, latest: `${DAY}${time}.999Z` }
}

/** Injected from 10:00:30 to 10:01:30, without a word of the service. */
function faultRun(id: string, over: Partial<Run> = {}): Run {
  return run(id, {
    startedAt: `${DAY}10:00:30.000Z`,
    verdict: 'unknown',
    grade: 'weak',
    reasons: [BASELINE_NOT_MEASURED, OUTCOME_NOT_MEASURED],
    baselineMet: null,
    target: 'cart',
    partOf: ['outage'],
    faultStart: second('10:00:30'),
    faultEnd: second('10:01:30'),
    recovery: { kind: 'unknown', seconds: null, low: null, high: null, from: null, reason: 'not recorded' },
    ...over,
  })
}

/** `+` and `-`, one sample every ten seconds. */
function series(from: string, marks: string, over: Partial<ServiceSamples> = {}): ServiceSamples {
  const start = Date.parse(`${DAY}${from}Z`)
  return {
    fact: 'service-samples',
    source: at(`chaos/check-${from}.yaml`),
    format: 'chaos-mesh',
    target: 'cart',
    takenFor: ['outage'],
    samples: [...marks].map((mark, index) => ({
      at: new Date(start + index * 10_000).toISOString(),
      ok: mark === '+',
    })),
    failureThreshold: 3,
    ...over,
  }
}

const first = (...facts: Fact[]): Run => modelOf(facts).runs[0]!

describe('samples of the service and the run that they were taken for', () => {
  it('decide its recovery, baseline, verdict and grade, and the report says whose they are', () => {
    // Up to 10:00:25 well, failing until 10:01:35, well from 10:01:45.
    expect(first(faultRun('a'), series('10:00:05', '+++-------+++'))).toMatchObject({
      verdict: 'fail',
      grade: 'valid',
      reasons: [],
      baselineMet: true,
      recovery: { kind: 'between', low: 4.001, high: 15, from: 'fault-end' },
      observedBy: 'chaos-mesh (chaos/check-10:00:05.yaml:1:1): taken for outage, of which this run is a part',
    })
  })

  it('pass by the criterion of their own tool: fewer bad ones in a row than it counts as failed', () => {
    expect(first(faultRun('a'), series('10:00:05', '+++--+++++++'))).toMatchObject({ verdict: 'pass' })
    expect(first(faultRun('a'), series('10:00:05', '++++++++++++'))).toMatchObject({
      verdict: 'pass',
      recovery: { kind: 'absorbed' },
    })
    const without = series('10:00:05', '++++++++++++')
    delete without.failureThreshold
    expect(first(faultRun('a'), without)).toMatchObject({
      verdict: 'unknown',
      recovery: { kind: 'absorbed' },
    })
  })

  it('do not touch what the run itself records', () => {
    const own = faultRun('a', {
      recovery: { kind: 'recovered', seconds: 3, low: null, high: null, from: 'fault-end', reason: null },
    })
    expect(first(own, series('10:00:05', '+++-------+++')).recovery.seconds).toBe(3)
    expect(first(faultRun('a', { verdict: 'pass' }), series('10:00:05', '+++-------+++')).verdict).toBe(
      'pass',
    )
    const invalid = faultRun('a', { grade: 'invalid' })
    expect(first(invalid, series('10:00:05', '++++++++++++'))).toMatchObject({
      grade: 'invalid',
      recovery: { kind: 'unknown' },
    })
  })

  it('that were out of tolerance before the fault make it invalid', () => {
    expect(first(faultRun('a'), series('10:00:05', '--------+++'))).toMatchObject({
      grade: 'invalid',
      verdict: 'unknown',
      baselineMet: false,
      reasons: ['the baseline was out of tolerance'],
      recovery: { kind: 'unknown' },
    })
  })

  it('that begin after the fault leave the baseline open, and never show that there was no failure', () => {
    const late = series('10:00:55', '+++++++++', { incomplete: 'only the last 9 of 20 checks are kept' })
    expect(first(faultRun('a'), late)).toMatchObject({
      grade: 'weak',
      baselineMet: null,
      recovery: { kind: 'unknown' },
      reasons: [
        BASELINE_NOT_MEASURED,
        OUTCOME_NOT_MEASURED,
        'the samples begin 25 s after the fault: only the last 9 of 20 checks are kept',
      ],
    })
  })

  it('of another time are not used, and that is said', () => {
    expect(first(faultRun('a'), series('09:00:00', '++++++'))).toMatchObject({
      grade: 'weak',
      verdict: 'unknown',
      recovery: { kind: 'unknown', reason: expect.stringContaining('another time') as string },
    })
  })
})

describe('samples that name no run', () => {
  it('are those of a run with the same target at the same time', () => {
    const about = series('10:00:05', '++++++++++++', { takenFor: [] })
    expect(first(faultRun('a'), about).observedBy).toContain('of the same target, cart')
    expect(first(faultRun('a'), { ...about, target: 'orders' }).observedBy).toBeUndefined()
    expect(first(faultRun('a'), { ...about, target: null }).observedBy).toBeUndefined()
    expect(first(faultRun('a'), series('11:00:05', '++++', { takenFor: [] })).observedBy).toBeUndefined()
  })
})

describe('samples of a host that a load test calls', () => {
  const namespace = 'shop'
  const of = (target: string): Run => {
    const about = series('10:00:05', '++++++++++++', { takenFor: [], target })
    return modelOf([workload('cart', { namespace }), service('cart', { namespace }), faultRun('a'), about])
      .runs[0]!
  }

  it.each(['cart', 'cart.shop', 'cart.shop.svc', 'cart.shop.svc.cluster.local'])(
    'are those of the component behind %s',
    (host) => {
      expect(of(host).observedBy).toContain('of the same target, cart')
    },
  )

  it.each(['cart.elsewhere.svc.cluster.local', 'cart.elsewhere', 'cart.vendor.example', 'cart.io'])(
    'are not those of a component whose name %s begins with',
    (host) => {
      expect(of(host).observedBy).toBeUndefined()
    },
  )
})

describe('samples that may be those of several', () => {
  const shared = series('10:00:05', '+++-------+++')

  it('two faults at once: unknown, with the reason', () => {
    const other = faultRun('b', { faultStart: second('10:01:00'), faultEnd: second('10:02:00') })
    expect(first(faultRun('a'), other, shared)).toMatchObject({
      grade: 'weak',
      recovery: {
        kind: 'unknown',
        reason: 'two concurrent faults: the run b overlaps, so the samples may show either',
      },
    })
  })

  it('in another environment it is no rival', () => {
    const other = faultRun('b', { environment: 'production', partOf: [] })
    expect(first(faultRun('a'), other, shared).recovery.kind).toBe('between')
  })

  it('one after the other: each has the samples until the next fault', () => {
    const later = faultRun('b', { faultStart: second('10:02:10'), faultEnd: second('10:02:40') })
    const [a, b] = modelOf([faultRun('a'), later, series('10:00:05', '+++-------+++----+++')]).runs
    expect(a).toMatchObject({ recovery: { kind: 'between', low: 4.001, high: 15 } })
    expect(b).toMatchObject({ baselineMet: true, recovery: { from: 'fault-end', low: 4.001, high: 15 } })
  })

  it('two series that disagree: unknown, with both', () => {
    const well = { ...series('10:00:05', '+++++++++++++'), source: at('chaos/other.yaml') }
    expect(first(faultRun('a'), shared, well).recovery).toMatchObject({
      kind: 'unknown',
      reason: expect.stringMatching(
        /^two series disagree: .*check.*between, fail; .*other.*absorbed, pass$/,
      ) as string,
    })
  })

  it('two series that agree: the slower one counts', () => {
    const slower = { ...series('10:00:06', '+++-------+++'), source: at('chaos/other.yaml') }
    expect(first(faultRun('a'), shared, slower)).toMatchObject({
      recovery: { kind: 'between', high: 16 },
      observedBy: expect.stringContaining('other.yaml') as string,
    })
  })

  it('of several services that of the target counts', () => {
    const elsewhere = {
      ...series('10:00:05', '+++++++++++++', { target: 'orders' }),
      source: at('chaos/other.yaml'),
    }
    expect(first(faultRun('a'), shared, elsewhere).recovery.kind).toBe('between')
  })
})

describe('faults at one time on different services', () => {
  const shop = [
    ...['web', 'cart', 'orders', 'db'].map((name) => codePackage(name)),
    client('web', 'cart'),
    client('cart', 'db'),
  ]
  const own = { takenFor: [], source: at('k6/points.json') }
  const cart = series('10:00:05', '+++-------+++', own)
  const web = series('10:00:05', '+++++++++++++', { ...own, target: 'web', source: at('k6/web.json') })
  const struck = (id: string, target: string | null, fault: string | null = 'pod-kill'): Run =>
    faultRun(id, { target, partOf: [], fault })
  const runsOf = (...facts: Fact[]): Run[] => modelOf([...shop, ...facts]).runs

  it('the samples of a service are those of the run that hits it, and why is said', () => {
    const [a, b] = runsOf(struck('a', 'cart'), struck('b', 'orders'), cart)
    expect(a).toMatchObject({
      recovery: { kind: 'between' },
      observedBy:
        'chaos-mesh (k6/points.json:1:1): of the same target, cart, at the time of the fault; the run b overlaps, but hits orders, which cart does not call',
    })
    expect(b!.observedBy).toBeUndefined()
  })

  it.each([
    ['hits what the service calls', 'db'],
    ['hits the service as well', 'cart'],
    ['hits something that is not in the model', 'i-0abc'],
    ['does not say what it hits', null],
  ])('the other %s: unknown', (_, target) => {
    const [a] = runsOf(struck('a', 'cart'), struck('b', target), cart)
    expect(a!.recovery).toMatchObject({
      kind: 'unknown',
      reason: expect.stringContaining('the run b overlaps'),
    })
  })

  it('it is not known whom the service calls: unknown', () => {
    const [a] = runsOf(client('cart', null), struck('a', 'cart'), struck('b', 'orders'), cart)
    expect(a!.recovery.kind).toBe('unknown')
  })

  it.each(['node-loss', 'zone-loss', null])('the other may not stay where it is (%s): unknown', (fault) => {
    const [a] = runsOf(struck('a', 'cart'), struck('b', 'orders', fault), cart)
    expect(a!.recovery.kind).toBe('unknown')
  })

  it('of a service on the way no code was read, or it calls somebody unknown: unknown', () => {
    const chain = [...['cart', 'orders', 'price'].map((name) => codePackage(name)), client('cart', 'price')]
    const faults = [struck('a', 'cart'), struck('b', 'orders'), cart]
    expect(modelOf([...chain, ...faults]).runs[0]!.recovery.kind).toBe('between')
    expect(modelOf([...chain, client('price', null), ...faults]).runs[0]!.recovery.kind).toBe('unknown')
    const unread = ['cart', 'orders'].map((name) => workload(name))
    expect(modelOf([...unread, ...faults]).runs[0]!.recovery.kind).toBe('unknown')
  })

  it('the next fault elsewhere does not end the samples of this one', () => {
    const long = series('10:00:05', '+++-----------+++', own)
    const later = faultRun('b', {
      fault: 'pod-kill',
      target: 'orders',
      partOf: [],
      faultStart: second('10:02:10'),
      faultEnd: second('10:02:40'),
    })
    const [a] = runsOf(struck('a', 'cart'), later, long)
    expect(a!.recovery).toMatchObject({ kind: 'between', low: 44.001, high: 55 })
    const same = runsOf(struck('a', 'cart'), { ...later, target: 'cart' }, long)[0]!
    expect(same.recovery.kind).toBe('not-recovered-within')
  })

  it('without samples of what was hit those of its callers are used, as weaker evidence', () => {
    const [a] = runsOf(struck('a', 'cart'), web)
    expect(a).toMatchObject({
      recovery: { kind: 'absorbed' },
      grade: 'weak',
      reasons: ['observed at web, which calls cart: what web absorbs of it was not seen'],
      observedBy: expect.stringContaining('of web, which calls cart, at the time of the fault'),
    })
    expect(runsOf(struck('a', 'cart'), web, cart)[0]!.observedBy).toContain('of the same target, cart')
    expect(runsOf(struck('a', 'db'), web)[0]!.observedBy).toBeUndefined()
  })

  it('a caller that was unwell before the fault refutes no baseline', () => {
    const unwell = series('10:00:05', '---------++++', { ...own, target: 'web' })
    const [a] = runsOf(struck('a', 'cart'), unwell)
    expect(a).toMatchObject({
      grade: 'weak',
      baselineMet: null,
      recovery: { kind: 'unknown', reason: expect.stringContaining('web was out of tolerance before') },
    })
  })
})
