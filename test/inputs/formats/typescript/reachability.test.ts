/** Which modules some entry of their package leads to. */
import { describe, expect, test } from 'vitest'
import { factsOf, read } from './reading.js'

/** Gives every system something to look at, so that it is read at all. */
const CALL = `export const get = () => fetch('http://stock/items')`
const START = '{"name":"shop","scripts":{"start":"node dist/main.js"}}'

type Sources = Record<string, string>

async function unreached(sources: Sources): Promise<string[]> {
  const modules = await factsOf('unreached-module', sources)
  return modules.filter(({ why }) => why !== 'published').map(({ source }) => source.path)
}

async function published(sources: Sources): Promise<string[]> {
  const modules = await factsOf('unreached-module', sources)
  return modules.filter(({ why }) => why === 'published').map(({ source }) => source.path)
}

/** A service whose entry has a given text, and a module `src/job.ts` that nothing else names. */
const shop = (main: string, more: Sources = {}): Sources => ({
  'package.json': START,
  'src/main.ts': main,
  'src/job.ts': CALL,
  ...more,
})

describe('what an entry loads', () => {
  test.each([
    ['an import', `import { get } from './job'\nget()`],
    ['an import for its effects', `import './job.js'`],
    ['a re-export', `export * from './job'`],
    ['require', `const { get } = require('./job')`],
    ['import()', `export const later = async () => (await import('./job')).get()`],
    ['import() with a comment', `export const later = () => import(/* webpackChunkName: "job" */ './job')`],
    ['a template without parts', 'export const later = () => import(`./job`)'],
    ['an import of types and values', `import { type Item, get } from './job'`],
    ['the path of a worker', `new Worker(new URL('./job.js', import.meta.url))`],
    ['the path of a process, from the package', `fork('dist/job.js')`],
    ['a template that begins with a folder', 'fork(`${__dirname}/job.js`)'],
    ['a re-export that goes on over a line', `export\n  * from './job'`],
    ['a named re-export that goes on over a line', `export\n  * as job from './job'`],
    ['import() with a blank', `export const later = () => import ('./job')`],
    ['require with a blank', `const job = require ('./job')`],
    ['a folder with a slash', `import { get } from './'`, { 'src/index.ts': `export * from './job'` }],
    ['a path with a query of a bundler', `import job from './job?worker'`],
    ['a module named after the package folder', `import { get } from 'src/job'`],
  ] as [string, string, Sources?][])('by %s', async (_, main, more = {}) => {
    expect(await unreached(shop(main, more))).toEqual([])
  })

  test('but not by what a configuration of the build finds by a pattern', async () => {
    const configuration = { 'next.config.js': `module.exports = { rules: [{ test: '*.js' }] }` }
    expect(await unreached(shop(`import '../next.config.js'`, configuration))).toEqual(['src/job.ts'])
  })

  test('through others', async () => {
    const between = { 'src/jobs/index.ts': `export { get } from '../job'` }
    expect(await unreached(shop(`import { get } from './jobs'`, between))).toEqual([])
  })

  test('but not by a package in a scope that another package.json of the run names', async () => {
    const other = { 'tools/package.json': '{"name":"tools","dependencies":{"@hookform/resolvers":"3.0.0"}}' }
    const main = `import { zodResolver } from '@hookform/resolvers/zod'`
    expect(await unreached(shop(main, other))).toEqual(['src/job.ts'])
  })

  test.each(['(shared)', '[id]'])('by an alias into a folder named %s', async (folder) => {
    const more = {
      'tsconfig.json': '{"compilerOptions":{"paths":{"@/*":["src/*"]}}}',
      [`src/${folder}/index.ts`]: `export { get } from '../job'`,
      'src/my lib/use.ts': CALL,
    }
    const main = `import { get } from '@/${folder}'\nimport './my lib/use'`
    expect(await unreached(shop(main, more))).toEqual([])
  })

  test('by an alias of the compiler', async () => {
    const alias = { 'tsconfig.json': '{"compilerOptions":{"paths":{"@/*":["src/*"]}}}' }
    expect(await unreached(shop(`import { get } from '@/job'`, alias))).toEqual([])
  })

  test.each([
    ['nothing', `export const one = 1`],
    ['types only', `import type { Item } from './job'`],
    ['types under a name', `import type * as job from './job'\nexport type { Item } from './job'`],
    ['a comment', `// import { get } from './job'\n  // fork('./job.js')`],
    [
      'words before a parenthesis',
      `/** It may require (see below) more than import (a) gives. */\nconst one = 1 // import (b)`,
    ],
    ['a file without code', `import items from './items.json'`],
    ['a style sheet with a query of a bundler', `import './style.css?inline'`],
    ['a module of the runtime', `import { readFile } from 'fs/promises'\nimport path from 'path'`],
    ['a package that another brings', `import 'reflect-metadata'`],
    ['a fixture, which is left out', `import { items } from './__fixtures__/items'`],
    ['a test, which is left out', `import { items } from './items.test'`],
  ])('is not the job by %s', async (_, main) => {
    expect(await unreached(shop(main))).toEqual(['src/job.ts'])
  })
})

