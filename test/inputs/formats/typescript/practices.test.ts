import { describe, expect, test } from 'vitest'
import { factsOf, practicesIn } from './reading.js'

const AXIOS = `import axios from 'axios'\nconst http = axios.create({ timeout: 100 })\n`
const PRISMA = `import { PrismaClient } from '@prisma/client'\nconst db = new PrismaClient()\n`

type Case = [name: string, pattern: string, code: string, state: string | null]

const MODEL = `import mongoose, { Model } from 'mongoose'\nconst Order = mongoose.model('Order', schema)\n`
const LOGS = `catch (error) { console.error(error) }`

const CASES: Case[] = [
  [
    'what a model of Mongoose stores is lost',
    'swallowed-error',
    `${MODEL}export async function place(o) { try { await Order.create(o) } ${LOGS} }`,
    'absent',
  ],
  [
    'what an injected model stores is lost',
    'swallowed-error',
    `${MODEL}export class Orders { constructor(private readonly orders: Model<Order>) {}\nasync place(o) { try { await this.orders.findOneAndUpdate({ id: o.id }, o) } ${LOGS} } }`,
    'absent',
  ],
  [
    'a model is only read',
    'swallowed-error',
    `${MODEL}export async function find(id) { try { return await Order.findById(id) } ${LOGS} }`,
    null,
  ],
  [
    'a model of something else',
    'swallowed-error',
    `import { model } from './models'\nconst Order = model('Order')\nexport async function place(o) { try { await Order.create(o) } ${LOGS} }`,
    null,
  ],
  [
    'drains on SIGTERM',
    'graceful-shutdown',
    `import express from 'express'\nconst server = express().listen(80)\nprocess.on('SIGTERM', () => server.close(() => process.exit(0)))`,
    'present',
  ],
  [
    'only exits',
    'graceful-shutdown',
    `import express from 'express'\nexpress().listen(80)\nprocess.on('SIGTERM', () => process.exit(0))`,
    'inert',
  ],
  [
    'no handler',
    'graceful-shutdown',
    `import express from 'express'\nconst app = express()\napp.listen(80)`,
    'absent',
  ],
  [
    'handler in a loop over signals',
    'graceful-shutdown',
    `import express from 'express'\nconst server = express().listen(80)\nasync function stop() { await server.close() }\nfor (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, stop)`,
    'present',
  ],
  [
    'unknown handler',
    'graceful-shutdown',
    `import express from 'express'\nimport { stop } from './gone'\nexpress().listen(80)\nprocess.on('SIGTERM', stop)`,
    'unknown',
  ],
  [
    'nest hooks',
    'graceful-shutdown',
    `import { NestFactory } from '@nestjs/core'\nconst app = await NestFactory.create(Module)\napp.enableShutdownHooks()\nawait app.listen(80)`,
    'present',
  ],
  ['nothing listens', 'graceful-shutdown', `console.log('a job')`, null],
  ['logs only', 'unhandled-rejection', `process.on('unhandledRejection', (e) => console.error(e))`, 'absent'],
  [
    'exits',
    'unhandled-rejection',
    `function die() { process.exit(1) }\nprocess.on('unhandledRejection', () => { die() })`,
    'present',
  ],
  ['rethrows', 'unhandled-rejection', `process.on('unhandledRejection', (e) => { throw e })`, 'present'],
  [
    'an unknown end',
    'unhandled-rejection',
    `import { shutdown } from './gone'\nprocess.on('uncaughtException', () => shutdown())`,
    'unknown',
  ],
  [
    'whatever answers the signal that it raises',
    'unhandled-rejection',
    `process.on('uncaughtException', () => { process.emit('SIGTERM') })`,
    'unknown',
  ],
  [
    'all at once',
    'unbounded-fanout',
    `${AXIOS}export const all = (ids: string[]) => Promise.all(ids.map((id) => http.get(id)))`,
    'absent',
  ],
  [
    'through a function of the project',
    'unbounded-fanout',
    `${AXIOS}const one = async (id: string) => http.get(id)\nexport const all = (ids: string[]) => Promise.all(ids.map(one))`,
    'absent',
  ],
  [
    'of a list written out',
    'unbounded-fanout',
    `${AXIOS}const names = ['a', 'b']\nexport const all = () => Promise.all(names.map((id) => http.get(id)))`,
    'present',
  ],
  [
    'of a slice',
    'unbounded-fanout',
    `${AXIOS}export const all = (ids: string[]) => Promise.all(ids.slice(0, 5).map((id) => http.get(id)))`,
    'present',
  ],
  [
    'through a limiter',
    'unbounded-fanout',
    `${AXIOS}import pLimit from 'p-limit'\nconst cap = pLimit(3)\nexport const all = (ids: string[]) => Promise.all(ids.map((id) => cap(() => http.get(id))))`,
    'present',
  ],
  [
    'of pure functions',
    'unbounded-fanout',
    `export const all = (ids: string[]) => Promise.all(ids.map(async (id) => id.length))`,
    null,
  ],
  [
    'a counted loop',
    'retry-bounded',
    `${AXIOS}export async function get() { for (let n = 1; n <= 3; n++) { try { return await http.get('/x') } catch (e) { await sleep(100 * n) } } }`,
    'present',
  ],
  [
    'an endless loop',
    'retry-bounded',
    `${AXIOS}export async function get() { while (true) { try { return await http.get('/x') } catch (e) { await sleep(100) } } }`,
    'absent',
  ],
  [
    'an endless loop with a way out',
    'retry-bounded',
    `${AXIOS}export async function get() { let n = 0; while (true) { try { return await http.get('/x') } catch (e) { if (++n > 3) throw e } } }`,
    'present',
  ],
  [
    'a consumer',
    'retry-bounded',
    `${AXIOS}export async function run() { while (true) { try { await http.get('/x') } catch (e) { log(e) } } }`,
    null,
  ],
  [
    'a constant delay',
    'retry-backoff',
    `${AXIOS}export async function get() { for (let n = 1; n <= 3; n++) { try { return await http.get('/x') } catch (e) { await new Promise((r) => setTimeout(r, 100)) } } }`,
    'absent',
  ],
  [
    'no delay',
    'retry-backoff',
    `${AXIOS}export async function get() { for (let n = 1; n <= 3; n++) { try { return await http.get('/x') } catch (e) { log(e) } } }`,
    'absent',
  ],
  [
    'a growing delay',
    'retry-backoff',
    `${AXIOS}export async function get() { for (let n = 1; n <= 3; n++) { try { return await http.get('/x') } catch (e) { await new Promise((r) => setTimeout(r, 100 * 2 ** n)) } } }`,
    'present',
  ],
  [
    'a delay without random part',
    'retry-jitter',
    `${AXIOS}export async function get() { for (let n = 1; n <= 3; n++) { try { return await http.get('/x') } catch (e) { await new Promise((r) => setTimeout(r, 100 * n)) } } }`,
    'absent',
  ],
  [
    'a delay computed elsewhere with a random part',
    'retry-jitter',
    `${AXIOS}const pause = (n: number) => 100 * n + Math.random() * 50\nexport async function get() { for (let n = 1; n <= 3; n++) { try { return await http.get('/x') } catch (e) { await new Promise((r) => setTimeout(r, pause(n))) } } }`,
    'present',
  ],
  [
    'a recursive retry',
    'retry-jitter',
    `${AXIOS}export async function get(attempt = 0) { try { return await http.get('/x') } catch (e) { await new Promise((r) => setTimeout(r, 2 ** attempt * 100)); return get(attempt + 1) } }`,
    'absent',
  ],
  [
    'a plain pause',
    'retry-jitter',
    `export const pause = () => new Promise((r) => setTimeout(r, 100))\nsetTimeout(() => {}, 1)`,
    null,
  ],
  [
    'a call inside a transaction',
    'transaction-external-call',
    `${AXIOS}${PRISMA}export const pay = () => db.$transaction(async (tx) => { await tx.order.update({}); await http.post('/pay') })`,
    'absent',
  ],
  [
    'a call inside, through a function',
    'transaction-external-call',
    `${AXIOS}${PRISMA}const charge = () => http.post('/pay')\nexport const pay = () => db.$transaction(async (tx) => { await tx.order.update({}); await charge() })`,
    'absent',
  ],
  [
    'a call after the transaction',
    'transaction-external-call',
    `${AXIOS}${PRISMA}export const pay = async () => { await db.$transaction(async (tx) => tx.order.update({})); await http.post('/pay') }`,
    'present',
  ],
  [
    'a long timer that writes',
    'in-memory-timer',
    `${PRISMA}export const later = () => setTimeout(async () => { await db.order.update({}) }, 15 * 60 * 1000)`,
    'absent',
  ],
  [
    'a short timer that writes',
    'in-memory-timer',
    `${PRISMA}export const later = () => setTimeout(async () => { await db.order.update({}) }, 500)`,
    null,
  ],
  [
    'a heartbeat',
    'in-memory-timer',
    `${PRISMA}const heartbeat = setInterval(async () => { await db.node.update({}) }, 60_000)`,
    null,
  ],
  [
    'an unreferenced timer',
    'in-memory-timer',
    `${PRISMA}setInterval(async () => { await db.order.update({}) }, 60_000).unref()`,
    null,
  ],
  [
    'a job on every replica',
    'distributed-lock',
    `${PRISMA}import cron from 'node-cron'\ncron.schedule('* * * * *', async () => { await db.order.updateMany({}) })`,
    'absent',
  ],
  [
    'a job behind a lock',
    'distributed-lock',
    `${PRISMA}import cron from 'node-cron'\ncron.schedule('* * * * *', async () => { if (await acquireLock('x')) await db.order.updateMany({}) })`,
    'present',
  ],
  [
    'a dropped failure',
    'swallowed-error',
    `${AXIOS}export async function order() { try { await http.post('/orders') } catch {} }`,
    'absent',
  ],
  [
    'a logged failure',
    'swallowed-error',
    `${AXIOS}export async function order() { try { await http.post('/orders') } catch (e) { logger.error(e) } }`,
    'absent',
  ],
  [
    'a logged failure at the end of a function',
    'swallowed-error',
    `${AXIOS}export async function order() { try { await http.post('/orders') } catch (e) { logger.error(e); return } }`,
    'absent',
  ],
  [
    'an error given back that callers do not look at',
    'swallowed-error',
    `${AXIOS}async function order() { try { return await http.post('/orders') } catch (e) { return e } }\nexport async function checkout() { await order(); return { done: true } }`,
    'absent',
  ],
  [
    'an error given back to one who looks',
    'swallowed-error',
    `${AXIOS}async function order() { try { return await http.post('/orders') } catch (e) { return e } }\nexport async function checkout() { const done = await order(); return { done } }`,
    'present',
  ],
  [
    'an answer that another function makes of the failure',
    'swallowed-error',
    `${AXIOS}async function order() { try { return await http.post('/orders') } catch (e) { return failed(e) } }\nexport async function checkout() { await order() }`,
    'present',
  ],
  [
    'behind a helper of a library that catches',
    'swallowed-error',
    `${AXIOS}import to from 'await-to-js'\nexport async function order() { await to(http.post('/orders')) }`,
    'absent',
  ],
  [
    'behind a helper of a library, looked at',
    'swallowed-error',
    `${AXIOS}import to from 'await-to-js'\nexport async function order() { const [error] = await to(http.post('/orders')); if (error) throw error }`,
    null,
  ],
  [
    'behind a helper that throws again',
    'swallowed-error',
    `${AXIOS}async function timed(work: () => Promise<unknown>) { try { return await work() } catch (e) { logger.error(e); throw e } }\nexport async function order() { await timed(() => http.post('/orders')) }`,
    null,
  ],
  [
    'a failure handed on',
    'swallowed-error',
    `${AXIOS}export async function order() { try { await http.post('/orders') } catch (e) { logger.error(e); throw e } }`,
    'present',
  ],
  [
    'a logged failure that is thrown after the last attempt',
    'swallowed-error',
    `${AXIOS}export async function order() { for (let i = 0; i < 3; i++) { try { return await http.post('/orders') } catch (e) { logger.warn(e) } } throw new Error('not ordered') }`,
    'present',
  ],
  [
    'a logged failure that nobody hears of after the last attempt',
    'swallowed-error',
    `${AXIOS}export async function order() { for (let i = 0; i < 3; i++) { try { await http.post('/orders'); return } catch (e) { logger.warn(e) } } logger.error('given up') }`,
    'absent',
  ],
  [
    'a logged failure after which it is tried for ever',
    'swallowed-error',
    `${AXIOS}export async function order() { for (;;) { try { await http.post('/orders'); return } catch (e) { logger.warn(e) } } }`,
    null,
  ],
  [
    'best effort, as a comment says',
    'swallowed-error',
    `${AXIOS}export async function order() { try { await http.post('/orders') } catch { /* best effort */ } }`,
    'unknown',
  ],
  [
    'best effort, as a comment before the try says',
    'swallowed-error',
    `${AXIOS}export async function order() {
      // Non-fatal: the index is rebuilt every night.
      try { await http.post('/orders') } catch (e) { console.error(e) } }`,
    'unknown',
  ],
  [
    'best effort, as the comment above the function says',
    'swallowed-error',
    `${AXIOS}/** Tells the index. Fire-and-forget: never blocks the order. */
    export async function order() { try { await http.post('/orders') } catch (e) { console.error(e) } }`,
    'unknown',
  ],
  [
    'a comment on another statement',
    'swallowed-error',
    `${AXIOS}const port = 80 // optional, best effort
    export async function order() { try { await http.post('/orders') } catch (e) { console.error(e) } }`,
    'absent',
  ],
  [
    'a comment that forbids it',
    'swallowed-error',
    `${AXIOS}export async function order() {
      try { await http.post('/orders') } catch (e) { /* must not ignored */ } }`,
    'absent',
  ],
  [
    'told by a variable that is set when the call is done',
    'swallowed-error',
    `${AXIOS}export async function order() {
      let sent = false
      try { await http.post('/orders'); sent = true } catch (e) { console.error(e) }
      return sent }`,
    'present',
  ],
  [
    'told by what the call gave',
    'swallowed-error',
    `${AXIOS}export async function order() {
      let answer = null
      try { answer = await http.post('/orders') } catch (e) { console.error(e) }
      if (!answer) throw new Error('not ordered') }`,
    'present',
  ],
  [
    'a variable that is set before the call',
    'swallowed-error',
    `${AXIOS}export async function order() {
      let id = null
      try { id = String(Date.now()); await http.post('/orders', { id }) } catch (e) { console.error(e) }
      return id }`,
    'absent',
  ],
  [
    'a variable that only the log has',
    'swallowed-error',
    `${AXIOS}export async function order() {
      let sent = false
      try { await http.post('/orders'); sent = true } catch (e) { console.error(e) }
      console.log(sent) }`,
    'absent',
  ],
  [
    'told by another value that is given back',
    'swallowed-error',
    `${AXIOS}export async function order() {
      try { await http.post('/orders'); return true } catch (e) { console.error(e) }
      return false }`,
    'present',
  ],
  [
    'told by a field of the result',
    'swallowed-error',
    `${AXIOS}export async function order(result: any) {
      try { await http.post('/orders') } catch (e) { result.error = e } }`,
    'present',
  ],
  [
    'told by a list of errors',
    'swallowed-error',
    `${AXIOS}export async function order(errors: unknown[]) {
      try { await http.post('/orders') } catch (e) { errors.push(e) } }`,
    'present',
  ],
  [
    'what is only counted may be lost',
    'swallowed-error',
    `${AXIOS}function pushMetrics() { return http.post('/metrics') }
    export async function order() { try { await pushMetrics() } catch (e) { console.error(e) } }`,
    null,
  ],
  [
    'best effort, by its name',
    'swallowed-error',
    `${AXIOS}export async function trackView() { try { await http.post('/views') } catch {} }`,
    null,
  ],
  [
    'a failed read',
    'swallowed-error',
    `${AXIOS}export async function order() { try { return await http.get('/orders') } catch {} }`,
    null,
  ],
]

