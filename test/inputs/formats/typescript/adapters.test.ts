/** Libraries over a driver: the client that they are given is judged by itself, and one that they make by what it gets. */
import { describe, expect, test } from 'vitest'
import { clientsIn, guardIn } from './reading.js'

const VERSIONS = {
  'drizzle-orm': '0.45.4',
  pg: '8.18.0',
  mysql2: '3.24.0',
  postgres: '3.4.9',
  '@neondatabase/serverless': '1.2.0',
  '@planetscale/database': '1.20.2',
  '@nestjs-modules/mailer': '2.3.7',
  nodemailer: '8.0.7',
}

const PG = `import { drizzle } from 'drizzle-orm/node-postgres'\n`
const MAILER = `import { MailerModule } from '@nestjs-modules/mailer'\n`

type Case = [name: string, pattern: string, code: string, state: string, value?: number]

describe('a driver that the adapter makes', () => {
  test.each<Case>([
    [
      'by an address of the environment',
      'pool-acquire-timeout',
      `${PG}export const db = drizzle(process.env.DATABASE_URL!)`,
      'absent',
    ],
    [
      'by an address, with a schema',
      'connect-timeout',
      `${PG}import * as schema from './schema'\nexport const db = drizzle(process.env.DATABASE_URL!, { schema })`,
      'absent',
    ],
    [
      'by options without a bound',
      'pool-acquire-timeout',
      `${PG}export const db = drizzle({ connection: { host: 'db', max: 5 } })`,
      'absent',
    ],
    [
      'by options with one',
      'pool-acquire-timeout',
      `${PG}export const db = drizzle({ connection: { host: 'db', connectionTimeoutMillis: 2000 } })`,
      'present',
      2,
    ],
    [
      'by a literal address with a bound for statements',
      'statement-timeout',
      `${PG}export const db = drizzle('postgres://db/shop?statement_timeout=4000')`,
      'present',
      4,
    ],
    [
      'by an address that is not in the code',
      'statement-timeout',
      `${PG}export const db = drizzle({ connection: process.env.DATABASE_URL! })`,
      'unknown',
    ],
    [
      'by options of mysql2',
      'connect-timeout',
      `import { drizzle } from 'drizzle-orm/mysql2'\nexport const db = drizzle(process.env.DATABASE_URL!)`,
      'present',
      10,
    ],
    [
      'by mysql2, which queues without end',
      'pool-acquire-timeout',
      `import { drizzle } from 'drizzle-orm/mysql2'\nexport const db = drizzle({ connection: { host: 'db' } })`,
      'absent',
    ],
    [
      'by postgres.js',
      'connect-timeout',
      `import { drizzle } from 'drizzle-orm/postgres-js'\nexport const db = drizzle({ connection: { url: 'postgres://db/shop', connect_timeout: 3 } })`,
      'present',
      3,
    ],
    [
      "by Neon's HTTP driver",
      'statement-timeout',
      `import { drizzle } from 'drizzle-orm/neon-http'\nexport const db = drizzle(process.env.DATABASE_URL!)`,
      'absent',
    ],
    [
      "by Neon's pool",
      'pool-acquire-timeout',
      `import { drizzle } from 'drizzle-orm/neon-serverless'\nexport const db = drizzle(process.env.DATABASE_URL!)`,
      'absent',
    ],
    [
      'by PlanetScale with a fetch of its own',
      'statement-timeout',
      `import { drizzle } from 'drizzle-orm/planetscale-serverless'\nexport const db = drizzle({ connection: { host: 'db', fetch: (url, init) => limited(url, { ...init, signal: AbortSignal.timeout(900) }) } })`,
      'present',
    ],
    [
      'a transport of nodemailer, by default',
      'connect-timeout',
      `${MAILER}export const mail = MailerModule.forRoot({ transport: { host: 'smtp' } })`,
      'present',
      120,
    ],
    [
      'a transport of nodemailer with a bound',
      'connect-timeout',
      `${MAILER}export const mail = MailerModule.forRootAsync({ useFactory: () => ({ transport: { host: 'smtp', connectionTimeout: 5000 } }) })`,
      'present',
      5,
    ],
    [
      'a mail with a bound',
      'http-timeout',
      `${MAILER}export const mail = MailerModule.forRoot({ transport: 'smtps://smtp', sendTimeout: 9000 })`,
      'present',
      9,
    ],
  ])('%s: %s', async (_name, pattern, code, state, value) => {
    const guard = await guardIn(pattern, code, VERSIONS)
    expect(guard).toMatchObject({ state, ...(value === undefined ? {} : { value }) })
  })

  test('a bound of the module that its version does not know', async () => {
    const code = `${MAILER}export const mail = MailerModule.forRoot({ transport: 'smtps://smtp', sendTimeout: 9000 })`
    const guard = await guardIn('http-timeout', code, { '@nestjs-modules/mailer': '2.0.2' })
    expect(guard).toMatchObject({ state: 'present', tier: 'loose-default', value: 600 })
  })

  test('a version that was not checked', async () => {
    const code = `${PG}export const db = drizzle(process.env.DATABASE_URL!)`
    expect(await guardIn('connect-timeout', code, { 'drizzle-orm': '1.2.0' })).toMatchObject({
      state: 'unknown',
    })
  })
})

