/** Calls whose failure leaves a piece of code: no catch on the way keeps it. */
import { statementsAfter } from '../syntax/leaving.js'
import { functionOf } from '../survey/practice.js'
import type { OutboundCall, Survey } from '../survey/survey.js'
import { bare, calleeName, isFunction, some, ts, type TS } from '../syntax/syntax.js'

const MAX_FUNCTIONS = 200

/** The first of those that are wanted, also through functions of the project. */
export function failureLeaving(
  survey: Survey,
  code: TS.Node,
  wanted: (call: OutboundCall) => boolean,
  seen = new Set<TS.Node>(),
): OutboundCall | null {
  let found: OutboundCall | null = null
  if (seen.has(code) || seen.size >= MAX_FUNCTIONS) return null
  seen.add(code)
  some(code, (node) => {
    if (!ts.isCallExpression(node) || isKept(node, code)) return false
    const direct = survey.outboundAt(node)
    if (direct) found = wanted(direct) ? direct : null
    const called = direct ? null : functionOf(survey, node.expression)?.body
    // Most code leads to no such call at all.
    if (called && survey.reaches(called, wanted)) found = failureLeaving(survey, called, wanted, seen)
    return found !== null
  })
  return found
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
  return handler !== undefined && isFunction(handler) && !some(handler, ts.isThrowStatement)
}

const throws = (node: TS.Node): boolean => some(node, ts.isThrowStatement, false)