test.each(CASES)('%s: %s', async (_name, pattern, code, state) => {
  const practices = (await practicesIn(code)).filter((practice) => practice.pattern === pattern)
  expect(practices.map((practice) => practice.state)).toEqual(state === null ? [] : [state])
})

describe('routes', () => {
  const routesIn = async (sources: Record<string, string>): Promise<[string, boolean | null][]> =>
    (await factsOf('route', sources)).map(({ path, callsDependency }) => [path, callsDependency])

  test('a handler that asks the database, and one that does not', async () => {
    const code = `import express from 'express'\n${PRISMA}const app = express()\napp.get('/ready', async (q, s) => { await db.user.count(); s.end() })\napp.get('/live', (q, s) => s.end())\napp.get('/orders', list)`
    expect(await routesIn({ 'main.ts': code })).toEqual([
      ['/ready', true],
      ['/live', false],
    ])
  })

  test('a router of another file, mounted under a prefix', async () => {
    const router = `import { Router } from 'express'\nimport { db } from './db'\nexport const health = Router()\nhealth.get('/', async (q, s) => { await check(); s.end() })\nasync function check() { await db.user.count() }`
    const main = `import express from 'express'\nimport { health } from './health'\nconst app = express()\napp.use('/health', health)`
    const db = `import { PrismaClient } from '@prisma/client'\nexport const db = new PrismaClient()`
    expect(await routesIn({ 'src/main.ts': main, 'src/health.ts': router, 'src/db.ts': db })).toEqual([
      ['/health', true],
    ])
  })

  describe('under a path that is written elsewhere', () => {
    const ends = async (mount: string, more: Record<string, string> = {}): Promise<string[]> => {
      const main = `import express from 'express'\nimport cors from 'cors'\nimport { health } from './health'\nconst app = express()\n${mount}`
      const router = `import { Router } from 'express'\nexport const health = Router()\nhealth.get('/live', (q, s) => s.end())`
      const found = await factsOf('route', { 'src/main.ts': main, 'src/health.ts': router, ...more })
      return found.map(({ path, isWholePath }) => (isWholePath ? path : `…${path}`))
    }
    const PATHS = { 'src/paths.ts': `export const V1 = '/api/v1'\nexport const paths = { push: '/push' }` }

    test.each([
      ['a template', `const API = '/api/v1'\napp.use(\`\${API}/push\`, health)`, ['/api/v1/push/live']],
      [
        'constants of another file',
        `import { V1, paths } from './paths'\napp.use(V1 + paths.push, health)`,
        ['/api/v1/push/live'],
      ],
      ['several paths', `app.use(['/a', '/b'], cors(), health)`, ['/a/live', '/b/live']],
      ['no path', `app.use(cors(), health)\napp.use(health)`, ['/live']],
      [
        'a router in a router',
        `const api = express.Router()\napi.use('/push', health)\napp.use('/api', api)`,
        ['/api/push/live'],
      ],
      ['a setting', `app.use(process.env.BASE, health)`, ['…/live']],
      ['a setting with a default', `app.use(process.env.BASE ?? '/api', health)`, ['…/live']],
      ['a template with a setting', `app.use(\`\${config.base}/push\`, health)`, ['…/push/live']],
      ['one of two', `const base = old ? '/a' : '/b'\napp.use(base, health)`, ['…/live']],
      ['what a library gives', `import { BASE } from '@shop/paths'\napp.use(BASE, health)`, ['…/live']],
      ['a mount that was not seen', `for (const each of [health]) mount(app, each)`, ['…/live']],
      [
        'a router that is mounted nowhere',
        `const api = express.Router()\napi.use('/push', health)`,
        ['…/push/live'],
      ],
      [
        'two routers that are mounted in each other',
        `health.use('/a', api)\nconst api = express.Router()\napi.use('/b', health)`,
        ['…/a/b/live'],
      ],
    ])('%s', async (_, mount, expected) => {
      expect(await ends(mount, PATHS)).toEqual(expected)
    })

    test('of Koa and Fastify', async () => {
      const koa = `import Koa from 'koa'\nimport Router from '@koa/router'\nconst app = new Koa()\nconst router = new Router({ prefix: '/api' })\nrouter.get('/live', (ctx) => { ctx.body = 'ok' })\napp.use(router.routes())`
      expect(await ends('', { 'src/health.ts': koa })).toEqual(['/api/live'])
      const plugin = `export async function health(fastify) { fastify.get('/live', async () => 'ok') }`
      const mounted = (options: string): Promise<string[]> =>
        ends(`import Fastify from 'fastify'\nconst server = Fastify()\nserver.register(health${options})`, {
          'src/health.ts': plugin,
        })
      expect(await mounted(`, { prefix: '/api' }`)).toEqual(['/api/live'])
      expect(await mounted(`, { prefix: config.base }`)).toEqual(['…/live'])
      expect(await mounted(``)).toEqual(['/live'])
    })

    test('of a controller', async () => {
      const controller = (path: string): Promise<string[]> =>
        ends('', {
          'src/health.ts': `import { Controller, Get } from '@nestjs/common'\nconst BASE = 'api'\n@Controller(${path}) class Health { @Get('live') live() { return 'ok' } }`,
        })
      expect(await controller('BASE')).toEqual(['/api/live'])
      expect(await controller(`{ path: 'api' }`)).toEqual(['/api/live'])
      expect(await controller('process.env.BASE')).toEqual(['…/live'])
    })

    const NEST = `import { Controller, Get, VersioningType, VERSION_NEUTRAL } from '@nestjs/common'
      import { NestFactory } from '@nestjs/core'
      const app = await NestFactory.create(AppModule)\n`
    const HEALTH = `@Controller('health') class Health { @Get('live') live() { return 'ok' } }`
    test.each([
      ['a prefix', `app.setGlobalPrefix('api')\n${HEALTH}`, ['/api/health/live']],
      ['a prefix from a setting', `app.setGlobalPrefix(process.env.BASE)\n${HEALTH}`, ['…/health/live']],
      [
        'a prefix for others',
        `app.setGlobalPrefix('api', { exclude: ['health/live'] })\n${HEALTH}`,
        ['/health/live'],
      ],
      [
        'a prefix for others, by method or pattern',
        `app.setGlobalPrefix('api', { exclude: [{ path: 'metrics', method: 0 }, '/health/(.*)'] })\n${HEALTH}`,
        ['/health/live'],
      ],
      [
        'a prefix but for what is not known',
        `app.setGlobalPrefix('api', { exclude: open })\n${HEALTH}`,
        ['…/health/live'],
      ],
      [
        'one of two prefixes',
        `slow ? app.setGlobalPrefix('a') : app.setGlobalPrefix('b')\n${HEALTH}`,
        ['…/health/live'],
      ],
      [
        'a version for all',
        `app.setGlobalPrefix('api')\napp.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' })\n${HEALTH}`,
        ['/api/v1/health/live'],
      ],
      [
        'a version in a header',
        `app.enableVersioning({ type: VersioningType.HEADER, defaultVersion: '1' })\n${HEALTH}`,
        ['/health/live'],
      ],
      ['versions for none', `app.enableVersioning()\n${HEALTH}`, ['/health/live']],
      [
        'versions of a controller',
        `app.enableVersioning({ prefix: 'version-' })\n@Controller({ path: 'health', version: ['1', '2'] }) class Health { @Get('live') live() {} }`,
        ['/version-1/health/live', '/version-2/health/live'],
      ],
      [
        'a method without a version',
        `app.enableVersioning({ defaultVersion: '1' })\n@Controller('health') class Health { @Version(VERSION_NEUTRAL) @Get('live') live() {} }`,
        ['/health/live'],
      ],
    ])('of a controller behind %s', async (_, text, expected) => {
      expect(await ends('', { 'src/health.ts': NEST + text })).toEqual(expected)
    })
  })

  test('what asks a route registers none', async () => {
    const code = `import express from 'express'\nconst app = express()\nexport const check = (client) => client.get('/health', { timeout: 500 })\napp.get('/live', { handler: () => 'ok' })`
    expect((await factsOf('route', { 'main.ts': code })).map(({ path }) => path)).toEqual(['/live'])
  })

  test('a query as a template asks, and what cannot be followed leaves it open', async () => {
    const code = `import express from 'express'\nimport { gone } from './gone'\n${PRISMA}const app = express()\napp.get('/ready', async (q, s) => { await db.$queryRaw\`select 1\`; s.end() })\napp.get('/health', async (q, s) => { await gone.check(); s.end() })`
    expect(await routesIn({ 'main.ts': code })).toEqual([
      ['/ready', true],
      ['/health', null],
    ])
  })

  test('a controller', async () => {
    const code = `import { Controller, Get } from '@nestjs/common'\nimport { NestFactory } from '@nestjs/core'\n@Controller('health') class Health { @Get('live') live() { return 'ok' } }\nNestFactory.create(Health)`
    expect(await routesIn({ 'main.ts': code })).toEqual([['/health/live', false]])
  })
})

