import { describe, expect, it } from 'vitest'
import type { AlertTest } from '../../../src/facts/alert-test.js'
import type { RuleGroup } from '../../../src/facts/alert.js'
import { Facts } from '../../../src/facts/fact.js'
import { AlertTests } from '../../../src/system/alerts/alert-tests.js'
import { alert, at } from '../facts.js'

const rule = { ...alert('Down', []), source: at('rules/a-1.yaml', 4) }
const group: RuleGroup = {
  fact: 'rule-group',
  source: at('rules/a-1.yaml', 2),
  at: {},
  name: 'a',
  namedBefore: null,
  intervalSeconds: null,
  alerts: ['Down'],
  records: [],
  holder: 'file',
  refusals: [],
  ignores: {},
}

function test(ruleFiles: string[], name = 'Down'): AlertTest {
  return {
    fact: 'alert-test',
    source: at('t.yaml'),
    at: {},
    title: null,
    alert: name,
    atSeconds: 0,
    expected: [{}],
    ruleFiles,
  }
}

describe('tests of alerts', () => {
  it.each([
    ['rules/a-1.yaml', true],
    ['rules/*.yaml', true],
    ['rules/?-[0-9].yaml', true],
    ['*/a*1*.y*l', true],
    ['rules/[^b]-1.yaml', true],
    ['*.yaml', false],
    ['rules/[^a]-1.yaml', false],
    ['rules/*.yml', false],
    ['rules/b*.yaml', false],
  ])('load what %s names: %s', (pattern, expected) => {
    const tests = new AlertTests(new Facts([rule, group, test([pattern])]), [])
    expect(tests.hasAlertOf(test(['none.yaml', pattern], 'Up'))).toBe(false)
    expect(tests.unreadOf(test([pattern]))).toEqual(expected ? [] : [pattern])
  })

  it('of a file that was not read speak of the alerts of that name, and of their neighbours', () => {
    const neighbour = { ...alert('Slow', []), source: at('rules/a-1.yaml', 9) }
    const tests = new AlertTests(new Facts([rule, neighbour, group, test(['made/by-jsonnet.yaml'])]), [])
    expect([rule, neighbour].map((one) => [tests.covers(one), tests.fired(one)])).toEqual([
      [true, true],
      [true, false],
    ])
  })

  it('end soon with any pattern', () => {
    const long = `rules/${'*a'.repeat(200)}b`
    const rules = { ...group, source: at(`rules/${'a'.repeat(250)}`) }
    expect(new AlertTests(new Facts([rules]), []).unreadOf(test([long]))).toEqual([long])
  })
})
