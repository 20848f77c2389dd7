import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Facts, type Fact } from '../../../src/facts/fact.js'
import type { AlertRouting, Channel, RoutingNode } from '../../../src/facts/routing.js'
import type { Configuration } from '../../../src/knowledge/configuration.js'
import { AlertFate } from '../../../src/system/alerts/alert-fate.js'
import { System, UNPROXIED, type Component, type Dependency } from '../../../src/system/component.js'
import { detectionOf, type Detection, type Watch } from '../../../src/system/alerts/detection.js'
import { detectionBounds } from '../../../src/system/alerts/detection-bounds.js'
import { Manifests } from '../../../src/system/manifests/manifests.js'
import { noticeOf } from '../../../src/system/alerts/notice.js'
import { Notification } from '../../../src/system/alerts/notification.js'
import { emptyComponent } from '../../../src/system/workloads.js'
import { alert, at, configured, policies, query, selector } from '../facts.js'

const policy = policies.detection
const odd = watchOf(configured({ prometheus: { scrapeInterval: '30s', evaluationInterval: '1m' } }))

/** What is known where nothing but the declarations was read. */
function watchOf(
  configuration: Configuration,
  facts: Fact[] = [],
  components: Component[] = [],
  calls: Dependency[] = [],
): Watch {
  const read = new Facts(facts)
  const system = new System(components, calls, [])
  return {
    policy,
    configuration,
    notification: new Notification(read, policies.routing, policy.defaults),
    fate: new AlertFate(system, new Manifests(read, policies.componentKinds)),
    recorded: new Map(),
    writers: new Map(),
    silent: new Set(),
    unanalysed: [],
  }
}

function watched(id: string, kind: string, symptom: string, name = 'Alarm', over = {}): Component {
  const component = emptyComponent(id, kind)
  const rule = alert(name, [selector('up', { job: id })], over)
  component.alerts = [{ alert: rule, reason: 'named', symptom, certainty: 'named', needs: null }]
  return component
}

describe('how soon an alert fires, between two bounds', () => {
  it('30 s scrape, 1 min evaluation, 1 min for: 2 min 30 s before the notification is grouped', () => {
    const { best, worst } = detectionBounds(alert('A', [selector('up')], { forSeconds: 60 }), odd)
    expect(worst! - policy.defaults.groupIntervalSeconds).toBe(150)
    expect(best).toBe(60 + policy.defaults.groupWaitSeconds)
  })

  it('an alert with for: 3m cannot fire 30 s after the fault', () => {
    const { best } = detectionBounds(alert('A', [selector('up')], { forSeconds: 180 }), odd)
    expect(best).toBeGreaterThan(30)
    expect(best).toBe(210)
  })

  it('`for` is rounded up to whole evaluations of its group', () => {
    const rule = alert('A', [selector('up')], { forSeconds: 61, intervalSeconds: 60 })
    expect(detectionBounds(rule, odd).worst).toBe(30 + 0 + 60 + 120 + 300)
  })

  it('the longest window has to fill', () => {
    const rule = alert('A', [], { forSeconds: 0, query: query([selector('errors')], { windows: [60, 300] }) })
    expect(detectionBounds(rule, odd).worst).toBe(30 + 300 + 60 + 0 + 300)
  })

  it('without declared intervals those of Prometheus and Alertmanager hold: 1m, 1m, 30s, 5m', () => {
    const rule = alert('A', [selector('up')], { forSeconds: 0 })
    expect(detectionBounds(rule, watchOf(configured()))).toEqual({
      best: 30,
      soonest: 0,
      worst: 60 + 60 + 300,
    })
  })

  it('an evaluation interval of 0 divides nothing by zero', () => {
    const zero = watchOf(configured({ prometheus: { evaluationInterval: 0 } }))
    expect(detectionBounds(alert('A', [], { forSeconds: 90 }), zero).worst).toBe(60 + 90 + 300)
  })

  it('through recording rules, each with a window and an evaluation of its own', () => {
    const rule = alert('A', [selector('job:errors:rate5m')], { forSeconds: 0 })
    const recorded = new Map([
      ['job:errors:rate5m', query([selector('errors:rate5m')], { windows: [60] })],
      ['errors:rate5m', query([selector('errors_total')], { windows: [300] })],
    ])
    expect(detectionBounds(rule, { ...odd, recorded }).worst).toBe(30 + (300 + 60) + (60 + 60) + 60 + 300)
    expect(detectionBounds(rule, odd).worst).toBeNull()
  })

  it('what an alert looks back, by offset or by its group, comes on top of both', () => {
    const rule = alert('A', [selector('up')], {
      forSeconds: 60,
      query: query([selector('up')], { offsetSeconds: 600 }),
      queryOffsetSeconds: 30,
    })
    const now = detectionBounds(alert('A', [selector('up')], { forSeconds: 60 }), odd)
    const later = detectionBounds(rule, odd)
    expect([later.best - now.best, later.worst! - now.worst!]).toEqual([630, 630])
  })

  it('an absence is seen when the last sample is stale', () => {
    const up = alert('A', [selector('up')], { forSeconds: 60 })
    const absent = { ...up, query: query([selector('up')], { functions: ['absent'] }) }
    const [seen, gone] = [up, absent].map((rule) => detectionBounds(rule, odd))
    expect([gone!.best - seen!.best, gone!.worst! - seen!.worst!]).toEqual([0, 300])
  })

  it('best never lies above worst', () => {
    const seconds = fc.nat(4000)
    fc.assert(
      fc.property(
        seconds,
        fc.option(seconds),
        fc.array(seconds),
        seconds,
        (wait, interval, windows, scrape) => {
          const rule = alert('A', [], {
            forSeconds: wait,
            intervalSeconds: interval,
            query: query([], { windows }),
          })
          const declared = watchOf(configured({ prometheus: { scrapeInterval: scrape } }))
          const { best, worst } = detectionBounds(rule, declared)
          expect(best).toBeLessThanOrEqual(worst!)
          expect(best).toBeGreaterThanOrEqual(wait)
        },
      ),
    )
  })
})

