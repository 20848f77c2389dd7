import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Fact } from '../../src/facts/fact.js'
import { allowedDisruptions } from '../../src/rules/subjects/budgets.js'
import { subjectsOf } from '../../src/rules/subjects.js'
import type { Subject } from '../../src/rules/subject.js'
import { modelOf } from '../system/facts.js'
import { autoscaler, budget, service, workload } from '../system/manifests.js'

function subject(kind: Subject['kind'], facts: Fact[]): Subject {
  return subjectsOf(modelOf(facts)).find((candidate) => candidate.kind === kind)!
}

describe('evictions that a PodDisruptionBudget permits', () => {
  it.each([
    ['1', null, 3, 2],
    ['3', null, 3, 0],
    ['5', null, 3, 0],
    ['50%', null, 3, 1],
    ['50%', null, 1, 0],
    ['100%', null, 4, 0],
    ['0%', null, 4, 4],
    ['55%', null, 20, 9],
    ['7%', null, 100, 93],
    [null, '1', 3, 1],
    [null, '0', 3, 0],
    [null, '5', 3, 3],
    [null, '50%', 3, 2],
    [null, '30%', 3, 1],
    [null, '1%', 3, 1],
    [null, '0%', 3, 0],
    // Without a policy the disruption controller expects no pods and permits no eviction.
    [null, null, 3, 0],
    ['1', null, 0, 0],
  ])(
    'minAvailable %s, maxUnavailable %s of %d instances: %d',
    (minAvailable, maxUnavailable, instances, allowed) => {
      expect(allowedDisruptions({ minAvailable, maxUnavailable }, instances)).toBe(allowed)
    },
  )

  it.each([
    [null, 'abc'],
    [null, '150%x'],
    [null, '150%'],
    [null, '-1'],
    [null, '1.5'],
    [null, '"1"'],
    ['', null],
    ['NaN', null],
  ])('minAvailable %s, maxUnavailable %s: not known', (minAvailable, maxUnavailable) => {
    expect(allowedDisruptions({ minAvailable, maxUnavailable }, 3)).toBeNull()
  })

  it('lie between none and all, and a stricter budget never permits more', () => {
    const percent = fc.integer({ min: 0, max: 100 })
    fc.assert(
      fc.property(percent, percent, fc.integer({ min: 0, max: 500 }), (a, b, instances) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)]
        const keeping = (p: number): number =>
          allowedDisruptions({ minAvailable: `${p}%`, maxUnavailable: null }, instances)!
        const losing = (p: number): number =>
          allowedDisruptions({ minAvailable: null, maxUnavailable: `${p}%` }, instances)!
        for (const allowed of [keeping(less), losing(less)]) {
          expect(allowed).toBeGreaterThanOrEqual(0)
          expect(allowed).toBeLessThanOrEqual(instances)
        }
        expect(keeping(more)).toBeLessThanOrEqual(keeping(less))
        expect(losing(less)).toBeLessThanOrEqual(losing(more))
        // Percent of a count, rounded up without the error of binary fractions.
        expect(losing(a)).toBe(Number((BigInt(a) * BigInt(instances) + 99n) / 100n))
      }),
    )
  })
})

describe('the instances that a subject tells', () => {
  it('are the autoscaler’s minimum, as everywhere in the report', () => {
    const facts = [workload('cart', { replicas: 3 }), autoscaler('cart', { minReplicas: null })]
    const model = modelOf(facts)
    expect(subject('workload', facts).fields).toMatchObject({ instances: 1, scaled: true })
    expect(model.system.component('cart')!.guards['replicas']!.value).toBe(1)
  })

  it('of an autoscaler for another kind do not count', () => {
    const other = autoscaler('cart', { target: { kind: 'StatefulSet', name: 'cart' }, minReplicas: 7 })
    expect(subject('workload', [workload('cart'), other]).fields).toMatchObject({ instances: 2 })
  })

  it('of a budget are those of all workloads it selects, and unknown when it selects none', () => {
    const canary = workload('cart-canary', { podLabels: { app: 'cart' }, replicas: 1 })
    const facts = [workload('cart'), canary, budget('cart')]
    expect(subject('budget', facts).fields).toMatchObject({ instances: 3, allowedDisruptions: 1 })
    expect(subject('budget', [workload('orders'), budget('cart')]).fields).toMatchObject({
      instances: null,
      allowedDisruptions: null,
    })
  })
})

describe('a Service', () => {
  it('selects by every label, in its namespace', () => {
    const facts = [
      workload('cart'),
      workload('cart-worker'),
      workload('far', { namespace: 'test', podLabels: { app: 'cart' } }),
    ]
    const selects = (over: Parameters<typeof service>[1]): unknown =>
      subject('service', [...facts, service('cart', over)]).fields
    expect(selects({ namespace: 'shop' })).toMatchObject({ selects: ['cart'] })
    expect(selects({ selector: { app: 'cart', tier: 'web' } })).toMatchObject({ selects: [] })
    expect(selects({ selector: {} })).toMatchObject({ hasSelector: false, selects: [] })
  })
})
