/** Which lists are known to be short enough to call for each of their items at once. */
import { expect, test } from 'vitest'
import { factsOf, practicesIn } from './reading.js'

const HEAD = `import axios from 'axios'
import * as z from 'zod'
import { chunk } from 'lodash'
const http = axios.create({ timeout: 100 })
`

const fanout = async (code: string): Promise<string | undefined> =>
  (await practicesIn(HEAD + code)).find(({ pattern }) => pattern === 'unbounded-fanout')?.state

const checked = (check: string): string =>
  `export async function all(ids: string[], other: string[]) { ${check}; return Promise.all(ids.map((id) => http.get(id))) }`

test.each([
  ['an error for longer lists', `if (ids.length > 50) throw new Error('too many')`],
  ['a block that returns', `if (ids.length >= MAX) { log(ids); return [] }`],
  ['a rejection', `if (ids.length > 50) return Promise.reject(new Error('too many'))`],
  ['one of several reasons', `if (!ids || ids.length > limits.bulk) throw new Error('bad')`],
  ['the limit first', `if (50 < ids.length) throw new Error('too many')`],
  ['a negation', `if (!(ids.length <= 50)) throw new Error('too many')`],
  ['a cut', `if (ids.length > 50) ids = ids.slice(0, 50)`],
  ['a cut by length', `if (ids.length > 50) { ids.length = 50 }`],
  ['a slice for all', `ids = ids.slice(0, 50)`],
])('capped before: %s', async (_, check) => {
  expect(await fanout(checked(check))).toBe('present')
})

test.each([
  ['no check', ``],
  ['a check that only logs', `if (ids.length > 50) console.warn('many')`],
  ['a check for none', `if (ids.length === 0) return []`],
  ['a least length', `if (ids.length < 2) throw new Error('too few')`],
  ['only together with something else', `if (ids.length > 50 && strict) throw new Error('too many')`],
  ['another list', `if (other.length > 50) throw new Error('too many')`],
  ['as long as another list', `if (ids.length > other.length) throw new Error('too many')`],
  ['a copy', `ids = ids.slice()`],
  ['all but the first', `ids = ids.slice(1)`],
])('not capped by %s', async (_, check) => {
  expect(await fanout(checked(check))).toBe('absent')
})

test('the check has to come first, and to speak of the list that is used', async () => {
  const after = `export async function all(ids: string[]) { await Promise.all(ids.map((id) => http.get(id))); if (ids.length > 50) throw new Error() }`
  expect(await fanout(after)).toBe('absent')
  const shadowed = `export function all(ids: string[]) { if (ids.length > 50) throw new Error(); return (ids: string[]) => Promise.all(ids.map((id) => http.get(id))) }`
  expect(await fanout(shadowed)).toBe('absent')
})

test.each([
  ['in the branch for short lists', `ids.length <= 50 ? Promise.all(ids.map((id) => http.get(id))) : null`],
  ['of a list without doubles', `Promise.all([...new Set(ids.slice(0, 5))].map((id) => http.get(id)))`],
  ['of some items', `Promise.all(ids.slice(0, 5).filter(Boolean).map((id) => http.get(id)))`],
  [
    'of a cut or short list',
    `Promise.all((ids.length > 9 ? ids.slice(0, 9) : ids).map((id) => http.get(id)))`,
  ],
  ['of a counted list', `Promise.all(Array.from({ length: 3 }).map((id) => http.get(id)))`],
])('capped %s', async (_, body) => {
  expect(await fanout(`export const all = (ids: string[]) => ${body}`)).toBe('present')
})

test.each([
  ['of all but the first', `Promise.all(ids.slice(1).map((id) => http.get(id)))`],
  ['of an array from a list', `Promise.all(Array.from(ids).map((id) => http.get(id)))`],
  ['of all batches at once', `Promise.all(chunk(ids, 10).map((some) => http.post('/x', some)))`],
])('not capped %s', async (_, body) => {
  expect(await fanout(`export const all = (ids: string[]) => ${body}`)).toBe('absent')
})

