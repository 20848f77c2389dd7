/** Where clients and options come from: factories, other names for a function, options built apart. */
import { describe, expect, test } from 'vitest'
import { clientsIn, guardIn, factsOf } from './reading.js'

const timeoutIn = async (text: string, versions = {}): Promise<string> =>
  (await guardIn('http-timeout', text, versions)).state
const AXIOS = `import axios from 'axios'\n`

describe('a factory and what it is given', () => {
  const FACTORY = `${AXIOS}const makeClient = (base: string, options = {}) => axios.create({ baseURL: base, ...options })\n`

  test.each([
    [
      'a timeout after the options',
      `const make = (o = {}) => axios.create({ ...o, timeout: 5000 })\nmake().get('/x')`,
      'present',
    ],
    [
      'a default that the caller may replace',
      `const make = (o = {}) => axios.create({ timeout: 5000, ...o })\nmake(given).get('/x')`,
      'unknown',
    ],
    [
      'defaults, then what the caller gives',
      `const defaults = { timeout: 5000 }\nconst make = (o) => axios.create({ ...defaults, ...o })\nmake(given).get('/x')`,
      'unknown',
    ],
    [
      'a fallback',
      `const make = (o) => axios.create({ timeout: o.timeout ?? 5000 })\nmake({}).get('/x')`,
      'present',
    ],
    [
      'a default of the parameter',
      `const make = (timeout = 5000) => axios.create({ timeout })\nmake().get('/x')`,
      'present',
    ],
  ])('%s', async (_, text, state) => {
    expect(await timeoutIn(AXIOS + text)).toBe(state)
  })

  test('never says absent while a caller who is not seen may give it', async () => {
    expect(await timeoutIn(`${FACTORY}export const load = (o) => makeClient('http://a', o).get('/x')`)).toBe(
      'delegated',
    )
  })

  test('settings that a function makes of its arguments', async () => {
    const settings = `const settings = (timeout: number) => ({ timeout })\n`
    expect(
      await guardIn('http-timeout', `${AXIOS}${settings}axios.create(settings(2500)).get('/x')`),
    ).toMatchObject({ state: 'present', value: 2.5 })
  })
})

describe('options that are replaced', () => {
  const inClass = (start: string, later: string): string =>
    `${AXIOS}class Node {\n  options = ${start}\n  constructor(on: boolean) {\n    if (on) ${later}\n  }\n  load() {\n    return axios.get('http://a/x', this.options)\n  }\n}\nnew Node(true).load()`
  const inVariable = (start: string, later: string): string =>
    `${AXIOS}export function load(on: boolean) {\n  let options: object = ${start}\n  ${later}\n  return axios.get('http://a/x', options)\n}\nload(true)`

  test.each([
    ['a field with a timeout later', inClass('{}', 'this.options = { timeout: 10_000 }'), 'unknown'],
    [
      'a field that is cast with a timeout later',
      inClass('{} as object', 'this.options = { timeout: 10_000 }'),
      'unknown',
    ],
    ['a field without one either way', inClass('{}', 'this.options = { headers: {} }'), 'absent'],
    [
      'a field with one either way',
      inClass('{ timeout: 1 }', 'this.options = { timeout: 10_000 }'),
      'present',
    ],
    ['an option of a field set later', inClass('{}', 'this.options.timeout = 10_000'), 'unknown'],
    ['another option of a field set later', inClass('{}', 'this.options.headers = {}'), 'absent'],
    ['a field of the same name elsewhere', inClass('{}', 'other().options = { timeout: 1 }'), 'absent'],
    ['a variable with a timeout later', inVariable('{}', 'if (on) options = { timeout: 5000 }'), 'unknown'],
    ['a variable that loses its timeout', inVariable('{ timeout: 1 }', 'if (on) options = {}'), 'unknown'],
    [
      'a variable that is spread into what replaces it',
      inVariable('{ timeout: 1 }', 'if (on) options = { ...options, headers: {} }'),
      'present',
    ],
    [
      'two that spread each other',
      inVariable('{}', 'options = { ...options, a: 1 }\n  options = { ...options, b: 1 }'),
      'absent',
    ],
  ])('%s', async (_, text, state) => {
    expect(await timeoutIn(text)).toBe(state)
  })
})

