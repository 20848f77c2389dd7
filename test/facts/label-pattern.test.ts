import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { labelPattern } from '../../src/facts/label-pattern.js'

function matches(pattern: string, name: string): boolean | null {
  return labelPattern(pattern)?.(name) ?? null
}

/** Patterns that JavaScript reads as RE2 does. */
const { pattern } = fc.letrec<{ pattern: string; sequence: string; part: string; atom: string }>((tie) => ({
  atom: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('a', 'b', '-', '.', '[ab]', '[^a]', '[a-c-]', '\\.', '\\d', '\\w'),
    tie('pattern').map((inner) => `(${inner})`),
    tie('pattern').map((inner) => `(?:${inner})`),
  ),
  part: fc
    .tuple(tie('atom'), fc.constantFrom('', '', '*', '+', '?', '{2}', '{1,2}', '{0,}', '*?'))
    .map((both) => both.join('')),
  sequence: fc.array(tie('part'), { maxLength: 3 }).map((parts) => parts.join('')),
  pattern: fc.array(tie('sequence'), { minLength: 1, maxLength: 2 }).map((choices) => choices.join('|')),
}))

describe('patterns of labels', () => {
  it('match what JavaScript matches, for the whole of the name', () => {
    const name = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '-', '.', '1'), maxLength: 5 })
    fc.assert(
      fc.property(pattern, name, (text, candidate) => {
        // JavaScript's engine takes minutes over some long patterns: ours is there because of that.
        fc.pre(text.length <= 20 && labelPattern(text) !== null)
        expect(matches(text, candidate)).toBe(new RegExp(`^(?:${text})$`).test(candidate))
      }),
      { numRuns: 500 },
    )
  })

  it('are read, unless nested beyond sense', () => {
    fc.assert(
      fc.property(pattern, (text) => {
        const depth = Math.max(0, ...[...text].map((_, index) => balance(text.slice(0, index + 1))))
        fc.pre(depth <= 8 && text.length <= 500)
        expect(labelPattern(text)).not.toBeNull()
      }),
    )
  })

  it.each([
    ['^cart$', 'cart', true],
    ['(?P<service>cart|orders)-[0-9]+', 'orders-12', true],
    ['a{2,3}', 'aaaa', false],
    ['', '', true],
    ['|cart', '', true],
    ['[^a-c]+', 'xyz', true],
    ['[]a]', ']', false],
    ['x.z', 'x\nz', true],
  ])('%s on %j: %s', (text, name, expected) => {
    expect(matches(text, name) ?? false).toBe(expected)
  })

  it.each([
    '(',
    ')',
    '[',
    'a**',
    '*',
    '+a',
    'a{2000}',
    'a\\',
    '(?=a)',
    '(?<!a)b',
    '\\1',
    '('.repeat(20) + ')'.repeat(20),
  ])('%s is none', (text) => {
    expect(labelPattern(text)).toBeNull()
  })

  it('never takes long, whatever the pattern and the name', () => {
    const name = `${'a'.repeat(252)}!`
    for (const text of [
      '((((((((a*)*)*)*)*)*)*)*)*b',
      '(a|a|a|a)*b',
      '(((((a{9}){9}){9}){9}){9}){9}',
      '(a?){900}b',
    ]) {
      expect(matches(text, name) ?? false).toBe(false)
    }
  })
})

function balance(text: string): number {
  return text.split('(').length - text.split(')').length
}
