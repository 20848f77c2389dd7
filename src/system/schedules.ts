/** A schedule against the runs that kept it: expected against actual by the calendar, when the next is due. */
import type { Run, Schedule } from '../facts/experiment.js'
import { endOfDay, nextByCadence } from '../facts/cadence.js'
import { compareText } from '../facts/source.js'
import { type Rhythm, rhythmOf, ticksBetween } from '../facts/schedule-calendar.js'
import { instantsAt, wallTime } from '../facts/time-zone.js'
import { safetyRules } from '../knowledge/safety/safety-rules.js'
import { monthOf, type Slot, slotsOf } from './schedule-slots.js'

export interface ScheduleState extends Schedule {
  /** Of runs in its environment. */
  runs: number
  lastRun: string | null
  /** The last that proves something: a schedule is due from then. */
  lastCounted: string | null
  due: string | null
  /** `due` since its time came, `overdue` once that is long ago; `stale` where nothing tells when it is due. */
  state: 'never-run' | 'unknown' | 'current' | 'due' | 'overdue' | 'stale'
  /** From when its periods are counted, by the definition or, where that has no day, by the first run; null without both. */
  countedFrom: string | null
  countedBy: 'definition' | 'first-run' | null
  /** Whole periods since then, and in how many of them it ran; null where they cannot be counted. */
  expected: number | null
  kept: number | null
  /** Of the last year: months with fewer than asked. A kept period is of the month of its first run, else of its own. */
  shortMonths: { month: string; expected: number; kept: number }[]
}

const MS_PER_DAY = 86_400_000
/** Long enough for the rarest schedule to come round. */
const HORIZON = 3 * 366 * MS_PER_DAY
const MONTHS_SHOWN = 12

export interface ScheduleContext {
  since: string | null
  freshnessDays: number
  /** Whether runs of it would be among those that were read. */
  isRecorded: boolean
  /** Days between runs, where the schedule is no word. */
  days: number | null
  asOf: string
}

export function scheduleState(schedule: Schedule, runs: Run[], context: ScheduleContext): ScheduleState {
  const asOf = Date.parse(context.asOf)
  const rhythm = rhythmOf(schedule.every)
  const times = timesOf(runs, asOf)
  // A run that proves nothing keeps no schedule.
  const keeping = timesOf(
    runs.filter(({ grade }) => grade !== 'invalid'),
    asOf,
  )
  const due = nextDue(schedule, rhythm, keeping.at(-1) ?? null, context.days)
  return {
    ...schedule,
    runs: runs.length,
    lastRun: inUtc(times.at(-1)),
    lastCounted: inUtc(keeping.at(-1)),
    due: due === null ? null : inUtc(due.at),
    state: stateOf(runs, keeping, due, context),
    ...countsOf(schedule, rhythm, keeping, context),
  }
}

function nextDue(
  { every, zone }: Schedule,
  rhythm: Rhythm | null,
  last: number | null,
  days: number | null,
): { at: number; graceMs: number } | null {
  if (last === null) return null
  const next = nextByCadence(every, last, zone) ?? (days === null ? null : last + days * MS_PER_DAY)
  // The whole day is there to run it.
  if (next !== null) return { at: next, graceMs: endOfDay(next, zone) - 1 - next }
  if (rhythm === null) return null
  const graceMs = safetyRules().cronGraceHours * 3_600_000
  // A run shortly before its time was for that time, unless the next one is nearer.
  const [first, second] = firstTicks(rhythm, zone, last)
  if (first === undefined) return null
  const early = second !== undefined && first - last <= Math.min(graceMs, (second - first) / 2)
  return { at: early ? second : first, graceMs }
}

/** The two ticks after an instant, looked for near at hand first. */
function firstTicks(rhythm: Rhythm, zone: string, after: number): number[] {
  let ticks: number[] = []
  for (let span = 8 * MS_PER_DAY; ticks.length < 2 && span <= HORIZON * 2; span *= 8)
    ticks = ticksBetween(rhythm, zone, after + 1, after + Math.min(span, HORIZON))
  return ticks
}

function stateOf(
  runs: Run[],
  keeping: number[],
  due: { at: number; graceMs: number } | null,
  { freshnessDays, isRecorded, asOf }: ScheduleContext,
): ScheduleState['state'] {
  if (runs.length === 0) return isRecorded ? 'never-run' : 'unknown'
  const now = Date.parse(asOf)
  if (due !== null)
    return due.at + due.graceMs < now ? 'overdue' : due.at < now && due.graceMs > 0 ? 'due' : 'current'
  const age = keeping.length === 0 ? Infinity : (now - keeping.at(-1)!) / MS_PER_DAY
  return age > freshnessDays ? 'stale' : 'current'
}

type Counts = Pick<ScheduleState, 'countedFrom' | 'countedBy' | 'expected' | 'kept' | 'shortMonths'>

function countsOf(
  { zone }: Schedule,
  rhythm: Rhythm | null,
  keeping: number[],
  { since, asOf }: ScheduleContext,
): Counts {
  const now = Date.parse(asOf)
  const first = keeping[0]
  const from = since === null ? first : instantsAt(Date.parse(`${since}T00:00:00Z`), zone).earliest
  if (rhythm === null || from === undefined)
    return { countedFrom: null, countedBy: null, expected: null, kept: null, shortMonths: [] }
  const slots = slotsOf(rhythm, zone, Math.max(from, now - HORIZON), now, since === null)
  const kept = firstRuns(slots, keeping)
  return {
    countedFrom: inUtc(Math.max(from, now - HORIZON)),
    countedBy: since === null ? 'first-run' : 'definition',
    expected: slots.length,
    kept: kept.size,
    shortMonths: shortMonths(slots, kept, zone),
  }
}

/** Of each slot that was kept the first run in it. */
function firstRuns(slots: Slot[], times: number[]): Map<Slot, number> {
  return new Map(
    slots.flatMap((slot) => {
      const first = times.find((time) => time >= slot.from && time < slot.to)
      return first === undefined ? [] : [[slot, first] as const]
    }),
  )
}

function shortMonths(slots: Slot[], kept: Map<Slot, number>, zone: string): Counts['shortMonths'] {
  const months = new Map<string, { month: string; expected: number; kept: number }>()
  for (const slot of slots) {
    const run = kept.get(slot)
    const month = run === undefined ? slot.month : monthOf(wallTime(run, zone))
    const row = months.get(month) ?? { month, expected: 0, kept: 0 }
    months.set(month, row)
    row.expected += 1
    if (run !== undefined) row.kept += 1
  }
  return [...months.values()]
    .sort((a, b) => compareText(a.month, b.month))
    .slice(-MONTHS_SHOWN)
    .filter(({ expected, kept }) => kept < expected)
}

/** Rising; what is dated after the review has not happened. */
function timesOf(runs: Run[], asOf: number): number[] {
  return runs
    .flatMap(({ startedAt }) => (startedAt === null ? [] : Date.parse(startedAt)))
    .filter((time) => time <= asOf)
    .sort((a, b) => a - b)
}

function inUtc(instant: number | undefined): string | null {
  return instant === undefined ? null : new Date(instant).toISOString()
}
