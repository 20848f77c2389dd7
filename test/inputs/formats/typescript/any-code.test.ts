/** Whatever code says, reading it ends without a fault, and the filter only saves time. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anySystem } from './any-code.js'
import { read } from './reading.js'

test('any code is read to its end, with the filter as without it', async () => {
  await fc.assert(
    fc.asyncProperty(anySystem, async (system) => {
      const { facts } = await read(system)
      expect(sorted(facts)).toEqual(sorted((await read(system, false)).facts))
    }),
    { numRuns: 60 },
  )
})

function sorted(facts: unknown[]): string[] {
  return facts.map((fact) => JSON.stringify(fact)).sort()
}
