import { describe, expect, it } from 'vitest'
import type { Result } from '../../../src/report/result.js'
import { tallyObjectives } from '../../../src/report/view/recovery.js'
import { sampleResult } from '../sample-result.js'

type Group = Result['recovery'][number]

function group(experiment: string, from: Group['from'], objectiveSeconds: number | null = 60): Group {
  return { ...sampleResult.recovery[0]!, experiment, from, n: 1, objectiveSeconds }
}

describe('scenarios by their objective', () => {
  it('are counted apart where all their times count from the end of the fault', () => {
    const tally = tallyObjectives([
      group('pod', 'fault-start'),
      group('redis', 'fault-end'),
      group('both', 'fault-end'),
      group('both', 'fault-start'),
      group('one known', 'fault-end'),
      group('one known', null),
      group('no time', null),
      group('no objective', 'fault-end', null),
    ])
    expect(tally).toMatchObject({ scenarios: 6, stated: 5, unstated: 1, fromEnd: 2 })
  })
})
