/** Guards further out than a call: operators behind observables, callers, decorators and interceptors. */
import { describe, expect, test } from 'vitest'
import type { Guard } from '../../../../src/facts/code.js'
import { clientsIn, factsOf } from './reading.js'

const RXJS = `import { HttpService } from '@nestjs/axios'
  import { HttpModule } from '@nestjs/axios'
  import { EMPTY, defer, firstValueFrom, from, mergeMap, retry, retryWhen, throwError, timeout, timer } from 'rxjs'\n`

/** The guards of the calls of the only client that is called. */
async function guardsOf(text: string, dependencies = {}): Promise<Record<string, Guard>[]> {
  const clients = (await clientsIn(text, { rxjs: '7.8.1', ...dependencies })).filter(
    ({ calls }) => calls.length > 0,
  )
  expect(clients).toHaveLength(1)
  return clients[0]!.calls.map(({ guards }) => guards)
}

const METHODS = (methods: string): string => `${RXJS}
  @Injectable() class Carts {
    constructor(private readonly http: HttpService) {}
    ${methods}
  }
  @Module({ imports: [HttpModule], providers: [Carts] }) class CartsModule {}`

describe('operators behind an observable', () => {
  test.each([
    ['none', `one() { return firstValueFrom(this.http.get('/1')) }`, 'absent', null],
    ['timeout', `one() { return firstValueFrom(this.http.get('/1').pipe(timeout(100))) }`, 'present', 0.1],
    ['each', `one() { return this.http.get('/1').pipe(timeout({ each: 2000 })) }`, 'present', 2],
    ['first', `one() { return this.http.get('/1').pipe(timeout({ first: 3000 })) }`, 'present', 3],
    [
      'of a second pipe',
      `one() { return this.http.get('/1').pipe(retry(2)).pipe(timeout(100)) }`,
      'present',
      0.1,
    ],
    [
      'behind a variable',
      `one() { const x$ = this.http.get('/1'); return firstValueFrom(x$.pipe(timeout(100))) }`,
      'present',
      0.1,
    ],
    [
      'behind one use of a variable, not the other',
      `one() { const x$ = this.http.get('/1'); return flag ? x$.pipe(timeout(100)) : x$ }`,
      'absent',
      null,
    ],
    [
      'in the calling method',
      `load() { return this.http.get('/1') }\none() { return firstValueFrom(this.load().pipe(timeout(100))) }`,
      'present',
      0.1,
    ],
    [
      'in one calling method, not in the other',
      `load() { return this.http.get('/1') }\none() { return this.load().pipe(timeout(100)) }\ntwo() { return this.load() }`,
      'absent',
      null,
    ],
    [
      'behind an operator that calls',
      `all() { return from([1]).pipe(mergeMap((id) => this.http.get('/' + id)), timeout(100)) }`,
      'present',
      0.1,
    ],
    [
      'before an operator that calls',
      `all() { return from([1]).pipe(timeout(100), mergeMap((id) => this.http.get('/' + id))) }`,
      'absent',
      null,
    ],
    [
      'a function of that name of the project',
      `one() { return this.http.get('/1').pipe(own.timeout(100)) }`,
      'absent',
      null,
    ],
  ])('timeout: %s', async (_, methods, state, value) => {
    const [guards] = await guardsOf(METHODS(methods))
    expect(guards!['http-timeout']).toMatchObject({ state, value })
  })

  test.each([
    ['bare', 'retry()', 'absent', 'absent'],
    ['a count', 'retry(3)', 'present', 'absent'],
    ['a count and a delay', 'retry({ count: 3, delay: 100 })', 'present', 'absent'],
    [
      'a growing delay',
      'retry({ count: 3, delay: (error, n) => timer(2 ** n * 100) })',
      'present',
      'present',
    ],
    ['a delay alone', 'retry({ delay: 1000 })', 'absent', 'absent'],
    [
      'a delay that ends it',
      'retry({ delay: (error, n) => (n > 3 ? throwError(() => error) : timer(2 ** n * 100)) })',
      'present',
      'present',
    ],
  ])('retry: %s', async (_, operator, bounded, backoff) => {
    const [guards] = await guardsOf(METHODS(`one() { return this.http.get('/1').pipe(${operator}) }`))
    expect(guards).toMatchObject({
      'http-retry': { state: 'present' },
      'retry-bounded': { state: bounded },
      'retry-backoff': { state: backoff },
    })
  })

  test('no retry', async () => {
    const [guards] = await guardsOf(METHODS(`one() { return this.http.get('/1').pipe(retry(0)) }`))
    expect(guards!['http-retry']).toMatchObject({ state: 'absent' })
  })

  test('a message that waits for an answer', async () => {
    const guards = await guardsOf(
      `import { ClientProxy } from '@nestjs/microservices'
      import { timeout } from 'rxjs'
      class Orders {
        constructor(@Inject('ORDERS') private readonly client: ClientProxy) {}
        one() { return this.client.send('one', {}).pipe(timeout(5000)) }
        two() { return this.client.send('two', {}) }
        three() { this.client.emit('three', {}) }
      }`,
      { '@nestjs/microservices': '11.0.0' },
    )
    expect(guards.map((each) => each['http-timeout']!.state)).toEqual(['present', 'absent'])
  })
})

