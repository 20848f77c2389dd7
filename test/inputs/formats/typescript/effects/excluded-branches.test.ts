/** Branches of a helper that the arguments of a call exclude: what they would send is neither repeated nor lost. */
import { describe, expect, test } from 'vitest'
import { practicesIn } from '../reading.js'

const HELPERS = {
  if: `if (method === 'POST') { const answer = await http.post('/orders', {}); return answer.data }
       return (await http.get('/orders')).data`,
  'if not': `if (method !== 'POST') { return (await http.get('/orders')).data }
       const answer = await http.post('/orders', {})
       return answer.data`,
  else: `if (method === 'GET') { return (await http.get('/orders')).data } else { return (await http.post('/orders', {})).data }`,
  'conditional expression': `return method === 'POST' ? await http.post('/orders', {}) : await http.get('/orders')`,
  switch: `switch (method) {
       case 'HEAD':
       case 'GET': return (await http.get('/orders')).data
       case 'POST': return (await http.post('/orders', {})).data
     }`,
}

const withHelper = (body: string, code: string): string => `import axios from 'axios'
  const http = axios.create({ baseURL: 'http://orders', timeout: 100 })
  const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
  async function request(method: string) { ${body} }
  ${code}`

const repeated = (call: string): string =>
  `export async function run() { for (let i = 0; i < 3; i++) { try { return await ${call} } catch (error) { await sleep(100 * 2 ** i) } } }\nawait run()`
const lost = (call: string): string =>
  `export async function run() { try { await ${call} } catch (error) { console.error(error) } }\nawait run()`

async function statesOf(pattern: string, text: string): Promise<string[]> {
  return (await practicesIn(text)).filter((one) => one.pattern === pattern).map(({ state }) => state)
}

describe.each(Object.entries(HELPERS))('a helper with %s', (_, body) => {
  const direct = 'request'
  const between = `send`
  const through = `const ${between} = (method: string) => request(method)\n`

  test.each([direct, between])(
    'called by %s to read repeats no request that changes something',
    async (name) => {
      const code = through + repeated(`${name}('GET')`)
      expect(await statesOf('retry-idempotency', withHelper(body, code))).toEqual([])
    },
  )

  test.each([direct, between])('called by %s to write repeats it', async (name) => {
    const code = through + repeated(`${name}('POST')`)
    expect(await statesOf('retry-idempotency', withHelper(body, code))).toEqual(['absent'])
  })

  test('may write where the method is not known', async () => {
    const code = repeated(`request(process.env.METHOD!)`)
    expect(await statesOf('retry-idempotency', withHelper(body, code))).toEqual(['absent'])
  })

  test.each([direct, between])('called by %s loses no change where it reads', async (name) => {
    expect(await statesOf('swallowed-error', withHelper(body, through + lost(`${name}('GET')`)))).toEqual([])
    expect(await statesOf('swallowed-error', withHelper(body, through + lost(`${name}('POST')`)))).toEqual([
      'absent',
    ])
  })
})

test('a clause that is not left leads on into the next', async () => {
  const body = `switch (method) { case 'GET': await http.get('/orders')
    case 'POST': await http.post('/orders', {}) }`
  expect(await statesOf('retry-idempotency', withHelper(body, repeated(`request('GET')`)))).toEqual([
    'absent',
  ])
})

test('what a default clause does is excluded only by a case that holds', async () => {
  const body = `switch (method) { case 'GET': return http.get('/orders')\ndefault: return http.post('/orders', {}) }`
  expect(await statesOf('retry-idempotency', withHelper(body, repeated(`request('PUT')`)))).toEqual([
    'absent',
  ])
  expect(await statesOf('retry-idempotency', withHelper(body, repeated(`request('GET')`)))).toEqual([])
})
