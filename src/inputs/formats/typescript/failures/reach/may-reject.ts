/** Whether a promise may reject: timers do not, nor does what catches its own failures. */
import { codeWords } from '../../../../../knowledge/code-words.js'
import { functionOf } from '../../survey/practice.js'
import type { Survey } from '../../survey/survey.js'
import { ownThrowsIn } from '../../syntax/noted-nodes.js'
import { bare, calleeName, isFunction, some, ts, type TS } from '../../syntax/syntax.js'

/** Functions that call functions; behind that a promise may reject. */
const MAX_DEPTH = 5

/** The first `await` of a function whose failure its caller is to learn of; null when there is none. */
export function failureIn(survey: Survey, called: TS.FunctionLikeDeclaration): TS.AwaitExpression | null {
  return failsAt(survey, called, new Set([called]))
}

/** Whether who waits for a promise may get its rejection, where no catch stands between. */
export function rejectsWhenAwaited(survey: Survey, { expression }: TS.AwaitExpression): boolean {
  return mayReject(survey, expression, new Set())
}

/** Whether who calls a function of the project may learn of a failure in it. */
export function tellsFailure(survey: Survey, called: TS.FunctionLikeDeclaration): boolean {
  return mayFail(survey, called, new Set([called]))
}

type Seen = Set<TS.Node>

function failsAt(
  survey: Survey,
  { body }: TS.FunctionLikeDeclaration,
  seen: Seen,
): TS.AwaitExpression | null {
  let found: TS.AwaitExpression | null = null
  if (!body) return null
  some(
    body,
    (node) => {
      if (!ts.isAwaitExpression(node) || isCaught(node, body)) return false
      if (mayReject(survey, node.expression, seen)) found = node
      return found !== null
    },
    false,
  )
  return found
}

/** What could not be followed may. */
function mayReject(survey: Survey, promise: TS.Expression, seen: Seen): boolean {
  const node = bare(promise)
  if (ts.isNewExpression(node) && calleeName(node) === 'Promise') return isRejectedBy(node)
  if (!ts.isCallExpression(node)) return true
  if (isHandled(node) || codeWords().neverRejects.test(calleeName(node))) return false
  const called = functionOf(survey, node.expression)
  if (!called?.body) return true
  if (seen.has(called)) return false
  return seen.size > MAX_DEPTH || mayFail(survey, called, new Set([...seen, called]))
}

/** A function of the project: what it waits for, throws or gives on. */
function mayFail(survey: Survey, called: TS.FunctionLikeDeclaration, seen: Seen): boolean {
  const { body } = called
  if (!body) return true
  if (!ts.isBlock(body)) return isGivenOn(survey, body, seen)
  if (failsAt(survey, called, seen)) return true
  return some(
    body,
    (node) => {
      if (ts.isThrowStatement(node)) return !isCaught(node, body)
      // Without `await` the catch around it does not learn of it.
      return ts.isReturnStatement(node) && !!node.expression && isGivenOn(survey, node.expression, seen)
    },
    false,
  )
}

/** A promise that a function gives back as it is. */
function isGivenOn(survey: Survey, value: TS.Expression, seen: Seen): boolean {
  if (ts.isAwaitExpression(value)) return false
  const node = bare(value)
  const isMade = ts.isCallExpression(node) || ts.isNewExpression(node)
  if (!isMade || survey.resolver.resolve(node.expression).kind === 'global')
    return ts.isNewExpression(node) && calleeName(node) === 'Promise' && isRejectedBy(node)
  return ts.isCallExpression(node) && mayReject(survey, node, seen)
}

/** `new Promise((resolve, reject) => …)`, not `new Promise((resolve) => setTimeout(resolve, 10))`. */
function isRejectedBy({ arguments: [executor] = [] as never }: TS.NewExpression): boolean {
  const given = executor && bare(executor)
  if (!given || !isFunction(given) || !given.body) return true
  const reject = given.parameters[1]?.name.getText()
  const rejects = (node: TS.Node): boolean =>
    (ts.isIdentifier(node) && node.text === reject) || ts.isThrowStatement(node)
  return some(given.body, rejects)
}

/** `.catch(log)`, `.then(use, log)` behind it. */
function isHandled(call: TS.CallExpression): boolean {
  const { expression: callee, arguments: handlers } = call
  if (!ts.isPropertyAccessExpression(callee)) return false
  const method = callee.name.text
  if (method === 'catch' || (method === 'then' && handlers.length > 1)) return true
  const before = bare(callee.expression)
  return /^(then|finally)$/.test(method) && ts.isCallExpression(before) && isHandled(before)
}

/** By a catch that throws nothing itself. */
function isCaught(failing: TS.Node, body: TS.Node): boolean {
  for (let at = failing; at !== body; at = at.parent) {
    const { parent } = at
    if (ts.isTryStatement(parent) && parent.tryBlock === at && parent.catchClause)
      if (ownThrowsIn(parent.catchClause.block).length === 0) return true
  }
  return false
}
