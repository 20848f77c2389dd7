/** Charts and overlays whose author wants something of the machine that renders them. */
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { discover } from '../../../src/inputs/discover.js'
import { unreadInputs } from '../../../src/inputs/evidence.js'
import { readInputs, type Inputs } from '../../../src/inputs/read.js'
import { mappingIn, readMapping } from '../../../src/inputs/rendering/loose.js'
import { renderSystems } from '../../../src/inputs/rendering/render.js'
import { quoted } from '../../../src/inputs/rendering/rendering.js'
import { runTool } from '../../../src/inputs/rendering/run-tool.js'
import { reasonIn } from '../../../src/inputs/rendering/tool-errors.js'
import { folderWith, helm, kustomize, program } from './folder.js'

const CHART = 'apiVersion: v2\nname: web\nversion: 1.0.0\n'
const SERVICE = 'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}}\n'
const PRINT_SERVICE = `process.stdout.write('---\\n# Source: web/templates/a.yaml\\n' + ${JSON.stringify(SERVICE)})`

async function read(root: string, tools: { helm?: string; kustomize?: string }): Promise<Inputs> {
  const discovery = discover([root], { include: [], exclude: [] })
  const options = { helm: tools.helm ?? null, kustomize: tools.kustomize ?? null, searchPath: '' }
  const rendering = await renderSystems(discovery, options, () => undefined)
  return readInputs(discovery, { libraries: [], prefilter: true }, undefined, rendering)
}

describe('a chart', () => {
  it('writes nothing outside of the workbench by the name of a dependency', async () => {
    const target = folderWith({})
    const name = `../../../..${target}/planted`
    const root = folderWith({
      'web/Chart.yaml': `${CHART}dependencies: [{name: "${name}", repository: "file://../base"}]\n`,
      'web/templates/a.yaml': SERVICE,
      'base/Chart.yaml': 'apiVersion: v2\nname: base\nversion: 1.0.0\n',
      'base/evil': 'planted',
    })
    const inputs = await read(root, { helm: helm(PRINT_SERVICE) })
    expect(readdirSync(target)).toEqual([])
    expect(inputs.rendered.find(({ path }) => path === 'web/Chart.yaml')?.outcome).toBe('not rendered')
  })

  it('whose `charts` is a file, or whose requirements are a link to a device, is rendered like any other', async () => {
    const root = folderWith({
      'web/Chart.yaml': `${CHART}dependencies: [{name: redis, repository: "https://charts.example"}]\n`,
      'web/charts': 'no folder',
    })
    symlinkSync('/dev/zero', join(root, 'web/requirements.yaml'))
    const inputs = await read(root, { helm: helm(PRINT_SERVICE) })
    expect(inputs.rendered[0]?.reason).toContain('it depends on redis')
  })

  it('is never run: what is copied is no program, and no folder of programs is the one where it runs', async () => {
    const root = folderWith({
      'web/Chart.yaml': CHART,
      'web/sh': '#!/bin/sh\n',
      'web/templates/a.yaml': SERVICE,
    })
    execFileSync('chmod', ['755', join(root, 'web/sh')])
    const tool = helm(
      `if ((fs.statSync('chart/sh').mode & 0o111) !== 0 || process.env.PATH === '') process.exit(1)\n${PRINT_SERVICE}`,
    )
    expect((await read(root, { helm: tool })).rendered).toMatchObject([{ outcome: 'rendered' }])
  })

  it('that calls an object by a path above itself is shown at its Chart.yaml', async () => {
    const root = folderWith({ 'web/Chart.yaml': CHART, 'web/templates/a.yaml': SERVICE })
    const source = `web/../../../../../../../../etc/passwd`
    const tool = helm(`process.stdout.write('---\\n# Source: ${source}\\n' + ${JSON.stringify(SERVICE)})`)
    const [service] = (await read(root, { helm: tool })).facts.of('service')
    expect(service?.source.path).toBe('web/Chart.yaml')
  })

  it('whose template holds the mark of another source keeps its own', async () => {
    const root = folderWith({ 'web/Chart.yaml': CHART, 'web/templates/a.yaml': SERVICE })
    const text = `---\n# Source: web/templates/a.yaml\n${SERVICE}# Source: other/templates/b.yaml\n`
    const tool = helm(`process.stdout.write(${JSON.stringify(text)})`)
    expect((await read(root, { helm: tool })).facts.of('service')[0]?.source.path).toBe(
      'web/templates/a.yaml',
    )
  })

  it('is rendered without a schema that refers to files or addresses', async () => {
    const root = folderWith({
      'web/Chart.yaml': CHART,
      'web/values.schema.json': '{"$ref": "file:///dev/zero"}',
      'web/templates/a.yaml': SERVICE,
    })
    const tool = helm(`if (fs.existsSync('chart/values.schema.json')) process.exit(1)\n${PRINT_SERVICE}`)
    expect((await read(root, { helm: tool })).rendered).toMatchObject([{ outcome: 'rendered' }])
  })
})

