/** Recovery time from a journal: an interval or a bound from what was sampled, never the run's duration. */
import type { Recovery } from '../../../facts/experiment.js'
import { formatDuration } from '../../../facts/units.js'
import type { RecoveryPolicy } from '../../../knowledge/recovery-policy.js'
import { recoveryFromSamples, type Sample, unknownRecovery } from '../../../recovery/sampled-recovery.js'
import type { Injection } from './injection.js'
import type { Journal, SteadyState } from './journal.js'

/** `unusable`: why the run proves nothing about recovery, if so. */
export function recoveryOf(
  journal: Journal,
  injection: Injection,
  unusable: string | null,
  policy: RecoveryPolicy,
): Recovery {
  if (unusable !== null) return unknownRecovery(unusable)
  if (!journal.hypothesis) return unknownRecovery('no hypothesis: nothing says what recovered means')
  if (!injection.onset) return unknownRecovery('the time of the fault is not recorded')
  const samples = samplesOf(journal)
  if (samples.length === 0) return unknownRecovery('not measured after the fault')
  const recovery = recoveryFromSamples(samples, injection.onset, null, policy)
  if (recovery.kind !== 'not-recovered-within') return recovery
  if (removedOnlyByRollback(journal, injection)) {
    return unknownRecovery('out of tolerance while the fault was active; not measured after its removal')
  }
  if (isNeverRemoved(journal, injection)) {
    const { length } = journal.declaredRollbacks
    const declared = length === 1 ? 'the declared rollback was' : `the ${length} declared rollbacks were`
    return unknownRecovery(
      `out of tolerance in the last sample; ${declared} not played, so the fault is not known to have ended`,
    )
  }
  const sinceRemoval = injection.removal && samples.at(-1)!.start - injection.removal.latest
  if (sinceRemoval === null || sinceRemoval <= 0) return recovery
  const bound = formatDuration(Math.floor(sinceRemoval / 100) / 10)
  return { ...recovery, reason: `${recovery.reason}, at least ${bound} after the fault was removed` }
}

/** Rollbacks are played after the last check: what they removed was still active when it was made. */
export function removedOnlyByRollback(journal: Journal, injection: Injection): boolean {
  const { nothingInjected, removal, endsByItself } = injection
  return journal.rollbacks.length > 0 && !nothingInjected && removal === null && !endsByItself
}

/** What only a rollback would have removed is not known to have ended while it was observed. */
function isNeverRemoved({ declaredRollbacks, rollbacks }: Journal, injection: Injection): boolean {
  const { removal, endsByItself } = injection
  return declaredRollbacks.length > 0 && rollbacks.length === 0 && removal === null && !endsByItself
}

/** Every observation of the whole hypothesis after the method began, in order of time. */
export function samplesOf(journal: Journal): Sample[] {
  const states = [...journal.during, ...(journal.after ? [journal.after] : [])].flatMap(sampleOf)
  return [...states, ...methodSamples(journal)].sort((a, b) => a.start - b.start)
}

/** Probes of the method that repeat one of the hypothesis. One of several passing does not show that all would. */
export function methodSamples({ run, hypothesis }: Journal): Sample[] {
  const only = hypothesis?.length === 1
  return run.flatMap(({ toleranceMet: ok, start, end }) =>
    start !== null && end !== null && ok !== null && (only || !ok) ? [{ start, end, ok }] : [],
  )
}

function sampleOf({ met, start, end }: SteadyState): Sample[] {
  return met !== null && start !== null && end !== null ? [{ start, end, ok: met }] : []
}
