/** Recovery of a logged run: from its samples, else as the log states it. */
import type { Recovery } from '../../../facts/experiment.js'
import { parseInstant } from '../../../facts/instants.js'
import type { RecoveryPolicy } from '../../../knowledge/recovery-policy.js'
import { secondsOf } from '../../own-fields.js'
import { type Moment, recoveryFromSamples, unknownRecovery } from '../../../recovery/sampled-recovery.js'
import type { LoggedRun } from './schema.js'

export function recoveryOf(run: LoggedRun, policy: RecoveryPolicy): Recovery {
  const faultStart = momentOf(run.faultStartedAt)
  const samples = run.samples ?? []
  if (samples.length > 0 && faultStart) {
    const observed = samples.map(({ at, ok }) => ({ start: parseInstant(at)!, end: parseInstant(at)!, ok }))
    return recoveryFromSamples(observed, faultStart, momentOf(run.faultEndedAt), policy)
  }
  if (run.recovery)
    return statedRecovery(run.recovery, run.faultEndedAt === undefined ? 'fault-start' : 'fault-end')
  if (samples.length > 0) return unknownRecovery('the samples cannot be timed: faultStartedAt is not stated')
  return unknownRecovery('neither samples nor a recovery are stated')
}

/** Whether anything was observed once the fault was there. */
export function measuredAfterFault(run: LoggedRun): boolean {
  const faultStart = momentOf(run.faultStartedAt)
  return (
    run.recovery !== undefined ||
    (faultStart !== null && (run.samples ?? []).some(({ at }) => parseInstant(at)! >= faultStart.earliest))
  )
}

function statedRecovery(stated: NonNullable<LoggedRun['recovery']>, from: Recovery['from']): Recovery {
  const nothing = { seconds: null, low: null, high: null, from, reason: null }
  if ('seconds' in stated) return { ...nothing, kind: 'recovered', seconds: secondsOf(stated.seconds) }
  if ('notRecoveredWithin' in stated) {
    return { ...nothing, kind: 'not-recovered-within', low: secondsOf(stated.notRecoveredWithin) }
  }
  if ('absorbed' in stated) return { ...nothing, kind: 'absorbed' }
  const [low, high] = stated.between
  return { ...nothing, kind: 'between', low: secondsOf(low), high: secondsOf(high) }
}

export function momentOf(instant: string | undefined): Moment | null {
  const at = instant === undefined ? null : parseInstant(instant)
  return at === null ? null : { earliest: at, latest: at }
}
