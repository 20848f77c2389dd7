import { expect, test } from 'vitest'
import type { CodePackage } from '../../../src/facts/code.js'
import type { InputFile, Reading } from '../../../src/inputs/format.js'
import format from '../../../src/inputs/formats/package.js'

const context = { libraries: [], prefilter: true }
const file = (path: string, text: string): InputFile => ({ path, extension: '.json', text, sha256: '' })

async function packageIn(path: string, json: unknown): Promise<CodePackage> {
  const { facts } = await format.read(file(path, JSON.stringify(json, null, 2)), context)
  const [fact] = facts
  if (fact?.fact !== 'package') throw new Error('no package was read')
  return fact
}

test('only a package.json with a name and something of a package is one', () => {
  expect(format.recognises(file('a/package.json', '{"name":"a","version":"1.0.0"}'))).toBe(true)
  expect(format.recognises(file('a/package.json', '{"type":"module"}'))).toBe(false)
  expect(format.recognises(file('a/other.json', '{"name":"a","version":"1.0.0"}'))).toBe(false)
})

test('a package has its folder, and of every dependency the least version its range allows', async () => {
  const read = await packageIn('services/cart/package.json', {
    name: 'cart',
    scripts: { start: 'node .' },
    dependencies: { express: '^4.18.2', axios: '>=1.7.0 <2', '@shop/http': 'workspace:*' },
    devDependencies: { typescript: '~5.9' },
  })
  expect(read).toMatchObject({
    name: 'cart',
    folder: 'services/cart',
    role: 'service',
    source: { path: 'services/cart/package.json', line: 2 },
  })
  expect(read.dependencies).toEqual({
    '@shop/http': 'workspace:*',
    axios: '1.7.0',
    express: '4.18.2',
    typescript: '5.9.0',
  })
})

test('roles', async () => {
  expect(
    (await packageIn('package.json', { name: 'root', workspaces: ['a'], scripts: { start: 'turbo' } })).role,
  ).toBe('library')
  expect((await packageIn('packages/http/package.json', { name: 'http', main: 'dist/index.js' })).role).toBe(
    'library',
  )
  expect(
    (
      await packageIn('tools/gen/package.json', {
        name: 'gen',
        scripts: { start: 'x' },
        dependencies: { express: '4' },
      })
    ).role,
  ).toBe('tool')
  expect((await packageIn('cli/package.json', { name: 'cli', bin: 'cli.js' })).role).toBe('tool')
})

test('a broken file is a problem, not a failure', async () => {
  const reading: Reading = await format.read(file('a/package.json', '{"name": "a", "version": '), context)
  expect(reading).toMatchObject({ facts: [], partial: 'not valid JSON' })
  expect(reading.problems[0]?.message).toMatch(/not valid JSON.*correct the file/)
})
