/** What modules are for, and that only those of a service are judged. */
import { describe, expect, test } from 'vitest'
import { factsOf } from './reading.js'

const CALL = `export const get = () => fetch('http://stock/items')`
const use = (path: string): string => `import { get } from '${path}'\nget()`
const page = (path: string): string => `${use(path)}\nexport default () => <p>Shop</p>`
const manifest = (json: object): string => JSON.stringify({ name: 'shop', version: '1.0.0', ...json })

const SERVER = manifest({ dependencies: { express: '4' } })
const NEXT = manifest({ dependencies: { next: '14', 'react-dom': '18' }, scripts: { start: 'next start' } })
const WEB = manifest({ dependencies: { 'react-dom': '18' }, devDependencies: { vite: '5' } })

type Sources = Record<string, string>

/** Role by path of what is not judged or in doubt; `service` where the call of a module is a client that counts. */
async function rolesIn(sources: Sources): Promise<Record<string, string>> {
  const [others, doubtful, clients] = await Promise.all([
    factsOf('other-module', sources),
    factsOf('unreached-module', sources),
    factsOf('client', sources),
  ])
  return Object.fromEntries([
    ...clients.map(({ source }) => [source.path, 'service']),
    ...doubtful.map(({ source, why }) => [source.path, why]),
    ...others.map(({ source, role }) => [source.path, role]),
  ])
}

const roleOf = async (path: string, sources: Sources): Promise<string | undefined> =>
  (await rolesIn(sources))[path]

describe('the side on which a module runs', () => {
  const side = (text: string, more: Sources = {}): Promise<string | undefined> =>
    roleOf('lib/orders.ts', { 'package.json': NEXT, 'lib/orders.ts': text, ...more })

  test('is the browser where it asks its own site', async () => {
    expect(await side("export const all = () => fetch('/api/orders')")).toBe('browser')
    expect(await side('export const one = (id: string) => fetch(`/api/orders/${id}`)')).toBe('browser')
    expect(await side(`const at = '/api/orders'\nexport const all = () => fetch(at)`)).toBe('browser')
  })

  test('is the browser where it names the window of the page again', async () => {
    const script = (body: string): string => `((window) => { ${body}; fetch('http://stock/x') })(window)`
    expect(await side(script(`const { document } = window; document.getElementById('a')`))).toBe('browser')
    expect(await side(script(`window.addEventListener('load', () => 1)`))).toBe('browser')
    expect(await side(script(`const document = load(); document.getElementById('a')`))).not.toBe('browser')
  })

  test.each([
    ['another site', `export const all = () => fetch('//orders/api')`],
    [
      'a client of its own',
      `const fetch = (path: string) => 1\nexport const all = () => fetch('/api')\n${CALL}`,
    ],
  ])('is open where it asks %s', async (_, text) => {
    expect(await side(text)).not.toBe('browser')
  })

  test('is the server where a component makes a client that only runs there', async () => {
    const mail = `import { createTransport } from 'nodemailer'
      const transport = createTransport({ host: 'mail' })
      export const send = () => transport.sendMail({})`
    const json = manifest({ dependencies: { next: '14', nodemailer: '6' }, scripts: { start: 'next start' } })
    const sources = {
      'package.json': json,
      'pages/api/orders.ts': `import { send } from '../../mail'\nexport default send`,
      'mail.tsx': mail,
    }
    expect(await roleOf('mail.tsx', sources)).toBe('service')
  })

  test('is not opened by an import that leads nowhere, where it is known who loads it', async () => {
    const roles = await rolesIn({
      'package.json': NEXT,
      'pages/api/orders.ts': `import { gone } from '@/gone'\nexport default gone`,
      'pages/orders.tsx': page('../lib/orders'),
      'lib/orders.ts': CALL,
    })
    expect(roles['lib/orders.ts']).toBe('components-only')
  })
})

