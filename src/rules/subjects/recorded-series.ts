/** Series that an alert looks at and that recording rules make. */
import type { AlertRule, Query } from '../../facts/alert.js'
import { nearest } from '../../knowledge/nearest.js'
import { MAX_RECORDED } from '../../system/alerts/detection-bounds.js'
import type { Watch } from '../../system/alerts/detection.js'

/** `level:metric:operations`, the form of recorded series. */
const RECORDED = /^[^:]+:[^:]+:/

export function recordedFields({ query }: AlertRule, { recorded }: Pick<Watch, 'recorded'>): object {
  const used = [...new Set(query.selectors.map(({ metric }) => metric))].filter((metric) =>
    RECORDED.test(metric),
  )
  const missing = recorded.size > 0 ? used.filter((metric) => !recorded.has(metric)) : []
  const slips = missing.map((metric) => ({ metric, near: meantBy(metric, [...recorded.keys()]) }))
  return {
    usesRecorded: used.length > 0 && recorded.size > 0,
    misnamedRecorded: slips.flatMap(({ metric, near }) =>
      near === null ? [] : [`${metric}, which no rule records, while ${near} is recorded`],
    ),
    unseenRecorded: slips.filter(({ near }) => near === null).map(({ metric }) => metric),
    recordedWindows: windowsBelow(query, recorded),
    openRecorded: used.filter((metric) => !recorded.has(metric)),
  }
}

/** Seconds of the ranges that its series were recorded over; rules may record each other, and in a circle. */
function windowsBelow(query: Query, recorded: Watch['recorded'], depth = 0): number[] {
  if (depth >= MAX_RECORDED) return []
  const below = query.selectors.flatMap(({ metric }) => recorded.get(metric) ?? [])
  const windows = below.flatMap((one) => [...one.windows, ...windowsBelow(one, recorded, depth + 1)])
  return [...new Set(windows)].sort((a, b) => a - b)
}

/** A slip of the hand in the name of a series of the same level. Names that differ in a number mean different windows. */
function meantBy(metric: string, recorded: string[]): string | null {
  const level = metric.slice(0, metric.indexOf(':') + 1)
  const near = nearest(
    metric,
    recorded.filter((name) => name.startsWith(level)),
  )
  return near !== null && Math.abs(near.length - metric.length) <= 2 && differInFew(near, metric)
    ? near
    : null
}

const MOST_SLIPS = 2

function differInFew(a: string, b: string): boolean {
  const letters = (name: string): string => name.replace(/\d/g, '')
  if (letters(a) === letters(b)) return false
  let [start, end] = [0, 0]
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start++
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++
  const between = Math.max(a.length, b.length) - start - end
  const changed = a.slice(start, a.length - end) + b.slice(start, b.length - end)
  return between <= MOST_SLIPS && !/\d/.test(changed)
}
