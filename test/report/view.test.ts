import { describe, expect, it } from 'vitest'
import { type Result, resultSchema } from '../../src/report/result.js'
import { clean, shorten } from '../../src/report/view/clean.js'
import { sharedCaveats, viewDetection, withOwnCaveats } from '../../src/report/view/detection.js'
import { decimal, moment, percent } from '../../src/report/view/figures.js'
import { countNotDrawn, isDrawn } from '../../src/report/view/glyphs.js'
import { idRanges } from '../../src/report/view/names.js'
import { viewResult } from '../../src/report/view.js'
import { emptyResult, hostileResult, sampleResult } from './sample-result.js'

const everything = { findings: 1000 }

type Recovery = Result['recovery'][number]

describe('the samples', () => {
  it.each([sampleResult, emptyResult, hostileResult()])('are results', (result) => {
    expect(resultSchema.safeParse(result).error).toBeUndefined()
  })
})

describe('viewResult', () => {
  const view = viewResult(sampleResult, everything)

  it('numbers findings by severity, then by place', () => {
    const { groups, others } = view.findings
    const numbered = [...groups.flatMap(({ cards }) => cards), ...others.cards]
      .flatMap(({ places }) => places)
      .map(({ id, severity, place }) => [id, severity, place])
    expect(numbered).toContainEqual(['F1', 'critical', 'services/checkout/src/payment.ts:14'])
    expect(numbered).toContainEqual(['F2', 'high', 'deploy/orders.yaml:7'])
    expect(numbered).toContainEqual(['F3', 'high', 'services/checkout/src/payment.ts:30'])
    expect(numbered).toHaveLength(8)
  })

  it('prints what one rule found in one component as one card, each place with its number', () => {
    const checks = sampleResult.checks.flatMap((check) =>
      check.outcome === 'fail' && check.source.path.endsWith('payment.ts') && check.source.line === 14
        ? [
            check,
            {
              ...check,
              message: 'elsewhere',
              fingerprint: 'twin',
              source: { ...check.source, line: 90, endLine: 90 },
            },
          ]
        : [check],
    )
    const { groups, total } = viewResult({ ...sampleResult, checks }, everything).findings
    const cards = groups.flatMap((group) => group.cards).filter(({ several }) => several)
    expect(total).toBe(9)
    expect(cards).toMatchObject([{ ids: 'F1, F2', count: 2, message: null }])
    expect(cards[0]?.places.map(({ anchor, message }) => [anchor, message === 'elsewhere'])).toEqual([
      ['f1', false],
      ['f2', true],
    ])
    expect(cards[0]?.places[1]?.excerpt).toBeNull()
  })

  it('shows the first lines only of a long marked range, and says how many follow', () => {
    const checks = sampleResult.checks.flatMap((check) =>
      check.fingerprint === sampleResult.blockers[0]
        ? {
            ...check,
            source: { ...check.source, line: 10, endLine: 29 },
            excerpt: {
              firstLine: 8,
              lines: Array.from({ length: 12 }, (_, index) => `line ${index + 8}`),
            },
          }
        : [],
    )
    const [group] = viewResult({ ...sampleResult, checks }, everything).findings.groups
    const excerpt = group?.cards[0]?.places[0]?.excerpt
    expect(excerpt?.lines.map(({ number }) => number)).toEqual([10, 11, 12, 13, 14])
    expect(excerpt?.more).toBe(15)
  })

  it('counts the chains without a card by their priority, whatever it is', () => {
    expect(view.plain).toEqual({ total: 1, priorities: [{ word: 'low', count: 1 }] })
    const [chain] = sampleResult.chains
    if (!chain) throw new Error('the sample has no chain')
    const chains = Array.from({ length: 45 }, (_, index) => ({
      ...chain,
      id: `c${index}`,
      priority: 'high' as const,
    }))
    expect(viewResult({ ...sampleResult, chains }, everything).plain).toEqual({
      total: 5,
      priorities: [{ word: 'high', count: 5 }],
    })
  })

  it('does not depend on the order of the checks', () => {
    const reversed = { ...sampleResult, checks: [...sampleResult.checks].reverse() }
    expect(viewResult(reversed, everything).findings).toEqual(view.findings)
  })

  it('leads from blockers and chain links to findings', () => {
    expect(view.blockers.shown[0]?.finding?.id).toBe('F1')
    const storm = view.chains.find(({ key }) => key === 'retry-storm-payment')
    expect(storm?.links.map(({ evidence }) => evidence.shown[0]?.finding?.id)).toEqual(['F3', 'F1'])
    expect(storm?.findings.map(({ id }) => id)).toEqual(['F1', 'F3'])
  })

  it('keeps a blocker that no finding explains', () => {
    const blockers = viewResult({ ...sampleResult, blockers: ['elsewhere'] }, everything).blockers
    expect(blockers).toMatchObject({ total: 1, shown: [{ fingerprint: 'elsewhere', finding: null }] })
  })

  it('puts missing guards on the link they belong to, whichever way the dependency points', () => {
    const storm = view.chains.find(({ key }) => key === 'retry-storm-payment')
    expect(storm?.links[0]?.gaps).toEqual(['no http timeout', 'retry backoff inert', 'no circuit breaker'])
    expect(storm?.links[1]?.gaps).toEqual([])
  })

  it('puts what the chain needs before what else is missing on a link', () => {
    const needed = sampleResult.chains.map((chain) =>
      chain.id === 'retry-storm-payment' ? { ...chain, missing: ['http-timeout'] } : chain,
    )
    const { chains } = viewResult({ ...sampleResult, chains: needed }, everything)
    const storm = chains.find(({ key }) => key === 'retry-storm-payment')
    expect(storm?.links[0]?.gaps).toEqual(['no http timeout', 'no circuit breaker', 'retry backoff inert'])
    expect(storm?.missing).toEqual(['http timeout'])
  })

  it('names the protection where the word of the pattern names the defect', () => {
    const needed = sampleResult.chains.map((chain) => ({ ...chain, missing: ['in-memory-timer'] }))
    expect(viewResult({ ...sampleResult, chains: needed }, everything).chains[0]?.missing).toEqual([
      'durable timer',
    ])
  })

  it('adds up what one rule cost a dimension', () => {
    const [first, ...rest] = sampleResult.score.dimensions
    const points = [1, 2, 3].map(() => ({ points: -2.63, why: 'a wait has no end', fingerprint: null }))
    const dimensions = [{ ...first!, points }, ...rest]
    const { score } = viewResult(
      { ...sampleResult, score: { ...sampleResult.score, dimensions } },
      everything,
    )
    expect(score.dimensions[0]?.points.shown).toMatchObject([
      { points: '−7.9', each: { times: 3, points: '−2.63' }, why: 'a wait has no end' },
    ])
  })

  it('shows each part with the decimals that multiply up to the sum', () => {
    const eachOf = (count: number, amount: number) => {
      const [first, ...rest] = sampleResult.score.dimensions
      const points = Array.from({ length: count }, () => ({ points: amount, why: 'same', fingerprint: null }))
      const dimensions = [{ ...first!, points }, ...rest]
      const { score } = viewResult(
        { ...sampleResult, score: { ...sampleResult.score, dimensions } },
        everything,
      )
      const [shown] = score.dimensions[0]!.points.shown
      return [shown?.points, shown?.each?.points]
    }
    expect(eachOf(4, -0.15)).toEqual(['−0.6', '−0.15'])
    expect(eachOf(8, -0.3125)).toEqual(['−2.5', '−0.31'])
    expect(eachOf(3, -2.5)).toEqual(['−7.5', '−2.5'])
    expect(eachOf(2, 0)).toEqual(['+0', '+0'])
  })

  it('tells on the first page what happens if a blocker stays', () => {
    expect(view.blockers.shown[0]).toMatchObject({
      component: 'checkout',
      prevents: expect.stringMatching(/./) as unknown,
      remediation: expect.stringMatching(/./) as unknown,
    })
    expect(view.foremost.chains.shown).toHaveLength(4)
  })

  it('tells chains of low priority in the table only', () => {
    expect(view.cards.map(({ id }) => id)).toEqual(['C1', 'C2', 'C3'])
    expect(view.chains.at(-1)).toMatchObject({ id: 'C4', priority: 'low', card: false })
  })

  it('counts scenarios with an objective by what each of their runs decides', () => {
    const [first, second] = sampleResult.recovery as [Recovery, Recovery]
    const tally = (...recovery: Recovery[]) =>
      viewResult({ ...sampleResult, recovery }, everything).counts.objectives
    const decided = (within: number, later: number, undecided: number, of = first): Recovery => ({
      ...of,
      objectiveRuns: { within, later, undecided },
    })
    const none = { stated: 2, within: 0, later: 0, undecided: 0, unstated: 0, scenarios: 2, fromEnd: 2 }
    expect(view.counts.objectives).toEqual({ ...none, later: 2 })
    expect(tally(decided(3, 0, 0), decided(3, 0, 1, second))).toEqual({ ...none, within: 1, undecided: 1 })
    // Two moments from which times count are one scenario, and one without a run that counts is none.
    expect(tally(decided(3, 0, 0), { ...decided(0, 0, 1), from: null })).toEqual({
      ...none,
      stated: 1,
      scenarios: 1,
      undecided: 1,
      fromEnd: 1,
    })
    expect(tally(decided(3, 0, 0), { ...second, n: 0 })).toMatchObject({ scenarios: 1, within: 1 })
    expect(tally({ ...first, objectiveRuns: null })).toMatchObject({ stated: 1, undecided: 1 })
    expect(tally({ ...first, objectiveSeconds: null, objectiveRuns: null })).toMatchObject({
      stated: 0,
      unstated: 1,
    })
  })

  it('says of intervals what is certain, and never joins them to percentiles without a value', () => {
    const [group] = sampleResult.recovery as [Recovery]
    const between = { low: 29, high: 30 }
    const reason = '2 of 11 times are known only as an interval'
    const shown = viewResult(
      {
        ...sampleResult,
        recovery: [
          {
            ...group,
            median: { value: null, low: 22, high: 38, reason, between },
            p90: { value: null, low: 30, high: null, reason, between: { low: 41, high: null } },
            withinObjective: { value: null, low: 0.2, high: 0.9, between: { low: 0.4, high: 0.6 } },
            mean: null,
            meanBetween: { low: 37, high: 38, horizon: 120 },
            mechanisms: [
              { ...group.mechanisms[0]!, least: 5, leastAtMost: 9, mostAtLeast: 14, most: 20 },
              { ...group.mechanisms[0]!, least: 5, most: 20, leastAtMost: undefined, mostAtLeast: undefined },
            ],
          },
        ],
      },
      everything,
    ).recovery[0]!
    expect(shown.quantiles.slice(0, 2)).toMatchObject([
      { name: 'Median', value: '29 s to 30 s', low: '22 s', high: '38 s', reason },
      { name: 'P90', value: '41 s or later' },
    ])
    expect(shown.within!.value).toBe('between 40% and 60%')
    expect(shown.meanBetween).toEqual({ low: '37 s', high: '38 s', horizon: '2 min' })
    expect(shown.mechanisms.rows.map(({ least, most }) => [least, most])).toEqual([
      ['at least 5 s', 'at most 20 s'],
      ['5 s', '20 s'],
    ])
  })

  it('describes the worst findings when not all fit, and counts the rest', () => {
    const { findings } = viewResult(sampleResult, { findings: 1 })
    expect(findings.groups.flatMap(({ cards }) => cards.map(({ ids }) => ids))).toEqual(['F1'])
    expect(findings).toMatchObject({ total: 8, more: 7 })
  })

  it('groups checks that broke off by their reason, the most frequent first', () => {
    const checks = sampleResult.checks.map((check) =>
      check.outcome === 'unknown' ? { ...check, outcome: 'error' as const } : check,
    )
    const { broken } = viewResult({ ...sampleResult, checks }, everything).coverage
    expect(broken.shown.map(({ title, count }) => [title, count])).toEqual([
      ['A container has a memory limit', 2],
      ['A failing dependency is left alone for a while', 1],
    ])
    expect(view.coverage.broken.shown).toEqual([])
  })
})

