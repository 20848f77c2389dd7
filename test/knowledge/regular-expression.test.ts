import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { checkYaml } from '../../src/knowledge/load.js'
import { regularExpression } from '../../src/knowledge/regular-expression.js'

const schema = z.strictObject({ patterns: z.array(regularExpression('m')) })

describe('a regular expression in YAML', () => {
  it('is compiled with its flags', () => {
    const [pattern] = checkYaml('a.yaml', 'patterns: ["^b$"]\n', schema).value.patterns
    expect(pattern!.test('a\nb')).toBe(true)
  })

  it('is refused with its place when it is broken', () => {
    expect(() => checkYaml('a.yaml', 'patterns:\n  - a\n  - "(b"\n', schema)).toThrow(
      /^a\.yaml:3:5 patterns\.1: Invalid regular expression: \/\(b\/m: Unterminated group$/,
    )
  })
})
