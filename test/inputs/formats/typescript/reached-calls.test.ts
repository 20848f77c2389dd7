import { expect, test } from 'vitest'
import { practicesIn } from './reading.js'

const DEPTH = 12

/** A transaction whose work calls through functions of the project, each with `extra` beside the call of the next. */
function transactionThrough(extra: (index: number) => string): string {
  const steps = Array.from(
    { length: DEPTH },
    (_, index) => `async function step${index}() { ${extra(index)}; await step${index + 1}() }`,
  )
  return [
    `import axios from 'axios'`,
    `import { PrismaClient } from '@prisma/client'`,
    `const http = axios.create({ timeout: 100 })`,
    `const db = new PrismaClient()`,
    ...steps,
    `async function step${DEPTH}() { await http.post('https://pay.example.com') }`,
    `export const order = () => db.$transaction(async () => { await step0() })`,
  ].join('\n')
}

async function statesOf(code: string): Promise<string[]> {
  const found = await practicesIn(code)
  return found.filter(({ pattern }) => pattern === 'transaction-external-call').map(({ state }) => state)
}

test('an outbound call is found however many functions lie between', async () => {
  expect(await statesOf(transactionThrough(() => ''))).toEqual(['absent'])
})

test('functions that call each other in circles hide nothing', async () => {
  expect(await statesOf(transactionThrough((index) => (index > 0 ? `step${index - 1}()` : '')))).toEqual([
    'absent',
  ])
})

test('what is asked of other functions before changes nothing', async () => {
  const asked = Array.from(
    { length: DEPTH },
    (_, index) => `export const job${index} = () => db.$transaction(async () => { await step${index}() })`,
  )
  const code = transactionThrough(() => '')
  const one = asked.map(() => 'absent')
  expect(await statesOf([code, ...asked].join('\n'))).toEqual(['absent', ...one])
  expect(await statesOf([code, ...asked.reverse()].join('\n'))).toEqual(['absent', ...one])
})
