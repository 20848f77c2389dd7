/** A catalogued experiment as a definition. */
import { cadenceDays } from '../../../facts/cadence.js'
import type { Condition, Experiment, Plan, Schedule } from '../../../facts/experiment.js'
import { zoneIn } from '../../../facts/schedule-calendar.js'
import type { Source } from '../../../facts/source.js'
import { isTimeZone } from '../../../facts/time-zone.js'
import { faultVocabulary, normaliseFault } from '../../../knowledge/faults.js'
import { measuresOf, secondsOf, textsOf } from '../../own-fields.js'
import type { CataloguedExperiment } from './schema.js'

export function experimentOf(entry: CataloguedExperiment, source: Source): Experiment {
  const { fault, target } = entry
  const schedules = [entry.schedule ?? []].flat()
  const [schedule] = schedules
  const environment = entry.environment ?? schedule?.environment
  return {
    fact: 'experiment',
    source,
    id: String(entry.id),
    title: entry.title,
    hypothesis: entry.hypothesis ?? null,
    target: target ? String(target.component) : null,
    fault: fault ? normaliseFault(String(fault.type), faultVocabulary()) : null,
    environment: environment === undefined ? null : String(environment),
    owner: schedule?.owner === undefined ? null : String(schedule.owner),
    cadenceDays: schedule ? cadenceDays(schedule.every) : null,
    cadence: schedule?.every ?? null,
    requirements: (entry.requirements ?? []).map(String),
    parts: {
      hypothesis: isWritten(entry.hypothesis),
      baseline: isWritten(entry.steadyState),
      blastRadius: isWritten(entry.blastRadius),
      injection: fault !== undefined,
      observation: isWritten(entry.observation) || isWritten(entry.passCriteria),
      abort: isWritten(entry.abort),
      rollback: isWritten(entry.rollback),
    },
    steadyState: (entry.steadyState ?? []).map(conditionOf),
    passCriteria: (entry.passCriteria ?? []).map(conditionOf),
    covers: (entry.covers ?? []).map(String),
    commands: [],
    plan: planOf(entry, schedules),
  }
}

function planOf(entry: CataloguedExperiment, schedules: Stated[]): Plan {
  return {
    effortHours: entry.effortHours ?? null,
    status: entry.status ?? null,
    risk: entry.risk ?? null,
    since: entry.since ?? null,
    parameters: measuresOf(entry.fault?.parameters ?? {}),
    texts: textsOf(entry.fault?.parameters ?? {}),
    schedules: schedules.map(scheduleOf),
    abort: (entry.abort ?? []).flatMap((abort) =>
      typeof abort === 'string'
        ? []
        : { ...conditionOf(abort), windowSeconds: abort.window === undefined ? 0 : secondsOf(abort.window) },
    ),
  }
}

function scheduleOf({ every, environment, owner, zone }: Stated): Schedule {
  const own = zoneIn(every)
  return {
    every,
    environment: environment === undefined ? null : String(environment),
    owner: owner === undefined ? null : String(owner),
    zone: zone ?? (own !== null && isTimeZone(own) ? own : 'UTC'),
  }
}

type Stated = Extract<NonNullable<CataloguedExperiment['schedule']>, unknown[]>[number]

function conditionOf({
  metric,
  op,
  value,
  unit,
}: NonNullable<CataloguedExperiment['steadyState']>[number]): Condition {
  return { metric: String(metric), operator: op, value, unit: unit ?? null }
}

/** Whether anything stands there: text, a step, a field. */
function isWritten(value: string | object | null | undefined): boolean {
  if (value === null || value === undefined) return false
  return typeof value === 'string' ? value.trim() !== '' : Object.keys(value).length > 0
}
