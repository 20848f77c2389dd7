/** Writes whose failure is a member of what they answer, where nobody reads that: `const { data } = await db.insert(order)`. */
import type { Practice } from '../../../../facts/code.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import { wholeFailure } from './answer-facts.js'
import { readingsOf, type Reading } from './answer-readings.js'
import { ignoredAt } from './ignored-answers.js'
import { showsAbsence } from './shown-absence.js'
import { practice } from '../survey/practice.js'
import { nameOfCall, type OutboundCall, type Survey } from '../survey/survey.js'
import { isBestEffort } from '../syntax/best-effort.js'
import { calleeName, sourceOf, symbolOf, ts, type TS } from '../syntax/syntax.js'
import { isTelemetry } from '../effects/telemetry.js'
import { isWrite } from '../effects/writes.js'

export function answeredFailures(survey: Survey): Practice[] {
  return survey.outbound.flatMap((call) => {
    const whole = isWrite(call) && !isTelemetry(call, survey) ? wholeFailure(call) : null
    if (!whole) return []
    const { members } = whole.facts
    return readingsOf(survey, whole.answer)
      .filter((reading) => !reading.members.some(({ name }) => members.includes(name)))
      .flatMap((reading) => judged(survey, call, reading))
  })
}

function judged(survey: Survey, call: OutboundCall, { at, members }: Reading): Practice[] {
  const isOwn = at.getSourceFile() === call.node.getSourceFile() && at.end >= call.node.end
  const name = isOwn && at.pos === call.node.pos ? null : calleeName(at)
  if (members.length === 0) return isLeftAlone(at) ? [] : [unread(survey, call, at)]
  const isSeen = members.some(
    ({ uses, isTakenApart }) => isTakenApart || uses.some((use) => showsAbsence(survey, use)),
  )
  if (isSeen) return []
  const through = name === null ? '' : `, which \`${name}\` gives back,`
  return ignoredAt(survey, at, `A failure of ${nameOfCall(call)}${through}`, 'dropped')
}

function unread(survey: Survey, call: OutboundCall, at: TS.CallExpression): Practice {
  const detail = `Nobody looks at the answer of ${nameOfCall(call)}, which answers a failure instead of throwing it: one counts as done`
  const related = at.pos === call.node.pos ? [] : [{ source: sourceOf(call.node), message: 'the call' }]
  return practice(survey, at, 'unread-answer', 'absent', detail, null, related)
}

/** By the name of the function around, or by a comment of the statement. */
export function isLeftAlone(call: TS.CallExpression): boolean {
  if (codeWords().bestEffort.test(symbolOf(call))) return true
  let at: TS.Node = call
  while (ts.isExpression(at)) at = at.parent
  return ts.isExpressionStatement(at) && isBestEffort(at)
}
