/** A Chaos Toolkit journal as one compact record, over all dialects since 0.12. */
import { parseInstant } from '../../../facts/instants.js'
import { type Activity, type ActivityRun, readActivity, readActivityRun, timesOf } from './activity.js'
import { booleanOf, type Fields, fieldsOf, listOf, textOf } from './values.js'

/** One evaluation of the hypothesis. `met` null: not measured. Times are milliseconds UTC. */
export interface SteadyState {
  met: boolean | null
  /** How many of its probes were sampled. */
  sampled: number
  start: number | null
  end: number | null
}

export interface Journal {
  title: string | null
  /** `completed`, `failed`, `aborted`, `interrupted`; null in a live or crashed file. */
  status: string | null
  deviated: boolean
  dry: boolean
  start: number | null
  end: number | null
  /** Probes of the hypothesis; null when the experiment has none. */
  hypothesis: Activity[] | null
  declaredRollbacks: Activity[]
  /** False in dialects that record no outcome of the hypothesis. */
  recordsOutcome: boolean
  before: SteadyState | null
  during: SteadyState[]
  after: SteadyState | null
  run: ActivityRun[]
  rollbacks: ActivityRun[]
  tags: string[]
  configuration: Fields
  /** Fields whose time cannot be used: `$.end: before the start`. */
  badTimes: string[]
}

export function readJournal(document: Fields): Journal {
  const experiment = fieldsOf(document['experiment']) ?? {}
  const declared = fieldsOf(experiment['steady-state-hypothesis'])
  const hypothesis = declared ? listOf(declared['probes']).map(readActivity) : null
  const probes = hypothesis ?? []
  const states = fieldsOf(document['steady_states'])
  const activities = (key: string): ActivityRun[] =>
    listOf(document[key]).map((run, index) => readActivityRun(run, `$.${key}[${index}]`, probes))
  const run = activities('run')
  const rollbacks = activities('rollbacks')
  const start = textOf(document['start'])
  const end = textOf(document['end'])
  const instants = { start: start && parseInstant(start), end: end && parseInstant(end) }
  const during = states ? listOf(states['during']) : []
  return {
    title: textOf(experiment['title']),
    status: textOf(document['status']),
    deviated: document['deviated'] === true,
    dry: ![undefined, null, false].some((off) => off === experiment['dry']),
    start: typeof instants.start === 'number' ? instants.start : null,
    end: typeof instants.end === 'number' ? instants.end : null,
    hypothesis,
    declaredRollbacks: listOf(experiment['rollbacks']).map(readActivity),
    recordsOutcome: states !== null,
    before: readSteadyState(states?.['before']),
    during: during.flatMap((state) => readSteadyState(state) ?? []),
    after: readSteadyState(states?.['after']),
    run,
    rollbacks,
    tags: listOf(experiment['tags']).flatMap((tag) => textOf(tag) ?? []),
    configuration: fieldsOf(experiment['configuration']) ?? {},
    badTimes: badTimesOf({ pointer: '$', ...instants }, [...run, ...rollbacks]),
  }
}

/** Of its probes only the times: whether they held was decided when they ran. */
function readSteadyState(value: unknown): SteadyState | null {
  const state = fieldsOf(value)
  if (!state) return null
  const probes = listOf(state['probes']).map(timesOf)
  return {
    met: booleanOf(state['steady_state_met']),
    sampled: probes.length,
    start: probes.reduce<Time>((first, { start }) => ofKnown(Math.min, first, start), null),
    end: probes.reduce<Time>((last, { end }) => ofKnown(Math.max, last, end), null),
  }
}

type Time = number | null

function ofKnown(choose: (a: number, b: number) => number, a: Time, b: Time): Time {
  return a === null ? b : b === null ? a : choose(a, b)
}

interface Timed {
  pointer: string
  start: number | '' | null
  end: number | '' | null
}

function badTimesOf(whole: Timed, runs: Timed[]): string[] {
  return [whole, ...runs].flatMap(({ pointer, start, end }) => {
    if (typeof start !== 'number') return [`${pointer}.start: no usable time`]
    if (typeof end !== 'number') return [`${pointer}.end: no usable time`]
    return end < start ? [`${pointer}.end: before the start`] : []
  })
}