describe('everything counts as reached', () => {
  test.each([
    ['an import is not found', `import { gone } from './gone'`],
    ['an alias is not found', `import { gone } from '@/gone'`],
    ['an import may be an alias', `import { gone } from '@app/gone'`],
    ['an import begins like a folder', `import { gone } from 'jobs/gone'`],
    ['a name is computed', `const job = require(name)`],
    ['a name is put together', `const job = require(folder + '/a')`],
    ['a name is a template', 'const job = await import(`${folder}/a.js`)'],
    ['files are found by a pattern', `new DataSource({ entities: ['dist/**/*.entity.js'] })`],
  ])('where %s', async (_, main) => {
    expect(await unreached(shop(main, { 'src/jobs/a.ts': CALL }))).toEqual([])
  })

  test.each([
    ['put together', `const job = require('./jobs/' + name)`],
    ['a template', 'const job = await import(`./jobs/${name}.js`)'],
    ['a template over the beginning of a name', 'const job = await import(`./jobs/a${name}.js`)'],
  ])('but only of the folder where a name that begins with it is %s', async (_, main) => {
    const more = { 'src/jobs/a.ts': CALL, 'src/jobs/deep/b.ts': CALL }
    expect(await unreached(shop(main, more))).toEqual(['src/job.ts'])
  })

  describe('where the place of a lost import is known, only what lies there:', () => {
    const lost = (main: string, more: Sources = {}): Promise<string[]> =>
      unreached(
        shop(main, {
          'src/jobs/a.ts': CALL,
          'src/jobs/deep/b.ts': CALL,
          'tsconfig.json': '{"compilerOptions":{"paths":{"@/*":["src/*"]}}}',
          ...more,
        }),
      )
    test.each([
      ['in its folder and below', `import { gone } from './jobs/gone'`],
      ['by an alias', `import { gone } from '@/jobs/gone'`],
      ['in the nearest folder above', `import { gone } from './jobs/gone/far/away'`],
    ])('%s', async (_, main) => {
      expect(await lost(main)).toEqual(['src/job.ts'])
    })

    test('what ends alike elsewhere in the package', async () => {
      expect(await lost(`import { b } from '../../deep/b'`)).toEqual(['src/job.ts', 'src/jobs/a.ts'])
    })

    test('nothing of the package when it leads out of it', async () => {
      const all = ['src/job.ts', 'src/jobs/a.ts', 'src/jobs/deep/b.ts']
      expect(await lost(`import { gone } from '../../gateway/gone'`)).toEqual(all)
    })

    test('but all when it is a component that is not read', async () => {
      expect(await lost(`import Page from './jobs/Page.vue'`)).toEqual([])
    })
  })

  describe('where an import takes a name that its module', () => {
    const taking = (text: string): Promise<string[]> =>
      unreached(shop(`import { start } from './server'\nstart()`, { 'src/server.ts': text }))
    test('does not have, so that it was meant for another', async () => {
      expect(await taking(`export const listen = () => 1`)).toEqual([])
    })
    test.each([
      ['has', `export const start = () => 1`],
      ['gives out under that name', `const run = () => 1\nexport { run as start }`],
      ['may have from another', `export * from 'http'`],
      ['may have in the older way', `exports[name] = run`],
    ])('%s, only what it loads', async (_, text) => {
      expect(await taking(text)).toEqual(['src/job.ts'])
    })
    test('is a type, only what it loads', async () => {
      const files = shop(`import type { Start } from './server'`, { 'src/server.ts': `export const a = 1` })
      expect(await unreached(files)).toEqual(['src/job.ts'])
    })
  })

  test('but not for what is open in a module that is not reached itself', async () => {
    const old = { 'src/old.ts': `import { gone } from './gone'\n${CALL}` }
    expect(await unreached(shop(`export const one = 1`, old))).toEqual(['src/job.ts', 'src/old.ts'])
  })

  test('without a package.json, without an entry, and where an entry is not found', async () => {
    const files = { 'src/orders.ts': CALL }
    expect(await unreached(files)).toEqual([])
    expect(await unreached({ 'package.json': '{"name":"shop"}', ...files })).toEqual([])
    expect(await unreached({ 'package.json': START, ...files })).toEqual([])
    const built = '{"name":"shop","main":"dist/bundle.js","scripts":{"dev":"tsx src/dev.ts"}}'
    expect(await unreached({ 'package.json': built, 'src/dev.ts': `run()`, ...files })).toEqual([])
  })

  test('where users of the package may load any of them', async () => {
    const manifest = '{"name":"shop","exports":{".":"./src/index.ts","./*":"./src/*.ts"}}'
    expect(
      await unreached({ 'package.json': manifest, 'src/index.ts': `run()`, 'src/job.ts': CALL }),
    ).toEqual([])
  })

  test('where a framework finds modules by their folder', async () => {
    const strapi =
      '{"name":"shop","dependencies":{"@strapi/strapi":"5.0.0"},"scripts":{"start":"node main.js"}}'
    expect(await unreached({ 'package.json': strapi, 'main.js': `run()`, 'src/api/job.js': CALL })).toEqual(
      [],
    )
  })
})

