import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Matcher } from '../../../src/facts/alert.js'
import type { AlertRouting, RoutingNode } from '../../../src/facts/routing.js'
import { Facts, type Fact } from '../../../src/facts/fact.js'
import { Notification } from '../../../src/system/alerts/notification.js'
import { deliveriesOf, hiddenRoutes } from '../../../src/system/alerts/routed-alerts.js'
import { alert, at, policies, query, selector } from '../facts.js'

const EXTERNAL = policies.routing.externalLabels

function route(receiver: string, matchers: string[] = [], over: Partial<RoutingNode> = {}): RoutingNode {
  return {
    source: at('alertmanager.yml'),
    receiver,
    names: true,
    matchers: matchers.map((text): Matcher => {
      const [, label, operator, value] = /^(\w+)(=~|!~|!=|=)(.*)$/.exec(text)!
      return { label: label!, operator: operator as Matcher['operator'], value: value! }
    }),
    isReadable: true,
    goesOn: false,
    groupBy: null,
    groupWaitSeconds: null,
    groupIntervalSeconds: null,
    mutedIn: [],
    activeIn: [],
    routes: [],
    ...over,
  }
}

function routing(root: RoutingNode, over: Partial<AlertRouting> = {}): AlertRouting {
  const names = new Set(allOf(root).map(({ receiver }) => receiver!))
  return {
    fact: 'alert-routing',
    source: at('alertmanager.yml'),
    object: null,
    isPart: false,
    namespace: null,
    name: null,
    labels: {},
    root,
    receivers: [...names].map((name) => ({
      name,
      source: at('alertmanager.yml'),
      channels: name === 'null' ? [] : [{ kind: 'pagerduty', host: null }],
    })),
    inhibitions: [],
    timeIntervals: {},
    refusals: [],
    ignores: {},
    ...over,
  }
}

function allOf(node: RoutingNode): RoutingNode[] {
  return [node, ...node.routes.flatMap(allOf)]
}

function comesTo(root: RoutingNode, labels: Record<string, string>, over = {}): string[] {
  const rule = alert('Down', [selector('up')], { labels, ...over })
  return deliveriesOf(rule, routing(root), EXTERNAL).map(
    ({ node, isCertain }) => `${node.receiver}${isCertain ? '' : '?'}`,
  )
}

describe('an alert comes to', () => {
  const tree = route('team', [], {
    routes: [
      route('pager', ['severity=critical'], { routes: [route('pay', ['team=pay'])] }),
      route('chat', ['severity=~critical|warning']),
    ],
  })

  it.each([
    ['the first route that matches', { severity: 'critical', team: 'orders' }, ['pager']],
    ['the innermost one', { severity: 'critical', team: 'pay' }, ['pay']],
    ['a later one, by its pattern', { severity: 'warning' }, ['chat']],
    ['the receiver of the whole tree when none matches', { severity: 'info' }, ['team']],
    ['two, when a label of the series decides', { severity: 'critical' }, ['pay?', 'pager?']],
    ['any, when all is left to the series', {}, ['pay?', 'pager?', 'chat?', 'team?']],
    [
      'any, when a template fills the label in',
      { severity: '{{ $labels.x }}' },
      ['pay?', 'pager?', 'chat?', 'team?'],
    ],
  ])('%s', (_, labels, expected) => {
    expect(comesTo(tree, labels)).toEqual(expected)
  })

  it('further routes when one goes on', () => {
    const both = route('team', [], {
      routes: [route('pager', ['severity=critical'], { goesOn: true }), route('chat', ['severity=critical'])],
    })
    expect(comesTo(both, { severity: 'critical' })).toEqual(['pager', 'chat'])
  })

  it('a later one only perhaps, when an earlier one may keep it', () => {
    const perhaps = route('team', [], {
      routes: [route('pay', ['team=pay']), route('pager', ['severity=critical'])],
    })
    expect(comesTo(perhaps, { severity: 'critical' })).toEqual(['pay?', 'pager?'])
  })

  it('a route by the label that all its series have', () => {
    const byJob = route('team', [], { routes: [route('orders', ['job=orders'])] })
    const rule = alert('Down', [selector('up', { job: 'orders' })], { labels: {} })
    expect(deliveriesOf(rule, routing(byJob), EXTERNAL)).toMatchObject([
      { node: { receiver: 'orders' }, isCertain: true },
    ])
  })

  it('no route for a label that its aggregation drops, unless Prometheus may add it', () => {
    const kept = query([selector('up')], { keptLabels: ['job'] })
    const byTeam = route('team', [], { routes: [route('pay', ['team=pay'])] })
    const byCluster = route('team', [], { routes: [route('eu', ['cluster=eu'])] })
    expect(comesTo(byTeam, {}, { query: kept })).toEqual(['team'])
    expect(comesTo(byCluster, {}, { query: kept })).toEqual(['eu?', 'team?'])
  })

  it('an AlertmanagerConfig only from its own namespace', () => {
    const own = routing(route('pager'), { isPart: true, namespace: 'shop' })
    const from = (namespace: string): number =>
      deliveriesOf(alert('A', [selector('up')], { labels: { namespace } }), own, EXTERNAL).length
    expect([from('shop'), from('other')]).toEqual([1, 0])
  })

  it('somewhere, whatever the tree looks like, and certainly to at most one route of those that keep it', () => {
    const word = fc.constantFrom('a', 'b', 'c')
    const matcher = fc.tuple(fc.constantFrom('x', 'y'), fc.constantFrom('=', '!=', '=~'), word)
    const nodes = fc.memo((depth: number): fc.Arbitrary<RoutingNode> =>
      fc
        .record({
          receiver: fc.constantFrom('r1', 'r2', 'r3'),
          matchers: fc.array(matcher, { maxLength: 2 }),
          goesOn: fc.boolean(),
          routes: depth > 1 ? fc.array(nodes(), { maxLength: 3 }) : fc.constant<RoutingNode[]>([]),
        })
        .map(({ receiver, matchers, goesOn, routes }) =>
          route(
            receiver,
            matchers.map(([label, operator, value]) => `${label}${operator}${value}`),
            { goesOn, routes },
          ),
        ),
    )
    const labels = fc.dictionary(fc.constantFrom('x', 'y'), word)
    fc.assert(
      fc.property(nodes(4), labels, fc.boolean(), (root, given, isWhole) => {
        const over = isWhole ? { query: query([selector('up')], { keptLabels: [] }) } : {}
        const found = deliveriesOf(
          alert('A', [selector('up')], { labels: given, ...over }),
          routing(root),
          EXTERNAL,
        )
        expect(found.length).toBeGreaterThan(0)
        if (isWhole) expect(found.every(({ isCertain }) => isCertain)).toBe(true)
        if (!allOf(root).some(({ goesOn }) => goesOn))
          expect(found.filter(({ isCertain }) => isCertain).length).toBeLessThanOrEqual(1)
      }),
    )
  })
})

