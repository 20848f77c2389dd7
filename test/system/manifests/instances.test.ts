import { describe, expect, it } from 'vitest'
import type { Fact } from '../../../src/facts/fact.js'
import { instancesOf, mostInstances } from '../../../src/system/manifests/instances.js'
import { at, modelOf } from '../facts.js'
import { autoscaler, kustomization, workload } from '../manifests.js'

const cart = workload('cart', { replicas: 1, source: at('k8s/base/cart.yaml') })
const base = kustomization('k8s/base', ['k8s/base/cart.yaml'])
const prod = (resources: string[] = [], over: object = {}): Fact =>
  kustomization('k8s/prod', ['k8s/base', ...resources], over)

function piece(path: string, replicas: number | null): Fact {
  const source = at(path)
  return workload('cart', { replicas, source, fragment: true, containers: [], at: { replicas: source } })
}

function instances(...facts: Fact[]): {
  least: number
  most: number
  why: string | undefined
  guard: string
} {
  const { manifests, system } = modelOf([cart, base, ...facts])
  const found = instancesOf(cart, manifests)
  const { state } = system.component('cart')!.guards['replicas']!
  return { least: found.least, most: mostInstances(found), why: found.more?.reason, guard: state }
}

describe('the instances of a workload', () => {
  it('are those of its manifest where no overlay makes more', () => {
    const fewer = piece('k8s/prod/less.yaml', 1)
    expect(instances(prod())).toMatchObject({ least: 1, most: 1, guard: 'absent' })
    expect(instances(prod([], { patches: ['k8s/prod/less.yaml'] }), fewer)).toMatchObject({
      most: 1,
      why: undefined,
      guard: 'absent',
    })
  })

  it('are not known from it where an overlay makes more', () => {
    const patched = prod([], { patches: ['k8s/prod/three.yaml'] })
    expect(instances(patched, piece('k8s/prod/three.yaml', 3))).toEqual({
      least: 1,
      most: 3,
      why: 'k8s/prod/three.yaml patches it: render the overlay and analyse the output',
      guard: 'unknown',
    })
    const scaler = autoscaler('cart', { minReplicas: 4, source: at('k8s/prod/hpa.yaml') })
    expect(instances(prod(['k8s/prod/hpa.yaml']), scaler)).toMatchObject({
      most: 4,
      why: 'only k8s/prod adds HorizontalPodAutoscaler cart (k8s/prod/hpa.yaml:1:1): render the overlay and analyse the output',
      guard: 'unknown',
    })
    expect(instances(prod([], { replicas: { cart: 5 } }))).toMatchObject({ most: 5, guard: 'unknown' })
  })

  it('nor where the number of an overlay could not be read', () => {
    expect(instances(prod([], { replicas: { cart: null } }))).toMatchObject({ most: 1, guard: 'unknown' })
  })

  it('follow the autoscaler of the overlay, not the number written beside it', () => {
    const scaler = autoscaler('cart', { minReplicas: 1, source: at('k8s/prod/hpa.yaml') })
    const facts = [prod(['k8s/prod/hpa.yaml'], { replicas: { cart: 5 } }), scaler]
    expect(instances(...facts)).toMatchObject({ most: 1, guard: 'absent' })
  })

  it('follow the kustomization nearest to the outside', () => {
    const middle = kustomization('k8s/shared', ['k8s/base'], { replicas: { cart: 6 } })
    const outer = kustomization('k8s/prod', ['k8s/shared'], { replicas: { cart: 2 } })
    const { manifests } = modelOf([cart, base, middle, outer])
    expect(instancesOf(cart, manifests).more).toMatchObject({ instances: 6 })
    expect(instances(kustomization('k8s/prod', ['k8s/base'], { replicas: { orders: 9 } }))).toMatchObject({
      most: 1,
    })
  })

  it('may be raised by a component that nobody names', () => {
    const component = kustomization('k8s/ha', [], { isComponent: true, replicas: { cart: 3 } })
    expect(instances(component)).toMatchObject({ most: 3, guard: 'unknown' })
  })
})