describe('what all callers put around it', () => {
  const LOAD = `import pTimeout from 'p-timeout'\nimport pRetry from 'p-retry'\nasync function load() { return (await fetch('http://a/x')).json() }\n`
  test.each([
    ['a timeout', `${LOAD}pTimeout(load(), { milliseconds: 100 })`, 'present'],
    ['a race', `${LOAD}Promise.race([load(), new Promise((_, no) => setTimeout(no, 100))])`, 'present'],
    ['a timeout, but for one', `${LOAD}pTimeout(load(), { milliseconds: 100 })\nload()`, 'absent'],
    [
      'a timeout of what a caller gives',
      `${LOAD}const all = () => load()\npTimeout(all(), { milliseconds: 100 })`,
      'present',
    ],
    ['nobody calls it', LOAD, 'absent'],
    [
      'a timeout far out',
      `${LOAD}const a = () => load()\nconst b = () => a()\nconst c = () => b()\nconst d = () => c()\nconst e = () => d()\npTimeout(e(), { milliseconds: 100 })`,
      'present',
    ],
    [
      'a timeout far out, but for one of the ways',
      `${LOAD}const a = () => load()\nconst b = () => a()\nconst c = () => b()\nconst d = () => c()\npTimeout(d(), { milliseconds: 100 })\nd()`,
      'absent',
    ],
    [
      'a timeout of what also calls itself',
      `${LOAD}async function all(n) { await load(); if (n > 0) await all(n - 1) }\npTimeout(all(3), { milliseconds: 100 })`,
      'present',
    ],
    [
      'a timeout of functions that call each other',
      `${LOAD}async function odd(n) { await load(); await even(n - 1) }\nasync function even(n) { if (n > 0) await odd(n - 1) }\npTimeout(odd(3), { milliseconds: 100 })`,
      'present',
    ],
    [
      'functions that only call each other',
      `${LOAD}async function odd() { await load(); await even() }\nasync function even() { await odd() }`,
      'absent',
    ],
    [
      'a timeout, and once what could not be followed',
      `${LOAD}import { withTimeout } from 'some-timeouts'\npTimeout(load(), { milliseconds: 100 })\nwithTimeout(load())`,
      'unknown',
    ],
  ])('%s', async (_, text, state) => {
    const [guards] = await guardsOf(text)
    expect(guards!['http-timeout']!.state).toBe(state)
  })

  test('a retry of a caller is judged where it stands', async () => {
    const [guards] = await guardsOf(`${LOAD}pRetry(() => load(), { retries: 2 })`)
    expect(guards!['http-retry']!.state).toBe('absent')
  })
})

describe('functions of the project that are given the call', () => {
  const BOUNDED = `import pTimeout from 'p-timeout'\nconst race = (p) => Promise.race([p, new Promise((_, no) => setTimeout(no, 100))])\n`
  test.each([
    ['around a race', `const bounded = (fn) => race(fn())\nbounded(() => fetch('http://a'))`, 'present'],
    [
      'around a library',
      `const bounded = (fn) => pTimeout(fn(), { milliseconds: 100 })\nbounded(() => fetch('http://a'))`,
      'present',
    ],
    [
      'around one of two uses',
      `const bounded = (fn) => (slow ? fn() : pTimeout(fn(), { milliseconds: 100 }))\nbounded(() => fetch('http://a'))`,
      'absent',
    ],
    [
      'around another argument',
      `const bounded = (fn, other) => [fn(), pTimeout(other(), { milliseconds: 100 })]\nbounded(() => fetch('http://a'), work)`,
      'absent',
    ],
    [
      'that call each other',
      `const a = (fn) => b(fn)\nconst b = (fn) => a(fn)\na(() => fetch('http://a'))`,
      'absent',
    ],
  ])('%s', async (_, text, state) => {
    const [guards] = await guardsOf(BOUNDED + text)
    expect(guards!['http-timeout']!.state).toBe(state)
  })
})

