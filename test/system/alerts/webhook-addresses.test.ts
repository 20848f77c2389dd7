import { describe, expect, it } from 'vitest'
import type { Endpoint } from '../../../src/facts/code.js'
import { Facts } from '../../../src/facts/fact.js'
import type { NetworkService } from '../../../src/facts/kubernetes.js'
import { AlertFate } from '../../../src/system/alerts/alert-fate.js'
import { takenChannels, webhookAddress } from '../../../src/system/alerts/webhook-addresses.js'
import { System } from '../../../src/system/component.js'
import { Manifests } from '../../../src/system/manifests/manifests.js'
import { emptyComponent } from '../../../src/system/workloads.js'
import { at, codePackage, policies } from '../facts.js'
import { service } from '../manifests.js'

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

function fateOf(endpoints: Endpoint[]): AlertFate {
  const notifier = {
    ...emptyComponent('notifier', 'service'),
    packages: [codePackage('notifier')],
    endpoints,
  }
  return new AlertFate(new System([notifier], [], []), new Manifests(new Facts([]), policies.componentKinds))
}

function ports(port: number): NetworkService['ports'] {
  return [{ name: null, port, targetPort: null }]
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
    ['is served under a prefix only', '/alerts', [endpoint('POST', '/v1/alerts')], 'unknown'],
    ['asks for a prefix that is not there', '/v1/alerts', [endpoint('POST', '/alerts')], 'unknown'],
    ['may be what is left out as a secret', '/alerts/*', [endpoint('POST', '/alerts/shop')], 'unknown'],
    ['is something else, and not all may have been seen', '/alerts', [endpoint('POST', '/mails')], 'unknown'],
    ['is served with another method', '/alerts', [endpoint('GET', '/alerts')], 'unknown'],
    ['is nothing that was seen', '/alerts', [], 'unknown'],
    ['is the root', '/', [endpoint('POST', '/alerts')], 'unknown'],
  ])('%s', (_, path, endpoints, isServed) => {
    const fate = fateOf(endpoints)
    expect(webhookAddress({ ...hook, path }, fate)?.isServed).toBe(isServed)
    expect(takenChannels(fate)({ ...hook, path })).toBe(isServed)
  })

  it('is not asked of what leads out of the system, or whose path was not kept', () => {
    const fate = fateOf([endpoint('POST', '/v1/alerts')])
    expect(webhookAddress({ ...hook, host: 'pager.example.com' }, fate)).toBeNull()
    expect(webhookAddress({ kind: 'webhook', host: 'notifier' }, fate)).toBeNull()
    expect(takenChannels(fate)({ kind: 'webhook', host: 'notifier' })).toBe('yes')
  })

  it('names what answers the same under another prefix, and nothing else', () => {
    const fate = fateOf([endpoint('POST', '/v1/alerts'), endpoint('POST', '/mails')])
    expect(webhookAddress(hook, fate)?.near.map(({ path }) => path)).toEqual(['/v1/alerts'])
  })

  it.each<[string, Partial<NetworkService>[], string]>([
    ['of the Service', [{ ports: ports(8080) }], 'yes'],
    ['that the Service does not have', [{ ports: ports(80) }], 'no'],
    ['that a headless Service needs not have', [{ ports: ports(80), isHeadless: true }], 'unknown'],
    ['that a value may be', [{ ports: ports(80), placeholders: { ports: '${PORT}' } }], 'unknown'],
    ['of a Service without ports that were read', [{ ports: [] }], 'unknown'],
    [
      'that it has in one of two places only',
      [{ ports: ports(80) }, { ports: ports(8080), namespace: 'b' }],
      'unknown',
    ],
    ['of a Service of another name', [{ ports: ports(80), name: 'mails' }], 'yes'],
  ])('asks for a port %s', (_, written, isServed) => {
    const services = written.map((over) => service('notifier', over))
    const notifier = {
      ...emptyComponent('notifier', 'service'),
      packages: [codePackage('notifier')],
      services,
      endpoints: [endpoint('POST', '/alerts')],
    }
    const fate = { takerOf: () => notifier } as unknown as AlertFate
    expect(webhookAddress({ ...hook, port: 8080 }, fate)?.isServed).toBe(isServed)
  })
})
