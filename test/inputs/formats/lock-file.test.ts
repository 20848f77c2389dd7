import { describe, expect, it } from 'vitest'
import type { Reading } from '../../../src/inputs/format.js'
import lockFile from '../../../src/inputs/formats/lock-file.js'

const context = { libraries: [], prefilter: true }
const file = (path: string, text: string) => ({ path, text, extension: '.json', sha256: '' })

describe('a lock file', () => {
  it('is recognised by content, whatever its name', () => {
    expect(lockFile.recognises(file('shrinkwrap.json', '{"lockfileVersion": 2, "packages": {}}'))).toBe(true)
    expect(lockFile.recognises(file('package-lock.json', '{"name": "a"}'))).toBe(false)
  })

  it('gives no facts', () => {
    expect(lockFile.read(file('package-lock.json', '{"lockfileVersion": 3}'), context)).toEqual({
      facts: [],
      problems: [],
    })
  })

  it('that is cut is named, with what is taken instead', () => {
    const reading = lockFile.read(file('package-lock.json', '{"lockfileVersion": 3, "pack'), context)
    expect(reading).toMatchObject({
      skipped: 'a lock file that cannot be read',
      problems: [
        { path: 'package-lock.json', message: expect.stringMatching(/package\.json instead/) as string },
      ],
    })
  })

  it.each([
    ['package-lock.json', '{"lockfileVersion": 3, "packages": []}', 'packages: Invalid input'],
    [
      'pnpm-lock.yaml',
      "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies: { pg: 8 }\n",
      'pg: Invalid input',
    ],
    [
      'pnpm-lock.yaml',
      "lockfileVersion: '9.0'\nimporters:\n  .: { dependencies: &all { pg: 8.0.0 } }\n  a: { dependencies: *all }\n",
      'it holds YAML aliases',
    ],
    ['yarn.lock', '__metadata:\n  version: 6\n"pg@npm:^8.0.0":\n  - 1\n', 'pg@npm:^8.0.0: Invalid input'],
  ])('%s of another shape is told in words', (path, text, reason) => {
    const [problem] = (lockFile.read(file(path, text), context) as Reading).problems
    expect(problem!.message).toContain(reason)
  })
})