describe('the clients that a handler calls', () => {
  const POOL = `import { Pool } from 'pg'\nexport const pool = new Pool({ host: 'db' })`
  const asked = async (handler: string, more: Record<string, string> = {}): Promise<string[]> => {
    const health = `import express from 'express'\nimport { pool } from './db'\nimport { checkStore } from './check'\nimport { store } from './store'\nconst app = express()\n${handler}`
    const [route] = await factsOf('route', { 'src/health.ts': health, 'src/db.ts': POOL, ...more })
    return route!.clients.map(({ source }) => `${source.path}:${source.line}`)
  }

  test('directly, and through functions of other modules', async () => {
    const check = `import { pool } from './db'\nimport Redis from 'ioredis'\nconst cache = new Redis()\nexport async function checkStore() { await pool.query('select 1'); await ping() }\nconst ping = () => cache.ping()`
    expect(await asked(`app.get('/health', async (q, s) => { await pool.query('select 1') })`)).toEqual([
      'src/db.ts:2',
    ])
    expect(
      await asked(`app.get('/health', async (q, s) => { await checkStore() })`, { 'src/check.ts': check }),
    ).toEqual(['src/check.ts:3', 'src/db.ts:2'])
  })

  test('by a template query, and below an adapter', async () => {
    const store = `import { PrismaClient } from '@prisma/client'\nimport { PrismaPg } from '@prisma/adapter-pg'\nimport { pool } from './db'\nconst adapter = new PrismaPg(pool)\nexport const store = new PrismaClient({ adapter })`
    expect(
      await asked(`app.get('/health', async (q, s) => { await store.$queryRaw\`select 1\` })`, {
        'src/store.ts': store,
      }),
    ).toEqual(['src/db.ts:2', 'src/store.ts:5'])
  })

  test('without an instance, by the target', async () => {
    const calls = `app.get('/health', async (q, s) => { await fetch('http://cart/up') })\nfetch('http://pricing/up')`
    expect(await asked(calls)).toEqual(['src/health.ts:6'])
  })

  test('are none where it asks nobody', async () => {
    expect(await asked(`app.get('/health', (q, s) => s.end())`)).toEqual([])
  })
})

