import { describe, expect, it } from 'vitest'
import { withoutBases } from '../../../src/inputs/rendering/bases.js'

const overlay = (folder: string, ...manifests: string[]) => ({
  folder,
  manifests: [`${folder}/kustomization.yaml`, ...manifests],
})

describe('a kustomization among the bases', () => {
  it('that lists again what an overlay is made of is no environment of its own', () => {
    const found = withoutBases([
      overlay('k8s/base/cart', 'k8s/base/cart/plain/cart.yaml'),
      overlay('k8s/overlays/prod', 'k8s/base/cart/plain/cart.yaml', 'k8s/overlays/prod/patch.yaml'),
    ])
    expect(found.map(({ folder }) => folder)).toEqual(['k8s/overlays/prod'])
    expect(found[0]!.manifests).toContain('k8s/base/cart/kustomization.yaml')
  })

  it('stays where it has something that no overlay has, or where nothing else is deployed', () => {
    const more = [
      overlay('k8s/base/cart', 'k8s/base/cart/cart.yaml', 'k8s/base/cart/job.yaml'),
      overlay('k8s/overlays/prod', 'k8s/base/cart/cart.yaml'),
    ]
    const bases = [
      overlay('k8s/base/cart', 'k8s/base/cart/cart.yaml'),
      overlay('k8s/base/all', 'k8s/base/cart/cart.yaml'),
    ]
    expect(withoutBases(more)).toEqual(more)
    expect(withoutBases(bases)).toEqual(bases)
  })

  it('is told by its folder: any other may be what one environment has', () => {
    const both = [
      overlay('k8s/plain', 'k8s/app/cart.yaml'),
      overlay('k8s/prod', 'k8s/app/cart.yaml', 'k8s/prod/patch.yaml'),
    ]
    expect(withoutBases(both)).toEqual(both)
  })
})