describe('an entry', () => {
  const entered = (manifest: object, path: string, more: Sources = {}): Promise<string[]> =>
    unreached({ 'package.json': JSON.stringify(manifest), [path]: CALL, 'src/job.ts': CALL, ...more })

  test.each([
    ['main', { main: './dist/entry.js' }],
    ['module', { module: 'dist/entry.mjs' }],
    ['bin', { bin: { shop: './dist/entry.js' } }],
    ['exports', { exports: { '.': { import: './dist/entry.js', types: './dist/entry.d.ts' } } }],
    ['the start script', { scripts: { start: 'NODE_ENV=production node --enable-source-maps dist/entry' } }],
    ['a script behind others', { scripts: { dev: 'npm run build && tsx watch src/entry.ts' } }],
    ['a preloaded module', { scripts: { start: 'node --import=./src/entry.ts gone || node src/entry' } }],
    ['what is built', { scripts: { build: 'tsup src/entry.ts --format esm' } }],
    ['what is left over', { main: 'index.js', scripts: { start: 'node src/entry.js' } }],
  ])('is named by %s', async (_, manifest) => {
    expect(await entered({ name: 'shop', ...manifest }, 'src/entry.ts')).toEqual(['src/job.ts'])
  })

  test('is no file that only a test runs', async () => {
    const scripts = { start: 'node src/main.js', 'test:job': 'tsx src/job.ts' }
    expect(await entered({ name: 'shop', scripts }, 'src/main.ts')).toEqual(['src/job.ts'])
  })

  test.each(['src/index.ts', 'server.js', 'src/app.ts'])('is %s where nothing is named', async (path) => {
    expect(await entered({ name: 'shop' }, path)).toEqual(['src/job.ts'])
  })

  test('is named by a manifest or the configuration of a platform', async () => {
    const worker = {
      'k8s/worker.yaml': `kind: Deployment\nspec:\n  command: ["node", "dist/worker.js"]`,
      'serverless.yml': `functions:\n  create:\n    handler: src/orders.create`,
      'src/worker.ts': CALL,
      'src/orders.ts': CALL,
    }
    const scripts = { start: 'node src/main.js' }
    expect(await entered({ name: 'shop', scripts }, 'src/main.ts', worker)).toEqual(['src/job.ts'])
  })

  test('is what a process manager is told to run', async () => {
    const pm2 = {
      'ecosystem.config.js': `module.exports = { apps: [{ name: 'jobs', script: 'dist/worker.js' }] }`,
      'src/worker.ts': CALL,
    }
    expect(
      await entered({ name: 'shop', scripts: { start: 'node src/main.js' } }, 'src/main.ts', pm2),
    ).toEqual(['src/job.ts'])
  })

  test('is not what a script for releases runs', async () => {
    const scripts = { start: 'node src/main.js', 'release-final': 'node extra/publish.mjs' }
    const extra = { 'extra/publish.mjs': CALL }
    expect(await entered({ name: 'shop', scripts }, 'src/main.ts', extra)).toEqual([
      'src/job.ts',
      'extra/publish.mjs',
    ])
  })

  test('is what a bundler is told to build, or any module where that is a pattern', async () => {
    const built = (entry: string): Sources => ({
      'tsup.config.ts': `export default defineConfig({ entry: [${entry}] })`,
      'src/worker.ts': CALL,
    })
    const shop = { name: 'shop', scripts: { build: 'tsup', start: 'node src/main.js' } }
    expect(await entered(shop, 'src/main.ts', built(`'src/worker.ts'`))).toEqual(['src/job.ts'])
    expect(await entered(shop, 'src/main.ts', built(`'src/worker.ts', 'src/*.ts'`))).toEqual([])
  })

  test('is not what a tool finds by patterns', async () => {
    const tools = {
      'eslint.config.mjs': `export default [{ files: ['**/*.ts'] }]`,
      'scripts/count.ts': `glob('src/**/*.ts')`,
    }
    const scripts = { start: 'node src/main.js', count: 'tsx scripts/count.ts' }
    expect(await entered({ name: 'shop', scripts }, 'src/main.ts', tools)).toEqual(['src/job.ts'])
  })

  test('is a route of Remix and React Router, or any module where they were told other places', async () => {
    const routes = { 'app/root.tsx': CALL, 'app/routes/_index.tsx': CALL, 'app/lib/old.ts': CALL }
    const remix = (dependency: string): object => ({
      name: 'shop',
      scripts: { start: 'node server.js', build: 'react-router build' },
      dependencies: { [dependency]: '7.0.0' },
    })
    for (const name of ['@react-router/dev', '@remix-run/dev'])
      expect(await entered(remix(name), 'server.js', routes)).toEqual(['src/job.ts', 'app/lib/old.ts'])
    expect(await entered(remix('@react-router/dev'), 'server.js', { 'site/old.ts': CALL })).toEqual([])
  })

  test('is a task of trigger.dev', async () => {
    const tasks = { 'src/trigger/mail.ts': CALL }
    const trigger = {
      name: 'shop',
      scripts: { start: 'node src/main.js' },
      dependencies: { '@trigger.dev/sdk': '4.0.0' },
    }
    expect(await entered(trigger, 'src/main.ts', tasks)).toEqual(['src/job.ts'])
  })

  test('is no other module in the folders of the routes of Next.js', async () => {
    const next = { name: 'shop', scripts: { start: 'next start' }, dependencies: { next: '15.0.0' } }
    const routes = { 'app/api/orders/old.ts': CALL, 'app/(shop)/[id]/page.tsx': CALL }
    expect(await entered(next, 'app/api/orders/route.ts', routes)).toEqual([
      'src/job.ts',
      'app/api/orders/old.ts',
    ])
  })

  test('is a route of Next.js', async () => {
    const routes = { 'app/api/orders/route.ts': CALL, 'src/middleware.ts': CALL }
    const next = { name: 'shop', scripts: { start: 'next start' }, dependencies: { next: '15.0.0' } }
    expect(await entered(next, 'pages/api/items.ts', routes)).toEqual(['src/job.ts'])
  })

  test('is a route of a framework that is declared above the package that runs it', async () => {
    const found = await unreached({
      'package.json': '{"name":"all","dependencies":{"next":"15.0.0"}}',
      'web/package.json': '{"name":"web","scripts":{"start":"next start","fetch":"node scripts/fetch.js"}}',
      'web/scripts/fetch.js': `run()`,
      'web/app/api/orders/route.ts': CALL,
      'web/src/job.ts': CALL,
    })
    expect(found).toEqual(['web/src/job.ts'])
  })
})

