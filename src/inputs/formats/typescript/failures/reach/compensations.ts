/** What is undone after a failure: whether it succeeds matters less than that the failure itself is told. */
import { callersOf } from '../../survey/named-callers.js'
import type { Survey } from '../../survey/survey.js'
import { enclosingFunction, isFunction, some, ts, type TS } from '../../syntax/syntax.js'

/** A caller of a caller. */
const MAX_DEPTH = 2

/** Done only where an error was caught that is thrown on: here, or at every caller. */
export function isCompensation(survey: Survey, node: TS.Node, depth = 0): boolean {
  if (isInThrowingCatch(node)) return true
  const owner = depth < MAX_DEPTH ? enclosingFunction(node) : null
  const callers = owner ? callersOf(owner, survey) : []
  return callers.length > 0 && callers.every((call) => isCompensation(survey, call, depth + 1))
}

function isInThrowingCatch(node: TS.Node): boolean {
  for (let at = node.parent; at && !isFunction(at); at = at.parent)
    if (ts.isCatchClause(at) && alwaysThrows(at.block)) return true
  return false
}

/** It ends by throwing, and nothing before goes another way. */
function alwaysThrows(block: TS.Block): boolean {
  const last = block.statements.at(-1)
  const goesElsewhere = (node: TS.Node): boolean =>
    ts.isReturnStatement(node) || ts.isBreakStatement(node) || ts.isContinueStatement(node)
  return last !== undefined && ts.isThrowStatement(last) && !some(block, goesElsewhere, false)
}
