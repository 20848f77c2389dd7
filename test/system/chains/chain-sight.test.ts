import { describe, expect, it } from 'vitest'
import type { CallPath, Client } from '../../../src/facts/code.js'
import type { Fact } from '../../../src/facts/fact.js'
import type { TriedChain } from '../../../src/system/model.js'
import { alert, at, call, client, codePackage, configured, guard, modelOf, selector } from '../facts.js'

const declared = configured({ components: [{ id: 'db', kind: 'database' }] })
const queried = at('services/cart/src/db.ts', 5)
const asked = at('services/web/src/cart.ts', 5)

/** A pool without a bound, behind a service that `web` calls. */
const pool = client('cart', 'db', {
  protocol: 'sql',
  guards: { 'pool-acquire-timeout': guard('absent') },
  calls: [call(queried, {})],
})

function outer(guards: Client['guards']): Client {
  return client('web', 'cart', { guards, calls: [call(asked, {})] })
}

function way(source: CallPath['source'], from: string, is: CallPath['failure']['is']): CallPath {
  const failure = { is, places: [source], why: '' }
  return { fact: 'call-path', source, package: `services/${from}`, failure, retry: null, asks: null }
}

const errors = alert('WebErrors', [selector('http_requests_total', { job: 'web', status: '500' })])
const breaker = alert('BreakerOpen', [selector('circuit_breaker_state')])

function chainOf(
  guards: Client['guards'],
  is: CallPath['failure']['is'] = 'handed-on',
  more: Fact[] = [],
): TriedChain {
  const facts = [codePackage('web'), codePackage('cart'), pool, outer(guards), errors, breaker, ...more]
  const paths = [way(queried, 'cart', 'handed-on'), way(asked, 'web', is)]
  return modelOf([...facts, ...paths], declared).chains.find(({ pattern }) => pattern === 'pool-exhaustion')!
}

const BOUND = { 'http-timeout': guard('present', 2, 's') }

describe('waiting without an end', () => {
  it('is an error where the next caller bounds its call, and noticed there', () => {
    expect(chainOf(BOUND).detection.alerts).toContain('WebErrors')
  })

  it('stays open where nobody bounds it, or where the failure is caught', () => {
    for (const chain of [chainOf({ 'http-timeout': guard('absent') }), chainOf(BOUND, 'absorbed')])
      expect(chain.detection.alerts).not.toContain('WebErrors')
  })

  it('hits the caller whose pool it is, and not others of the same database', () => {
    const other = [codePackage('orders'), client('orders', 'db', { protocol: 'sql', guards: {} })]
    expect(chainOf(BOUND, 'handed-on', other).impact).toMatchObject({ direct: ['cart'], secondary: ['web'] })
  })
})

describe('an alert on circuit breakers', () => {
  const faulty = { ...BOUND, 'http-retry': guard('present', 3, 'count'), 'retry-backoff': guard('absent') }
  const stormOf = (guards: Client['guards'], more: Fact[] = []): string =>
    modelOf([codePackage('web'), codePackage('cart'), outer(guards), breaker, ...more]).chains.find(
      ({ pattern }) => pattern === 'retry-storm',
    )!.detection.reason ?? ''

  it('may tell of calls that have one', () => {
    expect(stormOf({ ...faulty, 'circuit-breaker': guard('present') })).toContain('BreakerOpen')
    expect(stormOf({ ...faulty, 'circuit-breaker': guard('unknown') })).toContain('BreakerOpen')
  })

  it('tells nothing of calls without one', () => {
    expect(stormOf({ ...faulty, 'circuit-breaker': guard('absent') })).not.toContain('BreakerOpen')
    expect(stormOf(faulty)).not.toContain('BreakerOpen')
  })

  it('tells nothing of a component where the code of another defines its metric', () => {
    const metric: Fact = {
      fact: 'metric',
      source: at('services/orders/src/metrics.ts'),
      package: 'services/orders',
      name: 'circuit_breaker_state',
    }
    const guards = { ...faulty, 'circuit-breaker': guard('present') }
    expect(stormOf(guards, [codePackage('orders'), metric])).not.toContain('BreakerOpen')
  })
})
