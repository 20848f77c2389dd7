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
      'delegated',
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

  test('never says absent while a caller may give it', async () => {
    expect(await timeoutIn(`${FACTORY}makeClient('http://a', { timeout: 100 }).get('/x')`)).toBe('delegated')
  })

  test('settings that a function makes of its arguments', async () => {
    const settings = `const settings = (timeout: number) => ({ timeout })\n`
    expect(
      await guardIn('http-timeout', `${AXIOS}${settings}axios.create(settings(2500)).get('/x')`),
    ).toMatchObject({ state: 'present', value: 2.5 })
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
    ['without one', `const options = { headers: {} }\naxios.get('http://a', options)`, 'absent'],
  ])('%s', async (_, text, state) => {
    expect(await timeoutIn(AXIOS + text)).toBe(state)
  })
})
