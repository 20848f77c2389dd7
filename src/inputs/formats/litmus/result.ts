/** A ChaosResult as a graded run: the last one, for each run of the engine writes over what the one before has left. */
import type { Run } from '../../../facts/experiment.js'
import { recordedRun } from '../../chaos-tools/records.js'
import { faultVocabulary, normaliseFault } from '../../../knowledge/faults.js'
import { unknownRecovery } from '../../../recovery/sampled-recovery.js'
import { declaredIn, identityOf, type Identity } from '../../chaos-objects.js'
import type { Field } from '../../field.js'
import { gradeOf } from './grading.js'
import { type Status, statusOf } from './status.js'
import { isError, isOpen, verdictOf } from './words.js'

const UID_SHOWN = 8
/** Label of a result: the engine that it is of. */
const ENGINE_UID = 'chaosUID'
export const NO_RECOVERY =
  'Litmus records no time of the fault or of the recovery in its results; the Kubernetes Events, the logs or Prometheus have them'

/** None for a result without a status: nothing ran yet. */
export function readResult(object: Field): Run[] {
  const status = statusOf(object.get('status'))
  if (status === null) return []
  const identity = identityOf(object)
  const [engine, experiment] = [object.get('spec', 'engine').text(), object.get('spec', 'experiment').text()]
  const verdict = verdictOf(status.verdict)
  const { grade, reasons, refuted } = gradeOf(status, verdict, experiment)
  const onlyRun = status.knownRuns !== null && status.knownRuns <= 1
  return [
    {
      ...emptyRun(object, identity, [engine, experiment, identity.labels[ENGINE_UID] ?? null]),
      id: ['litmus', identity.namespace, identity.name, identity.uid?.slice(0, UID_SHOWN), whichRun(status)]
        .filter(Boolean)
        .join('-'),
      // The object is made when the first run starts.
      startedAt: onlyRun ? identity.createdAt : null,
      target: targetOf(status),
      verdict: verdict === 'pass' && status.failedProbes.length > 0 ? 'fail' : verdict,
      grade,
      reasons,
      baselineMet: status.baseline,
      faultVerified: status.injected,
      rolledBack: status.reverted,
      recovery: unknownRecovery(refuted ? 'the run is invalid' : NO_RECOVERY),
      notes:
        status.failedBefore > 0
          ? `the history counts ${status.failedBefore} failed runs, of which this result keeps nothing but the number`
          : null,
    },
  ]
}

/** Each run writes over the result of the one before: which it was the history tells. One that ends with an error is not counted there. */
function whichRun({ verdict, knownRuns }: Status): string | null {
  const which = (knownRuns ?? 0) + Number(isOpen(verdict) || isError(verdict))
  return which > 1 ? `run-${which}${isError(verdict) ? '-error' : ''}` : null
}

/** What is alike for results and engines. */
export function emptyRun(
  object: Field,
  identity: Identity,
  [engine, experiment, engineUid]: [
    engine: string | null,
    experiment: string | null,
    engineUid: string | null,
  ],
): Run {
  return recordedRun({
    source: object.source,
    id: '',
    ...(identity.uid !== null && { isExport: true as const }),
    experiment: [engine, experiment].filter((name) => name !== null).join('/') || null,
    format: 'litmus',
    tags: Object.entries(identity.labels).map(([key, value]) => `${key}=${value}`),
    environment: declaredIn(identity, 'environment', 'env'),
    fault: experiment === null ? null : normaliseFault(experiment, faultVocabulary()),
    recovery: unknownRecovery(NO_RECOVERY),
    partOf: [identity.namespace, ...[engine, experiment, engineUid].flatMap((name) => name ?? [])],
  })
}

function targetOf({ targets }: Status): string | null {
  const names = new Set(targets.map(({ name }) => name))
  return names.size === 1 ? ([...names][0] ?? null) : null
}
