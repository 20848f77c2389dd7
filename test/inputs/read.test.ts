import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { discover } from '../../src/inputs/discover.js'
import type { Format } from '../../src/inputs/format.js'
import kubernetes from '../../src/inputs/formats/kubernetes.js'
import prometheus from '../../src/inputs/formats/prometheus.js'
import { checkFormat } from '../../src/inputs/load-formats.js'
import { readInputs, type Inputs } from '../../src/inputs/read.js'

const CONTEXT = { libraries: [], prefilter: true }
const SERVICE = 'apiVersion: v1\nkind: Service\nmetadata: {name: cart}\nspec: {selector: {app: cart}}\n'
let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'read-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function write(path: string, content: string | Buffer): void {
  writeFileSync(join(root, path), content)
}

const read = (formats: Format[] = [kubernetes]): Promise<Inputs> =>
  readInputs(discover([root], { include: [], exclude: [] }), CONTEXT, formats)

async function entryOf(
  content: string | Buffer,
  path = 'a.yaml',
): Promise<Inputs['inputs'][number] | undefined> {
  write(path, content)
  return (await read()).inputs.find((input) => input.path === path)
}

describe('readInputs', () => {
  it('gives facts, and one entry a file with the hash of its bytes', async () => {
    write('cart.yaml', SERVICE)
    const { facts, inputs, problems } = await read()
    expect(facts.of('service').map((service) => service.name)).toEqual(['cart'])
    expect(inputs).toEqual([
      {
        path: 'cart.yaml',
        format: 'kubernetes',
        status: 'parsed',
        reason: null,
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ])
    expect(problems).toEqual([])
  })

  it('hands on what names the modules that are run, though it is no evidence, and no other such file', async () => {
    write('cart.yaml', SERVICE)
    write('compose.yaml', 'services:\n  cart:\n    image: node\n    command: node dist/worker.js\n')
    write(
      'serverless.yml',
      'service: cart\nprovider: {name: aws}\nfunctions: {add: {handler: src/add.handler}}\n',
    )
    write('knip.json', '{"entry": ["src/index.ts"]}')
    const linked: string[] = []
    const linking: Format = {
      ...kubernetes,
      link: (files) => {
        linked.push(...files.map(({ path }) => path))
        return { facts: [], problems: [] }
      },
    }
    const { inputs } = await read([linking])
    expect(linked.sort()).toEqual(['cart.yaml', 'compose.yaml', 'serverless.yml'])
    expect(inputs.find(({ path }) => path === 'compose.yaml')).toMatchObject({ status: 'skipped' })
  })

  it('reads UTF-8 and UTF-16 with their marks', async () => {
    write('utf8.yaml', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(SERVICE)]))
    write('utf16.yaml', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(SERVICE, 'utf16le')]))
    expect((await read()).facts.of('service')).toHaveLength(2)
  })

  it('reads UTF-16 without a mark, as YAML deduces it', async () => {
    write('little.yaml', Buffer.from(SERVICE, 'utf16le'))
    write('big.yaml', Buffer.from(SERVICE, 'utf16le').swap16())
    expect((await read()).facts.of('service')).toHaveLength(2)
  })

  it.each([
    ['UTF-32', Buffer.from([...SERVICE].flatMap((letter) => [letter.charCodeAt(0), 0, 0, 0]))],
    ['text that ends in the middle of a character', Buffer.from([0x61, 0x00, 0x62])],
    ['something with text in front', Buffer.concat([Buffer.from(SERVICE), Buffer.from([0, 1, 2])])],
  ])('takes %s for binary', async (_, content) => {
    expect(await entryOf(content)).toMatchObject({ status: 'skipped' })
  })

  it('says that a marked UTF-16 file is damaged, and uses the rest', async () => {
    const damaged = Buffer.concat([
      Buffer.from([0xff, 0xfe]),
      Buffer.from(`${SERVICE}# é`, 'utf16le').subarray(0, -1),
    ])
    expect(await entryOf(damaged)).toMatchObject({
      status: 'partial',
      reason: 'not valid UTF-16: read with replacement characters',
    })
  })

  it('says at which byte a file is no UTF-8, and uses the rest', async () => {
    write('a.yaml', Buffer.concat([Buffer.from(`${SERVICE}# `), Buffer.from([0xe9, 0x20, 0x0a])]))
    const { facts, inputs } = await read()
    expect(facts.of('service')).toHaveLength(1)
    expect(inputs[0]).toMatchObject({
      status: 'partial',
      reason: `not valid UTF-8: read with replacement characters at byte ${SERVICE.length + 2}`,
    })
  })

  it('skips a binary file, and a file that is no evidence, with the reason', async () => {
    expect(await entryOf(Buffer.from([0x7b, 0x00, 0x7d]))).toMatchObject({
      status: 'skipped',
      reason: 'binary, or text in an encoding other than UTF-8 or UTF-16: save it as UTF-8',
    })
    expect(await entryOf('a: 1\n', 'b.yaml')).toMatchObject({
      format: 'yaml',
      status: 'skipped',
      reason: 'no known kind of evidence',
    })
    expect(await entryOf('services:\n  web:\n    image: nginx\n', 'c.yaml')).toMatchObject({
      reason: 'no known kind of evidence: Docker Compose file',
    })
  })

  it('takes a document of ours of another version or kind for lost evidence, not for something else', async () => {
    const document = (version: string, kind: string): string =>
      `apiVersion: resilience-report/${version}\nkind: ${kind}\nruns: []\n`
    expect(await entryOf(document('v2', 'ExperimentLog'))).toMatchObject({
      status: 'failed',
      reason: expect.stringContaining('write apiVersion resilience-report/v1 and a kind that'),
    })
    expect(await entryOf(document('v1', 'ExperimentLogs'), 'b.yaml')).toMatchObject({ status: 'failed' })
    expect(await entryOf(document('v1', 'SafetyPolicy'), 'c.yaml')).toMatchObject({
      status: 'skipped',
      reason: 'no known kind of evidence: SafetyPolicy (read by a later version)',
    })
    expect(await entryOf('{ "apiVersion": "resilience-report/v1" }', 'd.json')).toMatchObject({
      status: 'failed',
    })
  })

  it.each([
    ['blank lines', '\n'],
    ['blanks', ' '],
  ])('is not held up by %s', async (_, blank) => {
    for (const name of ['a.yaml', 'b.json', 'c.ts', 'tsconfig.json'])
      write(name, `x: 1\n${blank.repeat(100_000)}\ny: 2\n`)
    const start = performance.now()
    await readInputs(discover([root], { include: [], exclude: [] }), CONTEXT)
    expect(performance.now() - start).toBeLessThan(4000)
  })

  it('keeps the plain words of a template that nothing renders', async () => {
    write('a.yaml', 'kind: Service\nmetadata:\n  name: cart\nspec:\n  type: {{ .Values.type }}\n')
    const { facts } = await read()
    expect(facts.of('unread-template')).toMatchObject([
      { source: { path: 'a.yaml' }, kinds: ['Service'], words: ['Service', 'cart'] },
    ])
  })

  it('takes a broken file of alerts for what it is, though conditions stand in its texts', async () => {
    const summary = '"{{ if $value }}{{ $labels.job }}{{ end }}" is "down"'
    write(
      'a.yaml',
      `groups:\n  - name: a\n    rules:\n      - alert: Down\n        expr: up == 0\n        annotations:\n          summary: ${summary}\n`,
    )
    const { inputs, problems } = await read([kubernetes, prometheus])
    expect(inputs[0]).toMatchObject({ status: 'failed' })
    expect(problems[0]).toMatchObject({ path: 'a.yaml', line: 7 })
    expect(problems[0]!.column).toBeGreaterThan(1)
  })

  it('tells Helm templates from manifests that hold template text', async () => {
    const template = `apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ include "cart.name" . }}\n{{- if .Values.x }}\nspec: {}\n{{- end }}\n`
    expect(await entryOf(template)).toMatchObject({
      status: 'skipped',
      reason: 'Helm template: render it with `helm template` and analyse the output',
    })
    const unquoted = 'apiVersion: apps/v1\nkind: Deployment\nspec:\n  replicas: {{ .Values.replicas }}\n'
    expect(await entryOf(unquoted, 'b.yaml')).toMatchObject({ status: 'skipped' })
    const other = unquoted.replace('.Values.replicas', '.Cluster.ConfigItems.replicas')
    expect(await entryOf(other, 'e.yaml')).toMatchObject({ status: 'skipped' })
    for (const word of ['replicas', 'cart.replicas', 'replicas | default(2)', 'endpoints']) {
      const foreign = unquoted.replace('.Values.replicas', word)
      expect(await entryOf(foreign, 'g.yaml'), word).toMatchObject({
        reason: 'template of another tool: render it first and analyse the output',
      })
    }
    const own = unquoted.replace('.Values.replicas', '$replicas')
    expect((await entryOf(own, 'h.yaml'))?.reason).toContain('helm template')
    const quoted = other.replace(/\{\{.*\}\}/, '"$&"')
    expect(await entryOf(quoted, 'f.yaml')).not.toMatchObject({ status: 'skipped' })
    const text =
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: t}\ndata:\n  t: |\n    {{ if .Values.x }}yes{{ end }}\n'
    expect(await entryOf(text, 'c.yaml')).toMatchObject({ status: 'parsed' })
    const page =
      'export const Greeting = ({ name, end }) => (\n  <p style={{ end }}>\n    <strong>\n{{ template }}\n</strong>\n    {{ range }}\n  </p>\n)\n'
    for (const path of ['d.tsx', 'd.jsx']) {
      const entry = await entryOf(page, path)
      expect(entry?.reason ?? '').not.toContain('Helm')
    }
  })

  it('lists a broken file as failed, and goes on', async () => {
    write('a.yaml', 'apiVersion: v1\nkind: Service\nmetadata: {name: [}\n')
    write('b.yaml', SERVICE)
    const { facts, inputs, problems } = await read()
    expect(inputs.map(({ path, status }) => [path, status])).toEqual([
      ['a.yaml', 'failed'],
      ['b.yaml', 'parsed'],
    ])
    expect(problems[0]).toMatchObject({ path: 'a.yaml', line: 3 })
    expect(facts.of('service')).toHaveLength(1)
  })

  it('lists a file that cannot be read', async () => {
    write('a.yaml', SERVICE)
    const discovery = discover([root], { include: [], exclude: [] })
    rmSync(join(root, 'a.yaml'))
    const { inputs } = await readInputs(discovery, CONTEXT, [kubernetes])
    expect(inputs[0]).toMatchObject({
      status: 'failed',
      sha256: null,
      reason: 'cannot be read (ENOENT): check that it exists and is readable',
    })
  })

  it('leaves out generated code by its head, and counts it', async () => {
    write('a.ts', '// Code generated by protoc. DO NOT EDIT.\n')
    write('b.yaml', `# DO NOT EDIT\n${SERVICE}`)
    const { inputs, leftOut } = await read()
    expect(inputs.map((input) => input.path)).toEqual(['b.yaml'])
    expect(leftOut).toContainEqual({ what: 'generated code', count: 1 })
  })

  it('turns a fault of ours into a failed file', async () => {
    const faulty: Format = {
      name: 'faulty',
      title: 'Faulty',
      recognises: () => true,
      read: () => {
        throw new TypeError('oops')
      },
    }
    write('a.yaml', SERVICE)
    const { inputs, problems } = await read([faulty])
    expect(inputs[0]).toMatchObject({ format: 'faulty', status: 'failed', reason: 'internal error: oops' })
    expect(problems[0]!.message).toContain('please report it')
  })

  it('takes all files of a format for failed when linking them broke', async () => {
    const faulty: Format = {
      name: 'faulty',
      title: 'Faulty',
      recognises: () => true,
      read: () => ({ facts: [], problems: [] }),
      link: () => {
        throw new TypeError('oops')
      },
    }
    write('a.yaml', 'a: 1')
    write('b.yaml', 'b: 1')
    const { inputs, problems, faults } = await read([faulty])
    expect(inputs.map(({ status, reason }) => [status, reason])).toEqual([
      ['failed', 'internal error: oops'],
      ['failed', 'internal error: oops'],
    ])
    expect(problems).toHaveLength(1)
    expect(faults).toEqual(['internal error: oops (format faulty)'])
  })

  it('lets a format see its files together, and revise a reading', async () => {
    write('a.yaml', 'a: 1')
    write('b.yaml', 'b: 1')
    const linking: Format = {
      name: 'linking',
      title: 'Linking',
      recognises: () => true,
      read: () => ({ facts: [], problems: [] }),
      link: (files) => ({
        facts: [],
        problems: [],
        revised: new Map([
          [files[1]!.path, { facts: [], problems: [], partial: `seen with ${files[0]!.path}` }],
        ]),
      }),
    }
    const { inputs } = await read([linking])
    expect(inputs.map(({ status, reason }) => [status, reason])).toEqual([
      ['parsed', null],
      ['partial', 'seen with a.yaml'],
    ])
  })

  it('refuses a module that is no format, or whose name is not its file name', () => {
    expect(() => checkFormat({ name: 'x' }, 'x')).toThrow('not a Format')
    expect(() => checkFormat(kubernetes, 'kubernetis')).toThrow('name it like its file')
    expect(checkFormat(kubernetes, 'kubernetes')).toBe(kubernetes)
  })
})
