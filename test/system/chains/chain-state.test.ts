import { describe, expect, it } from 'vitest'
import type { Experiment, Plan, Run } from '../../../src/facts/experiment.js'
import { stateOf, type ChainState } from '../../../src/system/chains/chain-state.js'
import type { Chain } from '../../../src/system/chains/chains.js'
import { System, type Component } from '../../../src/system/component.js'
import { timeBudget } from '../../../src/system/time-budget.js'
import { emptyComponent } from '../../../src/system/workloads.js'
import { alert, AS_OF, configured, experiment, policies, run } from '../facts.js'

const ID = 'single-instance:db>orders>web'

function chain(over: Partial<Chain> = {}): Chain {
  const link = { mechanism: 'it fails', evidence: [], assumption: null, limits: null }
  return {
    id: ID,
    pattern: 'single-instance',
    title: 'db is lost',
    trigger: { component: 'db', fault: 'pod-kill' },
    links: [
      { from: 'db', to: 'orders', ...link },
      { from: 'orders', to: 'web', ...link },
    ],
    loop: false,
    retried: false,
    sustainedBy: null,
    amplification: { worst: 1, expected: 1, reason: '' },
    budget: timeBudget([]),
    missing: [],
    detection: {
      receivers: [],
      soonest: null,
      alerts: ['DatabaseDown'],
      best: 30,
      worst: 300,
      worstAwake: 300,
      sharesFate: null,
      reason: null,
      isCertain: true,
      bestBy: null,
      worstBy: null,
      silent: [],
    },
    noticed: 'yes',
    impact: { direct: ['orders'], secondary: ['web'], tertiary: [], without: [] },
    priority: 'high',
    priorityBasis: '',
    experiment: 'kill it',
    ...over,
  }
}

const NO_PLAN: Plan = {
  effortHours: null,
  status: 'planned',
  risk: null,
  since: null,
  parameters: [],
  schedules: [],
  abort: [],
}

const database = emptyComponent('db', 'database')
database.aliases.push('postgres-primary')
const system = new System([database, emptyComponent('db-exporter', 'service')], [], [])
const fired = [{ name: 'DatabaseDown', firedAt: null, afterSeconds: 45 }]

/** A run for which all nine conditions hold. */
function perfect(over: Partial<Run> = {}, id = 'r1'): Run {
  return run(id, { target: 'db', fault: 'pod-kill', covers: [ID], alerts: fired, ...over })
}

function stateFrom(
  runs: Run[],
  experiments: Experiment[] = [],
  declared: object = { objectives: { recoverySeconds: 60 } },
  of = chain(),
): ChainState {
  const configuration = configured(declared)
  return stateOf(of, system, { runs, experiments, configuration, policy: policies.chains, asOf: AS_OF })
}

const recovery = (over: Partial<Run['recovery']>): Run['recovery'] => ({
  ...run('x').recovery,
  seconds: null,
  ...over,
})

describe('a chain is tested', () => {
  it('when all nine conditions hold', () => {
    const { state, linksCovered, runs } = stateFrom([perfect()])
    expect(state).toBe('TESTED')
    expect(linksCovered).toBe(2)
    expect(runs).toMatchObject([{ run: 'r1', counts: true }])
  })

  it('a manifest of a tool of which no record was read: whether it was tried is not told', () => {
    const manifest = experiment('kill', { target: 'db', fault: 'pod-kill', recordedBy: 'chaos-mesh' })
    expect(stateFrom([], [manifest])).toMatchObject({
      state: 'PLANNED',
      untold: expect.stringContaining('Chaos Mesh'),
    })
    const other = run('other', { target: 'orders', format: 'chaos-mesh' })
    expect(stateFrom([other], [manifest])).toMatchObject({ state: 'PLANNED', untold: null })
  })

  it.each<[string, Partial<Run>]>([
    ['absorbed: users noticed nothing', { recovery: recovery({ kind: 'absorbed' }) }],
    [
      'an interval that ends within the objective',
      { recovery: recovery({ kind: 'between', low: 30, high: 60 }) },
    ],
    ['production, although staging is enough', { environment: 'production' }],
    ['exactly as old as allowed', { startedAt: '2026-10-02T00:00:00.000Z' }],
    ['named by an alias', { target: 'postgres-primary' }],
  ])('also: %s', (_, over) => {
    expect(stateFrom([perfect(over)]).state).toBe('TESTED')
  })
})

