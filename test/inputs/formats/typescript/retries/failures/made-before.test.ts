/** Retries of reads: what was made just before is not there yet, and that is no permanent failure. */
import { expect, test } from 'vitest'
import { factsOf } from '../../reading.js'

const PACKAGE = JSON.stringify({ name: 'shop', dependencies: { axios: '1.7.9' } })
const ORDERS = `'https://orders.example.com/orders'`
const AGAIN = (id: string): string =>
  `for (let attempt = 0; attempt < 5; attempt++) { try { return await axios.get(${ORDERS} + ${id}) } catch (error) { await sleep(500) } }`

async function statesIn(body: string, more = ''): Promise<string[]> {
  const main = `import axios from 'axios'\nimport { nanoid } from 'nanoid'
    const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
    ${more}
    export async function run(order: any, id: string) { ${body} }`
  const practices = await factsOf('practice', { 'package.json': PACKAGE, 'src/main.ts': main })
  return practices.filter(({ pattern }) => pattern === 'retry-4xx-differentiation').map(({ state }) => state)
}

const helper = `async function seen(id: string) { ${AGAIN('id')} }`

test.each<[string, string, string, string[]]>([
  ['whatever it reads', AGAIN('id'), '', ['absent']],
  [
    'it reads what a write answered',
    `const { data } = await axios.post(${ORDERS}, order)\n${AGAIN('data.id')}`,
    '',
    [],
  ],
  [
    'it reads what was sent with a write',
    `const made = nanoid()\nawait axios.post(${ORDERS}, { made })\n${AGAIN('made')}`,
    '',
    [],
  ],
  [
    'a helper reads what was sent within an object',
    `const made = nanoid()\nconst sent = { made, order }\nawait axios.post(${ORDERS}, sent)\nreturn seen(made)`,
    helper,
    [],
  ],
  [
    'a helper reads it for one caller, and anything for another',
    `const made = nanoid()\nawait axios.post(${ORDERS}, { made })\nawait seen(made)\nreturn seen(id)`,
    helper,
    ['absent'],
  ],
  [
    'a function of the project made it',
    `const made = nanoid()\nawait place(made)\n${AGAIN('made')}`,
    `async function place(id: string) { await axios.post(${ORDERS}, { id }) }`,
    [],
  ],
  [
    'it is written only behind',
    `const made = nanoid()\n${AGAIN('made').replace(' }', '; break }').replace('return ', '')}\nawait axios.post(${ORDERS}, { made })`,
    '',
    ['absent'],
  ],
  [
    'it was only read before',
    `const { data } = await axios.get(${ORDERS})\n${AGAIN('data.id')}`,
    '',
    ['absent'],
  ],
  [
    'what a write answered is only sent in a header',
    `const { data } = await axios.post('https://sso.example.com/login', order)\n${AGAIN('id, { headers: { token: data.token } }')}`,
    '',
    ['absent'],
  ],
  [
    'the same was sent elsewhere',
    `const made = nanoid()\nawait axios.post('https://audit.example.com/entries', { made })\n${AGAIN('made')}`,
    '',
    ['absent'],
  ],
  [
    'it was deleted before',
    `const gone = order.id\nawait axios.delete(${ORDERS} + gone)\n${AGAIN('gone')}`,
    '',
    ['absent'],
  ],
  [
    'a property has the name of what was made',
    `const { timeout } = (await axios.post(${ORDERS}, order)).data\n${AGAIN('encodeURI(id, { timeout: 1 })')}`,
    '',
    ['absent'],
  ],
  [
    'it was put there under its own address',
    `const made = nanoid()\nawait axios.put(${ORDERS} + made, order)\n${AGAIN('made')}`,
    '',
    [],
  ],
  [
    'it reads what a variable holds of an answer',
    `const answer = await axios.post(${ORDERS}, order)\nconst made = answer.data.id\n${AGAIN('made')}`,
    '',
    [],
  ],
])('%s', async (_, body, more, states) => {
  expect(await statesIn(body, more)).toEqual(states)
})
