import { describe, expect, it } from 'vitest'
import { parseMatchers } from '../../../src/inputs/routing/label-matchers.js'

describe('matchers of Alertmanager', () => {
  it.each([
    ['severity="critical"', [['severity', '=', 'critical']]],
    ['severity = critical', [['severity', '=', 'critical']]],
    ['severity=~"critical|page"', [['severity', '=~', 'critical|page']]],
    ['team!=checkout', [['team', '!=', 'checkout']]],
    [
      '{a="1", b!~"2,3"}',
      [
        ['a', '=', '1'],
        ['b', '!~', '2,3'],
      ],
    ],
    [
      '{team="a" , env=~x{2}}',
      [
        ['team', '=', 'a'],
        ['env', '=~', 'x{2}'],
      ],
    ],
    ['summary=two words', [['summary', '=', 'two words']]],
    [String.raw`"quoted label"="a \"b\"\n"`, [['quoted label', '=', 'a "b"\n']]],
    ['team=""', [['team', '=', '']]],
    ['{}', []],
  ])('%s', (text, expected) => {
    expect(parseMatchers(text)?.map(({ label, operator, value }) => [label, operator, value])).toEqual(
      expected,
    )
  })

  it.each(['severity', 'severity == critical', '="critical"', 'a="1" b="2"', 'a="1'])(
    'refuses %s',
    (text) => {
      expect(parseMatchers(text)).toBeNull()
    },
  )
})
