/** Calls for many things at once that succeed where some failed: who reads of the answer which ones did. */
import type { Practice } from '../../../../facts/code.js'
import { nameMatches } from '../../../../knowledge/libraries.js'
import { partialFailure, type Parts } from './answer-facts.js'
import { isLeftAlone } from './answered-failures.js'
import { readingsOf, type Reading } from './answer-readings.js'
import { practice } from '../survey/practice.js'
import { nameOfCall, type OutboundCall, type Survey } from '../survey/survey.js'
import { sourceOf } from '../syntax/syntax.js'
import { isTelemetry } from '../effects/telemetry.js'
import { commandOf } from '../effects/writes.js'

export function answeredParts(survey: Survey): Practice[] {
  return survey.outbound.flatMap((call) => {
    const partial = isTelemetry(call, survey) ? null : partialFailure(call)
    if (!partial) return []
    return readingsOf(survey, partial.answer).flatMap((reading) =>
      judged(survey, call, partial.facts, reading),
    )
  })
}

function judged(survey: Survey, call: OutboundCall, facts: Parts, { at, members }: Reading): Practice[] {
  const pattern = facts.reads ? 'failure-as-answer' : 'unread-answer'
  const command = commandOf(call.node)
  const name = command === '' ? nameOfCall(call) : `\`${command}\` (${call.client.library.title})`
  const read = members.filter(({ uses, isTakenApart }) => isTakenApart || uses.length > 0)
  if (read.some((one) => facts.members.some((pattern) => nameMatches(pattern, one.name)))) {
    const detail = `What failed of ${name} is looked at in its answer`
    return [practice(survey, at, pattern, 'present', detail)]
  }
  if (isLeftAlone(at)) return []
  const [first] = facts.members
  const what = read.length === 0 ? 'the answer' : `\`${first}\` in the answer`
  const detail = `Nobody looks at ${what} of ${name}: ${facts.consequence}`
  const related = at === call.node ? [] : [{ source: sourceOf(call.node), message: 'the call' }]
  return [practice(survey, at, pattern, 'absent', detail, null, related)]
}
