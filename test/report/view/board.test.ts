import { describe, expect, it } from 'vitest'
import type { Result } from '../../../src/report/result.js'
import { findingSpans } from '../../../src/report/view/finding-spans.js'
import { FindingIndex } from '../../../src/report/view/findings.js'
import { experimentLabel, nameThings } from '../../../src/report/view/names.js'
import { viewResult } from '../../../src/report/view.js'
import { emptyResult, sampleResult } from '../sample-result.js'

const view = (result: Result) => viewResult(result, { findings: 1000 })
const failed = sampleResult.checks.filter(({ outcome }) => outcome === 'fail')

/** The check as found in so many places, of two components in turn. */
function repeated(check: Result['checks'][number], times: number): Result['checks'] {
  return Array.from({ length: times }, (_, index) => ({
    ...check,
    component: index % 2 === 0 ? 'orders' : null,
    fingerprint: `repeated-${index}`,
    source: { ...check.source, line: index + 1, endLine: index + 1 },
    related: Array.from({ length: 6 }, () => ({ path: 'a.ts', line: 1, message: 'here, too' })),
  }))
}

describe('the findings', () => {
  it('of critical and high severity stand by component, the worst one first, the rest by rule', () => {
    const { groups, others } = view(sampleResult).findings
    expect(groups.map(({ component, count }) => [component, count])).toEqual([
      ['checkout', 2],
      ['orders', 2],
    ])
    expect(others.cards.map(({ rule, places }) => [rule, places.map(({ component }) => component)])).toEqual([
      ['alert-for', ['checkout']],
      ['cache-ttl-jitter', ['catalogue']],
      ['alert-runbook', ['checkout']],
      ['image-pinning', ['catalogue']],
    ])
    expect(groups.flatMap(({ cards }) => cards.flatMap(({ places }) => places))[0]?.component).toBeNull()
  })

  it('of one rule share a card over all components, each place with its component', () => {
    const checks = repeated(
      failed.find(({ severity }) => severity === 'low')!,
      6,
    )
    const { others, groups } = view({ ...sampleResult, checks, blockers: [] }).findings
    expect(groups).toEqual([])
    expect(others.count).toBe(6)
    expect(others.cards).toMatchObject([{ ids: 'F1–F3 …', count: 6, several: true }])
    expect(others.cards[0]?.places.map(({ component }) => component).slice(0, 2)).toEqual([
      'orders',
      'the system as a whole',
    ])
    expect(others.cards[0]?.places[0]?.related).toMatchObject({ more: 3 })
  })

  it('show a passage at the first of them that a reader meets, the worst', () => {
    const found = failed.find(({ excerpt }) => excerpt !== null)!
    const checks = (['high', 'critical'] as const).map((severity) => ({
      ...found,
      severity,
      component: severity,
      fingerprint: severity,
      related: [],
    }))
    const { groups } = view({ ...sampleResult, checks, blockers: [] }).findings
    const places = groups.flatMap(({ cards }) => cards.flatMap(({ places }) => places))
    expect(groups.map(({ component }) => component)).toEqual(['critical', 'high'])
    expect(places.map(({ excerpt, shown }) => [excerpt !== null, shown?.id])).toEqual([
      [true, undefined],
      [false, 'F1'],
    ])
  })

  it('are counted for every component, described or not', () => {
    const { components } = viewResult(sampleResult, { findings: 1 }).findings
    const rows = components.map(({ component, severities }) => [
      component,
      ...severities.map(({ count }) => count),
    ])
    expect(rows).toEqual([
      ['catalogue', 0, 0, 1, 1],
      ['checkout', 1, 1, 1, 1],
      ['orders', 0, 2, 0, 0],
    ])
    const spans = components.flatMap(({ severities }) => severities.flatMap((one) => one.spans))
    expect(spans.map(({ first }) => first)).toEqual(['F1'])
  })

  it('name their chains by number where titles would fill the card', () => {
    const chains = sampleResult.chains.map(({ id }) => id)
    const titled = (some: string[]) =>
      view({ ...sampleResult, checks: [{ ...failed[0]!, chains: some }] }).findings.groups[0]!.cards[0]
    expect(titled(chains.slice(0, 2))).toMatchObject({ chainsTitled: true })
    expect(titled([...chains].reverse())).toMatchObject({
      chainsTitled: false,
      chains: [{ id: 'C1' }, { id: 'C2' }, { id: 'C3' }, { id: 'C4' }],
    })
  })

  it.each([
    ['experiment EXP-1', 'EXP-1 (A pod is lost) has no rollback', null],
    ['experiment EXP-1', 'EXP-11 (A pod is lost) has no rollback', 'experiment EXP-1'],
    ['Deployment cart', 'cart runs one instance', 'Deployment cart'],
    ['Deployment cart', 'Deployment cart runs one instance', null],
  ])('of %s do not repeat it beside "%s"', (subject, message, said) => {
    const checks = [{ ...failed[0]!, subject, message }]
    const [place] = view({ ...sampleResult, checks }).findings.groups[0]!.cards[0]!.places
    expect(place).toMatchObject({ symbol: null, subject: said })
  })

  it('are named in spans with a link at each end', () => {
    const { all } = new FindingIndex(sampleResult)
    const references = [0, 2, 3, 5, 6, 7].map((index) => all[index]!.reference)
    expect(
      findingSpans(references).map(({ first, joint, last }) => (last ? first + joint + last : first)),
    ).toEqual(['F1', 'F3, F4', 'F6–F8'])
    expect(findingSpans(references)[1]).toMatchObject({ firstAnchor: 'f3', lastAnchor: 'f4' })
    expect(findingSpans([])).toEqual([])
  })
})

