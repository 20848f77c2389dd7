/** Of every outbound call: what becomes of its failure, who tries it again, which endpoint it asks. */
import type { CallPath } from '../../../../facts/code.js'
import type { Callers } from '../survey/callers.js'
import { packageOf } from '../survey/practice.js'
import type { Survey } from '../survey/survey.js'
import { sourceOf } from '../syntax/syntax.js'
import { askedPath } from './asked-paths.js'
import { FailureFates } from './failure-fates.js'
import { retriedCalls } from './retried-calls.js'

export function callPaths(survey: Survey, callers: Callers): CallPath[] {
  if (survey.outbound.length === 0) return []
  const fates = new FailureFates(survey, callers)
  const retried = retriedCalls(survey)
  return survey.outbound.map((call) => ({
    fact: 'call-path',
    source: sourceOf(call.node),
    package: packageOf(survey, call.node),
    failure: fates.of(call),
    retry: retried.get(call.node) ?? null,
    asks: askedPath(call, survey),
  }))
}
