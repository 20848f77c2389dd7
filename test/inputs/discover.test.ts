import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { discover } from '../../src/inputs/discover.js'

const EVERYTHING: { include: string[]; exclude: string[] } = { include: [], exclude: [] }
let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'discover-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function write(files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
}

const paths = (roots = [root], patterns = EVERYTHING): string[] =>
  discover(roots, patterns).files.map((file) => file.path)

describe('discover', () => {
  it('lists evidence sorted by path, with its size', () => {
    write({ 'b/service.yaml': 'kind: Service', 'a.ts': '', 'README.md': '', 'package.json': '{}' })
    expect(discover([root], EVERYTHING).files.map(({ path, size }) => [path, size])).toEqual([
      ['a.ts', 0],
      ['b/service.yaml', 13],
      ['package.json', 2],
    ])
  })

  it('obeys ignore files at every level, the nearest last', () => {
    write({
      '.gitignore': 'secret.yaml\n/only-top.yaml\nlogs/\n',
      'secret.yaml': '',
      'only-top.yaml': '',
      'a/only-top.yaml': '',
      'a/secret.yaml': '',
      'logs/x.json': '',
      'b/.gitignore': '!secret.yaml\n',
      'b/secret.yaml': '',
      'c/.resilienceignore': '*.yaml\n',
      'c/d/x.yaml': '',
    })
    expect(paths()).toEqual(['a/only-top.yaml', 'b/secret.yaml'])
    expect(discover([root], EVERYTHING).leftOut).toEqual([
      { what: 'ignored by .gitignore', count: 4 },
      { what: 'ignored by .resilienceignore', count: 1 },
      { what: 'other kinds of files', count: 3 },
    ])
  })

  it('leaves out vendored, generated and test code, but reads manifests in test folders', () => {
    write({
      'node_modules/x/index.js': '',
      'services/a/dist/main.js': '',
      'src/client.ts': '',
      'src/client.test.ts': '',
      'src/types.d.ts': '',
      'test/helper.ts': '',
      'test/deployment.yaml': '',
      'fixtures/deployment.yaml': '',
    })
    expect(paths()).toEqual(['src/client.ts', 'test/deployment.yaml'])
    expect(discover([root], EVERYTHING).leftOut).toEqual([
      { what: 'folders of fixtures and mocks', count: 1 },
      { what: 'generated code', count: 1 },
      { what: 'test code', count: 2 },
      { what: 'vendored or built folders', count: 2 },
    ])
  })

  it('finds lock files, whatever their ending', () => {
    write({ 'pnpm-lock.yaml': '', 'a/yarn.lock': '', 'a/Cargo.lock': '' })
    expect(paths()).toEqual(['a/yarn.lock', 'pnpm-lock.yaml'])
  })

  it('takes include and exclude as patterns of .gitignore', () => {
    write({ 'k8s/a.yaml': '', 'k8s/old/b.yaml': '', 'other/c.yaml': '' })
    expect(paths([root], { include: ['k8s/**'], exclude: ['old/'] })).toEqual(['k8s/a.yaml'])
  })

  it('follows no symbolic link, neither in circles nor out of the root', () => {
    write({ 'in/a.yaml': '', 'out/b.yaml': '' })
    symlinkSync(join(root, 'in'), join(root, 'in/again'))
    symlinkSync(join(root, 'out'), join(root, 'in/outside'))
    const { files, leftOut } = discover([join(root, 'in')], EVERYTHING)
    expect(files.map((file) => file.path)).toEqual(['a.yaml'])
    expect(leftOut).toEqual([{ what: 'symbolic links', count: 2 }])
  })

  it('lists files over 10 MB without reading them', () => {
    write({ 'big.yaml': '', 'small.yaml': '' })
    truncateSync(join(root, 'big.yaml'), 10 * 1024 * 1024 + 1)
    const { files, tooLarge } = discover([root], EVERYTHING)
    expect(files.map((file) => file.path)).toEqual(['small.yaml'])
    expect(tooLarge.map((file) => file.path)).toEqual(['big.yaml'])
  })

  it('names files of several roots from the folder that holds all of them, each once', () => {
    write({ 'a/x.yaml': '', 'a/b/y.yaml': '', 'ab/z.yaml': '' })
    expect(paths([join(root, 'ab'), join(root, 'a'), join(root, 'a/b'), join(root, 'a/x.yaml')])).toEqual([
      'a/b/y.yaml',
      'a/x.yaml',
      'ab/z.yaml',
    ])
    expect(paths([join(root, 'a/x.yaml')])).toEqual(['x.yaml'])
  })

  it.runIf(process.platform === 'linux')('says of a name that is no UTF-8 what to do', () => {
    const name = Buffer.concat([Buffer.from(`${root}/b`), Buffer.from([0xff]), Buffer.from('.yaml')])
    writeFileSync(name, '')
    expect(discover([root], EVERYTHING).problems).toMatchObject([
      { message: 'cannot be read (ENOENT): its name is not valid UTF-8; rename it' },
    ])
  })

  it('refuses a root that is not there', () => {
    expect(() => discover([join(root, 'missing')], EVERYTHING)).toThrow(/missing: no such file or folder/)
  })
})
