import { describe, expect, it } from 'vitest'
import { System } from '../../src/system/component.js'
import { misnamedDependencies } from '../../src/system/misnamed.js'
import { emptyComponent } from '../../src/system/workloads.js'
import { configured } from './facts.js'

const [cart, orders] = [emptyComponent('cart', 'service'), emptyComponent('orders', 'service')]
cart.aliases.push('@shop/cart', 'shop')
orders.aliases.push('shop')
const system = new System([cart, orders], [], [])

const messages = (from: string, to: string): string[] =>
  misnamedDependencies(system, configured({ dependencies: [{ from, to }] })).map(({ message }) => message)

describe('a declared dependency', () => {
  it('between known names says nothing', () => expect(messages('@shop/cart', 'orders')).toEqual([]))

  it('of a name that no component has is listed, with the nearest', () => {
    expect(
      misnamedDependencies(system, configured({ dependencies: [{ from: 'cart', to: 'order' }] })),
    ).toEqual([
      {
        at: ['dependencies', 0, 'to'],
        message:
          'dependencies.0.to: no component is called "order", so this dependency is not counted; did you mean "orders"?',
      },
    ])
    expect(messages('stripe', 'cart')).toEqual([expect.stringContaining('declare it under components')])
  })

  it('of a component on itself is listed', () => {
    expect(messages('cart', '@shop/cart')).toEqual([
      'dependencies.0.to: cart cannot depend on itself, so this dependency is not counted',
    ])
  })

  it('of a name that several have names them', () => {
    expect(messages('shop', 'orders')).toEqual([
      'dependencies.0.from: "shop" is a name of cart and orders, so this dependency is not counted; write the id of one',
    ])
  })
})
