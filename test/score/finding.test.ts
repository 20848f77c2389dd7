import { describe, expect, it } from 'vitest'
import { Facts } from '../../src/facts/fact.js'
import { loadCatalogue } from '../../src/rules/catalogue.js'
import { evaluate } from '../../src/rules/evaluate.js'
import { acceptRisks, isOpen, type Judged, type Suppressions } from '../../src/score/finding.js'
import { ignoreComments } from '../../src/score/ignore-comments.js'
import {
  AS_OF,
  at,
  call,
  client,
  codePackage,
  configured,
  guard,
  modelOf,
  policies,
  suppression,
} from '../system/facts.js'
import { judged, type Wanted } from './judged.js'

const waiver = { rule: 'some-rule', where: 'cart', reason: 'weighed', owner: 'shop', expires: '2026-12-31' }

function accept(outcome: Judged, waivers: object[], ignored: string | null = null): Suppressions {
  return acceptRisks([outcome], () => ignored, configured({ waivers }), AS_OF)
}

function isAccepted(waivers: object[], wanted: Wanted = {}): boolean {
  return !isOpen(accept(judged(wanted), waivers).judged[0]!)
}

describe('a waiver', () => {
  it.each([
    ['the component', 'cart'],
    ['its identity', 'default/Deployment/cart'],
    ['its path', 'k8s/cart.yaml'],
    ['the fingerprint', 'some-rule/cart'],
  ])('accepts by %s', (_, where) => {
    const { judged: all, unused } = accept(judged(), [{ ...waiver, where }])
    expect(isOpen(all[0]!)).toBe(false)
    expect(all[0]!.acceptance).toEqual({
      reason: 'weighed',
      owner: 'shop',
      expires: '2026-12-31',
      expired: false,
    })
    expect(unused).toEqual([])
  })

  it.each([
    ['a part of the name', { where: 'car' }],
    ['a longer name', { where: 'cart-worker' }],
    ['a folder', { where: 'k8s' }],
    ['nothing', { where: '' }],
    ['another rule', { rule: 'other-rule' }],
  ])('does not accept by %s, and is listed as unused', (_, over) => {
    const { judged: all, unused } = accept(judged(), [{ ...waiver, ...over }])
    expect(isOpen(all[0]!)).toBe(true)
    expect(unused).toMatchObject([over])
  })

  it('of what passes, or is unknown, is unused', () => {
    expect(accept(judged({ outcome: 'pass' }), [waiver]).unused).toHaveLength(1)
    expect(accept(judged({ outcome: 'unknown' }), [waiver]).judged[0]!.acceptance).toBeNull()
  })

  it('holds through the day it names, and counts again after it', () => {
    expect(isAccepted([{ ...waiver, expires: '2026-11-01' }])).toBe(true)
    expect(isAccepted([{ ...waiver, expires: '2026-10-31' }])).toBe(false)
    const { judged: all, unused } = accept(judged(), [{ ...waiver, expires: '2026-10-31' }])
    expect(all[0]!.acceptance).toMatchObject({ expired: true })
    expect(unused).toEqual([])
  })

  it('that was renewed holds, wherever the old one stands', () => {
    const old = { ...waiver, expires: '2026-01-31' }
    for (const waivers of [
      [old, waiver],
      [waiver, old],
    ]) {
      expect(isAccepted(waivers)).toBe(true)
      expect(accept(judged(), waivers).unused).toEqual([])
    }
  })
})

describe('an ignore written at the thing itself', () => {
  it('accepts with its reason', () => {
    const outcome = judged({ subject: { ignores: { 'some-rule': 'one is enough' } } })
    expect(accept(outcome, []).judged[0]!.acceptance).toEqual({
      reason: 'one is enough',
      owner: 'in place',
      expires: 'never',
      expired: false,
    })
  })

  it.each(['', '   '])('does not accept with the reason %j', (reason) => {
    expect(isOpen(accept(judged({ subject: { ignores: { 'some-rule': reason } } }), []).judged[0]!)).toBe(
      true,
    )
    expect(isOpen(accept(judged(), [], reason).judged[0]!)).toBe(true)
  })

  it('does not accept another rule', () => {
    expect(isOpen(accept(judged({ subject: { ignores: { 'other-rule': 'why not' } } }), []).judged[0]!)).toBe(
      true,
    )
  })

  it('without a reason leaves the finding to a waiver', () => {
    expect(accept(judged(), [waiver], '').judged[0]!.acceptance).toMatchObject({ owner: 'shop' })
  })
})

describe('ignore comments above calls', () => {
  const catalogue = loadCatalogue(policies.patterns)
  const absent = { 'http-timeout': guard('absent') }
  const code = [
    codePackage('cart'),
    client('cart', 'pricing', {
      source: at('a.ts', 3),
      guards: absent,
      calls: [call(at('a.ts', 6), absent), call(at('a.ts', 9), absent)],
    }),
  ]

  /** Whether the client's missing timeout is open, with comments above these lines of a.ts. */
  function isOpenWith(comments: Record<number, string | null>, rule = 'code-http-timeout'): boolean {
    const facts = [
      ...code,
      ...Object.entries(comments).map(([line, reason]) => suppression(rule, 'a.ts', Number(line), reason)),
    ]
    const { outcomes } = evaluate(catalogue, modelOf(facts))
    const { judged: all } = acceptRisks(outcomes, ignoreComments(new Facts(facts)), configured(), AS_OF)
    return isOpen(all.find((finding) => finding.rule.id === 'code-http-timeout')!)
  }

  it('accept when they stand above every call that the finding is about, or above the client', () => {
    expect(isOpenWith({ 6: 'internal', 9: 'internal' })).toBe(false)
    expect(isOpenWith({ 3: 'internal' })).toBe(false)
  })

  it('do not accept the calls that they do not stand above', () => {
    expect(isOpenWith({ 6: 'internal' })).toBe(true)
    expect(isOpenWith({ 9: 'internal' })).toBe(true)
  })

  it('do not accept without a reason, from another line, or for another rule', () => {
    expect(isOpenWith({})).toBe(true)
    expect(isOpenWith({ 3: null })).toBe(true)
    expect(isOpenWith({ 6: 'internal', 9: null })).toBe(true)
    expect(isOpenWith({ 2: 'internal', 4: 'internal' })).toBe(true)
    expect(isOpenWith({ 3: 'internal' }, 'code-retry-backoff')).toBe(true)
  })
})
