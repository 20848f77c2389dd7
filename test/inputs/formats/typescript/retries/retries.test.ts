import { describe, expect, test } from 'vitest'
import type { Practice } from '../../../../../src/facts/code.js'
import { clientsIn, practicesIn } from '../reading.js'

const AXIOS = `import axios from 'axios'\nconst http = axios.create({ timeout: 100 })\nconst sleep = (ms: number) => new Promise((r) => setTimeout(r, ms))\n`

async function stateOf(pattern: string, code: string): Promise<Practice['state'] | null> {
  const found = (await practicesIn(AXIOS + code)).filter((practice) => practice.pattern === pattern)
  expect(found.length, JSON.stringify(found)).toBeLessThan(2)
  return found[0]?.state ?? null
}

const loop = (attempt: string, failed: string, name = 'get'): string =>
  `export async function ${name}(id: string) { for (let n = 0; n < 3; n++) { try { ${attempt} } catch (e: any) { ${failed}; await sleep(2 ** n) } } }`
const GET = `return await http.get('/x')`

type Case = [name: string, code: string, state: Practice['state'] | null]

const PERMANENT: Case[] = [
  ['every error', loop(GET, 'log(e)'), 'absent'],
  ['only the count is asked', loop(GET, 'if (n === 2) throw e'), 'absent'],
  ['the status is only logged', loop(GET, 'log(e.response.status)'), 'absent'],
  ['an error is told from what is none', loop(GET, 'if (!(e instanceof Error)) throw e'), 'absent'],
  ['its own timeout is told', loop(GET, `if (e.name === 'AbortError') throw e`), 'absent'],
  ['by the status', loop(GET, 'if (e.response?.status < 500) throw e'), 'present'],
  ['by the code', loop(GET, `if (e.code !== 'ECONNRESET') throw e`), 'present'],
  ['by its class', loop(GET, 'if (e instanceof NotFound) throw e'), 'present'],
  ['by its text', loop(GET, `if (e.message.includes('404')) throw e`), 'present'],
  ['in a variable', loop(GET, 'const again = e.response.status >= 500; if (!again) throw e'), 'present'],
  [
    'a longer wait after a refusal, but every error',
    loop(GET, 'if (e.response?.status === 429) { await pause(); continue }'),
    'absent',
  ],
  ['in a switch', loop(GET, 'switch (e.response.status) { case 404: throw e }'), 'present'],
  [
    'in a method',
    `class Orders { may(e: any) { return e.response?.status >= 500 }\nasync get() { for (let n = 0; n < 3; n++) { try { ${GET} } catch (e) { if (!this.may(e)) throw e; await sleep(2 ** n) } } } }`,
    'present',
  ],
  [
    'goes on where it may, throws otherwise',
    `export async function get() { for (let n = 0; n < 3; n++) { try { ${GET} } catch (e: any) { if (e.response?.status >= 500) { await sleep(2 ** n); continue } throw e } } }`,
    'present',
  ],
  [
    'by a function of another package',
    `import { isRetryable } from 'errors'\n` + loop(GET, 'if (!isRetryable(e)) throw e'),
    'unknown',
  ],
  ['fetch fails by the network only', loop(`return await fetch('http://a')`, 'log(e)'), 'present'],
  [
    'the status of fetch is thrown',
    loop(`const r = await fetch('http://a'); if (!r.ok) throw new Error(); return r`, 'log(e)'),
    'absent',
  ],
  [
    'a refusal is returned',
    loop(
      `const r = await fetch('http://a'); if (r.ok || r.status < 500) return r; throw new Error('status')`,
      'log(e)',
    ),
    'present',
  ],
  [
    'a success is returned, the rest thrown',
    loop(`const r = await fetch('http://a'); if (r.status === 200) return r; if (!r.ok) throw r`, 'log(e)'),
    'absent',
  ],
  ['a connection', loop(`await http.get('/up'); return`, 'log(e)', 'connectToOrders'), null],
  ['a wait', loop(GET, 'log(e)', 'waitForOrders'), null],
  ['polling', loop(GET, 'log(e)', 'pollOrder'), null],
  [
    'one after another of a list',
    `export async function get(urls: string[]) { for (let n = 0; n < urls.length; n++) { try { return await axios.get(urls[n]) } catch (e) { log(e) } } }`,
    null,
  ],
  [
    'a host less after each failure',
    `export async function get(hosts: string[]) { let left = hosts; let n = 0; while (n < 3) { const host = pick(left); try { return await axios.get(host) } catch (e) { n++; left = without(left, host) } } }`,
    null,
  ],
  [
    'a host that was not tried',
    `export async function get(hosts: string[]) { const tried = new Set<string>(); for (let n = 0; n < 3; n++) { const host = hosts.find((one) => !tried.has(one))!; try { return await axios.get(host) } catch (e) { tried.add(host) } } }`,
    null,
  ],
  [
    'hosts that are taken out',
    `export async function get(hosts: string[]) { while (hosts.length > 0) { const host = hosts.shift()!; try { return await axios.get(host) } catch (e) { log(e) } } }`,
    null,
  ],
  [
    'a host that is put back',
    `export async function get(hosts: string[]) { while (hosts.length > 0) { const host = hosts.shift()!; try { return await axios.get(host) } catch (e) { hosts.push(host) } } }`,
    'absent',
  ],
  [
    'a host that a function puts back',
    `export async function get(hosts: string[]) { const failed = (one: string) => { hosts.push(one) }\nwhile (hosts.length > 0) { const host = hosts.shift()!; try { return await axios.get(host) } catch (e) { failed(host) } } }`,
    'absent',
  ],
  [
    'any host again',
    `export async function get(hosts: string[]) { for (let n = 0; n < 3; n++) { const host = pick(hosts); try { return await axios.get(host) } catch (e) { failed.add(host) } } }`,
    'absent',
  ],
  [
    'a part of a path',
    `export async function get(path: string) { for (let n = 0; n < 3; n++) { const name = path.split('/').pop(); try { return await http.get(name!) } catch (e) { log(e) } } }`,
    'absent',
  ],
  ['a file', loop(`return await readFile('x')`, 'log(e)'), null],
  [
    'a page of a list',
    `export async function all(page = 0): Promise<any> { const r = await http.get('/x'); if (r.data.more) return all(page + 1) }`,
    null,
  ],
  [
    'a daemon that calls itself anyway',
    `export async function run(): Promise<void> { try { await http.get('/x') } catch (e) { log(e); return run() }\nreturn run() }`,
    null,
  ],
  [
    'a function that calls itself',
    `export async function get(attempt = 0): Promise<any> { try { ${GET} } catch (e) { if (attempt < 3) return get(attempt + 1); throw e } }`,
    'absent',
  ],
  [
    'a function that calls itself, by the status',
    `export async function get(attempt = 0): Promise<any> { try { ${GET} } catch (e: any) { if (e.response.status < 500) throw e; if (attempt < 3) return get(attempt + 1); throw e } }`,
    'present',
  ],
  [
    'a wrapper around what its callers give',
    `const again = async (task: () => Promise<any>) => { for (let n = 0; n < 3; n++) { try { return await task() } catch (e) { await sleep(2 ** n) } } }\nexport const get = () => again(() => http.get('/x'))`,
    'absent',
  ],
  [
    'a wrapper around something else',
    `const again = async (task: () => Promise<any>) => { for (let n = 0; n < 3; n++) { try { return await task() } catch (e) { await sleep(2 ** n) } } }\nexport const get = () => again(() => readFile('x'))`,
    null,
  ],
  [
    'p-retry',
    `import pRetry from 'p-retry'\nexport const get = () => pRetry(() => http.get('/x'))`,
    'absent',
  ],
  [
    'p-retry that asks',
    `import pRetry from 'p-retry'\nexport const get = () => pRetry(() => http.get('/x'), { shouldRetry: (e: any) => e.response.status >= 500 })`,
    'present',
  ],
  [
    'p-retry with options from elsewhere',
    `import pRetry from 'p-retry'\nexport const get = (options: any) => pRetry(() => http.get('/x'), options)`,
    'unknown',
  ],
  [
    'async-retry that bails',
    `import retry from 'async-retry'\nexport const get = () => retry(async (bail) => { const r = await http.get('/x'); if (r.status === 404) return bail(new Error()); return r })`,
    'present',
  ],
  [
    'async-retry',
    `import retry from 'async-retry'\nexport const get = () => retry(async () => http.get('/x'))`,
    'absent',
  ],
  [
    'cockatiel for all',
    `import { retry, handleAll } from 'cockatiel'\nconst policy = retry(handleAll, { maxAttempts: 3 })\nexport const get = () => policy.execute(() => http.get('/x'))`,
    'absent',
  ],
  [
    'cockatiel for some',
    `import { retry, handleWhen } from 'cockatiel'\nconst policy = retry(handleWhen(isTransient), { maxAttempts: 3 })\nexport const get = () => policy.execute(() => http.get('/x'))`,
    'present',
  ],
  [
    'a property of the error by name',
    `const CODES = new Set(['EPIPE'])
     const of = (failure: unknown, key: string) => Reflect.get(failure as object, key)
     const passes = (failure: unknown) => CODES.has(of(failure, 'code'))
     export async function get(left = 2): Promise<any> { try { ${GET} } catch (e) { if (!passes(e) || left === 0) throw e; return get(left - 1) } }`,
    'unknown',
  ],
  ['an index of the error', loop(GET, `if (e['kind'] === 'gone') throw e`), 'unknown'],
  ['a part of the error', loop(GET, `const { kind } = e; if (kind === 'gone') throw e`), 'unknown'],
  ['a property of another name', loop(GET, `if (e.response) throw e`), 'unknown'],
  ['a function that is not here', loop(GET, `if (isGone(e)) throw e`), 'unknown'],
  ['one error of the project', loop(GET, `if (e === GONE) throw e`), 'unknown'],
  ['only that it is an error', loop(GET, `if (!(e instanceof Error) || n === 3) throw e`), 'absent'],
  ['only whether there is one', loop(GET, `if (e !== null && n === 3) throw e`), 'absent'],
  [
    'only whether the caller gave up',
    loop(GET, `if (isCancel(e) || e.message === 'aborted') throw e`),
    'absent',
  ],
  [
    'only the log',
    loop(
      GET,
      `const tell = (f: any) => { log(f.reason); return n === 3 }\nif (tell(e)) throw new Error(e.text)`,
    ),
    'absent',
  ],
  [
    'p-retry that asks by name',
    `import pRetry from 'p-retry'\nexport const get = () => pRetry(() => http.get('/x'), { shouldRetry: (e: any) => e['kind'] !== 'gone' })`,
    'unknown',
  ],
  ['broken code', `export async function get() { for (;;) { try { return await http.get('/x'`, null],
]

