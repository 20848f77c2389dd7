/** Clients of databases that are reached without a mapper: what each does by default, and where its bounds are written. */
import { expect, test } from 'vitest'
import { clientsIn, describeLibraries, guardIn, type LibraryCase } from './reading.js'

const S = 'statement-timeout'
const A = 'pool-acquire-timeout'
const C = 'connect-timeout'

const PGP = `import pgPromise from 'pg-promise'\nconst pgp = pgPromise({ capSQL: true })\n`
const MYSQL = `import mysql from 'mysql'\n`
const TEDIOUS = `import { Connection } from 'tedious'\n`
const ORACLE = `import oracledb from 'oracledb'\n`
const INFLUX = `import { InfluxDB } from '@influxdata/influxdb-client'\n`
const ETCD = `import { Etcd3 } from 'etcd3'\n`
const WEAVIATE = `import weaviate from 'weaviate-client'\n`

const CASES: LibraryCase[] = [
  ['pg-promise', '11.5.0', `${PGP}const db = pgp({ host: 'orders' })\nawait db.any('select 1')`, S, 'absent'],
  [
    'pg-promise',
    '12.7.1',
    `const db = require('pg-promise')()('postgres://orders/shop')\nexport const all = () => db.manyOrNone('select 1')`,
    C,
    'absent',
  ],
  [
    'pg-promise',
    '10.15.4',
    `${PGP}const db = pgp({ host: 'orders', query_timeout: 3000, connectionTimeoutMillis: 2000 })\nawait db.none('delete from a')`,
    S,
    'present',
    3,
  ],
  [
    'pg-promise',
    '12.7.1',
    `${PGP}const db = pgp({ host: 'orders', connectionTimeoutMillis: 2000 })\nawait db.one('select 1')`,
    A,
    'present',
    2,
  ],
  ['pg-promise', '9.0.0', `${PGP}const db = pgp(connection)\nawait db.one('select 1')`, S, 'unknown'],
  [
    'mysql',
    '2.18.1',
    `${MYSQL}const pool = mysql.createPool({ host: 'orders' })\npool.query('select 1', done)`,
    S,
    'absent',
  ],
  [
    'mysql',
    '2.18.1',
    `${MYSQL}const pool = mysql.createPool({ host: 'orders' })\npool.query({ sql: 'select 1', timeout: 4000 }, done)`,
    S,
    'present',
    4,
  ],
  [
    'mysql',
    '2.18.1',
    `${MYSQL}export const pool = mysql.createPool({ host: 'orders', acquireTimeout: 5000 })`,
    A,
    'inert',
  ],
  [
    'mysql',
    '2.18.1',
    `${MYSQL}export const pool = mysql.createPool({ host: 'orders', queueLimit: 50 })`,
    A,
    'present',
  ],
  ['mysql', '2.18.1', `${MYSQL}export const pool = mysql.createPool({ host: 'orders' })`, C, 'present', 10],
  [
    'tedious',
    '18.6.1',
    `${TEDIOUS}const db = new Connection({ server: 'orders' })\ndb.execSql(request)`,
    S,
    'present',
    15,
  ],
  [
    'tedious',
    '18.6.1',
    `${TEDIOUS}const db = new Connection({ server: 'orders', options: { requestTimeout: 0 } })\ndb.execSql(request)`,
    S,
    'inert',
  ],
  [
    'oracledb',
    '6.5.0',
    `${ORACLE}const db = await oracledb.getConnection({ connectString: 'orders/shop' })\nawait db.execute('select 1 from dual')`,
    S,
    'absent',
  ],
  [
    'oracledb',
    '6.5.0',
    `${ORACLE}const db = await oracledb.getConnection({ connectString: 'orders/shop' })\ndb.callTimeout = 5000\nawait db.execute('select 1 from dual')`,
    S,
    'present',
  ],
  [
    'oracledb',
    '6.5.0',
    `${ORACLE}export const pool = await oracledb.createPool({ connectString: 'orders/shop' })`,
    A,
    'present',
    60,
  ],
  [
    'oracledb',
    '6.5.0',
    `${ORACLE}export const pool = await oracledb.createPool({ connectString: 'orders/shop' })`,
    C,
    'unknown',
  ],
  [
    '@influxdata/influxdb-client',
    '1.35.0',
    `${INFLUX}await new InfluxDB({ url, token }).getQueryApi('shop').collectRows(query)`,
    S,
    'present',
    10,
  ],
  ['etcd3', '1.1.2', `${ETCD}await new Etcd3().get('leader').string()`, 'http-timeout', 'absent'],
  [
    'etcd3',
    '1.1.2',
    `${ETCD}const etcd = new Etcd3({ defaultCallOptions: () => ({ deadline: Date.now() + 2000 }) })\nawait etcd.get('leader').string()`,
    'http-timeout',
    'present',
  ],
  [
    'weaviate-client',
    '3.12.1',
    `${WEAVIATE}const db = await weaviate.connectToLocal()\nawait db.collections.get('a').query.nearText('b')`,
    S,
    'present',
    90,
  ],
  [
    'weaviate-client',
    '3.12.1',
    `${WEAVIATE}const db = await weaviate.connectToWeaviateCloud(url, { timeout: { query: 5 } })\nawait db.collections.get('a').query.bm25('b')`,
    S,
    'present',
    5,
  ],
]

describeLibraries(CASES)

test('the function that pg-promise gives formats queries as well, and settings alone connect to nothing', async () => {
  const code = `${PGP}export const one = pgp.as.format('$1', [1])`
  expect(await clientsIn(code, { 'pg-promise': '12.7.1' })).toEqual([])
})

test.each([
  ['nobody', '', 'absent'],
  ['somebody', `db.on('error', console.error)`, 'present'],
])('a lone connection of mysql whose errors %s hears', async (_, more, state) => {
  const code = `${MYSQL}const db = mysql.createConnection({ host: 'orders' })\n${more}\nexport const ask = () => db.query('select 1')`
  expect(await guardIn('client-error-listener', code, { mysql: '2.18.1' })).toMatchObject({ state })
})

test('a connection of a pool that was made before is asked for nothing of its own', async () => {
  const code = `${ORACLE}await oracledb.createPool({ connectString: 'orders/shop' })\nexport const load = async () => (await oracledb.getConnection()).execute('select 1 from dual')`
  const clients = await clientsIn(code, { oracledb: '6.5.0' })
  expect(clients.flatMap(({ guards }) => guards[S]?.state ?? [])).toEqual(['absent'])
})
