/** A StatusCheck that ran: a series of observations of the service. */
import type { ServiceSamples } from '../../../facts/experiment.js'
import { chaosObjects } from '../../../knowledge/chaos-objects.js'
import { identityOf, timeOf } from '../../chaos-objects.js'
import type { Field } from '../../field.js'
import { WORKFLOW_LABEL } from './labels.js'

const OUTCOMES = new Map([
  ['Success', true],
  ['Failure', false],
])
const HOST = /^[a-z][a-z0-9+.-]*:\/\/(?:[^@/\s]*@)?([^/:?#\s]+)/i

/** None for a check that has not run. */
export function samplesOf(object: Field): ServiceSamples[] {
  const identity = identityOf(object)
  const records = object.get('status', 'records').items()
  const samples = records.flatMap((record): ServiceSamples['samples'] => {
    const at = timeOf(record.get('startTime'))
    const outcome = record.get('outcome').text()
    const ok = outcome === null ? undefined : OUTCOMES.get(outcome)
    if (at !== null && ok !== undefined) return [{ at, ok }]
    record.problem(
      `record of the StatusCheck ${identity.name} without a startTime or with an outcome other than Success and Failure: it is not counted`,
    )
    return []
  })
  if (samples.length === 0) return []
  const { statusCheck } = chaosObjects().chaosMesh
  const spec = object.get('spec')
  const workflow = identity.labels[WORKFLOW_LABEL]
  const incomplete = lostBefore(object, records.length, statusCheck.recordsHistoryLimit)
  return [
    {
      fact: 'service-samples',
      source: object.source,
      format: 'chaos-mesh',
      target: HOST.exec(spec.get('http', 'url').text() ?? '')?.[1] ?? null,
      takenFor: workflow === undefined ? [] : [workflow],
      samples: samples.sort((a, b) => Date.parse(a.at) - Date.parse(b.at)),
      failureThreshold: spec.get('failureThreshold').number() ?? statusCheck.failureThreshold,
      ...(incomplete !== null && { incomplete }),
    },
  ]
}

function lostBefore(object: Field, kept: number, defaultLimit: number): string | null {
  const limit = object.get('spec', 'recordsHistoryLimit').number() ?? defaultLimit
  const count = object.get('status', 'count').number()
  if (count !== null && count > kept)
    return `only the last ${kept} of ${count} checks are kept (recordsHistoryLimit)`
  return count === null && kept >= limit
    ? `only the last ${limit} checks are kept (recordsHistoryLimit)`
    : null
}