test.each(PERMANENT)('permanent errors: %s', async (_, code, state) => {
  expect(await stateOf('retry-4xx-differentiation', code)).toBe(state)
})

const STRIPE = `import Stripe from 'stripe'\nconst stripe = new Stripe('k')\n`

const REPEATED: Case[] = [
  ['a GET', loop(GET, 'log(e)'), null],
  ['a PUT', loop(`return await http.put('/x', {})`, 'log(e)'), null],
  ['a POST', loop(`return await http.post('/x', {})`, 'log(e)'), 'absent'],
  ['a POST by its option', loop(`return await http.request({ method: 'post' })`, 'log(e)'), 'absent'],
  ['a GET by its option', loop(`return await fetch('http://a', { method: 'GET' })`, 'log(e)'), null],
  [
    'a POST in a function',
    `const pay = () => http.post('/x', {})\n${loop('return await pay()', 'log(e)')}`,
    'absent',
  ],
  [
    'a key in headers made before',
    loop(
      `const headers = { 'Idempotency-Key': id }; return await http.post('/x', {}, { headers })`,
      'log(e)',
    ),
    'present',
  ],
  ['an id of the message', loop(`return await http.post('/x', { eventId: id })`, 'log(e)'), 'present'],
  [
    'the method is asked',
    loop(`return await http.post('/x', {})`, `if (e.config.method !== 'get') throw e`),
    'present',
  ],
  [
    'after a refusal',
    loop(`return await http.post('/x', {})`, `if (e.response?.status !== 429) throw e`),
    'present',
  ],
  [
    'after a refusal or silence',
    loop(`return await http.post('/x', {})`, `if (!(!e.response || e.response.status === 429)) throw e`),
    'absent',
  ],
  [
    'after a refused connection',
    loop(`return await http.post('/x', {})`, `if (e.code !== 'ECONNREFUSED') throw e`),
    'present',
  ],
  [
    'after one of several failures to connect',
    loop(
      `return await http.post('/x', {})`,
      `if (!(e.code === 'ECONNREFUSED' || e.code === 'ENOTFOUND')) throw e`,
    ),
    'present',
  ],
  [
    'after a refused connection or a reset one',
    loop(
      `return await http.post('/x', {})`,
      `if (e.code !== 'ECONNREFUSED' && e.code !== 'ECONNRESET') throw e`,
    ),
    'absent',
  ],
  [
    'unless the connection was refused',
    loop(`return await http.post('/x', {})`, `if (e.code === 'ECONNREFUSED') throw e`),
    'absent',
  ],
  [
    'by calling itself after a refused connection',
    `export async function send(again = true): Promise<any> { return http.post('/x', {}).catch((e: any) => { if (again && e?.code === 'ECONNREFUSED') return send(false)\n throw e }) }`,
    'present',
  ],
  ['a charge', STRIPE + loop('return await stripe.paymentIntents.create({})', 'log(e)'), 'absent'],
  [
    'a charge with a key',
    STRIPE + loop('return await stripe.paymentIntents.create({}, { idempotencyKey: id })', 'log(e)'),
    'present',
  ],
  [
    'a method from callers that POST',
    `async function send(url: string, options: any) { for (let n = 0; n < 3; n++) { try { return await fetch(url, { ...options }) } catch (e) { await sleep(2 ** n) } } }\nexport const pay = () => send('http://a', { method: 'POST' })`,
    'absent',
  ],
  [
    'a method from callers that GET',
    `export async function send(url: string, options: any) { for (let n = 0; n < 3; n++) { try { return await fetch(url, { ...options }) } catch (e) { await sleep(2 ** n) } } }\nexport const get = () => send('http://a', { method: 'GET' })`,
    'unknown',
  ],
]