describe('a script that names a module which is not there', () => {
  const scripts = (more: object): Sources => ({
    'package.json': JSON.stringify({ name: 'shop', scripts: { start: 'node src/main.js', ...more } }),
    'src/main.ts': `run()`,
    'src/job.ts': CALL,
    'jobs/count.ts': CALL,
    'jobs/old/load.ts': CALL,
    'scripts/count.ts': `run()`,
  })
  const OTHERS = ['src/job.ts', 'jobs/count.ts', 'jobs/old/load.ts']

  test.each([
    ['what is so called elsewhere', 'tsx jobs/load.ts', ['src/job.ts', 'jobs/count.ts']],
    ['else what stands beside it', 'tsx jobs/gone.ts', ['src/job.ts', 'jobs/old/load.ts']],
    ['nothing where no folder is', 'tsx gone/load-all.ts', OTHERS],
    ['anything where it is built', 'node dist/jobs.js', []],
  ])('may mean %s', async (_, script, expected) => {
    expect(await unreached(scripts({ load: script }))).toEqual(expected)
  })

  test('may mean anything where it is all that is said of the service', async () => {
    expect(await unreached(scripts({ start: 'tsx source/main.ts' }))).toEqual([])
    expect(await unreached(scripts({ start: 'tsx source/main.ts', count: 'tsx scripts/count.ts' }))).toEqual(
      [],
    )
  })

  test('means the module where the script goes', async () => {
    const jobs = { jobs: 'cd jobs && tsx old/load.ts', all: 'cd ../mail && tsx gone.ts' }
    expect(await unreached(scripts(jobs))).toEqual(['src/job.ts', 'jobs/count.ts'])
  })

  test('means the source at the path that a compiler repeats below the folder it writes to', async () => {
    const found = await unreached({
      'apps/cart/package.json': '{"name":"cart","scripts":{"start":"node dist/apps/cart/src/main.js"}}',
      'apps/cart/src/main.ts': `run()`,
      'apps/cart/src/job.ts': CALL,
    })
    expect(found).toEqual(['apps/cart/src/job.ts'])
  })
})