describe('listeners for errors', () => {
  const stateIn = async (code: string): Promise<string | undefined> => {
    const [client] = await factsOf('client', { 'main.ts': `import Redis from 'ioredis'\n${code}` })
    return client?.guards['client-error-log']?.state
  }

  test('attached, missing, and not to be told', async () => {
    expect(await stateIn(`const r = new Redis()\nr.on('error', log)`)).toBe('present')
    expect(
      await stateIn(
        `class Cache { private r: Redis\nconstructor() { this.r = new Redis(); this.listen() }\nlisten() { this.r.on('error', log) } }`,
      ),
    ).toBe('present')
    expect(await stateIn(`const r = new Redis()\nr.on('connect', log)`)).toBe('absent')
    expect(await stateIn(`const r = watch(new Redis())`)).toBe('unknown')
  })
})

describe('what is said of a practice', () => {
  const detailsIn = async (code: string, pattern: string): Promise<string[]> =>
    (await practicesIn(code)).filter((found) => found.pattern === pattern).map(({ detail }) => detail)

  test('names what ends a transaction by itself, where the library says so', async () => {
    const pay = (open: string): string =>
      `export const pay = () => ${open}(async (tx) => { await http.post('/pay') })`
    expect(
      await detailsIn(`${AXIOS}${PRISMA}${pay('db.$transaction')}`, 'transaction-external-call'),
    ).toEqual([
      '`post` of axios is called inside a transaction of Prisma, which is rolled back after 5 s unless its `timeout` says otherwise',
    ])
    const knex = `import knex from 'knex'\nconst db = knex({ client: 'pg' })\n`
    expect(await detailsIn(`${AXIOS}${knex}${pay('db.transaction')}`, 'transaction-external-call')).toEqual([
      '`post` of axios is called inside a transaction of knex',
    ])
  })

  test('names every wait that ends by itself beside those that do not', async () => {
    const reasonIn = async (code: string, guard: string): Promise<string | null | undefined> =>
      (await factsOf('client', { 'main.ts': code }))[0]?.guards[guard]?.reason
    expect(await reasonIn(`export const get = () => fetch('http://cart/')`, 'http-timeout')).toBe(
      'fetch has no total timeout: undici ends connecting after 10 s, and waiting for headers and each pause of the body after 5 min; pass `signal: AbortSignal.timeout(ms)`',
    )
    const redis = `import Redis from 'ioredis'\nconst r = new Redis()\nexport const get = () => r.get('a')`
    expect(await reasonIn(redis, 'redis-timeout')).toBe(
      'a command that ioredis has sent never times out unless `commandTimeout` is set; while disconnected, commands of `Redis` (not `Cluster`) fail after 20 reconnects by default (`maxRetriesPerRequest`)',
    )
  })

  test('supposes no caller of a timer whose failure is only logged', async () => {
    const timer = `export const later = (id) => setTimeout(async () => { try { await http.post('/pay', { id }) } ${LOGS} }, 500)`
    expect(await detailsIn(`${AXIOS}${timer}`, 'swallowed-error')).toEqual([
      'A failure of `post` (axios) is only logged: processing continues as if it had succeeded',
    ])
  })
})
