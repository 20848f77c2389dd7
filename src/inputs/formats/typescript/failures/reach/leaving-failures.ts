/** Calls whose failure leaves a piece of code: no catch on the way keeps it. */
import { statementsAfter } from '../../syntax/leaving.js'
import { functionOf } from '../../survey/practice.js'
import type { Given } from '../../modules/resolved.js'
import type { OutboundCall, Survey } from '../../survey/survey.js'
import { callsIn, ownThrowsIn, throwsIn } from '../../syntax/noted-nodes.js'
import { reached } from '../../values/conditions.js'
import { bare, calleeName, isFunction, ts, type TS } from '../../syntax/syntax.js'

const MAX_FUNCTIONS = 200

/** The first of those that are wanted in a function as it is called, also through functions of the project. */
export function failureLeaving(
  survey: Survey,
  call: TS.CallExpression,
  wanted: (call: OutboundCall) => boolean,
): OutboundCall | null {
  let left = MAX_FUNCTIONS
  return through(call, [])

  function through(call: TS.CallExpression, outer: readonly Given[]): OutboundCall | null {
    const of = functionOf(survey, call.expression)
    // Most code leads to no such call at all.
    if (!of?.body || !survey.reaches(of.body, wanted)) return null
    if (outer.some((one) => one.of === of) || left-- <= 0) return null
    return leaving(of.body, [{ of, call }, ...outer])
  }

  function leaving(code: TS.Node, given: readonly Given[]): OutboundCall | null {
    for (const call of callsIn(code)) {
      if (isKept(call, code)) continue
      const direct = survey.outboundAt(call)
      const found = direct ? (wanted(direct) ? direct : null) : through(call, given)
      if (found && reached(call, code, survey.resolver.under(given)) !== 'no') return found
    }
    return null
  }
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
