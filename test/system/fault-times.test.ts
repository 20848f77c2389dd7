import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FaultTimes } from '../../src/system/fault-times.js'
import type { Timed } from '../../src/system/samples-of-run.js'
import { run } from './facts.js'

const at = (second: number): string => new Date(1_700_000_000_000 + second * 1000).toISOString()
const moment = (second: number) => ({ earliest: at(second), latest: at(second) })
const faulty = (id: string, start: number, end: number | null): Timed =>
  run(id, { faultStart: moment(start), faultEnd: end === null ? null : moment(end) }) as Timed
const ids = (runs: Timed[]): string[] => runs.map(({ id }) => id)

describe('faults by time', () => {
  const [long, early, late] = [faulty('long', 0, 500), faulty('early', 100, 110), faulty('late', 200, 210)]
  const times = new FaultTimes([late, long, early])

  it('finds those at the same time, also one that began long before', () => {
    expect(ids(times.overlapping(late))).toEqual(['long'])
    expect(ids(times.overlapping(long))).toEqual(['early', 'late'])
  })

  it('tells when the next one began, of those that count', () => {
    expect(times.nextAfter(early, () => true)).toBe(Date.parse(at(200)))
    expect(times.nextAfter(long, ({ id }) => id === 'late')).toBe(Date.parse(at(200)))
    expect(times.nextAfter(late, () => true)).toBe(Infinity)
  })

  it('names those before that have no recorded end', () => {
    const open = faulty('open', 50, null)
    const all = new FaultTimes([late, open, early])
    expect(all.lastingBefore(late, () => true)?.id).toBe('open')
    expect(all.lastingBefore(late, () => false)).toBeNull()
    expect(all.lastingBefore(open, () => true)).toBeNull()
  })

  it('says of each what comparing it with every other says', () => {
    const second = fc.integer({ min: 0, max: 60 })
    const spans = fc.array(fc.tuple(second, fc.option(second)), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(spans, (all) => {
        const runs = all.map(([start, lasts], index) =>
          faulty(String(index), start, lasts === null ? null : start + lasts),
        )
        const [from, to] = [
          (one: Timed) => Date.parse(one.faultStart.earliest),
          (one: Timed) => Date.parse((one.faultEnd ?? one.faultStart).latest),
        ]
        const faults = new FaultTimes(runs)
        for (const one of runs) {
          const others = runs.filter((other) => other !== one)
          const overlapping = others.filter((other) => from(other) <= to(one) && to(other) >= from(one))
          expect(ids(faults.overlapping(one)).sort()).toEqual(ids(overlapping).sort())
          const later = others.map(from).filter((start) => start > from(one))
          expect(faults.nextAfter(one, () => true)).toBe(Math.min(Infinity, ...later))
        }
      }),
    )
  })
})
