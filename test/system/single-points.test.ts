import { describe, expect, it } from 'vitest'
import type { Fact } from '../../src/facts/fact.js'
import { client, codePackage, configured, modelOf } from './facts.js'
import { ingress, service, workload } from './manifests.js'

function pointsOf(facts: Fact[], declared: object = {}): Record<string, string[]> {
  const { singlePoints } = modelOf(facts, configured(declared))
  return Object.fromEntries(singlePoints.map(({ component, dominates }) => [component, dominates]))
}

function deployed(name: string, replicas: number): Fact[] {
  return [codePackage(name), workload(name, { replicas }), service(name)]
}

const web = [...deployed('web', 2), ingress('web')]

describe('single points of failure', () => {
  it('are single instances on every way from the entry', () => {
    const facts = [
      ...web,
      ...deployed('cart', 1),
      ...deployed('db', 2),
      client('web', 'cart'),
      client('cart', 'db'),
    ]
    expect(pointsOf(facts)).toEqual({ cart: ['db'] })
  })

  it('carry nothing that is reached another way', () => {
    const facts = [...web, ...deployed('cart', 1), ...deployed('db', 2)]
    const calls = [client('web', 'cart'), client('cart', 'db'), client('web', 'db')]
    expect(pointsOf([...facts, ...calls])).toEqual({ cart: [] })
  })

  it('are none with several instances, with a soft dependency, or out of users’ reach', () => {
    const called = [client('web', 'cart')]
    expect(pointsOf([...web, ...deployed('cart', 2), ...called])).toEqual({})
    expect(pointsOf([...web, ...deployed('cart', 1)])).toEqual({})
    const soft = { dependencies: [{ from: 'web', to: 'cart', criticality: 'soft' }] }
    expect(pointsOf([...web, ...deployed('cart', 1), ...called], soft)).toEqual({})
  })

  it('include the entry itself, which everything is reached through', () => {
    const facts = [...deployed('web', 1), ingress('web'), ...deployed('cart', 2), client('web', 'cart')]
    expect(pointsOf(facts)).toEqual({ web: ['cart'] })
  })

  it('end on circles', () => {
    const facts = [...web, ...deployed('cart', 1), ...deployed('db', 1)]
    const calls = [client('web', 'cart'), client('cart', 'db'), client('db', 'cart')]
    expect(pointsOf([...facts, ...calls])).toEqual({ cart: ['db'], db: [] })
  })

  it('say how many need them', () => {
    const { singlePoints } = modelOf([...web, ...deployed('cart', 1), client('web', 'cart')])
    expect(singlePoints[0]!.reason).toBe('replicas is 1; 1 component calls it and may need it')
  })
})
