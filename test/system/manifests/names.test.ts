import { describe, expect, it } from 'vitest'
import { Kustomizations } from '../../../src/system/manifests/kustomize.js'
import { Names } from '../../../src/system/manifests/names.js'
import { at } from '../facts.js'
import { kustomization, service, workload } from '../manifests.js'

const cart = workload('cart', { source: at('k8s/base/cart.yaml') })
const job = workload('cart', { kind: 'CronJob', source: at('k8s/job.yaml') })
const prodCart = service('prod-cart', { source: at('k8s/service.yaml') })
const overlay = kustomization('k8s/prod', ['k8s/base/cart.yaml'], { namePrefix: 'prod-' })

function names(): Names {
  const objects = [cart, job, prodCart]
  const files = objects.map(({ source }) => source.path)
  return new Names(objects, new Kustomizations([overlay], files))
}

describe('objects by the names that others call them', () => {
  it('are those of one kind of fact that are written so', () => {
    expect(names().called('workload', 'cart')).toEqual([cart, job])
    expect(names().called('workload', 'cart', { kind: 'CronJob' })).toEqual([job])
    expect(names().called('service', 'cart')).toEqual([])
  })

  it('else those that a kustomization calls so', () => {
    expect(names().called('workload', 'prod-cart')).toEqual([cart])
    expect(names().called('workload', 'prod-cart', { kind: 'CronJob' })).toEqual([])
    expect(names().called('service', 'prod-cart')).toEqual([prodCart])
  })

  it('are none where nobody bears the name, whatever it is', () => {
    for (const name of ['', '__proto__', 'constructor']) expect(names().called('workload', name)).toEqual([])
  })
})
