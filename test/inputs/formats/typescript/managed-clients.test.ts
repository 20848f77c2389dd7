import { expect, test } from 'vitest'
import { clientsIn } from './reading.js'

const REDIS = `import Redis from 'ioredis'\nimport { Worker } from 'bullmq'\nconst connection = new Redis('redis://cache')\n`
const INSTALLED = { ioredis: '5.8.0', bullmq: '5.34.0' }

async function stateIn(code: string): Promise<string | undefined> {
  const clients = await clientsIn(REDIS + code, INSTALLED)
  return clients.find(({ library }) => library === 'ioredis')?.guards['redis-timeout']?.state
}

test('a client that nothing but a worker uses is the worker’s', async () => {
  expect(await stateIn(`new Worker('mail', send, { connection })`)).toBe('delegated')
  expect(await stateIn(`const options = { connection }\nnew Worker('mail', send, options)`)).toBe('delegated')
})

test('commands of its own are judged all the same', async () => {
  expect(
    await stateIn(`new Worker('mail', send, { connection })\nexport const get = () => connection.get('a')`),
  ).toBe('absent')
})

test('a class of the same name manages nothing', async () => {
  expect(await stateIn(`class Pool { constructor(options: object) {} }\nnew Pool({ connection })`)).toBe(
    'absent',
  )
})

test('options that cannot be followed manage nothing', async () => {
  expect(await stateIn(`new Worker('mail', send, elsewhere)`)).toBe('absent')
  expect(await stateIn(`new Worker(`)).toBe('absent')
})

test('what only the making could set is missing there', async () => {
  const [client] = await clientsIn(
    `import Redis from 'ioredis'\nconst redis = new Redis('redis://cache')\nexport const get = () => redis.get('a')`,
    INSTALLED,
  )
  expect(client?.guards['redis-timeout']?.source).toMatchObject({ line: 2 })
})

test('clients made in one function have names of their own', async () => {
  const clients = await clientsIn(
    `import Redis from 'ioredis'\nclass Cache { start() { this.reader = new Redis(); this.writer = new Redis() } }\nexport const all = { cache: new Redis() }`,
    INSTALLED,
  )
  expect(clients.map(({ symbol }) => symbol)).toEqual([
    'src/main.ts#Cache.start.reader',
    'src/main.ts#Cache.start.writer',
    'src/main.ts#(file).cache',
  ])
})

test('the limiter of Upstash bounds what its client waits', async () => {
  const [client] = await clientsIn(
    `import { Redis } from '@upstash/redis'\nimport { Ratelimit } from '@upstash/ratelimit'\nexport const limit = new Ratelimit({ redis: new Redis({ url: 'https://cache' }) })`,
    { '@upstash/redis': '1.35.6', '@upstash/ratelimit': '2.0.7' },
  )
  expect(client?.guards['redis-timeout']?.state).toBe('delegated')
})

test('a function that makes the worker gets the connection', async () => {
  const worker = `const makeWorker = (given: { connection: Redis }) => new Worker('mail', send, given)\n`
  expect(await stateIn(`${worker}makeWorker({ connection })`)).toBe('delegated')
  const listening = `function listening(client) { client.on('error', log); return client }\n`
  expect(await stateIn(`${listening}${worker}makeWorker({ connection: listening(connection) })`)).toBe(
    'delegated',
  )
  expect(await stateIn(`${worker}makeWorker(elsewhere)`)).toBe('absent')
})
