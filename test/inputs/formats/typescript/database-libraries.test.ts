/** Drivers of databases and warehouses: what bounds their statements, connections and pools. */
import { describe, expect, test } from 'vitest'
import { clientsIn, guardIn } from './reading.js'

type Case = [name: string, pattern: string, code: string, state: string, value?: number]

const VERSIONS = {
  mssql: '12.7.14',
  mariadb: '3.5.4',
  'snowflake-sdk': '2.4.3',
  '@clickhouse/client': '1.23.1',
  'presto-client': '1.2.0',
  '@databricks/sql': '1.17.0',
  'cassandra-driver': '4.10.0',
  'neo4j-driver': '6.3.0',
  googleapis: '59.0.0',
}

const MSSQL = `import mssql from 'mssql'\n`
const MARIADB = `import mariadb from 'mariadb'\n`
const SNOWFLAKE = `import { createConnection, createPool } from 'snowflake-sdk'\n`
const CLICKHOUSE = `import { createClient } from '@clickhouse/client'\n`
const PRESTO = `import { Client } from 'presto-client'\n`
const DATABRICKS = `import { DBSQLClient } from '@databricks/sql'\n`
const CASSANDRA = `import { Client } from 'cassandra-driver'\n`
const NEO4J = `import neo4j from 'neo4j-driver'\n`

describe('a bound', () => {
  test.each<Case>([
    [
      'mssql by default',
      'statement-timeout',
      `${MSSQL}export const p = new mssql.ConnectionPool({ server: 'db' })`,
      'present',
      15,
    ],
    [
      'mssql set',
      'statement-timeout',
      `${MSSQL}export const p = mssql.connect({ server: 'db', requestTimeout: 4000 })`,
      'present',
      4,
    ],
    [
      'mssql set among the options of its driver',
      'connect-timeout',
      `${MSSQL}export const p = mssql.connect({ server: 'db', options: { connectTimeout: 4000 } })`,
      'present',
      4,
    ],
    [
      'mssql switched off',
      'statement-timeout',
      `${MSSQL}export const p = new mssql.ConnectionPool({ server: 'db', requestTimeout: 0 })`,
      'inert',
    ],
    [
      'mssql from elsewhere',
      'statement-timeout',
      `${MSSQL}import { config } from './gone'\nexport const p = new mssql.ConnectionPool(config)`,
      'unknown',
    ],
    [
      'mssql, its pool',
      'pool-acquire-timeout',
      `${MSSQL}export const p = new mssql.ConnectionPool({ server: 'db' })`,
      'present',
      30,
    ],
    [
      'mssql without a listener',
      'client-error-listener',
      `${MSSQL}const p = new mssql.ConnectionPool({ server: 'db' })\nexport const all = () => p.query('select 1')`,
      'absent',
    ],
    [
      'mssql with a listener',
      'client-error-listener',
      `${MSSQL}const p = new mssql.ConnectionPool({ server: 'db' })\np.on('error', console.error)\nexport const all = () => p.query('select 1')`,
      'present',
    ],
    [
      'mariadb by default',
      'statement-timeout',
      `${MARIADB}export const p = mariadb.createPool({ host: 'db' })`,
      'absent',
    ],
    [
      'mariadb set',
      'statement-timeout',
      `${MARIADB}export const p = mariadb.createPool({ host: 'db', queryTimeout: 4000 })`,
      'present',
      4,
    ],
    [
      'mariadb set in its address',
      'statement-timeout',
      `${MARIADB}export const p = mariadb.createPool('mariadb://db/shop?socketTimeout=4000')`,
      'present',
      4,
    ],
    [
      'mariadb, its pool',
      'pool-acquire-timeout',
      `${MARIADB}export const p = mariadb.createPool({ host: 'db' })`,
      'present',
      10,
    ],
    [
      'mariadb, connecting',
      'connect-timeout',
      `${MARIADB}export const p = mariadb.createConnection({ host: 'db' })`,
      'present',
      1,
    ],
    [
      'Snowflake',
      'statement-timeout',
      `${SNOWFLAKE}export const c = createConnection({ account: 'a' })`,
      'unknown',
    ],
    [
      'Snowflake, its pool',
      'pool-acquire-timeout',
      `${SNOWFLAKE}export const c = createPool({ account: 'a' }, { max: 4 })`,
      'unknown',
    ],
    [
      'ClickHouse by default',
      'statement-timeout',
      `${CLICKHOUSE}export const c = createClient({ url: 'http://ch:8123' })`,
      'present',
      30,
    ],
    [
      'ClickHouse set',
      'statement-timeout',
      `${CLICKHOUSE}export const c = createClient({ url: 'http://ch:8123', request_timeout: 4000 })`,
      'present',
      4,
    ],
    [
      'ClickHouse switched off',
      'statement-timeout',
      `${CLICKHOUSE}export const c = createClient({ request_timeout: 0 })`,
      'inert',
    ],
    [
      'Presto by default',
      'statement-timeout',
      `${PRESTO}export const c = new Client({ host: 'presto' })`,
      'present',
      60,
    ],
    [
      'Presto set',
      'statement-timeout',
      `${PRESTO}export const c = new Client({ host: 'presto', timeout: 5 })`,
      'present',
      5,
    ],
    [
      'Presto switched off',
      'statement-timeout',
      `${PRESTO}export const c = new Client({ host: 'presto', timeout: 0 })`,
      'inert',
    ],
    ['Databricks', 'statement-timeout', `${DATABRICKS}export const c = new DBSQLClient()`, 'unknown'],
    [
      'Cassandra by default',
      'statement-timeout',
      `${CASSANDRA}export const c = new Client({ contactPoints: ['db'] })`,
      'present',
      12,
    ],
    [
      'Cassandra set',
      'statement-timeout',
      `${CASSANDRA}export const c = new Client({ socketOptions: { readTimeout: 900 } })`,
      'present',
      0.9,
    ],
    [
      'Cassandra switched off',
      'statement-timeout',
      `${CASSANDRA}export const c = new Client({ socketOptions: { readTimeout: 0 } })`,
      'inert',
    ],
    [
      'Neo4j by default',
      'statement-timeout',
      `${NEO4J}export const d = neo4j.driver('neo4j://db')`,
      'absent',
    ],
    [
      'Neo4j, its pool',
      'pool-acquire-timeout',
      `${NEO4J}export const d = neo4j.driver('neo4j://db', auth, { connectionAcquisitionTimeout: 900 })`,
      'present',
      0.9,
    ],
    [
      'Neo4j, connecting',
      'connect-timeout',
      `${NEO4J}export const d = neo4j.driver('neo4j://db')`,
      'present',
      30,
    ],
  ])('of %s: %s', async (_, pattern, code, state, value) => {
    const guard = await guardIn(pattern, code, VERSIONS)
    expect(guard).toMatchObject({ state, ...(value === undefined ? {} : { value }) })
  })

  test.each([
    ['mssql', MSSQL, `mssql.connect({ server: 'db' })`, '7.3.5'],
    ['cassandra-driver', CASSANDRA, `new Client({ contactPoints: ['db'] })`, '5.0.0'],
    ['neo4j-driver', NEO4J, `neo4j.driver('neo4j://db')`, '4.4.0'],
  ])('of a version of %s that was not checked', async (name, head, made, version) => {
    const guard = await guardIn('statement-timeout', `${head}export const c = ${made}`, { [name]: version })
    expect(guard).toMatchObject({ state: 'unknown' })
  })
})

