/** The experiment programme: for each definition its runs, when it last ran and when it is due. */
import type { Experiment, Run, Schedule } from '../facts/experiment.js'
import { zoneIn } from '../facts/schedule-calendar.js'
import { isTimeZone } from '../facts/time-zone.js'
import type { Configuration } from '../knowledge/configuration.js'
import { environmentKey } from './environments.js'
import { withoutRecords } from './run-records.js'
import { scheduleState, type ScheduleState } from './schedules.js'

export interface ProgrammeEntry {
  experiment: Experiment
  runs: Run[]
  lastRun: string | null
  /** The last that was not invalid. */
  lastCounted: string | null
  due: string | null
  /** `overdue` by its own cadence; `stale` without one, when the last run is older than `policies.freshnessDays`. */
  state: 'never-run' | 'unknown' | 'current' | 'overdue' | 'stale'
  /** Why it is not known whether it ran; null for any other state. */
  unknown: string | null
  /** Each of its schedules against the runs in its environment. */
  schedules: ScheduleState[]
}

/** A run belongs to the definition whose id or title it names, unless it is older than that. */
export function programmeOf(
  experiments: Experiment[],
  runs: Run[],
  configuration: Configuration,
  asOf: string,
): ProgrammeEntry[] {
  return experiments.map((experiment) => {
    const since = experiment.plan?.since ?? null
    const own = runs.filter(
      (run) =>
        run.experiment !== null &&
        (run.experiment === experiment.id || run.experiment === experiment.title) &&
        !(since !== null && run.startedAt !== null && run.startedAt < since),
    )
    const unknown = own.length > 0 ? null : withoutRecords(experiment, runs)
    const context = {
      since,
      isRecorded: unknown === null,
      freshnessDays: configuration.policies.freshnessDays,
      days: experiment.cadenceDays,
      asOf,
    }
    const schedules = schedulesOf(experiment).map((schedule) =>
      scheduleState(schedule, runsIn(schedule.environment, own), context),
    )
    const judged = schedules.length > 0 ? schedules : [scheduleState(UNSCHEDULED, own, context)]
    return {
      experiment,
      runs: own,
      ...lastOf(scheduleState(UNSCHEDULED, own, context)),
      due: earliest(judged.map(({ due }) => due)),
      state: unknown === null ? worstOf(own, judged) : 'unknown',
      unknown,
      schedules,
    }
  })
}

function lastOf({ lastRun, lastCounted }: ScheduleState): Pick<ProgrammeEntry, 'lastRun' | 'lastCounted'> {
  return { lastRun, lastCounted }
}

const UNSCHEDULED: Schedule = { every: '', environment: null, owner: null, zone: 'UTC' }

function schedulesOf({ plan, cadence, cadenceDays, owner }: Experiment): Schedule[] {
  const stated = plan?.schedules ?? []
  if (stated.length > 0) return stated
  if (cadence === null && cadenceDays === null) return []
  const zone = cadence === null ? null : zoneIn(cadence)
  return [
    {
      every: cadence ?? '',
      environment: null,
      owner,
      zone: zone !== null && isTimeZone(zone) ? zone : 'UTC',
    },
  ]
}

/** A run that does not say where it was may have been there. */
function runsIn(environment: string | null, runs: Run[]): Run[] {
  if (environment === null) return runs
  return runs.filter(
    (run) => run.environment === null || environmentKey(run.environment) === environmentKey(environment),
  )
}

/** A schedule that was never kept in its environment, while the experiment ran elsewhere, is overdue. */
function worstOf(runs: Run[], schedules: ScheduleState[]): ProgrammeEntry['state'] {
  if (runs.length === 0) return 'never-run'
  const states = schedules.map(({ state }) => state)
  if (states.includes('overdue') || states.includes('never-run')) return 'overdue'
  return states.includes('stale') ? 'stale' : 'current'
}

function earliest(times: (string | null)[]): string | null {
  return times.filter((time) => time !== null).sort()[0] ?? null
}