describe('an overlay', () => {
  const KUSTOMIZATION = 'resources: [web.yaml]\n'

  it('whose patch names another origin has it shown at itself, and the origin is not read', async () => {
    const secret = folderWith({ 'secret.yaml': 'kind: Service\npassword: hunter2\n' })
    const root = folderWith({ 'k8s/kustomization.yaml': KUSTOMIZATION, 'k8s/web.yaml': SERVICE })
    const origin = `../../../../../../..${secret}/secret.yaml`
    const output = `apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  annotations:\n    config.kubernetes.io/origin: "path: ${origin}"\n`
    const inputs = await read(root, {
      kustomize: kustomize(`process.stdout.write(${JSON.stringify(output)})`),
    })
    expect(inputs.facts.of('service')[0]?.source.path).toBe('k8s/kustomization.yaml')
  })

  it('gets no file from behind a link', async () => {
    const outside = folderWith({ 'passwd.yaml': SERVICE })
    const root = folderWith({ 'k8s/kustomization.yaml': 'resources: [link/passwd.yaml]\n' })
    symlinkSync(outside, join(root, 'k8s/link'))
    const [system] = (await read(root, { kustomize: kustomize('process.exit(1)') })).rendered
    expect(system?.reason).toContain('link/passwd.yaml is not among the analysed files')
  })

  it('in a folder that is named like an option is no option', async () => {
    const root = folderWith({
      '--output=x/kustomization.yaml': KUSTOMIZATION,
      '--output=x/web.yaml': SERVICE,
    })
    const tool = kustomize(
      `if (args.some((arg) => arg.startsWith('-'))) process.exit(1)\nprocess.stdout.write('')`,
    )
    const [system] = (await read(root, { kustomize: tool })).rendered
    expect(system).toMatchObject({ outcome: 'rendered' })
    expect(system?.environments[0]?.command).toBe('kustomize build ./--output=x')
  })

  it.each([
    'Generators: [a.yaml]',
    '<<: {resources: [a.yaml]}',
    'configMapGenerator: [{name: a, Files: [x]}]',
  ])('that says more than is seen (%s) is not rendered', async (more) => {
    const root = folderWith({
      'k8s/kustomization.yaml': `${KUSTOMIZATION}${more}\n`,
      'k8s/web.yaml': SERVICE,
    })
    const [system] = (await read(root, { kustomize: kustomize('process.exit(1)') })).rendered
    expect(system?.reason).toContain('differently than it is written')
  })

  it('with a key twice is rendered as it is written', async () => {
    const root = folderWith({
      'k8s/kustomization.yaml': `${KUSTOMIZATION}${KUSTOMIZATION}`,
      'k8s/web.yaml': SERVICE,
    })
    const tool = kustomize(`console.error('Error: key "resources" already set in map'); process.exit(1)`)
    const inputs = await read(root, { kustomize: tool })
    expect(inputs.rendered).toMatchObject([
      { outcome: 'failed', reason: 'key "resources" already set in map' },
    ])
  })
})

