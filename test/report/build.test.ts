import { describe, expect, it } from 'vitest'
import type { Fact } from '../../src/facts/fact.js'
import { placeMisfits } from '../../src/knowledge/misfit.js'
import { recoveryPolicy } from '../../src/knowledge/recovery-policy.js'
import { buildResult } from '../../src/report/build.js'
import { resultSchema, type Result } from '../../src/report/result.js'
import { loadCatalogue } from '../../src/rules/catalogue.js'
import { evaluate } from '../../src/rules/evaluate.js'
import { acceptRisks } from '../../src/score/finding.js'
import { scoreOf } from '../../src/score/score.js'
import { verdictOf } from '../../src/score/verdict.js'
import { waiverProblems } from '../../src/score/waiver-problems.js'
import { summariseRecovery } from '../../src/statistics/recovery.js'
import {
  alert,
  AS_OF,
  client,
  codePackage,
  configured,
  experiment,
  guard,
  modelOf,
  policies,
  run,
  selector,
} from '../system/facts.js'
import { ingress, service, workload } from '../system/manifests.js'

const catalogue = loadCatalogue(policies.patterns)

function resultOf(facts: Fact[], declared: object = {}): Result {
  const configuration = configured(declared)
  const model = modelOf(facts, configuration)
  const { outcomes, notApplicable } = evaluate(catalogue, model)
  const suppressions = acceptRisks(outcomes, () => null, configuration, AS_OF)
  const score = scoreOf(suppressions.judged, policies.score)
  return buildResult({
    tool: { name: 'resilience-report', version: '0.0.0', catalogueDigest: catalogue.digest },
    subject: { name: 'shop', revision: null, tier: null },
    asOf: AS_OF,
    model,
    suppressions,
    notApplicable,
    recovery: summariseRecovery(model.facts.of('run'), null, recoveryPolicy()),
    score,
    verdict: verdictOf(
      suppressions.judged,
      { absentEvidence: [], unreadInputs: [], coverage: score.coverage },
      policies.score,
    ),
    inputs: [
      { path: 'a.yaml', format: 'kubernetes', status: 'parsed', reason: null, sha256: null },
      { path: 'b.yaml', format: 'kubernetes', status: 'failed', reason: 'broken', sha256: null },
    ],
    problems: [{ path: 'b.yaml', line: 1, column: 2, message: 'broken' }],
    misfits: placeMisfits(
      waiverProblems(
        suppressions,
        configuration.waivers,
        catalogue.rules.map(({ id }) => id),
      ),
      { file: null, value: configuration, placeOf: () => ({ line: 1, column: 1 }) },
      '.',
    ),
    leftOut: [{ what: 'tests', count: 3 }],
    rendered: [],
    linesOf: (path) =>
      path.endsWith('.ts') ? ['one', 'two', 'axios.get(url)', 'four', 'five', 'six'] : null,
  })
}

const facts: Fact[] = [
  codePackage('web'),
  workload('web'),
  service('web'),
  ingress('web'),
  workload('cart', { replicas: 1 }),
  service('cart'),
  client('web', 'cart', { guards: { 'http-timeout': guard('absent') } }),
  client('web', null),
  alert('Down', [selector('up', { job: 'cart' })]),
  experiment('kill', { target: 'cart', fault: 'pod-kill' }),
  run('r1', { experiment: 'kill', target: 'cart', fault: 'pod-kill' }),
]
const result = resultOf(facts)

