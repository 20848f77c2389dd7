/** Facts of libraries for GraphQL, RPC, messages, locks and sign-in, each as its client is written. */
import { describe, expect, test } from 'vitest'
import { clientsIn, guardIn, practicesIn } from './reading.js'

type Case = [name: string, pattern: string, code: string, state: string, value?: number | null]

const VERSIONS = {
  '@apollo/client': '4.3.8',
  '@connectrpc/connect': '2.2.0',
  'nice-grpc': '2.1.18',
  '@google-cloud/pubsub': '5.3.1',
  redlock: '5.0.0-beta.2',
  wretch: '3.0.9',
  'openid-client': '6.8.9',
  undici: '7.29.0',
  '@trpc/client': '11.25.2',
}

const TRPC = `import { createTRPCClient, createTRPCUntypedClient, httpBatchLink, httpLink, splitLink } from '@trpc/client'\n`
const URL = `url: 'http://shop/trpc'`

const APOLLO = `import { ApolloClient, ApolloLink, HttpLink, createHttpLink, InMemoryCache } from '@apollo/client'\nconst cache = new InMemoryCache()\n`
const CONNECT = `import { createClient } from '@connectrpc/connect'\nimport { createConnectTransport } from '@connectrpc/connect-node'\nimport { Carts } from './gen/carts_pb'\n`
const NICE = `import { createChannel, createClient, createClientFactory } from 'nice-grpc'\nimport { deadlineMiddleware } from 'nice-grpc-client-middleware-deadline'\nimport { Carts } from './gen/carts'\nconst channel = createChannel('carts:50051')\n`
const PUBSUB = `import { PubSub } from '@google-cloud/pubsub'\nconst pubsub = new PubSub()\n`
const LOCK = `import Redlock from 'redlock'\nimport { redis } from './redis'\n`
const WRETCH = `import wretch from 'wretch'\nimport AbortAddon from 'wretch/addons/abort'\n`
const OPENID = `import * as client from 'openid-client'\n`