describe('a package tells the role of its modules', () => {
  test.each([
    ['a user interface', WEB, 'browser'],
    ['a command-line tool', manifest({ bin: 'cli.js' }), 'command'],
    ['a server', SERVER, 'service'],
  ])('of %s', async (_, json, role) => {
    expect(await roleOf('src/index.ts', { 'package.json': json, 'src/index.ts': CALL })).toBe(role)
  })

  test('but a program that nothing of a service names is a command', async () => {
    const json = manifest({ dependencies: { express: '4' }, scripts: { start: 'node bin/www' } })
    const sources = {
      'package.json': json,
      'bin/www.js': `#!/usr/bin/env node\n${CALL}`,
      'leaks.js': `#!/usr/bin/env node\n${CALL}`,
    }
    expect(await rolesIn(sources)).toMatchObject({ 'bin/www.js': 'service', 'leaks.js': 'command' })
  })

  test('of an example, also in a folder further down', async () => {
    const sources = { 'playground/nest/package.json': SERVER, 'playground/nest/src/api/main.ts': CALL }
    expect(await roleOf('playground/nest/src/api/main.ts', sources)).toBe('example')
  })

  test('of a system that is started for development only', async () => {
    const sources = { 'packages/dev-env/package.json': SERVER, 'packages/dev-env/src/main.ts': CALL }
    expect(await roleOf('packages/dev-env/src/main.ts', sources)).toBe('example')
  })

  test('but not of what a service loads from it', async () => {
    const roles = await rolesIn({
      'web/package.json': manifest({
        name: '@shop/web',
        dependencies: { vue: '3' },
        devDependencies: { vite: '5' },
      }),
      'web/src/shared.ts': CALL,
      'web/src/api.ts': CALL,
      'api/package.json': SERVER,
      'api/src/main.ts': use('../../web/src/shared'),
    })
    expect(roles).toMatchObject({ 'web/src/shared.ts': 'service', 'web/src/api.ts': 'browser' })
  })

  test('and what only a user interface loads from a library is of it', async () => {
    const roles = await rolesIn({
      'web/package.json': WEB,
      'web/src/main.ts': `import { get } from '@shop/http'\nget()`,
      'http/package.json': manifest({ name: '@shop/http', main: 'src/index.ts' }),
      'http/src/index.ts': CALL,
    })
    expect(roles['http/src/index.ts']).toBe('browser')
  })
})

describe('a module says where it runs', () => {
  test.each([
    ['a directive', `'use client'\n${CALL}`],
    ['an import', `import { createRoot } from 'react-dom/client'\n${CALL}`],
    ['the document', `document.getElementById('stock')\n${CALL}`],
    ['the place of the window', `const here = window.location.href\n${CALL}`],
    ['what it gives extensions', `chrome.alarms.create('sync', { periodInMinutes: 5 })\n${CALL}`],
    ['a declaration of that alone', `declare const browser: any\nbrowser.tabs.query({})\n${CALL}`],
    ['an element that it defines', `customElements.define('shop-cart', Cart)\n${CALL}`],
    ['a component of Lit', `import { LitElement, html } from 'lit'\n${CALL}`],
  ])('in a browser by %s', async (_, text) => {
    expect(await roleOf('src/a.ts', { 'package.json': SERVER, 'src/a.ts': text })).toBe('browser')
  })

  test.each([
    ['a document of its own', `const { document } = new JSDOM(html).window\ndocument.querySelector('h1')`],
    ['a parameter of that name', `export const name = (document) => document.location`],
    [
      'code for a page that it controls',
      `await page.evaluate(() => document.querySelector('h1').textContent)`,
    ],
    ['a page that it writes', 'export const html = `<script>document.getElementById("a")</script>`'],
    ['a script that it writes', 'export const script = `\ndocument.cookie\n`'],
    ['a member of that name', `export const place = globalThis.window?.location`],
    ['a comment over lines', `/*\n which reads window.location\n*/`],
    ['a variable of that name', `const { data: document } = await load()\ndocument.location`],
    ['a comment', `// window.location is not there`],
    ['a browser that it drives', `const browser = await launch()\nbrowser.cookies()`],
    ['a variable that is set later', `let chrome: Driver\nchrome.windows()`],
    ['another member of a browser', `chrome.launch()`],
    ['components that it renders', `import { html } from 'lit'\nimport { render } from '@lit-labs/ssr'`],
    ['a queue', `import { Worker } from 'bullmq'\ndocument.cookie`],
    ['files', `import { readFile } from 'node:fs/promises'\nwindow.location`],
  ])('on a server in spite of %s', async (_, text) => {
    const sources = { 'package.json': SERVER, 'src/a.ts': `${text}\n${CALL}` }
    expect(await roleOf('src/a.ts', sources)).toBe('service')
  })
})

