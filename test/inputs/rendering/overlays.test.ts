import { describe, expect, it } from 'vitest'
import { discover } from '../../../src/inputs/discover.js'
import { readInputs, type Inputs } from '../../../src/inputs/read.js'
import { renderSystems } from '../../../src/inputs/rendering/render.js'
import { obstacleIn } from '../../../src/inputs/rendering/references.js'
import { folderWith, kustomize } from './folder.js'

const BASE = [
  'apiVersion: apps/v1',
  'kind: Deployment',
  'metadata:',
  '  name: web',
  'spec:',
  '  replicas: 1',
  '  selector: {matchLabels: {app: web}}',
  '  template:',
  '    metadata: {labels: {app: web}}',
  '    spec:',
  '      containers:',
  '      - name: web',
  '        image: web:1',
  '',
].join('\n')

/** As Kustomize prints it: keys sorted, with the origin that it was asked for. */
const rendered = (namespace: string, replicas: number) => `apiVersion: apps/v1
kind: Deployment
metadata:
  annotations:
    config.kubernetes.io/origin: |
      path: ../../base/web.yaml
  name: web
  namespace: ${namespace}
spec:
  replicas: ${replicas}
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
      - image: web:1
        name: web
`
const FILES = {
  'k8s/base/kustomization.yaml': 'resources: [web.yaml]\n',
  'k8s/base/web.yaml': BASE,
  'k8s/overlays/dev/kustomization.yaml': 'resources: [../../base]\nnamespace: dev\n',
  'k8s/overlays/prod/kustomization.yaml':
    'resources: [../../base]\nnamespace: prod\nreplicas: [{name: web, count: 3}]\n',
}
const TOOL = kustomize(
  `const prod = args[1].endsWith('prod')
   if (!fs.readFileSync(args[1] + '/kustomization.yaml', 'utf8').includes('originAnnotations')) process.exit(1)
   process.stdout.write(prod ? ${JSON.stringify(rendered('prod', 3))} : ${JSON.stringify(rendered('dev', 1))})`,
)

async function read(files: Record<string, string>, tool: string | null): Promise<Inputs> {
  const discovery = discover([folderWith(files)], { include: [], exclude: [] })
  const rendering = await renderSystems(
    discovery,
    tool === null ? null : { helm: null, kustomize: tool, searchPath: '' },
    () => undefined,
  )
  return readInputs(discovery, { libraries: [], prefilter: true }, undefined, rendering)
}