const CASES: Case[] = [
  [
    'tRPC by default',
    'http-timeout',
    `${TRPC}const c = createTRPCClient({ links: [httpBatchLink({ ${URL}, headers: () => ({ from: name() }) })] })\nexport const all = () => c.orders.list.query({ page: 1 })`,
    'absent',
  ],
  [
    'tRPC whose calls end',
    'http-timeout',
    `${TRPC}const c = createTRPCClient({ links: [httpBatchLink({ ${URL} })] })\nexport const all = () => c.orders.list.query({ page: 1 }, { signal: AbortSignal.timeout(2000) })`,
    'present',
    2,
  ],
  [
    'tRPC by path, whose calls end',
    'http-timeout',
    `${TRPC}const c = createTRPCUntypedClient({ links: [httpLink({ ${URL} })] })\nexport const place = (o) => c.mutation('orders.place', o, { signal: AbortSignal.timeout(2000) })`,
    'present',
    2,
  ],
  [
    'tRPC with a fetch of its own',
    'http-timeout',
    `${TRPC}const c = createTRPCClient({ links: [httpBatchLink({ ${URL}, fetch: bounded })] })\nexport const all = () => c.orders.list.query({})`,
    'unknown',
  ],
  [
    'tRPC with a fetch of its own in a link of a link',
    'http-timeout',
    `${TRPC}const c = createTRPCClient({ links: [splitLink({ condition, true: httpLink({ ${URL}, fetch: bounded }), false: httpBatchLink({ ${URL} }) })] })\nexport const all = () => c.orders.list.query({})`,
    'unknown',
  ],
  ...(
    [
      ['made by a function', `httpLink(options('http://shop'))`],
      ['held in a variable', `splitLink({ condition, true: timed, false: timed })`],
      ['in a list', `splitLink({ condition, true: [httpLink({ ${URL}, fetch: bounded })], false: timed })`],
      ['of the project', `ending(5000), httpLink({ ${URL} })`],
    ] as const
  ).map(
    ([what, links]) =>
      [
        `tRPC with a link ${what}`,
        'http-timeout',
        `${TRPC}import { bounded } from './bounded'\nfunction options(url) { const base = { url }; base.fetch = bounded; return base }\nfunction ending(ms) { return () => ({ op, next }) => next({ ...op, signal: AbortSignal.timeout(ms) }) }\nconst timed = httpLink({ ${URL}, fetch: bounded })\nconst c = createTRPCClient({ links: [${links}] })\nexport const all = () => c.orders.list.query({})`,
        'unknown',
      ] as Case,
  ),
  [
    'tRPC with options of a link from elsewhere',
    'http-timeout',
    `${TRPC}import { options } from './options'\nconst c = createTRPCClient({ links: [httpBatchLink({ ...options, ${URL} })] })\nexport const all = () => c.orders.list.query({})`,
    'unknown',
  ],
  [
    'tRPC with links from elsewhere',
    'http-timeout',
    `${TRPC}import { links } from './links'\nconst c = createTRPCClient({ links })\nexport const all = () => c.orders.list.query({})`,
    'unknown',
  ],
  [
    'Apollo Client with an address',
    'http-timeout',
    `${APOLLO}export const c = new ApolloClient({ uri: 'http://shop/graphql', cache })`,
    'absent',
  ],
  [
    'Apollo Client with a plain link',
    'http-timeout',
    `${APOLLO}export const c = new ApolloClient({ link: new HttpLink({ uri: 'http://shop/graphql', fetch }), cache })`,
    'absent',
  ],
  [
    'Apollo Client with a plain link of a function',
    'http-timeout',
    `${APOLLO}const link = createHttpLink({ uri: 'http://shop/graphql' })\nexport const c = new ApolloClient({ link, cache })`,
    'absent',
  ],
  [
    'Apollo Client with a fetch that gives a signal',
    'http-timeout',
    `${APOLLO}const limited = (url, init) => send(url, { ...init, signal: AbortSignal.timeout(3000) })\nexport const c = new ApolloClient({ link: new HttpLink({ uri: 'http://shop/graphql', fetch: limited }), cache })`,
    'present',
  ],
  [
    'Apollo Client with a fetch from elsewhere',
    'http-timeout',
    `${APOLLO}import { limited } from './gone'\nexport const c = new ApolloClient({ link: new HttpLink({ uri: 'http://shop/graphql', fetch: limited }), cache })`,
    'unknown',
  ],
  [
    'Apollo Client that sends nothing',
    'http-timeout',
    `${APOLLO}import { SchemaLink } from '@apollo/client/link/schema'\nexport const c = new ApolloClient({ link: new SchemaLink({ schema }), cache })`,
    'unknown',
  ],
  [
    'Connect within the process',
    'http-timeout',
    `${CONNECT}import { createRouterTransport } from '@connectrpc/connect'\nconst carts = createClient(Carts, createRouterTransport(({ service }) => service(Carts, {})))\nexport const get = (id) => carts.getCart({ id })`,
    'unknown',
  ],
  [
    'Connect with a transport of the project',
    'http-timeout',
    `${CONNECT}class Own { unary() {} }\nconst carts = createClient(Carts, new Own())\nexport const get = (id) => carts.getCart({ id })`,
    'unknown',
  ],
  [
    'Apollo Client with several links',
    'http-timeout',
    `${APOLLO}export const c = new ApolloClient({ link: ApolloLink.from([auth, new HttpLink({ uri: 'http://shop/graphql' })]), cache })`,
    'unknown',
  ],
  [
    'Apollo Client with a signal for a query',
    'http-timeout',
    `${APOLLO}const c = new ApolloClient({ uri: 'http://shop/graphql', cache })\nexport const carts = () => c.query({ query, context: { fetchOptions: { signal: AbortSignal.timeout(900) } } })`,
    'present',
  ],
  [
    'Connect by default',
    'http-timeout',
    `${CONNECT}const carts = createClient(Carts, createConnectTransport({ baseUrl: 'http://carts', httpVersion: '2' }))\nexport const get = (id) => carts.getCart({ id })`,
    'absent',
  ],
  [
    'Connect with a deadline of the transport',
    'http-timeout',
    `${CONNECT}const transport = createConnectTransport({ baseUrl: 'http://carts', defaultTimeoutMs: 2000 })\nconst carts = createClient(Carts, transport)\nexport const get = (id) => carts.getCart({ id })`,
    'present',
    2,
  ],
  [
    'Connect with a deadline of the call',
    'http-timeout',
    `${CONNECT}const carts = createClient(Carts, createConnectTransport({ baseUrl: 'http://carts' }))\nexport const get = (id) => carts.getCart({ id }, { timeoutMs: 700 })`,
    'present',
    0.7,
  ],
  [
    'Connect without a limit, in words',
    'http-timeout',
    `${CONNECT}const carts = createClient(Carts, createConnectTransport({ baseUrl: 'http://carts' }))\nexport const get = (id) => carts.getCart({ id }, { timeoutMs: 0 })`,
    'inert',
  ],
  [
    'Connect with interceptors from elsewhere',
    'http-timeout',
    `${CONNECT}import { limits } from './gone'\nconst carts = createClient(Carts, createConnectTransport({ baseUrl: 'http://carts', interceptors: [limits] }))\nexport const get = (id) => carts.getCart({ id })`,
    'unknown',
  ],
  [
    'Connect with a transport from elsewhere',
    'http-timeout',
    `${CONNECT}import { transport } from './gone'\nconst carts = createClient(Carts, transport)\nexport const get = (id) => carts.getCart({ id })`,
    'unknown',
  ],
  [
    'nice-grpc by default',
    'http-timeout',
    `${NICE}const carts = createClient(Carts, channel)\nexport const get = (id) => carts.getCart({ id })`,
    'absent',
  ],
  [
    'nice-grpc with a signal',
    'http-timeout',
    `${NICE}const carts = createClient(Carts, channel)\nexport const get = (id) => carts.getCart({ id }, { signal: AbortSignal.timeout(900) })`,
    'present',
    0.9,
  ],
  [
    'nice-grpc with middleware',
    'http-timeout',
    `${NICE}const carts = createClientFactory().use(deadlineMiddleware).create(Carts, channel)\nexport const get = (id) => carts.getCart({ id })`,
    'unknown',
  ],
  [
    'nice-grpc with a deadline of the call',
    'http-timeout',
    `${NICE}const carts = createClientFactory().use(deadlineMiddleware).create(Carts, channel)\nexport const get = (id) => carts.getCart({ id }, { deadline: 1500 })`,
    'present',
    1.5,
  ],
  [
    'nice-grpc with a deadline for all calls',
    'http-timeout',
    `${NICE}const factory = createClientFactory().use(deadlineMiddleware)\nconst carts = factory.create(Carts, channel, { '*': { deadline: 2000 } })\nexport const get = (id) => carts.getCart({ id })`,
    'present',
    2,
  ],
  [
    'a publish of Pub/Sub',
    'http-timeout',
    `${PUBSUB}export const sell = (json) => pubsub.topic('sales').publishMessage({ json })`,
    'present',
    60,
  ],
  [
    'a publish of Pub/Sub, again',
    'retry-bounded',
    `${PUBSUB}const sales = pubsub.topic('sales')\nexport const sell = (json) => sales.publishMessage({ json })`,
    'present',
  ],
  [
    'Redlock by default',
    'retry-bounded',
    `${LOCK}const locks = new Redlock([redis])\nexport const take = () => locks.acquire(['stock'], 5000)`,
    'present',
    10,
  ],
  [
    'Redlock that asks once',
    'retry-bounded',
    `${LOCK}const locks = new Redlock([redis], { retryCount: 0 })\nexport const take = () => locks.acquire(['stock'], 5000)`,
    'present',
  ],
  [
    'Redlock without a last attempt',
    'retry-bounded',
    `${LOCK}const locks = new Redlock([redis], { retryCount: -1 })\nexport const take = () => locks.acquire(['stock'], 5000)`,
    'inert',
  ],
  [
    'Redlock with a last attempt for one lock',
    'retry-bounded',
    `${LOCK}const locks = new Redlock([redis])\nexport const take = (work) => locks.using(['stock'], 5000, { retryCount: 3 }, work)`,
    'present',
    3,
  ],
  [
    'Redlock with settings from elsewhere',
    'retry-bounded',
    `${LOCK}import { settings } from './gone'\nconst locks = new Redlock([redis], settings)\nexport const take = () => locks.acquire(['stock'], 5000)`,
    'unknown',
  ],
  [
    'wretch by default',
    'http-timeout',
    `${WRETCH}export const items = () => wretch('http://stock').auth('a').url('/items').get().json()`,
    'absent',
  ],
  [
    'wretch with a bound behind the call',
    'http-timeout',
    `${WRETCH}const stock = wretch('http://stock').addon(AbortAddon())\nexport const items = () => stock.get('/items').setTimeout(1000).json()`,
    'present',
  ],
  [
    'wretch with a signal among its options',
    'http-timeout',
    `${WRETCH}export const items = () => wretch('http://stock').options({ signal: AbortSignal.timeout(900) }).get('/items').json()`,
    'unknown',
  ],
  [
    'wretch with middlewares',
    'http-timeout',
    `${WRETCH}const stock = wretch('http://stock').middlewares([limits])\nexport const items = () => stock.get('/items').json()`,
    'unknown',
  ],
  [
    'wretch with middlewares, called elsewhere',
    'http-timeout',
    `${WRETCH}export const stock = wretch('http://stock').middlewares([limits])`,
    'unknown',
  ],
  [
    'openid-client 6',
    'http-timeout',
    `${OPENID}export const found = client.discovery(new URL('https://id.example'), 'shop')`,
    'present',
    30,
  ],
  [
    'openid-client 6 with a bound in seconds',
    'http-timeout',
    `${OPENID}export const found = client.discovery(new URL('https://id.example'), 'shop', undefined, undefined, { timeout: 5 })`,
    'present',
    5,
  ],
  [
    'undici with a dispatcher for the call',
    'http-timeout',
    `import { Agent, request } from 'undici'\nexport const items = () => request('http://stock', { dispatcher: new Agent({ headersTimeout: 2000, bodyTimeout: 3000 }) })`,
    'present',
    2,
  ],
  [
    'undici with a dispatcher that bounds nothing',
    'http-timeout',
    `import { Agent, request } from 'undici'\nexport const items = () => request('http://stock', { dispatcher: new Agent({ connections: 5 }) })`,
    'absent',
  ],
  [
    'fetch with a dispatcher from elsewhere',
    'http-timeout',
    `import { agent } from './gone'\nexport const items = () => fetch('http://stock', { dispatcher: agent })`,
    'unknown',
  ],
]

