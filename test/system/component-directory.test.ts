import { expect, test } from 'vitest'
import type { NetworkService, Workload } from '../../src/facts/kubernetes.js'
import { declaredAlias } from '../../src/system/component.js'
import { ComponentDirectory } from '../../src/system/component-directory.js'
import { emptyComponent } from '../../src/system/workloads.js'

const [orders, cart] = ['orders', 'cart'].map((id) => emptyComponent(id, 'service'))
const [service, workload] = [{} as NetworkService, {} as Workload]
orders!.services.push(service)
orders!.workloads.push(workload)
cart!.workloads.push(workload)
cart!.joins.push('package cart: its name', declaredAlias('CART_URL'))
const directory = new ComponentDirectory([orders!, cart!])

test('components are found by id, by what resilience.yaml calls them, by Service and by workload', () => {
  expect(directory.withId('cart')).toBe(cart)
  expect(directory.declaredAs('CART_URL')).toBe(cart)
  expect(directory.declaredAs('package cart: its name')).toBeUndefined()
  expect(directory.behind([{} as NetworkService, service])).toBe(orders)
  expect(directory.behind([])).toBeUndefined()
  expect(directory.running([workload], 'nothing')).toEqual([orders, cart])
})

test('one without a manifest is found by its id, also when it is added later', () => {
  const broker = emptyComponent('broker', 'queue')
  expect(directory.running([], 'broker')).toEqual([])
  directory.add(broker)
  expect(directory.running([], 'broker')).toEqual([broker])
  expect(directory.running([workload], 'broker')).toEqual([orders, cart, broker])
  expect(directory.running([], 'orders')).toEqual([])
  expect(directory.all).toEqual([orders, cart, broker])
})
