/** Clients that are known only by types that the project declares, in the file or elsewhere. */
import { describe, expect, test } from 'vitest'
import { factsOf } from './reading.js'

const PACKAGE = JSON.stringify({
  name: 'shop',
  dependencies: { '@prisma/client': '6.0.0', mongoose: '8.0.0' },
})
const HEAD = `import type { Context } from './types'\n`
const PLACE = (write: string): string =>
  `export async function place(context: Context, o: object) { try { await ${write} } catch (error) { console.error(error) } }`
const PRISMA = `import type { PrismaClient } from '@prisma/client'\n`
const CREATE = 'context.db.order.create({ data: o })'

type Case = [name: string, files: Record<string, string>, states: string[]]

const CASES: Case[] = [
  [
    'a member that may be of two types, or is left out and put in anew, is none of them',
    {
      'src/types.ts': `${PRISMA}interface Memory { order: { create(o: object): Promise<void> } }\nexport interface Either { db: PrismaClient | Memory }\nexport interface Own { db: PrismaClient }\nexport type Fresh = Omit<Own, 'db'> & { db: Memory }`,
      'src/main.ts':
        `import type { Either, Fresh } from './types'\n` +
        PLACE(CREATE).replace('Context', 'Either') +
        '\n' +
        PLACE(CREATE).replace('place', 'again').replace('Context', 'Fresh'),
    },
    [],
  ],
  ...(['a', 'b'] as const).map((first): Case => [
    `modules that export each other, ${first} asked first`,
    {
      'src/types/a.ts': `${PRISMA}export * from './b'\nexport interface Context { db: PrismaClient }`,
      'src/types/b.ts': `export * from './a'`,
      'src/one.ts': `import type { Context } from './types/${first}'\n` + PLACE(CREATE),
      'src/two.ts':
        `import type { Context } from './types/${first === 'a' ? 'b' : 'a'}'\n` +
        PLACE(CREATE).replace('place', 'again'),
    },
    ['absent', 'absent'],
  ]),
  [
    'a member of an interface in another file',
    {
      'src/types.ts': `${PRISMA}export interface Context { db: PrismaClient }`,
      'src/main.ts': HEAD + PLACE(CREATE),
    },
    ['absent'],
  ],
  [
    'a member that is only read through',
    {
      'src/types.ts': `${PRISMA}export interface Context { readonly db: Readonly<PrismaClient> | null }`,
      'src/main.ts': HEAD + PLACE(CREATE),
    },
    ['absent'],
  ],
  [
    'an interface that extends the type of a library, in a third file',
    {
      'src/models.ts': `import { Model } from 'mongoose'\nexport interface OrderModel extends Model<object> { place(o: object): Promise<void> }`,
      'src/types.ts': `import { OrderModel } from './models'\nexport type Context = { models: { orders: OrderModel } }`,
      'src/main.ts': HEAD + PLACE('context.models.orders.create(o)'),
    },
    ['absent'],
  ],
  [
    'a member of what an interface extends, exported again',
    {
      'src/base.ts': `${PRISMA}export interface Base { db: PrismaClient }`,
      'src/inner.ts': `import { Base } from './base'\nexport interface Context extends Base { user: string }`,
      'src/types.ts': `export * from './inner'`,
      'src/main.ts': HEAD + PLACE(CREATE),
    },
    ['absent'],
  ],
  [
    'taken out of a parameter',
    {
      'src/types.ts': `${PRISMA}export interface Context { db: PrismaClient }`,
      'src/main.ts': `${HEAD}export async function place({ db }: Context, o: object) { try { await db.order.create({ data: o }) } catch (error) { console.error(error) } }`,
    },
    ['absent'],
  ],
  [
    'a member of another type',
    {
      'src/types.ts': `${PRISMA}export interface Context { db: Store, other: PrismaClient }\nexport interface Store { order: Orders }`,
      'src/main.ts': HEAD + PLACE(CREATE),
    },
    [],
  ],
  [
    'a type that means itself',
    {
      'src/types.ts': `${PRISMA}export type Context = Other\ntype Other = Context`,
      'src/main.ts': HEAD + PLACE(CREATE),
    },
    [],
  ],
  [
    'modules that export each other',
    {
      'src/types.ts': `export * from './inner'`,
      'src/inner.ts': `${PRISMA}export * from './types'`,
      'src/main.ts': HEAD + PLACE(CREATE),
    },
    [],
  ],
  ['a file that is not there', { 'src/main.ts': HEAD + PLACE(CREATE) }, []],
  [
    'an interface that is cut off',
    { 'src/types.ts': `${PRISMA}export interface Context { db: `, 'src/main.ts': HEAD + PLACE(CREATE) },
    [],
  ],
]

