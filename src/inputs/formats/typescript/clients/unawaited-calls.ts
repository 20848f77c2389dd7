/** Calls that nobody waits for: when one hangs no request does, and what it holds piles up. */
import { areAllSeen } from '../survey/all-callers.js'
import { chainedOf, isAnswered } from '../values/answers.js'
import type { Callers } from '../survey/callers.js'
import { enclosingFunction, isFunction, some, ts, type TS } from '../syntax/syntax.js'
import { calledAround, type Guards } from '../survey/wrappers.js'

const STAKE = 'the call is not awaited, so no request hangs with it, but its sockets and its memory are held'

/** A missing bound says what is at stake. */
export function withStake(guards: Guards, call: TS.Node, callers: Callers): Guards {
  const { 'http-timeout': timeout } = guards
  if (timeout?.state !== 'absent' || !isLeftAlone(call, callers, new Set())) return guards
  return {
    ...guards,
    'http-timeout': { ...timeout, reason: `${timeout.reason}; ${STAKE}`, nature: 'nobody-waits' },
  }
}

/** Started and left to itself, here or by each of those that call the function around, which does nothing more after it. */
function isLeftAlone(call: TS.Node, callers: Callers, seen: Set<TS.Node>): boolean {
  const whole = chainedOf(call)
  if (isStatement(whole)) return !isAnswered(call, callers.survey.resolver)
  const owner = calledAround(call)
  // What a callback waits for, its caller may wait for as well.
  if (!owner || owner !== enclosingFunction(call) || seen.has(owner)) return false
  seen.add(owner)
  if (!isLastIn(owner, whole)) return false
  const calls = callers.of(owner)
  return (
    calls.length > 0 && calls.every((each) => isLeftAlone(each, callers, seen)) && areAllSeen(owner, callers)
  )
}

/** `void send()`, `send().catch(log)` as a statement of its own. */
function isStatement({ parent }: TS.Node): boolean {
  return ts.isExpressionStatement(parent) || ts.isVoidExpression(parent)
}

/** The function waits for it, or gives it on, and does nothing more: what stood behind would wait as well. */
function isLastIn(owner: TS.FunctionLikeDeclaration, call: TS.Node): boolean {
  let isHeld = call.parent === owner
  for (let at = call; at !== owner; at = at.parent) {
    if (ts.isAwaitExpression(at) || ts.isReturnStatement(at)) isHeld = true
    if (!isLastOf(at.parent, at)) return false
  }
  return isHeld
}

/** Nothing of a piece of code runs after a part of it. */
function isLastOf(whole: TS.Node, part: TS.Node): boolean {
  if (ts.isBlock(whole)) {
    const { statements } = whole
    return statements.slice(statements.indexOf(part as TS.Statement) + 1).every(onlyGivesBack)
  }
  if (ts.isIfStatement(whole)) return part !== whole.expression
  if (ts.isConditionalExpression(whole)) return part !== whole.condition
  if (ts.isBinaryExpression(whole)) return part === whole.right && !isAssignment(whole)
  if (ts.isVariableDeclarationList(whole)) return part === whole.declarations.at(-1)
  if (ts.isTryStatement(whole)) return part === whole.finallyBlock || isEmpty(whole.finallyBlock)
  return isFunction(whole) || passesOn(whole)
}

/** It holds one part, and does nothing of its own with it. */
function passesOn(node: TS.Node): boolean {
  return (
    ts.isAwaitExpression(node) ||
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isPropertyAccessExpression(node) ||
    ts.isExpressionStatement(node) ||
    ts.isReturnStatement(node) ||
    ts.isVariableDeclaration(node) ||
    ts.isVariableStatement(node) ||
    ts.isCatchClause(node)
  )
}

/** What is kept may be what others wait for. */
function isAssignment({ operatorToken: { kind } }: TS.BinaryExpression): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment
}

const isEmpty = (block: TS.Block | undefined): boolean => block === undefined || block.statements.length === 0

/** `return answer.data` */
function onlyGivesBack(statement: TS.Statement): boolean {
  const works = (node: TS.Node): boolean =>
    ts.isCallExpression(node) || ts.isNewExpression(node) || ts.isAwaitExpression(node)
  return ts.isReturnStatement(statement) && !some(statement, works)
}