test.each(REPEATED)('repeated: %s', async (_, code, state) => {
  expect(await stateOf('retry-idempotency', code)).toBe(state)
})

const intercepted = (failed: string): string =>
  `http.interceptors.response.use((r) => r, async (error) => { ${failed} })`

const pages = (round: string, failed: string, after = ''): string =>
  `export async function all() { let page = 0; let more = true; const found: any[] = []\n while (more) { try { ${round} } catch (e) { ${failed} } ${after} }\n return found }`
const PAGE = `const { data } = await http.get('/x?page=' + page); found.push(...data.items); page++; more = data.items.length > 0`

test.each([
  ['the same page again at once', pages(PAGE, 'log(e)'), 'absent'],
  [
    'until a cursor ends',
    `export async function all() { let cursor: any = ''; while (cursor !== null) { try { const { data } = await http.get('/x?c=' + cursor); cursor = data.next } catch (e) { log(e) } } }`,
    'absent',
  ],
  ['the end of it all', pages(PAGE, 'more = false'), null],
  ['a failure that leaves', pages(PAGE, 'log(e); throw e'), null],
  ['the next page', pages(PAGE.replace('page++;', ''), 'log(e)', 'page++'), null],
  [
    'no page at all',
    pages(`const { data } = await http.get('/x'); found.push(data); more = data.more`, 'log(e)'),
    null,
  ],
])('a page that fails: %s', async (_, code, state) => {
  expect(await stateOf('retry-bounded', code)).toBe(state)
})