describe('decorators of the method', () => {
  const POLICY = `import { handleAll, retry, timeout, TimeoutStrategy, usePolicy, wrap } from 'cockatiel'\n`
  test.each([
    ['a policy', `@usePolicy(timeout(500, TimeoutStrategy.Aggressive))`, 'present', 'absent'],
    [
      'policies joined',
      `@usePolicy(wrap(retry(handleAll, { maxAttempts: 2 }), timeout(500, TimeoutStrategy.Aggressive)))`,
      'present',
      'present',
    ],
    ['one of the project', `@Timeout(500)`, 'present', 'absent'],
    ['one that could not be followed', `@RetryWithTimeout()`, 'unknown', 'unknown'],
    ['a schedule', `@Scheduled(500)`, 'absent', 'absent'],
    ['none', ``, 'absent', 'absent'],
  ])('%s', async (_, decorator, timeout, retry) => {
    const [guards] = await guardsOf(
      `${POLICY}import { Timeout as Scheduled } from '@nestjs/schedule'
      import { RetryWithTimeout } from 'some-decorators'
      const Timeout = (ms) => (target, key, descriptor) => {
        const work = descriptor.value
        descriptor.value = (...args) => Promise.race([work(...args), new Promise((_, no) => setTimeout(no, ms))])
      }
      class Carts { ${decorator} async one() { return fetch('http://carts/1') } }`,
      { cockatiel: '3.2.1' },
    )
    expect(guards).toMatchObject({ 'http-timeout': { state: timeout }, 'http-retry': { state: retry } })
  })
})

describe('races against a timer', () => {
  const TIMER = `new Promise((_, no) => setTimeout(() => no(new Error('late')), 100))`
  const SLOW = `async function slow() { await new Promise((go) => setTimeout(go, 100)); return fetch('http://b') }\n`
  test.each([
    ['of the call', `Promise.race([fetch('http://a'), ${TIMER}])`, 'present'],
    [
      'of what runs at once',
      `Promise.race([(async () => (await fetch('http://a')).json())(), ${TIMER}])`,
      'present',
    ],
    [
      'in a function that is given an object',
      `const within = ({ task, ms }) => Promise.race([task, ${TIMER}])\nwithin({ task: fetch('http://a'), ms: 5 })`,
      'present',
    ],
    [
      'in a function that also looks at the promise',
      `function within(p) { p.catch(() => {}); return Promise.race([p, ${TIMER}]) }\nwithin(fetch('http://a'))`,
      'present',
    ],
    [
      'against what is only called a timer',
      `export const get = (timer) => Promise.race([fetch('http://a'), timer])`,
      'unknown',
    ],
    ['of another call', `Promise.race([ready(), ${TIMER}])\nfetch('http://a')`, 'absent'],
    [
      'of something else in the function that is given the call',
      `async function save(p) { await Promise.race([ready(), ${TIMER}]); return p }\nsave(fetch('http://a'))`,
      'absent',
    ],
    [
      'of one of two uses',
      `async function twice(task) { await Promise.race([task(), ${TIMER}]); return task() }\ntwice(() => fetch('http://a'))`,
      'absent',
    ],
    ['against another call', `Promise.race([fetch('http://a'), other()])`, 'absent'],
    [
      'of a list in a function that is given several',
      `const within = (...all) => Promise.race([...all, ${TIMER}])\nwithin(1, fetch('http://a'))`,
      'unknown',
    ],
  ])('%s', async (_, text, state) => {
    const [guards] = await guardsOf(text)
    expect(guards!['http-timeout']!.state).toBe(state)
  })

  test('a call that waits between two steps is no timer', async () => {
    const clients = await clientsIn(`${SLOW}Promise.race([fetch('http://a'), slow()])`)
    expect(clients.map(({ guards }) => guards['http-timeout']!.state)).toEqual(['absent', 'absent'])
  })

  test('gives no timeouts of other protocols', async () => {
    const [guards] = await guardsOf(`Promise.race([fetch('http://a'), ${TIMER}])`)
    expect(Object.keys(guards!)).not.toContain('statement-timeout')
  })
})

