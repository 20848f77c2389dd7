/** Requests that only ask may be repeated, whatever their method. */
import { expect, test } from 'vitest'
import { practicesIn } from './reading.js'

const retried = (body: string, url: string): string => `${body}
async function send(url: string, texts: string[]) {
  for (let attempt = 1; ; attempt++) {
    try { return await once(url, texts) } catch (error) {
      if (attempt >= 3) throw error
      await new Promise((resolve) => setTimeout(resolve, 100 * 2 ** attempt * Math.random()))
    }
  }
}
async function once(url: string, texts: string[]) {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify({ texts }) })
  if (!response.ok) throw new Error('failed')
  return response.json()
}
export const run = (texts: string[], other: string) => send(${url}, texts)
`

const state = async (code: string): Promise<string | undefined> =>
  (await practicesIn(code)).find(({ pattern }) => pattern === 'retry-idempotency')?.state

test.each([
  ['a search', '`${BASE}/v1/search`'],
  ['a batch that is masked', '`${base()}/api/mask-batch`'],
])('is left alone: %s', async (_, url) => {
  expect(await state(retried(`const BASE = 'http://a'`, url))).toBeUndefined()
})

test.each([
  ['an order', '`${BASE}/v1/orders`', 'absent'],
  ['a saved search', '`${BASE}/v1/searches`', 'absent'],
  ['what a caller gives', 'other', 'absent'],
])('is not: %s', async (_, url, expected) => {
  expect(await state(retried(`const BASE = 'http://a'`, url))).toBe(expected)
})
