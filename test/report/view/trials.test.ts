import { describe, expect, it } from 'vitest'
import { viewSilent } from '../../../src/report/view/detection.js'
import { FindingIndex } from '../../../src/report/view/findings.js'
import { nameThings } from '../../../src/report/view/names.js'
import { viewTrials } from '../../../src/report/view/trials.js'
import { sampleResult } from '../sample-result.js'

const names = nameThings(sampleResult)
const [chain] = sampleResult.chains
const [one, two] = sampleResult.runs

describe('what tried a chain', () => {
  it('runs of one reason share a line, unless their records say more', () => {
    const why = 'the run failed'
    const runs = [
      { run: one!.id, counts: true, why, note: null },
      { run: two!.id, counts: true, why, note: 'It hung.' },
      { run: 'elsewhere', counts: true, why, note: null },
    ]
    const lines = viewTrials({ ...chain!, runs }, names).runs
    expect(lines.map(({ runs: own, note }) => [own.map(({ run }) => run), note])).toEqual([
      [[one!.id, 'elsewhere'], null],
      [[two!.id], 'It hung.'],
    ])
  })

  it('what is only related is named with its fault and its part', () => {
    const related = [
      {
        fault: 'network-partition',
        shown: 'not-stated',
        part: null,
        experiments: [],
        runs: [one!.id, two!.id],
      },
      {
        fault: 'dependency-latency',
        shown: 'not-stated',
        part: 'endpoint /hooks',
        experiments: ['x'],
        runs: [],
      },
      { fault: null, shown: 'not-stated', part: null, experiments: ['y'], runs: [] },
    ] as const

    expect(viewTrials(withRelated(related), names).related).toEqual([
      'R1, R2 (network partition)',
      'x (dependency latency of endpoint /hooks only)',
      'y (fault not recorded)',
    ])
  })
})

function withRelated(related: readonly object[]): typeof chain & object {
  return { ...chain!, related: related as (typeof chain & object)['related'] }
}

describe('the fault of a related run', () => {
  it.each([
    ['not-injected', null, 'R1 (fault not injected)'],
    ['not-injected', 'pod-kill', 'R1 (pod kill, not injected)'],
    ['not-shown', 'pod-kill', 'R1 (pod kill, not shown to be active)'],
    ['not-stated', 'pod-kill', 'R1 (pod kill)'],
    ['not-stated', null, 'R1 (fault not recorded)'],
  ])('%s and %s is said as such', (shown, fault, said) => {
    const related = [{ fault, shown, part: null, experiments: [], runs: [one!.id] }]
    expect(viewTrials(withRelated(related), names).related).toEqual([said])
  })
})

describe('alerts that tell nothing', () => {
  it('lead to the findings that say so, where there is one', () => {
    const findings = new FindingIndex(sampleResult)
    const [{ check, reference }] = findings.all as [(typeof findings.all)[number]]
    const silent = [
      { alert: 'Never', path: 'a.yaml', line: 1, finding: check.fingerprint },
      { alert: 'Off', path: 'a.yaml', line: 9, finding: null },
    ]
    expect(viewSilent({ ...chain!, detection: { ...chain!.detection, silent } }, findings)).toEqual([
      { alert: 'Never', finding: reference },
      { alert: 'Off', finding: null },
    ])
  })
})
