/** Retries without a catch clause: loops that ask an answer, handlers of promises that call again, waits that are handed on. */
import { describe, expect, test } from 'vitest'
import type { Practice } from '../../../../../../src/facts/code.js'
import { practicesIn } from '../../reading.js'

const HEAD = `import axios from 'axios'\nconst http = axios.create({ timeout: 100 })\nconst sleep = (ms: number) => new Promise((r) => setTimeout(r, ms))\nconst ask = (url: string) => fetch(url, { signal: AbortSignal.timeout(100) })\n`

async function stateOf(pattern: string, code: string): Promise<Practice['state'] | null> {
  const found = (await practicesIn(HEAD + code)).filter((practice) => practice.pattern === pattern)
  expect(found.length, JSON.stringify(found)).toBeLessThan(2)
  return found[0]?.state ?? null
}

const inFunction = (body: string, head = 'load(url: string)'): string =>
  `export async function ${head} { ${body} }`

type Case = [name: string, code: string, state: Practice['state'] | null]

const BACKOFF: Case[] = [
  [
    'goes round unless it succeeded',
    inFunction('for (let n = 0; n < 5; n++) { const r = await ask(url); if (r.ok) return r }'),
    'absent',
  ],
  [
    'asks at the end of each round',
    inFunction('let r; let n = 0; do { r = await ask(url); n++ } while (!r.ok && n < 5); return r'),
    'absent',
  ],
  [
    'waits always the same',
    inFunction(
      'for (let n = 0; n < 5; n++) { const r = await ask(url); if (r.status >= 500) { await sleep(100); continue } return r }',
    ),
    'absent',
  ],
  [
    'waits ever longer',
    inFunction(
      'for (let n = 0; n < 5; n++) { const r = await ask(url); if (r.ok) return r; await sleep(2 ** n * Math.random()) }',
    ),
    'present',
  ],
  [
    'a flag for a good answer',
    inFunction(
      'let n = 0, done = false; while (n < 5 && !done) { try { const r = await ask(url); if (r.ok) done = true } catch (e) { log(e) } n++ }',
    ),
    'absent',
  ],
  [
    'what a catch gives is asked',
    inFunction(
      'for (let n = 0; n < 5; n++) { const r = await http.get(url).catch(() => null); if (r) return r }',
    ),
    'absent',
  ],
  [
    'a list of waits, all the same',
    inFunction(
      'for (const delay of [100, 100, 100]) { try { return await http.get(url) } catch (e) { await sleep(delay) } }',
    ),
    'absent',
  ],
  [
    'a list of waits that rise',
    inFunction(
      'for (const delay of [100, 500, 900]) { try { return await http.get(url) } catch (e) { await sleep(delay) } }',
    ),
    'present',
  ],
  [
    'two attempts of a list',
    inFunction(
      'for (const delay of [0, 500]) { try { return await http.get(url) } catch (e) { log(delay) } }',
    ),
    null,
  ],
  [
    'a promise that is caught',
    'export function load(url: string, n = 5): Promise<unknown> { return http.get(url).catch((e) => { if (n === 1) throw e; return load(url, n - 1) }) }',
    'absent',
  ],
  [
    'a caught promise that waits',
    'export function load(url: string, n = 5): Promise<unknown> { return http.get(url).catch(async (e) => { if (n === 1) throw e; await sleep(2 ** n * 100); return load(url, n - 1) }) }',
    'present',
  ],
  [
    'an answer that failed',
    'export async function load(url: string, retries = 5): Promise<any> { const r = await ask(url); if (!r.ok && retries > 0) return load(url, retries - 1); return r }',
    'absent',
  ],
  [
    'a wait that is handed on',
    'export async function again(work: () => Promise<unknown>, left: number, ms: number): Promise<unknown> { try { return await work() } catch (e) { if (left === 0) throw e; await sleep(ms); return again(work, left - 1, ms) } }',
    'absent',
  ],
  [
    'a wait that is handed on doubled',
    'export async function again(work: () => Promise<unknown>, left: number, ms: number): Promise<unknown> { try { return await work() } catch (e) { if (left === 0) throw e; await sleep(ms); return again(work, left - 1, ms * 2) } }',
    'present',
  ],
  [
    'a wait of the options that are handed on',
    'export async function again(work: () => Promise<unknown>, left: number, o: { ms: number }): Promise<unknown> { try { return await work() } catch (e) { if (left === 0) throw e; await sleep(o.ms); return again(work, left - 1, o) } }',
    'absent',
  ],
  [
    'another one each time',
    'export async function again(work: () => Promise<unknown>, left: number, ms: number): Promise<unknown> { try { return await work() } catch (e) { if (left === 0) throw e; await sleep(ms); return again(work, left - 1, next(ms)) } }',
    'unknown',
  ],
  // What looks like it.
  [
    'each round asks another host',
    inFunction(
      'for (let n = 0; n < hosts.length; n++) { const r = await ask(hosts[n]); if (r.ok) return r }',
      'load(hosts: string[])',
    ),
    null,
  ],
  [
    'each round asks the next page',
    inFunction(
      'let next = url; for (;;) { const r = await ask(next); if (!r.ok) return; next = r.headers.get("next")! }',
    ),
    null,
  ],
  [
    'a list of hosts',
    inFunction(
      'for (const host of hosts) { try { return await http.get(host) } catch (e) { log(e) } }',
      'load(hosts: string[])',
    ),
    null,
  ],
  [
    'a list of things to try, of which only a message tells',
    inFunction(
      'for (const model of models) { try { return await http.get("/x") } catch (e) { log(model) } }',
      'load(models: string[])',
    ),
    null,
  ],
  [
    'waits until it is there',
    inFunction('while (true) { const r = await ask(url); if (r.status === 200) return r; await sleep(100) }'),
    null,
  ],
  [
    'waits for a state by its name',
    inFunction(
      'for (let n = 0; n < 5; n++) { const r = await ask(url); if (r.ok) return r; await sleep(100) }',
      'waitForStart(url: string)',
    ),
    null,
  ],
  [
    'asks whether somebody is well',
    inFunction(
      'for (let n = 0; n < 9; n++) { const r = await ask("http://a/health"); if (r.ok) return; }',
      'start()',
    ),
    null,
  ],
  [
    'a refusal that a fresh token cures',
    inFunction(
      'for (let n = 0; n < 3; n++) { const r = await ask(url); if (r.status === 401) { await refresh(); continue } return r }',
    ),
    null,
  ],
  [
    'a daemon that goes on',
    inFunction(
      'while (true) { const r = await ask(url); if (!r.ok) { await sleep(1000); continue } handle(r) }',
    ),
    null,
  ],
  [
    'a state that is asked again',
    inFunction(
      'let done = false; while (!done) { const r = await ask(url); if (r.status === 200) { switch (await r.text()) { case "done": done = true } await sleep(2000) } else { fail(r) } }',
    ),
    null,
  ],
  [
    'a catch that refreshes first',
    'export function load(url: string): Promise<unknown> { return http.get(url).catch(() => refresh().then(() => load(url))) }',
    null,
  ],
]