describe('overlays', () => {
  it('that share a base are one system in several environments, at the lines of the base', async () => {
    const inputs = await read(FILES, TOOL)
    expect(inputs.facts.of('kustomization')).toEqual([])
    const [web, ...others] = inputs.facts.of('workload')
    expect(others).toEqual([])
    expect(web).toMatchObject({
      name: 'web',
      namespace: 'default',
      replicas: 1,
      most: { instances: 3, reason: 'rendered for k8s/overlays/prod it has 3' },
      source: { path: 'k8s/base/web.yaml', line: 1 },
    })
    expect(web!.at['replicas']!.line).toBe(6)
    expect(web!.containers[0]!.source.line).toBe(12)
    expect(web!.containers[0]!.at['image']!.line).toBe(13)
    expect(inputs.rendered).toMatchObject([
      { kind: 'overlay', tool: 'kustomize v5.5.0', outcome: 'rendered', objects: 1 },
    ])
  })

  it('keep what comments of the base say of a drain, which the tool leaves out', async () => {
    const base = BASE.replace('      containers:', "      # The application's 5s drain.\n      containers:")
    const { facts } = await read({ ...FILES, 'k8s/base/web.yaml': base }, TOOL)
    const drainRemarks = facts.of('workload').map(({ drainRemark }) => drainRemark)
    expect(drainRemarks).toEqual(["application's 5s drain"])
  })

  it('tell which manifests beside them nobody lists', async () => {
    const files = { ...FILES, 'k8s/base/old.yaml': BASE, 'k8s/other/job.yaml': BASE }
    const inputs = await read(files, TOOL)
    expect(inputs.facts.of('unlisted-manifest')).toMatchObject([
      { path: 'k8s/base/old.yaml', source: { path: 'k8s/base/kustomization.yaml' } },
    ])
  })

  it('keep the names of the images that they set, which the rendered objects do not show', async () => {
    const files = {
      ...FILES,
      'k8s/images/kustomization.yaml':
        'kind: Component\nimages: [{name: web, newTag: "2"}, 7, {newTag: "3"}]\n',
    }
    expect((await read(files, TOOL)).facts.of('named-image')).toEqual([
      {
        fact: 'named-image',
        name: 'web',
        source: { path: 'k8s/images/kustomization.yaml', line: 1, column: 1, endLine: 1 },
      },
    ])
  })

  it('are joined as they are written where nothing may be run, with the commands', async () => {
    const inputs = await read(FILES, null)
    expect(inputs.facts.of('kustomization')).toHaveLength(3)
    expect(inputs.rendered).toMatchObject([
      {
        outcome: 'not rendered',
        reason: 'rendering was switched off',
        environments: [
          { command: 'kustomize build k8s/overlays/dev' },
          { command: 'kustomize build k8s/overlays/prod' },
        ],
      },
    ])
  })

  it.each([
    ['the network', 'resources: [../../base, "https://example.com/a.yaml"]\n', 'would have to be fetched'],
    ['a repository', 'resources: ["github.com/x/y//base?ref=v1"]\n', 'would have to be fetched'],
    ['what is outside', 'resources: [../../../../elsewhere]\n', 'is not among the analysed files'],
    ['a chart', 'helmCharts: [{name: redis}]\n', 'it renders Helm charts'],
    ['a plugin', 'resources: [../../base]\ngenerators: [g.yaml]\n', 'may be programs of their own'],
  ])('that need %s are never run', async (_, content, reason) => {
    const inputs = await read({ ...FILES, 'k8s/overlays/prod/kustomization.yaml': content }, TOOL)
    const prod = inputs.rendered.find(({ environments }) =>
      environments.some(({ command }) => command.endsWith('prod')),
    )
    expect(prod?.outcome).toBe('not rendered')
    expect(prod?.reason).toContain(reason)
  })

  it('of which one cannot be rendered are all joined as written', async () => {
    const broken = kustomize(
      `if (args[1].endsWith('prod')) { console.error("# Warning: 'commonLabels' is deprecated.\\nError: no matches for Id Deployment.v1.apps/none"); process.exit(1) }
       process.stdout.write(${JSON.stringify(rendered('dev', 1))})`,
    )
    const inputs = await read(FILES, broken)
    expect(inputs.rendered).toMatchObject([{ outcome: 'failed' }])
    expect(inputs.facts.of('kustomization')).toHaveLength(3)
    expect(inputs.problems).toEqual([
      {
        path: 'k8s/overlays/prod/kustomization.yaml',
        line: null,
        column: null,
        message: '`kustomize build k8s/overlays/prod` failed: no matches for Id Deployment.v1.apps/none',
      },
    ])
  })
})

describe('obstacleIn', () => {
  it('looks at every place where Kustomize would load a file from an address', () => {
    for (const content of [
      { patches: [{ path: 'https://example.com/p.yaml' }] },
      { configMapGenerator: [{ name: 'a', files: ['a=http://example.com/a'] }] },
      { components: ['git@github.com:x/y.git'] },
      { openapi: { path: 'https://example.com/s.json' } },
    ])
      expect(obstacleIn(content)).toContain('would have to be fetched')
    const literal = { configMapGenerator: [{ name: 'a', literals: ['URL=https://example.com'] }] }
    expect(obstacleIn(literal)).toBeNull()
  })
})
