import { expect, it } from 'vitest'
import type { Result } from '../../../src/report/result.js'
import { viewAlertTimes } from '../../../src/report/view/alert-times.js'
import type { Names } from '../../../src/report/view/names.js'

const names = { run: () => null, experiment: () => null } as unknown as Names

function time(run: string, measured: number, is: Result['alertTimes'][number]['is'] = 'within') {
  return { run, alert: 'Down', measured, predicted: { earliest: 60, latest: 105 }, is }
}

it('counts each run once, however often its alert is recorded', () => {
  const alertTimes = [time('r1', 65), time('r1', 200, 'later'), time('r3', 70)]
  expect(viewAlertTimes({ alertTimes, runs: [] }, names)).toMatchObject([
    { alert: 'Down', n: 2, runs: 'r1, r3', later: 'r1', earlier: null, within: false },
  ])
})

it('leaves out runs that are not asked for', () => {
  const alertTimes = [time('r1', 65), time('r3', 70)]
  expect(viewAlertTimes({ alertTimes, runs: [] }, names, new Set(['r3']))).toMatchObject([
    { n: 1, runs: 'r3' },
  ])
})
