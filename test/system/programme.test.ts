import { describe, expect, it } from 'vitest'
import type { Experiment, Run } from '../../src/facts/experiment.js'
import { programmeOf, type ProgrammeEntry } from '../../src/system/programme.js'
import { AS_OF, configured, experiment, run } from './facts.js'

function entry(over: Partial<Experiment>, runs: Run[]): ProgrammeEntry {
  return programmeOf([experiment('kill-cart', over)], runs, configured(), AS_OF)[0]!
}

const on = (startedAt: string | null, experimentName = 'kill-cart', id = startedAt ?? 'undated'): Run =>
  run(id, { startedAt, experiment: experimentName })

describe('the experiment programme', () => {
  it('never run: nothing is due', () => {
    expect(entry({ cadenceDays: 7 }, [])).toMatchObject({
      state: 'never-run',
      lastRun: null,
      due: null,
      runs: [],
    })
  })

  it.each<[string, Run[], ProgrammeEntry['state']]>([
    ['nothing', [], 'unknown'],
    ['a journal of another tool', [run('other', { format: 'chaostoolkit' })], 'unknown'],
    ['a fault of the same tool', [run('other', { format: 'chaos-mesh' })], 'never-run'],
    ['a log', [run('other', { format: 'experiment-log' })], 'never-run'],
  ])('a manifest without a status says nothing of runs; beside %s', (_, others, state) => {
    const kept = entry({ recordedBy: 'chaos-mesh', cadence: 'weekly', cadenceDays: 7 }, others)
    expect(kept).toMatchObject({ state, schedules: [{ state }] })
    expect(kept.unknown).toBe(
      state === 'unknown'
        ? 'no record of a run of Chaos Mesh was read, such as its objects with their status (kubectl get -o yaml), and no run of an ExperimentLog'
        : null,
    )
  })

  it('a run that names it tells of it, whatever wrote it down', () => {
    const own = on('2026-10-30T00:00:00.000Z')
    expect(entry({ recordedBy: 'toxiproxy' }, [own])).toMatchObject({ state: 'current', unknown: null })
    expect(entry({ recordedBy: 'toxiproxy' }, [])).toMatchObject({
      state: 'unknown',
      unknown: 'Toxiproxy keeps no record of its runs, and no run of an ExperimentLog was read',
    })
  })

  it.each([
    ['2026-10-26T00:00:00.000Z', 'current', '2026-11-02T00:00:00.000Z'],
    ['2026-10-25T00:00:00.000Z', 'current', '2026-11-01T00:00:00.000Z'],
    ['2026-10-24T23:59:59.000Z', 'overdue', '2026-10-31T23:59:59.000Z'],
  ])('weekly and run at %s: %s', (startedAt, state, due) => {
    expect(entry({ cadenceDays: 7 }, [on(startedAt)])).toMatchObject({ state, due, lastRun: startedAt })
  })

  it.each([
    ['2026-10-02T00:00:00.000Z', 'current'],
    ['2026-10-01T00:00:00.000Z', 'stale'],
    [null, 'stale'],
  ])('without a cadence and run at %s: %s', (startedAt, state) => {
    expect(entry({}, [on(startedAt)])).toMatchObject({ state, due: null })
  })

  it('counts from the newest run, and takes runs by whole id or title', () => {
    const runs = [
      on('2026-10-30T00:00:00.000Z', 'Experiment kill-cart'),
      on('2026-10-20T00:00:00.000Z'),
      on('2026-10-31T00:00:00.000Z', 'kill-cart-2'),
      on('2026-10-31T00:00:00.000Z', 'kill', 'other'),
      run('nameless', { experiment: null }),
    ]
    const { lastRun, runs: own } = entry({}, runs)
    expect(lastRun).toBe('2026-10-30T00:00:00.000Z')
    expect(own).toHaveLength(2)
  })
})
