import { describe, expect, it } from 'vitest'
import { factsOf } from './reading.js'

const MANIFEST = JSON.stringify({ name: 'shop', scripts: { start: 'node src/main.js' } })

/** The state of the timeout of what `main` makes; null where it makes no client of its own. */
async function timeoutOf(client: string, main: string): Promise<string | null> {
  const clients = await factsOf('client', {
    'package.json': MANIFEST,
    'src/client.ts': client,
    'src/main.ts': `import { Client } from './client'\n${main}`,
  })
  const made = clients.filter(
    ({ library, source }) => library === 'fetch-class' && source.path === 'src/main.ts',
  )
  return made[0]?.guards['http-timeout']?.state ?? null
}

const WITH_OPTION = `
  export class Client {
    constructor(options: Options) { this.fetch = traced(options.fetch ?? globalThis.fetch) }
    async get(path: string, options: { signal?: AbortSignal } = {}) { return this.fetch(path, { signal: options.signal }) }
    setHeader(name: string) { this.headers.add(name) }
  }`

const CALLS = `
  const client = new Client({ service: process.env.SHOP_URL })
  export const load = () => client.get('/orders')`

describe('an object of a class that sends through fetch unless it is given another', () => {
  it.each([
    ['the option of its constructor', WITH_OPTION],
    [
      'a parameter of its constructor',
      `export class Client {
        constructor(readonly config: Config, fetch: Fetch = globalThis.fetch) { this.fetch = traced(fetch) }
        async get(path: string) { return this.fetch(path) }
      }`,
    ],
    [
      'a function that its constructor calls',
      `function sender(options: Options | string) {
        const config = typeof options === 'string' ? { service: options } : options
        const { service, fetch = globalThis.fetch } = config
        return (path: string, init: RequestInit) => fetch(new URL(path, service), init)
      }
      export class Client {
        constructor(options: Options) { this.send = sender(options) }
        get(path: string, options?: CallOptions): Promise<Response> { return this.send(path, { signal: options?.signal }) }
      }`,
    ],
    [
      'the class that it extends',
      `class Base {
        constructor(options: Options) { this.fetch = traced(options.fetch || fetch) }
      }
      export class Client extends Base {
        async get(path: string) { return this.fetch(path) }
      }`,
    ],
    [
      'an object that it makes',
      `class Session {
        constructor(readonly url: URL, fetch = globalThis.fetch) { this.fetch = traced(fetch) }
      }
      export class Client {
        constructor(options: Options) { this.session = new Session(options.service, options.fetch) }
        async get(path: string) { return this.session.fetch(path) }
      }`,
    ],
  ])('has no timeout: %s', async (_, client) => {
    expect(await timeoutOf(client, CALLS)).toBe('absent')
  })

  it('is bounded by the signals of its calls', async () => {
    const main = `
      const client = new Client({ service: 'http://shop' })
      export const load = () => client.get('/orders', { signal: AbortSignal.timeout(1000) })`
    expect(await timeoutOf(WITH_OPTION, main)).toBe('present')
  })

  it('is not known where calls by its name give signals', async () => {
    const main = `
      export const make = (context) => { context.client = new Client({ service: 'http://shop' }) }
      export const load = (other) => other.client.get('/orders', { signal: other.signal })`
    expect(await timeoutOf(WITH_OPTION, main)).toBe('unknown')
  })

  it.each([
    ['is given a fetch', `export const client = new Client({ service: 'http://shop', fetch: bounded })`],
    ['is given what sends by itself', `export const client = new Client({ send: (path) => bounded(path) })`],
    ['is given what was not followed', `export const make = (session) => new Client(session)`],
  ])('is judged by something else where it %s', async (_, main) => {
    expect(await timeoutOf(WITH_OPTION, main)).toBeNull()
  })

  it('may bound its requests itself', async () => {
    const bounded = WITH_OPTION.replace('signal: options.signal', 'signal: AbortSignal.timeout(this.limit)')
    expect(await timeoutOf(bounded, CALLS)).toBeNull()
  })

  it('is that of the calls where these are followed', async () => {
    const followed = WITH_OPTION.replace('traced(options.fetch ?? globalThis.fetch)', 'globalThis.fetch')
    expect(await timeoutOf(followed, CALLS)).toBeNull()
  })

  it('is none where the class never falls back to the global fetch, or means itself', async () => {
    expect(await timeoutOf(WITH_OPTION.replace('?? globalThis.fetch', '?? refuse'), CALLS)).toBeNull()
    const circle = `export class Client extends Client { constructor(options) { super(options); new Client(options) } }`
    expect(await timeoutOf(circle, CALLS)).toBeNull()
  })
})