describe('calls that nobody waits for', () => {
  test.each([
    ['a statement of its own', `function track() { fetch('http://a').catch(() => {}) }`, true],
    [
      'waited for in a function that is left to itself',
      `async function track() { await fetch('http://a') }\nvoid track()`,
      true,
    ],
    ['waited for', `async function load() { await fetch('http://a') }`, false],
    [
      'waited for by one caller',
      `async function load() { await fetch('http://a') }\nvoid load()\nawait load()`,
      false,
    ],
    ['one of two calls', `async function load() { void fetch('http://a'); await fetch('http://a') }`, false],
    ['with an answer for nobody', `fetch('http://a').then(() => {}).catch(() => {})`, true],
    ['with an answer', `fetch('http://a').then((answer) => show(answer))`, false],
    ['given data', `const body = { a: 1 }\nfetch('http://a', body)`, true],
    ['given a callback', `const done = () => show()\nfetch('http://a', done)`, false],
    ['given text', `const load = (init: string) => { fetch('http://a', init) }`, true],
    [
      'waited for on the way to more work',
      `async function start() { await fetch('http://a'); server.listen(80) }\nstart()`,
      false,
    ],
    [
      'waited for by a function that does more before it is left to itself',
      `async function check() { await fetch('http://a') }
       async function start() { try { await check() } finally { server.listen(80) } }
       start()`,
      false,
    ],
    [
      'waited for again and again',
      `async function all() { for (const one of ones) await fetch('http://a') }\nvoid all()`,
      false,
    ],
    [
      'given back to a function that is left to itself',
      `async function load() { try { const answer = await fetch('http://a'); return answer.ok } catch { return false } }
       async function track() { if (on) await load() }
       track()`,
      true,
    ],
    [
      'kept by a function that is left to itself',
      `async function load() { kept = await fetch('http://a') }\nvoid load()`,
      false,
    ],
    [
      'perhaps waited for through something unknown',
      `class Store { async load() { await fetch('http://a') } }
       class User { constructor(private readonly store: Store) {} use() { this.store.load() } }
       async function other(all: any) { await all.store.load() }`,
      false,
    ],
    [
      'of a function that is handed on',
      `async function track() { await fetch('http://a') }\nvoid track()\nrouter.get('/', track)`,
      false,
    ],
    [
      'of a function that an object has by its name',
      `async function track() { await fetch('http://a') }\nvoid track()\nconst handlers = { track }`,
      false,
    ],
    [
      'of a method that is taken out under another name',
      `class Store { async load() { await fetch('http://a') } use() { void this.load() } }
       const { load: get } = store`,
      false,
    ],
    [
      'of a method that is taken out by an assignment',
      `class Store { async load() { await fetch('http://a') } use() { void this.load() } }
       let get: any\n;({ load: get } = store)`,
      false,
    ],
    [
      'beside a property of the name',
      `async function track() { await fetch('http://a') }\nvoid track()\nconst counts = { track: 1 }`,
      true,
    ],
    [
      'of a method that a framework calls',
      `class Jobs { constructor() { this.run() } @Cron('* * * * *') async run() { await fetch('http://a') } }`,
      false,
    ],
    [
      'beside another function of the name',
      `async function track() { await fetch('http://a') }\nvoid track()
       class Other { track() {} }\nconst other = new Other()\nawait other.track()`,
      true,
    ],
    [
      'of functions that call each other',
      `async function a() { await b() }\nasync function b() { await fetch('http://a'); await a() }\nvoid a()`,
      false,
    ],
  ])('%s', async (_, text, isLeft) => {
    const [client] = await clientsIn(text)
    const { state, reason } = client!.guards['http-timeout']!
    expect([state, reason!.includes('the call is not awaited')]).toEqual(['absent', isLeft])
  })
})

