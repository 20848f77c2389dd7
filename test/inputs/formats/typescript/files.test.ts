import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { CodeFact } from '../../../../src/facts/code.js'
import { discover } from '../../../../src/inputs/discover.js'
import { readInputs } from '../../../../src/inputs/read.js'
import { loadLibraries } from '../../../../src/knowledge/libraries.js'
import { factsOf, read } from './reading.js'

const CLIENT = `import axios from 'axios'\nexport const http = axios.create({ baseURL: process.env.STOCK_URL, timeout: 900 })\n`

describe('clients over several files', () => {
  const callsOf = async (sources: Record<string, string>): Promise<string[][]> =>
    (await factsOf('client', sources)).map(({ calls }) => calls.map(({ source }) => source.path))

  test('a named import, a barrel, a default export and a path alias lead to the client', async () => {
    const sources = {
      'package.json': '{"name":"shop"}',
      'tsconfig.json': '{"compilerOptions":{"baseUrl":".","paths":{"@lib/*":["src/lib/*"]}}}',
      'src/lib/http.ts': `${CLIENT}export default http`,
      'src/lib/index.ts': `export * from './http'\nexport { http as stock } from './http.js'`,
      'src/a.ts': `import { http } from './lib/http.js'\nawait http.get('/a')`,
      'src/b.ts': `import { stock } from './lib'\nawait stock.get('/b')`,
      'src/c.ts': `import http from '@lib/http'\nawait http.get('/c')`,
    }
    expect(await callsOf(sources)).toEqual([['src/a.ts', 'src/b.ts', 'src/c.ts']])
  })

  test('of a barrel, a module of its own goes before a package, whatever stands first', async () => {
    const sources = {
      'src/http.ts': CLIENT,
      'src/between.ts': `export * from './index'\nexport * from './http'`,
      'src/index.ts': `export * from 'zod'\nexport * from './lost'\nexport * from './between'`,
      'src/a.ts': `import { http } from './index'\nawait http.get('/a')`,
    }
    expect(await callsOf(sources)).toEqual([['src/a.ts']])
  })

  test.each([
    [
      'what module.exports is',
      `module.exports = axios.create({ timeout: 900 })`,
      `const http = require('./http')\nhttp.get('/a')`,
    ],
    [
      'what exports is too',
      `exports = module.exports = axios.create({ timeout: 900 })`,
      `const http = require('./http')\nhttp.get('/a')`,
    ],
    [
      'what export = says',
      `const http = axios.create({ timeout: 900 })\nexport = http`,
      `import http = require('./http')\nhttp.get('/a')`,
    ],
    [
      'a member of what export = says',
      `const http = axios.create({ timeout: 900 })\nexport = { http }`,
      `import lib from './http'\nlib.http.get('/a')`,
    ],
    [
      'a name that is given together with the default',
      `exports.default = exports.http = axios.create({ timeout: 900 })`,
      `const { http } = require('./http')\nhttp.get('/a')`,
    ],
    [
      'a member of module.exports',
      `const http = axios.create({ timeout: 900 })\nmodule.exports = { http }`,
      `const lib = require('./http')\nlib.http.get('/a')`,
    ],
    [
      'a member of what it spreads, taken out',
      `const all = { http: axios.create({ timeout: 900 }) }\nmodule.exports = { ...all }`,
      `const { http } = require('./http')\nhttp.get('/a')`,
    ],
    [
      'one of several exports',
      `exports.http = axios.create({ timeout: 900 })`,
      `const lib = require('./http')\nlib.http.get('/a')`,
    ],
    [
      'a default export by require',
      `exports.default = axios.create({ timeout: 900 })`,
      `const http = require('./http').default\nhttp.get('/a')`,
    ],
    [
      'all that a module exports',
      `export const http = axios.create({ timeout: 900 })`,
      `import * as lib from './http'\nlib.http.get('/a')`,
    ],
    [
      'all of it under a name of a barrel',
      `export const http = axios.create({ timeout: 900 })`,
      `import { lib } from './index'\nlib.http.get('/a')`,
    ],
  ])('a whole module leads to the client: %s', async (_, http, main) => {
    const sources = {
      'http.js': `const axios = require('axios')\n${http}`,
      'index.js': `export * as lib from './http'`,
      'main.js': main,
    }
    expect(await callsOf(sources)).toEqual([['main.js']])
  })

  test.each([
    [
      'a parameter that gets a default',
      `(t) => { if (!t) t = 5000; return axios.get('http://stock', { timeout: t }) }`,
    ],
    [
      'options that are made anew',
      `(o) => { o = { timeout: 5000, ...o }; return axios.get('http://stock', o) }`,
    ],
    [
      'options that are set',
      `(o = {}) => { o.timeout = o.timeout || 5000; return axios.get('http://stock', o) }`,
    ],
  ])('%s: what no caller gives may still be there', async (_, load) => {
    const [client] = await factsOf('client', {
      'load.ts': `import axios from 'axios'\nexport const load = ${load}`,
      'main.ts': `import { load } from './load'\nawait load()`,
    })
    expect(client?.guards['http-timeout']?.state).not.toBe('absent')
  })

  test('a workspace package leads to its source', async () => {
    const sources = {
      'packages/http/package.json': '{"name":"@shop/http","main":"dist/index.js"}',
      'packages/http/src/index.ts': CLIENT,
      'services/cart/package.json': '{"name":"cart"}',
      'services/cart/src/main.ts': `import { http } from '@shop/http'\nawait http.get('/x')`,
    }
    const [client] = await factsOf('client', sources)
    expect(client).toMatchObject({
      package: 'packages/http',
      target: { variable: 'STOCK_URL' },
      symbol: 'packages/http/src/index.ts#http',
    })
    expect(client?.calls.map(({ source }) => source.path)).toEqual(['services/cart/src/main.ts'])
  })

  test('what one call gave for the options it got is not what other calls give', async () => {
    const queue = (name: string): string => `import { Queue } from 'bullmq'
import { options } from './redis'
const given = options('${name}')
export const queue = given ? new Queue('${name}', { ...given, prefix: 'shop' }) : null
await queue?.add('${name}', {})`
    const clients = await factsOf('client', {
      'package.json': '{"name":"shop","dependencies":{"bullmq":"5.1.0","ioredis":"5.4.0"}}',
      'redis.ts': `import Redis from 'ioredis'
const withName = (name, connection) => ({ connection, name })
const connect = () => (process.env.OFF ? null : new Redis(process.env.REDIS_URL))
export const options = (name) => { const connection = connect(); return connection ? withName(name, connection) : null }`,
      'a.ts': queue('a'),
      'b.ts': queue('b'),
    })
    const queues = clients.filter(({ library }) => library === 'bullmq')
    expect(queues.map(({ source, guards }) => [source.path, guards['redis-timeout']?.state])).toEqual([
      ['a.ts', 'delegated'],
      ['b.ts', 'delegated'],
    ])
  })

  test('options of another file are followed', async () => {
    const sources = {
      'config.ts': `export const settings = { http: { timeout: 1200 } }`,
      'main.ts': `import axios from 'axios'\nimport { settings } from './config'\nexport const http = axios.create({ timeout: settings.http.timeout })`,
    }
    const [client] = await factsOf('client', sources)
    expect(client?.guards['http-timeout']).toMatchObject({ state: 'present', value: 1.2 })
  })

  test('fields of a base class and of a JavaScript class are followed', async () => {
    const sources = {
      'base.ts': `import axios from 'axios'\nexport class Base { protected http = axios.create({ timeout: 900 }) }`,
      'orders.ts': `import { Base } from './base'\nexport class Orders extends Base { list() { return this.http.get('/orders') } }`,
      'users.js': `const axios = require('axios')\nclass Users { constructor() { this.http = axios.create() }\nlist() { return this.http.get('/users') } }`,
    }
    expect(await callsOf(sources)).toEqual([['orders.ts'], ['users.js']])
  })

  test('a call inside an object given to the constructor is followed by its class', async () => {
    const sources = {
      'mail.ts': `import nodemailer from 'nodemailer'\nexport class Mail { private t = nodemailer.createTransport({ host: 'smtp' })\nsend(m) { return this.t.sendMail(m) } }`,
      'job.ts': `import type { Mail } from './mail'\nexport const all = (deps: { mail: Mail }, ids: string[]) => Promise.all(ids.map((id) => deps.mail.send(id)))`,
    }
    const practices = await factsOf('practice', sources)
    expect(practices.map(({ pattern, state }) => [pattern, state])).toEqual([['unbounded-fanout', 'absent']])
  })

  test('files that import each other end', async () => {
    const sources = {
      'a.ts': `import axios from 'axios'\nimport { b } from './b'\nexport const a = b\nexport * from './b'\nawait axios.get('http://x')`,
      'b.ts': `import { a } from './a'\nexport const b = a\nexport * from './a'\nawait b.get('/')`,
    }
    expect(await callsOf(sources)).toEqual([['a.ts']])
  })

  test('a client known by its type belongs to the only one of its package', async () => {
    const sources = {
      'package.json': '{"name":"shop"}',
      'db.ts': `import { Pool } from 'pg'\nexport const pool = new Pool()`,
      'users.ts': `import type { Pool } from 'pg'\nexport class Users { constructor(private readonly pool: Pool) {}\nfind() { return this.pool.query('select 1') } }`,
    }
    expect(await callsOf(sources)).toEqual([['users.ts']])
  })
})

