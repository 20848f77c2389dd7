/** Answers after which a retry loop goes on without an error: `if (response.ok) return`, and the next round after anything else. */
import { isLeave } from '../../syntax/leaving.js'
import { some, ts, type TS } from '../../syntax/syntax.js'
import { leavingConditions } from '../conditions/retry-conditions.js'
import type { Retry } from '../places/hand-written-retries.js'
import { asksStatus } from './status-failures.js'

/** `refused`: it goes on unless the status is a success; `untold`: under a condition that was not understood. */
export function nextRoundOf({ how, work: [attempt], until }: Retry): 'refused' | 'untold' | 'none' {
  if (how !== 'loop' || !attempt || !ts.isBlock(attempt)) return 'none'
  const goesOn = some(attempt, ts.isContinueStatement, false) || (until === null && !endsByItself(attempt))
  if (!goesOn) return 'none'
  const conditions = leavingConditions(attempt, false)
  return conditions.length > 0 && conditions.every(asksStatus) ? 'refused' : 'untold'
}

/** No way through it leads to the next round: it is left at its end, or what follows it in the round leaves. */
function endsByItself(attempt: TS.Block): boolean {
  const { parent } = attempt.parent
  const after = ts.isBlock(parent)
    ? parent.statements.slice(parent.statements.indexOf(attempt.parent as TS.Statement) + 1)
    : []
  return leavesAlways(attempt) || after.some((statement) => some(statement, isLeave, false))
}

function leavesAlways(statement: TS.Statement): boolean {
  if (ts.isBlock(statement)) return statement.statements.some(leavesAlways)
  if (ts.isIfStatement(statement))
    return (
      statement.elseStatement !== undefined &&
      leavesAlways(statement.thenStatement) &&
      leavesAlways(statement.elseStatement)
    )
  if (ts.isTryStatement(statement)) return leavesAlways(statement.tryBlock)
  return isLeave(statement)
}
