/** Failures that stand in an answer: who reads the member of them, where the answer is waited for. */
import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { factsOf } from '../../reading.js'

const PACKAGE = JSON.stringify({
  name: 'shop',
  dependencies: {
    '@supabase/supabase-js': '2.50.0',
    '@aws-sdk/client-dynamodb': '3.700.0',
    '@aws-sdk/client-sqs': '3.700.0',
    '@elastic/elasticsearch': '8.19.2',
    'aws-sdk': '2.1693.0',
    'expo-server-sdk': '3.6.0',
    'firebase-admin': '13.0.0',
    axios: '1.7.9',
    'openapi-fetch': '0.13.8',
    'tiny-invariant': '1.3.3',
  },
})
const PATTERNS = ['swallowed-error', 'unread-answer', 'failure-as-answer']

/** Pattern, state and line of each. */
async function told(main: string): Promise<string[]> {
  const practices = await factsOf('practice', { 'package.json': PACKAGE, 'src/main.ts': main })
  return practices
    .filter(({ pattern }) => PATTERNS.includes(pattern))
    .map(({ pattern, state }) => `${pattern} ${state}`)
}

const SUPABASE = `import { createClient } from '@supabase/supabase-js'\nconst db = createClient(process.env.URL!, process.env.KEY!)\n`
const INSERT = `db.from('orders').insert(order)`
const place = (body: string, beside = ''): string =>
  `${SUPABASE}export async function place(order: any, response: any) { ${body} }\n${beside}`

