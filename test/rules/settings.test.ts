import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadConfiguration } from '../../src/knowledge/configuration.js'
import { loadPolicies } from '../../src/knowledge/policies.js'
import { loadCatalogue, type Catalogue } from '../../src/rules/catalogue.js'
import { applySettings } from '../../src/rules/settings.js'

const catalogue = loadCatalogue(loadPolicies().patterns)
let folder = ''
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'settings-'))))
afterEach(() => rmSync(folder, { recursive: true }))

function withSettings(text: string): Catalogue {
  writeFileSync(join(folder, 'strict.yaml'), text)
  return applySettings(catalogue, loadConfiguration(join(folder, 'strict.yaml'), folder))
}

describe('rules as the configuration sets them', () => {
  it('are off, more severe, or stricter', () => {
    const { rules } = withSettings(
      'rules:\n  alert-for: off\n  alert-runbook: false\n  kubernetes-replicas: { severity: low, minimum: 3 }\n',
    )
    expect(rules).toHaveLength(catalogue.rules.length - 2)
    expect(rules.find(({ id }) => id === 'kubernetes-replicas')).toMatchObject({
      severity: 'low',
      parameters: { minimum: 3 },
    })
    const { rules: asTheyAre } = withSettings('rules: { kubernetes-replicas: {} }\n')
    expect(asTheyAre).toEqual(catalogue.rules)
  })

  it('have a digest of their own', () => {
    const digest = (text: string): string => withSettings(text).digest
    expect(digest('rules: {}\n')).toBe(catalogue.digest)
    expect(digest('rules: { alert-for: off }\n')).not.toBe(catalogue.digest)
    expect(digest('rules: { alert-for: off }\n')).toBe(digest('rules: { alert-for: off }\n'))
  })

  it('name every unknown rule and parameter with its place in the file that was given', () => {
    const text = `rules:
  kubernetes-replica: off
  nonsense: { severity: low }
  kubernetes-replicas:
    minimun: 2
    minimum: two
  alert-syntax: { minimum: 2 }
`
    const file = join(folder, 'strict.yaml')
    expect(() => withSettings(text)).toThrow(
      [
        `${file}:2:23 rules.kubernetes-replica: no such rule; did you mean "kubernetes-replicas"?`,
        `${file}:3:13 rules.nonsense: no such rule; \`resilience-report rules list\` shows all`,
        `${file}:5:14 rules.kubernetes-replicas.minimun: the rule has no such parameter; it has severity, minimum`,
        `${file}:6:14 rules.kubernetes-replicas.minimum: must be a number`,
        `${file}:7:28 rules.alert-syntax.minimum: the rule has no such parameter; it has severity`,
      ].join('\n'),
    )
  })

  it.each(['constructor', 'toString', ''])('%j is no rule', (id) => {
    expect(() => withSettings(`rules: { "${id}": off }\n`)).toThrow(`rules.${id}: no such rule`)
  })
})
