/** Waits that follow failures outside of plain retries: in loops that go on anyway, for locks of a store, behind an answer. */
import { describe, expect, test } from 'vitest'
import type { Practice } from '../../../../../../src/facts/code.js'
import { practicesIn } from '../../reading.js'

const HEAD = `import axios from 'axios'\nimport Redis from 'ioredis'\nimport { createClient } from '@supabase/supabase-js'\nconst http = axios.create({ timeout: 100 })\nconst redis = new Redis({ host: 'redis' })\nconst db = createClient('http://db', 'key')\nconst other = createClient('http://other', 'key')\nconst sleep = (ms: number, signal?: AbortSignal) => new Promise((r) => setTimeout(r, ms))\n`

async function statesOf(code: string): Promise<Record<string, Practice['state']>> {
  const found = (await practicesIn(HEAD + code)).filter(({ pattern }) =>
    /^retry-(backoff|jitter)$/.test(pattern),
  )
  return Object.fromEntries(found.map(({ pattern, state }) => [pattern.slice(6), state]))
}

type Case = [name: string, code: string, states: Record<string, Practice['state']>]

const daemon = (body: string, head = ''): string =>
  `export async function scan(state: { on: boolean }) { ${head} while (state.on) { ${body} } }`

const SAME = { backoff: 'absent', jitter: 'absent' } as const

const DAEMONS: Case[] = [
  ['always the same', daemon(`try { await http.get('/a') } catch (e) { await sleep(100) }`), SAME],
  [
    'with a way out of the wait',
    `export async function scan(signal: AbortSignal) { while (!signal.aborted) { try { await http.get('/a') } catch (e) { if (signal.aborted) break; await sleep(100, signal) } } }`,
    SAME,
  ],
  [
    'for ever',
    `export async function scan() { for (;;) { try { await http.get('/a') } catch { await sleep(100) } } }`,
    SAME,
  ],
  [
    'ever longer',
    daemon(
      `try { await http.get('/a'); n = 0 } catch (e) { n++; await sleep(Math.random() * 100 * 2 ** n) }`,
      'let n = 0;',
    ),
    { backoff: 'present', jitter: 'present' },
  ],
  [
    'a wait that others compute',
    daemon(`try { await http.get('/a') } catch (e) { await sleep(pause(e)) }`),
    { backoff: 'unknown' },
  ],
  [
    'what callers give',
    `async function run(work: () => Promise<unknown>) { while (true) { try { await work() } catch (e) { await sleep(100) } } }\nrun(() => http.get('/a'))`,
    SAME,
  ],
  [
    'what callers of callers give',
    `async function run(work: () => Promise<unknown>) { while (true) { try { await work() } catch (e) { await sleep(100) } } }\nconst start = (work: () => Promise<unknown>) => run(work)\nstart(() => http.get('/a'))`,
    SAME,
  ],
  ['a poll', daemon(`try { await http.get('/a') } catch (e) { await sleep(100) } await sleep(1000)`), {}],
  ['half a minute', daemon(`try { await http.get('/a') } catch (e) { await sleep(30_000) }`), {}],
  ['nobody is asked', daemon(`try { await count() } catch (e) { await sleep(100) }`), {}],
  ['a failure ends it', daemon(`try { await http.get('/a') } catch (e) { await sleep(100); return }`), {}],
  [
    'each page has its round',
    `export async function all() { for (let page = 0; page < 9; page++) { try { await http.get('/a', { params: { page } }) } catch (e) { await sleep(100) } } }`,
    {},
  ],
  [
    'until it is there',
    `export async function waitForShop() { while (true) { try { await http.get('/a') } catch (e) { await sleep(100) } } }`,
    {},
  ],
]

describe('A loop that goes on after any failure', () => {
  test.each(DAEMONS)('%s', async (_, code, states) => {
    expect(await statesOf(code)).toEqual(states)
  })
})

const lock = (wait: string, take = `redis.set(key, '1', 'EX', 9, 'NX')`): string =>
  `export async function take(key: string) { const retryDelay = 50; for (let attempt = 1; attempt < 9; attempt++) { const locked = await ${take}; if (locked) return true; await sleep(${wait}) } return false }`

