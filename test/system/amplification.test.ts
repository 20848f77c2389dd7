import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Client, Guard } from '../../src/facts/code.js'
import { amplificationOf, attemptsOf, expectedAttempts } from '../../src/system/amplification.js'
import { UNPROXIED, type Dependency } from '../../src/system/component.js'
import { worstGuards } from '../../src/system/guards.js'
import { sitesOf } from '../../src/system/sites.js'
import { timeBudget } from '../../src/system/time-budget.js'
import { client, guard } from './facts.js'

function dependency(from: string, to: string, ...clients: Client[]): Dependency {
  const guards = worstGuards(clients.map((one) => one.guards))
  const id = `${from} -> ${to} (http)`
  return {
    id,
    from,
    to,
    protocol: 'http',
    criticality: 'hard',
    reason: '',
    sources: [],
    guards,
    clients,
    sites: sitesOf(clients, new Map()),
    proxied: UNPROXIED,
  }
}

function retrying(retries: number | null, state: Guard['state'] = 'present'): Client {
  return client('cart', 'pricing', { guards: { 'http-retry': guard(state, retries, 'count') } })
}

function waiting(seconds: number | null, retries: number, unit = 's'): Client {
  const timeout = seconds === null ? guard('absent') : guard('present', seconds, unit)
  return client('cart', 'pricing', {
    guards: { 'http-timeout': timeout, 'http-retry': guard('present', retries, 'count') },
  })
}

describe('attempts of a library without facts of retries', () => {
  const silent = (library: string): Client => client('cart', 'db', { protocol: 'sql', library, guards: {} })

  it('are one where it was read to try once, else not known', () => {
    expect(attemptsOf(dependency('cart', 'db', silent('pg')))).toBe(1)
    expect(attemptsOf(dependency('cart', 'db', silent('ioredis')))).toBeNull()
  })
})

describe('expected attempts', () => {
  it('4 attempts at 10 % failures are 1.111', () => {
    expect(expectedAttempts(4, 0.1)).toBeCloseTo(1.111, 10)
  })

  it('at certain failure every attempt is made', () => {
    expect(expectedAttempts(4, 1)).toBe(4)
    expect(expectedAttempts(4, 0)).toBe(1)
  })

  it('lie between one and all attempts, and rise with the failures', () => {
    const probability = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), probability, probability, (attempts, p, q) => {
        const [rare, often] = [Math.min(p, q), Math.max(p, q)].map((each) => expectedAttempts(attempts, each))
        expect(rare).toBeGreaterThanOrEqual(1 - 1e-9)
        expect(often).toBeLessThanOrEqual(attempts + 1e-9)
        expect(rare).toBeLessThanOrEqual(often! + 1e-6)
      }),
    )
  })
})

describe('amplification over a path', () => {
  it('is not known where a library says nothing of retries, and is 1 where it says there are none', () => {
    const silent = dependency('cart', 'redis', client('cart', 'redis', { guards: {} }))
    expect(attemptsOf(silent)).toBeNull()
    expect(amplificationOf([silent, dependency('web', 'cart', retrying(3))], 0.1)).toMatchObject({
      worst: null,
      expected: null,
      reason: expect.stringContaining('cart to redis'),
    })
    expect(attemptsOf(dependency('cart', 'pricing', retrying(null, 'absent')))).toBe(1)
    expect(attemptsOf(dependency('cart', 'pricing', retrying(3, 'inert')))).toBe(1)
  })

  it.each([
    ['three layers of 3 retries', 3, 3, 64],
    ['five layers of 2 retries', 5, 2, 243],
    ['one layer without retries', 1, 0, 1],
  ])('%s', (_, layers, retries, worst) => {
    const path = Array.from({ length: layers }, (_each, layer) =>
      dependency(`s${layer + 1}`, `s${layer}`, retrying(retries)),
    )
    expect(amplificationOf(path, 0.1).worst).toBe(worst)
  })

  it('gives the worst and the expected for 3 retries at 10 %: 4 and 1.111', () => {
    const { worst, expected } = amplificationOf([dependency('a', 'b', retrying(3))], 0.1)
    expect(worst).toBe(4)
    expect(expected).toBeCloseTo(1.111, 10)
  })

  it('is unknown as soon as one layer is, and says which', () => {
    const path = [dependency('b', 'c', retrying(3)), dependency('a', 'b', retrying(null))]
    expect(amplificationOf(path, 0.1)).toEqual({
      worst: null,
      expected: null,
      reason: 'attempts are not known on a to b',
    })
  })
})

describe('attempts of a dependency', () => {
  it.each<[string, Client[], number | null]>([
    ['retries come on top of the first try', [retrying(3)], 4],
    ['no retries seen: one try', [retrying(null, 'absent')], 1],
    ['undecided retries', [retrying(null, 'unknown')], null],
    ['retries of the caller', [retrying(null, 'delegated')], null],
    ['no code of the call was read', [], null],
    ['the most eager of several clients counts', [retrying(null, 'absent'), retrying(4)], 5],
    ['one undecided client of several', [retrying(2), retrying(null, 'unknown')], null],
  ])('%s', (_, clients, attempts) => {
    expect(attemptsOf(dependency('cart', 'pricing', ...clients))).toBe(attempts)
  })
})

