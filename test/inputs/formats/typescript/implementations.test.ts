/** Calls on an interface or an abstract class of the project: what implements it runs. */
import { describe, expect, test } from 'vitest'
import { factsOf } from './reading.js'

const PACKAGE = JSON.stringify({
  name: 'shop',
  dependencies: { '@prisma/client': '6.0.0', axios: '1.7.9', typeorm: '0.3.20' },
})
const DATABASE = `import { PrismaClient } from '@prisma/client'\nexport const db = new PrismaClient()`
const INTERFACE = `export interface Receipts { send(id: string): Promise<void> }`
const ABSTRACT = `export abstract class Receipts { abstract send(id: string): Promise<void> }`
const THROWING = `export class Receipts { async send(id: string): Promise<void> { throw new Error('not implemented') } }`
const OWN = `export class Receipts { async send(id: string): Promise<void> { console.log(id) } }`
const remote = (name: string, relation: string): string =>
  `import axios from 'axios'\nimport { Receipts } from './receipts'
   export class ${name} ${relation} Receipts { async send(id: string) { await axios.post('https://receipts.example.com', { id }) } }`
const USER = `import { db } from './database'\nimport type { Receipts } from './receipts'
  export class Orders {
    constructor(private readonly receipts: Receipts) {}
    async pay(id: string) {
      await db.$transaction(async (tx) => {
        await tx.order.update({ where: { id }, data: { paid: true } })
        await this.receipts.send(id)
      })
    }
  }`

async function transactionsIn(files: Record<string, string>): Promise<string[]> {
  const practices = await factsOf('practice', { 'package.json': PACKAGE, ...files })
  return practices
    .filter(({ pattern }) => pattern === 'transaction-external-call')
    .map(({ source, state }) => `${source.path}:${source.line} ${state}`)
}

describe('what implements a type of the project', () => {
  test.each<[string, string, Record<string, string>, string[]]>([
    [
      'an interface',
      INTERFACE,
      { 'src/remote.ts': remote('Remote', 'implements') },
      ['src/orders.ts:8 absent'],
    ],
    [
      'an abstract class',
      ABSTRACT,
      { 'src/remote.ts': remote('Remote', 'extends') },
      ['src/orders.ts:8 absent'],
    ],
    [
      'a class whose methods only throw',
      THROWING,
      { 'src/remote.ts': remote('Remote', 'extends') },
      ['src/orders.ts:8 absent'],
    ],
    [
      'one of two that ask somebody else',
      INTERFACE,
      {
        'src/remote.ts': remote('Remote', 'implements'),
        'src/local.ts': `import { Receipts } from './receipts'\nexport class Local implements Receipts { async send() {} }`,
      },
      ['src/orders.ts:8 absent'],
    ],
    [
      'a class with work of its own',
      OWN,
      { 'src/remote.ts': remote('Remote', 'extends') },
      ['src/orders.ts:6 present'],
    ],
    [
      'one of the same name in another package',
      INTERFACE,
      {
        'other/package.json': '{"name":"other"}',
        'other/receipts.ts': INTERFACE,
        'other/remote.ts': remote('Remote', 'implements'),
      },
      ['src/orders.ts:6 present'],
    ],
    [
      'one of the same name in another file of the package',
      INTERFACE,
      {
        'src/other.ts': `import axios from 'axios'\ninterface Receipts { send(id: string): Promise<void> }
          export class Remote implements Receipts { async send(id: string) { await axios.post('https://receipts.example.com', { id }) } }`,
      },
      ['src/orders.ts:6 present'],
    ],
    [
      'an interface that is exported again, under another name',
      INTERFACE,
      {
        'src/index.ts': `export * from './types'`,
        'src/types.ts': `import type { Receipts } from './receipts'\nexport type { Receipts as Sender }`,
        'src/remote.ts': remote('Remote', 'implements').replace(
          "{ Receipts } from './receipts'",
          "{ Sender as Receipts } from './index'",
        ),
      },
      ['src/orders.ts:8 absent'],
    ],
    [
      'an interface that is exported again in a circle',
      INTERFACE,
      {
        'src/index.ts': `export * from './types'`,
        'src/types.ts': `export * from './index'`,
        'src/remote.ts': remote('Remote', 'implements').replace("'./receipts'", "'./index'"),
      },
      ['src/orders.ts:6 present'],
    ],
    [
      'more than can be told apart',
      INTERFACE,
      Object.fromEntries(
        ['A', 'B', 'C', 'D', 'E'].map((name) => [`src/${name}.ts`, remote(name, 'implements')]),
      ),
      ['src/orders.ts:6 present'],
    ],
  ])('%s', async (_, type, files, places) => {
    const sources = { 'src/database.ts': DATABASE, 'src/receipts.ts': type, 'src/orders.ts': USER, ...files }
    expect(await transactionsIn(sources)).toEqual(places)
  })

  test('what two classes do for each other ends', async () => {
    const circle = (name: string, other: string): string =>
      `import axios from 'axios'\nimport { Receipts } from './receipts'
       export class ${name} implements Receipts { constructor(readonly next: Receipts) {} async send(id: string) { await this.next.send(id) } } // ${other}`
    const files = {
      'src/database.ts': DATABASE,
      'src/receipts.ts': INTERFACE,
      'src/orders.ts': USER,
      'src/a.ts': circle('A', 'B'),
      'src/b.ts': circle('B', 'A'),
    }
    expect(await transactionsIn(files)).toEqual(['src/orders.ts:6 present'])
  })
})

