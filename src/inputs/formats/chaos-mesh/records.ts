/** What the status of a fault proves: which targets it reached, when it began and when it was taken away. */
import { chaosObjects } from '../../../knowledge/chaos-objects.js'
import type { Moment } from '../../../recovery/sampled-recovery.js'
import { momentOf } from '../../chaos-objects.js'
import type { Field } from '../../field.js'

export interface Records {
  /** Null where this version records neither events nor counts. */
  injected: boolean | null
  /** How many targets were selected, and how many of them the fault reached. */
  targets: number
  reached: number
  /** Messages of attempts that failed. */
  failures: string[]
  start: Moment | null
  end: Moment | null
  /** Whether all that was injected was taken away again. */
  recovered: boolean
  /** Whether taking it away was tried in vain. */
  recoveryFailed: boolean
  /** What is wrong with the record of the times. */
  gaps: string[]
}

interface Event {
  operation: string
  ok: boolean
  at: Moment
  message: string | null
}

interface OneRecord {
  injected: boolean | null
  recovered: boolean
  events: Event[]
  gaps: string[]
}

export function recordsOf(status: Field): Records {
  const records = status.get('experiment', 'containerRecords').items().map(readRecord)
  const reached = records.filter(({ injected }) => injected === true)
  const starts = reached.map((record) => firstOf(record, 'Apply'))
  const ends = reached.map((record) => lastOf(record, 'Recover'))
  const recovered = reached.length > 0 && reached.every((record) => record.recovered)
  const window = windowOf(starts, recovered ? ends : [])
  const ofOperation = (operation: string, ok: boolean): Event[] =>
    records.flatMap(({ events }) =>
      events.filter((event) => event.operation === operation && event.ok === ok),
    )
  const isKnown = records.length === 0 || records.some(({ injected }) => injected !== null)
  return {
    injected: isKnown ? reached.length > 0 : null,
    targets: records.length,
    reached: reached.length,
    failures: [...new Set(ofOperation('Apply', false).map(({ message }) => message ?? 'without a message'))],
    ...window,
    recovered,
    recoveryFailed: ofOperation('Recover', false).length > 0,
    gaps: [...new Set([...records.flatMap(({ gaps }) => gaps), ...window.gaps, ...interruption(reached)])],
  }
}

function readRecord(record: Field): OneRecord {
  const { eventsKept } = chaosObjects().chaosMesh
  const written = record.get('events').items()
  const events = written.flatMap(readEvent)
  const [count, recoveredCount] = [record.get('injectedCount'), record.get('recoveredCount')].map((field) =>
    field.number(),
  ) as [number | null, number | null]
  const phase = record.get('phase').text() ?? ''
  const applied = events.some(({ operation, ok }) => operation === 'Apply' && ok)
  const says = (count ?? 0) > 0 || applied || /^Injected(\/|$)/.test(phase)
  const isSilent = count === null && written.length === 0
  return {
    injected: says ? true : isSilent ? null : false,
    recovered:
      /^Not Injected(\/|$)/.test(phase) &&
      ((recoveredCount ?? 0) > 0 || events.some(({ operation, ok }) => operation === 'Recover' && ok)),
    events,
    gaps: [
      ...(events.length < written.length ? ['an event of the fault has no type, operation or time'] : []),
      ...(written.length >= eventsKept ? [`only the last ${eventsKept} events are kept`] : []),
    ],
  }
}

/** Dumps are cut in the middle of an event. */
function readEvent(event: Field): Event[] {
  const [type, operation] = [event.get('type').text(), event.get('operation').text()]
  const at = momentOf(event.get('timestamp'))
  if (type === null || operation === null || at === null) return []
  return [{ operation, ok: type === 'Succeeded', at, message: event.get('message').text() }]
}

function firstOf({ events }: OneRecord, wanted: string): Moment | null {
  return events.find(({ operation, ok }) => operation === wanted && ok)?.at ?? null
}

function lastOf({ events }: OneRecord, wanted: string): Moment | null {
  return events.findLast(({ operation, ok }) => operation === wanted && ok)?.at ?? null
}

/** From the first target that was reached to the last; without the time of one of them it is not known. */
function windowOf(
  starts: (Moment | null)[],
  ends: (Moment | null)[],
): { start: Moment | null; end: Moment | null; gaps: string[] } {
  const [start, end] = [spanOf(starts), spanOf(ends)]
  if (start && end && end.latest < start.earliest)
    return { start: null, end: null, gaps: ['the fault ends before it begins'] }
  const isMissing = starts.length > 0 && start === null
  return { start, end, gaps: isMissing ? ['the time of the injection is not recorded'] : [] }
}

function spanOf(moments: (Moment | null)[]): Moment | null {
  const known = moments.flatMap((moment) => moment ?? [])
  if (known.length === 0 || known.length < moments.length) return null
  return {
    earliest: known.reduce((least, { earliest }) => Math.min(least, earliest), Infinity),
    latest: known.reduce((most, { latest }) => Math.max(most, latest), -Infinity),
  }
}

/** Paused and resumed, or injected anew: between, there was no fault. */
function interruption(reached: OneRecord[]): string[] {
  const isInterrupted = reached.some(({ events }) => {
    const done = events.filter(({ ok }) => ok).map(({ operation }) => operation)
    return done.indexOf('Recover') >= 0 && done.lastIndexOf('Apply') > done.indexOf('Recover')
  })
  return isInterrupted ? ['the fault was interrupted: taken away and injected again'] : []
}
