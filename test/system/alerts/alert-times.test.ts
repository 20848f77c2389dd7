import { describe, expect, it } from 'vitest'
import type { Run } from '../../../src/facts/experiment.js'
import { Facts } from '../../../src/facts/fact.js'
import { alertTimesOf } from '../../../src/system/alerts/alert-times.js'
import { Notification } from '../../../src/system/alerts/notification.js'
import { alert, configured, policies, run, selector } from '../facts.js'

const clocks = {
  policy: policies.detection,
  configuration: configured({ prometheus: { scrapeInterval: '15s', evaluationInterval: '30s' } }),
  notification: new Notification(new Facts([]), policies.routing, policies.detection.defaults),
  recorded: new Map(),
  writers: new Map(),
}
const down = alert('Down', [selector('up', { job: 'orders' })], { forSeconds: 60 })
const recorded = alert('Recorded', [selector('job:errors:rate5m')], { forSeconds: 60 })

function fired(name: string, afterSeconds: number | null, grade: Run['grade'] = 'valid'): Run {
  return run('r', { grade, alerts: [{ name, firedAt: null, afterSeconds }] })
}

describe('an alert that fired in a run', () => {
  it.each<[string, Run, string | null]>([
    ['at the earliest moment', fired('Down', 60), 'within'],
    ['at the latest: scrape, evaluation and for', fired('Down', 15 + 30 + 60), 'within'],
    ['before its for was over', fired('Down', 59), 'earlier'],
    ['before the fault, and so not because of it', fired('Down', -5), null],
    ['with the fault', fired('Down', 0), 'earlier'],
    ['later than it had to', fired('Down', 106), 'later'],
    ['by a rule that was not read', fired('Other', 60), 'unknown'],
    ['over a recording rule that was not read', fired('Recorded', 600), 'unknown'],
    ['at a time that is not recorded', fired('Down', null), null],
    ['in a run that proves nothing', fired('Down', 60, 'invalid'), null],
  ])('%s', (_, one, is) => {
    expect(alertTimesOf([one], [down, recorded], clocks)[0]?.is ?? null).toBe(is)
  })

  it('counts once, by its first firing after the fault', () => {
    const times = [400, -5, 90, 200].map((afterSeconds) => ({ name: 'Down', firedAt: null, afterSeconds }))
    const again = run('r', { grade: 'valid', alerts: times })
    expect(alertTimesOf([again], [down], clocks)).toMatchObject([{ run: 'r', measured: 90, is: 'within' }])
  })

  it('is set beside the widest bounds of all rules of its name', () => {
    const slow = alert('Down', [selector('up', { job: 'cart' })], { forSeconds: 300 })
    expect(alertTimesOf([fired('Down', 200)], [down, slow], clocks)).toEqual([
      { run: 'r', alert: 'Down', measured: 200, predicted: { earliest: 60, latest: 345 }, is: 'within' },
    ])
  })
})
