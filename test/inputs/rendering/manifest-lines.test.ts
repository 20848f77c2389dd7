import { describe, expect, it } from 'vitest'
import { linesOfManifest } from '../../../src/inputs/rendering/manifest-lines.js'

const manifest = `kind: Deployment
metadata: { name: mail }
---
kind: Deployment
metadata: { name: cart }
spec:
  replicas: 3
`

describe('lines of a manifest', () => {
  it('are those of the document of that kind and name, with what an overlay puts before it', () => {
    const lines = linesOfManifest(manifest)('kind: Deployment\nmetadata: { name: prod-cart }\n')
    expect(lines.slice(1, 3)).toEqual([4, 5])
  })

  it('are those of the document of that name where a patch changes the kind', () => {
    const output = 'kind: StatefulSet\nmetadata: { name: cart }\nspec:\n  replicas: 3\n  serviceName: cart\n'
    expect(linesOfManifest(manifest)(output).slice(1, 6)).toEqual([4, 5, 6, 7, 6])
  })

  it('are the first where nothing says which document it was', () => {
    const twice = `${manifest}---\nkind: Service\nmetadata: { name: cart }\n`
    expect(linesOfManifest(twice)('kind: StatefulSet\nmetadata: { name: cart }\n').slice(1, 3)).toEqual([
      1, 1,
    ])
  })
})
