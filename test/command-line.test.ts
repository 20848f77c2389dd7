/** The command line with a stand-in process: options, messages and exit codes. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { run } from '../src/command-line.js'

let folder: string
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'command-line-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function call(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', '']
  const code = await run({
    arguments: args,
    environment: { NO_COLOR: '1' },
    now: () => new Date('2026-11-01T00:00:00Z'),
    isTerminal: false,
    out: (text) => void (out += String(text)),
    err: (text) => void (err += String(text)),
  })
  return { code, out, err }
}

function write(files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

const analyzeFolder = (...args: string[]): ReturnType<typeof call> =>
  call('analyze', folder, '-f', 'json', '-o', join(folder, 'out'), ...args)

const POD =
  'apiVersion: v1\nkind: Pod\nmetadata: { name: lonely }\nspec:\n  containers: [{ name: web, image: web:1 }]\n'
const BROKEN_SELECTOR = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: other } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: "web:1" }] }
`

describe('analyze', () => {
  it('ends with 0 and the paths written when the gate holds', async () => {
    write({ 'pod.yaml': POD })
    const { code, out } = await analyzeFolder()
    expect(code).toBe(0)
    expect(out).toContain('report.json')
    expect(JSON.parse(readFileSync(join(folder, 'out/report.json'), 'utf8'))).toMatchObject({
      schemaVersion: 1,
      asOf: '2026-11-01T00:00:00.000Z',
    })
  })

  it('ends with 1 when a critical finding is open, and with 0 when nothing is asked to fail', async () => {
    write({ 'web.yaml': BROKEN_SELECTOR })
    expect(await analyzeFolder()).toMatchObject({
      code: 1,
      out: expect.stringContaining('1 open finding of severity critical or above'),
    })
    expect((await analyzeFolder('--fail-on', 'none')).code).toBe(0)
  })

  it('holds the gate again when the finding is accepted, until the day its waiver expires', async () => {
    const waiver = (expires: string): string =>
      `waivers: [{ rule: kubernetes-selector-labels, where: web, reason: replaced next week, owner: shop, expires: ${expires} }]\n`
    write({ 'web.yaml': BROKEN_SELECTOR, 'resilience.yaml': waiver('2026-11-01') })
    expect((await analyzeFolder()).code).toBe(0)
    write({ 'resilience.yaml': waiver('2026-10-31') })
    expect((await analyzeFolder()).code).toBe(1)
  })

  it('lists what the configuration says of nothing, at its place in the file that was given', async () => {
    write({
      'web.yaml': BROKEN_SELECTOR,
      'ci/strict.yaml': `dependencies:
  - { from: wbe, to: stripe }
waivers:
  - { rule: kubernetes-replicas, where: nobody, reason: weighed, owner: shop, expires: 2027-01-01 }
  - { rule: kubernetes-selector-label, where: web, reason: weighed, owner: shop, expires: 2027-01-01 }
  - rule: kubernetes-selector-labels
    where: web
    reason: weighed
    owner: shop
    expires: 2026-10-31
`,
    })
    await analyzeFolder('--config', join(folder, 'ci/strict.yaml'))
    const { problems } = JSON.parse(readFileSync(join(folder, 'out/report.json'), 'utf8'))
    expect(problems).toEqual([
      {
        path: 'ci/strict.yaml',
        line: 2,
        column: 13,
        message:
          'dependencies.0.from: no component is called "wbe", so this dependency is not counted; did you mean "web"?',
      },
      {
        path: 'ci/strict.yaml',
        line: 2,
        column: 22,
        message: expect.stringContaining('"stripe", so this dependency is not counted; declare it'),
      },
      { path: 'ci/strict.yaml', line: 4, column: 41, message: expect.stringContaining('matches no failing') },
      {
        path: 'ci/strict.yaml',
        line: 5,
        column: 13,
        message: expect.stringContaining('names no known rule; did you mean "kubernetes-selector-labels"?'),
      },
      {
        path: 'ci/strict.yaml',
        line: 10,
        column: 14,
        message: expect.stringContaining('expired on 2026-10-31'),
      },
    ])
  })

  it('ends with 1 below a minimum score or coverage', async () => {
    write({ 'pod.yaml': POD })
    expect((await analyzeFolder('--min-score', '100')).out).toMatch(/score [\d.]+ is below 100/)
    expect((await analyzeFolder('--min-score', '100')).code).toBe(1)
  })

  it('ends with 3 under --strict when a kind of evidence is missing', async () => {
    write({ 'pod.yaml': POD })
    expect((await analyzeFolder('--strict')).code).toBe(3)
  })

  it('says what was looked for, and ends with 2, when there is no evidence', async () => {
    write({ 'notes.txt': 'nothing to see' })
    const { code, err } = await analyzeFolder()
    expect(code).toBe(2)
    for (const kind of ['Chaos Toolkit', 'Kubernetes', 'Prometheus', 'TypeScript'])
      expect(err).toContain(kind)
    expect(existsSync(join(folder, 'out'))).toBe(false)
  })

  it('names the files that it did not use with the reason, and what it left out, when there is no evidence', async () => {
    write({ 'other.yaml': 'a: 1\n', 'big.json': '{}', 'notes.txt': '', 'src/a.test.ts': 'export {}\n' })
    truncateSync(join(folder, 'big.json'), 11 * 1024 * 1024)
    writeFileSync(join(folder, 'picture.yaml'), Buffer.from([0x61, 0, 0, 0]))
    const { code, err } = await analyzeFolder()
    expect(code).toBe(2)
    expect(err.split('\n').slice(0, -1)).toEqual([
      `${folder}: no evidence found; name the folder or the files that contain it`,
      '  big.json: 11.0 MB: files over 10 MB are not read; split it, or exclude it with `exclude`',
      '  picture.yaml: binary, or text in an encoding other than UTF-8 or UTF-16: save it as UTF-8',
      '  other.yaml: no known kind of evidence',
      '  not read: other kinds of files (1)',
      '  not read: test code (1)',
      expect.stringMatching(
        /^ {2}searched for, in YAML, JSON and code files, by content: AWS FIS experiment or template; Alertmanager configuration;.* Chaos Toolkit/,
      ),
    ])
  })

  it('names the only file and why it could not be read', async () => {
    write({ 'big.yaml': '' })
    truncateSync(join(folder, 'big.yaml'), 11 * 1024 * 1024)
    const { out } = await analyzeFolder()
    expect(out).toContain(
      '1 input could not be read in full: big.yaml (11.0 MB: files over 10 MB are not read',
    )
  })

  it('goes on past broken input, and does not call the review complete', async () => {
    write({
      'pod.yaml': POD,
      'deployment.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: [\n',
      'journal.json': '{"chaoslib-version": "1.44.0", "experiment": {"title"',
    })
    const { code, out } = await analyzeFolder()
    const result = JSON.parse(readFileSync(join(folder, 'out/report.json'), 'utf8'))
    expect(code).toBe(0)
    expect(out).toContain('INCOMPLETE')
    expect(
      result.inputs
        .filter((input: { status: string }) => input.status === 'failed')
        .map((input: { path: string }) => input.path),
    ).toEqual(['deployment.yaml', 'journal.json'])
  })

  it('lists a file it may not read', async () => {
    write({ 'pod.yaml': POD, 'secret.yaml': POD })
    chmodSync(join(folder, 'secret.yaml'), 0)
    await analyzeFolder()
    const result = JSON.parse(readFileSync(join(folder, 'out/report.json'), 'utf8'))
    const status = process.getuid?.() === 0 ? 'parsed' : 'failed'
    expect(result.inputs.find((input: { path: string }) => input.path === 'secret.yaml').status).toBe(status)
  })

  it('prints one format to standard output and nothing else', async () => {
    write({ 'pod.yaml': POD })
    const { out } = await call('analyze', folder, '-f', 'json', '-o', '-')
    expect(JSON.parse(out)).toMatchObject({ kind: 'analysis' })
  })

  it('leaves no temporary file behind', async () => {
    write({ 'pod.yaml': POD })
    await analyzeFolder()
    expect(readdirSync(join(folder, 'out'))).toEqual(['report.json'])
  })
})

describe('mistakes of the user', () => {
  it.each([
    [['analyze', '/no/such/folder'], '/no/such/folder: no such file or folder'],
    [
      ['analyze', '.', '-f', 'docx'],
      '--format: docx is not a format; available: html, json, markdown, pdf, sarif',
    ],
    [['analyze', '.', '-o', '-'], '--output -: prints one format'],
    [['analyze', '.', '--as-of', 'yesterday'], 'Write a date or an RFC 3339 time'],
    [['analyze', '.', '--fail-on', 'everything'], 'Allowed choices are critical'],
    [['analyze', '.', '--as-of', '1'], 'Write a date or an RFC 3339 time'],
    [['analyze', '.', '--as-of', '2026-02-30'], 'Write a date or an RFC 3339 time'],
    [['analyze', '.', '--min-score', '101'], 'Write a number from 0 to 100'],
    [['analyze', '.', '--min-coverage', ''], 'Write a number from 0 to 100'],
    [['analyze', ''], 'an empty path; name a file or folder to analyse, . for the current one'],
    [['analyze', '/dev/null'], '/dev/null: neither a file nor a folder; check the path'],
    [['analyze', '.', '-o', ''], '--output: names no folder; name one, or - to print one format'],
    [['analyze', '.', '-o', 'package.json/x'], 'package.json is a file; name a folder with --output'],
    [
      ['analyze', '.', '-f', 'pdf', '--browser', '/no/such'],
      '--browser: /no/such: no such file; name the exec',
    ],
    [['analyze', '.', '-c', 'src'], 'src: is a folder; --config names a file'],
    [['analyze', '.', '-c', ''], 'an empty name: no such configuration file; check --config'],
    [['analyze', '.', '--rules', '/no/such'], '/no/such: no such folder of rules; check --rules'],
    [
      ['analyze', '.', '--rules', 'package.json'],
      'package.json: is a file; --rules names the folder it lies in',
    ],
    [['rules', 'list', '--rules', ''], '--rules: names no folder; name one that holds rules'],
    [['rules', 'list', '--rules', 'templates'], 'templates: holds no rules, which are .yaml files'],
    [['rules', 'test', 'package.json'], 'package.json: is a file; name the folder of fixtures it lies in'],
    [['rules', 'test', ''], 'an empty path: no such folder of fixtures; name one'],
    [['rules', 'show', 'alert-fro'], 'alert-fro: no such rule; did you mean alert-for?'],
    [['analyse'], "unknown command 'analyse'"],
    [['rules', 'show', 'kubernetes-replica'], 'no such rule; did you mean'],
    [['schema', 'novel'], 'no such kind of file'],
  ])('%j ends with 2 and says what to do', async (args, message) => {
    const { code, err } = await call(...args)
    expect(err).toContain(message)
    expect(err).not.toContain('    at ')
    expect(code).toBe(2)
  })

  it('names file, line and column of a wrong configuration and of a wrong rule, and analyses nothing', async () => {
    write({ 'pod.yaml': POD, 'resilience.yaml': 'subject: Shop\nobjectives:\n  recoverySeconds: soon\n' })
    expect(await analyzeFolder()).toMatchObject({
      code: 2,
      err: expect.stringMatching(/resilience\.yaml:3:20 objectives\.recoverySeconds: "soon" is no duration/),
    })
    write({ 'resilience.yaml': '', 'own/broken.yaml': 'id: broken\ntitle: [\n' })
    expect(await analyzeFolder('--rules', join(folder, 'own'))).toMatchObject({
      code: 2,
      err: expect.stringMatching(/broken\.yaml:\d+:\d+ /),
    })
    expect(existsSync(join(folder, 'out'))).toBe(false)
  })
})

describe('names of strangers', () => {
  it('reach the terminal as text, wherever they come from', async () => {
    write({ 'pod.yaml': POD, 'resilience.yaml': 'rules: { "\\e[2J": off }\n' })
    const fromFile = await analyzeFolder()
    const fromArguments = await call('rules', 'show', '\u001b]0;x\u0007')
    const fromOption = await call('analyze', folder, '--as-of', '\u001b[31m')
    for (const { code, err } of [fromFile, fromArguments, fromOption]) {
      expect(code).toBe(2)
      expect(err).toContain('⟨U+001B⟩')
      expect(err).not.toContain('\u001b')
    }
  })
})

describe('what the file system refuses', () => {
  it.runIf(process.platform === 'linux')(
    'is no report: a folder that cannot be made is named, and nothing waits for it',
    async () => {
      write({ 'pod.yaml': POD })
      // Where Node's own way of making folders would go on for ever.
      const { code, err } = await call('analyze', folder, '-f', 'json', '-o', '/proc/no/such')
      expect({ code, err }).toEqual({
        code: 2,
        err: '/proc/no: cannot be created (ENOENT); name another folder with --output\n',
      })
    },
  )

  it('in a folder of rules is named: links that lead nowhere, or back', async () => {
    write({ 'pod.yaml': POD, 'own/chains/a.yaml': '' })
    symlinkSync('nowhere', join(folder, 'own/lost.yaml'))
    expect(await analyzeFolder('--rules', join(folder, 'own'))).toMatchObject({
      code: 2,
      err: expect.stringContaining('own/lost.yaml: cannot be read (ENOENT); remove it, or check that'),
    })
    rmSync(join(folder, 'own/lost.yaml'))
    symlinkSync('..', join(folder, 'own/chains/again'))
    expect((await analyzeFolder('--rules', join(folder, 'own'))).err).toContain(
      'own/chains/again: leads back to',
    )
  })
})

describe('a fixture of a rule', () => {
  it('may not write outside of its own folder', async () => {
    const fixture = (path: string): string =>
      `cases:\n  - name: escapes\n    outcome: pass\n    files: { "${path}": "x" }\n`
    for (const path of ['../out.yaml', '/tmp/out.yaml', 'a/../../out.yaml']) {
      write({ 'fixtures/alert-for.yaml': fixture(path) })
      const { code, err } = await call('rules', 'test', join(folder, 'fixtures'))
      expect(code).toBe(2)
      expect(err).toContain('must be a path below the folder of the case')
    }
  })
})

describe('an internal error', () => {
  it('says where it arose, and prints no stack', async () => {
    let err = ''
    const code = await run({
      arguments: ['schema'],
      environment: {},
      now: () => new Date(),
      isTerminal: false,
      out: () => {
        throw new TypeError('oops')
      },
      err: (text) => void (err += text),
    })
    expect(code).toBe(4)
    expect(err).toMatch(/^Internal error: TypeError: oops \(command-line\.ts:\d+:\d+\)\nPlease report it/)
    expect(err).not.toContain('    at ')
  })
})

describe('help', () => {
  it('prints version and commands', async () => {
    expect((await call('--version')).out).toMatch(/^\d+\.\d+\.\d+\n$/)
    const { out, code } = await call('--help')
    expect(code).toBe(0)
    for (const command of ['analyze', 'rules', 'schema']) expect(out).toContain(command)
  })

  it('explains a rule', async () => {
    expect((await call('rules', 'show', 'kubernetes-replicas')).out).toContain('prevents   A node drain')
    expect((await call('rules', 'list')).out).toMatch(/\d+ rules\n$/)
    expect((await call('rules', 'list', '--patterns')).out).toContain('http-timeout')
  })

  it('prints JSON Schemas that are JSON', async () => {
    const kinds = (await call('schema')).out.trim().split('\n')
    expect(kinds).toContain('result')
    for (const kind of kinds) expect(JSON.parse((await call('schema', kind)).out)).toHaveProperty('$schema')
  })
})