describe('The wait between attempts', () => {
  test.each(BACKOFF)('%s', async (_, code, state) => {
    expect(await stateOf('retry-backoff', code)).toBe(state)
  })
})

const BOUNDED: Case[] = [
  [
    'asks for ever',
    inFunction(
      'while (true) { const r = await ask(url); if (r.status === 429) { await sleep(1000); continue } return r }',
    ),
    'absent',
  ],
  [
    'counts beside the status',
    inFunction(
      'for (let n = 0; ; n++) { const r = await ask(url); if (r.status === 429 && n < 5) { await sleep(1000); continue } return r }',
    ),
    'present',
  ],
  [
    'a promise that is caught for ever',
    'export function load(url: string): Promise<unknown> { return http.get(url).catch(() => load(url)) }',
    'absent',
  ],
]

describe('The end of the attempts', () => {
  test.each(BOUNDED)('%s', async (_, code, state) => {
    expect(await stateOf('retry-bounded', code)).toBe(state)
  })
})

const PERMANENT: Case[] = [
  [
    'every answer that is no success',
    inFunction('for (let n = 0; n < 5; n++) { const r = await ask(url); if (r.ok) return r }'),
    'absent',
  ],
  [
    'failures of the server',
    inFunction('for (let n = 0; n < 5; n++) { const r = await ask(url); if (r.status < 500) return r }'),
    'present',
  ],
  [
    'a refusal is thrown',
    inFunction(
      'for (let n = 0; n < 5; n++) { const r = await ask(url); if (r.ok) return r; if (r.status < 500) throw new Error() }',
    ),
    'present',
  ],
  [
    'a flag for a good answer',
    inFunction(
      'let n = 0, done = false; while (n < 5 && !done) { try { const r = await ask(url); if (r.ok) done = true } catch (e) { log(e) } n++ }',
    ),
    'absent',
  ],
]

