import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Workload } from '../../../src/facts/kubernetes.js'
import { Kustomizations } from '../../../src/system/manifests/kustomize.js'
import { Neighbourhood } from '../../../src/system/manifests/neighbourhood.js'
import { Sameness } from '../../../src/system/manifests/sameness.js'
import { Vicinity } from '../../../src/system/manifests/vicinity.js'
import { at } from '../facts.js'
import { kustomization, workload } from '../manifests.js'

const FOLDERS = ['k8s/base', 'k8s/shop', 'k8s/loose']

const objects = fc.array(
  fc.record({
    namespace: fc.constantFrom('default', 'shop', 'mail'),
    folder: fc.constantFrom(...FOLDERS),
  }),
  { minLength: 1, maxLength: 12 },
)
const overlays = fc.array(
  fc.record({
    resources: fc.subarray(FOLDERS),
    namespace: fc.constantFrom(null, 'shop', 'mail'),
    isComponent: fc.boolean(),
  }),
  { minLength: 1, maxLength: 3 },
)

describe('objects near another', () => {
  it('are all that it meets or is the same as, in the order in which they came', () => {
    fc.assert(
      fc.property(objects, overlays, (places, rendered) => {
        const workloads = places.map(({ namespace, folder }, index) =>
          workload('cart', { namespace, source: at(`${folder}/${index}.yaml`) }),
        )
        const kustomizations = new Kustomizations(
          rendered.map(({ resources, ...over }, index) =>
            kustomization(`overlays/${index}`, resources, over),
          ),
          workloads.map(({ source }) => source.path),
        )
        const sameness = new Sameness(kustomizations, workloads, workloads)
        const neighbourhood = new Neighbourhood(kustomizations, sameness)
        const vicinity = new Vicinity<Workload>(kustomizations)
        for (const one of workloads) vicinity.add('cart', one)
        for (const from of workloads) {
          const near = vicinity.near('cart', from)
          expect(near).toEqual(workloads.filter((one) => near.includes(one)))
          for (const other of workloads.filter((one) => !near.includes(one))) {
            expect(neighbourhood.meeting(from, other).where).toBe('never')
            expect(sameness.reason(from, other)).toBeNull()
          }
        }
      }),
      { seed: 4, numRuns: 200 },
    )
  })

  it('are those of overlays with a base in common, whatever their namespaces', () => {
    const [cart, mail, one, other] = [
      workload('cart', { source: at('base/cart.yaml') }),
      workload('mail', { source: at('base/mail.yaml') }),
      workload('jobs', { source: at('one/jobs.yaml') }),
      workload('jobs', { source: at('other/jobs.yaml') }),
    ]
    const kustomizations = new Kustomizations(
      ['one', 'other'].map((name) => kustomization(name, ['base', `${name}/jobs.yaml`], { namespace: name })),
      ['base/cart.yaml', 'base/mail.yaml', 'one/jobs.yaml', 'other/jobs.yaml'],
    )
    const sameness = new Sameness(kustomizations, [one, other], [cart, mail, one, other])
    expect(sameness.reason(one, other)).toBe('both are in overlays of base')
    const vicinity = new Vicinity<Workload>(kustomizations)
    vicinity.add('jobs', one)
    vicinity.add('jobs', other)
    expect(vicinity.near('jobs', one)).toEqual([one, other])
  })

  it('are none under a key that nothing was added for', () => {
    const vicinity = new Vicinity<Workload>(new Kustomizations([], []))
    expect(vicinity.near('cart', workload('cart'))).toEqual([])
    expect(vicinity.all('cart')).toEqual([])
  })
})