describe('calls of a function that modules import', () => {
  test.each([
    ['under its name', `import { track } from './track'\nvoid track()`, true],
    ['under another name', `import { track as send } from './track'\nvoid send()`, true],
    [
      'under another name that is handed on',
      `import { track as send } from './track'\nvoid send()\nawait Promise.all([1].map(send))`,
      false,
    ],
    [
      'under another name that is given out',
      `import { track as send } from './track'\nvoid send()\nexport { send }`,
      false,
    ],
    [
      'beside one of another module that is handed on',
      `import { track } from './track'\nimport { other as send } from './other'\nvoid track()\n;[1].map(send)`,
      true,
    ],
    [
      'under names that mean each other',
      `import { track as a } from './track'\nimport { a as track } from './other'\nvoid a()`,
      true,
    ],
    ['under another name by require', `const { track: send } = require('./track')\nsend()`, false],
  ])('%s', async (_, main, isLeft) => {
    const clients = await factsOf('client', {
      'src/track.ts': `export async function track() { await fetch('http://a') }`,
      'src/other.ts': `export const other = (one: number) => one\nexport const a = 1`,
      'src/main.ts': main,
    })
    const { state, reason } = clients[0]!.guards['http-timeout']!
    expect([state, reason!.includes('the call is not awaited')]).toEqual(['absent', isLeft])
  })
})

describe('interceptors of handlers', () => {
  const INTERCEPTOR = `import { timeout } from 'rxjs'
    class Bounded { intercept(context, next) { return next.handle().pipe(timeout(5000)) } }
    class Logging { intercept(context, next) { return next.handle() } }\n`
  const CONTROLLER = (onClass = '', onMethod = '', more = ''): string => `${INTERCEPTOR}
    class Carts { load() { return fetch('http://carts/1') } }
    ${onClass} @Controller('carts') class CartsController {
      constructor(private readonly carts: Carts) {}
      ${onMethod} @Get() one() { return this.carts.load() }
    }
    ${more}`

  test.each([
    ['none', CONTROLLER(), 'absent'],
    ['of the method', CONTROLLER('', '@UseInterceptors(Bounded)'), 'present'],
    ['of the class', CONTROLLER('@UseInterceptors(Logging, new Bounded())'), 'present'],
    ['that bounds nothing', CONTROLLER('@UseInterceptors(Logging)'), 'absent'],
    ['of the application', CONTROLLER('', '', 'app.useGlobalInterceptors(new Bounded())'), 'present'],
    [
      'provided for all',
      CONTROLLER(
        '',
        '',
        '@Module({ providers: [{ provide: APP_INTERCEPTOR, useClass: Bounded }] }) class App {}',
      ),
      'present',
    ],
    [
      'of the application, but a job calls too',
      CONTROLLER(
        '',
        '',
        'app.useGlobalInterceptors(new Bounded())\nsetInterval(() => new Carts().load(), 1000)',
      ),
      'absent',
    ],
  ])('%s', async (_, text, state) => {
    const [guards] = await guardsOf(text)
    expect(guards!['http-timeout']!.state).toBe(state)
  })

  test('of another package do not count', async () => {
    const all = await factsOf('client', {
      'a/package.json': '{"name":"a"}',
      'b/package.json': '{"name":"b"}',
      'a/src/main.ts': CONTROLLER(),
      'b/src/main.ts': `${INTERCEPTOR}app.useGlobalInterceptors(new Bounded())\nfetch('http://x')`,
    })
    expect(all.map(({ guards }) => guards['http-timeout']!.state)).toEqual(['absent', 'absent'])
  })
})

