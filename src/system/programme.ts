/** The experiment programme: for each definition its runs, when it last ran and when it is due. */
import type { Experiment, Run } from '../facts/experiment.js'
import type { Configuration } from '../knowledge/configuration.js'

export interface ProgrammeEntry {
  experiment: Experiment
  runs: Run[]
  lastRun: string | null
  due: string | null
  /** `overdue` by its own cadence; `stale` without one, when the last run is older than `policies.freshnessDays`. */
  state: 'never-run' | 'current' | 'overdue' | 'stale'
}

const MS_PER_DAY = 86_400_000

/** A run belongs to the definition whose id or title it names. */
export function programmeOf(
  experiments: Experiment[],
  runs: Run[],
  configuration: Configuration,
  asOf: string,
): ProgrammeEntry[] {
  return experiments.map((experiment) => {
    const own = runs.filter(
      (run) =>
        run.experiment !== null && (run.experiment === experiment.id || run.experiment === experiment.title),
    )
    const lastRun =
      own
        .map((run) => run.startedAt)
        .filter((time) => time !== null)
        .sort()
        .at(-1) ?? null
    const due =
      lastRun === null || experiment.cadenceDays === null
        ? null
        : new Date(Date.parse(lastRun) + experiment.cadenceDays * MS_PER_DAY).toISOString()
    return { experiment, runs: own, lastRun, due, state: stateOf(own, lastRun, due, configuration, asOf) }
  })
}

function stateOf(
  runs: Run[],
  lastRun: string | null,
  due: string | null,
  configuration: Configuration,
  asOf: string,
): ProgrammeEntry['state'] {
  if (runs.length === 0) return 'never-run'
  if (due !== null) return Date.parse(due) < Date.parse(asOf) ? 'overdue' : 'current'
  const age = lastRun === null ? Infinity : (Date.parse(asOf) - Date.parse(lastRun)) / MS_PER_DAY
  return age > configuration.policies.freshnessDays ? 'stale' : 'current'
}
