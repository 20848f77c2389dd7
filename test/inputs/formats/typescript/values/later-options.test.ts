/** Options of an object that is set, replaced or taken away after it was made. */
import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { clientsIn } from '../reading.js'

async function timeoutIn(code: string): Promise<string | undefined> {
  const [client] = await clientsIn(`import axios from 'axios'\n${code}`)
  return client?.guards['http-timeout']?.state
}

const asked = (code: string): string => `${code}\nawait axios.get('http://stock/items', options)`
const inClass = (members: string): string =>
  `class Stock {\n${members}\nget() { return axios.get('http://stock/items', this.options) }\n}\nnew Stock().get()`

describe('options in a variable', () => {
  test.each([
    ['a variable that is declared with them', `let options: any = { timeout: 500 }`],
    ['a variable that gets them later', `let options: any\noptions = { timeout: 500 }`],
    [
      'one that gets others with the same option',
      `let options: any\noptions = { timeout: 500 }\nif (process.env.SLOW) options = { timeout: 900 }`,
    ],
    ['one that starts with nothing', `let options: any = null\noptions = { timeout: 500 }`],
    ['an object to which the option is added', `let options: any\noptions = {}\noptions.timeout = 500`],
  ])('hold in %s', async (_, code) => {
    expect(await timeoutIn(asked(code))).toBe('present')
  })

  test.each(['null', 'undefined', 'void 0', '{}', '{ maxRedirects: 1 }'])(
    'may be gone where it is set to %s',
    async (value) => {
      for (const made of [
        `let options: any = { timeout: 500 }`,
        `let options: any\noptions = { timeout: 500 }`,
      ])
        expect(await timeoutIn(asked(`${made}\nif (process.env.SLOW) options = ${value}`))).toBe('unknown')
    },
  )

  test.each(['null', 'undefined'])('may be gone one by one where an option is set to %s', async (value) => {
    for (const made of [`{ timeout: 500 }`, `{}\noptions.timeout = 500`])
      expect(
        await timeoutIn(
          asked(`const options: any = ${made}\nif (process.env.SLOW) options.timeout = ${value}`),
        ),
      ).toBe('unknown')
  })

  test('are those of their own variable, not of one of another function that is called so', async () => {
    const other = `export function reset() { let options: any = {}\noptions = null\nreturn options }`
    expect(await timeoutIn(asked(`const options = { timeout: 500 }\n${other}`))).not.toBe('absent')
  })
})

describe('options in a field', () => {
  test.each([
    ['declared with them', `options: any = { timeout: 500 }`, 'present'],
    ['that a constructor sets', `options: any\nconstructor() { this.options = { timeout: 500 } }`, 'present'],
    ['that a method empties', `options: any = { timeout: 500 }\nreset() { this.options = null }`, 'unknown'],
    [
      'that a constructor sets and a method empties',
      `options: any\nconstructor() { this.options = { timeout: 500 } }\nreset() { this.options = undefined }`,
      'unknown',
    ],
  ])('%s', async (_, members, state) => {
    expect(await timeoutIn(inClass(members))).toBe(state)
  })
})

test('whatever is set in whatever order, options that are gone for a time are never said to be there', async () => {
  const nothing = fc.constantFrom('null', 'undefined', '{}')
  const something = fc.constantFrom('{ timeout: 500 }', '{ timeout: 900, maxRedirects: 1 }')
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(nothing, something), { minLength: 1, maxLength: 4 }),
      nothing,
      async (values, gone) => {
        const all = [...values, gone].map((value, index) => `if (process.env.X${index}) options = ${value}`)
        const state = await timeoutIn(asked(`let options: any = { timeout: 500 }\n${all.join('\n')}`))
        expect(state).toBe('unknown')
      },
    ),
    { numRuns: 20 },
  )
})
