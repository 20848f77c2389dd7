/** Times of a tool's record: instants as it writes them, and from its steps when the fault began and ended. */
import type { Bounds } from '../../facts/experiment.js'
import { formatInstant, parseInstant } from '../../facts/instants.js'
import { boundsOf } from '../../recovery/sampled-recovery.js'
import type { Field } from '../field.js'

/** No tool of this kind is older, and no run of one is later: a time outside is a default or has another unit. */
const EARLIEST = Date.UTC(2008, 0, 1)
const LATEST = Date.UTC(2100, 0, 1)

/** One injecting step of a run; times are milliseconds. */
export interface Step {
  start: number | null
  end: number | null
  /** Seconds that the fault was to last; null for one that is done at once. */
  lasts: number | null
  /** It was not cut short. */
  completed: boolean
}

/** Milliseconds of epoch seconds or an ISO 8601 time; null, and a problem, for what cannot be the time of a run. */
export function instantAt(field: Field): number | null {
  if (!field.exists) return null
  const { value } = field
  const instant =
    typeof value === 'number' ? value * 1000 : typeof value === 'string' ? parseInstant(value) : NaN
  if (instant !== null && instant >= EARLIEST && instant < LATEST) return instant
  const shown = JSON.stringify(value)?.slice(0, 40) ?? 'nothing'
  field.problem(
    `${field.path.join('.')}: ${shown} is not a time of a run; it must be epoch seconds or an ISO 8601 time`,
  )
  return null
}

export function inUtc(instant: number | null): string | null {
  return instant === null ? null : formatInstant(instant)
}

/** Seconds of an ISO 8601 duration such as `PT5M` or `P1DT2H`; null for anything else, and for years and months. */
export function isoSeconds(text: string): number | null {
  const match =
    /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(
      text.trim(),
    )
  if (!match || /[PT]$/.test(text.trim())) return null
  const [weeks, days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0))
  return weeks! * 604_800 + days! * 86_400 + hours! * 3600 + minutes! * 60 + seconds!
}

/**
 * The fault began within the steps that injected it. One that lasts began no later than its end less its duration, and ended
 * when its step did; of one that is done at once no end is recorded. Null where a step has no usable times.
 */
export function faultWindow(steps: Step[]): { faultStart: Bounds | null; faultEnd: Bounds | null } {
  const onsets = steps.map(onsetOf)
  if (onsets.length === 0 || onsets.includes(null)) return { faultStart: null, faultEnd: null }
  const ends = steps.map(endOf)
  return {
    faultStart: spanning(onsets, Math.min),
    faultEnd: ends.includes(null) ? null : spanning(ends, Math.max),
  }
}

interface Moment {
  earliest: number
  latest: number
}

function onsetOf({ start, end, lasts, completed }: Step): Moment | null {
  if (start === null || end === null || end < start) return null
  if (lasts === null || !completed) return { earliest: start, latest: end }
  return { earliest: start, latest: Math.max(start, end - lasts * 1000) }
}

function endOf({ start, end, lasts, completed }: Step): Moment | null {
  if (start === null || end === null || lasts === null) return null
  return { earliest: completed ? Math.min(end, start + lasts * 1000) : start, latest: end }
}

/** All of them: some began before others, the last to begin and to end decides the latest moment. */
function spanning(moments: (Moment | null)[], first: (...values: number[]) => number): Bounds | null {
  const known = moments.filter((moment) => moment !== null)
  return boundsOf({
    earliest: first(...known.map(({ earliest }) => earliest)),
    latest: Math.max(...known.map(({ latest }) => latest)),
  })
}