describe('what an interceptor sends again', () => {
  const client = (again: string, options = '{ baseURL: base }'): string =>
    `${AXIOS}export function make(base: string) {\n  const http = axios.create(${options})\n  http.interceptors.response.use((r) => r, async (error) => {\n    ${again}\n  })\n  return http\n}`

  test.each([
    ['says nothing of the first request', client('return http.request(error.config)'), 'absent'],
    ['under another name', client('const { config } = error\n    return http(config)'), 'absent'],
    ['of a bounded client', client('return http(error.config)', '{ timeout: 500 }'), 'present'],
    [
      'with what a caller gives',
      `${AXIOS}export const send = (options) => axios.request(options)`,
      'delegated',
    ],
  ])('%s', async (_, text, state) => {
    expect(await timeoutIn(text)).toBe(state)
  })
})

test('variables that are given what spreads all others end the search', async () => {
  const names = Array.from({ length: 30 }, (_, index) => `options${index}`)
  const declared = names.map((name) => `let ${name} = {}\n`).join('')
  const spread = names.map((name) => `...${name}`).join(', ')
  const given = names.map((name) => `${name} = { ${spread} }\n`).join('')
  expect(await timeoutIn(`${AXIOS}${declared}${given}axios.get('http://a', options0)`)).toBe('unknown')
})

