import { describe, expect, it } from 'vitest'
import { resultSchema } from '../../src/report/result.js'
import { clean, shorten } from '../../src/report/view/clean.js'
import { decimal, moment, percent } from '../../src/report/view/figures.js'
import { viewResult } from '../../src/report/view.js'
import { emptyResult, hostileResult, sampleResult } from './sample-result.js'

const everything = { findings: 1000 }

describe('the samples', () => {
  it.each([sampleResult, emptyResult, hostileResult()])('are results', (result) => {
    expect(resultSchema.safeParse(result).error).toBeUndefined()
  })
})

describe('viewResult', () => {
  const view = viewResult(sampleResult, everything)

  it('numbers findings by severity, then by place', () => {
    const numbered = view.findings.groups
      .flatMap(({ cards }) => cards.flatMap(({ places }) => places))
      .map(({ id, severity, place }) => [id, severity, place])
    expect(numbered).toContainEqual(['F1', 'critical', 'services/checkout/src/payment.ts:14'])
    expect(numbered).toContainEqual(['F2', 'high', 'deploy/orders.yaml:7'])
    expect(numbered).toContainEqual(['F3', 'high', 'services/checkout/src/payment.ts:30'])
    expect(numbered).toHaveLength(8)
  })

  it('does not depend on the order of the checks', () => {
    const reversed = { ...sampleResult, checks: [...sampleResult.checks].reverse() }
    expect(viewResult(reversed, everything).findings).toEqual(view.findings)
  })

  it('leads from blockers and chain links to findings', () => {
    expect(view.blockers.shown[0]?.finding?.id).toBe('F1')
    const storm = view.chains.find(({ key }) => key === 'retry-storm-payment')
    expect(storm?.links.map(({ evidence }) => evidence[0]?.finding?.id)).toEqual(['F3', 'F1'])
    expect(storm?.findings.map(({ id }) => id)).toEqual(['F1', 'F3'])
  })

  it('keeps a blocker that no finding explains', () => {
    const blockers = viewResult({ ...sampleResult, blockers: ['elsewhere'] }, everything).blockers
    expect(blockers).toMatchObject({ total: 1, shown: [{ fingerprint: 'elsewhere', finding: null }] })
  })

  it('puts missing guards on the link they belong to, whichever way the dependency points', () => {
    const storm = view.chains.find(({ key }) => key === 'retry-storm-payment')
    expect(storm?.links[0]?.gaps).toEqual(['no circuit breaker', 'no http timeout', 'retry backoff inert'])
    expect(storm?.links[1]?.gaps).toEqual([])
  })

  it('tells chains of low priority in the table only', () => {
    expect(view.cards.map(({ id }) => id)).toEqual(['C1', 'C2', 'C3'])
    expect(view.chains.at(-1)).toMatchObject({ id: 'C4', priority: 'low', card: false })
  })

  it('counts objectives without calling an unknown median a success', () => {
    expect(view.counts.objectives).toEqual({
      stated: 2,
      within: 1,
      later: 0,
      undecided: 1,
      unstated: 0,
      scenarios: 2,
    })
  })

  it('describes the worst findings when not all fit, and counts the rest', () => {
    const { findings } = viewResult(sampleResult, { findings: 1 })
    expect(findings.groups.flatMap(({ cards }) => cards.map(({ ids }) => ids))).toEqual(['F1'])
    expect(findings).toMatchObject({ total: 8, more: 7 })
  })

  it('groups open questions by their reason, the most frequent first', () => {
    expect(view.coverage.unknown.shown.map(({ rule, count }) => [rule, count])).toEqual([
      ['resource-limits', 2],
      ['circuit-breaker', 1],
    ])
  })
})

describe('figures', () => {
  it('never rounds to all or to nothing', () => {
    expect([0, 0.0001, 0.004, 0.75, 0.996, 0.9999, 1].map((share) => percent(share))).toEqual([
      '0%',
      '0.1%',
      '0.4%',
      '75%',
      '99.6%',
      '99.9%',
      '100%',
    ])
  })

  it('leaves what is unknown unknown', () => {
    expect([percent(null), decimal(null), moment(null), moment('last week')]).toEqual([
      null,
      null,
      null,
      'last week',
    ])
  })
})

describe('clean', () => {
  it('shows characters that reorder or hide text, at any depth', () => {
    expect(clean({ name: ['a\u202Eb', 'c\u0000', 'Grüße ✓'] })).toEqual({
      name: ['a⟨U+202E⟩b', 'c⟨U+0000⟩', 'Grüße ✓'],
    })
  })

  it('cuts between characters, not inside them', () => {
    expect(shorten('😀😀😀', 2)).toBe('😀…')
  })
})
