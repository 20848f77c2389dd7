/** Kysely over a pool: what the pool decides, what is called, and what is done inside a transaction. */
import { describe, expect, test } from 'vitest'
import { clientsIn, factsOf } from './reading.js'

const VERSIONS = { kysely: '0.28.18', pg: '8.18.0' }
const KYSELY = `import { Kysely, PostgresDialect, SqliteDialect, sql } from 'kysely'\n`
const POOL = `import { Pool } from 'pg'\nconst pool = new Pool({ host: 'db', connectionTimeoutMillis: 2000 })\n`
const DB = `export const db = new Kysely<Shop>({ dialect: new PostgresDialect({ pool }) })\n`

const kyselyIn = async (code: string) =>
  (await clientsIn(KYSELY + code, VERSIONS)).find(({ library }) => library === 'kysely')

describe('what bounds its calls', () => {
  test('is the pool of its dialect, which is judged by itself', async () => {
    const clients = await clientsIn(
      KYSELY + POOL + DB + `export const carts = () => db.selectFrom('cart').execute()`,
      VERSIONS,
    )
    expect(
      clients.map(({ library, target, guards }) => [
        library,
        target.host,
        guards['pool-acquire-timeout']!.state,
      ]),
    ).toEqual([
      ['pg', 'db', 'present'],
      ['kysely', 'db', 'delegated'],
    ])
  })

  test.each([
    [
      'the pool comes from elsewhere',
      `export const make = (pool: unknown) => new Kysely({ dialect: new PostgresDialect({ pool }) })`,
    ],
    [
      'the pool is made by a function',
      `${POOL}export const db = new Kysely({ dialect: new PostgresDialect({ pool: async () => pool }) })`,
    ],
    [
      'the dialect is of somebody else',
      `import { OurDialect } from './ours'\nexport const db = new Kysely({ dialect: new OurDialect() })`,
    ],
    [
      'the dialect is handed in',
      `export const make = (dialect: unknown) => new Kysely({ dialect: dialect as never })`,
    ],
  ])('is a question where %s', async (_, code) => {
    const { guards } = (await kyselyIn(code))!
    expect(guards['pool-acquire-timeout']).toMatchObject({ state: 'unknown' })
    expect(guards['statement-timeout']).toMatchObject({ state: 'unknown' })
  })

  test('is nothing where the database is in the process', async () => {
    const code = `import Sqlite from 'better-sqlite3'
    export const db = new Kysely({ dialect: new SqliteDialect({ database: new Sqlite('shop.db') }) })
    export const carts = () => db.selectFrom('cart').execute()`
    expect(await clientsIn(KYSELY + code, VERSIONS)).toEqual([])
  })
})

describe('its calls', () => {
  test.each([
    ['a query', `db.selectFrom('cart').selectAll().where('id', '=', id).executeTakeFirst()`, ['selectFrom']],
    ['a write', `db.insertInto('cart').values({ id }).execute()`, ['insertInto']],
    [
      'a long chain',
      `db.selectFrom('cart')${`.where('id', '=', id)`.repeat(20)}.executeTakeFirstOrThrow()`,
      ['selectFrom'],
    ],
    ['of a schema', `db.withSchema('shop').deleteFrom('cart').execute()`, ['deleteFrom']],
    ['a stream', `db.selectFrom('cart').selectAll().stream()`, ['selectFrom']],
    ['a definition', `db.schema.createTable('cart').execute()`, ['execute']],
    ['what is only built', `db.selectFrom('cart').where('id', '=', id)`, []],
    [
      'a query within a query',
      `db.selectFrom('cart').where(({ exists }) => exists(db.selectFrom('item').select('id'))).execute()`,
      ['selectFrom'],
    ],
    [
      'what is done with the rows',
      `db.selectFrom('cart').execute().then((rows) => rows.stream())`,
      ['selectFrom'],
    ],
  ])('%s', async (_, call, methods) => {
    const client = await kyselyIn(`${POOL}${DB}export const run = (id: string) => ${call}`)
    expect(client!.calls.map(({ method }) => method)).toEqual(methods)
  })

  test('of a query that is built step by step', async () => {
    const client = await kyselyIn(`${POOL}${DB}export async function find(id?: string) {
      let query = db.selectFrom('cart').selectAll()
      if (id) query = query.where('id', '=', id)
      return query.execute()
    }`)
    expect(client!.calls.map(({ method }) => method)).toEqual(['selectFrom'])
  })
})

describe('an external call', () => {
  const transactionsIn = async (files: Record<string, string>) => {
    const practices = await factsOf('practice', {
      'package.json': JSON.stringify({ name: 'shop', dependencies: VERSIONS }),
      ...files,
    })
    return practices.flatMap(({ pattern, state }) => (pattern === 'transaction-external-call' ? [state] : []))
  }
  const SEND = `await fetch('http://mail/receipts', { method: 'POST' })`

  test.each([
    ['inside a transaction', `db.transaction().execute(async (trx) => { ${SEND} })`, ['absent']],
    [
      'inside one with its level set',
      `db.transaction().setIsolationLevel('serializable').execute(async (trx) => { ${SEND} })`,
      ['absent'],
    ],
    [
      'inside one of a client with plugins',
      `db.withPlugin(plugin).transaction().execute(async (trx) => { ${SEND} })`,
      ['absent'],
    ],
    [
      'after a transaction',
      `db.transaction().execute(async (trx) => { await trx.deleteFrom('cart').execute() }); ${SEND}`,
      ['present'],
    ],
    ['on a connection only', `db.connection().execute(async (one) => { ${SEND} })`, []],
    ['beside a query', `db.selectFrom('cart').execute(); ${SEND}`, []],
  ])('%s', async (_, code, states) => {
    const main = `${KYSELY}${POOL}${DB}export async function run() { await ${code} }`
    expect(await transactionsIn({ 'src/main.ts': main })).toEqual(states)
  })

  test.each([
    [`await fetch(this.url, { method: 'POST' })`, ['absent']],
    [`await dbTxn.db.updateTable('event').set({ sent: true }).execute()`, ['present']],
  ])('in what is handed to a helper of the project: %s', async (work, states) => {
    const database = `${KYSELY}import { Pool } from 'pg'
    export class Database {
      db: Kysely<Shop>
      constructor(url: string, instances?: { db: Kysely<Shop> }) {
        if (instances) this.db = instances.db
        else this.db = new Kysely<Shop>({ dialect: new PostgresDialect({ pool: new Pool({ connectionString: url }) }) })
      }
      async transaction<T>(fn: (db: Database) => Promise<T>): Promise<T> {
        return this.db.withPlugin(plugin).transaction().execute(async (txn) => fn(new Database('', { db: txn })).finally(noop))
      }
    }`
    const pusher = `import type { Database } from './database'
    export class Pusher {
      constructor(public db: Database, public url: string) {}
      async push(id: number) {
        await this.db.transaction(async (dbTxn) => { ${work} })
      }
    }`
    expect(await transactionsIn({ 'src/database.ts': database, 'src/pusher.ts': pusher })).toEqual(states)
  })
})