describe('what a tool prints', () => {
  it('may be a list of any length', () => {
    expect(mappingIn(`a: [${'1,'.repeat(300_000)}1]`)).toBeNull()
  })

  it('says nothing to the terminal', () => {
    expect(reasonIn('\u001b[31mError: no\u001b[0m such\u001b[2J file', [])).toBe('no such file')
  })

  it('costs little for a template of very many documents', async () => {
    const documents = Array.from(
      { length: 600 },
      (_, index) =>
        `apiVersion: v1\nkind: Service\nmetadata:\n  name: web-${index}\nspec:\n${'  a: 1\n'.repeat(20)}`,
    )
    const root = folderWith({ 'web/Chart.yaml': CHART, 'web/templates/a.yaml': documents.join('---\n') })
    const output = documents.map((text) => `---\n# Source: web/templates/a.yaml\n${text}`).join('')
    const file = join(folderWith({ 'output.txt': output }), 'output.txt')
    const started = performance.now()
    const inputs = await read(root, {
      helm: helm(`process.stdout.write(fs.readFileSync(${JSON.stringify(file)}))`),
    })
    expect(inputs.facts.of('service')[599]?.source.line).toBe(599 * 26 + 1)
    expect(performance.now() - started).toBeLessThan(8000)
  }, 20_000)
})

describe('a tool', () => {
  const limits = { timeoutSeconds: 1, outputMegabytes: 1, memoryMegabytes: 2048 }

  it('of which a part left its group and holds the output open does not hold the run', async () => {
    const child = 'setTimeout(() => {}, 8000)'
    const tool = program(
      `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: 'inherit', detached: true }).unref()`,
    )
    const started = performance.now()
    expect(await runTool(tool, [], { limits })).toEqual({ failure: 'it did not end within 1 s' })
    expect(performance.now() - started).toBeLessThan(5000)
  })

  it('that asks for more memory than it may have ends', async () => {
    const tool = program(
      'const all = []; for (let i = 0; i < 400; i++) all.push(Buffer.alloc(10_000_000, 1))',
    )
    const run = await runTool(tool, [], { limits: { ...limits, timeoutSeconds: 20, memoryMegabytes: 1000 } })
    expect('failure' in run).toBe(true)
  }, 30_000)

  it('is not started when the time for all is used up', async () => {
    const controller = new AbortController()
    const run = runTool(program('setTimeout(() => {}, 60_000)'), [], { until: controller.signal })
    setTimeout(() => controller.abort('no time is left'), 100)
    expect(await run).toEqual({ failure: 'no time is left' })
    expect(await runTool('/nowhere', [], { until: controller.signal })).toEqual({
      failure: 'no time is left',
    })
  })

  it('leaves no folder', async () => {
    const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith('resilience-report-render-'))
    const tool = program('process.stdout.write(process.env.HOME)')
    const run = await runTool(tool, [])
    expect(left()).not.toContain(basename((run as { output: string }).output))
  })
})

describe('paths', () => {
  it('are no options for whoever types them', () => {
    expect(quoted('-x')).toBe('./-x')
    expect(quoted("a'\nb")).toBe(`'a'\\''\nb'`)
  })

  it('that are no files are not read', () => {
    const root = folderWith({})
    execFileSync('mkfifo', [join(root, 'pipe.yaml')])
    symlinkSync('/dev/zero', join(root, 'zero.yaml'))
    expect(readMapping(join(root, 'pipe.yaml'))).toBeNull()
    expect(readMapping(join(root, 'zero.yaml'))).toBeNull()
  })
})

describe('evidence that a tool could not render', () => {
  it('is lost, and says so at the chart', async () => {
    const root = folderWith({ 'web/Chart.yaml': CHART, 'web/templates/a.yaml': 'a: {{ .Values.a }}\n' })
    const inputs = await read(root, { helm: helm(`console.error('Error: a is missing'); process.exit(1)`) })
    expect(unreadInputs(inputs)).toEqual(['web/Chart.yaml (the chart could not be rendered: a is missing)'])
  })

  it('is lost for one environment, at its values', async () => {
    const root = folderWith({
      'web/Chart.yaml': CHART,
      'web/values.yaml': 'a: 1\n',
      'web/values-prod.yaml': 'a: no\n',
      'web/templates/a.yaml': SERVICE,
    })
    const tool = helm(`if (values !== '') { console.error('Error: no'); process.exit(1) }\n${PRINT_SERVICE}`)
    const inputs = await read(root, { helm: tool })
    expect(inputs.rendered).toMatchObject([{ outcome: 'in part' }])
    expect(unreadInputs(inputs)).toEqual([
      'web/values-prod.yaml (the chart could not be rendered with it: no)',
    ])
  })

  it('is lost for an overlay that fails, whose pieces are read all the same', async () => {
    const root = folderWith({ 'k8s/kustomization.yaml': 'resources: [web.yaml]\n', 'k8s/web.yaml': SERVICE })
    const inputs = await read(root, { kustomize: kustomize(`console.error('Error: no'); process.exit(1)`) })
    expect(unreadInputs(inputs)).toEqual(['k8s/kustomization.yaml (`kustomize build k8s` failed: no)'])
    expect(inputs.facts.of('service')).toHaveLength(1)
  })

  it('is only listed where no tool is', async () => {
    const root = folderWith({ 'web/Chart.yaml': CHART, 'web/templates/a.yaml': 'a: {{ .Values.a }}\n' })
    expect(unreadInputs(await read(root, {}))).toEqual([])
  })
})

