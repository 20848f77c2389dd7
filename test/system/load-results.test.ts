import { describe, expect, it } from 'vitest'
import type { Run } from '../../src/facts/experiment.js'
import type { LoadResult } from '../../src/facts/load-result.js'
import { recordedRun } from '../../src/inputs/chaos-tools/records.js'
import { joinLoadResults, withLoad } from '../../src/system/load-results.js'

const SOURCE = { path: 'load/summary.json', line: 1, column: 1, endLine: 1 }

function result(takenFor: string[], changes: Partial<LoadResult> = {}): LoadResult {
  return {
    fact: 'load-result',
    source: SOURCE,
    format: 'k6',
    takenFor,
    durationSeconds: 30,
    requests: 100,
    failedRequests: 0,
    thresholds: [
      { metric: 'http_req_duration', expression: 'p(95)<500', state: 'breached', reason: null },
      { metric: 'http_req_failed', expression: 'rate<0.01', state: 'held', reason: null },
    ],
    ...changes,
  }
}

const run = (id: string, experiment: string): Run =>
  recordedRun({ source: SOURCE, id, format: 'fis', experiment, verdict: 'unknown' })

const RUNS = [run('R1', 'cart-latency'), run('R2', 'cart-latency'), run('R3', 'pay-outage')]
const joinedTo = (...names: string[]) => joinLoadResults([result(names)], RUNS)[0]!.run

describe('the result of a load test', () => {
  it('belongs to the run that it names, or to the only run of the experiment that it names', () => {
    expect(joinedTo('R2')).toBe('R2')
    expect(joinedTo('pay-outage')).toBe('R3')
  })

  it('belongs to none by looks: without a name, with an unknown one, with one of several runs', () => {
    expect(joinedTo()).toBeNull()
    expect(joinedTo('cart')).toBeNull()
    expect(joinedTo('cart-latency')).toBeNull()
    expect(joinLoadResults([result(['cart-latency'])], RUNS)[0]!.reason).toBe(
      '2 runs are called cart-latency',
    )
  })

  it('is load for its run and a note, never its verdict', () => {
    const [first, second] = withLoad(RUNS, joinLoadResults([result(['R1'])], RUNS))
    expect(first).toMatchObject({
      load: true,
      verdict: 'unknown',
      notes: 'the k6 test of this run breached http_req_duration p(95)<500',
    })
    expect(second).toBe(RUNS[1])
  })

  it('without requests is no load', () => {
    const joined = joinLoadResults([result(['R1'], { requests: null, thresholds: [] })], RUNS)
    expect(withLoad(RUNS, joined)[0]).toMatchObject({ load: null, notes: null })
  })
})
