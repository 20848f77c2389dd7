import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Workload } from '../../../src/facts/kubernetes.js'
import { discover } from '../../../src/inputs/discover.js'
import { readInputs, type Inputs } from '../../../src/inputs/read.js'
import { renderSystems } from '../../../src/inputs/rendering/render.js'
import { folderWith, helm } from './folder.js'

const CHART = 'apiVersion: v2\nname: web\nversion: 1.0.0\n'
const TEMPLATE = [
  'apiVersion: apps/v1',
  'kind: Deployment',
  'metadata:',
  '  name: {{ .Release.Name }}',
  'spec:',
  '  {{- if not .Values.autoscaling }}',
  '  replicas: {{ .Values.replicas }}',
  '  {{- end }}',
  '  selector:',
  '    matchLabels: {app: web}',
  '  template:',
  '    metadata:',
  '      labels: {app: web}',
  '    spec:',
  '      containers:',
  '      - name: web',
  '        image: "web:{{ .Values.tag }}"',
  '',
].join('\n')

/** As `helm template` prints it. */
const deployment = (replicas: string, tag = '1.0.0') => `---
# Source: web/templates/deployment.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: ${replicas}
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
      - name: web
        image: "web:${tag}"
`
const TEST_HOOK = `---
# Source: web/templates/tests/test-connection.yaml
apiVersion: v1
kind: Pod
metadata:
  name: web-test
  annotations:
    "helm.sh/hook": test
spec:
  containers: [{name: wget, image: busybox}]
`
const print = (text: string) => `process.stdout.write(${JSON.stringify(text)})`

const chart = (files: Record<string, string> = {}) =>
  folderWith({
    'web/Chart.yaml': CHART,
    'web/values.yaml': 'replicas: 1\n',
    'web/templates/deployment.yaml': TEMPLATE,
    ...files,
  })

async function read(root: string, executable: string | null): Promise<Inputs> {
  const discovery = discover([root], { include: [], exclude: [] })
  const options = { helm: executable, kustomize: null, searchPath: '' }
  const rendering = await renderSystems(discovery, options, () => undefined)
  return readInputs(discovery, { libraries: [], prefilter: true }, undefined, rendering)
}
const workloads = ({ facts }: Inputs): Workload[] => facts.of('workload')
const reasonOf = ({ rendered }: Inputs) => rendered[0]?.reason

