import { describe, expect, it } from 'vitest'
import type { Endpoint } from '../../../src/facts/code.js'
import { Facts } from '../../../src/facts/fact.js'
import { AlertFate } from '../../../src/system/alerts/alert-fate.js'
import { lostChannels, webhookAddress } from '../../../src/system/alerts/webhook-addresses.js'
import { System } from '../../../src/system/component.js'
import { Manifests } from '../../../src/system/manifests/manifests.js'
import { emptyComponent } from '../../../src/system/workloads.js'
import { at, codePackage, policies } from '../facts.js'

function endpoint(method: string, path: string): Endpoint {
  const source = at('services/notifier/src/server.ts', 7)
  return {
    fact: 'endpoint',
    source,
    package: 'services/notifier',
    method,
    path,
    calls: [],
    functions: [],
    awaited: [],
  }
}

function fateOf(...endpoints: Endpoint[]): AlertFate {
  const notifier = {
    ...emptyComponent('notifier', 'service'),
    packages: [codePackage('notifier')],
    endpoints,
  }
  return new AlertFate(new System([notifier], [], []), new Manifests(new Facts([]), policies.componentKinds))
}

const hook = { kind: 'webhook', host: 'notifier', path: '/alerts' }

describe('where alerts are sent to', () => {
  it.each<[string, string, Endpoint[], string]>([
    ['is served', '/alerts', [endpoint('POST', '/alerts')], 'yes'],
    ['is served by what answers any method', '/alerts', [endpoint('ALL', '/alerts')], 'yes'],
    [
      'is served by a parameter, whatever stands there',
      '/alerts/*',
      [endpoint('POST', '/alerts/:key')],
      'yes',
    ],
    ['is served under a prefix only', '/alerts', [endpoint('POST', '/v1/alerts')], 'no'],
    ['asks for a prefix that is not there', '/v1/alerts', [endpoint('POST', '/alerts')], 'no'],
    ['may be what is left out as a secret', '/alerts/*', [endpoint('POST', '/alerts/shop')], 'unknown'],
    ['is something else, and not all may have been seen', '/alerts', [endpoint('POST', '/mails')], 'unknown'],
    ['is served with another method', '/alerts', [endpoint('GET', '/alerts')], 'unknown'],
    ['is nothing that was seen', '/alerts', [], 'unknown'],
    ['is the root', '/', [endpoint('POST', '/alerts')], 'unknown'],
  ])('%s', (_, path, endpoints, isServed) => {
    const fate = fateOf(...endpoints)
    expect(webhookAddress({ ...hook, path }, fate)?.isServed).toBe(isServed)
    expect(lostChannels(fate)({ ...hook, path })).toBe(isServed === 'no')
  })

  it('is not asked of what leads out of the system, or whose path was not kept', () => {
    const fate = fateOf(endpoint('POST', '/v1/alerts'))
    expect(webhookAddress({ ...hook, host: 'pager.example.com' }, fate)).toBeNull()
    expect(webhookAddress({ kind: 'webhook', host: 'notifier' }, fate)).toBeNull()
  })
})
