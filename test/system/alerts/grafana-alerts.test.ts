import { describe, expect, it } from 'vitest'
import type { AlertRule, GrafanaRule } from '../../../src/facts/alert.js'
import { Facts } from '../../../src/facts/fact.js'
import type { AlertRouting, RoutingNode } from '../../../src/facts/routing.js'
import { Notification } from '../../../src/system/alerts/notification.js'
import { alert, at, policies, selector } from '../facts.js'

const NODE: RoutingNode = {
  source: at('policies.yaml'),
  receiver: 'team',
  names: true,
  matchers: [],
  isReadable: true,
  goesOn: false,
  groupBy: null,
  groupWaitSeconds: 45,
  groupIntervalSeconds: 120,
  mutedIn: [],
  activeIn: [],
  routes: [],
}
const OWN = { source: at('rules.yaml'), groupBy: null, mutedIn: [], activeIn: [] }

function routing(org: string | undefined, root: Partial<RoutingNode> = {}): AlertRouting {
  return {
    fact: 'alert-routing',
    source: at('policies.yaml'),
    object: null,
    isPart: false,
    namespace: null,
    name: null,
    labels: {},
    root: { ...NODE, ...root },
    receivers: ['team', 'night-shift'].map((name) => ({
      name,
      source: at('points.yaml'),
      channels: [{ kind: 'slack', host: null }],
    })),
    inhibitions: [],
    timeIntervals: {},
    refusals: [],
    ignores: {},
    ...(org !== undefined && { grafanaOrg: org }),
  }
}

function ofGrafana(over: Partial<GrafanaRule> = {}): AlertRule {
  return alert('A', [selector('up')], { grafana: { org: '1', withoutData: 'silent', route: null, ...over } })
}

function notification(...routings: AlertRouting[]): Notification {
  return new Notification(new Facts(routings), policies.routing, policies.detection.defaults)
}

function receiversOf(one: AlertRule, known: Notification): (string | null)[] {
  return known.of(one).map(({ receiver }) => receiver?.name ?? null)
}

describe('an alert of Grafana', () => {
  it('goes by the policies of its organisation, and one of Prometheus by Alertmanager', () => {
    const known = notification(routing('1'), routing('2'), routing(undefined, { receiver: 'night-shift' }))
    expect(receiversOf(ofGrafana(), known)).toEqual(['team'])
    expect(receiversOf(alert('B', [selector('up')]), known)).toEqual(['night-shift'])
    expect(receiversOf(ofGrafana({ org: '3' }), known)).toEqual([])
  })

  it('of which no policies were read is not known to come to anybody, and not known to be lost', () => {
    const known = notification(routing(undefined))
    expect(known.knows(ofGrafana())).toBe(false)
    expect(known.tells(ofGrafana())).toBe('unknown')
    expect(known.tells(alert('B', [selector('up')]))).toBe('yes')
  })

  it('that names its contact point is sent there, with the waits of the root', () => {
    const route = { ...OWN, receiver: 'night-shift', groupWaitSeconds: 5, groupIntervalSeconds: null }
    const known = notification(routing('1'))
    expect(receiversOf(ofGrafana({ route }), known)).toEqual(['night-shift'])
    expect(known.waitsOf(ofGrafana({ route }))).toEqual({ first: 5, later: 120 })
  })

  it('has a folder that routes may ask for', () => {
    const matchers = [{ label: 'grafana_folder', operator: '=' as const, value: 'Shop' }]
    const known = notification(routing('1', { routes: [{ ...NODE, receiver: 'night-shift', matchers }] }))
    expect(known.of(ofGrafana()).map(({ isCertain }) => isCertain)).toEqual([false, false])
  })
})
