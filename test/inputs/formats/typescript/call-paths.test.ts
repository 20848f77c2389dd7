/** What becomes of the failure of a call, who tries it again, and which endpoint it asks. */
import { describe, expect, it } from 'vitest'
import type { CallPath } from '../../../../src/facts/code.js'
import { factsOf } from './reading.js'

const PACKAGE = JSON.stringify({
  name: 'shop',
  scripts: { start: 'node src/main.js' },
  dependencies: { express: '4.21.0', opossum: '8.0.0', axios: '1.7.9', ioredis: '5.4.1' },
})

function pathsIn(text: string): Promise<CallPath[]> {
  return factsOf('call-path', { 'package.json': PACKAGE, 'src/main.ts': text })
}

async function fateOf(text: string): Promise<string | undefined> {
  return (await pathsIn(text))[0]?.failure.is
}

const CALL = `await fetch('http://stock:8080/left')`
const CACHED = `import { Redis } from 'ioredis'
const redis = new Redis({ host: 'redis' })
async function kept(id: string) { try { return await redis.get(id) } catch { return null } }
`
const FILLED = `async function price(id: string) { const known = await kept(id); if (known !== null) return known; const found = await load(id); await redis.set(id, found); return found }
const load = async (id: string) => (${CALL}).text()
console.log(await price('a'))
`
const ROUTE = `import express from 'express'\nconst app = express()\n`

describe('the failure of a call', () => {
  it.each([
    [
      'a catch that only ends the function',
      `async function tell() { try { ${CALL} } catch { return } }\nawait tell()`,
    ],
    [
      'a catch that only logs',
      `async function tell() { try { ${CALL} } catch (error) { console.warn(error) } }\nawait tell()`,
    ],
    [
      'an answer that a success may have as well',
      `let last = 1\nasync function left() { try { const r = ${CALL}; return r.ok ? r : last } catch { return last } }\nconsole.log(await left())`,
    ],
    [
      'another source',
      `import axios from 'axios'\nasync function all() { try { return ${CALL} } catch { return await axios.get('http://other/left') } }\nconsole.log(await all())`,
    ],
    [
      'the fallback of a breaker',
      `import CircuitBreaker from 'opossum'\nasync function left() { return ${CALL} }\nconst breaker = new CircuitBreaker(left)\nlet last = 1\nbreaker.fallback(() => last)\nawait breaker.fire()`,
    ],
    ['a caller that loads what the cache does not give', `${CACHED}${FILLED}`],
  ])('is absorbed by %s', async (_, text) => {
    expect(await fateOf(text)).toBe('absorbed')
  })

  it.each([
    [
      'nothing, as some successes do',
      `async function left() { try { const r = ${CALL}; return r.ok ? r : null } catch { return null } }\nconsole.log(await left())`,
    ],
    [
      'an empty list',
      `async function all() { try { return ${CALL} } catch { return [] } }\nconsole.log(await all())`,
    ],
    [
      'nothing by the fallback of a breaker',
      `import CircuitBreaker from 'opossum'\nasync function left() { return ${CALL} }\nconst breaker = new CircuitBreaker(left)\nbreaker.fallback(() => null)\nawait breaker.fire()`,
    ],
    ['what a miss of the cache gives, and only print it', `${CACHED}console.log(await kept('a'))`],
    [
      'what a miss of the cache gives, of whom one does not load it',
      `${CACHED}${FILLED}console.log(await kept('b'))`,
    ],
    [
      'what a miss of the cache gives, from a function that others import',
      `${CACHED}${FILLED}export const ways = { kept }`,
    ],
  ])('is not followed where callers get %s', async (_, text) => {
    expect(await fateOf(text)).toBe('unknown')
  })

  it.each([
    ['nothing catches it', `${CALL}`],
    [
      'the handler hands it to next',
      `${ROUTE}app.get('/', async (q, r, next) => { try { ${CALL}; r.end() } catch (error) { next(error) } })`,
    ],
    [
      'the handler answers with a status of a server that fails',
      `${ROUTE}app.get('/', async (q, r) => { try { ${CALL}; r.end() } catch { r.status(503).end() } })`,
    ],
    [
      'a catch throws it again',
      `async function a() { try { ${CALL} } catch (error) { throw error } }\nawait a()`,
    ],
    [
      'one of two callers does not catch it',
      `async function a() { ${CALL} }\nasync function b() { try { await a() } catch { return } }\nawait b()\nawait a()`,
    ],
    [
      'a loop tells of the last attempt',
      `async function a() { for (let n = 0; n < 3; n++) { try { ${CALL}; return } catch (error) { console.warn(error) } } throw new Error('no') }\nawait a()`,
    ],
  ])('is handed on where %s', async (_, text) => {
    expect(await fateOf(text)).toBe('handed-on')
  })

  it.each([
    [
      'false stands for it',
      `async function isUp() { try { ${CALL}; return true } catch { return false } }\nconsole.log(await isUp())`,
    ],
    [
      'the try does not wait',
      `async function a() { try { void fetch('http://stock:8080') } catch { return } }\nawait a()`,
    ],
    ['nobody is seen to call', `export async function a() { ${CALL} }`],
    [
      'it is thrown under a condition',
      `async function a() { try { ${CALL} } catch (error: any) { if (error.code) throw error } }\nawait a()`,
    ],
    [
      'what was to be answered is left out',
      `${ROUTE}app.get('/', async (q, r) => { try { r.json(${CALL}) } catch (error) { console.warn(error) } })`,
    ],
    [
      'what stands after asks for it',
      `async function a() { let x = null\ntry { x = ${CALL} } catch (error) { console.warn(error) }\nif (!x) throw new Error('no') }\nawait a()`,
    ],
  ])('is not known where %s', async (_, text) => {
    expect(await fateOf(text)).toBe('unknown')
  })
})

