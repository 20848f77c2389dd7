/** Failures that are caught and reach nobody: by a loop that goes on, a return in `finally`, a job's answer, a failed start. */
import { describe, expect, test } from 'vitest'
import { factsOf } from '../../reading.js'

const PACKAGE = JSON.stringify({
  name: 'shop',
  dependencies: {
    axios: '1.7.9',
    bullmq: '5.61.0',
    express: '5.1.0',
    fastify: '5.0.0',
    ioredis: '5.4.0',
    pg: '8.13.0',
  },
})
const AXIOS = `import axios from 'axios'\nconst http = axios.create({ baseURL: 'http://mail' })\n`
const PG = `import { Pool } from 'pg'\nconst db = new Pool()\n`
const REDIS = `import Redis from 'ioredis'\nconst redis = new Redis()\n`
const WORKER = `import { Worker } from 'bullmq'\n`

async function stated(main: string, patterns = ['swallowed-error']): Promise<string[]> {
  const practices = await factsOf('practice', { 'package.json': PACKAGE, 'src/main.ts': main })
  return practices.filter(({ pattern }) => patterns.includes(pattern)).map(({ state }) => state)
}

function cases(name: string, rows: [string, string, string[]][]): void {
  describe(name, () => {
    test.each(rows)('%s', async (_, main, states) => {
      expect(await stated(main)).toEqual(states)
    })
  })
}

const each = (body: string): string => `${AXIOS}${PG}export async function mailAll(orders: any[]) { ${body} }`
const SEND = `await http.post('/mail', order)`

cases('a single item of a loop', [
  [
    'is lost',
    each(`for (const order of orders) { try { ${SEND} } catch (e) { console.error(e) } }`),
    ['absent'],
  ],
  [
    'is lost where the message is named first',
    each(
      `for (const order of orders) { try { ${SEND} } catch (e) { const text = e instanceof Error ? e.message : String(e); console.error(text) } }`,
    ),
    ['absent'],
  ],
  [
    'is counted for whoever called',
    each(
      `let sent = 0; for (const order of orders) { try { ${SEND}; sent++ } catch (e) { console.error(e) } } return sent`,
    ),
    [],
  ],
  [
    'is kept',
    each(
      `const failed = []; for (const order of orders) { try { ${SEND} } catch (e) { failed.push(order) } } return failed`,
    ),
    [],
  ],
  [
    'gives way to the next',
    each(`for (const order of orders) { try { ${SEND}; return } catch (e) { console.error(e) } }`),
    [],
  ],
  [
    'may be read again',
    `${AXIOS}${PG}export async function mailAll() { const found = await db.query('SELECT * FROM orders'); for (const order of found.rows) { try { ${SEND} } catch (e) { console.error(e) } } }`,
    ['unknown'],
  ],
  [
    'is not read again once it is marked',
    `${AXIOS}${PG}export async function mailAll() { const found = await db.query('SELECT * FROM orders'); for (const order of found.rows) { await db.query('UPDATE orders SET mailed = true'); try { ${SEND} } catch (e) { console.error(e) } } }`,
    ['absent'],
  ],
  [
    'is reported',
    each(`for (const order of orders) { try { ${SEND} } catch (e) { captureException(e) } }`),
    [],
  ],
])

const read = (caught: string): string =>
  `${AXIOS}export async function rates() { try { const answer = await http.get('/rates'); return answer.data } catch (error) { ${caught} } }`

cases('a failure that is thrown on in part', [
  [
    'by what it is parsed to',
    read(`const known = parse(error); if (known) throw new Error(known)`),
    ['absent'],
  ],
  ['by its class', read(`if (error instanceof Refused) throw error; console.error(error)`), ['absent']],
  ['by a function', read(`if (isRefused(error)) { throw error }`), ['absent']],
  ['is thrown on but for one', read(`if (error.code !== 'ENOENT') throw error`), []],
  ['is thrown on but for those that are known', read(`if (!isMissing(error)) throw error`), []],
  ['is answered otherwise', read(`if (isRefused(error)) throw error; return []`), []],
  ['is thrown last', read(`if (isRefused(error)) throw new Error('refused'); throw error`), []],
  [
    'is tried again',
    `${AXIOS}export async function rates() { for (let i = 0; i < 3; i++) { try { return await http.get('/rates') } catch (error) { if (isRefused(error)) throw error } } }`,
    [],
  ],
])

const last = (caught: string, finallyBlock: string): string =>
  `${PG}export async function prices() { let rows = []; try { rows = (await db.query('SELECT 1')).rows } catch (error) { ${caught} } finally { ${finallyBlock} } }`

cases('a return in finally', [
  ['after a line of the log', last('console.error(error)', 'return rows'), ['absent']],
  ['takes back what is thrown', last('console.error(error); throw error', 'return rows'), ['absent']],
  ['after it was kept', last('failed = error', 'return rows'), []],
  ['that only cleans up', last('throw error', 'release()'), []],
  ['that the code explains', last('// best effort\nconsole.error(error)', 'return rows'), ['unknown']],
  [
    'of a cache',
    `${REDIS}export async function prices() { let value = null; try { value = await redis.get('prices') } catch (error) { console.error(error) } finally { return value } }`,
    [],
  ],
])

