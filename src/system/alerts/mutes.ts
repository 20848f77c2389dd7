/** How much of the time a route tells nobody, and for how long at a time. */
import type { AlertRouting, Extent, MinuteSpan, RoutingNode, TimeInterval } from '../../facts/routing.js'

type Times = Pick<RoutingNode, 'mutedIn' | 'activeIn'>
type Named = Pick<AlertRouting, 'timeIntervals'>

/** Of an interval that is not there nothing is known. */
export function silenceOf({ mutedIn, activeIn }: Times, routing: Named): Extent {
  const extentOf = (name: string): Extent => intervalOf(name, routing)?.extent ?? 'at times'
  const [muted, active] = [mutedIn.map(extentOf), activeIn.map(extentOf)]
  const isNeverActive = active.length > 0 && active.every((extent) => extent === 'never')
  if (muted.includes('always') || isNeverActive) return 'always'
  const isAlwaysActive = active.length === 0 || active.includes('always')
  return isAlwaysActive && muted.every((extent) => extent === 'never') ? 'never' : 'at times'
}

function intervalOf(name: string, { timeIntervals }: Named): TimeInterval | undefined {
  return Object.hasOwn(timeIntervals, name) ? timeIntervals[name] : undefined
}

const WEEK_MINUTES = 7 * 24 * 60

/**
 * Seconds for which a route tells nobody without a break, at most: from week to week, by the intervals in which it may be
 * muted and those in which it is surely active. Null where that has no end or was not computed.
 */
export function longestSilence({ mutedIn, activeIn }: Times, routing: Named): number | null {
  const [muted, active] = [mutedIn, activeIn].map((names) =>
    names.map((name) => intervalOf(name, routing)?.week),
  )
  const weeks = [...muted!, ...active!].flatMap((week) => week ?? [])
  const zones = new Set(weeks.map(({ zone }) => zone))
  if (weeks.length < mutedIn.length + activeIn.length || zones.size > 1) return null
  const told = new Uint8Array(WEEK_MINUTES)
  const fill = (spans: MinuteSpan[], value: number): void => {
    for (const [from, to] of spans) told.fill(value, from, to)
  }
  if (active!.length === 0) told.fill(1)
  for (const week of active!) fill(week!.certain, 1)
  for (const week of muted!) fill(week!.possible, 0)
  const minutes = longestRunOfZeros(told)
  if (minutes === null) return null
  return minutes === 0 ? 0 : minutes * 60 + turnedBackIn([...zones][0] ?? null)
}

/** Over the end of the week into the next one; null where it is all of it. */
function longestRunOfZeros(week: Uint8Array): number | null {
  const start = week.indexOf(1)
  if (start === -1) return null
  let [longest, run] = [0, 0]
  for (let offset = 0; offset < week.length; offset++) {
    run = week[(start + offset) % week.length] === 0 ? run + 1 : 0
    longest = Math.max(longest, run)
  }
  return longest
}

const UTC = ['UTC', 'Etc/UTC', 'GMT', 'Etc/GMT']

/** Once a year a night may last an hour longer where clocks are turned back. */
function turnedBackIn(zone: string | null): number {
  return zone === null || UTC.includes(zone) ? 0 : 3600
}
