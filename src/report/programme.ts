/** Definitions, runs and what they come to, as the result writes them. */
import type { Run } from '../facts/experiment.js'
import { groupedBy } from '../facts/grouped.js'
import type { Judged } from '../score/finding.js'
import type { Model } from '../system/model.js'
import type { ProgrammeEntry } from '../system/programme.js'
import { evidence } from './places.js'
import type { Result } from './result.js'

/** Patterns of the checks that ask how a run was carried out. */
const SAFETY = ['experiment-safety', 'safety-policy']

export function experimentOf({ experiment, runs, ...kept }: ProgrammeEntry): Result['experiments'][number] {
  const { id, title, target, fault, environment, owner, cadence, requirements, parts, plan } = experiment
  const { lastRun, lastCounted, due, state, unknown, schedules } = kept
  return {
    id,
    title,
    source: evidence(experiment.source),
    target,
    targetReason: experiment.targetReason ?? experiment.targetDoubt ?? null,
    fault,
    environment,
    owner,
    cadence,
    requirements,
    parts,
    runs: runs.length,
    lastRun,
    lastCounted,
    due,
    state,
    stateReason: unknown,
    status: plan?.status ?? null,
    effortHours: plan?.effortHours ?? null,
    schedules,
  }
}

export function runsOf(runs: Run[], judged: Judged[]): Result['runs'] {
  const asked = judged.filter(
    ({ rule, subject, outcome }) =>
      subject.kind === 'run' && SAFETY.includes(rule.pattern) && outcome !== 'not-applicable',
  )
  const byRun = groupedBy(asked, ({ subject }) => subject.identity)
  return runs.map((run) => ({
    id: run.id,
    experiment: run.experiment,
    experimentReason: run.experimentReason ?? null,
    format: run.format,
    source: evidence(run.source),
    startedAt: run.startedAt,
    endedAt: run.endedAt,
    environment: run.environment,
    target: run.target,
    fault: run.fault,
    verdict: run.verdict,
    grade: run.grade,
    reasons: run.reasons,
    recovery: run.recovery,
    observedBy: run.observedBy ?? null,
    safety: (byRun.get(run.id) ?? []).map(({ rule, outcome, message, reason }) => ({
      rule: rule.id,
      outcome,
      message: reason ?? message,
    })),
  }))
}

export function programmeOf({ traceability, gameDays, safety }: Model): Result['programme'] {
  return {
    ...traceability,
    gameDays,
    assumedEnds: safety.assumedEnds,
    policies: safety.policies.map(({ environment, source }) => ({ environment, source: evidence(source) })),
  }
}
