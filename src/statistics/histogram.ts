/** How many times fall into each of fixed bins, so that two months can be laid over each other. */
import type { RecoveryPolicy } from '../knowledge/recovery-policy.js'
import { asTime, type TimedRun } from './timed-run.js'

/** `from` is inside the bin, `to` is not. Seconds. */
export interface HistogramBin {
  from: number
  to: number
  count: number
}

/**
 * Bins between the first and the last one that hold a time; beyond the last edge one bin takes all. An interval that reaches
 * over an edge is in no bin: it is left out and counted.
 */
export function histogram(
  runs: TimedRun[],
  policy: RecoveryPolicy,
): { histogram: HistogramBin[]; histogramLeftOut: number } {
  const edges = policy.histogramEdges
  const binOf = (time: number): number => edges.findLastIndex((edge) => time >= edge)
  const times = runs.flatMap((run) => {
    const time = asTime(run, policy)?.time ?? (binOf(run.low) === binOf(run.high) ? run.high : null)
    return time ?? []
  })
  return { histogram: binsOf(times, edges), histogramLeftOut: runs.length - times.length }
}

function binsOf(times: number[], edges: number[]): HistogramBin[] {
  if (times.length === 0) return []
  const beyond = Math.floor(Math.max(...times, edges.at(-1)!)) + 1
  const bins = edges.map((from, index) => {
    const to = edges[index + 1] ?? beyond
    return { from, to, count: times.filter((time) => time >= from && time < to).length }
  })
  const first = bins.findIndex(({ count }) => count > 0)
  const last = bins.findLastIndex(({ count }) => count > 0)
  return bins.slice(first, last + 1)
}
