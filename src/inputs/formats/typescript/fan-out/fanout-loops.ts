/** Calls started in a loop that nobody waits for: `for (const hook of hooks) fetch(hook.url)`. */
import type { Practice } from '../../../../facts/code.js'
import { judgeFanout, unpooledFrom, type CallForEach } from './fanout.js'
import { functionOf } from '../survey/practice.js'
import type { Survey } from '../survey/survey.js'
import { ADDS, countedIn } from '../values/list-growth.js'
import { bare, calleeName, enclosingFunction, isFunction, some, ts, walk, type TS } from '../syntax/syntax.js'

const SETTLES = /^(then|catch|finally)$/

export function fanoutLoops(survey: Survey): Practice[] {
  return [
    ...survey.files.flatMap(({ loops }) =>
      loops.flatMap((loop) => {
        const round = roundOf(loop)
        return round ? startedIn(survey, round) : []
      }),
    ),
    ...survey.callsNamed('forEach').flatMap((call) => startedForEach(survey, call)),
  ]
}

/** What is done for each item of a list. */
interface Round {
  list: TS.Expression
  loop: TS.Node
  body: TS.Node
}

/** `for (const id of ids)`, `for (let i = 0; i < ids.length; i++)`. */
function roundOf(loop: TS.Node): Round | null {
  if (ts.isForOfStatement(loop))
    return loop.awaitModifier ? null : { list: loop.expression, loop, body: loop.statement }
  const list = ts.isForStatement(loop) && isByOne(loop) ? countedIn(loop) : null
  return list && ts.isForStatement(loop) ? { list, loop, body: loop.statement } : null
}

/** In larger steps each round is for one batch. */
function isByOne({ incrementor }: TS.ForStatement): boolean {
  return incrementor !== undefined && incrementor.getText().includes('++')
}

/** Statements of the loop that start a call and go on; the loop itself waits for nothing. */
function startedIn(survey: Survey, { list, loop, body }: Round): Practice[] {
  const started: Practice[] = []
  let waits = false
  const start = (expression: TS.Expression): void => {
    const call = startedBy(survey, expression)
    const each = call && outboundOf(survey, call)
    const at = call && (droppedIn(survey, expression) ?? call)
    if (each && at) started.push(...judgeFanout(survey, { call, at, list, callback: loop, ...each }))
  }
  if (ts.isExpression(body)) start(body)
  walk(body, (node) => {
    if (isFunction(node)) return false
    if (ts.isAwaitExpression(node) && !isAnsweredAtOnce(survey, node)) waits = true
    if (ts.isExpressionStatement(node) && started.length === 0) start(node.expression)
    return true
  })
  return waits ? [] : started
}

/** `hooks.forEach(async (hook) => { await fetch(hook.url) })`: each callback waits, the loop does not. */
function startedForEach(survey: Survey, call: TS.CallExpression): Practice[] {
  const callee = bare(call.expression)
  if (!ts.isPropertyAccessExpression(callee)) return []
  const callback = functionOf(survey, call.arguments[0])
  if (!callback?.body) return []
  const list = callee.expression
  if (!isAsync(callback)) return startedIn(survey, { list, loop: callback, body: callback.body })
  const each = unpooledFrom(survey, callback.body)
  return each ? judgeFanout(survey, { call, list, callback, ...each }) : []
}

/** Of what is awaited the call inside that nobody waits for. */
function droppedIn(survey: Survey, expression: TS.Expression): TS.CallExpression | null {
  const call = ts.isAwaitExpression(expression) ? bare(expression.expression) : null
  const body = call && ts.isCallExpression(call) ? functionOf(survey, call.expression)?.body : undefined
  if (!body || !ts.isBlock(body)) return null
  for (const statement of body.statements) {
    const dropped = ts.isExpressionStatement(statement) ? startedBy(survey, statement.expression) : null
    if (dropped && outboundOf(survey, dropped)) return dropped
  }
  return null
}

/** `await ping(user)`, where `ping` itself starts its calls and goes on. */
function isAnsweredAtOnce(survey: Survey, { expression }: TS.AwaitExpression): boolean {
  const call = bare(expression)
  const called = ts.isCallExpression(call) ? functionOf(survey, call.expression) : null
  if (!called?.body || !isAsync(called) || !ts.isBlock(called.body)) return false
  const waits = (node: TS.Node): boolean =>
    ts.isAwaitExpression(node) || (ts.isReturnStatement(node) && node.expression !== undefined)
  return !some(called.body, waits, false)
}

/** The call whose promise a statement drops: also behind `void`, `.catch(…)`. */
function startedBy(survey: Survey, expression: TS.Expression): TS.CallExpression | null {
  if (ts.isAwaitExpression(expression) && !isAnsweredAtOnce(survey, expression)) return null
  let at = bare(expression)
  while (ts.isCallExpression(at)) {
    const callee = bare(at.expression)
    if (!ts.isPropertyAccessExpression(callee) || !SETTLES.test(callee.name.text)) return at
    at = bare(callee.expression)
  }
  return null
}

/** An outbound call, or a function of the project that is declared to wait for one. */
function outboundOf(survey: Survey, call: TS.CallExpression): CallForEach | null {
  if (keepsForLater(call)) return null
  const called = survey.outboundAt(call) ? null : functionOf(survey, call.expression)
  if (called && (!called.body || !isAsync(called) || called === enclosingFunction(call))) return null
  return unpooledFrom(survey, called?.body ?? call)
}

/** `tasks.push(() => load(id))` starts nothing. */
function keepsForLater(call: TS.CallExpression): boolean {
  return ADDS.test(calleeName(call)) && call.arguments.every((given) => isFunction(bare(given)))
}

function isAsync(node: TS.FunctionLikeDeclaration): boolean {
  return (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Async) !== 0
}