describe('what a server loads serves although', () => {
  const MAIN = `import express from 'express'\nimport { get } from './a'\nexpress().listen(80)`
  const loadedBy = (main: string, text: string, more: Sources = {}): Promise<string | undefined> =>
    roleOf('src/a.ts', {
      'package.json': SERVER,
      'src/main.ts': main,
      'src/a.ts': `${text}\n${CALL}`,
      ...more,
    })

  test.each([
    ['it renders by a library of components', `import { html } from 'lit'`],
    ['it asks first where it runs', `if (typeof window !== 'undefined') open(window.location.href)`],
    ['a function of its own hands code to a page', `await inPage(page, () => chrome.runtime.id)`],
  ])('%s', async (_, text) => {
    expect(await loadedBy(MAIN, text)).toBe('service')
    const between = { 'src/b.ts': `export * from './a'` }
    expect(await loadedBy(MAIN.replace('./a', './b'), text, between)).toBe('service')
  })

  test.each([
    ['a directive says otherwise', MAIN, `'use client'`],
    ['it asks its own site', MAIN, `fetch('/items')`],
    ['two signs say otherwise', MAIN, `import { html } from 'lit'\ndocument.createElement('p')`],
    ['no server loads it', `export const one = 1`, `import { html } from 'lit'`],
  ])('not where %s', async (_, main, text) => {
    expect(await loadedBy(main, text)).toBe('browser')
  })

  test('not where only a component between them does', async () => {
    const more = { 'src/Form.tsx': page('./a') }
    expect(await loadedBy(MAIN.replace('./a', './Form'), `document.cookie`, more)).toBe('browser')
  })
})

describe('a browser extension', () => {
  const EXTENSION = '{ // for Chrome\n "manifest_version": 3, "name": "Shop" }'
  const SHOP = manifest({ name: 'extension' })

  test.each(['manifest.json', 'public/manifest.json', 'src/manifest.chrome.json'])(
    'is told by its %s',
    async (path) => {
      const roles = await rolesIn({
        'extension/package.json': SHOP,
        [`extension/${path}`]: EXTENSION,
        'extension/src/providers/stock.ts': CALL,
        'api/package.json': SERVER,
        'api/src/main.ts': CALL,
      })
      expect(roles).toEqual({ 'extension/src/providers/stock.ts': 'browser', 'api/src/main.ts': 'service' })
    },
  )

  test('in a folder of a server is no more than that folder', async () => {
    const roles = await rolesIn({
      'package.json': SERVER,
      'public/manifest.json': EXTENSION,
      'public/background.js': CALL,
      'src/main.ts': CALL,
    })
    expect(roles).toEqual({ 'public/background.js': 'browser', 'src/main.ts': 'service' })
  })

  test.each(['manifest.json', 'src/manifest.json'])('by %s does not tell beside a server', async (path) => {
    const roles = await rolesIn({
      'package.json': manifest({ scripts: { start: 'node src/server.js' } }),
      [path]: EXTENSION,
      'src/server.ts': `import { createServer } from 'node:http'\ncreateServer().listen(80)`,
      'worker.ts': `setInterval(() => fetch('http://stock/items'), 1000)`,
      'popup.ts': `chrome.runtime.id\n${CALL}`,
    })
    expect(roles).toEqual({ 'worker.ts': 'service', 'popup.ts': 'browser' })
  })

  test('has no part in what a server does, and none in packages below it', async () => {
    const roles = await rolesIn({
      'package.json': SHOP,
      'manifest.json': EXTENSION,
      'update.ts': `import { createServer } from 'node:http'\n${CALL}`,
      'api/package.json': SERVER,
      'api/src/main.ts': CALL,
    })
    expect(roles).toEqual({ 'update.ts': 'service', 'api/src/main.ts': 'service' })
  })

  test('is not told by the manifest of a page', async () => {
    const sources = { 'package.json': SERVER, 'public/manifest.json': '{"name":"Shop","icons":[]}' }
    expect(await roleOf('src/a.ts', { ...sources, 'src/a.ts': CALL })).toBe('service')
  })
})

test('what is handed to a page that the code controls is no call of the service', async () => {
  const text = `await page.evaluate(async () => fetch('/stock'))\nawait fetch('http://stock/items')`
  const clients = await factsOf('client', { 'package.json': SERVER, 'src/a.ts': text })
  expect(clients.map(({ target }) => target.host)).toEqual(['stock'])
})

