/** Failures that are caught and go no further, told apart by what stands around the catch. */
import type { Practice } from '../../../../../facts/code.js'
import { codeWords } from '../../../../../knowledge/code-words.js'
import { justificationOf } from '../../syntax/catch-clauses.js'
import { callersOf } from '../../survey/named-callers.js'
import { statementsAfter } from '../../syntax/leaving.js'
import { practice } from '../../survey/practice.js'
import type { Survey } from '../../survey/survey.js'
import {
  calleeName,
  enclosingFunction,
  isFunction,
  some,
  sourceOf,
  ts,
  type TS,
} from '../../syntax/syntax.js'
import { failureOf, type Write } from '../reach/writes-within.js'

/** Whether something stands in a job by the clock. */
export type IsInJob = (node: TS.Node) => boolean

/** Nobody tells of the failure; where the code says that it may be dropped, that is asked. */
export function lost(
  survey: Survey,
  caught: TS.CatchClause | TS.CallExpression,
  write: Write,
  what: 'dropped' | 'only logged',
): Practice {
  const failure = failureOf(write)
  const related = [{ source: sourceOf(write.call.node), message: 'the call that may fail' }]
  const justification = justificationOf(caught)
  if (justification !== null) {
    const reason = `it is ${what}, and the code says: “${justification}”; may this call be lost?`
    return practice(survey, caught, 'swallowed-error', 'unknown', `${failure} is ${what}`, reason, related)
  }
  const detail = `${failure} is ${what}: processing continues as if it had succeeded`
  return practice(survey, caught, 'swallowed-error', 'absent', detail, null, related)
}

/** In the work of a job by the clock, or in a function that only such work calls. */
export function isOfJob(survey: Survey, clause: TS.CatchClause, isInJob: IsInJob): boolean {
  if (isInJob(clause)) return true
  const owner = enclosingFunction(clause)
  const callers = owner ? callersOf(owner, survey) : []
  return callers.length > 0 && callers.every(isInJob)
}

/** In a loop over items, so that one bad item does not stop the others. */
export function isolatesItem(clause: TS.CatchClause): boolean {
  for (let at: TS.Node = clause.parent; at && !isFunction(at); at = at.parent)
    if (ts.isForOfStatement(at)) return true
  return false
}

/** To those who watch for errors; or another failure came first, or comes after it. */
export function isToldBeside(caught: TS.CatchClause | TS.CallExpression): boolean {
  const reports = (node: TS.Node): boolean =>
    ts.isCallExpression(node) && codeWords().reportsFailures.test(calleeName(node))
  const handling = ts.isCatchClause(caught) ? [caught.block] : caught.arguments
  if (handling.some((node) => some(node, reports))) return true
  const statement = statementAround(caught)
  if (statementsAfter(statement).some(ts.isThrowStatement)) return true
  for (let at: TS.Node = statement; at && !isFunction(at); at = at.parent)
    if (ts.isCatchClause(at)) return true
  return false
}

function statementAround(node: TS.Node): TS.Statement {
  let at = node
  while (!ts.isStatement(at) && at.parent) at = at.parent
  return at as TS.Statement
}