test.each([
  ['lodash', `for (const part of chunk(ids, 10)) await Promise.all(part.map((id) => http.get(id)))`],
  [
    'a function of the project',
    `const parts = splitIntoBatches(ids); for (const part of parts) await Promise.all(part.map((id) => http.get(id)))`,
  ],
  [
    'slices in a loop',
    `for (let n = 0; n < ids.length; n += 10) { const part = ids.slice(n, n + 10); await Promise.all(part.map((id) => http.get(id))) }`,
  ],
])('one batch at a time: %s', async (_, body) => {
  expect(await fanout(`export async function all(ids: string[]) { ${body} }`)).toBe('present')
})

test.each([
  ['parsed', `const { ids } = Body.parse(request)`],
  [
    'parsed safely',
    `const result = Body.safeParse(request); if (!result.success) return; const ids = result.data.ids`,
  ],
  ['parsed as a whole', `const ids = Ids.parse(request)`],
])('a schema limits the list: %s', async (_, parse) => {
  const code = (array: string): string =>
    `const Ids = ${array}\nconst Body = z.object({ ids: Ids }).strict()\nexport async function all(request: unknown) { ${parse}; await Promise.all(ids.map((id) => http.get(id))) }`
  expect(await fanout(code('z.array(z.string()).min(1).max(50)'))).toBe('present')
  expect(await fanout(code('z.string().array().max(50).optional()'))).toBe('present')
  expect(await fanout(code('z.array(z.string().max(50)).min(1)'))).toBe('absent')
  expect(await fanout(code('z.string().max(50).array()'))).toBe('absent')
})

test('a decorator of the class limits the list', async () => {
  const code = (decorator: string): string =>
    `class Bulk { ${decorator} ids: string[] }\nexport class Orders { all(dto: Bulk) { return Promise.all(dto.ids.map((id) => http.get(id))) } }`
  expect(await fanout(code('@IsString({ each: true }) @ArrayMaxSize(50)'))).toBe('present')
  expect(await fanout(code('@IsString({ each: true })'))).toBe('absent')
})

test.each([
  ['exactly one is refused otherwise', `if (ids.length !== 1) throw new Error('one')`],
  ['loosely', `if (ids.length != 2) return []`],
])('a length that is asked for: %s', async (_, check) => {
  expect(await fanout(checked(check))).toBe('present')
})

test.each([
  ['two lists written out', `const A = ['a']; const ids = [...A, ...['b', 'c']]`, 'present'],
  [
    'the values of an enumeration',
    `enum Kind { A = 'a' }; const ids = [...Object.values(Kind), ...A()]`,
    'absent',
  ],
  [
    'values of an object',
    `const K = { a: 'x' } as const; const ids = [...new Set([...Object.values(K), 'z'])]`,
    'present',
  ],
  [
    'added to now and then',
    `const ids: string[] = []; if (a) ids.push('a'); if (b) ids.push('b')`,
    'present',
  ],
  ['added to for each of a list', `const ids: string[] = []; for (const one of a) ids.push(one)`, 'absent'],
  [
    'added to for each of a few',
    `const ids: string[] = []; for (const one of ['x', 'y']) ids.push(one)`,
    'present',
  ],
  ['a whole list is added', `const ids: string[] = []; ids.push(...a)`, 'absent'],
  ['added to by a callback', `const ids: string[] = []; a.forEach((one: string) => ids.push(one))`, 'absent'],
  ['a page of few', `const page = await http.get('/x', { limit: 20 }); const ids = page.data`, 'present'],
  ['a page of any size', `const page = await http.get('/x'); const ids = page.data`, 'absent'],
])('%s: %s: %s', async (_, list, state) => {
  const code = `export async function all(a: any, b: any) { ${list}; await Promise.all(ids.map((id) => http.get(id))) }`
  expect(await fanout(code)).toBe(state)
})

test.each([
  ['a tuple', `[string, string]`, '', 'present'],
  ['a tuple that cannot be changed', `readonly [string, string]`, '', 'present'],
  ['a tuple with a rest', `[string, ...string[]]`, '', 'absent'],
  ['callers that give few', `string[]`, `all(['a', 'b']); all(ids.slice(0, 5))`, 'present'],
  ['a caller that gives any', `string[]`, `all(['a', 'b']); all(process.argv)`, 'absent'],
  ['nobody was seen', `string[]`, '', 'absent'],
])('a parameter, %s', async (_, type, calls, state) => {
  const code = `export const all = (list: ${type}) => Promise.all(list.map((id) => http.get(id)))\nexport function use(ids: string[]) { ${calls} }`
  expect(await fanout(code)).toBe(state)
})