describe('a transaction that the project opens by a function of its own', () => {
  const store = (
    body: string,
  ): string => `import { Pool } from 'pg'\nimport axios from 'axios'\nconst pool = new Pool()
    export class Store {
      async withTransaction<T>(work: (tx: unknown) => Promise<T>) { ${body} }
      async pay(id: string) {
        await this.withTransaction(async (tx) => {
          await axios.post('https://pay.example.com', { id })
        })
      }
    }`

  test.each([
    [
      'by its statements',
      `const c = await pool.connect(); await c.query('BEGIN'); const r = await work(c); await c.query('COMMIT'); return r`,
      ['src/store.ts:8 absent'],
    ],
    [
      'of what is not followed, by its end',
      `const tx = await begin(); const r = await work(tx); await tx.commit(); return r`,
      ['src/store.ts:8 absent'],
    ],
    ['not where nothing of a database is seen', `return tracer.run(() => work(null))`, []],
  ])('%s', async (_, body, places) => {
    expect(await transactionsIn({ 'src/store.ts': store(body) })).toEqual(places)
  })
})

describe('a hook of a write that opens a transaction by itself', () => {
  const subscriber = (
    work: string,
  ): string => `import axios from 'axios'\nimport { EventSubscriber, type EntitySubscriberInterface } from 'typeorm'\nimport { Order } from './order'
    @EventSubscriber()
    export class OrderSubscriber implements EntitySubscriberInterface<Order> {
      async afterUpdate() {
        ${work}
      }
      async notify() { await axios.post('https://receipts.example.com') }
    }`
  const SAVE = `import { getRepository } from './data'\nimport { Order } from './order'\nexport const pay = async (order: Order) => { const orders = getRepository(Order); await orders.save(order) }`
  const UPDATE = SAVE.replace('save(order)', 'update(order, {})')

  test.each([
    ['saved', 'await this.notify()', SAVE, ['src/subscriber.ts:9 absent']],
    ['saved, and nobody waits', 'this.notify()', SAVE, []],
    [
      'written without a transaction that is seen',
      'await this.notify()',
      UPDATE,
      ['src/subscriber.ts:6 unknown'],
    ],
  ])('%s', async (_, work, write, places) => {
    const files = {
      'src/order.ts': 'export class Order {}',
      'src/subscriber.ts': subscriber(work),
      'src/pay.ts': `import 'typeorm'\n${write}`,
    }
    expect(await transactionsIn(files)).toEqual(places)
  })
})