describe('a client for each caller of a factory', () => {
  const summary = async (text: string, more: Record<string, string> = {}): Promise<string[]> => {
    const clients = await factsOf('client', {
      'package.json': '{"name":"shop"}',
      'src/main.ts': AXIOS + text,
      ...more,
    })
    return clients.map(({ symbol, target, guards, calls }) => {
      const { state, value } = guards['http-timeout']!
      const name = symbol.split('#')[1]
      return `${name} ${target.host} ${state} ${value} ${calls.map((call) => call.source.line).join()}`
    })
  }
  const TWO = `const a = make('http://a', { timeout: 100 })\nconst b = make('http://b')\na.get('/x')\nb.get('/y')\n`
  const BOTH = ['a a present 0.1 5', 'b b absent 0 6']

  test.each([
    ['options spread', `const make = (base, o = {}) => axios.create({ baseURL: base, ...o })\n`, BOTH],
    [
      'a member of options',
      `const make = (base, o: any = {}) => axios.create({ baseURL: base, timeout: o.timeout })\n`,
      BOTH,
    ],
    [
      'names taken out of options',
      `const make = (base, { timeout = 5000 } = {}) => axios.create({ baseURL: base, timeout })\n`,
      ['a a present 0.1 5', 'b b present 5 6'],
    ],
    [
      'a timeout after the options',
      `const make = (base, o = {}) => axios.create({ baseURL: base, ...o, timeout: 700 })\n`,
      ['a a present 0.7 5', 'b b present 0.7 6'],
    ],
    [
      'a timeout before the options',
      `const make = (base, o = {}) => axios.create({ baseURL: base, timeout: 700, ...o })\n`,
      ['a a present 0.1 5', 'b b present 0.7 6'],
    ],
    [
      'a fallback',
      `const make = (base, o: any = {}) => axios.create({ baseURL: base, timeout: o.timeout ?? 900 })\n`,
      ['a a present 0.1 5', 'b b present 0.9 6'],
    ],
  ])('%s', async (_, factory, expected) => {
    expect(await summary(factory + TWO)).toEqual(expected)
  })

  test.each([
    ['which alone are known in part', `make('http://a', { timeout: 100, ...more }).get('/x')`, 'unknown'],
    ['switched off', `make('http://a', { timeout: 0 }).get('/x')`, 'inert'],
    ['of another constant', `const o = { timeout: 100 }\nmake('http://a', o).get('/x')`, 'present'],
    [
      'through a second factory',
      `const shop = (o) => make('http://a', o)\nshop({ timeout: 9 }).get('/')`,
      'present',
    ],
    ['spread as arguments', `make(...args).get('/x')`, 'delegated'],
  ])('options %s', async (_, use, state) => {
    const make = `const make = (base, o = {}) => axios.create({ baseURL: base, timeout: 700, ...o })\n`
    expect(await timeoutIn(AXIOS + make + use)).toBe(state)
  })

  test('a class that makes its own', async () => {
    const api = `class Api {
      http
      constructor(base, options = {}) { this.http = axios.create({ baseURL: base, ...options }) }
      load() { return this.http.get('/x') }
    }
    class Orders extends Api { constructor() { super('http://orders', { timeout: 300 }) } }
    const a = new Api('http://a', { timeout: 100 })
    const b = new Api('http://b')\n`
    expect(await summary(api)).toEqual([
      'Orders.constructor orders present 0.3 5',
      'a a present 0.1 5',
      'b b absent 0 5',
    ])
  })

  test('calls of a class that extends it go through its own', async () => {
    const api = `class Api { http\nconstructor(base, o = {}) { this.http = axios.create({ baseURL: base, ...o }) }\nping() { return this.http.get('/') } }
    class Orders extends Api { constructor() { super('http://orders', { timeout: 300 }) }\nlist() { return this.http.get('/orders') } }
    class Users extends Api { constructor() { super('http://users') }\nlist() { return this.http.get('/users') } }`
    expect(await summary(api)).toEqual([
      'Orders.constructor orders present 0.3 4,6',
      'Users.constructor users absent 0 4,8',
    ])
  })

  test('callers that make it alike share one, which is told at the factory', async () => {
    const make = `const make = (o = {}) => axios.create({ baseURL: 'http://a', ...o })\n`
    expect(await summary(`${make}make().get('/x')\nmake({ headers: {} }).get('/y')`)).toEqual([
      'make a absent 0 3,4',
    ])
  })

  test('in other files', async () => {
    const http = `${AXIOS}export function make(o) { return axios.create({ baseURL: o.base, timeout: o.timeout }) }`
    const main = `import { make } from './http'
      const a = make({ base: 'http://a', timeout: 100 })
      const b = make({ base: 'http://b' })
      export const load = () => [a.get('/x'), b.get('/y')]`
    expect(await summary('', { 'src/http.ts': http, 'src/load.ts': main })).toEqual([
      'a a present 0.1 4',
      'b b absent 0 4',
    ])
  })
})

describe('what callers of a function decide', () => {
  const sites = async (text: string): Promise<string[]> => {
    const clients = await clientsIn(text)
    return clients.flatMap(({ calls }) =>
      calls.map(({ source, symbol, guards }) => `${source.line} ${symbol} ${guards['http-timeout']!.state}`),
    )
  }
  const LOAD = `export function load(url, init: RequestInit = {}) { return fetch(url, { ...init, headers: {} }) }\n`

  test.each([
    ['nobody seen', LOAD, ['1 load delegated']],
    [
      'one that passes a signal, one that does not',
      `${LOAD}export const a = () => load('/x', { signal: AbortSignal.timeout(5) })\nexport const b = () => load('/x')`,
      ['2 a present', '3 b absent'],
    ],
    [
      'the outermost that passes none',
      `${LOAD}const middle = (init?) => load('/x', init)\nexport const outer = () => middle()`,
      ['3 outer absent'],
    ],
    [
      'the outermost of a long chain',
      `${LOAD}const a = (i?) => load('/x', i)\nconst b = (i?) => a(i)\nconst c = (i?) => b(i)\nconst d = (i?) => c(i)\nd({ signal: AbortSignal.timeout(5) })\nd()`,
      ['6 (file) present', '7 (file) absent'],
    ],
    [
      'functions that pass it to each other',
      `${LOAD}const a = (i?) => (flag ? b(i) : load('/x', i))\nconst b = (i?) => a(i)`,
      ['2 a unknown'],
    ],
    ['more than are followed', `${LOAD}${'load("/x", i)\n'.repeat(501)}`, ['1 load unknown']],
    [
      'one that could not have passed any',
      `${LOAD}const post = (body) => load('/x', { method: 'POST', body })\nexport const outer = () => post({})`,
      ['2 post absent'],
    ],
    [
      'one that passes its own on',
      `${LOAD}export const outer = (signal) => load('/x', { signal })`,
      ['1 load delegated'],
    ],
    [
      'a fallback of its own',
      `const load = (url, o: any = {}) => fetch(url, { signal: o.signal ?? AbortSignal.timeout(5) })\nload('/x')`,
      ['1 load present'],
    ],
  ])('%s', async (_, text, expected) => {
    expect(await sites(text)).toEqual(expected)
  })
})

