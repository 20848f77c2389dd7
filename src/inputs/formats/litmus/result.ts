/** A ChaosResult as a graded run: the last one, for each run of the engine writes over what the one before has left. */
import type { Run, RunVerdict } from '../../../facts/experiment.js'
import { faultVocabulary, normaliseFault } from '../../../knowledge/faults.js'
import { unknownRecovery } from '../../../recovery/sampled-recovery.js'
import { declaredIn, identityOf, type Identity } from '../../chaos-objects.js'
import type { Field } from '../../field.js'
import { gradeOf } from './grading.js'
import { type Status, statusOf } from './status.js'

const UID_SHOWN = 8
const VERDICTS = new Map<string, RunVerdict>([
  ['pass', 'pass'],
  ['passed', 'pass'],
  ['fail', 'fail'],
  ['failed', 'fail'],
  ['stopped', 'aborted'],
])
export const NO_RECOVERY =
  'Litmus records no time of the fault or of the recovery in its results; the Kubernetes Events, the logs or Prometheus have them'

/** None for a result without a status: nothing ran yet. */
export function readResult(object: Field): Run[] {
  const status = statusOf(object.get('status'))
  if (status === null) return []
  const identity = identityOf(object)
  const [engine, experiment] = [object.get('spec', 'engine').text(), object.get('spec', 'experiment').text()]
  const verdict = verdictOf(status.verdict)
  const { grade, reasons, refuted } = gradeOf(status, verdict)
  const onlyRun = status.knownRuns !== null && status.knownRuns <= 1
  return [
    {
      ...emptyRun(object, identity, engine, experiment),
      id: ['litmus', identity.namespace, identity.name, identity.uid?.slice(0, UID_SHOWN)]
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

/** Awaited is no verdict, and an error says nothing of the service. */
export function verdictOf(verdict: string | null): RunVerdict {
  return VERDICTS.get(verdict?.toLowerCase() ?? '') ?? 'unknown'
}

/** What is alike for results and engines. */
export function emptyRun(
  object: Field,
  identity: Identity,
  engine: string | null,
  experiment: string | null,
): Run {
  return {
    fact: 'run',
    source: object.source,
    id: '',
    experiment: [engine, experiment].filter((name) => name !== null).join('/') || null,
    format: 'litmus',
    startedAt: null,
    endedAt: null,
    environment: declaredIn(identity, 'environment', 'env'),
    target: null,
    fault: experiment === null ? null : normaliseFault(experiment, faultVocabulary()),
    verdict: 'unknown',
    grade: 'weak',
    reasons: [],
    faultStart: null,
    faultEnd: null,
    baselineMet: null,
    faultVerified: null,
    load: null,
    rolledBack: null,
    recovery: unknownRecovery(NO_RECOVERY),
    mechanism: null,
    metrics: [],
    alerts: [],
    covers: [],
    notes: null,
    partOf: [identity.namespace, ...[engine, experiment].flatMap((name) => name ?? [])],
  }
}

function targetOf({ targets }: Status): string | null {
  const names = new Set(targets.map(({ name }) => name))
  return names.size === 1 ? ([...names][0] ?? null) : null
}
