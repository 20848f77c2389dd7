/** A catalogued experiment as a definition. */
import { cadenceDays } from '../../../facts/cadence.js'
import type { Condition, Experiment } from '../../../facts/experiment.js'
import type { Source } from '../../../facts/source.js'
import { faultVocabulary, normaliseFault } from '../../../knowledge/faults.js'
import type { CataloguedExperiment } from './schema.js'

export function experimentOf(entry: CataloguedExperiment, source: Source): Experiment {
  const { schedule, fault, target } = entry
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
  }
}

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