describe('a function under another name', () => {
  test.each([
    [
      'taken out of the client',
      `${AXIOS}const api = axios.create({ baseURL: 'http://a' })\nconst { get } = api\nget('/x')`,
    ],
    [
      'chosen by a condition',
      `import got from 'got'\nconst request = cond ? got.post : got.get\nrequest('http://a')`,
    ],
    ['fetch, bound', `const request = fetch.bind(globalThis)\nrequest('http://a')`],
    [
      'fetch, unless another is given',
      `const make = (options) => { const f = options.fetch ?? fetch\nreturn f('http://a') }`,
    ],
    ['fetch in a field', `class Api { fetchImpl = fetch\nload() { return this.fetchImpl('http://a') } }`],
    [
      'fetch, unless the constructor is given another',
      `class Api { fetchImpl\nconstructor(options) { this.fetchImpl = options.fetch ?? globalThis.fetch }\nload() { return this.fetchImpl('http://a') } }`,
    ],
    ['a default of a parameter', `export function load(request = fetch) { return request('http://a') }`],
  ])('%s', async (_, text) => {
    const [client, ...others] = await clientsIn(text)
    expect(others).toEqual([])
    expect(client?.calls).toHaveLength(1)
  })

  test.each([
    ['bound', `const request = fetch.bind(globalThis)\nrequest('http://a')`],
    [
      'a method, bound',
      `${AXIOS}const api = axios.create({ baseURL: 'http://a' }), get = api.get.bind(api)\nget('/x')`,
    ],
    ['taken out of options', `const load = ({ fetch: request = fetch }) =>\n  request('http://a')`],
    [
      'a field of the constructor',
      `class Api { constructor(private request = fetch) {}\nload() { return this.request('http://a') } }`,
    ],
  ])('%s, is called where it is called', async (_, text) => {
    const clients = (await clientsIn(text)).filter(({ target }) => target.host === 'a')
    const line = text.split('\n').length
    expect(clients.map(({ calls }) => calls.map(({ source }) => source.line))).toEqual([[line]])
  })

  test.each([
    ['the module itself', 'new Api(fetch)', 'absent'],
    ['something else', 'new Api(mine)', 'unknown'],
    ['one or the other', 'new Api(fetch)\nnew Api(mine)', 'unknown'],
    ['by nobody seen', '', 'unknown'],
  ])('handed in: %s', async (_, made, state) => {
    const api = `class Api { constructor(private request: typeof fetch) {}\nload() { return this.request('http://a') } }\n`
    expect(await timeoutIn(api + made)).toBe(state)
  })

  test('the method of a client of another file', async () => {
    const [client] = await factsOf('client', {
      'package.json': '{"name":"shop"}',
      'src/http.ts': `${AXIOS}const api = axios.create({ timeout: 100 })\nexport const { get, post } = api`,
      'src/main.ts': `import { get } from './http'\nget('/x')`,
    })
    expect(client?.calls.map(({ source }) => source.path)).toEqual(['src/main.ts'])
  })
})