describe('what finds modules is not', () => {
  test.each(['const [autoLoading] = useState(false)', '({ autoLoadEntities: true })'])('%s', async (code) => {
    expect(await unreached(shop(code))).toEqual(['src/job.ts'])
  })
})

describe('a module that nothing imports', () => {
  const alone = (code: string, manifest = START): Promise<string[]> =>
    unreached({ 'package.json': manifest, 'src/main.ts': `run()`, 'src/alone.ts': `${CALL}\n${code}` })

  test.each([
    ['calls a function of its own', `async function main() {}\nmain().catch(console.error)`],
    ['awaits', `await get()`],
    ['listens', `const server = app.listen(80)`],
    ['schedules', `export const job = new CronJob('* * * * *', get)`],
    ['starts when run directly', `if (require.main === module) get()`],
    ['is a function of a platform', `export const handler = async () => get()`],
  ])('may be started when it %s', async (_, code) => {
    expect(await alone(code)).toEqual([])
  })

  test.each([
    ['a class', `export class Job { start() { cron.schedule('* * * * *', get) } }`],
    ['functions', `export const startJob = () => { new Job().start() }\nfunction run() { get() }`],
    ['made things', `const logger = createLogger()\nexport const client = new Client()`],
    ['a router', `const router = Router()\nrouter.get('/jobs', get)\nexport default router`],
    ['exports of CommonJS', `'use strict'\nmodule.exports = { get: make() }`],
  ])('only declares %s', async (_, code) => {
    expect(await alone(code)).toEqual(['src/alone.ts'])
  })

  test('cannot be started when it loads a package that nobody declares', async () => {
    const declared =
      '{"name":"shop","dependencies":{"grpc":"1.24.0"},"scripts":{"start":"node dist/main.js"}}'
    expect(await alone(`const grpc = require('grpc')\nnew grpc.Client().ask()`)).toEqual(['src/alone.ts'])
    expect(await alone(`const grpc = require('grpc')\nnew grpc.Client().ask()`, declared)).toEqual([])
    expect(await alone(`export const ask = () => require('grpc').ask()\nask()`)).toEqual([])
  })
})