describe('one package with an interface and a server', () => {
  const NEXT_APP = {
    'package.json': NEXT,
    'app/api/items/route.ts': `import { get } from '../../../lib/items'\nexport const GET = () => get()`,
    'app/form.tsx': `'use client'\n${use('../lib/browser')}`,
    'app/page.tsx': `${page('../lib/either')}\nimport '../lib/db'`,
    'lib/items.ts': CALL,
    'lib/browser.ts': CALL,
    'lib/either.ts': CALL,
    'lib/db.ts': `import 'server-only'\n${CALL}`,
  }

  test('has both kinds of modules, and some of which nothing tells', async () => {
    expect(await rolesIn(NEXT_APP)).toMatchObject({
      'lib/items.ts': 'service',
      'lib/browser.ts': 'browser',
      'lib/either.ts': 'components-only',
      'lib/db.ts': 'service',
      'app/page.tsx': 'browser',
    })
  })

  test('where a route handler loads it too, a module serves', async () => {
    const route = { 'app/api/one/route.ts': use('../../../lib/browser') }
    expect(await roleOf('lib/browser.ts', { ...NEXT_APP, ...route })).toBe('service')
  })

  test('without a framework that renders on the server, components run in the browser', async () => {
    const roles = await rolesIn({
      'package.json': SERVER,
      'server/main.ts': CALL,
      'client/App.tsx': page('./api'),
      'client/api.ts': CALL,
    })
    expect(roles).toMatchObject({ 'server/main.ts': 'service', 'client/api.ts': 'browser' })
  })

  test('what a component loads that the server renders serves', async () => {
    const roles = await rolesIn({
      'package.json': SERVER,
      'src/mail.ts': `import { Welcome } from './Welcome'\nrender(Welcome)`,
      'src/Welcome.tsx': page('./logo'),
      'src/logo.ts': CALL,
    })
    expect(roles['src/logo.ts']).toBe('service')
  })
})

describe('beside the service', () => {
  test.each([
    ['scripts/load.ts', 'script'],
    ['db/migrations/1.ts', 'migration'],
    ['docs/a.ts', 'example'],
    ['code-examples/a.ts', 'example'],
    ['src/a.test.ts', 'tests'],
    ['vite.config.ts', 'configuration'],
    ['jest.global-setup.ts', 'tests'],
    ['public/vendor/viewer.js', 'browser'],
  ])('%s', async (path, role) => {
    expect(await roleOf(path, { 'package.json': SERVER, [path]: CALL })).toBe(role)
  })

  test('what a service loads is its own, wherever it lies; tests never', async () => {
    const roles = await rolesIn({
      'package.json': SERVER,
      'src/main.ts': `import '../scripts/load'\nimport './mocks/stock'`,
      'scripts/load.ts': CALL,
      'src/mocks/stock.ts': CALL,
    })
    expect(roles).toMatchObject({ 'scripts/load.ts': 'service', 'src/mocks/stock.ts': 'tests' })
  })

  test('the command of a library, and what only that loads', async () => {
    const roles = await rolesIn({
      'package.json': manifest({ bin: 'dist/cli.js', main: 'dist/index.js' }),
      'src/cli.ts': `${use('./ask')}\nimport './both'`,
      'src/ask.ts': CALL,
      'src/index.ts': `export * from './both'`,
      'src/both.ts': CALL,
    })
    expect(roles).toMatchObject({
      'src/cli.ts': 'command',
      'src/ask.ts': 'command',
      'src/both.ts': 'service',
    })
  })
})

describe('a database library makes a server of a module', () => {
  const page = (code: string): Promise<string | undefined> =>
    roleOf('app/roles.ts', {
      'package.json': manifest({
        dependencies: { next: '14', 'react-dom': '18', '@prisma/client': '6' },
        scripts: { start: 'next start' },
      }),
      'app/page.tsx': `'use client'\nimport { roles } from './roles'\nexport default () => roles()`,
      'app/roles.ts': `${code}\nexport const roles = () => fetch('http://stock/roles')`,
    })

  test.each([
    ['a client is taken', `import { PrismaClient } from '@prisma/client'\nconst prisma = new PrismaClient()`],
    ['all of it is taken', `import * as client from '@prisma/client'`],
    ['it is required', `const { Role } = require('@prisma/client')`],
  ])('where %s', async (_, code) => {
    expect(await page(code)).toBe('service')
  })

  test.each([
    ['an enumeration', `import { Role } from '@prisma/client'\nexport const admin = Role.ADMIN`],
    ['a type among values', `import { type PrismaClient, Role } from '@prisma/client'`],
    ['types', `import type { PrismaClient } from '@prisma/client'`],
  ])('but not by %s: who loads it tells', async (_, code) => {
    expect(await page(code)).toBe('browser')
  })
})

