/** Whom a client calls, as far as the code says. */
import { describe, expect, test } from 'vitest'
import type { Target } from '../../../../src/facts/code.js'
import { factsOf } from './reading.js'

type Sources = Record<string, string>

/** The target of every client by library, where a file `config.ts` may hold settings. */
async function targets(text: string, more: Sources = {}): Promise<Record<string, Target>> {
  const clients = await factsOf('client', { 'package.json': '{"name":"shop"}', 'src/main.ts': text, ...more })
  return Object.fromEntries(clients.map(({ library, target }) => [library, target]))
}

async function axiosAt(address: string, setup = '', config?: string): Promise<Partial<Target> | undefined> {
  const text = `import axios from 'axios'\n${setup}\nexport const http = axios.create({ baseURL: ${address} })`
  return (await targets(text, config === undefined ? {} : { 'src/config.ts': config })).axios
}

describe('an address in a setting is the environment variable', () => {
  const IMPORT = `import { config } from './config'`

  test.each([
    [
      'a validated environment',
      'config.url',
      IMPORT,
      `const env = schema.parse(process.env)\nexport const config = { url: env.CART_URL }`,
    ],
    [
      'one that a library checks',
      'config.url',
      IMPORT,
      `import { cleanEnv, str } from 'envalid'\nconst env = cleanEnv(process.env, { CART_URL: str() })\nexport const config = { url: env.CART_URL }`,
    ],
    [
      'one that a function checks',
      'config.carts.url',
      IMPORT,
      `const raw = load()\nexport const config = { carts: { url: raw.CART_URL } }`,
    ],
    [
      'settings made by a function for its arguments',
      'config.carts.url',
      IMPORT,
      `import { env } from './env'\nconst service = (url: string, timeout: number) => ({ url, timeout })\nexport const config = { carts: service(env.CART_URL, 5) }`,
    ],
    [
      'a default of an argument',
      'config.carts.url',
      IMPORT,
      `const service = (url = process.env.CART_URL) => ({ at: { url } })\nexport const config = { carts: service().at }`,
    ],
    [
      'a function that reads the variable it is named',
      'CART_URL',
      `import { CART_URL } from './config'`,
      `export function requireEnv(key: string, fallback?: string) {\n  const value = process.env[key]\n  if (!value) { if (fallback !== undefined) return fallback; throw new Error(key) }\n  return value\n}\nexport const CART_URL = requireEnv('CART_URL')`,
    ],
    ['the settings of Nest', `this.config.get('CART_URL')`, 'const unused = 1', undefined],
    [
      'settings that must be there',
      `configService.getOrThrow<string>('CART_URL')`,
      'declare const configService: any',
      undefined,
    ],
    [
      'the first of several',
      'url',
      `import { env, settings } from './settings'\nconst url = settings.url ?? env.CART_URL ?? 'http://localhost:3000'`,
      undefined,
    ],
    ['one with a default', 'url', `const url = process.env.CART_URL || 'http://carts:80'`, undefined],
  ])('%s', async (_, address, setup, config) => {
    expect(await axiosAt(address, setup, config)).toMatchObject({ host: null, variable: 'CART_URL' })
  })

  test.each([
    ['a header', `request.headers.get('X_CART_URL')`, ''],
    ['a key of another form', `config.get('carts.url')`, 'declare const config: any'],
    [
      'an argument that is spread',
      'config.url',
      'const service = (url: string) => ({ url })\nconst config = service(...all)',
    ],
  ])('but not %s', async (_, address, setup) => {
    expect(await axiosAt(address, setup)).toMatchObject({ host: null, variable: null })
  })

  test('a template in a variable has its host', async () => {
    const setup = 'const carts = `https://api.example.com/${version}`'
    expect(await axiosAt('carts', setup)).toMatchObject({ host: 'api.example.com' })
  })

  test('what is written first in a template stays the host', async () => {
    expect(await axiosAt('`https://api.example.com/${process.env.CART_ZONE}`')).toMatchObject({
      host: 'api.example.com',
      variable: null,
    })
  })
})

