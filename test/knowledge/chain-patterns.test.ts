import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadChainPatterns } from '../../src/knowledge/chain-patterns.js'
import { faultVocabulary } from '../../src/knowledge/faults.js'
import { loadPolicies } from '../../src/knowledge/policies.js'

const policies = loadPolicies()
const builtIn = loadChainPatterns()

const OWN = `id: queue-flood
title: "{trigger} floods {caller}"
trigger: { kinds: [queue], fault: load-spike }
requires:
  - { on: dependency, guard: bulkhead, states: [absent] }
mechanism: "{to} drowns"
propagation: "{to} waits for {from}"
retried: false
sustainedBy: null
controls: [bulkhead]
experiment: "Flood {trigger}"
`

describe('the patterns that come with the tool', () => {
  it('are sorted by id and use only words of the vocabularies', () => {
    expect(builtIn.map(({ id }) => id)).toEqual([...builtIn.map(({ id }) => id)].sort())
    expect(builtIn.length).toBeGreaterThanOrEqual(7)
    for (const { id, trigger, requires, controls } of builtIn) {
      const guards = [...requires.map(({ guard }) => guard), ...controls]
      expect(
        guards.filter((guard) => !Object.hasOwn(policies.patterns, guard)),
        id,
      ).toEqual([])
      expect(Object.keys(faultVocabulary().faults), id).toContain(trigger.fault)
      expect(
        trigger.kinds.filter((kind) => !Object.hasOwn(policies.componentKinds.kinds, kind)),
        id,
      ).toEqual([])
    }
  })

  it('have faults of which it is known what shows them', () => {
    const faults = builtIn.map(({ trigger }) => trigger.fault)
    expect(faults.filter((fault) => !Object.hasOwn(policies.detection.faults, fault))).toEqual([])
  })

  it('fill every name that their texts ask for', () => {
    for (const { id, title, experiment, mechanism, propagation, sustainedBy } of builtIn) {
      const names = [title, experiment, sustainedBy ?? ''].flatMap((text) => text.match(/\{\w+\}/g) ?? [])
      expect(
        names.filter((name) => !['{trigger}', '{caller}', '{entry}'].includes(name)),
        id,
      ).toEqual([])
      const steps = [mechanism, propagation].flatMap((text) => text.match(/\{\w+\}/g) ?? [])
      expect(
        steps.filter((name) => !['{from}', '{to}'].includes(name)),
        id,
      ).toEqual([])
    }
  })
})

describe('a team’s own patterns', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'chains-'))
    mkdirSync(join(folder, 'chains'))
  })
  afterEach(() => {
    rmSync(folder, { recursive: true })
  })

  function load(text: string): string[] {
    writeFileSync(join(folder, 'chains/own.yaml'), text)
    return loadChainPatterns([folder]).map(({ id }) => id)
  }

  it('stand beside those of the tool', () => {
    expect(load(OWN)).toEqual([...builtIn.map(({ id }) => id), 'queue-flood'].sort())
  })

  it('may speak of kinds that only the team has', () => {
    expect(load(OWN.replace('[queue]', '[queue, mainframe]'))).toContain('queue-flood')
  })

  it('name everything that is wrong at once', () => {
    const text = OWN.replace('guard: bulkhead', 'guard: x').replace('load-spike', 'y')
    expect(() => load(text)).toThrow(
      /requires\.0\.guard: "x" is no pattern.*\n.*trigger\.fault: "y" is no fault/,
    )
  })

  it('may not take an id that exists', () => {
    expect(() => load(OWN.replace('queue-flood', 'retry-storm'))).toThrow(
      `${join(folder, 'chains/own.yaml')}:1:5 the chain pattern retry-storm exists already; choose another id`,
    )
  })

  it.each([
    ['an unknown state', OWN.replace('[absent]', '[missing]'), '5:49 requires.0.states.0: Invalid option'],
    ['no condition at all', OWN.replace(/requires:\n.*\n/, 'requires: []\n'), '4:11 requires: Too small'],
    ['no title', OWN.replace(/title.*\n/, ''), '1:1 title: Invalid input'],
    [
      'a guard that is no pattern',
      OWN.replace('guard: bulkhead', 'guard: bulkheads'),
      '5:30 requires.0.guard: "bulkheads" is no pattern; did you mean "bulkhead"?',
    ],
    [
      'a control that is no pattern',
      OWN.replace('controls: [bulkhead]', 'controls: [prayer]'),
      '10:12 controls.0: "prayer" is no pattern; `rules list --patterns` shows all',
    ],
    [
      'a fault outside the vocabulary',
      OWN.replace('load-spike', 'load-spikes'),
      '3:35 trigger.fault: "load-spikes" is no fault; did you mean "load-spike"?',
    ],
    [
      'a mistyped kind',
      OWN.replace('[queue]', '[queues]'),
      '3:20 trigger.kinds.0: "queues" is no kind of component; did you mean "queue"?',
    ],
    [
      'an unknown protocol',
      OWN.replace('retried:', 'protocols: [htpp]\nretried:'),
      '8:13 protocols.0: "htpp" is no protocol; did you mean "http"?',
    ],
    [
      'a name that nothing fills',
      OWN.replace('{caller}', '{callee}'),
      '2:8 title: {callee} is no name here; there are {trigger}, {caller}, {entry}',
    ],
    ['an id in capitals', OWN.replace('queue-flood', 'QueueFlood'), '1:5 id: must be kebab-case'],
  ])('may not have %s', (_, text, message) => {
    expect(() => load(text)).toThrow(`${join(folder, 'chains/own.yaml')}:${message}`)
  })
})
