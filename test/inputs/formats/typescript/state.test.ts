/** Jobs, buffers, caches and timers: what the readers make of shapes that the rule fixtures do not show. */
import { describe, expect, test } from 'vitest'
import { factsOf, practicesIn } from './reading.js'

const AXIOS = `import axios from 'axios'\nconst http = axios.create({ timeout: 100 })\n`
const REDIS = `import Redis from 'ioredis'\nconst redis = new Redis()\n`
const CRON = `import cron from 'node-cron'\n`
const PG = `import { Pool } from 'pg'\nconst pool = new Pool()\n`

type Case = [name: string, pattern: string, code: string, states: string[]]

const CASES: Case[] = [
  [
    'a job of an options object',
    'distributed-lock',
    `${AXIOS}import { CronJob } from 'cron'\nCronJob.from({ cronTime: '* * * * *', onTick: () => http.post('/a') })`,
    ['absent'],
  ],
  [
    'SET NX in a service of the project',
    'distributed-lock',
    `${AXIOS}${REDIS}${CRON}class Locks { take(key: string) { return redis.set(key, '1', 'EX', 9, 'NX') } }\nconst locks = new Locks()\ncron.schedule('* * * * *', async () => { if (await locks.take('a')) await http.post('/a') })`,
    ['present'],
  ],
  [
    'rows that are claimed one by one',
    'distributed-lock',
    `${AXIOS}${CRON}import { PrismaClient } from '@prisma/client'\nconst db = new PrismaClient()\ncron.schedule('* * * * *', async () => { const mine = await db.mail.updateMany({ where: { state: 'due' } }); if (mine.count === 1) await http.post('/a') })`,
    ['present'],
  ],
  [
    'a lock of another package',
    'distributed-lock',
    `${AXIOS}${CRON}import { withLock } from '@shop/locks'\ncron.schedule('* * * * *', () => withLock('a', () => http.post('/a')))`,
    ['present'],
  ],
  [
    'a clock and a block are no lock',
    'distributed-lock',
    `${AXIOS}${CRON}cron.schedule('* * * * *', async () => { clock(); block(); await http.post('/a') })`,
    ['absent'],
  ],
  [
    'a transaction of deletions leaves the same state twice',
    'distributed-lock',
    `${CRON}import { PrismaClient } from '@prisma/client'\nconst db = new PrismaClient()\ncron.schedule('* * * * *', () => db.$transaction([db.draft.deleteMany({})]))`,
    [],
  ],
  [
    'a transaction of whatever its function does',
    'distributed-lock',
    `${CRON}import { PrismaClient } from '@prisma/client'\nconst db = new PrismaClient()\ncron.schedule('* * * * *', () => db.$transaction(async (tx) => { await tx.draft.update({}) }))`,
    ['absent'],
  ],
  [
    'a job that only reads',
    'distributed-lock',
    `${AXIOS}${CRON}cron.schedule('* * * * *', () => http.get('/a'))`,
    [],
  ],
  [
    'a job with a key of its own',
    'distributed-lock',
    `${CRON}import { Queue } from 'bullmq'\nconst queue = new Queue('a', { connection: {} })\ncron.schedule('* * * * *', () => queue.add('a', {}, { jobId: 'daily' }))`,
    [],
  ],
  [
    'a job that leads out of what was read',
    'distributed-lock',
    `${CRON}import { run } from './gone'\ncron.schedule('* * * * *', async () => { await run() })`,
    ['unknown'],
  ],
  [
    'a timer that a request starts',
    'distributed-lock',
    `${AXIOS}${PG}export function watch() { setInterval(async () => { await pool.query('select 1'); await http.post('/a') }, 1000) }`,
    [],
  ],
  [
    'a function that stops before its end',
    'distributed-lock',
    `${CRON}cron.schedule('* * * * *', async () => {`,
    [],
  ],
  [
    'a module of that name that is no scheduler',
    'distributed-lock',
    `${AXIOS}import cron from './node-cron'\ncron.schedule('* * * * *', () => http.post('/a'))`,
    [],
  ],

  [
    'stored in a variable of its own',
    'cache-stampede-protection',
    `${AXIOS}${REDIS}export async function f(k: string) { let v: string | null = await redis.get(k); if (!v) { v = await load(k); await redis.set(k, v!) } return v }`,
    ['absent'],
  ],
  [
    'what is stored was not loaded',
    'cache-stampede-protection',
    `${REDIS}export async function f(k: string) { const v = await redis.get(k); if (v) return v; await redis.set(k, 'none'); return null }`,
    [],
  ],
  [
    'read behind a helper, among others',
    'cache-stampede-protection',
    `${AXIOS}${REDIS}export async function f(k: string) { const [v, other] = await Promise.all([safe(() => redis.get(k)), g()]); if (v) return v; const w = await load(k); await redis.set(k, w); return w }`,
    ['absent'],
  ],
  [
    'a helper loads and stores',
    'cache-stampede-protection',
    `${AXIOS}${REDIS}export async function f(k: string) { const v = await redis.get(k); if (v) return v; return fill(k) }\nasync function fill(k: string) { const w = await http.get(k); await redis.set(k, w.data); return w.data }`,
    ['absent'],
  ],
  [
    'in a map of the module whose entries expire',
    'cache-stampede-protection',
    `${AXIOS}const known = new Map<string, { at: number; v: string }>()\nexport async function f(k: string) { const v = known.get(k); if (v && v.at + 60_000 > Date.now()) return v.v; const { data } = await http.get(k); const now = Date.now(); known.set(k, { at: now, v: data }); return data }`,
    ['absent'],
  ],
  [
    'in a map whose entries are loaded once and for all',
    'cache-stampede-protection',
    `${AXIOS}const known = new Map<string, string>()\nexport async function f(k: string) { const v = known.get(k); if (v) return v; const { data } = await http.get(k); known.set(k, data); return data }`,
    [],
  ],
  [
    'in a cache of one call',
    'cache-stampede-protection',
    `${AXIOS}import { LRUCache } from 'lru-cache'\nexport async function f(ks: string[]) { const c = new LRUCache<string, string>({ max: 9 }); const of = async (k: string) => { const v = c.get(k); if (v) return v; const { data } = await http.get(k); c.set(k, data); return data }; for (const k of ks) await of(k) }`,
    [],
  ],
  [
    'in the process, computed and not asked for',
    'cache-stampede-protection',
    `${AXIOS}import { LRUCache } from 'lru-cache'\nconst c = new LRUCache<string, string>({ max: 9 })\nexport async function f(k: string) { const v = c.get(k); if (v) return v; const w = await compute(k); c.set(k, w); return w }\nasync function compute(k: string) { return k + k }`,
    [],
  ],
  [
    'the promise of a load has a name before it is awaited',
    'cache-stampede-protection',
    `${AXIOS}${REDIS}export async function f(k: string) { const v = await redis.get(k); if (v) return v; const asked = load(k).finally(() => console.log(k)); const w = await asked; await redis.set(k, w); return w }`,
    ['absent'],
  ],
  [
    'what is stored is not what was loaded before',
    'cache-stampede-protection',
    `${AXIOS}${REDIS}export async function f(k: string) { const v = await redis.get(k); if (v) return v; const asked = load(k); void asked; await redis.set(k, 'none'); return null }`,
    [],
  ],
  [
    'the promise itself is kept',
    'cache-stampede-protection',
    `${AXIOS}import { LRUCache } from 'lru-cache'\nconst c = new LRUCache<string, Promise<unknown>>({ max: 9 })\nexport async function f(k: string) { const v = c.get(k); if (v) return v; const w = http.get(k); c.set(k, w); return w }`,
    [],
  ],
  [
    'a token of the module, renewed by a function',
    'cache-stampede-protection',
    `${AXIOS}let token: string | null = null\nlet expiresAt = 0\nexport async function get() { if (!token || Date.now() > expiresAt) { await renew() } return token }\nasync function renew() { const { data } = await http.post('/token'); token = data.token; expiresAt = Date.now() + data.ttl }`,
    ['absent'],
  ],
  [
    'a client that is made when it is needed',
    'cache-stampede-protection',
    `${AXIOS}let token: string | null = null\nexport async function get() { if (!token) { const { data } = await http.post('/token'); token = data.token } return token }`,
    [],
  ],
  [
    'the promise of a load is kept in a field unless one is',
    'cache-stampede-protection',
    `${AXIOS}class Api { private token: any = null; private expiresAt = 0; private asking: Promise<any> | null = null; async get() { if (this.token && Date.now() < this.expiresAt) return this.token; this.asking ??= this.load(); return this.asking } async load() { const { data } = await http.post('/token'); this.token = data; this.expiresAt = Date.now() + 9; return data } }\nexport const api = new Api()`,
    ['present'],
  ],
  [
    'the promise of a load is kept in a variable where none is',
    'cache-stampede-protection',
    `${AXIOS}let token: any = null\nlet expiresAt = 0\nlet asking: Promise<any> | null = null\nexport async function get() { if (token && Date.now() < expiresAt) return token; if (!asking) asking = load().finally(() => { asking = null }); return asking }\nasync function load() { const { data } = await http.post('/token'); token = data; expiresAt = Date.now() + 9; return token }`,
    ['present'],
  ],
  [
    'others wait between the question and the promise',
    'cache-stampede-protection',
    `${AXIOS}let token: any = null\nlet expiresAt = 0\nlet asking: Promise<any> | null = null\nexport async function get() { if (token && Date.now() < expiresAt) return token; if (!asking) { await sleep(1); asking = load() } return asking }\nasync function load() { const { data } = await http.post('/token'); token = data; expiresAt = Date.now() + 9; return token }`,
    ['absent'],
  ],
  [
    'the promise is kept without asking for one',
    'cache-stampede-protection',
    `${AXIOS}let token: any = null\nlet expiresAt = 0\nlet asking: Promise<any> | null = null\nexport async function get() { if (token && Date.now() < expiresAt) return token; asking = load(); return asking }\nasync function load() { const { data } = await http.post('/token'); token = data; expiresAt = Date.now() + 9; return token }`,
    ['absent'],
  ],
  [
    'a promise in a variable of the same call',
    'cache-stampede-protection',
    `${AXIOS}let token: any = null\nlet expiresAt = 0\nexport async function get() { if (token && Date.now() < expiresAt) return token; let asking: Promise<any> | null = null; asking ??= load(); return asking }\nasync function load() { const { data } = await http.post('/token'); token = data; expiresAt = Date.now() + 9; return token }`,
    ['absent'],
  ],
  [
    'promises in a map that is asked before',
    'cache-stampede-protection',
    `${AXIOS}import { LRUCache } from 'lru-cache'\nconst c = new LRUCache<string, any>({ max: 9 })\nconst loads = new Map<string, Promise<any>>()\nexport async function f(k: string) { const v = c.get(k); if (v) return v; if (loads.has(k)) return loads.get(k); const p = (async () => { const { data } = await http.get(k); c.set(k, data); return data })(); loads.set(k, p); return p }`,
    ['present'],
  ],
  [
    'the only caller shares promises',
    'cache-stampede-protection',
    `${AXIOS}import { LRUCache } from 'lru-cache'\nconst c = new LRUCache<string, any>({ max: 9 })\nconst loads = new Map<string, Promise<any>>()\nexport function f(k: string) { const known = loads.get(k); if (known) return known; const p = g(k).finally(() => loads.delete(k)); loads.set(k, p); return p }\nasync function g(k: string) { const v = c.get(k); if (v) return v; const { data } = await http.get(k); c.set(k, data); return data }`,
    ['present'],
  ],
  [
    'one of two callers shares promises',
    'cache-stampede-protection',
    `${AXIOS}import { LRUCache } from 'lru-cache'\nconst c = new LRUCache<string, any>({ max: 9 })\nconst loads = new Map<string, Promise<any>>()\nexport function f(k: string) { const known = loads.get(k); if (known) return known; const p = g(k); loads.set(k, p); return p }\nexport const h = async (k: string) => (await g(k)).name\nasync function g(k: string) { const v = c.get(k); if (v) return v; const { data } = await http.get(k); c.set(k, data); return data }`,
    ['absent'],
  ],
  [
    'in a queue of one at a time',
    'cache-stampede-protection',
    `${AXIOS}import PQueue from 'p-queue'\nconst queue = new PQueue({ concurrency: 1 })\nlet token: any = null\nlet expiresAt = 0\nexport async function get() { return queue.add(async () => { if (token && Date.now() < expiresAt) return token; const { data } = await http.post('/token'); token = data; expiresAt = Date.now() + 9; return token }) }`,
    ['present'],
  ],
  [
    'in a queue of several at a time',
    'cache-stampede-protection',
    `${AXIOS}import PQueue from 'p-queue'\nconst queue = new PQueue({ concurrency: 5 })\nlet token: any = null\nlet expiresAt = 0\nexport async function get() { return queue.add(async () => { if (token && Date.now() < expiresAt) return token; const { data } = await http.post('/token'); token = data; expiresAt = Date.now() + 9; return token }) }`,
    ['absent'],
  ],
  [
    'asked for by one timer',
    'cache-stampede-protection',
    `${AXIOS}class Api { private token: any = null; private expiresAt = 0; start() { setInterval(() => void this.get(), 1000) } async get() { if (this.token && Date.now() < this.expiresAt) return this.token; const { data } = await http.post('/token'); this.token = data; this.expiresAt = Date.now() + 9; return data } }\nexport const api = new Api()`,
    [],
  ],
  [
    'in an object of one request',
    'cache-stampede-protection',
    `${AXIOS}class Api { private token: any = null; private expiresAt = 0; async get() { if (this.token && Date.now() < this.expiresAt) return this.token; const { data } = await http.post('/token'); this.token = data; this.expiresAt = Date.now() + 9; return data } }\nexport async function handle() { const api = new Api(); return api.get() }`,
    ['unknown'],
  ],
  [
    'in an object that is handed on',
    'cache-stampede-protection',
    `${AXIOS}class Api { private token: any = null; private expiresAt = 0; async get() { if (this.token && Date.now() < this.expiresAt) return this.token; const { data } = await http.post('/token'); this.token = data; this.expiresAt = Date.now() + 9; return data } }\nexport function make() { const api = new Api(); return () => api.get() }`,
    ['absent'],
  ],
  [
    'words of coalescing within other words and in texts',
    'cache-stampede-protection',
    `${AXIOS}import { LRUCache } from 'lru-cache'\nconst memoryCache = new LRUCache<string, any>({ max: 9 })\nexport async function f(k: string) { const v = memoryCache.get(k); if (v) return v; const { data } = await http.get(k, { params: { pending: 'pending' } }); memoryCache.set(k, data); return data }`,
    ['absent'],
  ],
  [
    'what is settled is not what expires',
    'cache-stampede-protection',
    `${AXIOS}class Orders { private order: any = null; async get() { if (this.order && this.order.settled) return this.order; const { data } = await http.get('/o'); this.order = data; return data } }\nexport const orders = new Orders()`,
    [],
  ],
  [
    'a runner of models is no cache',
    'cache-stampede-protection',
    `${AXIOS}const runner = new ModelRunner()\nexport async function f(k: string) { const v = runner.get(k); if (v) return v; const { data } = await http.get(k); runner.set(k, data); return data }`,
    [],
  ],
  [
    'two caches, one over the other',
    'cache-stampede-protection',
    `${REDIS}export async function f(k: string) { const v = await redis.get(k); if (v) return v; const w = await redis.hget('old', k); await redis.set(k, w!); return w }`,
    [],
  ],

  [
    'a pipeline over many keys',
    'cache-ttl-jitter',
    `${REDIS}export async function f(all: string[]) { const p = redis.pipeline(); for (const k of all) p.setex(k, 60 * 60, '1'); await p.exec() }`,
    ['absent'],
  ],
  [
    'a lifetime of each item',
    'cache-ttl-jitter',
    `${REDIS}export async function f(all: { k: string; s: number }[]) { for (const { k, s } of all) await redis.setex(k, s, '1') }`,
    [],
  ],
  [
    'marks that do not expire',
    'cache-ttl-jitter',
    `${REDIS}export async function f(all: string[]) { for (const k of all) await redis.set(k, '1') }`,
    [],
  ],

  [
    'spliced off by a timeout that is set anew',
    'in-memory-timer',
    `${AXIOS}const queue: object[] = []\nexport function add(x: object) { queue.push(x); setTimeout(flush, 100) }\nasync function flush() { const items = queue.splice(0); await http.post('/a', items) }`,
    ['absent'],
  ],
  [
    'a list that nobody fills',
    'in-memory-timer',
    `${AXIOS}let queue: object[] = []\nsetInterval(async () => { const items = queue; queue = []; await http.post('/a', items) }, 100)`,
    [],
  ],
  [
    'a counter that is reset',
    'in-memory-timer',
    `let seen: number[] = []\nexport const add = (x: number) => seen.push(x)\nsetInterval(() => { seen = [] }, 100)`,
    [],
  ],
  [
    'a delay that is capped',
    'in-memory-timer',
    `${AXIOS}export const again = (n: number) => setTimeout(() => http.post('/a'), Math.min(2 ** n * 1000, 3_600_000))`,
    ['absent'],
  ],
  [
    'a delay that nothing bounds',
    'in-memory-timer',
    `${AXIOS}export const again = (n: number) => setTimeout(() => http.post('/a'), n * 1000)`,
    [],
  ],

  [
    'a callback of a loop that is not async',
    'unbounded-fanout',
    `${AXIOS}export const f = (all: string[]) => all.forEach((x) => { console.log(x) })`,
    [],
  ],
  [
    'a function that waits, called and forgotten',
    'unbounded-fanout',
    `${AXIOS}async function one(x: string) { await http.post(x) }\nexport function f(all: string[]) { for (const x of all) void one(x) }`,
    ['absent'],
  ],
  [
    'a database has a pool',
    'unbounded-fanout',
    `${PG}export function f(all: string[]) { for (const x of all) void pool.query(x) }`,
    [],
  ],
  [
    'a loop with a pause',
    'unbounded-fanout',
    `${AXIOS}export async function f(all: string[]) { for (const x of all) { void http.post(x); await sleep(100) } }`,
    [],
  ],

  [
    'a debounce is no timeout',
    'timeout-inert',
    `export function f() { const t = setTimeout(() => save(), 100); clearTimeout(t) }`,
    [],
  ],
  [
    'cleared when what is awaited ended',
    'timeout-inert',
    `export async function f(reject: () => void) { const t = setTimeout(() => reject(), 100); await work(); clearTimeout(t) }`,
    [],
  ],
  [
    'cleared on one way only',
    'timeout-inert',
    `export function f(reject: () => void, x: boolean) { const t = setTimeout(() => reject(), 100); if (x) clearTimeout(t) }`,
    [],
  ],
]

describe('state in a service', () => {
  test.each(CASES)('%s (%s)', async (_, pattern, code, states) => {
    const found = (await practicesIn(code)).filter((practice) => practice.pattern === pattern)
    expect(found.map(({ state }) => state)).toEqual(states)
  })
})

test('a decorator schedules the method it stands on', async () => {
  const sources = {
    'package.json': '{"name":"shop"}',
    'src/main.ts': `${AXIOS}import { Cron } from '@nestjs/schedule'\nexport class Jobs { @Cron('* * * * *') async run() { await http.post('/a') } }`,
  }
  const [practice] = await factsOf('practice', sources)
  expect(practice).toMatchObject({
    pattern: 'distributed-lock',
    state: 'absent',
    symbol: 'src/main.ts#Jobs.run',
  })
})