describe('the version that a library is judged by', () => {
  const versionWith = async (sources: Record<string, string>): Promise<string | null | undefined> => {
    const [client] = await factsOf('client', {
      'services/cart/package.json': '{"name":"cart","dependencies":{"axios":"^1.13.2"}}',
      'services/cart/main.ts': `import axios from 'axios'\nawait axios.get('http://stock:8080/a')`,
      ...sources,
    })
    return client?.version
  }
  const npm = (version: string): string =>
    JSON.stringify({ lockfileVersion: 3, packages: { 'node_modules/axios': { version } } })
  const pnpm = (version: string): string =>
    `lockfileVersion: '9.0'\nimporters:\n  services/cart:\n    dependencies:\n      axios: { specifier: ^1.13.2, version: ${version} }\n`

  test('stands in the lock file above, else it is any that package.json allows', async () => {
    expect(await versionWith({})).toBe('^1.13.2')
    expect(await versionWith({ 'pnpm-lock.yaml': pnpm('1.15.0') })).toBe('1.15.0')
    expect(await versionWith({ 'services/cart/package-lock.json': npm('1.14.1') })).toBe('1.14.1')
  })

  test('is either of two when lock files differ', async () => {
    const both = { 'pnpm-lock.yaml': pnpm('1.15.0'), 'services/cart/package-lock.json': npm('1.14.1') }
    expect(await versionWith(both)).toBe('1.14.1 || 1.15.0')
  })

  test('is not that of a lock file older than package.json, or of another package', async () => {
    expect(await versionWith({ 'pnpm-lock.yaml': pnpm('0.27.0') })).toBe('^1.13.2')
    expect(await versionWith({ 'services/orders/package-lock.json': npm('1.15.0') })).toBe('^1.13.2')
  })
})

