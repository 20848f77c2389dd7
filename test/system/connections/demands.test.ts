import { describe, expect, it } from 'vitest'
import type { Fact } from '../../../src/facts/fact.js'
import { connectionDemands } from '../../../src/system/connections/demands.js'
import { client, codePackage, modelOf } from '../facts.js'
import { autoscaler, service, workload } from '../manifests.js'

function demandOf(replicas: number | null, scaled: Fact[]): { atRest: number; least: number }[] {
  const pool = { connections: 20, reason: '`max` is 20', variable: null, parameters: [] }
  const facts = [
    ...[codePackage('cart'), workload('cart', { replicas }), service('cart')],
    ...[workload('db'), service('db'), ...scaled],
    client('cart', 'db', { protocol: 'sql', pool }),
  ]
  const { system, manifests } = modelOf(facts)
  const [demand] = connectionDemands(system, manifests)
  return demand!.terms.map(({ atRest, least }) => ({ atRest, least }))
}

describe('connections with the instances at rest, and with all that may run', () => {
  it.each<[string, number | null, Fact[], number, number]>([
    ['without an autoscaler they are the same', 3, [], 3, 3],
    ['the autoscaler may go from what is written to its maximum', 2, [scaler(1, 6)], 2, 6],
    ['it keeps more than is written', 1, [scaler(3, 6)], 3, 6],
    ['nothing is written: one instance, or its minimum', null, [scaler(null, 6)], 1, 6],
    ['more is written than it permits', 9, [scaler(2, 6)], 6, 6],
  ])('%s', (_, replicas, scaled, atRest, least) => {
    expect(demandOf(replicas, scaled)).toEqual([{ atRest: atRest * 20, least: least * 20 }])
  })
})

function scaler(minReplicas: number | null, maxReplicas: number): Fact {
  return autoscaler('cart', { minReplicas, maxReplicas })
}
