import { describe, expect, it } from 'vitest'
import type { Run } from '../../src/facts/experiment.js'
import { asProved, soundRuns } from '../../src/system/runs.js'
import { AS_OF, at, run } from './facts.js'

function exported(path: string, over: Partial<Run>): Run {
  return run('chaos-mesh-1', { source: at(path), isExport: true, ...over })
}

describe('runs with one id', () => {
  it('are one run where the tool gave the id: the export that says most counts, and the others are named', () => {
    const during = exported('chaos/during.yaml', { endedAt: null, faultEnd: null, verdict: 'unknown' })
    const after = exported('chaos/after.yaml', { endedAt: '2026-10-01T10:02:00.000Z' })
    for (const order of [
      [during, after],
      [after, during],
    ]) {
      const { runs, problems } = soundRuns(order, AS_OF)
      expect(problems).toMatchObject([
        { path: 'chaos/during.yaml', message: expect.stringContaining('chaos/after.yaml:1:1') as string },
      ])
      expect(runs).toEqual([after])
    }
  })

  it('cannot be told apart where people gave it: only the first counts, and that is a problem', () => {
    const { runs, problems } = soundRuns([run('a'), run('a', { source: at('chaos/b.yaml') })], AS_OF)
    expect(runs).toHaveLength(1)
    expect(problems).toMatchObject([
      { path: 'chaos/b.yaml', message: expect.stringContaining('is taken by') as string },
    ])
  })
})

describe('runs as the review takes them', () => {
  const absorbed = {
    kind: 'absorbed',
    seconds: null,
    low: null,
    high: null,
    from: 'fault-end',
    reason: null,
  } as const

  it('are in order of time, those without a date last', () => {
    const runs = [
      run('october', { startedAt: '2026-10-20T13:05:00Z' }),
      run('undated', { startedAt: null }),
      run('june', { startedAt: '2026-06-09T10:00:00Z' }),
      run('undated too', { startedAt: null }),
    ]
    expect(asProved(runs).map(({ id }) => id)).toEqual(['june', 'october', 'undated', 'undated too'])
  })

  it('state no recovery where they are invalid', () => {
    const [invalid, weak] = asProved([
      run('a', { grade: 'invalid', recovery: absorbed }),
      run('b', { grade: 'weak', recovery: absorbed }),
    ])
    expect(invalid!.recovery).toMatchObject({ kind: 'unknown', from: null, reason: 'the run is invalid' })
    expect(weak!.recovery).toEqual(absorbed)
  })
})
