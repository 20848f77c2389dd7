/** Facts of libraries for jobs, caches, HTTP and concurrency, each as its client or guard is written. */
import { expect, test } from 'vitest'
import { factsOf, guardIn, practicesIn } from './reading.js'

type Case = [
  name: string,
  pattern: string,
  code: string,
  state: string,
  value: number | null,
  versions: Record<string, string>,
]

const BULL = `import Queue from 'bull'\n`
const KEYV = `import { createKeyv } from '@keyv/redis'\n`
const THROTTLER = `import { ThrottlerStorageRedisService } from '@nest-lab/throttler-storage-redis'\n`
const CASES: Case[] = [
  [
    'Keyv over an address',
    'redis-timeout',
    `${KEYV}export const cache = createKeyv('redis://cache')`,
    'absent',
    null,
    { '@keyv/redis': '5.1.6' },
  ],
  [
    'Keyv over options with a socket timeout',
    'redis-timeout',
    `${KEYV}export const cache = createKeyv({ url: 'redis://cache', socket: { socketTimeout: 900 } })`,
    'unknown',
    null,
    { '@keyv/redis': '5.1.6' },
  ],
  [
    'Keyv over what is passed in from elsewhere',
    'redis-timeout',
    `${KEYV}export const cacheOf = (redis) => createKeyv(redis)`,
    'delegated',
    null,
    { '@keyv/redis': '5.1.6' },
  ],
  [
    'Keyv connects by node-redis',
    'connect-timeout',
    `${KEYV}export const cache = createKeyv('redis://cache')`,
    'present',
    5,
    { '@keyv/redis': '5.1.6' },
  ],
  [
    'a throttler over options',
    'redis-timeout',
    `${THROTTLER}export const storage = new ThrottlerStorageRedisService({ host: 'cache' })`,
    'absent',
    null,
    { '@nest-lab/throttler-storage-redis': '1.2.0' },
  ],
  [
    'a throttler with a bound',
    'redis-timeout',
    `${THROTTLER}export const storage = new ThrottlerStorageRedisService({ host: 'cache', commandTimeout: 900 })`,
    'present',
    0.9,
    { '@nest-lab/throttler-storage-redis': '1.2.0' },
  ],
  [
    'bull connects by ioredis',
    'connect-timeout',
    `${BULL}export const q = new Queue('mail', 'redis://cache')`,
    'present',
    10,
    { bull: '4.16.5' },
  ],
  [
    'bull by default',
    'redis-timeout',
    `${BULL}export const q = new Queue('mail', { redis: { host: 'cache' } })`,
    'unknown',
    null,
    { bull: '4.16.5' },
  ],
  [
    'bull with a bound',
    'redis-timeout',
    `${BULL}export const q = new Queue('mail', 'redis://cache', { redis: { commandTimeout: 900 } })`,
    'present',
    0.9,
    { bull: '4.16.5' },
  ],
  [
    'bull of another major version',
    'connect-timeout',
    `${BULL}export const q = new Queue('mail')`,
    'unknown',
    null,
    { bull: '3.29.0' },
  ],
  [
    'pg-boss by default',
    'pool-acquire-timeout',
    `import PgBoss from 'pg-boss'\nexport const b = new PgBoss('postgres://db')`,
    'absent',
    null,
    { 'pg-boss': '10.4.2' },
  ],
  [
    'pg-boss with a bound',
    'pool-acquire-timeout',
    `import PgBoss from 'pg-boss'\nexport const b = new PgBoss({ connectionString: 'postgres://db', connectionTimeoutMillis: 2000 })`,
    'present',
    2,
    { 'pg-boss': '10.4.2' },
  ],
  [
    'pg-boss with a database of its own',
    'pool-acquire-timeout',
    `import PgBoss from 'pg-boss'\nimport { db } from './db.js'\nexport const b = new PgBoss({ db })`,
    'present',
    null,
    { 'pg-boss': '10.4.2' },
  ],
  [
    'memcached by default',
    'redis-timeout',
    `import Memcached from 'memcached'\nexport const m = new Memcached('cache:11211')`,
    'absent',
    null,
    { memcached: '2.2.2' },
  ],
  [
    'memcached with its timeout',
    'redis-timeout',
    `import Memcached from 'memcached'\nexport const m = new Memcached('cache:11211', { timeout: 500 })`,
    'inert',
    null,
    { memcached: '2.2.2' },
  ],
  [
    'memjs by default',
    'redis-timeout',
    `import { Client } from 'memjs'\nexport const m = Client.create('cache:11211')`,
    'present',
    0.5,
    { memjs: '1.3.2' },
  ],
  [
    'memjs in seconds',
    'redis-timeout',
    `import memjs from 'memjs'\nexport const m = memjs.Client.create('cache:11211', { timeout: 2 })`,
    'present',
    2,
    { memjs: '1.3.2' },
  ],
  [
    'gaxios by default',
    'http-timeout',
    `import { request } from 'gaxios'\nawait request({ url: 'http://a' })`,
    'absent',
    null,
    { gaxios: '7.3.1' },
  ],
  [
    'gaxios with a timeout',
    'http-timeout',
    `import { Gaxios } from 'gaxios'\nconst g = new Gaxios({ timeout: 3000 })\nawait g.request({ url: 'http://a' })`,
    'present',
    3,
    { gaxios: '7.3.1' },
  ],
  [
    'gaxios retries when told to',
    'http-retry',
    `import { request } from 'gaxios'\nawait request({ url: 'http://a', retryConfig: { retry: 2 } })`,
    'present',
    2,
    { gaxios: '7.3.1' },
  ],
  [
    'fetch-retry by default',
    'http-retry',
    `import fetchRetry from 'fetch-retry'\nconst get = fetchRetry(fetch)\nawait get('http://a')`,
    'present',
    3,
    { 'fetch-retry': '6.0.0' },
  ],
  [
    'fetch-retry waits the same',
    'retry-backoff',
    `import fetchRetry from 'fetch-retry'\nconst get = fetchRetry(fetch)\nawait get('http://a')`,
    'absent',
    null,
    { 'fetch-retry': '6.0.0' },
  ],
  [
    'fetch-retry that grows',
    'retry-backoff',
    `import fetchRetry from 'fetch-retry'\nconst get = fetchRetry(fetch, { retryDelay: (attempt) => 2 ** attempt * 100 })\nawait get('http://a')`,
    'present',
    null,
    { 'fetch-retry': '6.0.0' },
  ],
  [
    'fetch-retry of a POST',
    'retry-idempotency',
    `import fetchRetry from 'fetch-retry'\nconst get = fetchRetry(fetch)\nawait get('http://a', { method: 'POST' })`,
    'absent',
    null,
    { 'fetch-retry': '6.0.0' },
  ],
  [
    'ts-retry-promise by default',
    'http-retry',
    `import { retry } from 'ts-retry-promise'\nexport const get = () => retry(() => fetch('http://a'))`,
    'present',
    10,
    { 'ts-retry-promise': '0.8.1' },
  ],
  [
    'ts-retry-promise waits the same',
    'retry-backoff',
    `import { retry } from 'ts-retry-promise'\nexport const get = () => retry(() => fetch('http://a'), { backoff: 'FIXED' })`,
    'absent',
    null,
    { 'ts-retry-promise': '0.8.1' },
  ],
  [
    'ts-retry-promise that grows',
    'retry-backoff',
    `import { retry } from 'ts-retry-promise'\nexport const get = () => retry(() => fetch('http://a'), { backoff: 'EXPONENTIAL' })`,
    'present',
    null,
    { 'ts-retry-promise': '0.8.1' },
  ],
  [
    'Google Cloud Storage',
    'http-timeout',
    `import { Storage } from '@google-cloud/storage'\nconst s = new Storage()\nawait s.bucket('a').file('b').save('c')`,
    'unknown',
    null,
    { '@google-cloud/storage': '7.22.0' },
  ],
  [
    'Google Cloud Storage retries',
    'http-retry',
    `import { Storage } from '@google-cloud/storage'\nconst s = new Storage()\nawait s.bucket('a').file('b').save('c')`,
    'present',
    3,
    { '@google-cloud/storage': '7.22.0' },
  ],
  [
    'a semaphore',
    'bulkhead',
    `import { Semaphore } from 'async-mutex'\nconst few = new Semaphore(4)\nexport const get = () => few.runExclusive(() => fetch('http://a'))`,
    'present',
    4,
    {},
  ],
  [
    'mapLimit',
    'bulkhead',
    `import { mapLimit } from 'async'\nexport const all = (ids) => mapLimit(ids, 5, async (id) => fetch('http://a/' + id))`,
    'present',
    5,
    {},
  ],
  [
    'p-throttle',
    'rate-limit',
    `import pThrottle from 'p-throttle'\nconst slow = pThrottle({ limit: 2, interval: 1000 })\nexport const get = slow(() => fetch('http://a'))`,
    'present',
    2,
    {},
  ],
]

