import { expect, test } from 'vitest'
import { clientsIn, factsOf } from './reading.js'

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

const QUEUE = `import { Queue } from 'bullmq'\n`

test('a queue waits for its connection, unless that holds nothing back', async () => {
  expect(await stateIn(`${QUEUE}new Queue('mail', { connection })`)).toBe('unknown')
  const failing = `import Redis from 'ioredis'\n${QUEUE}new Queue('mail', { connection: new Redis('redis://cache', { enableOfflineQueue: false }) })`
  const [client] = (await clientsIn(failing, INSTALLED)).filter(({ library }) => library === 'ioredis')
  expect(client?.guards['redis-timeout']?.state).toBe('delegated')
})

test('a queue and a worker with one connection', async () => {
  expect(
    await stateIn(`${QUEUE}new Worker('mail', send, { connection })\nnew Queue('mail', { connection })`),
  ).toBe('unknown')
})

test('a queue leaves it to the connection that it is given', async () => {
  const clients = await clientsIn(
    `${REDIS}${QUEUE}const options = () => ({ connection })\nexport const queue = new Queue('mail', { ...options() })`,
    INSTALLED,
  )
  const queue = clients.find(({ library }) => library === 'bullmq')
  expect(queue?.guards['redis-timeout']?.state).toBe('delegated')
  expect(queue?.guards['connect-timeout']?.state).toBe('delegated')
})

test('a connection that functions hand on is followed to where it is made', async () => {
  const clients = await factsOf('client', {
    'package.json': JSON.stringify({ name: 'shop', dependencies: INSTALLED }),
    'src/redis.ts': `import { Cluster } from 'ioredis'
      const nodes = (text: string) => text.split(',').map((host) => ({ host }))
      const makeCluster = (more: object) => (process.env.NODES ? new Cluster(nodes(process.env.NODES), { redisOptions: more }) : null)
      const optionsFor = (name: string, connection: unknown) => ({ connection, prefix: name })
      export const queueOptions = (name: string) => {
        const connection = makeCluster({ commandTimeout: 900 })
        return connection ? optionsFor(name, connection) : null
      }`,
    'src/main.ts': `${QUEUE}import { queueOptions } from './redis.js'
      const options = queueOptions('mail')
      export const queue = options ? new Queue('mail', { ...options, defaultJobOptions: {} }) : null`,
  })
  const states = clients.map(({ library, guards }) => [library, guards['redis-timeout']?.state])
  expect(states).toEqual([
    ['ioredis', 'present'],
    ['bullmq', 'delegated'],
  ])
})

test.each([
  [`new Cluster([{ host: 'a' }], { redisOptions: { commandTimeout: 900 } })`, 'present'],
  [`new Cluster([{ host: 'a' }], { redisOptions: { socketTimeout: 900 } })`, 'present'],
  [`new Redis.Cluster(nodes(), { redisOptions: { commandTimeout: 900 } })`, 'present'],
  [`new Redis.Cluster(nodes(), { redisOptions: {} })`, 'absent'],
  [`new Cluster(nodes(), { redisOptions: { ...(process.env.T ? { commandTimeout: 9 } : {}) } })`, 'unknown'],
])('%s: %s', async (made, state) => {
  const code = `import Redis, { Cluster } from 'ioredis'\nimport { nodes } from './nodes.js'\nconst cache = ${made}\nexport const get = () => cache.get('a')`
  const [client] = await clientsIn(code, INSTALLED)
  expect(client?.guards['redis-timeout']?.state).toBe(state)
})

test.each([
  [
    `createCluster({ rootNodes: [{ url: 'redis://a' }], defaults: { socket: { socketTimeout: 900 } } })`,
    'unknown',
  ],
  [`createCluster({ rootNodes: [{ url: 'redis://a' }] })`, 'absent'],
  [
    `createSentinel({ name: 'a', sentinelRootNodes: [], nodeClientOptions: { socket: { socketTimeout: 9 } } })`,
    'unknown',
  ],
])('%s: %s', async (made, state) => {
  const code = `import { createCluster, createSentinel } from 'redis'\nconst cache = ${made}\nexport const get = () => cache.get('a')`
  const [client] = await clientsIn(code, { redis: '5.8.0' })
  expect(client?.guards['redis-timeout']?.state).toBe(state)
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