const LOCKS: Case[] = [
  ['in step', lock('retryDelay * attempt'), { jitter: 'absent' }],
  ['always the same', lock('retryDelay'), { jitter: 'absent' }],
  ['each at its time', lock('retryDelay * attempt * Math.random()'), { jitter: 'present' }],
  ['in one process', lock('retryDelay * attempt', 'mutexes.tryLock(key)'), {}],
]

describe('Waiting for a lock', () => {
  test.each(LOCKS)('%s', async (_, code, states) => {
    expect(await statesOf(code)).toEqual(states)
  })
})

const parts = (body: string, ask = 'db.rpc(name)'): string =>
  `export async function load(name: string) { let data, error; let retries = 0; while (retries < 5) { ({ data, error } = await ${ask}); ${body} } return data }`

const ANSWERS: Case[] = [
  ['an error taken out of it', parts('if (!error) break; retries++; await sleep(200)'), SAME],
  [
    'declared with its error',
    `export async function load(name: string) { for (let n = 0; n < 5; n++) { const { data, error } = await db.rpc(name); if (!error) return data; await sleep(200) } }`,
    SAME,
  ],
  [
    'ever longer',
    parts('if (!error) break; retries++; await sleep(2 ** retries * Math.random())'),
    { backoff: 'present', jitter: 'present' },
  ],
  [
    'of one of two by chance',
    `export async function load(name: string) { let retries = 0; while (retries < 5) { const one = Math.random() > 0.5 ? db : other; const { data, error } = await one.rpc(name); if (!error) return data; retries++; await sleep(200) } }`,
    SAME,
  ],
  [
    'of the next one',
    `export async function load(names: string[]) { let retries = 0; while (retries < 5) { const name = names.pop(); const { data, error } = await db.rpc(name); if (!error) return data; retries++; await sleep(200) } }`,
    {},
  ],
  ['data that is taken out of it', parts('if (!data) break; retries++; handle(data)'), {}],
]

describe('An answer that is taken apart', () => {
  test.each(ANSWERS)('%s', async (_, code, states) => {
    expect(await statesOf(code)).toEqual(states)
  })
})

const again = (body: string, wait = 'await sleep(500); '): string =>
  `export async function send(url: string, tryCount: number): Promise<unknown> { const r = await fetch(url, { signal: AbortSignal.timeout(9) }); ${body} if (r.status >= 300) { if (tryCount > 1) { ${wait}return send(url, tryCount - 1) } throw new Error('failed') } return r.json() }`

describe('A function that calls itself by what an answer says', () => {
  test('always the same wait', async () => {
    expect(await statesOf(again(''))).toEqual(SAME)
  })

  test('a helper whose time is its second argument', async () => {
    const pause = `async function waitForNext(url: string, ms: number) { log(url); await new Promise((r) => setTimeout(r, ms)) }\n`
    const code = again('', 'await waitForNext(url, 100 * 2 ** (9 - tryCount) * Math.random()); ')
    expect(await statesOf(pause + code)).toEqual({ backoff: 'present', jitter: 'present' })
  })

  test.each([
    ['every status', '', 'absent'],
    [
      'an earlier catch says nothing of it',
      `try { check(url) } catch (e) { if (e instanceof Gone) throw e }`,
      'absent',
    ],
    ['refusals are thrown', `if (r.status >= 400 && r.status < 500) throw new Error('refused');`, 'present'],
  ])('which failures: %s', async (_, body, state) => {
    const found = (await practicesIn(HEAD + again(body))).filter(
      ({ pattern }) => pattern === 'retry-4xx-differentiation',
    )
    expect(found.map((one) => one.state)).toEqual([state])
  })
})

test('a retry inside of a function for health', async () => {
  const code = `export async function healthController() { const retryOperation = async (operation: () => Promise<unknown>, retries = 3) => { for (let n = 1; n <= retries; n++) { try { return await operation() } catch (e) { if (n === retries) throw e; await sleep(2000) } } }; await retryOperation(() => redis.get('a')) }`
  expect(await statesOf(code)).toEqual(SAME)
})
