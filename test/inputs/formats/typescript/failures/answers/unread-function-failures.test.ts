/** Failures that are answered instead of thrown: who looks at the answer. */
import { describe, expect, test } from 'vitest'
import { factsOf } from '../../reading.js'

const PACKAGE = JSON.stringify({
  name: 'shop',
  dependencies: { '@supabase/supabase-js': '2.50.0', axios: '1.7.9', '@aws-sdk/client-s3': '3.700.0' },
})
const SUPABASE = `import { createClient } from '@supabase/supabase-js'\nconst db = createClient(process.env.URL!, process.env.KEY!)\n`
const INSERT = `await db.from('orders').insert(order)`
const place = (body: string): string => `${SUPABASE}export async function place(order: object) { ${body} }`

async function lostIn(main: string, more: Record<string, string> = {}): Promise<string[]> {
  const practices = await factsOf('practice', { 'package.json': PACKAGE, 'src/main.ts': main, ...more })
  return practices.filter(({ pattern }) => pattern === 'swallowed-error').map(({ state }) => state)
}

describe('the error that a library answers', () => {
  test.each<[string, string, string[]]>([
    [
      'is only logged',
      `const { error } = ${INSERT}\nif (error) { console.error(error) }\nreport(order)`,
      ['absent'],
    ],
    [
      'is logged last',
      `const { error } = ${INSERT}\nif (error) { console.error(error); return }`,
      ['absent'],
    ],
    ['is never read', `const { data, error } = ${INSERT}\nreturn data`, ['absent']],
    [
      'ends the work',
      `const { error } = ${INSERT}\nif (error) { console.error(error); return }\nreport(order)`,
      [],
    ],
    [
      'is not read, but what is taken out beside it is asked',
      `const { data, error } = ${INSERT}\nif (!data) return response.status(500).end()\nreturn data`,
      [],
    ],
    [
      'is only logged, but the status beside it is compared',
      `const { error, status } = ${INSERT}\nif (error) console.error(error)\nif (status !== 201) throw new Error('not placed')`,
      [],
    ],
    [
      'is not read, and a call stands in for what is missing',
      `const { data, error } = ${INSERT}\nreturn data ?? fail()`,
      [],
    ],
    [
      'is not read, and what is beside it only filled in',
      `const { data, error } = ${INSERT}\nreturn data ?? []`,
      ['absent'],
    ],
    [
      'is given to what is named like a log and throws',
      `const { error } = ${INSERT}\nif (error) log(error)\nfunction log(e) { console.error(e); throw e }`,
      [],
    ],
    [
      'is given to a log of the project',
      `const { error } = ${INSERT}\nif (error) log(error)\nfunction log(e) { console.error(e) }`,
      ['absent'],
    ],
    ['is thrown', `const { error } = ${INSERT}\nif (error) throw error`, []],
    [
      'is given on',
      `const { error } = ${INSERT}\nif (error) console.error(error)\nreturn { failed: error }`,
      [],
    ],
    [
      'of a read is not asked for',
      `const { error } = await db.from('orders').select('*')\nif (error) console.error(error)`,
      [],
    ],
    [
      'of one item does not stop the others',
      `for (const one of order.items) { const { error } = await db.from('items').insert(one); if (error) console.error(error) }`,
      [],
    ],
    [
      'may be lost, the code says',
      `\n// best effort: ignore errors\nconst { error } = ${INSERT}\nif (error) { console.error(error) }`,
      ['unknown'],
    ],
  ])('%s', async (_, body, states) => {
    expect(await lostIn(place(body))).toEqual(states)
  })
})

describe('a function that answers its failure', () => {
  const AXIOS = `import axios from 'axios'\n`
  const flag = `${AXIOS}export async function bill(id: string) {
    try { await axios.post('https://pay.example.com', { id }); return { success: true } } catch (error) { console.error(error); return { success: false } }
  }\n`
  const pair = `${AXIOS}export async function bill(id: string) {
    try { const paid = await axios.post('https://pay.example.com', { id }); return [paid] } catch (error) { return [null, error] }
  }\n`
  const READ = `export const strict = async (id: string) => { const done = await bill(id); if (!done.success) throw new Error('unpaid') }\n`

  test.each<[string, string, string[]]>([
    [
      'is waited for by one who looks and one who does not',
      `${flag}${READ}export async function run(id: string) { await bill(id); log(id) }`,
      ['present', 'absent'],
    ],
    ['is waited for by those who look', `${flag}${READ}`, ['present']],
    ['is not waited for', `${flag}${READ}export function run(id: string) { void bill(id) }`, ['present']],
    [
      'gives it in a list, where it is dropped',
      `${pair}export async function run(id: string) { const [paid, error] = await bill(id); if (error) { console.error(error) }\nreturn 1 }`,
      ['present', 'absent'],
    ],
    [
      'gives it in a list, where it is thrown',
      `${pair}export async function run(id: string) { const [paid, error] = await bill(id); if (error) throw error }`,
      ['present'],
    ],
    [
      'gives it in a list, where what is beside it is asked',
      `${pair}export async function run(id: string) { const [paid, error] = await bill(id); if (!paid) return 0\nreturn 1 }`,
      ['present'],
    ],
    [
      'is called through another that passes on',
      `${flag}${READ}const timed = (work: (id: string) => Promise<object>) => async (id: string) => { return await work(id) }
       export async function run(id: string) { await timed(bill)(id); log(id) }`,
      ['present', 'absent'],
    ],
    [
      'answers a question by its name',
      `${flag.replaceAll('bill', 'isPaid')}${READ.replaceAll('bill', 'isPaid')}export async function run(id: string) { await isPaid(id); log(id) }`,
      ['present'],
    ],
  ])('%s', async (_, main, states) => {
    expect(await lostIn(main)).toEqual(states)
  })
})

describe('a catch', () => {
  const remove = (clause: string): string =>
    `import { S3Client, DeleteObjectCommand } from '@aws-sdk/client-s3'\nconst s3 = new S3Client({})
     export async function remove(Key: string) { try { await s3.send(new DeleteObjectCommand({ Bucket: 'b', Key })) } ${clause} }`

  test.each<[string, string, string[]]>([
    [
      'leaves for what is not there, and only logs the rest',
      `catch (error) { if (error.code === 404) { return }\nconsole.error(error) }`,
      ['absent'],
    ],
    [
      'leaves for what is not there, and throws the rest',
      `catch (error) { if (error.code === 404) return\nthrow error }`,
      ['present'],
    ],
  ])('%s', async (_, clause, states) => {
    expect(await lostIn(remove(clause))).toEqual(states)
  })

  test('around a change behind an interface', async () => {
    const files = {
      'src/store.ts': `export interface Store { remove(key: string): Promise<void> }`,
      'src/s3.ts': `import { S3Client, DeleteObjectCommand } from '@aws-sdk/client-s3'\nimport type { Store } from './store'
        export class S3Store implements Store { #s3 = new S3Client({})\n async remove(Key: string) { await this.#s3.send(new DeleteObjectCommand({ Bucket: 'b', Key })) } }`,
    }
    const main = `import type { Store } from './store'\nimport { S3Store } from './s3'
      export async function clean(store: Store, key: string) { try { await store.remove(key) } catch (error) { console.error(error) } }
      export const main = () => clean(new S3Store(), 'a')`
    expect(await lostIn(main, files)).toEqual(['absent'])
  })
})
