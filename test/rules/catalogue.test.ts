import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { UserError } from '../../src/knowledge/load.js'
import { loadCatalogue, loadRule } from '../../src/rules/catalogue.js'
import { policies } from '../system/facts.js'

const RULE = `id: own-rule
title: Three instances run
failure: Fewer than three instances run
pattern: replicas
category: redundancy
severity: high
prevents: Two losses at once take it away.
subject: workload
needs:
  - { that: workload.runsOn, otherwise: "{{workload.name}} ends", question: "Does {{workload.name}} end?" }
expect: workload.instances >= parameters.minimum
message: "{{workload.name}} runs {{workload.instances}}, not {{parameters.minimum}}."
remediation: Run three.
fault: pod-kill
parameters: { minimum: 3 }
`

/** The message of the UserError that a changed rule gives. */
function fault(from: string | RegExp, to: string, file = 'rules/own-rule.yaml'): string {
  const text = RULE.replace(from, to)
  expect(text).not.toBe(RULE)
  try {
    loadRule(file, text, policies.patterns)
  } catch (error) {
    if (error instanceof UserError) return error.message
    throw error
  }
  return 'no fault'
}

describe('a rule’s faults, each with file, line and column', () => {
  it('none in this one', () => {
    const rule = loadRule('rules/own-rule.yaml', RULE, policies.patterns)
    expect(rule.expectation({ instances: 3 }, rule.parameters)).toBe(true)
    expect(rule.describe({ name: 'cart', instances: 1 }, { minimum: 4 })).toBe('cart runs 1, not 4.')
  })

  it.each<[string, string | RegExp, string, string]>([
    ['broken YAML', 'severity: high', 'severity: [high', 'rules/own-rule.yaml:7:1 '],
    [
      'a missing field',
      'severity: high\n',
      '',
      'rules/own-rule.yaml:1:1 severity: Invalid option: expected one of "critical"|"high"|"medium"|"low"',
    ],
    [
      'a field that no rule has',
      'fault: pod-kill',
      'faults: pod-kill',
      'rules/own-rule.yaml:14:1 Unrecognized key: "faults"',
    ],
    [
      'another id than the file',
      'id: own-rule',
      'id: other-rule',
      'rules/own-rule.yaml:1:5 id: must equal the file name, own-rule.yaml',
    ],
    [
      'an unknown pattern',
      'pattern: replicas',
      'pattern: replica',
      'rules/own-rule.yaml:4:10 pattern: "replica" is no pattern; `rules list --patterns` shows all',
    ],
    [
      'a pattern that only every object has',
      'pattern: replicas',
      'pattern: constructor',
      'rules/own-rule.yaml:4:10 pattern: "constructor" is no pattern; `rules list --patterns` shows all',
    ],
    [
      'an unknown field in `expect`',
      'workload.instances >=',
      'workload.instanzes >=',
      'rules/own-rule.yaml:11:9 expect: ',
    ],
    [
      'an unknown field in `needs`',
      'workload.runsOn',
      'workload.runs',
      'rules/own-rule.yaml:10:13 needs.0.that: ',
    ],
    [
      'an unknown protection',
      /subject: workload\n(.|\n)*?message.*\n/,
      'subject: client\nexpect: client.guard("http-timeot") == "present"\nmessage: "{{client.symbol}}."\n',
      'rules/own-rule.yaml:9:9 expect: guard("http-timeot"): no such pattern; `rules list --patterns` shows all',
    ],
    [
      'a broken message',
      '{{workload.name}} runs',
      '{{workload.name runs',
      'rules/own-rule.yaml:12:10 message: is no valid template',
    ],
    [
      'an unknown field in the message',
      '{{workload.name}} runs',
      '{{workload.nome}} runs',
      'rules/own-rule.yaml:12:10 message: workload.nome: a workload has no such field',
    ],
    [
      'an unknown parameter in the message',
      '{{parameters.minimum}}',
      '{{parameters.least}}',
      'rules/own-rule.yaml:12:10 message: parameters.least: the rule has no such parameter',
    ],
    [
      'an unknown field in a reason',
      '{{workload.name}} ends',
      '{{#if workload.nome}}it{{/if}} ends',
      'rules/own-rule.yaml:10:41 needs.0.otherwise: workload.nome: a workload has no such field',
    ],
    [
      'a need without a question',
      ', question: "Does {{workload.name}} end?"',
      '',
      'rules/own-rule.yaml:10:5 needs.0.question: is missing: the question that a reviewer should ask where this is not known',
    ],
    [
      'a question that asks nothing',
      'name}} end?',
      'name}} ends.',
      'needs.0.question: must be a question that ends with a question mark',
    ],
    [
      'an unknown field in a question',
      'Does {{workload.name}}',
      'Does {{workload.nome}}',
      'needs.0.question: workload.nome: a workload has no such field',
    ],
    [
      'no sentence',
      'Run three.',
      'Run three',
      'rules/own-rule.yaml:13:14 remediation: must be a sentence that ends with a full stop',
    ],
  ])('%s', (_, from, to, message) => {
    expect(fault(from, to)).toContain(message)
  })

  it('the place inside the expression, too', () => {
    expect(fault('workload.instances >=', 'workload.instanzes >=')).toMatch(
      /^rules\/own-rule\.yaml:11:9 expect: .*instanzes.* \(at character \d+ of the expression\)$/,
    )
  })
})

