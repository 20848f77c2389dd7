/** Every rule against its fixture, and the catalogue, the fixtures and the policies against each other. */
import { basename } from 'node:path'
import { describe, expect, it } from 'vitest'
import { faultVocabulary } from '../src/knowledge/faults.js'
import { loadYaml } from '../src/knowledge/load.js'
import { yamlFilesUnder } from '../src/knowledge/rule-files.js'
import { openWorkshop, ruleFixtureSchema, tryCase } from '../src/test-rules.js'

const FIXTURES = 'test/rules'

/** Rules that block a launch: a change here is a decision about everybody's gate. */
const BLOCKING = [
  'alert-syntax',
  'experiment-scoped-commands',
  'kubernetes-selector-labels',
  'system-liveness-independent',
]

/** Rules about this tool's own comments have nothing to refer to. */
const WITHOUT_REFERENCE = ['suppression-reason']

const workshop = openWorkshop()
const { rules, policies } = workshop
const fixtures = yamlFilesUnder(FIXTURES).map((file) => ({
  rule: basename(file, '.yaml'),
  cases: loadYaml(file, ruleFixtureSchema).value.cases,
}))

for (const { rule: id, cases } of fixtures) {
  const rule = rules.find((candidate) => candidate.id === id)

  describe(id, () => {
    for (const fixture of cases) {
      it(`${fixture.outcome}: ${fixture.name}`, async () => {
        expect(rule, `no rule is called ${id}`).toBeDefined()
        expect(await tryCase(rule!, fixture, workshop)).toBeNull()
      })
    }
  })
}

describe('the catalogue', () => {
  it('has one fixture for each rule, and none for another', () => {
    expect(fixtures.map(({ rule }) => rule).sort()).toEqual(rules.map(({ id }) => id).sort())
  })

  it('shows every rule hold, fail at a place, and stay silent', () => {
    const incomplete = fixtures.filter(({ cases }) => {
      const outcomes = new Set(cases.map(({ outcome }) => outcome))
      const isSilent = outcomes.has('unknown') || outcomes.has('not-applicable')
      return !(outcomes.has('pass') && outcomes.has('fail') && isSilent)
    })
    expect(incomplete.map(({ rule }) => rule)).toEqual([])
    const unplaced = fixtures.filter(({ cases }) =>
      cases.some(({ outcome, at }) => (outcome === 'fail') !== (at !== undefined)),
    )
    expect(unplaced.map(({ rule }) => rule)).toEqual([])
  })

  it('names the cases of a fixture apart', () => {
    const repeated = fixtures.filter(
      ({ cases }) => new Set(cases.map(({ name }) => name)).size < cases.length,
    )
    expect(repeated.map(({ rule }) => rule)).toEqual([])
  })

  it('would be proven by faults of the vocabulary only', () => {
    const strange = rules.filter(({ fault }) => fault !== null && !(fault in faultVocabulary().faults))
    expect(strange.map(({ id, fault }) => `${id}: ${fault}`)).toEqual([])
  })

  it('puts every category into exactly one dimension of the score', () => {
    const collected = policies.score.dimensions.flatMap(({ categories }) => categories)
    expect([...collected].sort()).toEqual([...new Set(rules.map(({ category }) => category))].sort())
  })

  it('names a reference for every rule about a system', () => {
    expect(rules.filter(({ references }) => references.length === 0).map(({ id }) => id)).toEqual(
      WITHOUT_REFERENCE,
    )
  })

  it('asks the same question wherever the same thing was not read', () => {
    const asked = new Map<string, Set<string>>()
    for (const { otherwise, question } of rules.flatMap(({ needs }) => needs))
      asked.set(otherwise, (asked.get(otherwise) ?? new Set()).add(question))
    const fixed = [...asked].filter(([otherwise]) => !otherwise.includes('{{'))
    expect(fixed.filter(([, questions]) => questions.size > 1)).toEqual([])
  })

  it('blocks a launch by these rules only', () => {
    expect(policies.score.verdict.blocking).toEqual(['critical'])
    expect(rules.filter(({ severity }) => severity === 'critical').map(({ id }) => id)).toEqual(BLOCKING)
  })
})