describe('direct calls', () => {
  test('are grouped by file and target, with the version of the package', async () => {
    const clients = await factsOf('client', {
      'package.json': '{"name":"shop","dependencies":{"axios":"^1.13.2"}}',
      'main.ts': `import axios from 'axios'\nawait axios.get('http://stock:8080/a')\nawait axios.get('http://stock:8080/b', { timeout: 1 })\nawait axios.get(\`\${process.env.PAY_URL}/c\`)`,
    })
    expect(
      clients.map(({ target, calls, version }) => [target.host ?? target.variable, calls.length, version]),
    ).toEqual([
      ['stock', 2, '^1.13.2'],
      ['PAY_URL', 1, '^1.13.2'],
    ])
    expect(clients[0]?.guards['http-timeout']?.state).toBe('absent')
    expect(clients[0]?.calls.map(({ guards }) => guards['http-timeout']?.state)).toEqual([
      'absent',
      'present',
    ])
  })

  test('a shadowed fetch is not the global one', async () => {
    expect(
      await factsOf('client', { 'main.ts': `export const run = (fetch: () => void) => { fetch(); }` }),
    ).toEqual([])
    expect(
      await factsOf('client', { 'main.ts': `import { fetch } from './own'\nawait fetch('/x')` }),
    ).toEqual([])
  })
})

