/** Expressions that stand for a client though something is between: its calls are seen as those of the client itself. */
import { expect, test } from 'vitest'
import { clientsIn } from './reading.js'

const REDIS = `import Redis from 'ioredis'\n`
const VERSIONS = {
  ioredis: '5.6.1',
  '@prisma/client': '6.2.0',
  'twitter-api-v2': '1.29.0',
  pg: '8.13.0',
  'drizzle-orm': '0.40.0',
}

async function callsOf(code: string): Promise<string[]> {
  const clients = await clientsIn(code, VERSIONS)
  return clients.flatMap(({ calls }) => calls.map(({ method }) => method))
}

test.each([
  [
    'a member under a name of its own',
    `import { PrismaClient } from '@prisma/client'\nconst prisma = new PrismaClient()\nconst posts = prisma.post\nawait posts.findMany()`,
    ['findMany'],
  ],
  [
    'a member kept in a field',
    `import { TwitterApi } from 'twitter-api-v2'\nclass Bot {\n  client\n  start() { this.client = new TwitterApi({}).readWrite }\n  async post() { await this.client.v2.tweet('a') }\n}\nconst bot = new Bot()\nbot.start()\nawait bot.post()`,
    ['tweet'],
  ],
  [
    'a proxy before what is made at the first use',
    `${REDIS}let made: Redis | null = null\nfunction connection() { if (!made) made = new Redis('redis://a')\n return made }\nconst redis = new Proxy({} as Redis, { get(_target, name) { return connection()[name] } })\nawait redis.get('a')`,
    ['get'],
  ],
  [
    'a proxy around a client',
    `${REDIS}const redis = new Proxy(new Redis('redis://a'), { get(target, name, of) { return Reflect.get(target, name, of) } })\nawait redis.get('a')`,
    ['get'],
  ],
  [
    'a client with more members',
    `${REDIS}const redis = Object.assign(new Redis('redis://a'), { prefix: 'b' })\nawait redis.get('a')`,
    ['get'],
  ],
  [
    'what a keeper is given to make once',
    `${REDIS}function once<T>(name: string, make: () => T): T { const kept = globalThis as any\n kept[name] ??= make()\n return kept[name] }\nconst redis = once('redis', () => new Redis('redis://a'))\nawait redis.get('a')`,
    ['get'],
  ],
  [
    'what a keeper waits for',
    `${REDIS}declare function once<T>(make: () => Promise<T>): Promise<T>\nasync function keep<T>(make: () => Promise<T>): Promise<T> { return store.run(make) }\nconst redis = await keep(async () => { const made = new Redis('redis://a')\n return made })\nawait redis.get('a')`,
    ['get'],
  ],
])('%s is the client', async (_, code, calls) => {
  expect(await callsOf(code)).toEqual(calls)
})

test.each([
  [
    'a function whose answer is of another type than that of what it is given',
    `${REDIS}function probe<T, R>(make: () => T): R { return store.run(make) }\nconst answer = probe(() => new Redis('redis://a'))\nawait answer.get('a')`,
  ],
  [
    'a proxy of something else',
    `${REDIS}const redis = new Redis('redis://a')\nconst other = new Proxy({}, { get: (_target, name) => settings[name] })\nawait other.get('a')`,
  ],
  [
    'an object that takes members of others',
    `${REDIS}const redis = new Redis('redis://a')\nconst other = Object.assign({}, { redis })\nawait other.get('a')`,
  ],
])('%s is not', async (_, code) => {
  expect(await callsOf(code)).toEqual([])
})

test('a circle of stand-ins ends', async () => {
  const circle = `${REDIS}const a = new Proxy(b, { get: (_, name) => b[name] })\nconst b = Object.assign(a, {})\nawait a.get('c')`
  expect(await callsOf(circle)).toEqual([])
})

test('a database with replicas is asked through its primary', async () => {
  const code = `import { drizzle } from 'drizzle-orm/node-postgres'\nimport { withReplicas } from 'drizzle-orm/pg-core'\nconst db = withReplicas(drizzle('postgres://a'), [drizzle('postgres://b')])\nawait db.select().from(orders)`
  expect(await callsOf(code)).not.toEqual([])
})