const callsIn = async (code: string) =>
  (await clientsIn(code, VERSIONS)).flatMap(({ library, calls }) =>
    calls.map(({ method, guards }) => [library, method, guards['statement-timeout']?.state ?? null]),
  )

describe('the calls', () => {
  test.each([
    [
      'of a request of mssql',
      `${MSSQL}const p = new mssql.ConnectionPool({ server: 'db' })
      export const find = (id: string) => p.request().input('id', id).query('select 1')`,
      [['mssql', 'query', 'present']],
    ],
    [
      'of a request made for a pool',
      `${MSSQL}const p = new mssql.ConnectionPool({ server: 'db', requestTimeout: 0 })
      export const find = () => new mssql.Request(p).query('select 1')`,
      [['mssql', 'query', 'inert']],
    ],
    [
      'of MariaDB with a bound of their own',
      `${MARIADB}const p = mariadb.createPool({ host: 'db' })
      export const find = () => p.query({ sql: 'select 1', timeout: 900 })`,
      [['mariadb', 'query', 'present']],
    ],
    [
      'of ClickHouse',
      `${CLICKHOUSE}const c = createClient({})
      export const find = (signal: AbortSignal) => c.query({ query: 'select 1', abort_signal: signal })`,
      [['clickhouse', 'query', 'delegated']],
    ],
    [
      'of Presto with a bound of their own',
      `${PRESTO}const c = new Client({ host: 'presto', timeout: 0 })
      export const find = () => c.execute({ query: 'select 1', timeout: 9 })`,
      [['presto', 'execute', 'present']],
    ],
    [
      'of a session of Databricks',
      `${DATABRICKS}const client = new DBSQLClient()
      export async function find() {
        const connection = await client.connect({ host: 'h', path: 'p', token: 't' })
        const session = await connection.openSession()
        return session.executeStatement('select 1', { queryTimeout: 60 })
      }`,
      [
        ['databricks', 'connect', null],
        ['databricks', 'openSession', null],
        ['databricks', 'executeStatement', 'present'],
      ],
    ],
    [
      'of a session of Neo4j',
      `${NEO4J}const d = neo4j.driver('neo4j://db')
      export const find = () => d.session().run('match (n) return n', {}, { timeout: 900 })`,
      [['neo4j', 'run', 'present']],
    ],
    [
      'of Google without a variable',
      `import { google } from 'googleapis'
      export const report = (auth: never) => google.analyticsreporting('v4').reports.batchGet({ auth })`,
      [['googleapis', 'reports.batchGet', null]],
    ],
  ])('%s', async (_, code, calls) => {
    expect(await callsIn(code)).toEqual(calls)
  })
})

const LISTENING = (options: string): string =>
  `import createSubscriber from 'pg-listen'\nexport const subscriber = createSubscriber({ connectionString: 'postgres://db' }${options})\nsubscriber.connect()`

test.each([
  ['grows in step', ', { retryInterval: (attempt) => Math.min(attempt * 100, 1000) }', 'absent'],
  ['has jitter', ', { retryInterval: () => 500 * Math.random() }', 'present'],
  ['is the default', '', 'unknown'],
])('a subscriber of pg-listen connects again: its wait %s', async (_, options, state) => {
  expect((await guardIn('retry-jitter', LISTENING(options))).state).toBe(state)
})