describe('the result', () => {
  it('is what its schema says, and the same for the same facts', () => {
    expect(resultSchema.parse(result)).toEqual(result)
    expect(JSON.stringify(resultOf([...facts].reverse()))).toBe(JSON.stringify(result))
    expect(resultSchema.parse(resultOf([])).verdict).toBe('INCOMPLETE')
  })

  it('counts every check once, in all three places alike', () => {
    const { checks } = result.coverage
    for (const outcome of ['pass', 'fail', 'unknown', 'error'] as const) {
      expect(result.checks.filter((check) => check.outcome === outcome)).toHaveLength(checks[outcome])
      expect(result.rules.reduce((sum, row) => sum + row[outcome], 0)).toBe(checks[outcome])
    }
    expect(result.rules.reduce((sum, row) => sum + row.notApplicable, 0)).toBe(checks.notApplicable)
    expect(checks.fail).toBeGreaterThan(3)
  })

  it('leads every point lost and every recommendation back to a failing check', () => {
    const failing = new Set(
      result.checks.filter(({ outcome }) => outcome === 'fail').map(({ fingerprint }) => fingerprint),
    )
    const lost = result.score.dimensions.flatMap(({ points }) => points.map(({ fingerprint }) => fingerprint))
    expect(new Set(lost)).toEqual(failing)
    expect(new Set(result.recommendations.flatMap(({ fingerprints }) => fingerprints))).toEqual(failing)
  })

  it('ties a finding to the chains whose first link it leaves open', () => {
    const timeout = result.checks.find(({ rule }) => rule === 'code-http-timeout')!
    expect(timeout.chains).toContain('unbounded-wait:cart>web')
    expect(result.chains.map(({ id }) => id)).toEqual(expect.arrayContaining(timeout.chains))
    const passing = result.checks.filter(({ outcome }) => outcome !== 'fail')
    expect(passing.every(({ chains }) => chains.length === 0)).toBe(true)
  })

  it('shows the lines around a finding that can be read', () => {
    const timeout = result.checks.find(({ rule }) => rule === 'code-http-timeout')!
    expect(timeout.excerpt).toEqual({ firstLine: 1, lines: ['one', 'two', 'axios.get(url)', 'four', 'five'] })
    expect(result.checks.find(({ rule }) => rule === 'kubernetes-replicas')!.excerpt).toBeNull()
  })

  it('keeps the place inside a journal', () => {
    expect(result.runs[0]!.source.pointer).toBe('$')
    expect(
      result.chains
        .flatMap(({ links }) => links.flatMap(({ evidence }) => evidence))
        .every((place) => !('pointer' in place)),
    ).toBe(true)
  })

  it('says what each kind of evidence gave', () => {
    const of = (from: Result): Record<string, boolean> =>
      Object.fromEntries(from.coverage.evidence.map(({ kind, present }) => [kind, present]))
    expect(of(result)).toEqual({ code: true, manifests: true, 'alert rules': true, experiments: true })
    expect(of(resultOf([]))).toEqual({
      code: false,
      manifests: false,
      'alert rules': false,
      experiments: false,
    })
    expect(result.coverage.files).toEqual({ found: 2, parsed: 1, partial: 0, skipped: 0, failed: 1 })
  })

  it('counts a client of a shared library once among those whose target is unknown', () => {
    const library = codePackage('http', { role: 'library', name: 'http', folder: 'libs/http' })
    const users = ['cart', 'orders'].map((name) => codePackage(name, { dependencies: { http: '1' } }))
    const { coverage } = resultOf([library, ...users, client('http', null, { package: 'libs/http' })])
    expect(coverage.evidence[0]!.detail).toContain('1 outbound client; the targets of 1 are not known')
  })

  it('lists waivers that have run out and waivers that match nothing', () => {
    const waiver = { reason: 'weighed', owner: 'shop' }
    const { problems, checks } = resultOf(facts, {
      waivers: [
        { ...waiver, rule: 'kubernetes-replicas', where: 'cart', expires: '2026-10-31' },
        { ...waiver, rule: 'kubernetes-replicas', where: 'nobody', expires: '2027-01-01' },
      ],
    })
    expect(problems.map(({ message }) => message)).toEqual([
      'broken',
      'the waiver of kubernetes-replicas for nobody (shop) matches no failing check; remove it or correct `where`',
      'the waiver of kubernetes-replicas for Deployment cart expired on 2026-10-31; the finding counts again',
    ])
    expect(
      checks.find(({ rule, outcome }) => rule === 'kubernetes-replicas' && outcome === 'fail')!.waiver,
    ).toMatchObject({
      expired: true,
    })
  })
})