const BOUNDS: Case[] = [
  [
    'an interceptor without a count',
    intercepted('if (error.response.status >= 500) return http(error.config)\nthrow error'),
    'absent',
  ],
  [
    'a count in a variable',
    intercepted(
      'let tries = 0\nif (tries < 3 && error.response.status >= 500) { tries++; return http.request(error.config) } throw error',
    ),
    'absent',
  ],
  [
    'a count in the configuration',
    intercepted(
      'const c = error.config; c.tries = (c.tries ?? 0) + 1\nif (c.tries < 3) return http(c)\nthrow error',
    ),
    'present',
  ],
  [
    'a mark in the request',
    intercepted('if (error.config.skip) throw error\nreturn http({ ...error.config, skip: true })'),
    'present',
  ],
  [
    'a count by request elsewhere',
    intercepted('counts.set(error.config.url, 1)\nreturn http(error.config)'),
    'unknown',
  ],
  [
    'another branch than that of new credentials',
    intercepted(
      'if (error.response.status === 401) leave()\nelse if (error.response.status === 503) return http(error.config)\nthrow error',
    ),
    'absent',
  ],
  ['another client', `const other = axios.create()\n` + intercepted('return other(error.config)'), null],
  [
    'new credentials',
    intercepted(`if (error.response.status === 401) { return http(error.config) }\nthrow error`),
    null,
  ],
  [
    'a daemon that connects',
    `export async function connect() { while (true) { try { await http.get('/x'); return } catch (e) { await sleep(1) } } }`,
    null,
  ],
  [
    'a helper that compares the count that it gets',
    `const waitOf = (n: number, most = 3) => { if (n > most) return undefined; return 100 * n }\nexport async function get() { for (let n = 1; ; n++) { try { ${GET} } catch (e) { const ms = waitOf(n); if (ms == null) throw e; await sleep(ms) } } }`,
    'present',
  ],
  [
    'a helper that gets the count and does not ask it',
    `const waitOf = (n: number) => 100 * n\nexport async function get() { for (let n = 1; ; n++) { try { ${GET} } catch (e) { const ms = waitOf(n); if (ms == null) throw e; await sleep(ms) } } }`,
    'unknown',
  ],
  [
    'a function from elsewhere that gets the count',
    `import { mayRetry } from 'policy'\nexport async function get() { let n = 0; while (true) { try { ${GET} } catch (e) { n++; if (!mayRetry(e, n)) throw e; await sleep(n) } } }`,
    'unknown',
  ],
  [
    'a function from elsewhere that gets the failure',
    `import { mayRetry } from 'policy'\nexport async function get() { for (;;) { try { ${GET} } catch (e) { if (!mayRetry(e)) throw e; await sleep(1) } } }`,
    'absent',
  ],
  [
    'work that gets the count',
    `export async function get() { for (let n = 0; ; n++) { try { const found = await http.get('/x', ask(n)); if (found) return found } catch (e) { await sleep(n) } } }`,
    'absent',
  ],
  [
    'waiting for what another call does',
    `const pending = new Map<string, Promise<string>>()\nexport async function get(key: string) { let other: Promise<string> | undefined; while ((other = pending.get(key))) { try { const value = await other; if (value) return value } catch {} } }`,
    null,
  ],
  [
    'a promise that the loop makes',
    `export async function get() { for (;;) { try { const asked = http.get('/x'); return await asked } catch (e) { await sleep(1) } } }`,
    'absent',
  ],
  [
    'a subscription that comes back',
    `class Feed { constructor(private readonly subscription: any) {}\nasync start(): Promise<void> { try { for await (const event of this.subscription) { await http.post('/x', event) } } catch (e) { await sleep(3000); return this.start() } } }`,
    null,
  ],
  [
    'a subscription in a loop',
    `export async function run() { while (true) { try { for await (const event of subscribe()) { await http.post('/x', event) } return } catch (e) { await sleep(3000) } } }`,
    null,
  ],
  [
    'an answer that streams',
    `export async function ask() { while (true) { try { let text = ''; for await (const part of stream()) text += part; await http.post('/x', text); return text } catch (e) { await sleep(3000) } } }`,
    'absent',
  ],
  [
    'a named condition',
    `export async function get(most: number) { let n = 0; let failed: unknown; while (!failed) { try { ${GET} } catch (e) { const again = n < most && e !== null; if (again) { n += 1; await sleep(n) } else { failed = e } } } throw failed }`,
    'present',
  ],
  [
    'a named comparison of something else',
    `export async function get(size: number) { for (;;) { try { ${GET} } catch (e) { const tooLarge = size > 9; if (tooLarge) throw e; await sleep(1) } } }`,
    'absent',
  ],
  [
    'a function that calls itself',
    `export async function get(): Promise<any> { try { ${GET} } catch (e) { await sleep(2); return get() } }`,
    'absent',
  ],
  [
    'a function that counts down',
    `export async function get(left: number): Promise<any> { try { ${GET} } catch (e) { if (!left) throw e; return get(left - 1) } }`,
    'present',
  ],
]

