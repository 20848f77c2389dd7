import { existsSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { commonOf } from '../../../src/inputs/rendering/repeated.js'
import { runTool } from '../../../src/inputs/rendering/run-tool.js'
import { linesOfTemplate } from '../../../src/inputs/rendering/template-lines.js'
import { findTools } from '../../../src/inputs/rendering/tools.js'
import { folderWith, helm, program } from './folder.js'

const LIMITS = { timeoutSeconds: 1, outputMegabytes: 1, memoryMegabytes: 2048 }
const run = (body: string) => runTool(program(body), [], { limits: LIMITS })

describe('runTool', () => {
  it('gives a tool nothing of the environment, and no way to the network', async () => {
    vi.stubEnv('SECRET_TOKEN', 'hunter2')
    const result = await run('process.stdout.write(JSON.stringify(process.env))')
    vi.unstubAllEnvs()
    const environment = JSON.parse((result as { output: string }).output) as Record<string, string>
    expect(environment).not.toHaveProperty('SECRET_TOKEN')
    expect(environment).toMatchObject({ HTTPS_PROXY: 'http://127.0.0.1:9' })
    // Not empty: that would be the folder where it runs.
    expect(environment['PATH']).toBe(join(environment['HOME']!, 'no-programs'))
    expect(existsSync(environment['HOME']!)).toBe(false)
  })

  it.each([
    ['hangs', 'setTimeout(() => {}, 60_000)', 'it did not end within 1 s'],
    [
      'prints without end',
      'setInterval(() => process.stdout.write("x".repeat(1e6)), 1)',
      'it printed over 1 MB',
    ],
    ['says nothing', 'process.exit(3)', 'it ended with exit code 3 without output'],
    ['fails', 'console.error("walk.go:75: found link\\nError: no"); process.exit(1)', 'no'],
    [
      'logs as Kubernetes does',
      `console.error('E1122 12:21:33.837244   14650 run.go:72] "command failed" err="it broke"'); process.exit(1)`,
      'it broke',
    ],
  ])('names why a tool that %s is of no use', async (_, body, failure) => {
    expect(await run(body)).toEqual({ failure })
  })

  it('ends what a tool has started', async () => {
    const marker = join(folderWith({}), 'alive')
    const child = `setTimeout(() => require('node:fs').writeFileSync(${JSON.stringify(marker)}, ''), 1800)`
    await run(
      `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: 'inherit' }); setTimeout(() => {}, 60_000)`,
    )
    await new Promise((resolve) => setTimeout(resolve, 1500))
    expect(existsSync(marker)).toBe(false)
  })

  it('tells of a tool that cannot be started', async () => {
    expect(await runTool('/nowhere/helm', [])).toEqual({ failure: 'it cannot be started (ENOENT)' })
  })
})

describe('findTools', () => {
  const needs = { helm: true, kustomize: false }
  it('runs nothing that lies in the analysed folder', async () => {
    const own = program('console.log("v3.0.0")', 'helm')
    const options = { helm: null, kustomize: null, searchPath: [dirname(own), 'relative'].join(delimiter) }
    expect((await findTools(options, needs, dirname(own))).helm).toBe('helm was not found')
    expect((await findTools(options, needs, '/elsewhere')).helm).toMatchObject({
      executable: own,
      version: 'v3.0.0',
    })
  })

  it('refuses what is named and is no program', async () => {
    const options = { helm: '/nowhere/helm', kustomize: null, searchPath: '' }
    await expect(findTools(options, needs, '/')).rejects.toThrow(
      '--helm /nowhere/helm: not an executable file',
    )
  })

  it('knows the versions that it cannot use', async () => {
    const old = program('console.log("Client: v2.16.1+gbbdfe5e")')
    expect((await findTools({ helm: old, kustomize: null, searchPath: '' }, needs, '/')).helm).toBe(
      'helm 2.16.1+gbbdfe5e is too old: version 3 is needed',
    )
    expect(
      (await findTools({ helm: helm(''), kustomize: null, searchPath: '' }, needs, '/')).helm,
    ).toMatchObject({
      version: 'v3.14.2+gc309b6f',
    })
  })
})

describe('commonOf', () => {
  it('keeps what two renderings have in common', () => {
    expect(commonOf('a: 1\nname: job-x8d2k\n', 'a: 1\nname: job-x7q2k\n')).toBe('a: 1\nname: job-0\n')
    expect(commonOf('key: "YWJj=="', 'key: "eHl6=="')).toBe('key: "0"')
    expect(commonOf('a: 1', 'a: 1\nb: 2')).toBeNull()
  })
})

describe('linesOfTemplate', () => {
  it('finds what is written, what is filled in, and the document among several', () => {
    const template =
      'kind: Service\nmetadata:\n  name: {{ .a }}\n---\nkind: Deployment\nmetadata:\n  name: {{ .b }}\n{{- range .c }}\n  x: {{ . }}\n{{- end }}\n'
    expect(linesOfTemplate(template)('kind: Deployment\nmetadata:\n  name: web\n  x: 1')).toEqual([
      1, 5, 6, 7, 9,
    ])
  })

  it('says the first line of what no template resembles', () => {
    expect(linesOfTemplate('{{ include "lib.deployment" . }}')('kind: Deployment\nspec: 1')).toEqual([
      1, 1, 1,
    ])
  })
})