describe('each of the nine conditions is needed', () => {
  it.each<[number, string, Partial<Run>, ChainState['state'], string]>([
    [3, 'only the trigger was injected', { covers: [] }, 'PARTIAL', 'covers 1 of 2 links'],
    [4, 'an idle system', { load: false }, 'PARTIAL', 'no load'],
    [4, 'load not recorded', { load: null }, 'PARTIAL', 'no load'],
    [5, 'recovery not observed', { recovery: recovery({ kind: 'unknown' }) }, 'PARTIAL', 'recovery'],
    [
      5,
      'watched for less than the objective',
      { recovery: recovery({ kind: 'not-recovered-within', low: 30 }) },
      'PARTIAL',
      'recovery',
    ],
    [
      5,
      'an interval that holds the objective',
      { recovery: recovery({ kind: 'between', low: 30, high: 90 }) },
      'PARTIAL',
      'recovery',
    ],
    [6, 'another alert fired', { alerts: [{ ...fired[0]!, name: 'Other' }] }, 'PARTIAL', 'alert'],
    [6, 'the alert exists, and stayed silent', { alerts: [] }, 'PARTIAL', 'alert'],
    [
      6,
      'it fired later than it should',
      { alerts: [{ ...fired[0]!, afterSeconds: 301 }] },
      'PARTIAL',
      'alert',
    ],
    [
      6,
      'when it fired is not recorded',
      { alerts: [{ ...fired[0]!, afterSeconds: null }] },
      'PARTIAL',
      'how long after the fault its alert fired is not recorded',
    ],
    [
      6,
      'it fired before the fault',
      { alerts: [{ ...fired[0]!, afterSeconds: -1 }] },
      'PARTIAL',
      'before the fault began',
    ],
    [7, 'too far from users', { environment: 'development' }, 'PARTIAL', 'development'],
    [7, 'an unknown environment', { environment: null }, 'PARTIAL', 'unknown environment'],
    [8, 'too old', { startedAt: '2026-10-01T23:59:59.000Z' }, 'STALE', 'older than 30 days'],
    [8, 'of unknown age', { startedAt: null }, 'STALE', 'not recorded'],
    [9, 'rollback failed', { rolledBack: false }, 'PARTIAL', 'rollback'],
    [9, 'rollback not recorded', { rolledBack: null }, 'PARTIAL', 'rollback'],
    [5, 'recovery missed', { recovery: recovery({ kind: 'recovered', seconds: 61 }) }, 'FAILED', '1 min'],
    [
      5,
      'not recovered for longer than the objective',
      { recovery: recovery({ kind: 'not-recovered-within', low: 60 }) },
      'FAILED',
      '1 min',
    ],
    [
      5,
      'an interval beyond the objective',
      { recovery: recovery({ kind: 'between', low: 60, high: 90 }) },
      'FAILED',
      '1 min',
    ],
  ])('condition %d: %s', (_number, _what, over, state, why) => {
    const result = stateFrom([perfect(over)])
    expect(result.state).toBe(state)
    expect(result.runs[0]!.why).toContain(why)
  })

  it('condition 5: without a declared objective no recovery is good enough', () => {
    const { state, runs } = stateFrom([perfect()], [], {})
    expect(state).toBe('PARTIAL')
    expect(runs[0]!.why).toContain('no recovery objective is declared')
  })

  it('condition 6: one alert in time is enough', () => {
    const late = { ...fired[0]!, afterSeconds: 301 }
    const untimed = { ...fired[0]!, afterSeconds: null }
    expect(stateFrom([perfect({ alerts: [untimed, late, fired[0]!] })]).state).toBe('TESTED')
    expect(stateFrom([perfect({ alerts: [untimed, late] })]).state).toBe('PARTIAL')
  })

  it('condition 7: an environment has other names', () => {
    expect(stateFrom([perfect({ environment: 'Prod' })]).state).toBe('TESTED')
    expect(stateFrom([perfect({ environment: 'dev' })]).state).toBe('PARTIAL')
  })

  it('condition 7: an environment of the team’s own is asked for by its name', () => {
    const declared = { objectives: { recoverySeconds: 60 }, policies: { requiredEnvironment: 'preprod' } }
    expect(stateFrom([perfect({ environment: 'preprod' })], [], declared).state).toBe('TESTED')
    expect(stateFrom([perfect({ environment: 'development' })], [], declared).state).toBe('PARTIAL')
    expect(stateFrom([perfect({ environment: null })], [], declared).state).toBe('PARTIAL')
  })

  it.each<[string, Partial<Run>]>([
    ['another fault on the component', { fault: 'dependency-latency', covers: [] }],
    ['the fault on another component', { target: 'orders', covers: [] }],
    ['a component of a similar name', { target: 'db-exporter', covers: [] }],
    ['a part of the name', { target: 'd', covers: [] }],
    ['no target', { target: null, covers: [] }],
    ['another chain is declared', { target: null, covers: [`${ID}>more`] }],
  ])('condition 1: %s leaves it untested', (_, over) => {
    expect(stateFrom([perfect(over)])).toEqual({
      state: 'UNTESTED',
      linksCovered: 0,
      runs: [],
      untold: null,
      plans: [],
      related: expect.any(Array) as unknown,
      failures: { counting: 0, failed: 0, late: 0 },
    })
  })

  it('condition 1: a declaration is enough without target and fault', () => {
    expect(stateFrom([perfect({ target: null, fault: null })]).state).toBe('TESTED')
  })
})

