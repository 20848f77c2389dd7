/** `finally { return rows }`: whatever failed before, also what a catch throws on, ends as an answer. */
import type { Practice } from '../../../../../facts/code.js'
import { codeWords } from '../../../../../knowledge/code-words.js'
import { justificationOf, onlyLogs } from '../../syntax/catch-clauses.js'
import { isTelemetry } from '../../effects/telemetry.js'
import { practice } from '../../survey/practice.js'
import { nameOfCall, type OutboundCall, type Survey } from '../../survey/survey.js'
import { some, sourceOf, symbolOf, ts, type TS } from '../../syntax/syntax.js'

const PATTERN = 'swallowed-error'

export function returningFinally(survey: Survey): Practice[] {
  return survey.files.flatMap(({ catches }) => catches.flatMap((clause) => judge(survey, clause)))
}

function judge(survey: Survey, clause: TS.CatchClause): Practice[] {
  const { tryBlock, finallyBlock } = clause.parent
  const answer = finallyBlock && returnIn(finallyBlock)
  if (!answer || codeWords().bestEffort.test(symbolOf(clause)) || !isDropped(clause)) return []
  if (!some(tryBlock, ts.isAwaitExpression, false)) return []
  const isMeant = (call: OutboundCall): boolean =>
    call.client.library.protocol !== 'cache' && !isTelemetry(call, survey)
  const call = survey.reaches(tryBlock, isMeant)
  // Caches and telemetry may fail.
  if (!call && survey.reaches(tryBlock)) return []
  const detail = `A failure of ${call ? nameOfCall(call) : 'the awaited work'} is only logged, and \`finally\` returns: the caller treats what it gets as the complete result`
  const failing = call ? [{ source: sourceOf(call.node), message: 'the call that may fail' }] : []
  const related = [...failing, { source: sourceOf(answer), message: 'what is returned nevertheless' }]
  const justification = justificationOf(clause)
  if (justification === null) return [practice(survey, clause, PATTERN, 'absent', detail, null, related)]
  const reason = `the code says: “${justification}”; may this failure be lost?`
  return [practice(survey, clause, PATTERN, 'unknown', detail, reason, related)]
}

/** Nothing of it is kept for the answer; what is thrown on is dropped by the return. */
function isDropped({ block }: TS.CatchClause): boolean {
  return onlyLogs({ statements: block.statements.filter((one) => !ts.isThrowStatement(one)) })
}

function returnIn(block: TS.Block): TS.Node | null {
  let found: TS.Node | null = null
  some(block, (node) => ts.isReturnStatement(node) && (found = node) !== null, false)
  return found
}
