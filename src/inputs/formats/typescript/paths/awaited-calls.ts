/** Outbound calls that a handler waits for before it answers: what it only starts, or does after its answer, nobody waits for. */
import { functionOf } from '../survey/practice.js'
import type { OutboundCall, Survey } from '../survey/survey.js'
import { callsIn } from '../syntax/noted-nodes.js'
import { enclosingFunction, ts, type TS } from '../syntax/syntax.js'
import { promiseUse } from '../syntax/uses.js'

/** Through functions that it waits for in turn; calls that it makes for each item of a list are not followed. */
export function awaitedBy(handler: TS.FunctionLikeDeclaration, survey: Survey): OutboundCall[] {
  const found = new Set<OutboundCall>()
  const waiting = [{ owner: handler, end: firstAnswerIn(handler) }]
  const seen = new Set<TS.Node>([handler])
  for (const { owner, end } of waiting) {
    for (const node of callsBy(owner)) {
      if (node.pos >= end || !isWaitedFor(node, owner)) continue
      const call = survey.outboundAt(node)
      if (call) found.add(call)
      const called = call ? null : functionOf(survey, node.expression)
      if (called?.body && !seen.has(called)) {
        seen.add(called)
        waiting.push({ owner: called, end: Infinity })
      }
    }
  }
  return [...found]
}

/** `await load()`, `return load()`, `await load().then(use)`. */
function isWaitedFor(call: TS.CallExpression, owner: TS.FunctionLikeDeclaration): boolean {
  let whole: TS.Expression = call
  while (ts.isPropertyAccessExpression(whole.parent) && ts.isCallExpression(whole.parent.parent))
    whole = whole.parent.parent
  const { at, isAwaited } = promiseUse(whole)
  return isAwaited || ts.isReturnStatement(at.parent) || at === owner.body
}

/** Position of the first call on the response that does not leave the handler; behind everything where there is none. */
function firstAnswerIn(handler: TS.FunctionLikeDeclaration): number {
  const response = handler.parameters[1]?.name.getText()
  const first = callsBy(handler).find(
    (call) => rootOf(call) === response && !isReturned(call, handler) && !leavesAfter(call),
  )
  return first?.pos ?? Infinity
}

/** The calls that a function makes itself. */
function callsBy(owner: TS.FunctionLikeDeclaration): TS.CallExpression[] {
  return callsIn(owner.body!).filter((call) => enclosingFunction(call) === owner)
}

function isReturned(call: TS.CallExpression, owner: TS.FunctionLikeDeclaration): boolean {
  for (let at: TS.Node = call; at !== owner; at = at.parent) if (ts.isReturnStatement(at)) return true
  return false
}

/** `response` of `response.status(202).json(order)`. */
function rootOf(call: TS.CallExpression): string {
  let at: TS.Expression = call
  while (ts.isCallExpression(at) || ts.isPropertyAccessExpression(at)) at = at.expression
  return at.getText()
}

/** `response.end()` before a `return` of the same block. */
function leavesAfter(call: TS.CallExpression): boolean {
  let at: TS.Node = call
  while (!ts.isBlock(at.parent) && !ts.isSourceFile(at.parent)) at = at.parent
  return ts.isBlock(at.parent) && at.parent.statements.some(ts.isReturnStatement)
}