describe('a client that the adapter is given', () => {
  const POOL = `import { Pool } from 'pg'\nconst pool = new Pool({ host: 'db', connectionTimeoutMillis: 2000, query_timeout: 900 })\n`

  test.each([
    ['as it is', `${PG}${POOL}export const db = drizzle(pool, { logger: true })`],
    ['as an option', `${PG}${POOL}export const db = drizzle({ client: pool })`],
  ])('%s is judged by itself', async (_, code) => {
    const clients = await clientsIn(`${code}\nexport const carts = () => db.select().from(cart)`, VERSIONS)
    const states = clients.map(({ library, guards }) => [library, guards['pool-acquire-timeout']?.state])
    expect(states).toContainEqual(['pg', 'present'])
    expect(states.filter(([library]) => library !== 'pg').every(([, state]) => state === 'delegated')).toBe(
      true,
    )
  })

  test.each([
    ['as it is', `import { pool } from './gone'\nexport const db = drizzle(pool)`],
    ['as an option', `import { pool } from './gone'\nexport const db = drizzle({ client: pool })`],
    ['by a function', `export const make = () => drizzle({ client: makePool() })`],
  ])('%s, made nobody knows where, lacks nothing that was seen', async (_, code) => {
    expect(await guardIn('pool-acquire-timeout', PG + code, VERSIONS)).toMatchObject({ state: 'unknown' })
    expect(await guardIn('statement-timeout', PG + code, VERSIONS)).toMatchObject({ state: 'unknown' })
  })

  test('Neon, PlanetScale and postgres.js under Drizzle', async () => {
    const under = async (code: string): Promise<string[]> =>
      (await clientsIn(code, VERSIONS)).map(
        ({ library, guards }) => `${library}: ${guards['statement-timeout']!.state}`,
      )
    expect(
      await under(
        `import { neon } from '@neondatabase/serverless'\nimport { drizzle } from 'drizzle-orm/neon-http'\nexport const db = drizzle(neon(process.env.DATABASE_URL!))`,
      ),
    ).toEqual(['neon: unknown'])
    expect(
      await under(
        `import { Client } from '@planetscale/database'\nimport { drizzle } from 'drizzle-orm/planetscale-serverless'\nexport const db = drizzle({ client: new Client({ host: 'db' }) })`,
      ),
    ).toEqual(expect.arrayContaining(['planetscale: absent', 'drizzle-planetscale: delegated']))
    expect(
      await under(
        `import postgres from 'postgres'\nimport { drizzle } from 'drizzle-orm/postgres-js'\nexport const db = drizzle(postgres('postgres://db', { connection: { statement_timeout: 900 } }))`,
      ),
    ).toEqual(['postgres: present'])
  })
})

test('a mailer that a container hands to a class is the one of its module', async () => {
  const clients = await clientsIn(
    `import { Injectable, Module } from '@nestjs/common'
    import { MailerModule, MailerService } from '@nestjs-modules/mailer'
    @Injectable()
    export class Receipts {
      constructor(private readonly mailer: MailerService) {}
      send(to: string) { return this.mailer.sendMail({ to }) }
    }
    @Module({ imports: [MailerModule.forRoot({ transport: { host: 'smtp', socketTimeout: 3000 } })], providers: [Receipts] })
    export class App {}`,
    VERSIONS,
  )
  expect(clients.map(({ library, target, calls }) => [library, target.host, calls.length])).toEqual([
    ['nestjs-mailer', 'smtp', 1],
  ])
  expect(clients[0]!.calls[0]!.guards['http-timeout']).toMatchObject({ state: 'present', value: 3 })
})

test.each([
  ['a pool of Neon', 'pool-acquire-timeout', `new Pool({ host: 'db' })`, 'absent'],
  [
    'a pool of Neon with a bound',
    'pool-acquire-timeout',
    `new Pool({ host: 'db', connectionTimeoutMillis: 900 })`,
    'present',
  ],
  ['queries of Neon by HTTP', 'statement-timeout', `neon('postgres://a:b@db/shop')`, 'absent'],
  [
    'queries of Neon by HTTP with a signal',
    'statement-timeout',
    `neon('postgres://a:b@db/shop', { fetchOptions: { signal } })`,
    'present',
  ],
])('%s', async (_, pattern, made, state) => {
  const code = `import { neon, Pool } from '@neondatabase/serverless'\nexport const db = ${made}`
  expect(await guardIn(pattern, code, VERSIONS)).toMatchObject({ state })
})
