/** Every run set against the safety policies of its environment. */
import type { AbortCondition, Run } from '../../facts/experiment.js'
import type { Facts } from '../../facts/fact.js'
import type { SafetyPolicy } from '../../facts/safety-policy.js'
import { safetyRules } from '../../knowledge/safety/safety-rules.js'
import type { ProgrammeEntry } from '../programme.js'
import { abortKept } from './abort.js'
import { type Overlap, overlapsOf } from './concurrency.js'
import { permittedThere, policiesFor } from './environment-policies.js'
import { incidentsKept, stagingFirst } from './history.js'
import { limitsKept, targetsKept } from './limits.js'
import { approvalKept, errorBudgetKept, requirementsKept } from './requirements.js'
import { type Safeguard, safeguard } from './safeguard.js'
import { spanOf } from './span.js'
import { type AssumedEnds, assumedEnds, upTo } from './unrecorded-end.js'
import { windowsKept } from './windows.js'

export interface RunSafety {
  anyPolicies: boolean
  permitted: Safeguard
  limits: Safeguard
  targets: Safeguard
  concurrency: Safeguard
  windows: Safeguard
  approval: Safeguard
  requirements: Safeguard
  abortWhen: Safeguard
  errorBudget: Safeguard
  stagingFirst: Safeguard
  incidents: Safeguard
}

export interface Safety {
  policies: SafetyPolicy[]
  overlaps: Map<string, Overlap>
  /** By id. */
  runs: Map<string, RunSafety>
  assumedEnds: AssumedEnds | null
}

const MS_PER_HOUR = 3_600_000

export function safetyOf(facts: Facts, runs: Run[], programme: ProgrammeEntry[], staging: string): Safety {
  const policies = facts.of('safety-policy')
  const longestMs = safetyRules().unrecordedEnd.longestHours * MS_PER_HOUR
  const overlaps = overlapsOf(runs, longestMs)
  const definitions = new Map(programme.flatMap((entry) => entry.runs.map(({ id }) => [id, entry] as const)))
  const judged = runs.map((run): [string, RunSafety] => {
    const own = policiesFor(run.environment, policies)
    const span = spanOf(run)
    const definition = definitions.get(run.id)
    return [
      run.id,
      {
        anyPolicies: policies.length > 0,
        permitted: permittedThere(run.environment, own, policies),
        limits: limitsKept(run, own),
        targets: targetsKept(run, own),
        concurrency: concurrencyKept(overlaps.get(run.id), own),
        windows: windowsKept(span, own, longestMs),
        approval: approvalKept(run, own),
        requirements: requirementsKept(run, definition, own),
        abortWhen: abortKept(run, abortConditions(own, definition)),
        errorBudget: errorBudgetKept(run, own),
        stagingFirst: stagingFirst(run, own, runs, staging),
        incidents: incidentsKept(span, own, facts.of('incident')),
      },
    ]
  })
  return { policies, overlaps, runs: new Map(judged), assumedEnds: assumedEnds(runs, policies) }
}

/** Those of the policy, and those that the definition states for itself. */
function abortConditions(policies: SafetyPolicy[], definition: ProgrammeEntry | undefined): AbortCondition[] {
  return [...policies.flatMap(({ abortWhen }) => abortWhen), ...(definition?.experiment.plan?.abort ?? [])]
}

function concurrencyKept(overlap: Overlap | undefined, policies: SafetyPolicy[]): Safeguard {
  const most = Math.min(...policies.map(({ maxConcurrent }) => maxConcurrent ?? Infinity))
  const kept = safeguard(most < Infinity)
  if (!kept.stated) return kept
  if (!overlap) kept.open.push('when it ran')
  else if (overlap.most > most)
    kept.breaches.push(`${overlap.most} concurrent runs (limit ${most}), with ${overlap.withRuns.join(', ')}`)
  else if (overlap.perhaps > most) kept.open.push(`whether runs that began before had ended, ${upTo()}`)
  return kept
}