describe('what limits detection', () => {
  it('names some of many alerts and counts the rest', () => {
    const alerts = Array.from({ length: 8 }, (_, index) => `Alert${index}`)
    const [chain] = sampleResult.chains
    const shown = viewDetection({ ...chain!, detection: { ...chain!.detection, alerts } }).alerts
    expect(shown).toEqual({ shown: alerts.slice(0, 6), more: 2 })
  })

  const card = (id: string, caveats: string[]) => ({
    id,
    detection: {
      receivers: { shown: [], more: 0 },
      alerts: { shown: ['a'], more: 0 },
      unknown: false,
      best: null,
      bestBy: null,
      worst: null,
      worstBy: null,
      sharesFate: false,
      caveats,
    },
  })
  const cards = [card('C1', ['no routing', 'own']), card('C2', ['no routing']), card('C3', [])]

  it('is said once for the chains that share it, and on the card when it is of that chain alone', () => {
    const shared = sharedCaveats(cards)
    expect(shared).toEqual([{ chains: 'C1, C2', caveats: ['no routing'] }])
    expect(cards.map((each) => withOwnCaveats(each, shared).detection.caveats)).toEqual([['own'], [], []])
  })

  it('names no chain when it holds for all', () => {
    expect(sharedCaveats(cards.slice(0, 2))).toEqual([{ chains: null, caveats: ['no routing'] }])
  })
})

describe('texts that the PDF cannot show', () => {
  it.each(['Grüße', 'Ωμέγα', 'Привет', 'שלום', 'مرحبا', 'a → b ✓ ≥ 3', '\u{1f600}'])('are not %s', (text) => {
    expect(isDrawn(text)).toBe(true)
  })

  it.each(['支払い', '결제', 'ไทย', 'नमस्ते', '\u{1f680}', '\u2705'])('are %s', (text) => {
    expect(isDrawn(text)).toBe(false)
  })

  it('are counted once each, at any depth', () => {
    expect(countNotDrawn({ a: ['支払い', 'x'], b: { c: '支払い', d: '\u{1f680} go' } })).toBe(2)
  })
})

describe('idRanges', () => {
  it('joins neighbours and keeps the order', () => {
    expect(idRanges(['F27', 'F28', 'F30', 'F31', 'F32', 'F40'])).toBe('F27, F28, F30–F32, F40')
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
