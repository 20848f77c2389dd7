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

const roleOf = async (json: object, path = 'app/package.json') =>
  (await packageIn(path, { name: 'app', version: '1.0.0', ...json })).role

test.each([
  ['React and a bundler', { dependencies: { 'react-dom': '18' }, devDependencies: { vite: '5' } }],
  [
    'react-scripts, with a server to try it',
    { dependencies: { 'react-dom': '18', 'react-scripts': '5' }, devDependencies: { express: '4' } },
  ],
  ['Angular', { dependencies: { '@angular/core': '17' }, devDependencies: { '@angular/cli': '17' } }],
  ['Svelte, which is only built from', { private: true, devDependencies: { svelte: '4', vite: '5' } }],
  [
    'web components with a server for development',
    { private: true, dependencies: { lit: '3' }, devDependencies: { '@web/dev-server': '0.4' } },
  ],
  ['an extension', { dependencies: { 'webextension-polyfill': '0.12' }, devDependencies: { vite: '5' } }],
  ['components to be used by others', { peerDependencies: { vue: '3' }, devDependencies: { rollup: '4' } }],
])('a browser package: %s', async (_, json) => {
  expect(await roleOf({ ...json, scripts: { start: 'vite' } })).toBe('browser')
})

test.each([
  [
    'a server beside the interface',
    { dependencies: { 'react-dom': '18', express: '4' }, devDependencies: { vite: '5' } },
    'library',
  ],
  [
    'Next.js',
    {
      scripts: { start: 'next start' },
      dependencies: { 'react-dom': '18', next: '14' },
      devDependencies: { vite: '5' },
    },
    'service',
  ],
  ['an interface only in its tests', { devDependencies: { 'react-dom': '18', vite: '5' } }, 'library'],
  [
    'adapters for many frameworks',
    { devDependencies: { svelte: '4', express: '4', tsup: '8' }, private: true },
    'library',
  ],
  ['web components rendered to text', { dependencies: { lit: '3', hono: '4' } }, 'library'],
  ['a page rendered to text', { dependencies: { 'react-dom': '18' } }, 'library'],
])('no browser package: %s', async (_, json, role) => {
  expect(await roleOf(json)).toBe(role)
})

test.each([
  ['a command and nothing to load', { bin: { app: 'dist/cli.js' } }, 'tool'],
  ['the command is what one loads', { bin: { app: './dist/src/index.js' }, main: 'src/index.js' }, 'tool'],
  [
    'a command that reads arguments, beside what one loads',
    { bin: 'bin/app.js', main: 'dist/index.js', dependencies: { commander: '14' } },
    'tool',
  ],
  [
    'a command that reads arguments and starts the server',
    { bin: 'dist/server.js', main: 'dist/index.js', dependencies: { commander: '14', koa: '2' } },
    'library',
  ],
  ['a command beside a library', { bin: 'dist/cli.js', main: 'dist/index.js' }, 'library'],
  ['a command that starts the server', { bin: 'dist/server.js', dependencies: { fastify: '4' } }, 'library'],
])('commands: %s', async (_, json, role) => {
  expect(await roleOf(json)).toBe(role)
})

test.each([
  ['runs', { start: 'node dist/main.js' }, 'service'],
  ['runs by another script', { start: 'pnpm start:dev', 'start:dev': 'nest start --watch' }, 'service'],
  ['builds, then runs', { start: 'tsc && node dist/main.js' }, 'service'],
  ['only builds', { start: 'npm run watch', watch: 'cross-env A=1 node_modules/.bin/tsc -w' }, 'library'],
  ['serves for development', { start: 'web-dev-server --watch' }, 'library'],
  ['calls itself', { start: 'npm run start' }, 'service'],
])('a start script that %s', async (_, scripts, role) => {
  expect(await roleOf({ scripts, dependencies: { express: '4' } })).toBe(role)
})

test.each([
  'examples/shop/package.json',
  'playground/nestjs/package.json',
  'create-app/templates/basic/package.json',
])('%s shows how something is used', async (path) => {
  expect(await roleOf({ scripts: { start: 'node .' }, dependencies: { express: '4' } }, path)).toBe('example')
})

test('a broken file is a problem, not a failure', async () => {
  const reading: Reading = await format.read(file('a/package.json', '{"name": "a", "version": '), context)
  expect(reading).toMatchObject({ facts: [], partial: 'not valid JSON' })
  expect(reading.problems[0]?.message).toMatch(/not valid JSON.*correct the file/)
})
