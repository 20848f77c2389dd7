/** Functions that call themselves again by a timer, but only after a success: the first failure ends them. */
import type { Practice } from '../../../../facts/code.js'
import { onlyLogs } from '../syntax/catch-clauses.js'
import { functionOf, practice } from '../survey/practice.js'
import type { Survey } from '../survey/survey.js'
import {
  bare,
  calleeName,
  enclosingFunction,
  isFunction,
  some,
  sourceOf,
  ts,
  type TS,
  functionName,
} from '../syntax/syntax.js'

const PATTERN = 'swallowed-error'

export function stoppedPolls(survey: Survey): Practice[] {
  return survey.callsNamed('setTimeout').flatMap((timer) => judge(survey, timer))
}

function judge(survey: Survey, timer: TS.CallExpression): Practice[] {
  const owner = enclosingFunction(timer)
  const attempt = owner && tryAround(timer, owner)
  if (!owner?.body || !attempt?.catchClause || !startsAgain(survey, timer, owner)) return []
  const { tryBlock, catchClause } = attempt
  const isAfterWork = some(tryBlock, (node) => ts.isAwaitExpression(node) && node.end <= timer.pos, false)
  const again = (node: TS.Node): boolean =>
    ts.isCallExpression(node) && node !== timer && mayStart(survey, node, owner)
  if (!isAfterWork || !onlyLogs(catchClause.block) || some(owner.body, again)) return []
  const name = functionName(owner)
  const detail = `\`${name}\` is started again only after a success: the first failure is logged, and nothing runs it any more`
  const related = [{ source: sourceOf(timer), message: 'where it is started again' }]
  return [practice(survey, catchClause, PATTERN, 'absent', detail, null, related)]
}

/** The try of the same function in whose block it stands. */
function tryAround(node: TS.Node, owner: TS.Node): TS.TryStatement | null {
  for (let at = node; at !== owner && !isFunction(at); at = at.parent)
    if (ts.isTryStatement(at.parent)) return at.parent.tryBlock === at ? at.parent : null
  return null
}

/** `setTimeout(poll, 1000)`, `setTimeout(() => void this.poll(), 1000)`. */
function startsAgain(survey: Survey, timer: TS.CallExpression, owner: TS.FunctionLikeDeclaration): boolean {
  const [given] = timer.arguments
  const callback = given && functionOf(survey, given)
  if (!callback) return false
  if (callback === owner) return true
  return (
    isFunction(bare(given)) &&
    some(callback, (node) => ts.isCallExpression(node) && functionOf(survey, node.expression) === owner)
  )
}

function mayStart(survey: Survey, call: TS.CallExpression, owner: TS.FunctionLikeDeclaration): boolean {
  if (calleeName(call) === 'setTimeout') return startsAgain(survey, call, owner)
  return functionOf(survey, call.expression) === owner && !isInTimer(call)
}

/** The call in the timer itself. */
function isInTimer(call: TS.Node): boolean {
  const inner = enclosingFunction(call)
  return inner !== null && ts.isCallExpression(inner.parent) && calleeName(inner.parent) === 'setTimeout'
}