describe('interceptors of requests', () => {
  test.each([
    [
      'a timeout',
      `api.interceptors.request.use((config) => { config.timeout = 500; return config })`,
      'present',
    ],
    [
      'a signal',
      `api.interceptors.request.use((c) => { c.signal = AbortSignal.timeout(500); return c })`,
      'present',
    ],
    [
      'one where none is set',
      `api.interceptors.request.use((c) => { if (!c.timeout) c.timeout = 500; return c })`,
      'present',
    ],
    ['a copy', `api.interceptors.request.use((config) => ({ ...config, timeout: 500 }))`, 'present'],
    [
      'one for some',
      `api.interceptors.request.use((c) => { if (c.slow) c.timeout = 500; return c })`,
      'unknown',
    ],
    [
      'one with a condition',
      `api.interceptors.request.use((c) => { c.timeout = 500; return c }, null, { runWhen })`,
      'unknown',
    ],
    [
      'a function of its own',
      `const bounded = (c) => { c.timeout = 500; return c }\napi.interceptors.request.use(bounded)`,
      'present',
    ],
    [
      'none: it logs it',
      `api.interceptors.request.use((c) => { log({ timeout: c.timeout }); return c })`,
      'absent',
    ],
    [
      'one of another client',
      `axios.create().interceptors.request.use((c) => { c.timeout = 500; return c })`,
      'absent',
    ],
    [
      'one of answers',
      `api.interceptors.response.use((r) => { r.config.timeout = 500; return r })`,
      'absent',
    ],
  ])('%s', async (_, interceptor, state) => {
    const [guards] = await guardsOf(
      `import axios from 'axios'\nconst api = axios.create({ baseURL: 'http://a' })\n${interceptor}\napi.get('/x')`,
    )
    expect(guards!['http-timeout']!.state).toBe(state)
  })

  test('of the module are for its own calls', async () => {
    const states = (
      await clientsIn(`import axios from 'axios'
      axios.interceptors.request.use((config) => { config.timeout = 500; return config })
      axios.get('http://a/x')
      axios.create({ baseURL: 'http://b' }).get('/x')`)
    ).map(({ target, guards }) => [target.host, guards['http-timeout']!.state])
    expect(states.sort()).toEqual([
      ['a', 'present'],
      ['b', 'absent'],
    ])
  })

  test.each([
    [
      'that set a deadline',
      `[(options, next) => new Call(next({ ...options, deadline: Date.now() + 500 }))]`,
      'present',
    ],
    ['made by a function', `[within(500)]`, 'present'],
    ['that log', `[(options, next) => new Call(next(options), log)]`, 'absent'],
    ['from elsewhere', `shared`, 'unknown'],
  ])('of gRPC %s', async (_, interceptors, state) => {
    const [guards] = await guardsOf(
      `import * as grpc from '@grpc/grpc-js'
      import { shared } from './shared'
      const within = (ms) => (options, next) => new grpc.InterceptingCall(next({ ...options, deadline: Date.now() + ms }))
      const { Carts } = grpc.loadPackageDefinition(definition).shop
      const carts = new Carts('carts:50051', credentials, { interceptors: ${interceptors} })
      export const get = () => carts.getCart({ id: 1 }, (error, cart) => show(cart))`,
      { '@grpc/grpc-js': '1.14.7' },
    )
    expect(guards!['http-timeout']!.state).toBe(state)
  })
})

describe('operators behind an effect', () => {
  const CALL = `Effect.tryPromise(() => fetch('http://a'))`

  test.each([
    ['none', `export const load = () => ${CALL}`, 'absent', null],
    ['timeout', `export const load = () => ${CALL}.pipe(Effect.timeout(3000))`, 'present', 3],
    [
      'a duration in words',
      `export const load = () => ${CALL}.pipe(Effect.timeout('3 seconds'))`,
      'present',
      null,
    ],
    [
      'a failure of its own',
      `export const load = () => ${CALL}.pipe(Effect.timeoutFail({ duration: 900, onTimeout }))`,
      'present',
      0.9,
    ],
    ['the function `pipe`', `export const load = () => pipe(${CALL}, Effect.timeout(900))`, 'present', 0.9],
    [
      'a generator',
      `export const load = Effect.gen(function* () { return yield* ${CALL} }).pipe(Effect.timeout(900))`,
      'present',
      0.9,
    ],
    [
      'a caller',
      `const one = () => ${CALL}\nexport const load = () => one().pipe(Effect.timeout(900))`,
      'present',
      0.9,
    ],
  ])('%s', async (_, code, state, value) => {
    const [guards] = await guardsOf(`import { Effect, pipe } from 'effect'\n${code}`, { effect: '3.22.4' })
    expect(guards!['http-timeout']).toMatchObject({ state, value })
  })
})

test('a call through several functions stands at the outermost caller that lacks the timeout, with the ways in', async () => {
  const clients = await factsOf('client', {
    'package.json': '{"name":"shop","private":true,"scripts":{"start":"node src/main.js"}}',
    'src/http.ts': `export const request = (path: string, signal?: AbortSignal) =>\n  fetch('http://stock' + path, { signal })`,
    'src/stock.ts': `import { request } from './http'\nexport const items = (signal?: AbortSignal) => request('/items', signal)`,
    'src/main.ts': `import { items } from './stock'\nawait items(AbortSignal.timeout(500))\nawait items()`,
  })
  const places = ({ path, line }: { path: string; line: number }): string => `${path}:${line}`
  const sites = clients.flatMap(({ calls }) => calls)
  expect(
    sites.map(({ source, guards, within }) => [
      places(source),
      guards['http-timeout']?.state,
      within.map(places),
    ]),
  ).toEqual([
    ['src/main.ts:2', 'present', ['src/http.ts:2', 'src/stock.ts:2']],
    ['src/main.ts:3', 'absent', ['src/http.ts:2', 'src/stock.ts:2']],
  ])
})
