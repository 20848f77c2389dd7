/** How much of the time a route tells nobody, and for how long at a time. */
import { groupedBy } from '../../facts/grouped.js'
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

/** A route with the routing that names its intervals. */
export interface TimedRoute {
  node: Times
  routing: Named
}

/**
 * Seconds for which none of several routes tells anybody without a break, at most: from week to week, by the intervals in
 * which each may be muted and those in which it is surely active. Null where that has no end or was not computed. Weeks of
 * several time zones are not laid over each other: all are silent no longer than those of any one.
 */
export function longestSilence(routes: TimedRoute[]): number | null {
  if (routes.some(({ node, routing }) => silenceOf(node, routing) === 'never')) return 0
  const weeks = routes.flatMap(({ node, routing }) => toldWeek(node, routing) ?? [])
  const silences = [...groupedBy(weeks, ({ zone }) => zone)].flatMap(([zone, ofZone]) => {
    const told = Uint8Array.from({ length: WEEK_MINUTES }, (_, minute) =>
      ofZone.some((week) => week.told[minute] === 1) ? 1 : 0,
    )
    const minutes = longestRunOfZeros(told)
    if (minutes === null) return []
    return [minutes === 0 ? 0 : minutes * 60 + turnedBackIn(zone)]
  })
  return silences.length === 0 ? null : Math.min(...silences)
}

/** Minutes of the week in which a route surely tells as 1; null where its intervals are not known or of several zones. */
function toldWeek({ mutedIn, activeIn }: Times, routing: Named): { zone: string; told: Uint8Array } | null {
  const [muted, active] = [mutedIn, activeIn].map((names) =>
    names.map((name) => intervalOf(name, routing)?.week),
  )
  const weeks = [...muted!, ...active!].flatMap((week) => week ?? [])
  const [zone = UTC, ...others] = new Set(weeks.map((week) => week.zone ?? UTC))
  if (weeks.length < mutedIn.length + activeIn.length || others.length > 0) return null
  const told = new Uint8Array(WEEK_MINUTES)
  const fill = (spans: MinuteSpan[], value: number): void => {
    for (const [from, to] of spans) told.fill(value, from, to)
  }
  if (active!.length === 0) told.fill(1)
  for (const week of active!) fill(week!.certain, 1)
  for (const week of muted!) fill(week!.possible, 0)
  return { zone, told }
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

const UTC = 'UTC'

/** Any year in which the rules of today hold, half a month by half a month: some change their clocks for one month only. */
const MOMENTS = Array.from({ length: 24 }, (_, half) => Date.UTC(2025, half >> 1, half % 2 === 0 ? 1 : 15))

/** Seconds: once a year a night may last longer by as much as clocks are turned back. */
function turnedBackIn(zone: string): number {
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
    const offsets = MOMENTS.map((moment) => offsetIn(format.format(moment)))
    return Math.max(...offsets) - Math.min(...offsets)
  } catch {
    // Where the machine says where it is, such as `Local`.
    return 3600
  }
}

/** `1/1/2025, GMT-03:30`; of Greenwich no figures are written. */
function offsetIn(text: string): number {
  const [, sign, hours = 0, minutes = 0] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(text) ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60)
}