describe('a library', () => {
  const system = (manifest: object, main: string, dependencies: object = {}): Promise<string[]> =>
    unreached({
      'services/cart/package.json': JSON.stringify({
        name: 'cart',
        scripts: { start: 'node src/main.js' },
        dependencies,
      }),
      'services/cart/src/main.ts': main,
      'packages/http/package.json': JSON.stringify({
        name: '@shop/http',
        main: 'dist/index.js',
        ...manifest,
      }),
      'packages/http/src/index.ts': `export * from './client'`,
      'packages/http/src/client.ts': CALL,
      'packages/http/src/retry.ts': CALL,
    })
  const INDEX = ['packages/http/src/index.ts', 'packages/http/src/client.ts']
  const RETRY = 'packages/http/src/retry.ts'
  const USED = { '@shop/http': 'workspace:*' }

  test('is reached through those who import it, as far as they do', async () => {
    expect(await system({}, `import { get } from '@shop/http'`, USED)).toEqual([RETRY])
    expect(await system({}, `import { get } from '@shop/http/retry'`, USED)).toEqual(INDEX)
  })

  test('is not reached when nobody imports it', async () => {
    expect(await system({}, `run()`, USED)).toEqual([...INDEX, RETRY])
    expect(await system({ private: true }, `run()`)).toEqual([...INDEX, RETRY])
  })

  test('that may be published has users elsewhere', async () => {
    expect(await system({}, `run()`)).toEqual([RETRY])
  })

  test('counts as reached where what is imported of it is not found', async () => {
    expect(await system({}, `import { get } from '@shop/http/gone'`, USED)).toEqual([])
  })

  test('alone in a run is what the run is about', async () => {
    const sources = {
      'package.json': '{"name":"http","private":true,"main":"src/index.ts"}',
      'src/index.ts': CALL,
    }
    expect(await unreached(sources)).toEqual([])
  })
})