describe('options built apart', () => {
  test.each([
    ['given whole', `const options = { timeout: 100 }\naxios.get('http://a', options)`, 'present'],
    ['or none', `axios.get('http://a', token ? { headers: { token } } : undefined)`, 'absent'],
    ['or nothing known', `axios.get('http://a', token ? { headers: { token } } : given)`, 'unknown'],
    [
      'spread into the call',
      `const options = { timeout: 100 }\naxios.get('http://a', { ...options, headers: {} })`,
      'present',
    ],
    [
      'spread through another',
      `const base = { timeout: 100 }\nconst options = { ...base, headers: {} }\naxios.get('http://a', options)`,
      'present',
    ],
    [
      'joined by Object.assign',
      `const base = { timeout: 100 }\naxios.get('http://a', Object.assign({}, base))`,
      'present',
    ],
    [
      'set on the object',
      `const options: any = {}\noptions.timeout = 100\naxios.get('http://a', options)`,
      'present',
    ],
    [
      'a member of settings',
      `const settings = { http: { timeout: 100 } }\naxios.get('http://a', settings.http)`,
      'present',
    ],
    [
      'switched off by a later spread',
      `const base = { timeout: 100 }\naxios.get('http://a', { ...base, timeout: 0 })`,
      'inert',
    ],
    [
      'set on the object under a condition',
      `const options: any = {}\nif (slow) options.timeout = 100\naxios.get('http://a', options)`,
      'unknown',
    ],
    [
      'set on another object',
      `const options: any = {}\nother.timeout = 100\naxios.get('http://a', options)`,
      'absent',
    ],
    ['of a condition', `axios.get('http://a', slow ? { timeout: 100 } : {})`, 'unknown'],
    [
      'of a function that reads a variable, which are an address',
      `const env = (name: string) => process.env[name]\naxios.get(env('A'), env('B'))`,
      'absent',
    ],
    ['without one', `const options = { headers: {} }\naxios.get('http://a', options)`, 'absent'],
  ])('%s', async (_, text, state) => {
    expect(await timeoutIn(AXIOS + text)).toBe(state)
  })
})

describe('what a setting amounts to', () => {
  const SETTINGS = `${AXIOS}import ms from 'ms'
    const T = 100, SECOND = 1000, C = { http: { timeout: 800 } }, D = { t: 900 } as const
    enum E { Slow = 700 }
    const env = (name: string, fallback?: number) => process.env[name] ?? fallback
    function envAtLeast(name: string, min: number) {
      const value = Number(process.env[name] ?? 5000)
      if (value < min) throw new Error(name)
      return value
    }
    function envNumber(name: string, fallback = 2000) {
      const raw = process.env[name]
      return raw === undefined ? fallback : Number(raw)
    }\n`
  test.each([
    ['a constant', 'T', 'present', 0.1],
    ['a member of an enumeration', 'E.Slow', 'present', 0.7],
    ['a member of an object', 'C.http.timeout', 'present', 0.8],
    ['a member of a constant object', 'D.t', 'present', 0.9],
    ['a product', '5 * SECOND', 'present', 5],
    ['a duration in words', `ms('5s')`, 'present', 5],
    ['a variable with a fallback', 'Number(process.env.T ?? 3000)', 'present', 3],
    ['a variable alone', '+process.env.T', 'unknown', null],
    ['a variable that a function reads', `Number(env('T'))`, 'unknown', null],
    ['a variable that a function reads, with a fallback', `env('T', 3000)`, 'present', 3],
    ['a variable that a function reads, with a least value', `envAtLeast('T', 0)`, 'unknown', null],
    ['a variable that a function reads, with a fallback of its own', `envNumber('T')`, 'present', 2],
    ['what a configuration gives', `config.get('T')`, 'present', null],
  ])('%s', async (_, timeout, state, value) => {
    expect(
      await guardIn('http-timeout', `${SETTINGS}axios.get('http://a', { timeout: ${timeout} })`),
    ).toMatchObject({ state, value })
  })
})