describe('what does not test a chain', () => {
  it('a definition that never ran: planned', () => {
    const planned = experiment('kill', { target: 'db', fault: 'pod-kill' })
    expect(stateFrom([], [planned])).toEqual({
      state: 'PLANNED',
      linksCovered: 0,
      runs: [],
      untold: null,
      plans: ['kill'],
      related: [],
      failures: { counting: 0, failed: 0, late: 0 },
    })
    expect(stateFrom([], [experiment('named', { covers: [ID] })]).state).toBe('PLANNED')
  })

  it.each<[string, Partial<Run>]>([
    ['an invalid run', { grade: 'invalid', reasons: ['the fault was not active'] }],
    ['a weak run', { grade: 'weak', reasons: ['nothing asserts the fault'] }],
    ['an interrupted run', { verdict: 'aborted' }],
    ['a run after the date of the report', { startedAt: '2031-01-01T00:00:00.000Z' }],
  ])('%s changes no state and is listed with its reason', (_, over) => {
    const { state, linksCovered, runs } = stateFrom([perfect(over)])
    expect({ state, linksCovered }).toEqual({ state: 'UNTESTED', linksCovered: 0 })
    expect(runs).toMatchObject([{ run: 'r1', counts: false }])
    expect(runs[0]!.why).toMatch(/the fault was not active|nothing asserts the fault|aborted|after the date/)
  })

  it('a failed run is evidence of a gap, not of nothing', () => {
    expect(stateFrom([perfect({ verdict: 'fail' })]).state).toBe('FAILED')
  })

  it('a chain without links is not covered by silence', () => {
    const bare = chain({ links: [] })
    expect(stateFrom([perfect({ covers: [] })], [], {}, bare).linksCovered).toBe(0)
  })
})

describe('of several runs', () => {
  const old = { startedAt: '2026-10-10T00:00:00.000Z' }

  it('the newest valid verdict decides', () => {
    expect(stateFrom([perfect(old, 'old'), perfect({ verdict: 'fail' }, 'new')]).state).toBe('FAILED')
    expect(stateFrom([perfect({ ...old, verdict: 'fail' }, 'old'), perfect({}, 'new')]).state).toBe('TESTED')
  })

  it('the links are those of the run that decides, not of an older one', () => {
    const { state, linksCovered } = stateFrom([perfect(old, 'old'), perfect({ covers: [] }, 'new')])
    expect({ state, linksCovered }).toEqual({ state: 'PARTIAL', linksCovered: 1 })
  })

  it('a newer invalid run does not hide an older valid one', () => {
    const { state, runs } = stateFrom([perfect(old, 'old'), perfect({ grade: 'invalid' }, 'new')])
    expect(state).toBe('TESTED')
    expect(runs.map((each) => [each.run, each.counts])).toEqual([
      ['new', false],
      ['old', true],
    ])
  })

  it('in any order the answer is the same', () => {
    const runs = [perfect(old, 'a'), perfect({ covers: [] }, 'b'), perfect({ grade: 'weak' }, 'c')]
    expect(stateFrom([...runs].reverse())).toEqual(stateFrom(runs))
  })
})

