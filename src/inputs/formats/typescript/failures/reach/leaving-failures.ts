/** Calls whose failure leaves a piece of code: no catch on the way keeps it. */
import { statementsAfter } from '../../syntax/leaving.js'
import { functionOf } from '../../survey/practice.js'
import type { OutboundCall, Survey } from '../../survey/survey.js'
import { callsIn, ownThrowsIn, throwsIn } from '../../syntax/noted-nodes.js'
import { bare, calleeName, isFunction, ts, type TS } from '../../syntax/syntax.js'

const MAX_FUNCTIONS = 200

/** The first of those that are wanted, also through functions of the project. */
export function failureLeaving(
  survey: Survey,
  code: TS.Node,
  wanted: (call: OutboundCall) => boolean,
  seen = new Set<TS.Node>(),
): OutboundCall | null {
  if (seen.has(code) || seen.size >= MAX_FUNCTIONS) return null
  seen.add(code)
  for (const call of callsIn(code)) {
    if (isKept(call, code)) continue
    const direct = survey.outboundAt(call)
    if (direct && wanted(direct)) return direct
    const called = direct ? null : functionOf(survey, call.expression)?.body
    // Most code leads to no such call at all.
    const found =
      called && survey.reaches(called, wanted) ? failureLeaving(survey, called, wanted, seen) : null
    if (found) return found
  }
  return null
}

/** By a catch around it, or behind it, that neither throws nor leaves a failure that is thrown later. */
export function isKept(call: TS.Node, code: TS.Node): boolean {
  for (let at = call; at !== code && at.parent; at = at.parent) {
    const { parent } = at
    if (ts.isTryStatement(parent) && parent.tryBlock === at && parent.catchClause)
      if (![parent.catchClause.block, ...statementsAfter(parent)].some(throws)) return true
    if (ts.isPropertyAccessExpression(parent) && isCaughtBy(parent.parent, parent)) return true
  }
  return false
}

/** `.catch((error) => log(error))` */
function isCaughtBy(call: TS.Node, callee: TS.Node): boolean {
  if (!ts.isCallExpression(call) || call.expression !== callee || calleeName(call) !== 'catch') return false
  const handler = call.arguments[0] && bare(call.arguments[0])
  return handler !== undefined && isFunction(handler) && throwsIn(handler).length === 0
}

const throws = (node: TS.Node): boolean => ownThrowsIn(node).length > 0