describe('Failures that are tried again', () => {
  test.each(PERMANENT)('%s', async (_, code, state) => {
    expect(await stateOf('retry-4xx-differentiation', code)).toBe(state)
  })
})

const GIVEN = `export async function again(work: () => Promise<unknown>, o: { times: number; wait: number | ((n: number) => number) }) { for (let n = 1; ; n++) { try { return await work() } catch (e) { if (n > o.times) throw e; await sleep(typeof o.wait === 'function' ? o.wait(n) : o.wait) } } }\n`

test('a wait that callers give as a number or a function', async () => {
  expect(await stateOf('retry-backoff', `${GIVEN}again(() => http.get('/'), { times: 3, wait: 500 })`)).toBe(
    'absent',
  )
  expect(
    await stateOf('retry-backoff', `${GIVEN}again(() => http.get('/'), { times: 3, wait: (n) => 2 ** n })`),
  ).toBe('present')
})

test('a connection that a named function makes again', async () => {
  const feed = `import amqp from 'amqplib'\nexport async function broker() { const c = await amqp.connect('amqp://mq'); c.on('close', () => { setTimeout(broker, 1000) }) }`
  expect(await stateOf('retry-backoff', feed)).toBe('absent')
})

test.each([
  ['whatever it is', '', 'absent'],
  ['that is told in a log', 'console.warn(error);', 'absent'],
  ['that is asked about', `if (error.code === '23505') return;`, 'unknown'],
  ['that a function is asked about', 'attempt += isTransient(error) ? 0 : 10;', 'unknown'],
  ['whose status is asked', 'attempt += status >= 500 ? 0 : 10;', 'unknown'],
])('a failure that is answered, %s, and made again', async (_, asks, state) => {
  const found = await practicesIn(`import { createClient } from '@supabase/supabase-js'
const db = createClient('http://a', 'key')
export async function save(job) {
  for (let attempt = 0; attempt < 10; attempt++) {
    try {
      const { error, status } = await db.from('jobs').insert([job])
      if (error) { ${asks} await new Promise((resolve) => setTimeout(resolve, 75)) } else break
    } catch (failure) { await new Promise((resolve) => setTimeout(resolve, 75)) }
  }
}`)
  expect(found.find(({ pattern }) => pattern === 'retry-4xx-differentiation')?.state).toBe(state)
})

test.each([
  ['without a failure', 'if (!error) return', 'absent'],
  ['without a failure that passes', 'if (!error || !isTransient(error)) return', 'present'],
])('a loop that is left %s', async (_, leave, state) => {
  const found = await practicesIn(`import { createClient } from '@supabase/supabase-js'
const db = createClient('http://a', 'key')
export async function save(job) {
  for (let attempt = 0; attempt < 3; attempt++) {
    const { error } = await db.from('jobs').insert([job])
    ${leave}
    await new Promise((resolve) => setTimeout(resolve, 1000 * 2 ** attempt))
  }
}`)
  expect(found.find(({ pattern }) => pattern === 'retry-4xx-differentiation')?.state).toBe(state)
})