describe('a folder without a package', () => {
  const ALIAS =
    '{"compilerOptions":{"paths":{"@shop/*":["libraries/*/src/*"],"@http/*":["libraries/http/src/*"]}}}'
  const system = (main: string, more: Sources = {}): Promise<string[]> =>
    unreached({
      'package.json': '{"name":"all","scripts":{"dev":"pnpm --filter ./apps/cart dev"}}',
      'tsconfig.json': ALIAS,
      'apps/cart/package.json': '{"name":"cart","scripts":{"start":"node src/main.js"}}',
      'apps/cart/src/main.ts': main,
      'libraries/http/src/client.ts': `export * from './retry'\n${CALL}`,
      'libraries/http/src/retry.ts': CALL,
      'libraries/http/src/old.ts': CALL,
      ...more,
    })

  test.each([
    ['by an alias of the compiler', `import { get } from '@http/client'`],
    ['by its path', `import { get } from '../../../libraries/http/src/client'`],
  ])('is reached through the programs that import it %s, as far as they do', async (_, main) => {
    expect(await system(main)).toEqual(['libraries/http/src/old.ts'])
  })

  test('also without a package.json above', async () => {
    const found = await system(`import { get } from '../../../libraries/http/src/client'`, {
      'package.json': '',
    })
    expect(found).toEqual(['libraries/http/src/old.ts'])
  })

  test.each([
    ['no program imports it', `run()`, {}],
    [
      'only a test imports it',
      `run()`,
      { 'apps/cart/src/main.test.ts': `import { get } from '@http/client'` },
    ],
    [
      'the package above it may be entered anywhere',
      `import { get } from '@http/client'`,
      { 'package.json': '{"name":"all","scripts":{"start":"node dist/bundle.js"}}' },
    ],
    [
      'it has a package of which nothing is known',
      `import { get } from '@http/client'`,
      { 'libraries/http/package.json': '{"name":"http"}' },
    ],
  ] as [string, string, Sources][])('may be run by itself where %s', async (_, main, more) => {
    expect(await system(main, more)).toEqual([])
  })

  test('beside packages is one for itself', async () => {
    const more = { 'apps/shared/index.ts': CALL, 'apps/shared/old.ts': CALL, 'apps/mail/send.ts': CALL }
    const found = await system(`import { get } from '../../shared'\nimport '@http/client'`, more)
    expect(found).toEqual(['libraries/http/src/old.ts', 'apps/shared/old.ts'])
  })

  const COMPUTED = `for (const f of readdirSync(here)) require(path.join(__dirname, 'plugins', f))`
  const withoutPackageAbove = (main: string, more: Sources): Promise<string[]> =>
    system(main, { 'package.json': '', ...more })

  test('is open to what it loads itself by names that are computed', async () => {
    const found = await withoutPackageAbove(`import '@http/registry'`, {
      'libraries/http/src/registry.ts': COMPUTED,
      'libraries/http/src/plugins/one.ts': CALL,
      'scripts/one.ts': CALL,
    })
    expect(found).toEqual([])
  })

  test('is not open to what is computed in another', async () => {
    const found = await withoutPackageAbove(`import '../../shared/registry'\nimport '@http/client'`, {
      'apps/shared/registry.ts': COMPUTED,
      'apps/shared/plugins/one.ts': CALL,
    })
    expect(found).toEqual(['libraries/http/src/old.ts'])
  })

  test('may lead, by an import that is not there, to what is called so in it', async () => {
    const more = { 'libraries/http/src/index.ts': `import './legacy/old'` }
    expect(await withoutPackageAbove(`import '@http/index'\nimport '@http/client'`, more)).toEqual([])
  })

  test.each([
    ['at once', `setInterval(get, 1000)`, ''],
    ['by its last statement', `const job = async () => get()\njob()`, ''],
    [
      'with a package that is installed elsewhere',
      `cron.schedule('* * * * *', get)`,
      `import cron from 'node-cron'\n`,
    ],
  ])('is entered by what starts itself there %s', async (_, start, imports) => {
    const found = await withoutPackageAbove(`import '@http/client'`, {
      'libraries/http/src/tick.ts': `${imports}${CALL}\n${start}`,
    })
    expect(found).toEqual(['libraries/http/src/old.ts'])
  })

  test('says which packages load its modules, themselves or through others', async () => {
    const shared = await factsOf('shared-module', {
      'package.json': '{"name":"all"}',
      'tsconfig.json': ALIAS,
      ...program('cart', `import { get } from '@http/client'`),
      ...program('web', `import { get } from '@http/retry'`),
      ...program('mail', `run()`),
      'libraries/http/src/client.ts': `export * from './retry'\n${CALL}`,
      'libraries/http/src/retry.ts': CALL,
    })
    expect(shared.map(({ source, users }) => [source.path, users])).toEqual([
      ['libraries/http/src/client.ts', ['apps/cart']],
      ['libraries/http/src/retry.ts', ['apps/cart', 'apps/web']],
    ])
  })
  const program = (name: string, main: string): Sources => ({
    [`apps/${name}/package.json`]: `{"name":"${name}","scripts":{"start":"node src/main.js"}}`,
    [`apps/${name}/src/main.ts`]: main,
  })

  test('is no shared one where its package is depended on', async () => {
    const shared = await factsOf('shared-module', {
      'packages/http/package.json': '{"name":"@shop/http","main":"src/index.ts"}',
      'packages/http/src/index.ts': CALL,
      'apps/cart/package.json':
        '{"name":"cart","scripts":{"start":"node src/main.js"},"dependencies":{"@shop/http":"*"}}',
      'apps/cart/src/main.ts': `import { get } from '@shop/http'`,
    })
    expect(shared).toEqual([])
  })
})

