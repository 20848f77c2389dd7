import { expect, test } from 'vitest'
import { practicesIn } from '../../reading.js'

const HEAD = `import axios from 'axios'\nconst http = axios.create({ timeout: 100 })\nconst sleep = (ms: number) => new Promise((r) => setTimeout(r, ms))\n`

async function statesOf(pattern: string, code: string): Promise<string> {
  const found = (await practicesIn(HEAD + code)).filter((practice) => practice.pattern === pattern)
  return found.map(({ state }) => state).join(' ') || 'none'
}

type Case = [name: string, code: string, states: string]

const tried = (failed: string, work = 'return await save(id)', before = ''): string =>
  `${before}\nexport async function change(id: string) { for (let n = 1; n <= 4; n++) { try { ${work} } catch (e: any) { ${failed} } } }`

const AT_ONCE: Case[] = [
  ['after every failure', tried('log(e)'), 'absent'],
  ['after a lost compare-and-swap', tried('if (!(e instanceof CasConflictError)) throw e'), 'present'],
  ['or by a count', tried('if (n === 4 || !(e instanceof VersionMismatchError)) throw e'), 'present'],
  ['going on for it', tried('if (e instanceof OptimisticLockError && n < 4) continue; throw e'), 'present'],
  [
    'after a serialization failure',
    tried(`if (e.code !== '40001' && e.code !== '40P01') throw e`),
    'present',
  ],
  ['by code of Prisma', tried(`if (!(e.code === 'P2034' || e.code === 'P2002')) throw e`), 'present'],
  [
    'by the message of the database',
    tried("if (!e.message.includes('E11000 duplicate key error')) throw e"),
    'present',
  ],
  ['after a file that exists', tried(`if (e?.['code'] !== 'EEXIST') throw e`), 'present'],
  ['after a refused condition', tried('if (e.response?.status !== 412) throw e'), 'present'],
  [
    'by a predicate',
    tried('if (!mayGoOn(e)) throw e', undefined, `const mayGoOn = (e: any) => e.code === 'P2034'`),
    'present',
  ],
  ['by a predicate from elsewhere', tried('if (!isWriteConflict(e)) throw e'), 'present'],
  ['in a variable', tried(`const isRace = e.code === '40001'; if (!isRace) throw e`), 'present'],
  [
    'after a conflict or a lost connection',
    tried(`if (e.code !== '40001' && e.code !== 'ECONNRESET') throw e`),
    'absent',
  ],
  ['after a conflict or overload', tried('if (![409, 503].includes(e.response?.status)) throw e'), 'absent'],
  [
    'by a predicate for both',
    tried(
      'if (!mayGoOn(e)) throw e',
      undefined,
      `const mayGoOn = (e: any) => e.code === 'P2034' || e.code === 'P1001'`,
    ),
    'absent',
  ],
  [
    'after a conflict, and after a wait for a lost connection',
    tried(`if (e.code === 'P2002') continue; if (e.code === 'ECONNRESET') { continue } throw e`),
    'absent',
  ],
  [
    'after what a condition of its own lets on',
    tried(`if (e instanceof CasConflictError) { log(e) } else if (!e.isTimeout) throw e`),
    'absent',
  ],
  [
    'by a predicate that also asks for a text',
    tried(
      'if (!mayGoOn(e)) throw e',
      undefined,
      `const mayGoOn = (e: any) => e.code === '40001' || e.message.includes('socket hang up')`,
    ),
    'absent',
  ],
  [
    'by a predicate that is only called so',
    tried(
      'if (!isConflictOrNetworkError(e)) throw e',
      undefined,
      'const isConflictOrNetworkError = (e: any) => !e.response',
    ),
    'absent',
  ],
  ['after all but conflicts', tried('if (e instanceof CasConflictError) throw e'), 'absent'],
  [
    'after any error that is logged by its kind',
    tried('if (e instanceof CasConflictError) log(e)'),
    'absent',
  ],
]