test('an option of a parameter, which all callers fill with few', async () => {
  const code = (given: string): string =>
    `const all = ({ ids }: { ids: string[] }) => Promise.all(ids.map((id) => http.get(id)))\nexport const use = (more: string[]) => all({ ids: ${given} })`
  expect(await fanout(code(`['a']`))).toBe('present')
  expect(await fanout(code(`more`))).toBe('absent')
})

test.each([
  ['a schema', `export const Body = z.object({ hooks: z.array(z.string()).max(20) })`, 'unknown'],
  ['a decorator', `export class Body { @ArrayMaxSize(20) hooks: string[] }`, 'unknown'],
  [
    'a schema without a limit',
    `export const Body = z.object({ hooks: z.array(z.string().max(20)) })`,
    'absent',
  ],
  [
    'a schema of another list',
    `export const Body = z.object({ others: z.array(z.string()).max(20) })`,
    'absent',
  ],
])('limited only where it is written, by %s', async (_, schema, state) => {
  const practices = await factsOf('practice', {
    'package.json': '{"name":"shop"}',
    'src/body.ts': `import { z } from 'zod'\n${schema}`,
    'src/main.ts': `${HEAD}import { shop } from './shop.js'\nexport const tell = async () => { const one = await shop(); return Promise.all(one.hooks.map((url: string) => http.get(url))) }`,
  })
  const found = practices.find(({ pattern }) => pattern === 'unbounded-fanout')
  expect(found?.state).toBe(state)
  if (state === 'unknown') expect(found?.reason).toContain('src/body.ts:2')
})

const EACH = `Promise.all(ids.map((id) => http.get(id)))`
const KINDS = `const kind = z.enum(['a', 'b'])\n`

test.each([
  [
    'a middleware checks the body',
    `router.post('/x', guard({ body: z.object({ ids: z.array(z.string()).max(9) }) }), async (ctx) => { const { body: { ids } } = ctx.guard; await ${EACH} })`,
    'present',
  ],
  [
    'a middleware checks with a schema from elsewhere',
    `const schema = z.object({ ids: z.array(z.string()).max(9) })
     app.post('/x', validate(schema), async (req, res) => { const { ids } = req.body; await ${EACH} })`,
    'present',
  ],
  [
    'a middleware checks, without a limit',
    `router.post('/x', guard({ body: z.object({ ids: z.array(z.string()) }) }), async (ctx) => { const { ids } = ctx.guard.body; await ${EACH} })`,
    'absent',
  ],
  [
    'the middleware checks another part',
    `router.post('/x', guard({ query: z.object({ ids: z.array(z.string()).max(9) }) }), async (ctx) => { const { ids } = ctx.guard.body; await ${EACH} })`,
    'unknown',
  ],
  [
    'the middleware of another route checks',
    `router.post('/y', guard({ body: z.object({ ids: z.array(z.string()).max(9) }) }), (ctx) => {})
     router.post('/x', async (ctx) => { const all = ctx.guard.body.all; await Promise.all(all.map((id) => http.get(id))) })`,
    'absent',
  ],
  [
    'the members of an enumeration, without doubles',
    `${KINDS}const guard = (parts: object) => (ctx: any) => check(parts, ctx)
     router.post('/x', guard({ body: z.object({ ids: kind.array().nonempty().transform((all) => deduplicate(all)) }) }), async (ctx) => { const { ids } = ctx.guard.body; await ${EACH} })`,
    'present',
  ],
  [
    'the members of an enumeration, perhaps twice',
    `${KINDS}router.post('/x', guard({ body: z.object({ ids: z.array(kind).nonempty() }) }), async (ctx) => { const { ids } = ctx.guard.body; await ${EACH} })`,
    'absent',
  ],
  [
    'a call through something unknown gives what a middleware checks',
    `export const sendAll = async (ids: string[]) => { await ${EACH} }
     router.post('/x', guard({ body: z.object({ some: z.array(z.string()).max(9) }) }), async (ctx) => { await libraries.sender.sendAll(ctx.guard.body.some) })`,
    'unknown',
  ],
])('where a request comes in: %s', async (_, code, state) => {
  expect(await fanout(code)).toBe(state)
})