describe('a write that answers its failure', () => {
  const unread = ['unread-answer absent']
  const dropped = ['swallowed-error absent']
  test.each<[string, string, string[]]>([
    ['is waited for', `await ${INSERT}`, unread],
    ['is waited for behind what narrows it', `await db.from('orders').update(order).eq('id', 1)`, unread],
    ['stands among others', `await Promise.all([${INSERT}, ${INSERT}])`, [...unread, ...unread]],
    ['is made for each', `await Promise.all(order.items.map((order: any) => ${INSERT}))`, unread],
    ['is settled, as is told there', `await Promise.allSettled([${INSERT}])`, dropped],
    ['throws after all', `await ${INSERT}.throwOnError()`, []],
    ['is kept and never asked', `const answer = await ${INSERT}\nreturn order`, unread],
    [
      'is taken out with what it gave',
      `const { data } = await ${INSERT}.select()\nresponse.json(data)`,
      dropped,
    ],
    ['is read as a member', `response.json((await ${INSERT}.select()).data!)`, dropped],
    [
      'is read of a variable',
      `const answer = await ${INSERT}.select()\nresponse.json({ order: answer.data })`,
      dropped,
    ],
    [
      'is the first of a list',
      `const [first, { error }] = await Promise.all([${INSERT}, ${INSERT}])\nif (error) throw error\nresponse.json(first.data)`,
      dropped,
    ],
    ['is taken by a handler', `await ${INSERT}.select().then(({ data }) => response.json(data))`, dropped],
    ['is asked of a variable', `const answer = await ${INSERT}\nif (answer.error) throw answer.error`, []],
    [
      'fails where there is nothing',
      `const { data } = await ${INSERT}.select().single()\nresponse.json(data.id)`,
      [],
    ],
    [
      'is asked whether there is nothing',
      `const { data } = await ${INSERT}.select()\nif (!data) throw new Error('no')`,
      [],
    ],
    [
      'is asked of what it gave',
      `const { data } = await ${INSERT}.select()\nconst one = data?.[0]\nif (!one) throw new Error('no')\nresponse.json(one)`,
      [],
    ],
    [
      'is taken apart at once',
      `const { data: { id } } = await ${INSERT}.select().single()\nresponse.json(id)`,
      [],
    ],
    ['goes on as a whole', `response.json(await ${INSERT})`, []],
    ['goes on as the rest', `const { count, ...rest } = await ${INSERT}\nresponse.json(rest)`, []],
    ['is what is given back', `const { data } = await ${INSERT}.select()\nreturn data`, []],
    ['is not waited for', `${INSERT}`, []],
    [
      'stands behind others of unknown number',
      `const [one] = await Promise.all([...order.all, ${INSERT}])`,
      [],
    ],
    [
      'may be lost, as the name says',
      `const trackMetric = async () => { await ${INSERT} }\nawait trackMetric()`,
      [],
    ],
    [
      'is only undone',
      `try { await pay(order) } catch (error) { await db.from('orders').delete().eq('id', 1); throw error }`,
      [],
    ],
    ['is dropped by an empty catch, as is told there', `try { await ${INSERT} } catch {}`, dropped],
  ])('%s', async (_, body, expected) => {
    expect(await told(place(body))).toEqual(expected)
  })

  test.each<[string, string, string[]]>([
    [
      'one who takes what it gave',
      `const save = (order: any) => ${INSERT}.select()\nexport const run = async (order: any, response: any) => { const { data } = await save(order); response.json(data) }`,
      dropped,
    ],
    [
      'one who takes nothing',
      `async function save(order: any) { const answer = await ${INSERT}; return answer }\nexport const run = async (order: any) => { await save(order); return 1 }`,
      unread,
    ],
    [
      'two, told once',
      `const save = (order: any) => ${INSERT}\nexport const a = async (order: any) => { await save(order) }\nexport const b = async (order: any) => { await save(order) }`,
      unread,
    ],
    [
      'one who asks, and one who does not',
      `const save = (order: any) => ${INSERT}\nexport const a = async (order: any) => { const { error } = await save(order); if (error) throw error }\nexport const b = async (order: any) => { await save(order) }`,
      unread,
    ],
    [
      'one who asks what it gave of whom it gives it',
      `async function save(order: any) { const { data } = await ${INSERT}.select(); return data }\nexport const run = async (order: any) => { const saved = await save(order); if (!saved) throw new Error('no') }`,
      [],
    ],
    [
      'one who drops what is given',
      `async function save(order: any) { const { data } = await ${INSERT}.select(); return data }\nexport const run = async (order: any) => { await save(order) }`,
      dropped,
    ],
    ['nobody that is seen', `export const save = (order: any) => ${INSERT}`, []],
  ])('is given back to %s', async (_, more, expected) => {
    expect(await told(SUPABASE + more)).toEqual(expected)
  })

  test('whatever is chained to it, unless that throws', async () => {
    const chained = fc.array(fc.constantFrom('eq', 'select', 'single', 'throwOnError', 'returns'), {
      maxLength: 5,
    })
    await fc.assert(
      fc.asyncProperty(chained, async (names) => {
        const chain = names.map((name) => `.${name}()`).join('')
        const expected = names.includes('throwOnError') ? [] : unread
        expect(await told(place(`await ${INSERT}${chain}`))).toEqual(expected)
      }),
      { numRuns: 15 },
    )
  })
})

describe('a read that answers its failure', () => {
  const select = `await db.from('orders').select().eq('id', 1).single()`
  test.each<[string, string, string[]]>([
    [
      'counts as not found',
      `const { data } = ${select}\nif (!data) return response.status(404).end()`,
      ['failure-as-answer absent'],
    ],
    [
      'counts as not found beside something else',
      `const answer = ${select}\nif (answer.data === null || order.gone) throw new NotFoundError()`,
      ['failure-as-answer absent'],
    ],
    [
      'is asked before',
      `const { data, error } = ${select}\nif (error) throw error\nif (!data) return response.status(404).end()`,
      [],
    ],
    ['counts as a failure', `const { data } = ${select}\nif (!data) throw new Error('no orders now')`, []],
  ])('%s', async (_, body, expected) => {
    expect(await told(place(body))).toEqual(expected)
  })
})

