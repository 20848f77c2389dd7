/** States, references and collections: what the readers make of shapes that the rule fixtures do not show. */
import { describe, expect, test } from 'vitest'
import { factsOf, practicesIn } from './reading.js'

const PRISMA = `import { PrismaClient } from '@prisma/client'\nconst db = new PrismaClient()\n`
const PG = `import { Pool } from 'pg'\nconst pool = new Pool()\n`
const REDIS = `import Redis from 'ioredis'\nconst redis = new Redis()\n`

type Case = [name: string, pattern: string, code: string, states: string[]]

const CASES: Case[] = [
  [
    'a reference to itself',
    'reference-cycle',
    `const steps = [{ id: 'page', escalateTo: 'page' }]`,
    ['absent'],
  ],
  [
    'constants of an enumeration',
    'reference-cycle',
    `enum Team { One = 'one', Two = 'two' }\nconst teams = { one: { escalatesTo: Team.Two }, two: { escalatesTo: Team.One } }`,
    ['absent'],
  ],
  [
    'a reference that leads elsewhere',
    'reference-cycle',
    `const steps = [{ id: 'page', escalateTo: other.id }]`,
    [],
  ],
  [
    'a text that is cut off',
    'reference-cycle',
    `const steps = [{ id: 'a', escalateTo: 'b' }, { id: 'b', escalateTo: 'a' `,
    ['absent'],
  ],
  [
    'a tree in memory is climbed',
    'reference-cycle',
    `export const top = (policy) => { while (policy.escalatesTo) policy = policy.escalatesTo }`,
    [],
  ],
  [
    'SQL that puts rows to work, and SQL that finds the old ones',
    'state-timeout',
    `${PG}export const start = (id) => pool.query("update jobs set status = 'running' where id = $1", [id])\nexport const sweep = () => pool.query("select * from jobs where status = 'running' and started_at < now() - interval '1 hour'")`,
    ['present'],
  ],
  [
    'through a repository of the project',
    'state-timeout',
    `${PRISMA}class Refunds { update(id, data) { return db.refund.update({ where: { id }, data }) } }\nconst refunds = new Refunds()\nexport const start = (id) => refunds.update(id, { status: 'PROCESSING' })`,
    ['unknown'],
  ],
  [
    'a function whose name says that it looks for them',
    'state-timeout',
    `${PRISMA}export const start = (id) => db.job.update({ where: { id }, data: { state: 'RUNNING' } })\nexport async function requeueStuck() { await db.job.updateMany({ where: { state: 'RUNNING' }, data: { state: 'NEW' } }) }`,
    ['present'],
  ],
  [
    'old rows of something else',
    'state-timeout',
    `${PRISMA}export const start = (id) => db.export.update({ where: { id }, data: { status: 'PROCESSING' } })\nexport const sweep = (cutoff) => db.payment.findMany({ where: { status: 'PROCESSING', at: { lt: cutoff } } })`,
    ['unknown'],
  ],
  [
    'a state in memory only',
    'state-timeout',
    `export const start = (job) => queue.set(job.id, { status: 'RUNNING' })`,
    [],
  ],
  [
    'a table of something else',
    'state-timeout',
    `const transitions = { pending: 'fade', paid: ['slide'] }`,
    [],
  ],
  [
    'a table that is cut off',
    'state-timeout',
    `const transitions = { pending: ['paid'], paid: [`,
    ['unknown'],
  ],
  [
    'a machine whose waiting state listens for a timeout',
    'state-timeout',
    `import { createMachine } from 'xstate'\ncreateMachine({ states: { waiting: { on: { PAID: 'done', TIMED_OUT: 'expired' } } } })`,
    ['present'],
  ],
  [
    'a list that is stored only when it holds something',
    'negative-caching',
    `${REDIS}${PRISMA}export async function all(id) { const cached = await redis.get(id)\nif (cached) return cached\nconst rows = await db.row.findMany({ where: { id } })\nif (rows.length > 0) await redis.set(id, JSON.stringify(rows), 'EX', 9)\nreturn rows }`,
    ['absent'],
  ],
  [
    'a marker for what is missing',
    'negative-caching',
    `${REDIS}${PRISMA}export async function one(id) { const cached = await redis.get(id)\nif (cached) return cached\nconst row = await db.row.findUnique({ where: { id } })\nif (row) await redis.set(id, row, 'EX', 60)\nelse await redis.set(id, 'none', 'EX', 5)\nreturn row }`,
    ['present'],
  ],
  [
    'what is missing is a failure',
    'negative-caching',
    `${REDIS}${PRISMA}export async function one(id) { const cached = await redis.get(id)\nif (cached) return cached\nconst row = await db.row.findUniqueOrThrow({ where: { id } })\nawait redis.set(id, row, 'EX', 60)\nreturn row }`,
    [],
  ],
  [
    'a user that was there before is put back',
    'bounded-memory',
    `const users = new Map()\nexport function approve(userId) { const user = users.get(userId)\nusers.set(userId, user) }`,
    [],
  ],
  [
    'an object of each request',
    'bounded-memory',
    `export class Batch { private seen = new Set()\nadd(userId) { this.seen.add(userId) } }`,
    [],
  ],
  [
    'an object of a container, with a size that is asked for',
    'bounded-memory',
    `@Injectable()\nexport class Limits { private hits = new Map()\nhit(ip) { if (this.hits.size > 1000) return\nthis.hits.set(ip, 1) } }`,
    ['present'],
  ],
  [
    'handed to something that may empty it',
    'bounded-memory',
    `const sessions = new Map()\nsetupCleanup(sessions)\nexport const open = (sessionId) => sessions.set(sessionId, 1)`,
    ['unknown'],
  ],
  [
    'names of a few things',
    'bounded-memory',
    `const handlers = new Map()\nexport const register = (name, handler) => handlers.set(name, handler)`,
    [],
  ],
]

describe('states, references and collections', () => {
  test.each(CASES)('%s (%s)', async (_, pattern, code, states) => {
    const found = (await practicesIn(code)).filter((practice) => practice.pattern === pattern)
    expect(found.map(({ state }) => state)).toEqual(states)
  })

  test('the way of a circle is told', async () => {
    const [circle] = await practicesIn(
      `const p = [{ id: 'a', escalateTo: 'b' }, { id: 'b', escalateTo: 'c' }, { id: 'c', escalateTo: 'a' }]`,
    )
    expect(circle!.detail).toContain('`b` → `c` → `a` → `b`')
    expect(circle!.related.map(({ message }) => message)).toEqual(['leads to `c`', 'leads to `a`'])
  })

  test('a lock of a job is judged with its job', async () => {
    const code = `import cron from 'node-cron'\nimport { Mutex } from 'async-mutex'\n${PRISMA}const mutex = new Mutex()\ncron.schedule('* * * * *', () => mutex.runExclusive(() => db.mail.create({ data: {} })))`
    const practices = await factsOf('practice', { 'src/main.ts': code })
    expect(practices.map(({ pattern }) => pattern)).toEqual(['distributed-lock'])
  })
})
