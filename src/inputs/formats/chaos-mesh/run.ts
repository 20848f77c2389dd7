/** A fault that ran, graded by what its status proves. Chaos Mesh says nothing of the service: the outcome stands elsewhere. */
import type { Grade, Run } from '../../../facts/experiment.js'
import { recordedRun } from '../../chaos-tools/records.js'
import { formatInstant } from '../../../facts/instants.js'
import { boundsOf, unknownRecovery } from '../../../recovery/sampled-recovery.js'
import { BASELINE_NOT_MEASURED, OUTCOME_NOT_MEASURED } from '../../../recovery/unmeasured.js'
import { declaredIn, identityOf, type Identity } from '../../chaos-objects.js'
import type { Field } from '../../field.js'
import { faultSpecOf, type FaultSpec } from './fault.js'
import { definitionBehind, NODE_LABEL, SCHEDULE_LABEL, WORKFLOW_LABEL } from './labels.js'
import { type Records, recordsOf } from './records.js'

const UID_SHOWN = 8
export const NO_RECOVERY =
  'Chaos Mesh records when the fault was taken away, not when the service worked again; a StatusCheck with its records would show it'

/** Whether the object is one that ran, and not a manifest. */
export function hasRun(object: Field): boolean {
  return object.get('status', 'experiment').exists || object.get('status', 'conditions').items().length > 0
}

/** Unique for each object that existed, whatever file tells of it. */
export function runIdOf(kind: string, { namespace, name, uid, createdAt }: Identity): string {
  const which = uid?.slice(0, UID_SHOWN) ?? createdAt?.replace(/\D/g, '').slice(0, 14)
  return ['chaos-mesh', namespace, kind, name, which].filter(Boolean).join('-')
}

export function readRun(object: Field, kind: string): Run {
  const identity = identityOf(object)
  const status = object.get('status')
  const records = recordsOf(status)
  const spec = faultSpecOf(kind, object.get('spec'))
  const { grade, reasons } = gradeOf(records, status)
  const { start, end } = records
  return {
    ...emptyRun(object, identity),
    id: runIdOf(kind, identity),
    experiment: definitionBehind(identity.labels) ?? identity.name,
    startedAt: start ? formatInstant(start.earliest) : identity.createdAt,
    endedAt: end && formatInstant(end.latest),
    target: spec.target,
    ...(spec.between && { between: spec.between }),
    fault: spec.fault,
    grade,
    reasons,
    faultStart: boundsOf(start),
    faultEnd: boundsOf(end),
    faultVerified: isCut(records, status) ? null : records.injected,
    rolledBack: rolledBack(records, spec, status),
    recovery: unknownRecovery(grade === 'invalid' ? 'the run is invalid' : NO_RECOVERY),
  }
}

/** What is alike for all that Chaos Mesh tells of a run. */
export function emptyRun(object: Field, identity: Identity): Run {
  const { labels } = identity
  return recordedRun({
    source: object.source,
    id: '',
    ...((identity.uid ?? identity.createdAt) !== null && { isExport: true as const }),
    format: 'chaos-mesh',
    tags: Object.entries(labels).map(([key, value]) => `${key}=${value}`),
    environment: declaredIn(identity, 'environment', 'env'),
    recovery: unknownRecovery(NO_RECOVERY),
    partOf: [labels[WORKFLOW_LABEL], labels[SCHEDULE_LABEL], labels[NODE_LABEL]].flatMap(
      (name) => name ?? [],
    ),
  })
}

function gradeOf(records: Records, status: Field): { grade: Grade; reasons: string[] } {
  const refuted = notInjected(records, status)
  const { targets, reached, injected, gaps } = records
  const open = [
    ...(isCut(records, status)
      ? ['injection not proven: targets were selected, but the record of them is missing']
      : []),
    ...(injected === null
      ? ['injection not proven: this version of Chaos Mesh records neither events nor counts']
      : []),
    ...(injected === true && reached < targets ? [`the fault reached ${reached} of ${targets} targets`] : []),
    ...(isTrue(status, 'Paused') ? ['the fault was paused when it was exported'] : []),
    ...gaps,
    BASELINE_NOT_MEASURED,
    OUTCOME_NOT_MEASURED,
  ]
  return { grade: refuted.length > 0 ? 'invalid' : 'weak', reasons: [...refuted, ...open] }
}

function notInjected(records: Records, status: Field): string[] {
  const { injected, targets, failures } = records
  if (isCut(records, status)) return []
  if (targets === 0) return ['nothing was selected: the fault had no target, so nothing was injected']
  if (injected !== false) return []
  const why = failures.length > 0 ? `: ${failures[0]!}` : ''
  const claim = isTrue(status, 'AllRecovered') ? ', though AllRecovered is True' : ''
  return [`the fault was never injected: no record has an Apply that succeeded${claim}${why}`]
}

/** What was selected stands in records of its own: without them the export is not whole. */
function isCut({ targets }: Records, status: Field): boolean {
  return targets === 0 && isTrue(status, 'Selected')
}

/** Null where there is nothing to undo, or it was not due yet. */
function rolledBack(records: Records, { oneShot }: FaultSpec, status: Field): boolean | null {
  if (oneShot || records.injected !== true) return null
  if (records.recovered) return true
  const isDue = status.get('experiment', 'desiredPhase').text() === 'Stop'
  return isDue && records.recoveryFailed ? false : null
}

function isTrue(status: Field, condition: string): boolean {
  return status
    .get('conditions')
    .items()
    .some(
      (item) => item.get('type').text() === condition && item.get('status').text()?.toLowerCase() === 'true',
    )
}
