/** Functions that call themselves again by a timer, but only after a success: the first failure ends them. */
import type { Practice } from '../../../../../facts/code.js'
import { onlyLogs } from '../../syntax/catch-clauses.js'
import { callersOf } from '../../survey/named-callers.js'
import { functionOf, LISTENING, practice, somewhere } from '../../survey/practice.js'
import type { Survey } from '../../survey/survey.js'
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
} from '../../syntax/syntax.js'

const PATTERN = 'swallowed-error'
const REPEATING = ['setInterval', ...LISTENING]
const MAX_CALLERS = 3

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
  if (isRestartedBy(survey, attempt, owner, again) || isRestarted(survey, owner)) return []
  const name = functionName(owner)
  const detail = `\`${name}\` is started again only after a success: the first failure is logged, and nothing runs it again`
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

/** A function that is called in `finally`, or outside of the try, starts it. */
function isRestartedBy(
  survey: Survey,
  { tryBlock }: TS.TryStatement,
  { body }: TS.FunctionLikeDeclaration,
  again: (node: TS.Node) => boolean,
): boolean {
  return some(body!, (node) => {
    if (!ts.isCallExpression(node) || (node.pos >= tryBlock.pos && node.end <= tryBlock.end)) return false
    const helper = functionOf(survey, node.expression)?.body
    return helper !== undefined && somewhere(survey, helper, again)
  })
}

/** Somebody else starts it, time after time: `setInterval(() => ensurePolling(), 60000)`. */
function isRestarted(survey: Survey, owner: TS.FunctionLikeDeclaration, depth = 0): boolean {
  if (survey.callsNamed('setInterval').some((call) => functionOf(survey, call.arguments[0]) === owner))
    return true
  return callersOf(owner, survey).some((call) => {
    const around = enclosingFunction(call)
    if (around === null || around === owner) return false
    const { parent } = around
    if (ts.isCallExpression(parent) && REPEATING.includes(calleeName(parent))) return true
    return depth < MAX_CALLERS && isRestarted(survey, around, depth + 1)
  })
}

/** The call in the timer itself. */
function isInTimer(call: TS.Node): boolean {
  const inner = enclosingFunction(call)
  return inner !== null && ts.isCallExpression(inner.parent) && calleeName(inner.parent) === 'setTimeout'
}