test.each(BOUNDS)('bounds: %s', async (_, code, state) => {
  expect(await stateOf('retry-bounded', code)).toBe(state)
})

describe('options of libraries', () => {
  const guard = async (pattern: string, code: string, versions: Record<string, string>): Promise<string> => {
    const [client] = await clientsIn(code, versions)
    const found = client?.guards[pattern]
    return `${found?.state ?? 'none'}${(found?.value ?? null) === null ? '' : ` ${found!.value}`}`
  }

  test.each([
    ['once for GET', 'http-retry', `$fetch('/x')`, 'present 1'],
    ['not for POST', 'http-retry', `$fetch('/x', { method: 'POST' })`, 'absent'],
    ['as often as written', 'http-retry', `$fetch('/x', { retry: 3 })`, 'present 3'],
    ['switched off', 'http-retry', `$fetch('/x', { retry: false })`, 'absent'],
    ['POST, once written', 'retry-idempotency', `$fetch('/x', { method: 'POST', retry: 3 })`, 'absent'],
    ['without delay', 'retry-backoff', `$fetch('/x')`, 'absent'],
  ])('ofetch retries %s', async (_, pattern, call, expected) => {
    const code = `import { $fetch } from 'ofetch'\nawait ${call}`
    expect(await guard(pattern, code, { ofetch: '1.5.1' })).toBe(expected)
  })

  test.each([
    ['.retry(2)', 'present 2'],
    ['.retry()', 'present 1'],
    ['.retry(0)', 'absent 0'],
    ['', 'absent'],
  ])('superagent %s', async (chain, expected) => {
    const code = `import request from 'superagent'\nawait request.get('http://a')${chain}`
    expect(await guard('http-retry', code, { superagent: '10.4.2' })).toBe(expected)
  })

  test.each([
    ['asked', `(e) => e.config.method === 'get' && e.response.status >= 500`, 'present'],
    [
      'asked in each way',
      `(e) => axiosRetry.isNetworkOrIdempotentRequestError(e) || e.response.status >= 500`,
      'absent',
    ],
    ['by its name', `axiosRetry.isNetworkOrIdempotentRequestError`, 'present'],
    ['of the library that does not ask', `axiosRetry.isRetryableError`, 'absent'],
    ['in a block', `(e) => { if (e.config.method === 'post') return false; return true }`, 'present'],
    ['from elsewhere', `conditions.mine`, 'unknown'],
  ])('axios-retry: the method, %s', async (_, condition, expected) => {
    const code = `import axios from 'axios'\nimport axiosRetry from 'axios-retry'\nconst http = axios.create()\naxiosRetry(http, { retryCondition: ${condition} })\nhttp.post('/x')`
    expect(await guard('retry-idempotency', code, { axios: '1.7.9', 'axios-retry': '4.5.0' })).toBe(expected)
  })
})

test.each<Case>([
  [
    'the same request',
    `export async function send({ id, tag }: any): Promise<any> { try { return await http.post('/x', { id, tag }) } catch (e) { return send({ id, tag }) } }`,
    'absent',
  ],
  [
    'a request without what was refused',
    `export async function send({ id, tag }: any): Promise<any> { try { return await http.post('/x', { id, tag }) } catch (e) { return send({ id, tag: undefined }) } }`,
    null,
  ],
])('waits before %s', async (_, code, state) => {
  expect(await stateOf('retry-backoff', code)).toBe(state)
})