test.each(CASES)('%s: %s', async (_name, pattern, code, state, value) => {
  const clients = await clientsIn(code, VERSIONS)
  expect(clients.map(({ library }) => library)).toHaveLength(1)
  expect(clients[0]!.guards[pattern]).toMatchObject({ state, ...(value ? { value } : {}) })
})

test('openid-client 5 is bounded more narrowly', async () => {
  const code = `import { Issuer } from 'openid-client'\nexport const found = Issuer.discover('https://id.example')`
  expect(await guardIn('http-timeout', code, { 'openid-client': '5.7.1' })).toMatchObject({
    state: 'present',
    value: 3.5,
  })
})

describe('whom they call', () => {
  test.each([
    [
      'Apollo Client',
      `${APOLLO}const link = createHttpLink({ uri: 'http://shop/graphql' })\nexport const c = new ApolloClient({ link, cache })`,
      'shop',
    ],
    [
      'Connect',
      `${CONNECT}export const c = createClient(Carts, createConnectTransport({ baseUrl: 'http://carts:8080' }))`,
      'carts',
    ],
    [
      'Redlock',
      `import Redis from 'ioredis'\nimport Redlock from 'redlock'\nconst redis = new Redis({ host: 'cache' })\nexport const locks = new Redlock([redis])`,
      'cache',
    ],
    ['wretch', `${WRETCH}export const stock = wretch('http://stock')`, 'stock'],
  ])('%s', async (_, code, host) => {
    const clients = await clientsIn(code, VERSIONS)
    expect(clients.map(({ target }) => target.host)).toContain(host)
    expect(clients.every(({ target }) => target.host === host)).toBe(true)
  })
})

describe('messages of Pub/Sub', () => {
  const handled = async (handler: string): Promise<string[]> => {
    const practices = await practicesIn(
      `import axios from 'axios'\n${PUBSUB}const sub = pubsub.subscription('sales')\n${handler}`,
    )
    return practices.filter(({ pattern }) => pattern === 'ack-after-work').map(({ state }) => state)
  }

  test.each([
    [
      'done after the work',
      `sub.on('message', async (m) => { await axios.post('http://a', m.data); m.ack() })`,
      ['present'],
    ],
    [
      'done before it',
      `sub.on('message', async (m) => { m.ack(); await axios.post('http://a', m.data) })`,
      ['absent'],
    ],
    ['an error is no message', `sub.on('error', async (e) => { await axios.post('http://a', e) })`, []],
  ])('%s', async (_, handler, states) => {
    expect(await handled(handler)).toEqual(states)
  })
})