test.each(AT_ONCE)('backoff: at once %s', async (_, code, states) => {
  expect(await statesOf('retry-backoff', code)).toBe(states)
})

test('a conflict without a bound is still without a bound', async () => {
  const code = `export async function change(id: string) { while (true) { try { return await save(id) } catch (e: any) { if (!(e instanceof CasConflictError)) throw e } } }`
  expect(await statesOf('retry-bounded', code)).toBe('absent')
})

const WAITS: Case[] = [
  ['after a conflict', tried('if (!isCasConflict(e)) throw e; await sleep(50)'), 'present'],
  ['after any failure', tried('await sleep(50)'), 'absent'],
  [
    'after an update that changed nothing',
    `export async function change(id: string) { for (let attempt = 0; attempt < 4; attempt++) { const result = await save(id); if (result.modifiedCount === 1) return; await sleep(50 * attempt) } }`,
    'present',
  ],
  [
    'for a lock',
    `export async function locked(id: string) { for (let attempt = 1; ; attempt++) { const acquired = await rows.acquireAdvanceLock(id); if (acquired) break; if (attempt >= 4) throw new Error('busy'); await sleep(1000 * attempt) } }`,
    'none',
  ],
  [
    'for work under a lock that failed',
    `export async function run(id: string) { for (let attempt = 1; attempt < 4; attempt++) { try { return await mutex.runExclusive(() => http.get('/x')) } catch (e) { await sleep(1000 * attempt) } } }`,
    'absent',
  ],
]

test.each(WAITS)('jitter: a wait %s', async (_, code, states) => {
  expect(await statesOf('retry-jitter', code)).toBe(states)
})

const two = (failed: string): string =>
  `export async function get() { for (let n = 0; n < 2; n++) { try { return await http.get('/x') } catch (e) { ${failed} } } }`

test.each([
  ['at once', two('log(e)'), 'none'],
  ['after a second', two('await sleep(1000)'), 'none'],
  ['and a third', two('log(e)').replace('n < 2', 'n < 3'), 'absent'],
])('backoff: a single second try %s', async (_, code, states) => {
  expect(await statesOf('retry-backoff', code)).toBe(states)
})

const POST = `http.post('/x', {})`

const REPEATED: Case[] = [
  [
    'a call that conflicts',
    tried('if (e.response?.status !== 409) throw e', `return await ${POST}`),
    'present',
  ],
  [
    'a call before what conflicts',
    tried('if (!(e instanceof CasConflictError)) throw e', `await ${POST}; return await save(id)`),
    'absent',
  ],
  [
    'a call that nobody waits for',
    tried(
      'log(e)',
      `await read(id); ${POST}.catch(log); return`,
      'const log = (e: any) => { console.log(e) }',
    ),
    'none',
  ],
  [
    'a call whose failure ends in its function',
    tried(
      'log(e)',
      'await tell(); return',
      `async function tell() { try { await ${POST} } catch (e) { console.error(e) } }`,
    ),
    'none',
  ],
  [
    'and something after it',
    tried(
      'log(e)',
      'await tell(); await save(id); return',
      `async function tell() { try { await ${POST} } catch (e) { console.error(e) } }`,
    ),
    'absent',
  ],
  [
    'a call whose failure is returned',
    tried(
      'log(e)',
      'if (await tell()) throw new Error(); return',
      `async function tell() { try { await ${POST} } catch (e) { return e } }`,
    ),
    'absent',
  ],
  [
    'a call whose failure is thrown',
    tried(
      'log(e)',
      'await tell(); return',
      `async function tell() { try { await ${POST} } catch (e) { throw new Error('no') } }`,
    ),
    'absent',
  ],
  [
    'a call in a function that nobody waits for',
    tried('log(e)', 'await read(id); tell(id); return', `async function tell(id: string) { await ${POST} }`),
    'none',
  ],
]

test.each(REPEATED)('idempotency: %s', async (_, code, states) => {
  expect(await statesOf('retry-idempotency', code)).toBe(states)
})
