import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Judged } from '../../src/score/finding.js'
import { gateFailures, type GateSettings } from '../../src/score/gate.js'
import { scoreOf } from '../../src/score/score.js'
import { verdictOf, type Gaps, type Verdict } from '../../src/score/verdict.js'
import { policies } from '../system/facts.js'
import { ACCEPTED, EXPIRED, judged } from './judged.js'

const policy = policies.score
const clear: Gaps = { absentEvidence: [], unreadInputs: [], coverage: 1 }

function verdict(list: Judged[], gaps: Gaps = clear): Verdict {
  return verdictOf(list, gaps, policy)
}

describe('the verdict', () => {
  it.each<[Verdict['verdict'], string, Judged[], Gaps]>([
    ['GO', 'all passed', [judged({ outcome: 'pass', severity: 'critical' })], clear],
    ['GO', 'only small findings', [judged({ severity: 'medium' }), judged({ severity: 'low' })], clear],
    ['CONDITIONS', 'an open high finding', [judged({ severity: 'high' })], clear],
    ['CONDITIONS', 'an accepted blocker', [judged({ severity: 'critical', acceptance: ACCEPTED })], clear],
    ['GO', 'an accepted high finding', [judged({ severity: 'high', acceptance: ACCEPTED })], clear],
    ['NO-GO', 'an open blocker', [judged({ severity: 'critical' })], clear],
    [
      'NO-GO',
      'a blocker whose waiver has run out',
      [judged({ severity: 'critical', acceptance: EXPIRED })],
      clear,
    ],
    ['INCOMPLETE', 'an unreadable input', [], { absentEvidence: [], unreadInputs: ['a.yaml'], coverage: 1 }],
    [
      'INCOMPLETE',
      'too little answered',
      [judged({ severity: 'high' })],
      { absentEvidence: [], unreadInputs: [], coverage: 0.59 },
    ],
    ['GO', 'just enough answered', [], { absentEvidence: [], unreadInputs: [], coverage: 0.6 }],
    ['INCOMPLETE', 'nothing at all', [], { absentEvidence: [], unreadInputs: [], coverage: 0 }],
    [
      'NO-GO',
      'a blocker beside unreadable inputs',
      [judged({ severity: 'critical' })],
      { absentEvidence: [], unreadInputs: ['a'], coverage: 0 },
    ],
    [
      'GO',
      'a blocker that is unknown is none',
      [judged({ outcome: 'unknown', severity: 'critical' })],
      clear,
    ],
  ])('%s: %s', (expected, _, list, gaps) => {
    const { verdict: given, reasons, blockers } = verdict(list, gaps)
    expect(given).toBe(expected)
    expect(reasons.length).toBeGreaterThan(0)
    expect(blockers.length > 0).toBe(expected === 'NO-GO')
  })

  it('says INCOMPLETE where a required kind of evidence is absent, and names it', () => {
    const answer = verdict([judged({ outcome: 'pass' })], {
      ...clear,
      absentEvidence: ['code', 'experiments'],
    })
    expect(answer).toMatchObject({ verdict: 'INCOMPLETE', reasons: ['no experiments found'] })
  })

  it('gives all its reasons, the deciding ones first', () => {
    const list = [
      judged({ severity: 'critical' }),
      judged({ severity: 'high' }),
      judged({ severity: 'high' }),
    ]
    const { reasons } = verdict(list, {
      absentEvidence: [],
      unreadInputs: ['a', 'b', 'c', 'd', 'e'],
      coverage: 0.2,
    })
    expect(reasons).toEqual([
      '1 open finding of severity critical',
      '5 inputs could not be read in full: a, b, c and 2 more',
      'only 20 % of the applicable checks could be answered; 60 % are required',
      '2 open findings of severity high',
    ])
  })

  it('says of an accepted blocker no more than that somebody accepted it', () => {
    const inPlace = { ...ACCEPTED, owner: 'in place', expires: 'never' }
    expect(verdict([judged({ severity: 'critical', acceptance: inPlace })]).reasons).toEqual([
      '1 blocker accepted',
    ])
  })

  it('never gets better by another finding', () => {
    const best = ['GO', 'CONDITIONS', 'INCOMPLETE', 'NO-GO']
    const findings = fc.array(
      fc
        .record({
          severity: fc.constantFrom('critical', 'high', 'medium', 'low'),
          acceptance: fc.constantFrom(null, ACCEPTED, EXPIRED),
        })
        .map(judged),
    )
    fc.assert(
      fc.property(findings, fc.integer({ min: 0, max: 100 }), (list, coverage) => {
        const gaps = { absentEvidence: [], unreadInputs: [], coverage: coverage / 100 }
        const rank = (some: Judged[]): number => best.indexOf(verdict(some, gaps).verdict)
        expect(rank(list)).toBeGreaterThanOrEqual(rank(list.slice(1)))
      }),
    )
  })
})

describe('the gate', () => {
  const list = [
    judged({ severity: 'high' }),
    judged({ severity: 'low' }),
    judged({ severity: 'critical', acceptance: ACCEPTED }),
  ]
  const fails = (settings: Partial<GateSettings>, findings = list): string[] =>
    gateFailures(findings, scoreOf(findings, policy), {
      failOn: 'none',
      minScore: null,
      minCoverage: null,
      ...settings,
    })

  it.each<[GateSettings['failOn'], string[]]>([
    ['none', []],
    ['critical', []],
    ['high', ['1 open finding of severity high or above']],
    ['medium', ['1 open finding of severity medium or above']],
    ['low', ['2 open findings of severity low or above']],
  ])('on %s: %j', (failOn, failures) => {
    expect(fails({ failOn })).toEqual(failures)
  })

  it('an expired waiver closes it', () => {
    expect(
      fails({ failOn: 'critical' }, [judged({ severity: 'critical', acceptance: EXPIRED })]),
    ).toHaveLength(1)
  })

  it('compares the score and the coverage, and a score that does not exist reaches no minimum', () => {
    const half = [judged(), judged({ outcome: 'pass' }), judged({ outcome: 'unknown' })]
    expect(fails({ minScore: 50, minCoverage: 60 }, half)).toEqual([])
    expect(fails({ minScore: 51, minCoverage: 70 }, half)).toEqual([
      'score 50 is below 51',
      'coverage 66.6 % is below 70 %',
    ])
    expect(fails({ minScore: 0 }, [])).toEqual(['score unknown is below 0'])
  })
})