describe('a route is hidden', () => {
  it.each([
    ['behind one that asks for less', ['severity=critical'], ['severity=critical', 'team=pay'], 1],
    ['behind one that asks for nothing', [], ['severity=critical'], 1],
    ['behind a pattern that takes its value', ['severity=~critical|warning'], ['severity=critical'], 1],
    ['not behind one that asks for more', ['severity=critical', 'team=pay'], ['severity=critical'], 0],
    ['not behind one that asks for something else', ['team=pay'], ['severity=critical'], 0],
  ])('%s', (_, before, after, expected) => {
    expect(hiddenRoutes(route('team', [], { routes: [route('a', before), route('b', after)] }))).toHaveLength(
      expected,
    )
  })
})

describe('whether somebody is told', () => {
  const known = (...routings: AlertRouting[]): Notification =>
    new Notification(new Facts(routings as Fact[]), policies.routing, policies.detection.defaults)
  const urgent = alert('Down', [selector('up')], { labels: { severity: 'critical' } })
  const told = routing(route('pager'))
  const mute = routing(route('null'))

  it.each([
    ['a receiver with a channel', [told], 'yes'],
    ['a receiver without one', [mute], 'no'],
    ['one of two configurations tells', [told, mute], 'unknown'],
    ['nothing was read', [], 'unknown'],
    [
      'the part of a namespace tells',
      [routing(route('pager'), { isPart: true, namespace: 'shop' })],
      'unknown',
    ],
  ])('%s', (_, routings, expected) => {
    expect(known(...routings).tells(urgent)).toBe(expected)
  })

  it('the part of its own namespace tells, whatever the rest does', () => {
    const own = alert('Down', [selector('up')], { labels: { namespace: 'shop' } })
    expect(known(mute, routing(route('pager'), { isPart: true, namespace: 'shop' })).tells(own)).toBe('yes')
  })

  it('takes the waits of the routes that the alert may take', () => {
    const tree = route('team', [], {
      groupWaitSeconds: 60,
      routes: [route('pager', ['severity=critical'], { groupWaitSeconds: 10, groupIntervalSeconds: 120 })],
    })
    expect(known(routing(tree)).waitsOf(urgent)).toEqual({ first: 10, later: 120 })
    expect(known().waitsOf(urgent)).toEqual({ first: 30, later: 300 })
  })
})