describe('a client made of another has its address', () => {
  const POOL = `import { Pool } from 'pg'\nconst pool = new Pool({ connectionString: process.env.DATABASE_URL })`
  const PRISMA = `import { PrismaClient } from '@prisma/client'\nimport { PrismaPg } from '@prisma/adapter-pg'`

  test.each([
    [
      'over an adapter',
      `${PRISMA}\n${POOL}\nconst adapter = new PrismaPg(pool)\nexport const db = new PrismaClient({ adapter })`,
    ],
    [
      'of an adapter of its own',
      `${PRISMA}\nexport const db = new PrismaClient({ adapter: new PrismaPg({ connectionString: process.env.DATABASE_URL }) })`,
    ],
  ])('%s', async (_, text) => {
    expect((await targets(text)).prisma).toMatchObject({ variable: 'DATABASE_URL' })
  })

  test('unless it has one of its own', async () => {
    const text = `${PRISMA}\n${POOL}\nexport const db = new PrismaClient({ adapter: new PrismaPg(pool), datasourceUrl: process.env.OTHER_URL })`
    expect((await targets(text)).prisma).toMatchObject({ variable: 'OTHER_URL' })
  })

  test('and none where nothing says', async () => {
    expect((await targets(`${PRISMA}\nexport const db = new PrismaClient()`)).prisma).toMatchObject({
      host: null,
      variable: null,
    })
  })
})

describe('only the start of an address says who is called', () => {
  const KEY = 'process.env.PHOTOS_KEY'

  test.each([
    ['a key in the query', '`${body.url}/?client_id=${KEY}`', null],
    ['a key behind a path', '`${body.url}/v1/${KEY}`', null],
    ['a key added', `body.url + '?key=' + KEY`, null],
    ['a key in an address that a function encodes', 'encodeURI(`${body.url}?key=${KEY}`)', null],
    ['a key in a path below an address', 'new URL(`/v1/${KEY}`, body.url)', null],
    ['a variable at the start', '`${process.env.PHOTOS_URL}/?client_id=${KEY}`', 'PHOTOS_URL'],
    [
      'a variable behind the scheme',
      '`https://${process.env.PHOTOS_HOST}:80/?client_id=${KEY}`',
      'PHOTOS_HOST',
    ],
    ['a scheme of its own', '`${scheme}://${process.env.PHOTOS_HOST}/${KEY}`', 'PHOTOS_HOST'],
    ['a password before the host', '`https://user:${KEY}@${process.env.PHOTOS_HOST}/`', 'PHOTOS_HOST'],
    ['a variable that is added to', `process.env.PHOTOS_URL + '/v1/' + KEY`, 'PHOTOS_URL'],
    ['a base', 'new URL(`/v1/${KEY}`, process.env.PHOTOS_URL)', 'PHOTOS_URL'],
  ])('%s', async (_name, address, variable) => {
    const setup = `declare const body: any, scheme: string\nconst KEY = ${KEY}`
    expect(await axiosAt(address, setup)).toMatchObject({ host: null, variable })
    expect(await axiosAt('url', `${setup}\nconst url = ${address}`)).toMatchObject({ host: null, variable })
  })
})

describe('the address that a schema names', () => {
  const SCHEMA = `datasource db {\n  provider = "postgresql"\n  url      = env("ORDERS_URL")\n}`
  const making = async (options: string, more: Sources = {}): Promise<string | null | undefined> => {
    const text = `import { PrismaClient } from '@prisma/client'\nexport const db = new PrismaClient(${options})`
    return (await targets(text, { 'prisma/schema.prisma': SCHEMA, ...more })).prisma?.variable
  }

  test('is that of a client which is given none', async () => {
    expect(await making('')).toBe('ORDERS_URL')
    expect(await making(`{ log: ['warn'] }`)).toBe('ORDERS_URL')
  })

  test('is not where another may be given, or several schemas differ', async () => {
    expect(await making('{ datasourceUrl: process.env.OTHER_URL }')).toBe('OTHER_URL')
    expect(await making('{ adapter: given }')).toBeNull()
    expect(await making('{ ...given }')).toBeNull()
    const other = { 'prisma/other.prisma': SCHEMA.replace('ORDERS_URL', 'OTHER_URL') }
    expect(await making('', other)).toBeNull()
  })
})
