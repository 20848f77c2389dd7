import { describe, expect, it } from 'vitest'
import type { Fact } from '../../src/facts/fact.js'
import type { Component } from '../../src/system/component.js'
import { at, codePackage, modelOf, practice } from './facts.js'
import { autoscaler, workload } from './manifests.js'

function component(id: string, facts: Fact[]): Component | undefined {
  return modelOf(facts).system.component(id)
}

describe('the protections of a component', () => {
  const replicas = (...facts: Fact[]): unknown => component('cart', facts)!.guards['replicas']

  it.each([
    [2, 'present'],
    [1, 'absent'],
    [0, 'absent'],
    [null, 'absent'],
  ] as const)('%s replicas: %s', (count, state) => {
    expect(replicas(workload('cart', { replicas: count }))).toMatchObject({ state })
  })

  it('an autoscaler’s minimum counts instead, and is 1 when it is not written', () => {
    expect(replicas(workload('cart', { replicas: 1 }), autoscaler('cart'))).toMatchObject({
      state: 'present',
      value: 2,
    })
    expect(
      replicas(workload('cart', { replicas: 3 }), autoscaler('cart', { minReplicas: null })),
    ).toMatchObject({
      state: 'absent',
      value: 1,
      reason: 'its autoscaler keeps at least 1',
    })
  })

  it('of a workload defined twice the worse counts', () => {
    const release = workload('cart', { replicas: 3, source: at('k8s/release.yaml') })
    const base = workload('cart', { replicas: 1, source: at('k8s/base.yaml') })
    const atTheEnd = workload('cart', { replicas: 1, source: at('k8s/zone.yaml') })
    expect(replicas(release, base)).toMatchObject({ state: 'absent' })
    expect(replicas(release, atTheEnd)).toMatchObject({ state: 'absent' })
  })

  it('a CronJob has no instances to lose, and a workload without containers no probes', () => {
    expect(replicas(workload('cart', { kind: 'CronJob', replicas: null }))).toBeUndefined()
    expect(
      component('cart', [workload('cart', { containers: [] })])!.guards['readiness-probe'],
    ).toBeUndefined()
  })

  it('the worst of several practices counts', () => {
    const facts = [
      codePackage('cart'),
      practice('cart', 'in-memory-timer', 'present'),
      practice('cart', 'in-memory-timer', 'absent', { source: at('services/cart/src/timer.ts') }),
    ]
    expect(component('cart', facts)!.guards['in-memory-timer']).toMatchObject({ state: 'absent' })
  })
})