describe('a call that succeeds where some of it failed', () => {
  const sqs = `import { SQSClient, SendMessageBatchCommand, SendMessageCommand } from '@aws-sdk/client-sqs'\nconst queue = new SQSClient({})\n`
  const dynamo = `import { DynamoDBClient, BatchGetItemCommand, BatchWriteItemCommand } from '@aws-sdk/client-dynamodb'\nconst table = new DynamoDBClient({})\n`
  const old = `import SQS from 'aws-sdk/clients/sqs'\nconst queue = new SQS()\n`
  const elastic = `import { Client } from '@elastic/elasticsearch'\nconst index = new Client({ node: 'http://search:9200' })\n`
  const run = (before: string, body: string): string =>
    `${before}export async function run(input: any) { ${body} }`
  const absent = ['unread-answer absent']
  const present = ['unread-answer present']

  test.each<[string, string, string[]]>([
    ['by a command', run(sqs, `await queue.send(new SendMessageBatchCommand(input))`), absent],
    [
      'by a command, asked',
      run(
        sqs,
        `const { Failed } = await queue.send(new SendMessageBatchCommand(input))\nif (Failed?.length) throw new Error('lost')`,
      ),
      present,
    ],
    [
      'by a command, taken out and not used',
      run(sqs, `const { Failed } = await queue.send(new SendMessageBatchCommand(input))`),
      absent,
    ],
    ['not by this command', run(sqs, `await queue.send(new SendMessageCommand(input))`), []],
    [
      'for each chunk',
      run(
        dynamo,
        `await Promise.all(input.map((chunk: any) => table.send(new BatchWriteItemCommand(chunk))))`,
      ),
      absent,
    ],
    [
      'again until all is written',
      run(
        dynamo,
        `let RequestItems = input\ndo { const answer = await table.send(new BatchWriteItemCommand({ RequestItems })); RequestItems = answer.UnprocessedItems } while (RequestItems)`,
      ),
      present,
    ],
    [
      'by reading',
      run(dynamo, `const { Responses } = await table.send(new BatchGetItemCommand(input))\nreturn Responses`),
      ['failure-as-answer absent'],
    ],
    ['and is given back whole', run(dynamo, `return table.send(new BatchGetItemCommand(input))`), []],
    ['by an old client', run(old, `await queue.sendMessageBatch(input).promise()`), absent],
    [
      'by an old client, asked',
      run(
        old,
        `const sent = await queue.sendMessageBatch(input).promise()\nif (sent.Failed.length > 0) throw new Error('lost')`,
      ),
      present,
    ],
    ['by a search', run(elastic, `await index.bulk({ operations: input })`), absent],
    [
      'by a search, asked',
      run(
        elastic,
        `const { errors } = await index.bulk({ operations: input })\nif (errors) throw new Error('not indexed')`,
      ),
      present,
    ],
    [
      'by a search whose helper tells of each',
      run(elastic, `await index.helpers.bulk({ datasource: input, onDrop(one: any) { count(one) } })`),
      [],
    ],
    [
      'by a list that is dropped',
      run(
        `import { Expo } from 'expo-server-sdk'\nconst expo = new Expo()\n`,
        `await expo.sendPushNotificationsAsync(input)`,
      ),
      absent,
    ],
    [
      'by a list that is read',
      run(
        `import { Expo } from 'expo-server-sdk'\nconst expo = new Expo()\n`,
        `const tickets = await expo.sendPushNotificationsAsync(input)\ntickets.forEach(check)`,
      ),
      present,
    ],
    [
      'by counts',
      run(
        `import { getMessaging } from 'firebase-admin/messaging'\n`,
        `const { successCount } = await getMessaging().sendEach(input)\nreturn successCount`,
      ),
      present,
    ],
  ])('%s', async (_, main, expected) => {
    expect(await told(main)).toEqual(expected)
  })
})