describe('the time budget of a path', () => {
  it('is what the caller waits less all attempts below it', () => {
    const path = [dependency('b', 'c', waiting(2, 2)), dependency('a', 'b', waiting(5, 0))]
    expect(timeBudget(path)).toEqual({
      slackSeconds: 5 - 3 * 2,
      atLeastSeconds: -1,
      atMostSeconds: -1,
      reason: null,
    })
  })

  it('is the smallest over the layers', () => {
    const path = [
      dependency('c', 'd', waiting(1, 0)),
      dependency('b', 'c', waiting(4, 0)),
      dependency('a', 'b', waiting(4.5, 0)),
    ]
    expect(timeBudget(path).slackSeconds).toBe(0.5)
  })

  it.each<[string, Dependency[]]>([
    ['a single call has no caller to be late for', [dependency('b', 'c', waiting(1, 0))]],
    [
      'an unbounded callee has no worst case',
      [dependency('b', 'c', waiting(null, 0)), dependency('a', 'b', waiting(1, 0))],
    ],
    [
      'an unbounded caller never gives up',
      [dependency('b', 'c', waiting(1, 0)), dependency('a', 'b', waiting(null, 0))],
    ],
    [
      'milliseconds are not taken for seconds',
      [dependency('b', 'c', waiting(500, 0, 'ms')), dependency('a', 'b', waiting(1, 0))],
    ],
  ])('is not known: %s', (_, path) => {
    expect(timeBudget(path)).toEqual({
      slackSeconds: null,
      atLeastSeconds: null,
      atMostSeconds: null,
      reason: 'no two neighbouring calls have known timeouts',
    })
  })

  it('is a range where several calls may meet and nothing links one to another', () => {
    const path = [
      dependency('b', 'c', waiting(1, 0), waiting(2, 1)),
      dependency('a', 'b', waiting(3, 0), waiting(5, 0)),
    ]
    expect(timeBudget(path)).toEqual({
      slackSeconds: null,
      atLeastSeconds: 3 - 2 * 2,
      atMostSeconds: 5 - 1,
      reason:
        'between -1 s and 4 s: a waits 3 s or 5 s for b, which may need 1 s or 4 s for c, and which call waits for which was not seen',
    })
  })

  it('is one number where all calls that may meet are alike', () => {
    const path = [
      dependency('b', 'c', waiting(1, 2), waiting(3, 0)),
      dependency('a', 'b', waiting(5, 0), waiting(5, 3)),
    ]
    expect(timeBudget(path).slackSeconds).toBe(2)
  })

  it('takes the timeout of each call, which may differ from its client’s', () => {
    const place = { path: 'a.ts', line: 1, column: 1, endLine: 1 }
    const calls = [2, 9].map((seconds) => ({
      source: place,
      method: 'get',
      symbol: 'load',
      within: [],
      guards: { 'http-timeout': guard('present', seconds, 's') },
    }))
    const path = [
      dependency('b', 'c', waiting(3, 0)),
      dependency('a', 'b', { ...waiting(2, 0), calls: [...calls, { ...calls[0]!, guards: {} }] }),
    ]
    expect(timeBudget(path)).toMatchObject({ slackSeconds: null, atLeastSeconds: -1, atMostSeconds: 6 })
  })

  it('has no lower bound as soon as one client on the way is not bounded', () => {
    const pair = [dependency('b', 'c', waiting(2, 0)), dependency('a', 'b', waiting(1, 0))]
    const unbounded = dependency('z', 'a', waiting(9, 0), waiting(null, 0))
    expect(timeBudget([...pair, unbounded])).toEqual({
      slackSeconds: null,
      atLeastSeconds: null,
      atMostSeconds: -1,
      reason: 'the timeouts of a call on the way are not known',
    })
  })

  it('of any calls that may meet lies within the bounds', () => {
    const calls = fc.array(fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 3 })), {
      minLength: 1,
      maxLength: 4,
    })
    fc.assert(
      fc.property(calls, calls, (outer, inner) => {
        const clientsOf = (list: typeof outer) => list.map(([seconds, retries]) => waiting(seconds, retries))
        const { atLeastSeconds, atMostSeconds, slackSeconds } = timeBudget([
          dependency('b', 'c', ...clientsOf(inner)),
          dependency('a', 'b', ...clientsOf(outer)),
        ])
        const slacks = outer.flatMap(([waits]) =>
          inner.map(([seconds, retries]) => waits - seconds * (1 + retries)),
        )
        expect([Math.min(...slacks), Math.max(...slacks)]).toEqual([atLeastSeconds, atMostSeconds])
        expect(slackSeconds).toBe(new Set(slacks).size === 1 ? slacks[0] : null)
      }),
    )
  })
})
