/** How many times fall into each of fixed bins, so that two months can be laid over each other. */

/** `from` is inside the bin, `to` is not. Seconds. */
export interface HistogramBin {
  from: number
  to: number
  count: number
}

/** Bins between the first and the last one that hold a time; beyond the last edge one bin takes all. */
export function histogram(times: number[], edges: number[]): HistogramBin[] {
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
