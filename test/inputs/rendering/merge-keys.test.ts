import { describe, expect, it } from 'vitest'
import { kustomizationIn } from '../../../src/inputs/rendering/merge-keys.js'
import { obstacleIn, referencesOf } from '../../../src/inputs/rendering/references.js'

/** As `kubectl kustomize` (5.5) prints it. */
const read = (text: string) => kustomizationIn(text)!
const OTHERWISE = 'differently than it is written'

describe('a merge key of a kustomization', () => {
  it('brings what the anchor holds, and keys after it win', () => {
    const content = read(
      'patches:\n- target: &web {kind: Deployment, name: web}\n  path: a.yaml\n- target: {<<: *web, name: api}\n  path: b.yaml\n',
    )
    expect(content['patches']).toEqual([
      { target: { kind: 'Deployment', name: 'web' }, path: 'a.yaml' },
      { target: { kind: 'Deployment', name: 'api' }, path: 'b.yaml' },
    ])
    expect(obstacleIn(content)).toBeNull()
  })

  it('brings the first of several anchors, and what they bring themselves', () => {
    const content = read(
      'configMapGenerator:\n- &a {name: a, files: [a.txt]}\n- &b {<<: *a, name: b}\n- <<: [*b, {name: c, type: x}]\n  namespace: n\n',
    )
    expect(content['configMapGenerator']).toEqual([
      { name: 'a', files: ['a.txt'] },
      { name: 'b', files: ['a.txt'] },
      { name: 'b', files: ['a.txt'], type: 'x', namespace: 'n' },
    ])
  })

  it('names files and addresses like any other', () => {
    expect(referencesOf(read('<<: {resources: [a.yaml]}\n'))).toMatchObject([{ path: 'a.yaml' }])
    expect(obstacleIn(read('<<: {resources: ["https://example.com/a.yaml"]}\n'))).toContain('fetched')
    expect(obstacleIn(read('<<: {Resources: [a.yaml]}\n'))).toContain(OTHERWISE)
  })

  it.each([
    ['after a key that it brings as well', 'resources: [b.yaml]\n<<: {resources: [a.yaml]}\n'],
    ['that stands twice', '<<: {resources: [a.yaml]}\n<<: {resources: [b.yaml]}\n'],
    ['that brings no mapping', '<<: a.yaml\n'],
    ['that brings what contains it', 'replicas: &a\n- &b {name: web, more: {<<: *b}}\n'],
    ['that brings more than anybody writes', exploding()],
  ])('%s is read otherwise than it is written', (_, text) => {
    expect(obstacleIn(read(text))).toContain(OTHERWISE)
  })

  it('in a broken text is nothing', () => {
    expect(kustomizationIn('a: [\n<<: *b')).toBeNull()
    expect(kustomizationIn('- <<: {a: 1}\n')).toBeNull()
  })
})

/** Every mapping brings all before it, and one more. */
function exploding(): string {
  const lines = Array.from(
    { length: 300 },
    (_, at) => `- &a${at} {${at > 0 ? `<<: *a${at - 1}, ` : ''}k${at}: 1}`,
  )
  return `patches:\n${lines.join('\n')}\n`
}
