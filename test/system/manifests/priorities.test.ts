import { describe, expect, it } from 'vitest'
import { Facts, type Fact } from '../../../src/facts/fact.js'
import type { PriorityClass, Workload } from '../../../src/facts/kubernetes.js'
import { manifestObjects } from '../../../src/system/manifests/manifest-objects.js'
import { Priorities } from '../../../src/system/manifests/priorities.js'
import { at } from '../facts.js'
import { workload } from '../manifests.js'

function priorityClass(name: string, value: number | null, over: Partial<PriorityClass> = {}): PriorityClass {
  return {
    fact: 'priority-class',
    source: at('k8s/classes.yaml'),
    id: `default/PriorityClass/${name}`,
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    name,
    namespace: 'default',
    labels: {},
    at: {},
    ignores: {},
    fragment: false,
    value,
    isDefault: false,
    preemptionPolicy: null,
    ...over,
  }
}

const job = (priority: string | null): Workload =>
  workload('report', { kind: 'Job', priorityClass: priority })

function priorities(...facts: Fact[]): Priorities {
  const all = new Facts(facts)
  return new Priorities(manifestObjects(all), all.of('priority-class'))
}

describe('priorities', () => {
  const cart = workload('cart')

  it('are 0 without a class, and the default where there is one', () => {
    expect(priorities(cart).of(cart)).toBe(0)
    expect(priorities(cart, priorityClass('all', 7, { isDefault: true })).of(cart)).toBe(7)
  })

  it('are not known of classes that are not in the manifests', () => {
    expect(priorities().of(workload('cart', { priorityClass: 'high' }))).toBeNull()
    expect(priorities().of(workload('cart', { priorityClass: 'toString' }))).toBeNull()
    expect(priorities().of(workload('dns', { priorityClass: 'system-cluster-critical' }))).toBe(2e9)
  })

  it('put tasks above, unless they wait for room', () => {
    const above = (...facts: Fact[]): string[] =>
      priorities(cart, job('high'), ...facts)
        .tasksAbove(cart)
        .map(({ name }) => name)
    expect(above(priorityClass('high', 10))).toEqual(['report'])
    expect(above(priorityClass('high', 10, { preemptionPolicy: 'Never' }))).toEqual([])
    expect(above(priorityClass('high', -1))).toEqual([])
    expect(above(priorityClass('high', null))).toEqual([])
    expect(above()).toEqual([])
  })

  it('are the custom where every second workload has one', () => {
    const till = workload('till', { priorityClass: 'high' })
    expect(priorities(cart).isCustom).toBe(false)
    expect(priorities(cart, till).isCustom).toBe(true)
    expect(priorities(cart, till, workload('mail')).isCustom).toBe(false)
    expect(priorities(cart, till, job(null)).isCustom).toBe(true)
  })
})