describe('code that is not reached', () => {
  const CLIENT = `import axios from 'axios'\nexport const http = axios.create({ baseURL: 'http://stock' })`
  const manifest = '{"name":"shop","scripts":{"start":"node main.js"},"dependencies":{"axios":"1.13.0"}}'

  test('does not guard what runs', async () => {
    const [client] = await factsOf('client', {
      'package.json': manifest,
      'main.ts': `import axios from 'axios'\nawait axios.get('http://stock/items')`,
      'old.ts': `import axios from 'axios'\naxios.defaults.timeout = 1000\nexport class Old {}`,
    })
    expect(client!.guards['http-timeout']!.state).toBe('absent')
  })

  test('does not weaken what runs by its calls', async () => {
    const { facts } = await read({
      'package.json': manifest,
      'http.ts': CLIENT,
      'main.ts': `import { http } from './http'\nawait http.get('/x', { timeout: 500 })`,
      'old.ts': `import { http } from './http'\nexport const old = () => http.get('/old')`,
    })
    const clients = facts.filter(({ fact }) => fact === 'client')
    expect(clients).toMatchObject([{ guards: { 'http-timeout': { state: 'present' } } }])
  })

  test('gives facts of its own', async () => {
    const { facts } = await read({ 'package.json': manifest, 'main.ts': `run()`, 'old.ts': CLIENT })
    expect(facts.map(({ fact, source }) => `${fact} ${source.path}`)).toEqual([
      'package package.json',
      'client old.ts',
      'unreached-module old.ts',
    ])
  })
})

describe('a package for users that are not among the files', () => {
  const library = (more: object = {}): Sources => ({
    'lib/package.json': JSON.stringify({ name: 'lib', main: 'src/index.js', files: ['dist'], ...more }),
    'lib/src/index.ts': `export * from './job'`,
    'lib/src/job.ts': CALL,
  })

  test('has modules that nothing of the system runs', async () => {
    expect(await published(library())).toEqual(['lib/src/index.ts', 'lib/src/job.ts'])
  })

  test.each([
    ['it is private', library({ private: true }), {}],
    ['nothing says that it is made for others', library({ files: undefined }), {}],
    ['it has a command that runs them', library({ bin: 'src/index.js' }), {}],
    [
      'a program of the system loads it',
      library(),
      {
        'shop/package.json':
          '{"name":"shop","scripts":{"start":"node src/main.js"},"dependencies":{"lib":"*"}}',
        'shop/src/main.ts': `import { get } from 'lib'\nget()`,
      },
    ],
    [
      'a program of the system loads what it finds',
      library(),
      {
        'shop/package.json': '{"name":"shop","scripts":{"start":"node src/main.js"}}',
        'shop/src/main.ts': `for (const path of connectors) await import(path)`,
      },
    ],
    [
      'it starts by itself',
      library(),
      { 'lib/src/index.ts': `import { get } from './job'\nget().listen(80)` },
    ],
  ] as [string, Sources, Sources][])('but not where %s', async (_, lib, more) => {
    expect(await published({ ...lib, ...more })).toEqual([])
  })
})