const POOL = `import { Pool } from 'pg'
const pool = new Pool({ host: 'db' })
const stored = (id: string) => pool.query('select 1 where $1', [id])
`

test.each([
  ['the body of a request', `app.post('/', async (req) => { await Promise.all(req.body.ids.map(stored)) })`],
  [
    'taken out of it',
    `app.post('/', async (ctx) => { const { body: { ids } } = ctx.guard; await Promise.all(ids.map(async (id) => stored(id))) })`,
  ],
  [
    'through one function',
    `const all = (ids: string[]) => Promise.all(ids.map(stored))\napp.post('/', async (req) => { const { ids } = await req.json(); await all(ids) })`,
  ],
  [
    'a decorated parameter',
    `class C { async add(@Body() dto: { ids: string[] }) { await Promise.all(dto.ids.map(stored)) } }\nexport const c = new C()`,
  ],
])('a query for each item that a request gives: %s', async (_, code) => {
  expect(await fanout(POOL + code)).toBe('absent')
})

test.each([
  [
    'in one transaction',
    `class C { @Transactional() async add(@Body() dto: { ids: string[] }) { await Promise.all(dto.ids.map(stored)) } }\nexport const c = new C()`,
  ],
  ['of what was stored', `export const all = (rows: string[]) => Promise.all(rows.map(stored))`],
  [
    'that are put together',
    `import { PrismaClient } from '@prisma/client'\nconst db = new PrismaClient()\napp.post('/', async (req) => { await Promise.all(req.body.ids.map((id) => db.cart.findUnique({ where: { id } }))) })`,
  ],
])('queries that a pool holds: %s', async (_, code) => {
  expect(await fanout(POOL + code)).toBeUndefined()
})

test('the query of a request gives a list of any length', async () => {
  const code = `app.get('/', async (req) => { await Promise.all(req.query.ids.split(',').map(stored)) })`
  expect(await fanout(POOL + code)).toBe('absent')
})

test.each([
  ['of a member', `async (ctx) => { const rows = await ctx.db.query.posts.findMany(); await EACH }`],
  ['of tables', `async (ctx) => { const rows = await ctx.query.posts.findMany(); await EACH }`],
  ['of a client', `async (c) => { const { rows } = await c.query('select 1'); await EACH }`],
  [
    'of a connection',
    `async () => { const c = await pool.connect(); const { rows } = await c.query('select 1'); await EACH }`,
  ],
  ['of a typed client', `async (c) => { const rows = (await c.query<Row>('select 1')).rows; await EACH }`],
  [
    'of others, in what they answer',
    `async () => { const request = await fetch('http://a'); const rows = await request.json(); await EACH }`,
  ],
])('rows are not given by a request: %s', async (_, code) => {
  expect(
    await fanout(`${POOL}export const all = ${code.replace('EACH', 'Promise.all(rows.map(stored))')}`),
  ).toBeUndefined()
})

test('a list that a schema limits is short for a pool as well', async () => {
  const code = `const schema = z.object({ ids: z.array(z.string()).max(50) })
app.post('/', async (req) => { const { ids } = schema.parse(req.body); await Promise.all(ids.map(stored)) })`
  expect(await fanout(POOL + code)).toBe('present')
})

test.each([
  ['of each', `Promise.all(ids.map((id) => http.get(id).catch(() => null)))`],
  ['behind a helper', `Promise.all(ids.map((id) => load(id).then((one) => one.data).catch(() => 0)))`],
  ['of all', `{ try { return await Promise.all(ids.map((id) => http.get(id))) } catch { return [] } }`],
])('reads whose failure becomes a value are asked about: %s', async (_, work) => {
  const code = `const load = async (id: string) => http.get(id)\nexport const all = async (ids: string[]) => ${work}`
  expect(await fanout(code)).toBe('unknown')
})