describe('charts that are made of each other', () => {
  const dependsOn = (name: string, on: string) =>
    `apiVersion: v2\nname: ${name}\nversion: 1.0.0\ndependencies: [{name: ${on}, repository: "file://../${on}"}]\n`

  it('get those of those', async () => {
    const root = folderWith({
      'all/Chart.yaml': dependsOn('all', 'web'),
      'web/Chart.yaml': dependsOn('web', 'common'),
      'common/Chart.yaml': 'apiVersion: v2\nname: common\ntype: library\nversion: 1.0.0\n',
      'web/templates/a.yaml': SERVICE,
    })
    const output = `---\n# Source: all/charts/web/templates/a.yaml\n${SERVICE}`
    const tool = helm(
      `if (!fs.existsSync('chart/charts/web/charts/common/Chart.yaml')) process.exit(1)\nprocess.stdout.write(${JSON.stringify(output)})`,
    )
    const inputs = await read(root, { helm: tool })
    expect(inputs.rendered).toMatchObject([{ path: 'all/Chart.yaml', outcome: 'rendered' }])
    expect(inputs.facts.of('service')[0]?.source.path).toBe('web/templates/a.yaml')
  })

  it('in a circle are not rendered', async () => {
    const root = folderWith({ 'a/Chart.yaml': dependsOn('a', 'b'), 'b/Chart.yaml': dependsOn('b', 'a') })
    const inputs = await read(root, { helm: helm(PRINT_SERVICE) })
    expect(inputs.rendered.map(({ outcome }) => outcome)).toEqual(['not rendered', 'not rendered'])
  })

  it('are rendered by themselves where the other leaves them out', async () => {
    const root = folderWith({
      'all/Chart.yaml': dependsOn('all', 'web'),
      'web/Chart.yaml': CHART,
      'web/templates/a.yaml': SERVICE,
    })
    const tool = helm(`if (!fs.existsSync('chart/charts')) ${PRINT_SERVICE}`)
    const inputs = await read(root, { helm: tool })
    expect(inputs.facts.of('service')[0]?.source.path).toBe('web/templates/a.yaml')
  })
})

describe('a run that is interrupted', () => {
  it('ends the tool and takes its folders away', async () => {
    const state = folderWith({})
    const tool = program(
      `fs.writeFileSync(${JSON.stringify(join(state, 'started'))}, process.env.HOME); setTimeout(() => fs.writeFileSync(${JSON.stringify(join(state, 'alive'))}, ''), 2000)`,
    )
    const source = join(import.meta.dirname, '../../../src/inputs/rendering/run-tool.ts')
    const script = `import(${JSON.stringify(source)}).then(({ runTool }) => runTool(${JSON.stringify(tool)}, []))`
    mkdirSync(join(state, 'node_modules'))
    writeFileSync(join(state, 'main.mjs'), script)
    const run = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), join(state, 'main.mjs')])
    const ended = new Promise<NodeJS.Signals | null>((resolve) =>
      run.on('exit', (_, signal) => resolve(signal)),
    )
    for (let tries = 0; tries < 200 && !existsSync(join(state, 'started')); tries++)
      await new Promise((resolve) => setTimeout(resolve, 100))
    await new Promise((resolve) => setTimeout(resolve, 100))
    const home = readFileSync(join(state, 'started'), 'utf8')
    run.kill('SIGTERM')
    expect(await ended).toBe('SIGTERM')
    expect(existsSync(home)).toBe(false)
    await new Promise((resolve) => setTimeout(resolve, 2500))
    expect(existsSync(join(state, 'alive'))).toBe(false)
  }, 40_000)
})