describe('a chart', () => {
  it('becomes facts at the lines of its templates', async () => {
    const inputs = await read(chart(), helm(print(deployment('2') + TEST_HOOK)))
    const [web, ...others] = workloads(inputs)
    expect(others).toEqual([])
    expect(web).toMatchObject({
      name: 'web',
      replicas: 2,
      source: { path: 'web/templates/deployment.yaml', line: 1 },
    })
    expect(web!.at['replicas']).toMatchObject({ path: 'web/templates/deployment.yaml', line: 7 })
    expect(web!.containers[0]!.at['image']).toMatchObject({ line: 17 })
    expect(inputs.rendered).toMatchObject([
      { kind: 'chart', path: 'web/Chart.yaml', tool: 'helm v3.14.2+gc309b6f', outcome: 'rendered' },
    ])
    expect(inputs.inputs.map(({ path, format, status }) => [path, format, status])).toEqual([
      ['web/Chart.yaml', 'helm', 'parsed'],
      ['web/templates/deployment.yaml', 'helm', 'parsed'],
      ['web/values.yaml', 'helm', 'parsed'],
    ])
  })

  it('of which a template begins with a mark of its own keeps its source', async () => {
    const output = deployment('2').replace('deployment.yaml\n', 'deployment.yaml\n---\n')
    const [web] = workloads(await read(chart(), helm(print(output))))
    expect(web!.source.path).toBe('web/templates/deployment.yaml')
  })

  it('says what all its environments have alike, and of the rest where it differs', async () => {
    const root = chart({
      'web/values-prod.yaml': 'replicas: 3\n',
      'web/ci/test-values.yaml': 'replicas: 9\n',
    })
    const tool = helm(
      `const n = /replicas: (\\d)/.exec(values)?.[1] ?? '1'
       process.stdout.write(${JSON.stringify(deployment('COUNT', 'TAG'))}.replace('COUNT', n).replace('TAG', n === '3' ? '2.0' : 'latest'))
       if (n === '3') process.stdout.write('---\\n# Source: web/templates/pdb.yaml\\napiVersion: policy/v1\\nkind: PodDisruptionBudget\\nmetadata: {name: web}\\nspec: {minAvailable: 1, selector: {matchLabels: {app: web}}}\\n')`,
    )
    const inputs = await read(root, tool)
    const [web] = workloads(inputs)
    expect(web).toMatchObject({ replicas: 1, most: { instances: 3 } })
    expect(web!.containers[0]).toMatchObject({
      image: 'web:latest',
      elsewhere: [{ environment: 'web/values-prod.yaml', object: { image: 'web:2.0' } }],
    })
    expect(inputs.facts.of('disruption-budget')).toMatchObject([{ onlyIn: ['web/values-prod.yaml'] }])
    expect(inputs.rendered[0]!.environments.map(({ command }) => command)).toEqual([
      'helm template web web',
      'helm template web web -f web/values-prod.yaml',
    ])
  })

  it('whose counts stand inside of braces says the least of them too', async () => {
    const root = chart({ 'web/values-prod.yaml': 'replicas: 1\n' })
    const text = (count: number) =>
      `---\n# Source: web/templates/deployment.yaml\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: ${count}, template: {spec: {containers: [{name: web, image: web}]}}}\n`
    const tool = helm(
      `process.stdout.write(values === '' ? ${JSON.stringify(text(3))} : ${JSON.stringify(text(1))})`,
    )
    const [web] = workloads(await read(root, tool))
    expect(web).toMatchObject({ replicas: 1, most: { instances: 3 } })
  })

  it('whose renderings differ each time loses what differs', async () => {
    const root = chart({ 'web/templates/secret.yaml': 'data: {{ randAlphaNum 8 }}\n' })
    const tool = helm(
      `process.stdout.write(${JSON.stringify(deployment('2'))}.replace('1.0.0', 'v-' + Math.random().toString(36).slice(2, 10)))`,
    )
    const [one, other] = [await read(root, tool), await read(root, tool)]
    expect(workloads(one)[0]!.containers[0]!.image).toBe('web:v-0')
    expect(workloads(one)).toEqual(workloads(other))
  })

  it('that wants a value is named with what it wants, at the template', async () => {
    const tool = helm(
      `console.error('Error: execution error at (web/templates/deployment.yaml:17:21): image.tag is required\\n\\nUse --debug flag to render out invalid YAML'); process.exit(1)`,
    )
    const inputs = await read(chart(), tool)
    expect(inputs.problems).toEqual([
      {
        path: 'web/templates/deployment.yaml',
        line: 17,
        column: 22,
        message:
          '`helm template web web` failed: execution error at (web/templates/deployment.yaml:17:21): image.tag is required',
      },
    ])
    expect(inputs.rendered).toMatchObject([{ outcome: 'failed', objects: 0 }])
  })

  it('without helm is named with the command that renders it', async () => {
    const inputs = await read(chart(), null)
    expect(inputs.rendered).toMatchObject([
      {
        outcome: 'not rendered',
        tool: null,
        reason: 'helm was not found',
        environments: [{ command: 'helm template web web' }],
      },
    ])
    expect(inputs.inputs.find(({ path }) => path.endsWith('deployment.yaml'))?.reason).toContain(
      'run `helm template web web`',
    )
  })

  it('whose dependencies are missing is not rendered, for they would have to be fetched', async () => {
    const inputs = await read(
      chart({
        'web/Chart.yaml': `${CHART}dependencies: [{name: redis, repository: "https://charts.example", version: 1.0.0}]\n`,
      }),
      helm(`fs.writeFileSync('/dev/null', ''); ${print(deployment('2'))}`),
    )
    expect(reasonOf(inputs)).toBe('it depends on redis, which is not in its folder charts')
    expect(inputs.rendered[0]!.environments[0]!.command).toBe(
      'helm dependency build web && helm template web web',
    )
    expect(inputs.facts.of('missing-charts')).toMatchObject([
      { folder: 'web', names: ['redis'], source: { path: 'web/Chart.yaml', line: 1 } },
    ])
  })

  it('gets charts of the same repository on which it depends, and these are rendered with it only', async () => {
    const root = chart({
      'web/Chart.yaml': `${CHART}dependencies: [{name: base, repository: "file://../base", version: 1.0.0}]\n`,
      'base/Chart.yaml': 'apiVersion: v2\nname: base\nversion: 1.0.0\n',
      'base/templates/a.yaml': TEMPLATE,
      'lib/Chart.yaml': 'apiVersion: v2\nname: lib\ntype: library\nversion: 1.0.0\n',
    })
    const tool = helm(
      `if (!fs.existsSync('chart/charts/base/Chart.yaml')) process.exit(1)\n${print(deployment('2').replace('web/templates/deployment.yaml', 'web/charts/base/templates/a.yaml'))}`,
    )
    const inputs = await read(root, tool)
    expect(inputs.rendered.map(({ path }) => path)).toEqual(['web/Chart.yaml'])
    expect(workloads(inputs)[0]!.source.path).toBe('base/templates/a.yaml')
  })

  it('is copied without links, which may lead anywhere', async () => {
    const root = chart()
    symlinkSync('/etc/hostname', join(root, 'web', 'secret'))
    const tool = helm(`if (fs.existsSync('chart/secret')) process.exit(1)\n${print(deployment('2'))}`)
    expect((await read(root, tool)).rendered).toMatchObject([{ outcome: 'rendered' }])
  })

  it('of nothing but tests leaves no facts', async () => {
    expect((await read(chart(), helm(print(TEST_HOOK)))).facts.isEmpty).toBe(true)
  })
})