const FASTIFY = `import fastify from 'fastify'\nconst app = fastify()\n`

cases('a failed start', [
  [
    'that is only logged by a function that is run at once',
    `${FASTIFY};(async () => { try { await app.listen({ port: 80 }) } catch (error) { console.error(error) } })()`,
    ['absent'],
  ],
  [
    'that others may learn of',
    `${FASTIFY}export async function start() { try { await app.listen({ port: 80 }) } catch (error) { console.error(error) } }`,
    [],
  ],
  [
    'that is only logged',
    `${FASTIFY}async function start() { try { await app.listen({ port: 80 }) } catch (error) { console.error(error) } }\nstart()`,
    ['absent'],
  ],
  [
    'that is only logged where it is called',
    `${FASTIFY}async function start() { await app.listen({ port: 80 }) }\nstart().catch(console.error)`,
    ['absent'],
  ],
  [
    'that ends the process',
    `${FASTIFY}async function start() { try { await app.listen({ port: 80 }) } catch (error) { console.error(error); process.exit(1) } }\nstart()`,
    [],
  ],
  [
    'that ends the process where it is called',
    `${FASTIFY}async function start() { await app.listen({ port: 80 }) }\nstart().catch((error) => { console.error(error); process.exit(1) })`,
    [],
  ],
])

describe('what a job gives back', () => {
  const job = (body: string): string => `${WORKER}${AXIOS}new Worker('mail', async (job) => { ${body} })`
  test.each([
    ['an error', `if (!job.data.to) return new Error('nobody')`, ['absent']],
    ['an error that is thrown', `if (!job.data.to) throw new Error('nobody')`, []],
    ['an answer that nobody looks at', `return fetch('http://mail/send', { method: 'POST' })`, ['absent']],
    ['an answer of a client that throws', `return http.post('/send', job.data)`, []],
    ['what it has read', `return fetch('http://mail/send')`, []],
  ])('%s', async (_, body, states) => {
    expect(await stated(job(body), ['swallowed-error', 'unread-answer'])).toEqual(states)
  })
})

const settled = (after: string): string =>
  `${AXIOS}async function save(order: object) { await http.post('/orders', order) }
export async function saveAll(orders: object[]) { const results = await Promise.allSettled(orders.map((order) => save(order))); ${after} }`
const COUNT = `const done = results.filter((one) => one.status === 'fulfilled').length`

cases('how many of several calls succeeded', [
  ['is only logged', settled(`${COUNT}; console.log(done)`), ['absent']],
  [
    'is only shown',
    settled(`${COUNT}; const share = done / orders.length; updateProgress(share)`),
    ['absent'],
  ],
  ['decides', settled(`${COUNT}; if (done < orders.length) throw new Error('some failed')`), ['present']],
  ['is given back', settled(`${COUNT}; return done`), ['present']],
])

cases('what is put into a list for others', [
  [
    'is lost',
    `${REDIS}export async function add(event: string) { try { await redis.rpush('events', event) } catch (error) { console.error(error) } }`,
    ['absent'],
  ],
  [
    'only shows what was last',
    `${REDIS}export async function add(event: string) { try { await redis.lpush('latest', event); await redis.ltrim('latest', 0, 9) } catch (error) { console.error(error) } }`,
    [],
  ],
])

const behind = (around: string): string =>
  `${AXIOS}async function enqueue(order: object) { await http.post('/orders', order) }\nexport async function place(order: object) { ${around} }`

cases('a function behind `.catch`', [
  [
    'whose failure is only logged',
    behind(`await enqueue(order).catch((e) => { console.error(e) }); report(order)`),
    ['absent'],
  ],
  [
    'after what follows it',
    behind(`await enqueue(order).then(() => count()).catch((e) => { console.error(e) })`),
    ['absent'],
  ],
  ['whose failure is reported', behind(`await enqueue(order).catch((e) => { captureException(e) })`), []],
  [
    'before a throw',
    behind(`await enqueue(order).catch((e) => { console.error(e) }); throw new Error('no')`),
    [],
  ],
  [
    'that cleans up',
    behind(`try { work() } finally { await enqueue(order).catch((e) => { console.error(e) }) }`),
    [],
  ],
  [
    'that removes what only the work needed',
    `${AXIOS}export async function run() { try { await http.get('/a') } finally { await http.delete('/a/1').catch(() => {}) } }`,
    [],
  ],
  [
    'that removes something by the way',
    `${AXIOS}export async function run() { await http.delete('/a/1').catch(() => {}); report() }`,
    ['absent'],
  ],
  [
    'that sends at the end',
    `${AXIOS}export async function run() { try { await http.get('/a') } finally { await http.post('/a').catch(() => {}) } }`,
    ['absent'],
  ],
])
