/** A logged run, graded by what the log states. */
import type { Grade, Run } from '../../../facts/experiment.js'
import { formatInstant, parseInstant } from '../../../facts/instants.js'
import type { Source } from '../../../facts/source.js'
import { faultVocabulary, normaliseFault } from '../../../knowledge/faults.js'
import { recoveryPolicy } from '../../../knowledge/recovery-policy.js'
import { boundsOf } from '../../../recovery/sampled-recovery.js'
import { conductOf } from './conduct.js'
import { measuredAfterFault, momentOf, recoveryOf } from './recovery.js'
import type { LoggedRun } from './schema.js'

const OUTCOME_NOT_MEASURED =
  'the outcome was not measured after the fault (samples with faultStartedAt, or recovery)'
const RECOVERY_NOT_RECORDED =
  'values after the fault are recorded, but not when they were reached: no recovery time (samples with faultStartedAt, or recovery)'

export function runOf(run: LoggedRun, source: Source): Run {
  return {
    fact: 'run',
    source,
    id: String(run.id),
    experiment: String(run.experiment),
    format: 'experiment-log',
    startedAt: inUtc(run.startedAt),
    endedAt: inUtc(run.endedAt),
    environment: String(run.environment),
    target: String(run.target),
    fault: normaliseFault(String(run.fault), faultVocabulary()),
    verdict: run.verdict,
    ...gradeOf(run),
    faultStart: boundsOf(momentOf(run.faultStartedAt)),
    faultEnd: boundsOf(momentOf(run.faultEndedAt)),
    baselineMet: run.baselineMet ?? null,
    faultVerified: run.faultVerified ?? null,
    load: run.load ?? null,
    rolledBack: run.rollback?.succeeded ?? null,
    recovery: recoveryOf(run, recoveryPolicy()),
    mechanism: run.mechanism ?? null,
    metrics: Object.entries(run.metrics ?? {}).map(
      ([name, { baseline = null, during = null, after = null, unit = null }]) => ({
        name,
        baseline,
        during,
        after,
        unit,
      }),
    ),
    alerts: (run.alerts ?? []).map(({ name, firedAt }) => ({
      name: String(name),
      firedAt: inUtc(firedAt),
      afterSeconds: secondsBetween(run.faultStartedAt, firedAt),
    })),
    covers: (run.covers ?? []).map(String),
    notes: run.notes ?? null,
    conduct: conductOf(run),
  }
}

/** Valid needs all three: the baseline met, the fault verified, the outcome measured after the injection. */
function gradeOf(run: LoggedRun): { grade: Grade; reasons: string[] } {
  const refuted = [
    ...(run.baselineMet === false ? ['the baseline was not met'] : []),
    ...(run.faultVerified === false ? ['the fault was not active'] : []),
  ]
  const open = [
    ...(run.baselineMet === undefined ? ['not stated whether the baseline was met (baselineMet)'] : []),
    ...(run.faultVerified === undefined ? ['not stated whether the fault was active (faultVerified)'] : []),
    ...(measuredAfterFault(run) ? [] : [hasValuesAfter(run) ? RECOVERY_NOT_RECORDED : OUTCOME_NOT_MEASURED]),
  ]
  const grade = refuted.length > 0 ? 'invalid' : open.length > 0 ? 'weak' : 'valid'
  return { grade, reasons: [...refuted, ...open] }
}

function hasValuesAfter({ metrics }: LoggedRun): boolean {
  return Object.values(metrics ?? {}).some(({ after = null }) => after !== null)
}

function inUtc(instant: string | undefined): string | null {
  return instant === undefined ? null : formatInstant(parseInstant(instant)!)
}

function secondsBetween(from: string | undefined, to: string | undefined): number | null {
  if (from === undefined || to === undefined) return null
  return Math.round(parseInstant(to)! - parseInstant(from)!) / 1000
}
