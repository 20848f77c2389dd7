import { describe, expect, it } from 'vitest'
import type { Selector } from '../../../src/facts/alert.js'
import { alertsOf, namesInAlert } from '../../../src/system/alerts/alerts.js'
import type { AlertTie, Component } from '../../../src/system/component.js'
import { emptyComponent } from '../../../src/system/workloads.js'
import { alert, policies, query, selector } from '../facts.js'

const policy = policies.detection

function component(id: string, kind = 'service', aliases: string[] = []): Component {
  return Object.assign(emptyComponent(id, kind), { aliases })
}

function tieOf(to: Component, ...selectors: Selector[]): AlertTie | undefined {
  return alertsOf(to, [alert('A', selectors)], policy)[0]
}

function matching(label: string, operator: '=' | '!=' | '=~' | '!~', value: string): Selector {
  return { metric: 'http_requests_total', matchers: [{ label, operator, value }] }
}

const cart = component('cart', 'service', ['basket'])

describe('an alert speaks of a component', () => {
  it.each<[string, Selector]>([
    ['by its name', matching('job', '=', 'cart')],
    ['by an alias', matching('service', '=', 'basket')],
    ['by a regular expression', matching('job', '=~', 'cart|orders')],
    ['by a grouped one', matching('job', '=~', '(orders|ca[r-t]t).*')],
    ['by the pods of a StatefulSet', matching('pod', '=~', 'cart-[0-9]+')],
    ['by the pods of a Deployment', matching('pod', '=~', 'cart-[a-z0-9]+-[a-z0-9]{5}')],
    ['by a prefix of its pods', matching('pod', '=~', 'cart-.*')],
    ['by escaped and classed characters', matching('job', '=~', '\\w{4}|x\\.y')],
  ])('%s', (_, selected) => {
    expect(tieOf(cart, selected)).toMatchObject({ certainty: 'named', symptom: 'errors' })
  })

  it.each<[string, Selector]>([
    ['a longer name', matching('job', '=', 'cart-worker')],
    ['a part of its name', matching('job', '=', 'car')],
    ['a regular expression without an anchor: Prometheus anchors it', matching('job', '=~', 'car')],
    ['another label', matching('team', '=', 'cart')],
    ['an instance that merely contains it', matching('pod', '=~', 'shopping-cart-.*')],
    ['other capitals', matching('job', '=', 'Cart')],
  ])('but not by %s', (_, selected) => {
    expect(tieOf(cart, selected)?.certainty).not.toBe('named')
  })

  it.each([
    ['unbalanced', '(cart'],
    ['nested repetition', '((a+))+b'],
    ['overlapping choice', '(a|a)*b'],
    ['counted repetition', '(a?){200}b'],
    ['many repetitions', `${'a*'.repeat(40)}b`],
    ['repeated choice without a star', `${'(a|aa)'.repeat(40)}b`],
    ['nested counts', '(((((a{9}){9}){9}){9}){9}){9}'],
    ['look-ahead, which RE2 does not have', '(?=a)a+'],
    ['a back-reference, which RE2 does not have', '(a+)\\1'],
    ['longer than any name', 'a'.repeat(100_000)],
  ])('a hostile expression ends and matches nothing: %s', (_, value) => {
    const hostile = component(`${'a'.repeat(200)}!`)
    expect(tieOf(hostile, matching('job', '=~', value))).toBeUndefined()
  })

  it('of a kind, when a metric of that kind comes without a name', () => {
    const database = component('db', 'database')
    expect(tieOf(database, selector('pg_stat_activity_connections'))).toMatchObject({
      certainty: 'kind',
      symptom: 'connections',
    })
    expect(tieOf(cart, selector('pg_stat_activity_connections'))).toBeUndefined()
    expect(tieOf(cart, selector('node_cpu_seconds_total'))).toBeUndefined()
  })

  it("perhaps, when a metric of a team's own naming comes without a name", () => {
    expect(tieOf(cart, selector('payment_intent_failures_total'))).toMatchObject({
      certainty: 'possible',
      symptom: 'errors',
    })
    expect(tieOf(cart, selector('http_request_duration_seconds_bucket'))).toMatchObject({
      certainty: 'kind',
      symptom: 'latency',
    })
    expect(tieOf(cart, selector('nodejs_eventloop_lag_seconds'))).toMatchObject({ certainty: 'kind' })
  })

  it('not of a kind, when it names another component', () => {
    expect(tieOf(cart, selector('http_requests_total', { job: 'orders' }))).toBeUndefined()
    const joined = [selector('http_requests_total'), selector('up', { job: 'orders' })]
    expect(tieOf(cart, ...joined)).toBeUndefined()
  })

  it('by name, wherever in the expression the name stands', () => {
    const joined = [selector('http_requests_total'), selector('up', { job: 'cart' })]
    expect(tieOf(cart, ...joined)).toMatchObject({ certainty: 'named' })
    expect(tieOf(cart, ...joined.reverse())).toMatchObject({ certainty: 'named' })
  })

  it('`up` without a label is about every scrape target, and nothing outside', () => {
    expect(tieOf(cart, selector('up'))).toMatchObject({ symptom: 'availability', certainty: 'kind' })
    expect(tieOf(component('stripe', 'external'), selector('up'))).toBeUndefined()
  })
})

describe('the names in an alert', () => {
  it('are sorted, each once', () => {
    const rule = alert('A', [
      matching('job', '=', 'orders'),
      matching('app', '=', 'cart'),
      matching('job', '=', 'cart'),
    ])
    expect(namesInAlert(rule, policy)).toEqual({ names: ['cart', 'orders'], patterns: [] })
  })

  it.each<[string, string, string[], string[]]>([
    ['a list', 'orders|cart', ['cart', 'orders'], []],
    ['a list in brackets', '(?:cart|orders-v2)', ['cart', 'orders-v2'], []],
    ['an anchored name', '^cart$', ['cart'], []],
    ['a prefix', 'cart-.*', [], ['cart-.*']],
    ['a list with a pattern', 'cart|ord.+', [], ['cart|ord.+']],
    ['brackets inside', 'cart-(blue|green)', [], ['cart-(blue|green)']],
    ['a dot, which stands for any character', 'cart.shop', [], ['cart.shop']],
  ])('%s', (_, value, names, patterns) => {
    const rule = alert('A', [matching('job', '=~', value)])
    expect(namesInAlert(rule, policy)).toEqual({ names, patterns })
  })

  it.each<[string, Selector]>([
    ['an exclusion', matching('job', '!=', 'cart')],
    ['anything', matching('job', '=~', '.+')],
    ['nothing', matching('job', '=', '')],
    ['a label that names no component', matching('severity', '=', 'cart')],
  ])('%s is no name', (_, selected) => {
    expect(namesInAlert(alert('A', [selected]), policy)).toBeNull()
  })

  it('of an alert that does not parse: none', () => {
    const broken = alert('A', [], {
      query: query([], { syntaxError: { kind: 'syntax', message: 'unexpected {', offset: 3 } }),
    })
    expect(namesInAlert(broken, policy)).toBeNull()
    expect(alertsOf(cart, [broken], policy)).toEqual([])
  })
})
