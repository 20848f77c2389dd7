/** Clients that a container injects. */
import { describe, expect, test } from 'vitest'
import type { Client } from '../../../../src/facts/code.js'
import { factsOf } from './reading.js'

const SERVICE = (call = `this.http.get('http://carts/1')`): string => `
  import { HttpService } from '@nestjs/axios'
  import { firstValueFrom, timeout } from 'rxjs'
  @Injectable() export class Carts {
    constructor(private readonly http: HttpService) {}
    one() { return firstValueFrom(${call}) }
  }`
const MODULE = (imports: string, more = ''): string => `
  import { HttpModule } from '@nestjs/axios'
  import { Carts } from './carts'
  ${more}
  @Module({ imports: [${imports}], providers: [Carts], exports: [Carts] }) export class CartsModule {}`

async function clients(
  module: string | null,
  service = SERVICE(),
  more: Record<string, string> = {},
): Promise<Client[]> {
  return factsOf('client', {
    'package.json': '{"name":"shop","dependencies":{"@nestjs/core":"10.0.0","@nestjs/axios":"3.0.0"}}',
    'src/carts.ts': service,
    ...(module === null ? {} : { 'src/carts.module.ts': module }),
    ...more,
  })
}

describe('HttpService is what a module of its class provides', () => {
  test.each([
    ['with options', MODULE(`HttpModule.register({ timeout: 2000 })`), 'present', 2],
    ['with none', MODULE(`HttpModule.register({ maxRedirects: 5 })`), 'absent', null],
    ['bare', MODULE('HttpModule'), 'absent', null],
    [
      'by a factory',
      MODULE(`HttpModule.registerAsync({ useFactory: () => ({ timeout: 3000 }) })`),
      'present',
      3,
    ],
    [
      'by a factory without',
      MODULE(`HttpModule.registerAsync({ useFactory: async () => ({ baseURL: 'http://a' }) })`),
      'absent',
      null,
    ],
    ['by a class', MODULE(`HttpModule.registerAsync({ useClass: Options })`), 'unknown', null],
    [
      'by a list that is spread',
      MODULE('...SHARED', `const SHARED = [HttpModule.register({ timeout: 2000 })]`),
      'present',
      2,
    ],
    [
      'from a module of the project',
      MODULE(
        'Http',
        `@Module({ imports: [HttpModule.register({ timeout: 1000 })], exports: [HttpModule] }) class Http {}`,
      ),
      'present',
      1,
    ],
    [
      'not from one that keeps it',
      MODULE('Http', `@Module({ imports: [HttpModule.register({ timeout: 1000 })] }) class Http {}`),
      'unknown',
      null,
    ],
    [
      'by one for all, of another module',
      MODULE('', `@Module({ imports: [HttpModule.register({ timeout: 900, global: true })] }) class App {}`),
      'present',
      0.9,
    ],
    [
      'by a factory for all',
      MODULE(
        '',
        `@Module({ imports: [HttpModule.registerAsync({ global: true, useFactory: () => ({ timeout: 800 }) })] }) class App {}`,
      ),
      'present',
      0.8,
    ],
    [
      'by a global module of the project',
      MODULE(
        '',
        `@Global() @Module({ imports: [HttpModule.register({ timeout: 700 })], exports: [HttpModule] }) class Http {}`,
      ),
      'present',
      0.7,
    ],
    [
      'its own before one for all',
      MODULE(
        'HttpModule',
        `@Module({ imports: [HttpModule.register({ timeout: 900, global: true })] }) class App {}`,
      ),
      'absent',
      null,
    ],
    [
      'not by two for all that differ',
      MODULE(
        '',
        `@Module({ imports: [HttpModule.register({ timeout: 1, global: true }), HttpModule.register({ timeout: 2, global: true })] }) class App {}`,
      ),
      'unknown',
      null,
    ],
    ['by no module', null, 'unknown', null],
  ])('%s', async (_, module, state, value) => {
    const all = await clients(module)
    const asked = all.find(({ calls }) => calls.length > 0)
    expect(asked?.guards['http-timeout']).toMatchObject({ state, value })
  })

  test('two modules that differ leave it open', async () => {
    const other = { 'src/other.module.ts': MODULE('HttpModule').replace('CartsModule', 'Other') }
    const all = await clients(MODULE(`HttpModule.register({ timeout: 2000 })`), SERVICE(), other)
    const asked = all.find(({ calls }) => calls.length > 0)
    expect(asked?.guards['http-timeout']).toMatchObject({
      state: 'unknown',
      reason: expect.stringContaining('HttpService'),
    })
  })

  test.each([
    ['axiosRef', `this.http.axiosRef.get('http://carts/1')`, 'absent'],
    ['an operator', `this.http.get('http://carts/1').pipe(timeout(500))`, 'present'],
    ['an option of the call', `this.http.post('http://carts/1', {}, { timeout: 500 })`, 'present'],
  ])('its calls: %s', async (_, call, state) => {
    const [asked] = await clients(MODULE('HttpModule'), SERVICE(call))
    expect(asked).toMatchObject({ target: { host: 'carts' }, guards: { 'http-timeout': { state } } })
  })
})

describe('what a token stands for', () => {
  const INJECTED = (provider: string): string => `
    import axios, { AxiosInstance } from 'axios'
    const CARTS = 'carts'
    @Injectable() export class Carts {
      constructor(@Inject(CARTS) private readonly http: AxiosInstance) {}
      one() { return this.http.get('/1') }
    }
    @Module({ providers: [Carts, ${provider}] }) export class CartsModule {}`

  test.each([
    ['a value', `{ provide: 'carts', useValue: axios.create({ timeout: 2000 }) }`, 'present'],
    [
      'a factory',
      `{ provide: CARTS, useFactory: () => axios.create({ baseURL: 'http://carts' }) }`,
      'absent',
    ],
    ['a class', `{ provide: CARTS, useClass: Http }`, 'unknown'],
    ['nothing', `{ provide: 'orders', useValue: axios.create({ timeout: 2000 }) }`, 'unknown'],
  ])('%s', async (_, provider, state) => {
    const all = await clients(null, INJECTED(provider))
    const asked = all.find(({ calls }) => calls.length > 0)
    expect(asked?.guards['http-timeout']?.state).toBe(state)
  })
})