describe('what is read', () => {
  const CALL = `await fetch('http://a')`

  test.each(['src/a.test.ts', 'scripts/a.ts', 'prisma/seed.ts', 'db/migrations/1.ts', 'tools/gen/a.ts'])(
    '%s does not serve',
    async (path) => {
      expect(await factsOf('client', { [path]: CALL })).toEqual([])
    },
  )

  test('a component does not serve', async () => {
    const page = `${CALL}\nexport const Page = () => <p>Shop</p>`
    expect(await factsOf('client', { 'ui/Page.tsx': page })).toEqual([])
  })

  test('browser code does not serve', async () => {
    expect(await factsOf('client', { 'src/a.ts': `'use client'\n${CALL}` })).toEqual([])
    expect(
      await factsOf('client', { 'src/a.ts': `window.addEventListener('load', async () => { ${CALL} })` }),
    ).toEqual([])
  })

  test('a broken file gives a problem with its line, and what could be parsed', async () => {
    const reading = await read({ 'main.ts': `${CALL}\nconst a = {{{\nfunction (` })
    expect(reading.problems[0]).toMatchObject({ path: 'main.ts', line: 2 })
    expect(reading.partial).toBe('has a syntax error')
    expect(reading.facts.map(({ fact }) => fact)).toEqual(['client', 'call-path'])
  })

  test('minified code is skipped with its reason', async () => {
    const reading = await read({ 'bundle.js': `${CALL};`.repeat(20_000) })
    expect(reading).toMatchObject({ facts: [], skipped: expect.stringContaining('minified') })
  })

  test('ten thousand nested calls do not end the run', async () => {
    const nested = `fetch(\n`.repeat(10_000) + '1' + ')'.repeat(10_000)
    const reading = await read({ 'deep.js': nested, 'main.ts': CALL })
    expect(reading.facts.some((fact) => fact.source.path === 'main.ts')).toBe(true)
  })

  test('routes put one behind the other on an object that nothing explains end soon', async () => {
    const routes = Array.from({ length: 200 }, (_, i) => `.post('/${i}', (q, s) => s.end())`).join('\n')
    const router = `import { Router } from 'express'
export function route(router) { fetch('http://stock'); router${routes}; return router }
route(ask())
function ask() { return settings[Math.random()].router }`
    const { facts } = await read({ 'router.ts': router, 'main.ts': CALL })
    expect(facts.some(({ source }) => source.path === 'main.ts')).toBe(true)
  })

  test('a parameter typed like what it is assigned to does not end the run', async () => {
    const text = `export async function make() {
  let listener: ((s: string) => void) | undefined
  const agent = { listen: (given?: typeof listener) => { listener = given } }
  await fetch('http://stock')
  listener?.('a')
  listener!('b')
  return agent
}`
    const { facts } = await read({ 'main.ts': text })
    expect(facts.map(({ fact }) => fact)).toContain('client')
  })

  test('no prefilter, equal facts', async () => {
    const sources = {
      // Where it starts is not among the files, so that all of them may run.
      'package.json': '{"name":"shop","scripts":{"start":"node dist/start.js"}}',
      'http.ts': CLIENT,
      'index.ts': `export * from './http'`,
      'use.ts': `import { http } from './index'\nexport const get = () => http.get('/x')`,
      'plain.ts': `export const one = 1`,
      'main.ts': `import express from 'express'\nexpress().listen(80)\nprocess.on('SIGTERM', () => process.exit(0))`,
      'db.ts': `import * as prisma from '@prisma/client'\nexport const db = new prisma.PrismaClient()`,
      'repository.ts': `import { db } from './db'\nexport class Repository { protected store = db }`,
      'orders.ts': `import { Repository } from './repository'\nexport class Orders extends Repository { all() { return this.store.order.findMany() } }`,
      'mailer.ts': `export class Mailer { async send() { return fetch('http://mail') } }`,
      'desk.ts': `import type { Mailer } from './mailer'\nexport class Desk { constructor(private mailer: Mailer) {} async tell() { return this.mailer.send() } }`,
      'page.ts': `import { Desk } from './desk'\nexport const page = async (desk: Desk, ids: string[]) => Promise.all(ids.map((id) => desk.tell(id)))`,
      'app.ts': `import { router } from './probe'\napp.use('/health', router)`,
      'probe.ts': `import { Router } from 'express'\nexport const router = Router()\nrouter.get('/', (q, r) => r.send('ok'))`,
      'controller.ts': `@Controller('status')\nexport class Status { @Get() get() { return 1 } }`,
      'again.ts': `export async function again(f) { for (;;) { try { return await f() } catch { /* once more */ } } }`,
      'wait.ts': `export const next = async (attempt) => { await sleep(attempt * 100) }`,
      'cron.ts': `import { schedule } from 'node-cron'\nimport { db } from './db'\nschedule('* * * * *', () => db.order.create({}))`,
    }
    const [filtered, all] = [await read(sources, true), await read(sources, false)]
    expect(all).toEqual(filtered)
    const places = new Set(filtered.facts.map(({ source }) => source.path))
    expect([...places].sort()).toEqual([
      'again.ts',
      'controller.ts',
      'cron.ts',
      'db.ts',
      'http.ts',
      'mailer.ts',
      'main.ts',
      'orders.ts',
      'package.json',
      'page.ts',
      'probe.ts',
      'use.ts',
      'wait.ts',
    ])
    const calls = filtered.facts.flatMap((fact) =>
      fact.fact === 'client' ? fact.calls.map(({ source }) => source.path) : [],
    )
    expect(calls).toEqual(expect.arrayContaining(['orders.ts', 'use.ts']))
  })

  test.each([
    [
      'a client',
      { 'db.ts': `export * from '@prisma/client'` },
      `import { PrismaClient } from './db'\nconst db = new PrismaClient()\ndb.$transaction(async (tx) => { await fetch('http://pay'); await tx.order.update({}) })`,
    ],
    [
      'operators',
      { 'ops.ts': `export { retry, timeout } from 'rxjs'` },
      `import { retry, timeout } from './ops'\nimport { HttpService } from '@nestjs/axios'\nexport class Stock { constructor(private http: HttpService) {} get() { return this.http.get('/x').pipe(timeout(500), retry(3)) } }`,
    ],
    [
      'readers of bodies',
      { 'e.ts': `export { default as express } from 'express'` },
      `import { express } from './e'\nconst app = express()\napp.use(express.json({ limit: '50mb' }))\napp.listen(80)`,
    ],
    [
      'the global object',
      { 'g.ts': `export const g = globalThis` },
      `import { g } from './g'\ng.fetch('http://stock')`,
    ],
  ])('no prefilter, equal facts where a module only exports %s again', async (_, more, main) => {
    const sources = {
      'package.json': '{"name":"shop","dependencies":{"express":"5.0.0"}}',
      ...more,
      'main.ts': main,
    }
    const [filtered, all] = [await read(sources, true), await read(sources, false)]
    expect(all).toEqual(filtered)
    expect(filtered.facts.length).toBeGreaterThan(1)
  })

  test('no prefilter, equal facts of a whole system', async () => {
    const files = discover([resolve('samples/lomash-wood')], { include: [], exclude: [] })
    const factsWith = async (prefilter: boolean): Promise<CodeFact[]> => {
      const { facts } = await readInputs(files, { libraries: loadLibraries(), prefilter })
      return (['client', 'practice', 'route', 'server', 'call-path', 'endpoint'] as const).flatMap(
        (kind): CodeFact[] => facts.of(kind),
      )
    }
    const filtered = await factsWith(true)
    expect(new Set(filtered.map(({ fact }) => fact)).size).toBe(6)
    expect(await factsWith(false)).toEqual(filtered)
  })

  test('no prefilter, equal modules that are not reached: those in which there is something to judge', async () => {
    const sources = {
      'package.json': '{"name":"shop","scripts":{"start":"node main.js"}}',
      'main.ts': `import { get } from './use'\nget()`,
      'use.ts': `import { http } from './http'\nexport const get = () => http.get('/x')`,
      'http.ts': CLIENT,
      'old.ts': `import { http } from './http'\nexport const old = () => http.get('/old')`,
      'plain.ts': `export const one = 1`,
    }
    const [filtered, all] = [await read(sources, true), await read(sources, false)]
    expect(all).toEqual(filtered)
    expect(filtered.facts.map(({ fact, source }) => `${fact} ${source.path}`)).toEqual([
      'package package.json',
      'client http.ts',
      'call-path use.ts',
      'call-path old.ts',
      'unreached-module old.ts',
    ])
    const calls = filtered.facts.flatMap((fact) => (fact.fact === 'client' ? fact.calls : []))
    expect(calls.map(({ source }) => source.path)).toEqual(['use.ts'])
  })

  test('an ignore comment speaks of the next line', async () => {
    const text = `// resilience-report-ignore-next-line RC001 -- measured, see runbook\n${CALL}\n// resilience-report-ignore-next-line RC002\n`
    const facts = await factsOf('suppression', { 'main.ts': text })
    expect(facts.map(({ rule, reason, appliesToLine }) => [rule, reason, appliesToLine])).toEqual([
      ['RC001', 'measured, see runbook', 2],
      ['RC002', null, 4],
    ])
  })
})
