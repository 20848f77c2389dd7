/** Runs that overlap in one environment. */
import type { Run } from '../../facts/experiment.js'
import { groupedBy } from '../../facts/grouped.js'
import { compareText } from '../../facts/source.js'
import { environmentKey } from '../environments.js'
import { type Span, spanOf } from './span.js'

export interface Overlap {
  /** The most runs that surely went on at one moment of this run, itself included. */
  most: number
  /** With those that may still have been going on, their end not being recorded. */
  perhaps: number
  /** Ids of the runs that surely overlapped this one, itself not included. */
  withRuns: string[]
}

type Timed = { run: Run; span: Span }

/** By id of the run, of those with an environment and a time. Runs that touch do not overlap. */
export function overlapsOf(runs: Run[], longestMs: number): Map<string, Overlap> {
  const timed = runs.flatMap((run) => {
    const span = run.environment === null ? null : spanOf(run)
    return span ? [{ run, span }] : []
  })
  const overlaps = new Map<string, Overlap>()
  for (const group of groupedBy(timed, ({ run }) => environmentKey(run.environment!)).values())
    overlapsIn(group, longestMs, overlaps)
  return overlaps
}

/** In order of time, with those still going on at hand. */
function overlapsIn(timed: Timed[], longestMs: number, overlaps: Map<string, Overlap>): void {
  const inOrder = timed.sort((a, b) => a.span.from - b.span.from || compareText(a.run.id, b.run.id))
  let going: Timed[] = []
  for (const one of inOrder) {
    const perhapsUntil = ({ span }: Timed): number =>
      span.to ?? Math.max(span.seenUntil, span.from + longestMs)
    going = going.filter((other) => perhapsUntil(other) > one.span.from)
    const sure = new Set(going.filter(({ span }) => (span.to ?? span.seenUntil) > one.span.from))
    const own: Overlap = { most: sure.size + 1, perhaps: going.length + 1, withRuns: [] }
    for (const other of going) {
      const known = overlaps.get(other.run.id)!
      if (sure.has(other)) {
        known.most = Math.max(known.most, own.most)
        known.withRuns.push(one.run.id)
        own.withRuns.push(other.run.id)
      }
      known.perhaps = Math.max(known.perhaps, own.perhaps)
    }
    overlaps.set(one.run.id, own)
    going.push(one)
  }
}