describe('whether a fault would be noticed', () => {
  const quiet = emptyComponent('orders', 'service')

  it('by an alert on the failing component that shows this symptom', () => {
    const detection = detectionOf(
      watched('db', 'database', 'availability'),
      [quiet],
      { fault: 'pod-kill', shows: [] },
      odd,
    )
    expect(detection).toMatchObject({ alerts: ['Alarm'], best: 90, sharesFate: null })
    expect(detection.reason).toContain('whether anyone is notified is not known')
  })

  it('by an alert on those it takes along', () => {
    const caller = watched('orders', 'service', 'errors', 'OrdersFail')
    const detection = detectionOf(
      emptyComponent('db', 'database'),
      [caller],
      { fault: 'pod-kill', shows: [] },
      odd,
    )
    expect(detection.alerts).toEqual(['OrdersFail'])
  })

  it.each([
    ['shows another symptom', watched('db', 'database', 'resources')],
    [
      'can never fire',
      watched('db', 'database', 'availability', 'A', { query: query([], { fires: 'never' }) }),
    ],
    [
      'has no condition',
      watched('db', 'database', 'availability', 'A', { query: query([], { hasCondition: false }) }),
    ],
    [
      'does not parse',
      watched('db', 'database', 'availability', 'A', {
        query: query([], { syntaxError: { kind: 'syntax', message: '?', offset: 0 } }),
      }),
    ],
  ])('not by an alert that %s', (_, component) => {
    const detection = detectionOf(component, [quiet], { fault: 'pod-kill', shows: [] }, odd)
    expect(detection).toMatchObject({ alerts: [], best: null, worst: null })
    expect(detection.reason).toContain('no alert rule read')
  })

  it('not for certain, where an alert was not analysed', () => {
    const logs = alert('Logs', [], {
      query: query([], { syntaxError: { kind: 'not-analysed', message: 'LogQL', offset: 0 } }),
    })
    const failure = { fault: 'pod-kill', shows: [] }
    const db = emptyComponent('db', 'database')
    expect(detectionOf(db, [quiet], failure, odd)).toMatchObject({ isCertain: true })
    const detection = detectionOf(db, [quiet], failure, { ...odd, unanalysed: [logs] })
    expect(detection).toMatchObject({ alerts: [], isCertain: false })
    expect(detection.reason).toContain('as far as their expressions could be analysed: Logs may')
  })

  describe('by the symptoms that a fault has', () => {
    const slow = { fault: 'dependency-latency', shows: [] }
    const errors = watched('orders', 'service', 'errors', 'OrdersFail')
    const late = watched('orders', 'service', 'latency', 'OrdersSlow')
    const db = emptyComponent('db', 'database')

    it('what it comes to only perhaps leaves it open, and says so', () => {
      const detection = detectionOf(db, [errors], slow, odd)
      expect(detection).toMatchObject({ alerts: [], best: null, isCertain: false })
      expect(detection.reason).toContain('OrdersFail may fire: whether this fault causes errors is not known')
      expect(noticeOf(detection, true)).toBe('unknown')
    })

    it('what it surely comes to is noticed, and only that', () => {
      const both = { ...errors, alerts: [...errors.alerts, ...late.alerts] }
      expect(detectionOf(db, [both], slow, odd)).toMatchObject({ alerts: ['OrdersSlow'], isCertain: true })
    })

    it('what it never comes to notices nothing', () => {
      const detection = detectionOf(db, [watched('orders', 'service', 'hits')], slow, odd)
      expect(noticeOf(detection, true)).toBe('no')
    })

    it('a chain may make less sure what the fault alone would show', () => {
      const lost = { fault: 'pod-kill', shows: [], perhaps: ['errors'] }
      expect(noticeOf(detectionOf(db, [errors], lost, odd), true)).toBe('unknown')
      expect(noticeOf(detectionOf(db, [errors], { ...lost, perhaps: [] }, odd), true)).toBe('yes')
      expect(noticeOf(detectionOf(db, [errors], { ...lost, shows: ['errors'] }, odd), true)).toBe('yes')
    })
  })

  describe('not by an alert that a rule of the catalogue says cannot fire', () => {
    const down = watched('db', 'database', 'availability', 'Down')
    const kill = { fault: 'pod-kill', shows: [] }
    const silent = { ...odd, silent: new Set([down.alerts[0]!.alert]) }

    it('and names it', () => {
      const detection = detectionOf(down, [quiet], kill, silent)
      expect(detection).toMatchObject({ alerts: [], best: null, isCertain: true })
      expect(detection.silent.map(({ name }) => name)).toEqual(['Down'])
      expect(noticeOf(detection, true)).toBe('no')
    })

    it('also beside others, which then bound the times alone', () => {
      const slow = watched('db', 'database', 'availability', 'Slow', { forSeconds: 600 })
      const both = { ...down, alerts: [...down.alerts, ...slow.alerts] }
      const detection = detectionOf(both, [quiet], kill, silent)
      expect(detection).toMatchObject({ alerts: ['Slow'], best: 630 })
      expect(detection.silent.map(({ name }) => name)).toEqual(['Down'])
    })

    it('but not where it shows another symptom, or may be about anything', () => {
      const other = watched('db', 'database', 'resources', 'Full')
      const all = { ...odd, silent: new Set([other.alerts[0]!.alert]) }
      expect(detectionOf(other, [quiet], kill, all).silent).toEqual([])
      const possible = watched('db', 'database', 'availability', 'Any')
      possible.alerts[0]!.certainty = 'possible'
      const any = { ...odd, silent: new Set([possible.alerts[0]!.alert]) }
      expect(detectionOf(possible, [quiet], kill, any).silent).toEqual([])
    })
  })

  it.each(['quantum-tunnelling', 'constructor'])(
    'says so when it knows no symptoms of a fault: %s',
    (fault) => {
      const detection = detectionOf(watched('db', 'database', 'availability'), [], { fault, shows: [] }, odd)
      expect(detection).toMatchObject({ alerts: [], reason: `no symptoms are known for the fault ${fault}` })
    },
  )

  it('by an alert on what the chain makes of the caller', () => {
    const caller = watched('orders', 'service', 'availability', 'OrdersDown')
    const slow = { fault: 'dependency-latency', shows: ['availability'] }
    const db = emptyComponent('db', 'database')
    expect(detectionOf(db, [caller], slow, odd).alerts).toEqual(['OrdersDown'])
    expect(detectionOf(db, [caller], { ...slow, shows: [] }, odd).alerts).toEqual([])
    expect(detectionOf(db, [quiet, caller], slow, odd).alerts).toEqual([])
  })

  it('not by an alert whose series never match', () => {
    const selectors = [selector('pg_stat_database_numbackends'), selector('pg_settings_max_connections')]
    const [left, right] = selectors.map((one) => [one])
    const operation = {
      operator: '/',
      left: left!,
      right: right!,
      hasMatching: false,
      leftAggregates: false,
      rightAggregates: false,
    }
    const never = watched('db', 'database', 'availability', 'Never', {
      query: query(selectors, { vectorOperations: [operation] }),
    })
    expect(detectionOf(never, [], { fault: 'pod-kill', shows: [] }, odd).alerts).toEqual([])
  })

  it('for certain only when an alert names one of them', () => {
    const kind = watched('db', 'database', 'availability')
    kind.alerts[0]!.certainty = 'kind'
    const failure = { fault: 'pod-kill', shows: [] }
    expect(detectionOf(kind, [], failure, odd)).toMatchObject({ alerts: ['Alarm'], isCertain: false })
    expect(detectionOf(watched('db', 'database', 'availability'), [], failure, odd).isCertain).toBe(true)
  })

  it('lists each alert once; which of them fires is not known, so the last one bounds it', () => {
    const slow = watched('db', 'database', 'availability', 'Slow', { forSeconds: 600 })
    const fast = watched('orders', 'service', 'errors', 'Fast', { forSeconds: 0 })
    const detection = detectionOf(slow, [fast, fast], { fault: 'pod-kill', shows: [] }, odd)
    expect(detection).toMatchObject({ alerts: ['Fast', 'Slow'], best: 30, worst: 30 + 60 + 600 + 300 })
    expect([detection.bestBy?.name, detection.worstBy?.name]).toEqual(['Fast', 'Slow'])
  })

  describe('and who is told', () => {
    const receiver = (name: string, channels: Channel[]): AlertRouting['receivers'][number] => ({
      name,
      source: at('am.yml'),
      channels,
    })
    const tree = (own: AlertRouting['receivers'], over: Partial<RoutingNode> = {}): AlertRouting => ({
      fact: 'alert-routing',
      source: at('am.yml'),
      object: null,
      isPart: false,
      namespace: null,
      name: null,
      labels: {},
      root: {
        source: at('am.yml'),
        receiver: own[0]!.name,
        names: true,
        matchers: [],
        isReadable: true,
        goesOn: false,
        groupBy: null,
        groupWaitSeconds: 5,
        groupIntervalSeconds: 60,
        mutedIn: [],
        activeIn: [],
        routes: [],
        ...over,
      },
      receivers: own,
      inhibitions: [],
      timeIntervals: {},
      refusals: [],
      ignores: {},
    })
    const seen = (routing: AlertRouting, component = watched('db', 'database', 'availability')): Detection =>
      detectionOf(
        component,
        [quiet],
        { fault: 'pod-kill', shows: [] },
        watchOf(configured(), [routing], [component]),
      )

    it('with the waits of the route', () => {
      const detection = seen(tree([receiver('on-call', [{ kind: 'pagerduty', host: null }])]))
      expect(detection).toMatchObject({
        receivers: ['on-call (PagerDuty)'],
        best: 60 + 5,
        soonest: 60,
        worst: 60 + 60 + 60 + 60,
        sharesFate: false,
        isCertain: true,
        reason: null,
      })
    })

    it('nobody, by a receiver without a channel', () => {
      const detection = seen(tree([receiver('null', [])]))
      expect(detection).toMatchObject({ alerts: [], isCertain: true })
      expect(detection.reason).toContain('no one is notified')
    })

    it('nobody at times', () => {
      const detection = seen(
        tree([receiver('chat', [{ kind: 'slack', host: null }])], { mutedIn: ['nights'] }),
      )
      expect(detection.reason).toContain('Alarm is muted in some time intervals')
    })

    it('later, by as much as the route is silent at a time', () => {
      const nights = {
        extent: 'at times' as const,
        week: { zone: null, certain: [], possible: [[0, 90] as [number, number]] },
      }
      const muted = tree([receiver('chat', [{ kind: 'slack', host: null }])], { mutedIn: ['nights'] })
      const detection = seen({ ...muted, timeIntervals: { nights } })
      expect(detection).toMatchObject({ best: 65, worst: 240 + 5400, isCertain: false })
      expect(detection.reason).toContain('for up to 1 h 30 min, which the worst case includes')
      expect(seen(muted)).toMatchObject({ worst: null })
    })

    it('as soon as ever, where one of two routes is always awake', () => {
      const chats = ['day', 'night'].map((name) => receiver(name, [{ kind: 'slack', host: null }]))
      const both = tree(chats)
      const way = { ...both.root, goesOn: true, receiver: 'day', mutedIn: ['nights'] }
      const week = (from: number, to: number) => ({
        extent: 'at times' as const,
        week: { zone: null, certain: [], possible: [[from, to] as [number, number]] },
      })
      const routed = (mutedIn: string[], to: number): AlertRouting => ({
        ...both,
        root: { ...both.root, routes: [way, { ...way, receiver: 'night', mutedIn }] },
        timeIntervals: { nights: week(0, 720), days: week(to, 1440) },
      })
      expect(seen(routed([], 720))).toMatchObject({ worst: 240, isCertain: true, reason: null })
      expect(seen(routed(['days'], 720))).toMatchObject({ worst: 240, isCertain: true, reason: null })
      const gap = seen(routed(['days'], 660))
      expect(gap).toMatchObject({ worst: 240 + 3600, isCertain: false })
      expect(gap.reason).toContain('Alarm is muted in some time intervals, for up to 1 h')
    })

    it.each([
      ['no', 'sent to hook, at a port that the Service there does not have'],
      ['unknown', 'sent to hook, and whether that address accepts them is not known'],
    ] as const)('nobody for certain, where what takes what is sent is %s', (taken, reason) => {
      const hook = tree([receiver('hook', [{ kind: 'webhook', host: 'notifier', path: '/alerts' }])])
      const db = watched('db', 'database', 'availability')
      const watch = watchOf(configured(), [hook], [db])
      const lost = new Notification(new Facts([hook]), policies.routing, policy.defaults, () => taken)
      const detection = detectionOf(
        db,
        [quiet],
        { fault: 'pod-kill', shows: [] },
        { ...watch, notification: lost },
      )
      expect(detection).toMatchObject({ alerts: ['Alarm'], receivers: [], isCertain: false })
      expect(detection.reason).toContain(reason)
    })

    it('the failing component itself: then the path of the alerts shares its fate', () => {
      const notifier = watched('notifier', 'service', 'availability')
      const detection = seen(tree([receiver('hook', [{ kind: 'webhook', host: 'notifier' }])]), notifier)
      expect(detection).toMatchObject({ alerts: ['Alarm'], sharesFate: true, best: null, worst: null })
      expect(noticeOf(detection, true)).toBe('no')
    })

    it.each<[string, Dependency['criticality'], boolean | null, string]>([
      ['surely', 'hard', true, 'no'],
      ['only perhaps: then it is open', 'unknown', null, 'unknown'],
      ['and can do without', 'soft', false, 'yes'],
    ])('a component that needs what fails %s', (_, criticality, sharesFate, noticed) => {
      const [db, notifier] = [
        watched('db', 'database', 'availability'),
        emptyComponent('notifier', 'service'),
      ]
      const call: Dependency = {
        ...{ id: 'notifier -> db (sql)', from: 'notifier', to: 'db', protocol: 'sql', criticality },
        ...{ reason: '', sources: [], sites: [], guards: {}, clients: [], proxied: UNPROXIED },
      }
      const watch = watchOf(
        configured(),
        [tree([receiver('hook', [{ kind: 'webhook', host: 'notifier' }])])],
        [db, notifier],
        [call],
      )
      const detection = detectionOf(db, [quiet], { fault: 'pod-kill', shows: [] }, watch)
      expect(detection).toMatchObject({ alerts: ['Alarm'], sharesFate })
      expect(noticeOf(detection, true)).toBe(noticed)
    })

    it('somebody outside only perhaps: then it is not known', () => {
      const both = tree([receiver('hook', []), receiver('on-call', [{ kind: 'pagerduty', host: null }])])
      const perhaps = {
        ...both.root,
        receiver: 'on-call',
        matchers: [{ label: 'zone', operator: '=', value: 'a' }] as RoutingNode['matchers'],
      }
      expect(seen({ ...both, root: { ...both.root, routes: [perhaps] } }).sharesFate).toBeNull()
    })

    it('somebody whose address is not written: then it is not known', () => {
      expect(seen(tree([receiver('hook', [{ kind: 'webhook', host: null }])])).sharesFate).toBeNull()
    })
  })
})