test.each(CASES)('%s: %s', async (_, pattern, code, state, value, versions) => {
  const guard = await guardIn(pattern, code, versions)
  expect([guard.state, guard.value]).toEqual([state, value])
})

test.each([
  [
    `${BULL}const q = new Queue('mail')\nq.process(async (job) => { try { await send(job) } catch (e) { console.error(e) } })`,
  ],
  [
    `${BULL}const q = new Queue('mail')\nq.process(4, async (job) => { try { await send(job) } catch (e) { console.error(e) } })`,
  ],
  [
    `${BULL}const q = new Queue('mail')\nq.process('a', 4, async (job) => { try { await send(job) } catch (e) { console.error(e) } })`,
  ],
  [
    `import PgBoss from 'pg-boss'\nconst b = new PgBoss('postgres://db')\nb.work('mail', async (jobs) => { try { await send(jobs) } catch (e) { console.error(e) } })`,
  ],
])('a handler of jobs that loses them: %s', async (code) => {
  const lost = (await practicesIn(code)).filter(({ pattern }) => pattern === 'swallowed-error')
  expect(lost.map(({ state }) => state)).toEqual(['absent'])
})

test('a message of the connection manager that is acknowledged before its work', async () => {
  const code = `import amqp from 'amqp-connection-manager'
    const connection = amqp.connect(['amqp://mq'])
    const channel = connection.createChannel({})
    channel.consume('mail', async (message) => { channel.ack(message); await fetch('http://mails', { method: 'POST' }) })`
  const acks = (await practicesIn(code)).filter(({ pattern }) => pattern === 'ack-after-work')
  expect(acks.map(({ state }) => state)).toEqual(['absent'])
})

test('bull listens for its errors by itself', async () => {
  const [client] = await factsOf('client', {
    'package.json': '{"name":"shop","dependencies":{"bull":"4.16.5"}}',
    'src/main.ts': `${BULL}export const q = new Queue('mail', 'redis://cache')`,
  })
  expect(client?.library).toBe('bull')
  expect(client?.guards['client-error-listener']).toBeUndefined()
})
