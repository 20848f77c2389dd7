/** Calls that nobody waits for: when one hangs no request does, and what it holds piles up. */
import type { Callers } from './callers.js'
import { bare, calleeName, enclosingFunction, isFunction, ts, type TS } from './syntax.js'
import { calledAround, type Guards } from './wrappers.js'

/** The end of a reason. */
export const NOBODY_WAITS =
  'nobody waits for the call, so no request hangs with it, but its sockets and its memory are held'

/** A missing bound says what is at stake. */
export function withStake(guards: Guards, call: TS.Node, callers: Callers): Guards {
  const { 'http-timeout': timeout } = guards
  if (timeout?.state !== 'absent' || !isLeftAlone(call, callers, new Set())) return guards
  return { ...guards, 'http-timeout': { ...timeout, reason: `${timeout.reason}; ${NOBODY_WAITS}` } }
}

/** Started and left to itself, here or by each of those that call the function around. */
function isLeftAlone(call: TS.Node, callers: Callers, seen: Set<TS.Node>): boolean {
  const whole = wholeOf(call)
  if (isStatement(whole)) return !isAnswered(call, whole)
  const owner = calledAround(call)
  // What a callback waits for, its caller may wait for as well.
  if (!owner || owner !== enclosingFunction(call) || seen.has(owner)) return false
  seen.add(owner)
  const calls = callers.of(owner)
  return isAsync(owner) && calls.length > 0 && calls.every((each) => isLeftAlone(each, callers, seen))
}

/** Its answer goes to a callback, to `.then(answer)` or to the promise around: somebody may wait for that. */
function isAnswered(call: TS.Node, whole: TS.Node): boolean {
  for (let at = call; at !== whole.parent; at = at.parent) {
    if (!ts.isCallExpression(at)) continue
    if (calleeName(at) !== 'catch' && calleeName(at) !== 'finally' && at.arguments.some(isCallback))
      return true
  }
  const owner = enclosingFunction(call)
  return owner !== null && owner.parent !== undefined && ts.isNewExpression(owner.parent)
}

const isCallback = (argument: TS.Expression): boolean => {
  const node = bare(argument)
  return isFunction(node) || ts.isIdentifier(node)
}

/** With the `.then(…)` and `.catch(…)` behind it. */
function wholeOf(call: TS.Node): TS.Node {
  let at = call
  while (
    ts.isParenthesizedExpression(at.parent) ||
    (ts.isPropertyAccessExpression(at.parent) && /^(then|catch|finally)$/.test(at.parent.name.text)) ||
    (ts.isCallExpression(at.parent) && at.parent.expression === at)
  )
    at = at.parent
  return at
}

/** `void send()`, `send().catch(log)` as a statement of its own. */
function isStatement({ parent }: TS.Node): boolean {
  return ts.isExpressionStatement(parent) || ts.isVoidExpression(parent)
}

function isAsync(owner: TS.FunctionLikeDeclaration): boolean {
  return (ts.getModifiers(owner as TS.HasModifiers) ?? []).some(
    ({ kind }) => kind === ts.SyntaxKind.AsyncKeyword,
  )
}
