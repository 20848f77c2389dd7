/** Writes whose failure is a member of what they answer, where nobody reads that: `const { data } = await db.insert(order)`. */
import type { Practice } from '../../../../../facts/code.js'
import { mayLookAtAnswers } from '../../clients/response-hooks.js'
import { codeWords } from '../../../../../knowledge/code-words.js'
import { wholeFailure } from './library-failures.js'
import { readingsOf, type Reading } from './member-reads.js'
import { isCompensation } from '../reach/compensations.js'
import { ignoredAt, readsBesideOnly } from './unread-answer-findings.js'
import { practice } from '../../survey/practice.js'
import { nameOfCall, type OutboundCall, type Survey } from '../../survey/survey.js'
import { isBestEffort } from '../../syntax/best-effort.js'
import { calleeName, isFunction, sourceOf, symbolOf, ts, type TS } from '../../syntax/syntax.js'
import { isTelemetry } from '../../effects/telemetry.js'
import { isWrite } from '../../effects/writes.js'

/** Of many, that are shown. */
const MAX_PLACES = 5

export function unreadLibraryFailures(survey: Survey): Practice[] {
  return survey.outbound.flatMap((call) => {
    const whole = isWrite(call) && !isTelemetry(call, survey) ? wholeFailure(call) : null
    if (!whole || mayLookAtAnswers(call, survey)) return []
    const { members } = whole.facts
    const readings = readingsOf(survey, whole.answer)
    const beside = readings.filter((reading) => readsBesideOnly(survey, reading, members))
    return [
      ...unread(survey, call, readings),
      ...beside.flatMap(({ at }) => ignoredAt(survey, at, failureAt(at, call), 'dropped')),
    ]
  })
}

function unread(survey: Survey, call: OutboundCall, readings: Reading[]): Practice[] {
  const places = readings.filter(({ at, members }) => members.length === 0 && !isLeftAlone(survey, at))
  const detail = `Nobody looks at the answer of ${nameOfCall(call)}, which answers a failure instead of throwing it: one counts as done`
  return unreadAt(survey, call, places, 'unread-answer', detail)
}

function failureAt(at: TS.CallExpression, call: OutboundCall): string {
  const through = isOf(at, call) ? '' : `, which \`${calleeName(at)}\` gives back,`
  return `A failure of ${nameOfCall(call)}${through}`
}

/** Told once for the many callers of one function that gives the answer back. */
export function unreadAt(
  survey: Survey,
  call: OutboundCall,
  places: Reading[],
  pattern: string,
  detail: string,
): Practice[] {
  const [first] = places
  if (!first) return []
  if (places.length === 1) {
    const related = isOf(first.at, call) ? [] : [{ source: sourceOf(call.node), message: 'the call' }]
    return [practice(survey, first.at, pattern, 'absent', detail, null, related)]
  }
  const related = places
    .slice(0, MAX_PLACES)
    .map(({ at }) => ({ source: sourceOf(at), message: 'nobody looks at it here' }))
  const many = `${detail} at ${places.length} places, as behind \`${calleeName(first.at)}\``
  return [practice(survey, call.node, pattern, 'absent', many, null, related)]
}

/** The end of the chain that begins with the call. */
function isOf(at: TS.CallExpression, { node }: OutboundCall): boolean {
  return at.getSourceFile() === node.getSourceFile() && at.pos <= node.pos && at.end >= node.end
}

/** By the name of the function around or a comment of the statement, or because it only undoes what failed. */
export function isLeftAlone(survey: Survey, call: TS.CallExpression): boolean {
  if (codeWords().bestEffort.test(symbolOf(call)) || isCompensation(survey, call)) return true
  let at: TS.Node = call
  while (ts.isExpression(at)) at = at.parent
  return isCaughtByNobody(at) || (ts.isExpressionStatement(at) && isBestEffort(at))
}

/** `try { await undo() } catch {}` says of all that is in it that it may fail. */
function isCaughtByNobody(statement: TS.Node): boolean {
  for (let at = statement; !isFunction(at) && at.parent; at = at.parent) {
    const { parent } = at
    if (ts.isTryStatement(parent) && parent.tryBlock === at)
      return parent.catchClause?.block.statements.length === 0
  }
  return false
}