describe('the catalogue', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'catalogue-'))
  })
  afterEach(() => {
    rmSync(folder, { recursive: true })
  })

  const builtIn = loadCatalogue(policies.patterns)
  const idsWithOwn = (): string[] => loadCatalogue(policies.patterns, [folder]).rules.map(({ id }) => id)

  function own(
    path: string,
    text = RULE.replace('own-rule', path.split('/').at(-1)!.replace('.yaml', '')),
  ): void {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), text)
  }

  it('is sorted, and each category scores in exactly one dimension', () => {
    const ids = builtIn.rules.map(({ id }) => id)
    expect(ids).toEqual([...ids].sort())
    for (const { id, category } of builtIn.rules) {
      const dimensions = policies.score.dimensions.filter(({ categories }) => categories.includes(category))
      expect(dimensions, `${id} of category ${category}`).toHaveLength(1)
    }
  })

  it('takes own rules from anywhere in a folder but the places of other knowledge', () => {
    own('own-rule.yaml')
    own('deep/down/deep-rule.yaml')
    own('chains-are-short.yaml')
    own('policies-of-ours/written-down.yaml')
    own('chains/not-a-rule.yaml', 'id: no rule')
    const added = idsWithOwn().filter((id) => !builtIn.rules.some((rule) => rule.id === id))
    expect(added).toEqual(['chains-are-short', 'deep-rule', 'own-rule', 'written-down'])
  })

  it('has another digest with other rules, and the same with the same', () => {
    own('own-rule.yaml')
    const digest = (): string => loadCatalogue(policies.patterns, [folder]).digest
    const before = digest()
    expect(digest()).toBe(before)
    expect(before).not.toBe(builtIn.digest)
    own('own-rule.yaml', RULE.replace('minimum: 3', 'minimum: 4'))
    expect(digest()).not.toBe(before)
  })

  it('refuses two rules of one id, and says where both are', () => {
    own('a/own-rule.yaml')
    own('b/own-rule.yaml')
    expect(() => idsWithOwn()).toThrow(
      `${join(folder, 'b/own-rule.yaml')}:1:5 id: the rule own-rule exists already in ${join(folder, 'a/own-rule.yaml')}; choose another`,
    )
  })

  it('names the faults of all rules at once', () => {
    own('first.yaml', 'id: [')
    own('second.yaml', 'id: second')
    expect(() => idsWithOwn()).toThrow(/first\.yaml:\d+:\d+ [^]*second\.yaml:1:1 title: /)
  })

  it('refuses a folder that is not there', () => {
    const nowhere = join(folder, 'nowhere')
    expect(() => loadCatalogue(policies.patterns, [nowhere])).toThrow(
      `${nowhere}: no such folder of rules; check --rules`,
    )
  })
})

it('messages name a library by its title, not by the id of its file', () => {
  const { rules } = loadCatalogue(policies.patterns)
  expect(rules.filter(({ message }) => message.includes('client.library}')).map(({ id }) => id)).toEqual([])
})
