import { describe, expect, it } from 'vitest'
import { Kustomizations, type Placed } from '../../../src/system/manifests/kustomize.js'
import { at } from '../facts.js'
import { kustomization } from '../manifests.js'

const cart: Placed = { name: 'cart', namespace: 'default', source: at('k8s/base/cart.yaml') }

function deployments(object: Placed, ...all: ReturnType<typeof kustomization>[]): unknown[] {
  return new Kustomizations(all, [object.source.path])
    .deploymentsOf(object)
    .map(({ by, namespace, name }) => [by?.folder ?? null, namespace, name])
}

const base = kustomization('k8s/base', ['k8s/base/cart.yaml'])

describe('the ways in which a manifest is deployed', () => {
  it('without a kustomization is as it is written', () => {
    expect(deployments(cart)).toEqual([[null, 'default', 'cart']])
    expect(deployments(cart, kustomization('k8s/other', ['k8s/other/orders.yaml']))).toEqual([
      [null, 'default', 'cart'],
    ])
  })

  it('are those of every kustomization that builds on its own, the outer ones last', () => {
    const shared = kustomization('k8s/shared', ['k8s/base'], { nameSuffix: '-v2', namespace: 'shared' })
    const prod = kustomization('k8s/prod', ['k8s/shared'], { namePrefix: 'prod-', namespace: 'shop' })
    expect(deployments(cart, prod, shared, base)).toEqual([
      ['k8s/prod', 'shop', 'prod-cart-v2'],
      ['k8s/shared', 'shared', 'cart-v2'],
      ['k8s/base', 'default', 'cart'],
    ])
    const all = new Kustomizations([prod, shared, base], [cart.source.path])
    expect(all.namesOf(cart)).toEqual(['cart', 'cart-v2', 'prod-cart-v2'])
    expect(all.namespacesOf(cart)).toEqual(['shared', 'shop'])
  })

  it('a folder named as a base is one, though its kustomization was not read', () => {
    expect(deployments(cart, kustomization('k8s/prod', ['k8s/base']))).toEqual([
      ['k8s/prod', 'default', 'cart'],
      ['k8s/base', 'default', 'cart'],
    ])
  })

  it('a component counts for what nothing else renders', () => {
    const component = kustomization('k8s/ha', ['k8s/base/cart.yaml'], { isComponent: true })
    expect(deployments(cart, component)).toEqual([['k8s/ha', 'default', 'cart']])
    const prod = kustomization('k8s/prod', [], { components: ['k8s/ha'] })
    expect(deployments(cart, component, prod)).toEqual([['k8s/prod', 'default', 'cart']])
  })

  it('labels of all on the way reach its pods', () => {
    const labelled = kustomization('k8s/base', base.resources, { podLabels: { app: 'cart', env: 'any' } })
    const prod = kustomization('k8s/prod', ['k8s/base'], { podLabels: { env: 'prod' } })
    const [outer] = new Kustomizations([prod, labelled], [cart.source.path]).deploymentsOf(cart)
    expect(outer!.podLabels).toEqual({ app: 'cart', env: 'prod' })
  })

  it('that go in circles, through themselves or very deep come to an end', () => {
    const circle = [
      kustomization('a', ['b', 'k8s/base/cart.yaml']),
      kustomization('b', ['a']),
      kustomization('c', ['c']),
    ]
    expect(deployments(cart, ...circle).length).toBeGreaterThan(0)
    const deep = Array.from({ length: 500 }, (_, index) => kustomization(`d${index}`, [`d${index + 1}`]))
    const all = [...deep, kustomization('d500', ['k8s/base/cart.yaml'])]
    expect(deployments(cart, ...all).length).toBeLessThan(100)
    // From the inside out each has rendered what the next one builds on.
    expect(deployments(cart, ...all.reverse())).toHaveLength(30)
  })

  it('are counted once per kustomization, however many ways lead there', () => {
    const layers = Array.from({ length: 25 }, (_, index) => [
      kustomization(`l${index}`, [`l${index + 1}`, `r${index + 1}`], { namePrefix: 'l-' }),
      kustomization(`r${index}`, [`l${index + 1}`, `r${index + 1}`], { namePrefix: 'r-' }),
    ]).flat()
    const ground = [kustomization('l25', [cart.source.path]), kustomization('r25', [cart.source.path])]
    expect(deployments(cart, ...layers, ...ground)).toHaveLength(52)
  })

  it('patches of one reach what it renders; those of a component, or of unread resources, anything', () => {
    const all = [
      base,
      kustomization('k8s/orders', ['k8s/orders/orders.yaml']),
      kustomization('k8s/remote', ['k8s/https:/example.com/base']),
      kustomization('k8s/ha', [], { isComponent: true }),
    ]
    const built = new Kustomizations(all, [cart.source.path, 'k8s/orders/orders.yaml'])
    expect(all.map((each) => built.reaches(each, cart))).toEqual([true, false, true, true])
  })
})