test.each<[string, string, string[]]>([
  [
    'of which nobody looks',
    `await axios.post('https://pay.example.com', order, { validateStatus: () => true })`,
    ['unread-answer absent'],
  ],
  [
    'of which somebody does',
    `const { status } = await axios.post('https://pay.example.com', order, { validateStatus: () => true })\nif (status > 299) throw new Error('unpaid')`,
    ['unread-answer present'],
  ],
  ['that fail the call', `await axios.post('https://pay.example.com', order)`, []],
  ...[
    '(s) => (s >= 200 && s < 300) || s === 409',
    '(s) => (s < 300 ? true : false)',
    '(s) => s !== 429 && s < 400',
  ].map((accepts): [string, string, string[]] => [
    `of which only some are accepted: ${accepts}`,
    `await axios.post('https://pay.example.com', order, { validateStatus: ${accepts} })`,
    [],
  ]),
  [
    'that an interceptor of the client looks at',
    `const http = axios.create({ validateStatus: () => true })
     http.interceptors.response.use((answer) => { if (answer.status > 299) throw new Error('unpaid'); return answer })
     await http.post('https://pay.example.com', order)`,
    [],
  ],
  [
    'that an interceptor of another client looks at',
    `const http = axios.create({ validateStatus: () => true })
     axios.create().interceptors.response.use((answer) => answer)
     await http.post('https://pay.example.com', order)`,
    ['unread-answer absent'],
  ],
  [
    'that nobody looks at, with an interceptor of requests',
    `const http = axios.create({ validateStatus: null })
     http.interceptors.request.use((request) => request)
     await http.post('https://pay.example.com', order)`,
    ['unread-answer absent'],
  ],
])('statuses %s', async (_, body, expected) => {
  expect(await told(`import axios from 'axios'\nexport async function pay(order: any) { ${body} }`)).toEqual(
    expected,
  )
})

test('a function of the project that answers its failure, of which only the rest is taken', async () => {
  const save = `async function save(order: any) { const { data, error } = await ${INSERT}.select(); if (error) { return { data: null, error } }\nreturn { data, error: null } }\n`
  const run = `export async function run(order: any, response: any) { const { data } = await save(order); response.json(data) }`
  expect(await told(SUPABASE + save + run)).toEqual(['swallowed-error absent'])
  const asks = run.replace('response.json', 'if (!data) throw new Error(); response.json')
  expect(await told(SUPABASE + save + asks)).toEqual([])
})

test('of a function that answers failures of a read and of a write, that of the write is told', async () => {
  const bill = `async function bill(order: any) {
    const { error: unread } = await db.from('orders').select().eq('id', order.id)
    if (unread) { return { success: false } }
    const { error } = await ${INSERT}
    if (error) { return { success: false } }
    return { success: true }
  }\n`
  const main = `${SUPABASE}${bill}export async function run(order: any) { await bill(order); return order }`
  const practices = await factsOf('practice', { 'package.json': PACKAGE, 'src/main.ts': main })
  const details = practices.filter(({ pattern }) => pattern === 'swallowed-error').map(({ detail }) => detail)
  expect(details).toEqual([expect.stringContaining('which returns that `insert` (Supabase) failed')])
})

const API = `import createClient from 'openapi-fetch'\n`
const POST = `export async function place(order: any) { await api.POST('/orders', { body: order }) }`
const READ = `await db.from('orders').select().maybeSingle()`

test.each<[string, string, string[]]>([
  [
    'as it is',
    `${API}const api = createClient({ baseUrl: 'http://cart' })\n${POST}`,
    ['unread-answer absent'],
  ],
  [
    'with a middleware',
    `${API}const api = createClient({ baseUrl: 'http://cart' })\napi.use({ onResponse: check })\n${POST}`,
    [],
  ],
  [
    'with a fetch of its own',
    `${API}const api = createClient({ baseUrl: 'http://cart', fetch: checked })\n${POST}`,
    [],
  ],
  [
    'whose answer an imported assertion is given',
    `import invariant from 'tiny-invariant'\n${place(`const { data } = await ${INSERT}.select()\ninvariant(data, 'stored')`)}`,
    [],
  ],
  [
    'of which the status is read as well',
    place(
      `const { data, status } = ${READ}\nif (status >= 500) throw new Error('down')\nif (!data) return response.status(404).end()`,
    ),
    [],
  ],
  [
    'refused with 500',
    place(`const { data } = ${READ}\nif (!data) return response.status(500).send('order not found')`),
    [],
  ],
  [
    'of which the items are counted',
    `import { DynamoDBClient, BatchGetItemCommand } from '@aws-sdk/client-dynamodb'
     const db = new DynamoDBClient({})
     export async function read(keys: any[]) {
       const { Responses } = await db.send(new BatchGetItemCommand({ RequestItems: { orders: { Keys: keys } } }))
       const orders = Responses!.orders
       if (orders.length !== keys.length) throw new Error('some were not read')
       return orders
     }`,
    [],
  ],
])('a client %s', async (_, main, expected) => {
  expect(await told(main)).toEqual(expected)
})
