import { describe, expect, it } from 'vitest'
import type { Run } from '../../src/facts/experiment.js'
import { BaselinesAgain } from '../../src/system/baseline-again.js'
import { run } from './facts.js'

const left = run('left', {
  experiment: 'EXP-1',
  target: 'cart',
  fault: 'cpu-stress',
  environment: 'staging',
  startedAt: '2026-06-11T09:30:00Z',
  endedAt: null,
})

function later(over: Partial<Run> = {}): Run {
  return { ...left, id: 'later', startedAt: '2026-08-13T09:30:00Z', baselineMet: true, ...over }
}

describe('what a run left behind', () => {
  it('was gone when a later run of the same met the baseline, the first of them', () => {
    const second = later({ id: 'second', startedAt: '2026-09-13T09:30:00Z' })
    expect(new BaselinesAgain([left, second, later()]).after(left)?.id).toBe('later')
    expect(new BaselinesAgain([later({ experiment: null })]).after(left)?.id).toBe('later')
  })

  it.each<[string, Partial<Run>]>([
    ['did not meet it', { baselineMet: false }],
    ['does not say', { baselineMet: null }],
    ['is invalid', { grade: 'invalid' }],
    ['came before', { startedAt: '2026-05-01T09:30:00Z' }],
    ['has no time', { startedAt: null }],
    ['was elsewhere', { environment: 'production' }],
    ['was about another target', { target: 'orders' }],
    ['was another fault of another experiment', { experiment: 'EXP-2', fault: 'pod-kill' }],
  ])('may still be there where the other run %s', (_, over) => {
    expect(new BaselinesAgain([left, later(over)]).after(left)).toBeNull()
  })
})