test('writes whose failure becomes a value are not', async () => {
  const code = `export const all = (ids: string[]) => Promise.all(ids.map((id) => http.post(id).catch(() => null)))`
  expect(await fanout(code)).toBe('absent')
})

test('the values of an enumeration of the database are few', async () => {
  const code = `import { pgEnum } from 'drizzle-orm/pg-core'\nconst roles = pgEnum('role', ['admin', 'member'])\nexport const seed = () => Promise.all(roles.enumValues.map((role) => http.post(role)))`
  expect(await fanout(code)).toBe('present')
})

test.each([
  ['nothing instead of what came', `Promise.all((body.ids ?? []).map((id) => http.get(id)))`],
  ['a name of it', `{ const ids = body.ids || []; await Promise.all(ids.map((id) => http.get(id))) }`],
  [
    'what is loaded into it later',
    `{ let ids: string[] = []; if (body.all) ids = await load(); await Promise.all(ids.map((id) => http.get(id))) }`,
  ],
])('an empty list says nothing of the other: %s', async (_, work) => {
  expect(await fanout(`export const all = async (body: Body) => ${work}`)).toBe('absent')
})

test.each([
  [
    'replaced by a short one',
    `{ let ids: string[] = []; if (body.all) ids = ['a', 'b']; await Promise.all(ids.map((id) => http.get(id))) }`,
  ],
  [
    'filtered in place',
    `{ let ids: string[] = ['a', 'b']; ids = ids.filter(Boolean); await Promise.all(ids.map((id) => http.get(id))) }`,
  ],
])('a written list stays short: %s', async (_, work) => {
  expect(await fanout(`export const all = async (body: Body) => ${work}`)).toBe('present')
})

test('callers that pass an empty list alone do not say how long it will be', async () => {
  const code = (given: string): string =>
    `const all = (ids: string[]) => Promise.all(ids.map((id) => http.get(id)))\nexport const run = () => all(${given})`
  expect(await fanout(code('[]'))).toBe('absent')
  expect(await fanout(code(`['a']`))).toBe('present')
})

test('a page of a list is asked about where its size is not in the list', async () => {
  const code = (name: string): string =>
    `export async function all(size: number) { const { data } = await http.get('/all', { params: { ${name}: size } })
return Promise.all((data.items ?? []).map((id) => http.get(id))) }`
  expect(await fanout(code(`'X-Container-Size'`))).toBe('unknown')
  expect(await fanout(code('colour'))).toBe('absent')
})

test.each([
  ['a callback that pushes', `ids.forEach((id) => { calls.push(http.get(id)) })`],
  ['an arrow that pushes', `ids.forEach((id) => calls.push(http.get(id)))`],
  ['a counted loop', `for (let i = 0; i < ids.length; i++) calls.push(http.get(ids[i]))`],
])('calls collected by %s', async (_, start) => {
  const code = (before: string): string =>
    `export async function all(ids: string[]) { ${before} const calls = []; ${start}; return Promise.all(calls) }`
  expect(await fanout(code(''))).toBe('absent')
  expect(await fanout(code(`if (ids.length > 50) throw new Error('too many');`))).toBe('present')
})

test.each([
  ['waits in each round', `for (let i = 0; i < ids.length; i++) { calls.push(await http.get(ids[i])) }`],
  [
    'goes in steps',
    `for (let i = 0; i < ids.length; i += 10) calls.push(http.post('/some', ids.slice(i, i + 10)))`,
  ],
  ['has another end', `for (let i = 0; i < 3; i++) calls.push(http.get(ids[i]))`],
])('a counted loop that %s is no fan-out', async (_, loop) => {
  const code = `export async function all(ids: string[]) { const calls = []; ${loop}; return calls }`
  expect(await fanout(code)).toBeUndefined()
})

test.each([
  ['one after the other', `ids.forEach((id) => tasks.push(() => http.get(id)))`],
  ['from a loop', `for (const id of ids) tasks.push(async () => { await http.get(id) })`],
])('functions that are kept to be called later start nothing: %s', async (_, keep) => {
  const code = `export async function all(ids: string[]) { const tasks: (() => Promise<unknown>)[] = []; ${keep}; for (const task of tasks) await task() }`
  expect(await fanout(code)).toBeUndefined()
})