describe('types that the project declares', () => {
  test.each(CASES)('%s', async (_, files, states) => {
    const practices = await factsOf('practice', { 'package.json': PACKAGE, ...files })
    const lost = practices.filter(({ pattern }) => pattern === 'swallowed-error')
    expect(lost.map(({ state }) => state)).toEqual(states)
  })
})

const WRITE = (db: string): string =>
  `export async function place(o: object) { try { await ${db}.order.create({ data: o }) } catch (error) { console.error(error) } }`
const MADE = `${PRISMA}declare function make(): unknown\n`

describe('types written beside what cannot be followed', () => {
  test.each<[string, string, string[]]>([
    [
      'a variable',
      `${MADE}const db: PrismaClient = new Proxy(make(), {}) as never\n${WRITE('db')}`,
      ['absent'],
    ],
    ['a cast', `${MADE}const db = make() as unknown as PrismaClient\n${WRITE('db')}`, ['absent']],
    ['a variable that is set elsewhere', `${MADE}let db: PrismaClient\n${WRITE('db')}`, ['absent']],
    [
      'what a function gives',
      `${MADE}async function open(): Promise<PrismaClient> { return await fromPool() }\n${WRITE('(await open())')}`,
      ['absent'],
    ],
    [
      'a field',
      `${MADE}export class Orders { private db!: PrismaClient\n async place(o: object) { try { await this.db.order.create({ data: o }) } catch (error) { console.error(error) } } }`,
      ['absent'],
    ],
    [
      'another type',
      `${MADE}interface Store { order: object }\nconst db: Store = make() as never\n${WRITE('db')}`,
      [],
    ],
    [
      'a type of a value',
      `${MADE}const db = new PrismaClient()\ntype Database = typeof db\nexport async function place(store: Database, o: object) { try { await store.order.create({ data: o }) } catch (error) { console.error(error) } }`,
      ['absent'],
    ],
    [
      'a type of what a function gives',
      `${MADE}const connect = async () => new PrismaClient()\nexport type Database = Awaited<ReturnType<typeof connect>> | null\nexport async function place(store: Database, o: object) { try { await store!.order.create({ data: o }) } catch (error) { console.error(error) } }`,
      ['absent'],
    ],
    [
      'a type of a value that is no client',
      `${MADE}const db = { order: make() }\ntype Database = typeof db\nexport async function place(store: Database, o: object) { try { await store.order.create({ data: o }) } catch (error) { console.error(error) } }`,
      [],
    ],
    [
      'a type that means itself',
      `${MADE}type Database = Awaited<Other>\ntype Other = Awaited<Database>\nexport async function place(store: Database, o: object) { try { await store.order.create({ data: o }) } catch (error) { console.error(error) } }`,
      [],
    ],
    ['none', `${MADE}const db = make()\n${WRITE('db')}`, []],
  ])('%s', async (_, main, states) => {
    const practices = await factsOf('practice', { 'package.json': PACKAGE, 'src/main.ts': main })
    const lost = practices.filter(({ pattern }) => pattern === 'swallowed-error')
    expect(lost.map(({ state }) => state)).toEqual(states)
  })
})
