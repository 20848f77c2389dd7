import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AlertRule, RecordingRule } from '../../../src/facts/alert.js'
import { Facts, type Fact } from '../../../src/facts/fact.js'
import { parseQuery } from '../../../src/inputs/promql/query.js'
import { detectionBounds, writersOf, type Clocks } from '../../../src/system/alerts/detection-bounds.js'
import { Notification } from '../../../src/system/alerts/notification.js'
import { alert, at, configured, policies } from '../facts.js'

function recording(name: string, expression: string, over: Partial<RecordingRule> = {}): RecordingRule {
  return {
    fact: 'recording',
    source: at('alerts/recording.yaml', 5),
    at: {},
    name,
    group: 'http',
    intervalSeconds: null,
    labels: {},
    expression,
    query: parseQuery(expression),
    ignores: {},
    ...over,
  }
}

function asks(expression: string, over: Partial<AlertRule> = {}): AlertRule {
  return alert('A', [], { query: parseQuery(expression), forSeconds: 0, ...over })
}

function clocks(recordings: RecordingRule[], scrapeSeconds = 15, evaluationSeconds = 30): Clocks {
  const facts = new Facts(recordings as Fact[])
  return {
    policy: policies.detection,
    configuration: configured({
      prometheus: { scrapeInterval: `${scrapeSeconds}s`, evaluationInterval: `${evaluationSeconds}s` },
    }),
    notification: new Notification(facts, policies.routing, policies.detection.defaults),
    recorded: new Map(recordings.map(({ name, query }) => [name, query])),
    writers: writersOf(facts),
  }
}

const LATER = policies.detection.defaults.groupIntervalSeconds
const worstOf = (rule: AlertRule, recordings: RecordingRule[]): number | null =>
  detectionBounds(rule, clocks(recordings)).worst

describe('the latest time', () => {
  const rate = recording('job:requests:rate5m', 'sum by (job) (rate(requests_total[5m]))')
  const ratio = recording(
    'job:errors:ratio5m',
    'sum by (job) (rate(errors_total[5m])) / job:requests:rate5m',
    { source: at('alerts/recording.yaml', 9) },
  )

  it('windows beside each other fill at the same time', () => {
    expect(worstOf(asks('rate(a_total[5m]) / rate(b_total[10m]) > 1'), [])).toBe(15 + 600 + 30 + LATER)
  })

  it('ranges inside of each other fill one after the other', () => {
    expect(worstOf(asks('max_over_time(rate(a_total[5m])[30m:1m]) > 1'), [])).toBe(15 + 2100 + 30 + LATER)
  })

  it('a recorded series beside a range of its own length adds no second window', () => {
    // 15 scrape + 300 window + 30 until it is recorded + 30 until it is read; the divisor is recorded just before, in one go.
    expect(worstOf(asks('job:errors:ratio5m > 0.02'), [rate, ratio])).toBe(15 + 300 + 30 + 30 + LATER)
  })

  it('a series of another group waits for that group, at its own interval', () => {
    const slow = { ...rate, group: 'slow', intervalSeconds: 120 }
    expect(worstOf(asks('job:errors:ratio5m > 0.02'), [slow, ratio])).toBe(15 + 300 + 120 + 30 + 30 + LATER)
  })

  it('a series of the same group is old where it is written after it is read', () => {
    const after = { ...rate, source: at('alerts/recording.yaml', 20) }
    expect(worstOf(asks('job:errors:ratio5m > 0.02'), [after, ratio])).toBe(15 + 300 + 30 + 30 + 30 + LATER)
  })

  it('a range over a recorded series comes on top of what it records', () => {
    expect(worstOf(asks('max_over_time(job:requests:rate5m[10m]) > 1'), [rate])).toBe(
      15 + 300 + 30 + 600 + 30 + LATER,
    )
  })

  it('is not told where a recording rule was not read, or where they record each other in a circle', () => {
    expect(worstOf(asks('job:errors:ratio5m > 0.02'), [ratio])).toBeNull()
    const circle = [recording('job:a', 'job:b'), recording('job:b', 'job:a')]
    expect(worstOf(asks('job:a > 1'), circle)).toBeNull()
  })
})

/** When somebody is told, on a timeline made second by second: every clock has a phase of its own. */
interface Timeline {
  scrape: number
  window: number
  record: number
  evaluate: number
  wait: number
  phases: [number, number, number, number]
}

function toldAt({ scrape, window, record, evaluate, wait, phases }: Timeline): number {
  const ticks = (every: number, phase: number, from: number): number =>
    from + ((((phase - from) % every) + every) % every)
  // All samples that a window looks at were taken after the fault, the first of them at the first scrape since.
  const firstSample = ticks(scrape, phases[0] % scrape, 0)
  const recordedAt = ticks(record, phases[1] % record, firstSample + window)
  let firing = ticks(evaluate, phases[2] % evaluate, recordedAt)
  const pending = firing
  while (firing - pending < wait) firing += evaluate
  return ticks(LATER, phases[3] % LATER, firing)
}

describe('both bounds hold on a timeline', () => {
  const seconds = (min: number, max: number) => fc.integer({ min, max })

  it('whatever the intervals and the phases of their clocks are', () => {
    fc.assert(
      fc.property(
        fc.record({
          scrape: seconds(1, 120),
          window: seconds(1, 900),
          record: seconds(1, 120),
          evaluate: seconds(1, 120),
          wait: seconds(0, 900),
          phases: fc.tuple(fc.nat(1000), fc.nat(1000), fc.nat(1000), fc.nat(1000)),
        }),
        (line) => {
          const rules = [
            recording('job:errors', `rate(errors_total[${line.window}s])`, { intervalSeconds: line.record }),
          ]
          const rule = asks('job:errors > 1', { forSeconds: line.wait, intervalSeconds: line.evaluate })
          const { soonest, best, worst } = detectionBounds(rule, clocks(rules, line.scrape, line.evaluate))
          expect(toldAt(line)).toBeLessThanOrEqual(worst!)
          expect(toldAt(line)).toBeGreaterThanOrEqual(soonest)
          expect(soonest).toBeLessThanOrEqual(best)
        },
      ),
    )
  })

  it('and the latest one is nearly reached: 15 s scrapes, a window of 5 min, two evaluations of 30 s, for 5 min', () => {
    const line = { scrape: 15, window: 300, record: 30, evaluate: 30, wait: 300 }
    const rules = [recording('job:errors', 'rate(errors_total[5m])', { intervalSeconds: 30 })]
    const rule = asks('job:errors > 1', { forSeconds: 300, intervalSeconds: 30 })
    const { worst } = detectionBounds(rule, clocks(rules))
    expect(worst).toBe(15 + 300 + 30 + 30 + 300 + 300)
    // Scraped at 14 s, recorded at 343 s, read at 372 s, firing at 672 s, sent at 971 s.
    expect(toldAt({ ...line, phases: [14, 13, 12, 71] })).toBe(971)
  })
})
