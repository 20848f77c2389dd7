/** Calls for many things at once that succeed where some failed: who reads of the answer which ones did. */
import type { Practice } from '../../../../../facts/code.js'
import { isOneOf, partialFailure, type Parts } from './library-failures.js'
import { isLeftAlone, unreadAt } from './unread-library-failures.js'
import { comparesCount } from './compared-counts.js'
import { readingsOf, type Reading } from './member-reads.js'
import { practice } from '../../survey/practice.js'
import { nameOfCall, type OutboundCall, type Survey } from '../../survey/survey.js'
import { isTelemetry } from '../../effects/telemetry.js'
import { commandOf } from '../../effects/writes.js'

export function unreadPartialFailures(survey: Survey): Practice[] {
  return survey.outbound.flatMap((call) => {
    const partial = isTelemetry(call, survey) ? null : partialFailure(call)
    return partial ? judged(survey, call, partial.facts, readingsOf(survey, partial.answer)) : []
  })
}

function judged(survey: Survey, call: OutboundCall, facts: Parts, readings: Reading[]): Practice[] {
  const pattern = facts.reads ? 'failure-as-answer' : 'unread-answer'
  const command = commandOf(call.node)
  const name = command === '' ? nameOfCall(call) : `\`${command}\` (${call.client.library.title})`
  const looking = readings.filter((reading) => read(reading).some((one) => isOneOf(facts.members, one)))
  const detail = `What failed of ${name} is looked at in its answer`
  const present = looking.map(({ at }) => practice(survey, at, pattern, 'present', detail))
  const dropping = readings.filter(
    (reading) => !looking.includes(reading) && !isLeftAlone(survey, reading.at) && !isCounted(reading),
  )
  const what = dropping.some((one) => read(one).length > 0)
    ? `\`${facts.members[0]}\` in the answer`
    : 'the answer'
  return [
    ...present,
    ...unreadAt(survey, call, dropping, pattern, `Nobody looks at ${what} of ${name}: ${facts.consequence}`),
  ]
}

/** Whoever compares how many came back sees that some did not. */
function isCounted({ members }: Reading): boolean {
  return members.some(({ uses }) => uses.some((use) => comparesCount(use)))
}

/** The names of the members that are read. */
function read({ members }: Reading): string[] {
  return members.flatMap(({ name, uses, isTakenApart }) => (isTakenApart || uses.length > 0 ? [name] : []))
}