describe('the first page', () => {
  it('says once what blockers of one kind need', () => {
    const checks = repeated(
      failed.find(({ severity }) => severity === 'critical')!,
      3,
    )
    const blockers = checks.map(({ fingerprint }) => fingerprint)
    const { shown } = view({ ...sampleResult, checks, blockers }).blockers
    expect(shown.map(({ sameAs, remediation }) => [sameAs, remediation === null])).toEqual([
      [null, false],
      ['F1', true],
      ['F1', true],
    ])
  })

  it('cuts a reason that quotes another program', () => {
    const long = `1 input could not be read: \`kubectl\` failed: ${'because '.repeat(50)}`
    const [first, second] = view({ ...sampleResult, verdictReasons: ['short `one`', long] }).reasons
    expect(first).toBe('short `one`')
    expect(second).toMatch(/^1 input could not be read: kubectl failed: .*…$/)
    expect(second!.length).toBeLessThan(140)
  })
})

describe('experiments', () => {
  it('go by the id of their author, with a title that says more', () => {
    const names = nameThings(sampleResult)
    expect(experimentLabel('db-latency-orders', names)).toBe(
      'db-latency-orders Slow down the database of orders',
    )
    expect(names.experiment('db-latency-orders')?.anchor).toBe('e2')
    expect(experimentLabel('elsewhere', names)).toBe('elsewhere')
    const untitled = sampleResult.experiments.map((experiment) => ({ ...experiment, title: experiment.id }))
    expect(experimentLabel('db-latency-orders', nameThings({ ...sampleResult, experiments: untitled }))).toBe(
      'db-latency-orders',
    )
  })

  it('are linked from their runs where they are defined', () => {
    const runs = sampleResult.runs.slice(0, 2).map((run, index) => ({
      ...run,
      experiment: index === 0 ? 'db-latency-orders' : null,
    }))
    const shown = view({ ...sampleResult, runs }).runs
    expect(shown.total).toBe(2)
    expect(shown.shown.map(({ experimentAnchor }) => experimentAnchor)).toEqual(['e2', null])
  })
})

describe('what ended the runs of an experiment', () => {
  it('is a line where it is one thing, and a table where it differs', () => {
    const [group] = sampleResult.recovery
    const rows = (...mechanisms: (string | null)[]) =>
      view({
        ...sampleResult,
        recovery: [
          { ...group!, mechanisms: mechanisms.map((mechanism) => ({ ...group!.mechanisms[0]!, mechanism })) },
        ],
      } as Result).recovery[0]!.mechanisms
    expect(rows('operator')).toMatchObject({ several: false, only: { mechanism: 'operator' } })
    expect(rows('operator', null)).toMatchObject({ several: true, only: null })
    expect(rows(null)).toMatchObject({ several: false, only: null })
    expect(rows()).toMatchObject({ several: false, only: null })
  })
})

describe('the appendices', () => {
  it('tell rules that asked something of this system from those that did not', () => {
    const [first, second] = sampleResult.rules
    const rules = [
      { ...first!, pass: 0, fail: 0, unknown: 1, error: 0 },
      { ...second!, pass: 0, fail: 0, unknown: 0, error: 0, notApplicable: 3 },
    ]
    const shown = view({ ...sampleResult, rules }).rules
    expect([shown.applied, shown.idle].map((some) => some.map(({ id }) => id))).toEqual([
      [first!.id],
      [second!.id],
    ])
    expect(view(emptyResult).rules.total).toBe(emptyResult.rules.length)
  })

  it('have the commands of charts, and section 1 their outcomes', () => {
    const chart = {
      kind: 'chart',
      path: 'a/Chart.yaml',
      outcome: 'not rendered',
      tool: null,
      reason: 'helm was not found',
      environments: [],
      objects: 0,
    }
    const rendered = [chart, { ...chart, path: 'b/Chart.yaml' }, { ...chart, path: 'c', outcome: 'rendered' }]
    const coverage = { ...sampleResult.coverage, rendered } as Result['coverage']
    const shown = view({ ...sampleResult, coverage }).coverage.rendered
    expect(shown.shown).toHaveLength(3)
    expect(shown.outcomes).toMatchObject([
      { outcome: 'not rendered', count: 2, paths: { shown: ['a/Chart.yaml', 'b/Chart.yaml'], more: 0 } },
      { outcome: 'rendered', count: 1 },
    ])
  })
})