describe('a retry by hand', () => {
  it('is told with its attempts', async () => {
    const [path] = await pathsIn(
      `async function a() { for (let n = 1; n <= 5; n++) { try { return ${CALL} } catch (error) { console.warn(error) } } }\nawait a()`,
    )
    expect(path?.retry).toMatchObject({ attempts: 5, source: { line: 1 } })
  })

  it('is none where each failure ends the loop, and of unknown length without a count', async () => {
    const [once] = await pathsIn(
      `async function a() { for (const u of ['a', 'b']) { try { ${CALL} } catch (error) { throw error } } }\nawait a()`,
    )
    const [ever] = await pathsIn(
      `async function a() { while (true) { try { return ${CALL} } catch (error) { console.warn(error) } } }\nawait a()`,
    )
    expect(once?.retry).toBeNull()
    expect(ever?.retry).toMatchObject({ attempts: null })
  })
})

describe('endpoints', () => {
  it.each([
    ['a template', 'fetch(`${process.env.BASE}/v1/orders/${id}?full=1`)', 'GET /v1/orders/*'],
    ['a client', `axios.get('/v1/orders')`, 'GET /v1/orders'],
    ['a whole address', `fetch('http://stock:8080/left')`, 'GET /left'],
    ['another method', `fetch('http://stock:8080/left', { method: 'POST' })`, 'POST /left'],
    ['a method that is handed in', `fetch('http://stock:8080/left', options)`, '* /left'],
    ['what is not written', 'fetch(process.env.BASE + rest)', null],
  ])('are asked by %s', async (_, call, asks) => {
    const [path] = await pathsIn(`import axios from 'axios'\nconst [id, rest] = process.argv\nawait ${call}`)
    expect(path?.asks).toBe(asks)
  })

  it('lead to calls and functions, those of a router under its path', async () => {
    const found = await factsOf('endpoint', {
      'package.json': PACKAGE,
      'src/main.ts': `${ROUTE}import { routes } from './routes.js'\napp.use('/v1', routes)\napp.listen(8080)`,
      'src/routes.ts': `import { Router } from 'express'\nexport const routes = Router()\nasync function load() {\n  ${CALL}\n}\nroutes.post('/orders/:id', async (q, r) => { await load(); r.end() })`,
    })
    expect(found).toMatchObject([{ method: 'POST', path: '/v1/orders/:id', calls: [{ line: 4 }] }])
    expect(found[0]!.functions.map(({ line }) => line)).toContain(3)
  })

  it.each([
    ['calls that are awaited', `await load(); r.end()`, [4]],
    ['calls whose promise is given back', `return load().then(() => r.end())`, [4]],
    [
      'calls behind an answer that leaves',
      `if (!q.query.id) { r.status(400).end(); return } await load(); r.end()`,
      [4],
    ],
    ['no calls that are only started', `void load(); r.end()`, []],
    ['no calls after the answer', `r.status(202).end(); await load()`, []],
    ['no calls of work that is handed to others', `setTimeout(async () => { await load() }, 1); r.end()`, []],
  ])('wait for %s', async (_, handler, lines) => {
    const [found] = await factsOf('endpoint', {
      'package.json': PACKAGE,
      'src/main.ts': `${ROUTE}async function load() {\n  ${CALL}\n}\napp.get('/left', async (q, r) => { ${handler} })\napp.listen(8080)`,
    })
    expect(found?.awaited.map(({ line }) => line)).toEqual(lines)
  })
})