describe('a module named as a configuration', () => {
  const sources = (main: string): Sources => ({
    'package.json': SERVER,
    'src/http.config.ts': CALL,
    'src/main.ts': main,
  })

  test('serves where the service loads it', async () => {
    expect(await roleOf('src/http.config.ts', sources(use('./http.config')))).toBe('service')
  })

  test('is one of a tool otherwise', async () => {
    expect(await roleOf('src/http.config.ts', sources(`import express from 'express'`))).toBe('configuration')
  })
})

test.each(['.pnp.cjs', '.pnp.loader.mjs'])('%s, by which a package manager loads, is built', async (path) => {
  expect(await roleOf(path, { 'package.json': SERVER, [path]: CALL })).toBe('build')
})

describe('modules in a folder of templates', () => {
  const SERVICE = `import express from 'express'\nexport const get = () => fetch('http://stock/items')\nexpress().listen(80)`
  const CREATOR = {
    'package.json': SERVER,
    'src/main.ts': `import express from 'express'\nexpress().listen(80)`,
  }

  test.each(['template/main.ts', 'src/templates/api/main.ts', 'app-templates/main.js'])(
    'are copied or filled in: %s',
    async (path) => {
      expect(await roleOf(path, { ...CREATOR, [path]: SERVICE })).toBe('example')
    },
  )

  test.each([
    ['imports them', `import { get } from './templates/mail'\nget()`],
    ['puts their names together', 'const load = (name) => import(`./templates/${name}.js`)'],
  ])('serve where what serves %s', async (_, text) => {
    const main = `import express from 'express'\n${text}\nexpress().listen(80)`
    const sources = { 'package.json': SERVER, 'src/main.ts': main, 'src/templates/mail.ts': CALL }
    expect(await roleOf('src/templates/mail.ts', sources)).toBe('service')
  })

  test('are those of a service whose own folder is called so', async () => {
    const sources = { 'mail-templates/package.json': SERVER, 'mail-templates/src/main.ts': SERVICE }
    expect(await roleOf('mail-templates/src/main.ts', sources)).not.toBe('example')
  })
})

describe('a module in a file for components', () => {
  const own = (text: string, more: Sources = {}): Promise<string | undefined> =>
    roleOf('src/orders.tsx', { 'package.json': SERVER, 'src/orders.tsx': text, ...more })

  test('serves where nothing in it is of a user interface', async () => {
    expect(await own(CALL)).toBe('service')
    expect(
      await own(`import { names } from './names'\n${CALL}`, { 'src/names.ts': 'export const names = []' }),
    ).toBe('service')
  })

  test.each([
    ['an element', `${CALL}\nexport const Page = () => <p>{get()}</p>`],
    ['an element without content', `${CALL}\nexport const Page = () => <Orders get={get} />`],
    ['a hook', `import { useMemo } from 'react'\n${CALL}\nexport const useOrders = () => useMemo(get, [])`],
    ['a query of an interface', `import { useQuery } from '@tanstack/react-query'\n${CALL}`],
    ['an element that it only hands on', `export { default } from './views'\n${CALL}`],
  ])('is a component with %s', async (_, text) => {
    const views = {
      'src/views/index.ts': `export { default } from './Orders'`,
      'src/views/Orders.tsx': `export default () => <p>Orders</p>`,
    }
    expect(await own(text, views)).toBe('browser')
  })

  test('is judged for what it does by itself', async () => {
    const main = `process.on('unhandledRejection', (error) => console.error(error))`
    const found = await factsOf('practice', { 'package.json': SERVER, 'src/main.tsx': main })
    expect(found.map(({ pattern, state }) => [pattern, state])).toEqual([['unhandled-rejection', 'absent']])
  })
})
