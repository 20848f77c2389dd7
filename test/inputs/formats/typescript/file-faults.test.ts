/** A fault of ours that one file brings out costs that file; the rest of the code is judged. */
import { describe, expect, it, vi } from 'vitest'
import type { Practice } from '../../../../src/facts/code.js'
import type { ReadFile } from '../../../../src/inputs/format.js'
import { faultAt, withoutFaulty } from '../../../../src/inputs/formats/typescript/syntax/file-faults.js'
import type { Survey } from '../../../../src/inputs/formats/typescript/survey/survey.js'
import type { TS } from '../../../../src/inputs/formats/typescript/syntax/syntax.js'
import { read } from './reading.js'

vi.mock('../../../../src/inputs/formats/typescript/jobs/timers.js', () => ({
  timers(survey: Survey): Practice[] {
    for (const { calls } of survey.files)
      for (const { expression } of calls)
        if (survey.resolver.resolve(expression) && expression.getText() === 'breakUs')
          throw new TypeError('oops')
    return []
  },
}))

const BREAKS = `setTimeout(() => undefined, 1000)\nbreakUs()`

describe('a fault that a file brings out', () => {
  it('costs the file', async () => {
    const { facts, problems } = await read({
      'package.json': JSON.stringify({ name: 'shop', dependencies: { axios: '1.7.0' } }),
      'src/breaks.ts': BREAKS,
      'src/main.ts': `import './breaks'\nimport axios from 'axios'\naxios.get('https://pay.example')\nsetTimeout(work, 100)`,
    })
    expect(facts.map(({ fact }) => fact)).toContain('client')
    expect(problems).toEqual([
      {
        path: 'src/breaks.ts',
        line: null,
        column: null,
        message: 'internal error: oops; please report it',
      },
    ])
  })

  it('ends the reading of code when many files bring it out', async () => {
    const breaking = Array.from({ length: 7 }, (_, index) => [`src/breaks-${index}.ts`, BREAKS])
    await expect(read(Object.fromEntries(breaking))).rejects.toThrow('oops')
  })
})

describe('withoutFaulty', () => {
  const files = ['a.ts', 'b.ts'].map((path) => ({ path }) as ReadFile)
  const nodeOf = (fileName: string): TS.Node =>
    ({ getSourceFile: () => ({ fileName }) }) as unknown as TS.Node

  it('works again without the file', () => {
    const { result, faulty } = withoutFaulty(files, (rest) => {
      if (rest.length === 2) throw faultAt(nodeOf('a.ts'), new Error('oops'))
      return rest.map(({ path }) => path)
    })
    expect(result).toEqual(['b.ts'])
    expect(faulty.get('a.ts')).toMatchObject({
      failed: 'internal error: oops',
      fault: 'internal error: oops (a.ts)',
    })
  })

  it.each([
    ['nobody knows where it arose', null],
    ['leaving the file out does not help', nodeOf('a.ts')],
  ])('gives up where %s', (_, node) => {
    expect(() =>
      withoutFaulty(files, () => {
        throw faultAt(node, new Error('oops'))
      }),
    ).toThrow('oops')
  })
})
