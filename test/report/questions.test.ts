import { describe, expect, it } from 'vitest'
import { questionsOf } from '../../src/report/questions.js'
import { question } from '../../src/report/result-questions.js'
import { loadCatalogue } from '../../src/rules/catalogue.js'
import { evaluate } from '../../src/rules/evaluate.js'
import type { Guards } from '../../src/system/component.js'
import { judged, type Wanted } from '../score/judged.js'
import { at, client, codePackage, guard, modelOf, policies, unreached } from '../system/facts.js'
import { ingress, service, workload } from '../system/manifests.js'

const nothing = modelOf([])
const unknown = (wanted: Wanted) => judged({ outcome: 'unknown', ...wanted })
const textsOf = (...wanted: Wanted[]) =>
  questionsOf(wanted.map(unknown), nothing).map(({ question }) => question)

describe('questions for the review', () => {
  it('are equal ones once, with all their places and the rules that wait', () => {
    const [only, ...others] = questionsOf(
      [
        unknown({ name: 'cart', rule: 'b', severity: 'low' }),
        unknown({ name: 'cart', rule: 'a', severity: 'medium' }),
        unknown({ name: 'web', rule: 'b', severity: 'low' }),
      ],
      nothing,
    )
    expect(others).toEqual([])
    expect(only).toMatchObject({
      question: 'Is it fine?',
      severity: 'medium',
      blocks: false,
      decides: [
        { rule: 'a', severity: 'medium', failure: 'Not fine', checks: 1 },
        { rule: 'b', severity: 'low', checks: 2 },
      ],
      chains: [],
    })
    expect(only!.places).toEqual([
      {
        component: 'cart',
        subject: 'Deployment cart',
        reason: 'not seen',
        source: at('k8s/cart.yaml', 3),
        severity: 'medium',
        rules: ['a', 'b'],
        fingerprints: ['a/cart', 'b/cart'],
      },
      expect.objectContaining({ component: 'web', severity: 'low', rules: ['b'], fingerprints: ['b/web'] }),
    ])
    expect(question.parse(only)).toEqual(only)
  })

  it('are asked of what is unknown only', () => {
    const others = (['pass', 'fail', 'not-applicable', 'error'] as const).map((outcome) =>
      judged({ outcome }),
    )
    expect(questionsOf(others, nothing)).toEqual([])
  })

  it('come with the most at stake first: by severity, then by the checks that wait, then by their words', () => {
    expect(
      textsOf(
        { question: 'Low?', severity: 'low' },
        { question: 'B once?', severity: 'high', name: 'a' },
        { question: 'A once?', severity: 'high', name: 'a' },
        { question: 'Twice?', severity: 'high', name: 'a' },
        { question: 'Twice?', severity: 'high', name: 'b' },
        { question: 'Blocks?', severity: 'critical' },
      ),
    ).toEqual(['Blocks?', 'Twice?', 'A once?', 'B once?', 'Low?'])
  })

  it('say whether a bad answer blocks', () => {
    const [worst, other] = questionsOf(
      [unknown({ severity: 'critical', question: 'A?' }), unknown({ severity: 'high', question: 'B?' })],
      nothing,
    )
    expect([worst!.blocks, other!.blocks]).toEqual([true, false])
  })
})

describe('a failure chain', () => {
  const catalogue = loadCatalogue(policies.patterns)
  const asked = (guards: Guards, isReached = true) => {
    const call = client('web', 'cart', { guards })
    const parts = [workload('web'), service('web'), ingress('web'), workload('cart'), service('cart')]
    const doubts = isReached ? [] : [unreached(call)]
    const model = modelOf([codePackage('web'), codePackage('cart'), ...parts, call, ...doubts])
    const outcomes = evaluate(catalogue, model).outcomes.map((outcome) => ({ ...outcome, acceptance: null }))
    return { model, questions: questionsOf(outcomes, model) }
  }
  const breaker = ({ questions }: ReturnType<typeof asked>) =>
    questions.find(({ decides }) => decides.some(({ rule }) => rule === 'code-circuit-breaker'))
  const guards = {
    'http-timeout': guard('absent'),
    'http-retry': { ...guard('present'), tier: 'explicit' as const },
    'circuit-breaker': guard('unknown'),
  }

  it('stays open on a protection that would break it, and is asked about before others of its severity', () => {
    const asking = asked(guards)
    expect(asking.model.chains.map(({ id }) => id)).toContain('unbounded-wait:cart>web')
    expect(breaker(asking)!.chains).toContain('unbounded-wait:cart>web')
    const low = asking.questions.filter(({ severity }) => severity === 'low')
    expect(low[0]).toBe(breaker(asking))
  })

  it('is not held open by what is missing there anyway, nor by what may not run', () => {
    const sure = asked({ ...guards, 'circuit-breaker': guard('absent') })
    expect(breaker(sure)).toBeUndefined()
    const dead = asked(guards, false)
    expect(dead.questions.find(({ question }) => question.includes('run this module'))!.chains).toEqual([])
  })

  it('asks once for alert rules where there are none', () => {
    const { questions } = asked(guards)
    const kept = questions.filter(({ question }) => question.includes('alert rules'))
    expect(kept).toMatchObject([{ everywhere: true }])
    expect(breaker(asked(guards))).toMatchObject({ everywhere: false })
  })

  it('that nobody can judge is open on the question about itself', () => {
    const { questions, model } = asked(guards)
    const noticed = questions.find(({ decides }) =>
      decides.some(({ rule }) => rule === 'system-chain-noticed'),
    )
    expect(noticed!.chains).toEqual(model.chains.map(({ id }) => id))
  })

  it('leaves every unknown check to exactly one question', () => {
    const { questions, model } = asked(guards)
    const unknowns = evaluate(catalogue, model).outcomes.filter(({ outcome }) => outcome === 'unknown')
    const waiting = questions.flatMap(({ places }) => places.flatMap(({ fingerprints }) => fingerprints))
    expect([...waiting].sort()).toEqual(unknowns.map(({ fingerprint }) => fingerprint).sort())
    const counted = questions.flatMap(({ decides }) => decides).reduce((sum, { checks }) => sum + checks, 0)
    expect(counted).toBe(unknowns.length)
  })
})
