import { describe, expect, it } from 'vitest'
import { peerTools, rulesLike } from '../../src/knowledge/peer-checks.js'
import { loadPolicies } from '../../src/knowledge/policies.js'
import { loadCatalogue } from '../../src/rules/catalogue.js'

const tools = Object.entries(peerTools())

describe('the checks of other tools', () => {
  it('name only rules that there are', () => {
    const known = new Set(loadCatalogue(loadPolicies().patterns).rules.map(({ id }) => id))
    const named = tools.flatMap(([, { checks }]) =>
      Object.values(checks).flatMap((check) => ('rules' in check ? check.rules : [])),
    )
    expect(named.filter((rule) => !known.has(rule))).toEqual([])
    expect(named.length).toBeGreaterThan(50)
  })

  it('imply only checks that there are', () => {
    for (const [tool, { checks }] of tools)
      for (const { implies = [] } of Object.values(checks))
        expect(
          implies.filter((name) => !Object.hasOwn(checks, name)),
          tool,
        ).toEqual([])
  })

  it('are the same check under each of their names', () => {
    const rules = ['KBP004', 'kbp004', 'kbp.memory-request'].map((name) => [
      ...rulesLike('monokle', [name], false),
    ])
    expect(new Set(rules.map(String))).toEqual(new Set(['kubernetes-memory-request']))
  })

  it('mean nothing when they or their tool are not known', () => {
    expect(rulesLike('kube-score', ['no-such', 'constructor', '__proto__'], false).size).toBe(0)
    expect(rulesLike('constructor', null, false).size).toBe(0)
  })

  it('are heard on pods only where the tool hears them', () => {
    expect(rulesLike('kube-score', ['deployment-replicas'], true).size).toBe(0)
    expect(rulesLike('kube-score', ['container-image-tag'], true).size).toBe(1)
    expect(rulesLike('polaris', null, true).size).toBe(0)
  })
})
