import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ServiceSamples } from '../../src/facts/experiment.js'
import { SampleTimes } from '../../src/system/sample-times.js'
import { at } from './facts.js'

const DAY = Date.parse('2026-10-20T00:00:00Z')

function series(instants: number[]): SampleTimes {
  const facts: ServiceSamples = {
    fact: 'service-samples',
    source: at('k6/points.json'),
    format: 'k6',
    target: 'cart',
    takenFor: [],
    samples: instants.map((instant) => ({
      at: new Date(DAY + instant).toISOString(),
      ok: instant % 2 === 0,
    })),
  }
  return new SampleTimes(facts)
}

const instants = fc.array(fc.integer({ min: 0, max: 5000 }), { maxLength: 60 })
const instant = fc.integer({ min: -10, max: 5010 })

describe('samples by time', () => {
  it('halving finds what looking at each would find, in whatever order they were written', () => {
    fc.assert(
      fc.property(instants, instant, instant, fc.integer({ min: 1, max: 9 }), (all, from, to, most) => {
        const times = series(all)
        const rising = [...all].sort((a, b) => a - b)
        const found = (samples: { start: number }[]): number[] => samples.map(({ start }) => start - DAY)
        expect(found(times.between(DAY + from, DAY + to))).toEqual(
          rising.filter((one) => one >= from && one < to),
        )
        expect(found(times.before(DAY + from, most))).toEqual(rising.filter((one) => one < from).slice(-most))
      }),
    )
  })

  it('without an end all that follow', () => {
    expect(series([1000, 2000, 3000]).between(DAY + 1500, Infinity)).toHaveLength(2)
  })

  it('its ends and its widest gap', () => {
    const times = series([0, 1000, 4000, 4500])
    expect([times.first, times.last, times.widestStep]).toEqual([DAY, DAY + 4500, 3000])
    const none = series([])
    expect([none.first, none.last, none.widestStep]).toEqual([null, null, 0])
  })
})