describe('what is set for all calls', () => {
  test.each([
    ['on the instance', `const api = axios.create({})\napi.defaults.timeout = 500\napi.get('/x')`, 'present'],
    ['on the module, for its calls', `axios.defaults.timeout = 500\naxios.get('http://a')`, 'present'],
    [
      'on another instance',
      `const b = axios.create({})\nb.defaults.other = 500\naxios.get('http://a')`,
      'absent',
    ],
  ])('%s', async (_, text, state) => {
    const clients = (await clientsIn(AXIOS + text)).filter(({ calls }) => calls.length > 0)
    expect(clients.map(({ guards }) => guards['http-timeout']!.state)).toEqual([state])
  })

  test('in another file', async () => {
    const [client] = await factsOf('client', {
      'package.json': '{"name":"shop"}',
      'src/setup.ts': `${AXIOS}axios.defaults.timeout = 500`,
      'src/main.ts': `${AXIOS}import './setup'\naxios.get('http://a')`,
    })
    expect(client!.guards['http-timeout']!.state).toBe('present')
  })

  test('hooks of ky leave its own timeout as it is', async () => {
    const hooked = `import ky from 'ky'\nky.create({ hooks: { beforeRequest: [sign] } }).get('http://a')`
    expect(await guardIn('http-timeout', hooked, { ky: '1.14.3' })).toMatchObject({
      state: 'present',
      value: 10,
    })
  })
})

test('options built apart bound the call, and the same options repeat a POST', async () => {
  const [client] = await clientsIn(
    `import got from 'got'
    const options = { timeout: { request: 500 }, retry: { limit: 3, calculateDelay: () => 1000 } }
    got.post('http://a', { ...options, json: {} })`,
    { got: '14.6.6' },
  )
  expect(client!.guards).toMatchObject({
    'http-timeout': { state: 'present', value: 0.5 },
    'retry-idempotency': { state: 'absent' },
    'retry-jitter': { state: 'absent' },
  })
})

describe('`this` of an object literal', () => {
  const CLIENT = `${AXIOS}const http = axios.create({ baseURL: 'http://stock' })\n`
  test.each([
    ['a method', `get(o) { return http.get('/x', o) }, all() { return this.get({ timeout: 500 }) }`],
    [
      'a function',
      `get: function (o) { return http.get('/x', o) }, all: function () { return this.get({ timeout: 500 }) }`,
    ],
    [
      'an arrow function inside of a method',
      `get(o) { return http.get('/x', o) }, all() { return ids.map(() => this.get({ timeout: 500 })) }`,
    ],
    [
      'a client that a method keeps',
      `client: null, init() { this.client = axios.create({ timeout: 500 }) }, all() { return this.client.get('/x') }`,
    ],
  ])('leads to %s of it', async (_, members) => {
    const client = members.includes('client:') ? AXIOS : CLIENT
    const clients = await clientsIn(`${client}export const api = { ${members} }\napi.all()`)
    const calls = clients.flatMap((one) => one.calls)
    expect(calls.map(({ guards }) => guards['http-timeout']?.state)).toEqual(['present'])
  })

  test.each([
    [
      'a nested object',
      `get(o) { return http.get('/x', o) }, inner: { all() { return this.get({ timeout: 1 }) } }`,
    ],
    [
      'a function of its own',
      `get(o) { return http.get('/x', o) }, all() { function f() { return this.get({ timeout: 1 }) } f() }`,
    ],
  ])('is not that of %s', async (_, members) => {
    const [client] = await clientsIn(`${CLIENT}export const api = { ${members} }\napi.all()`)
    expect(client!.calls.map(({ guards }) => guards['http-timeout']?.state)).toEqual(['delegated'])
  })
})