describe('what a failed run says', () => {
  const failed = { verdict: 'fail' as const, covers: [] }
  const why = (over: Partial<Run>, components: Component[] = []): string => {
    const whole = new System([database, ...components], [], [])
    return stateOf(chain(), whole, {
      runs: [perfect({ ...failed, ...over })],
      experiments: [],
      configuration: configured(),
      policy: policies.chains,
      asOf: AS_OF,
    }).runs[0]!.why
  }

  it('is not that the chain happened: which links were seen its record does not say', () => {
    expect(why({})).toBe('the run failed; its record does not state which links were seen')
  })

  it('is the link at whose end an alert fired', () => {
    const orders = emptyComponent('orders', 'service')
    orders.alerts = [
      { alert: alert('OrdersFail', []), reason: 'named', symptom: 'errors', certainty: 'named', needs: null },
    ]
    const alerts = [{ name: 'OrdersFail', firedAt: null, afterSeconds: null }]
    expect(why({ alerts }, [orders])).toBe('the run failed; link 1 was seen (OrdersFail fired)')
    orders.alerts[0]!.certainty = 'kind'
    expect(why({ alerts }, [orders])).toContain('does not state which links')
  })

  it('is what it declares to have watched', () => {
    expect(why({ covers: [ID] })).toBe('the run failed; its record states that it observed all links')
  })

  it('with the words of its record, and how many of those that count failed', () => {
    const late = recovery({ kind: 'recovered', seconds: 61 })
    const { runs, failures } = stateFrom([
      perfect({ ...failed, notes: 'It hung.' }, 'a'),
      perfect({ recovery: late }, 'b'),
      perfect({ grade: 'weak', verdict: 'fail' }, 'c'),
    ])
    expect(runs.find(({ run }) => run === 'a')!.note).toBe('It hung.')
    expect(failures).toEqual({ counting: 2, failed: 1, late: 1 })
  })
})

describe('what is only about the same component is related', () => {
  const texts = [{ name: 'endpoint', value: '/hooks' }]
  const plan = { ...NO_PLAN, texts }

  it('another fault on it', () => {
    const { state, related } = stateFrom(
      [perfect({ fault: 'network-partition', covers: [] }, 'cut')],
      [experiment('slow', { target: 'db', fault: 'dependency-latency' })],
    )
    expect(state).toBe('UNTESTED')
    expect(related).toEqual([
      { fault: 'dependency-latency', shown: 'not-stated', part: null, experiments: ['slow'], runs: [] },
      { fault: 'network-partition', shown: 'not-stated', part: null, experiments: [], runs: ['cut'] },
    ])
  })

  it('apart by what the records say of the fault', () => {
    const other = { fault: 'network-partition', covers: [] }
    const { related } = stateFrom([
      perfect(other, 'active'),
      perfect({ ...other, faultVerified: null }, 'open'),
      perfect({ ...other, faultVerified: false, grade: 'invalid' }, 'refused'),
      perfect({ ...other, fault: null, faultVerified: null }, 'unnamed'),
    ])
    expect(related.map(({ shown, runs }) => [shown, runs])).toEqual([
      ['not-stated', ['active']],
      ['not-shown', ['open']],
      ['not-injected', ['refused']],
      ['not-stated', ['unnamed']],
    ])
  })

  it('the same fault on a part of it, planned or run', () => {
    const hooks = experiment('hooks', { target: 'db', fault: 'pod-kill', plan })
    const { state, plans, related } = stateFrom(
      [perfect({ experiment: 'hooks', covers: [] }, 'one')],
      [hooks],
    )
    expect({ state, plans }).toEqual({ state: 'UNTESTED', plans: [] })
    expect(related).toEqual([
      {
        fault: 'pod-kill',
        shown: 'not-stated',
        part: 'endpoint /hooks',
        experiments: ['hooks'],
        runs: ['one'],
      },
    ])
  })

  it('unless it declares to cover the chain, or its parameters limit it to no part', () => {
    const declared = experiment('hooks', { target: 'db', fault: 'pod-kill', covers: [ID], plan })
    expect(stateFrom([], [declared])).toMatchObject({ state: 'PLANNED', plans: ['hooks'], related: [] })
    const whole = { ...NO_PLAN, texts: [{ name: 'mode', value: 'one' }] }
    const kill = experiment('kill', { target: 'db', fault: 'pod-kill', plan: whole })
    expect(stateFrom([], [kill])).toMatchObject({ state: 'PLANNED', plans: ['kill'] })
  })

  it('what is about another component is not', () => {
    expect(stateFrom([perfect({ target: 'orders', covers: [] })]).related).toEqual([])
  })
})
