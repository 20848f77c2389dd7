/** Requests that a function makes of what it is given, and that another one sends: who decides about their timeout. */
import { describe, expect, test } from 'vitest'
import { clientsIn } from '../reading.js'

const SIGNAL = `{ signal: AbortSignal.timeout(500) }`

/** A class that sends through `proxied`, with calls of it. */
async function statesOf(proxied: string, ...calls: string[]): Promise<(string | undefined)[]> {
  const [client] = await clientsIn(`
    class Web {
      async send(input: RequestInfo | URL, init?: RequestInit) {
        const request = this.proxied(input, init)
        return await fetch(request, init)
      }
      ${proxied}
    }
    const web = new Web()
    ${calls.map((call) => `await web.send(${call})`).join('\n')}`)
  return client?.calls.map(({ guards }) => guards['http-timeout']?.state) ?? []
}

const OF_INPUT = `proxied(input: RequestInfo | URL, init?: RequestInit): RequestInfo | URL {
  const url = new URL(input instanceof Request ? input.url : input.toString())
  if (url.host !== 'stock') return input
  return input instanceof Request ? new Request(url.toString(), input) : url.toString()
}`
const OF_INIT = `proxied(input: RequestInfo | URL, init?: RequestInit) { return new Request(input, { signal: init?.signal }) }`
const OF_BOTH = `proxied(input: RequestInfo | URL, init?: RequestInit) { return new Request(input, init) }`

describe.each([
  ['of the request it is given', OF_INPUT],
  ['with the signal of its options', OF_INIT],
  ['with its options', OF_BOTH],
])('a request that is made %s', (_, proxied) => {
  test('has the timeout of the caller that gives one', async () => {
    expect(await statesOf(proxied, `'http://stock/items', ${SIGNAL}`)).toEqual(['present'])
  })

  test('has none at the caller that gives none', async () => {
    expect(await statesOf(proxied, `'http://stock/items', ${SIGNAL}`, `'http://stock/prices'`)).toEqual([
      'present',
      'absent',
    ])
    expect(await statesOf(proxied, `'http://stock/items', { method: 'PUT' }`)).toEqual(['absent'])
  })

  test('may have one where it is not seen what a caller gives', async () => {
    expect(await statesOf(proxied, `'http://stock/items', process.argv as any`)).toEqual(['unknown'])
  })
})

test('a request that a caller makes brings its timeout', async () => {
  const made = `new Request('http://stock/items', ${SIGNAL})`
  expect(await statesOf(OF_INPUT, made, `new Request('http://stock/items')`)).toEqual(['present', 'absent'])
})
