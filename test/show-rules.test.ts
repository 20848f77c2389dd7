import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadPolicies } from '../src/knowledge/policies.js'
import { listPatterns, listRules, showRule } from '../src/show-rules.js'

describe('the catalogue for people', () => {
  it('lists every rule once, sorted, with its count', () => {
    const lines = listRules([]).trimEnd().split('\n')
    const ids = lines.slice(0, -1).map((line) => line.split(' ')[0])
    expect(lines.at(-1)).toBe(`${ids.length} rules`)
    expect(ids).toEqual([...new Set(ids)].sort())
    expect(lines.find((line) => line.startsWith('kubernetes-replicas '))).toMatch(
      / high +Workload runs more than one instance$/,
    )
  })

  it('lists own rules beside them, relative to where one stands', () => {
    const folder = mkdtempSync(join(tmpdir(), 'rules-'))
    try {
      writeFileSync(
        join(folder, 'own-rule.yaml'),
        'id: own-rule\ntitle: Fine\nfailure: Not fine\npattern: replicas\ncategory: redundancy\nseverity: low\nprevents: A loss.\nsubject: workload\nexpect: workload.runsOn\nmessage: No.\nremediation: Mend it.\nfault: null\n',
      )
      expect(listRules([folder])).toMatch(/^own-rule +low +Fine$/m)
      expect(showRule('own-rule', [folder])).toContain('applies to every workload\n')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('lists the words of patterns with their meaning', () => {
    const lines = listPatterns().trimEnd().split('\n')
    expect(lines).toHaveLength(Object.keys(loadPolicies().patterns).length)
    expect(lines.find((line) => line.startsWith('replicas '))).toMatch(
      / The loss of one instance leaves others$/,
    )
  })

  it('explains one rule', () => {
    const text = showRule('kubernetes-replicas', [])
    for (const part of [
      '(high, redundancy, pattern replicas)',
      'parameter  minimum = 2',
      'proof      inject pod-kill',
      'see        https://',
    ])
      expect(text).toContain(part)
    expect(showRule('suppression-reason', [])).toContain('no fault injection proves it')
    expect(showRule('system-chain-noticed', [])).toContain(
      'needs      chain.anyAlerts; otherwise unknown: no alert rules were read\n  question   Where are the alert rules',
    )
  })

  it('helps with a name that does not exist', () => {
    expect(() => showRule('kubernetes-replica-count', [])).toThrow(
      /^kubernetes-replica-count: no such rule; did you mean kubernetes-/,
    )
    expect(() => showRule('code-http-timout', [])).toThrow(
      'code-http-timout: no such rule; did you mean code-http-timeout?',
    )
    expect(() => showRule('timeout-statement', [])).toThrow(/did you mean code-statement-timeout/)
    expect(() => showRule('xyz', [])).toThrow('xyz: no such rule; `rules list` shows all')
  })
})
