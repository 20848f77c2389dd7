/** Waits between looks at a lock or a state: what is looked for is not there yet, and nothing failed. */
import { codeWords } from '../../../../../knowledge/code-words.js'
import type { Survey } from '../../survey/survey.js'
import { bindingOf } from '../../syntax/scope.js'
import { ownThrowsIn } from '../../syntax/noted-nodes.js'
import { bare, calleeName, isFunction, some, symbolOf, ts, type TS } from '../../syntax/syntax.js'

export function isPolling(wait: TS.Node): boolean {
  const loop = loopAround(wait)
  return loop !== null && (asksForLock(loop) || isForLock(loop) || !meetsFailures(loop))
}

/** Also a wait that grows: who has the lock is not overloaded. */
export function waitsForLock(wait: TS.Node): boolean {
  const loop = loopAround(wait)
  return loop !== null && (isForLock(loop) || (takesLock(loop) && !meetsFailures(loop)))
}

/**
 * Who else tries to take it is another replica: the lock is in a store, or of a name that only such locks have. They all wait for
 * the same one, and come back together.
 */
export function waitsForSharedLock(wait: TS.Node, survey: Survey): boolean {
  const loop = loopAround(wait)
  if (loop === null || !(isForLock(loop) || takesLock(loop))) return false
  return survey.callsFrom(loop.statement).length > 0 || some(loop.statement, saysShared, false)
}

/** `'SELECT pg_try_advisory_lock(1)'`, `redis.set(key, token, 'NX')`. */
function saysShared(node: TS.Node): boolean {
  const { sharedLocks } = codeWords()
  const said = ts.isCallExpression(node) ? calleeName(node) : ts.isStringLiteralLike(node) ? node.text : ''
  return sharedLocks.test(said)
}

/** `if (result.modifiedCount === 1) return` in a loop that catches nothing: another write was first, and it is tried again. */
export function isLostRace(wait: TS.Node): boolean {
  const loop = loopAround(wait)
  return loop !== null && !meetsFailures(loop) && some(loop.statement, asksWhatChanged, false)
}

function asksWhatChanged(node: TS.Node): boolean {
  return ts.isIfStatement(node) && some(node.expression, isChangedCount)
}

function isChangedCount(node: TS.Node): boolean {
  if (ts.isIdentifier(node) && codeWords().changedCounts.test(node.text)) return true
  if (!ts.isPropertyAccessExpression(node) || node.name.text !== 'count') return false
  const counted = ts.isIdentifier(node.expression) ? bindingOf(node.expression) : null
  const made = counted?.kind === 'value' ? bare(counted.node as TS.Expression) : null
  return made !== null && ts.isCallExpression(made) && /^update/.test(calleeName(made))
}

function loopAround(node: TS.Node): TS.IterationStatement | null {
  for (let at = node.parent; at && !ts.isSourceFile(at); at = at.parent) {
    if (ts.isIterationStatement(at, false)) return at
    // `new Promise((resolve) => setTimeout(resolve, 100))` stands where it is awaited.
    if (isFunction(at) && !ts.isNewExpression(at.parent)) return null
  }
  return null
}

/** In `acquireLock()`, where whatever is no refusal of the lock is thrown on: that it is held is told by a failure. */
function isForLock(loop: TS.IterationStatement): boolean {
  const name = symbolOf(loop).split('.').at(-1)!
  return codeWords().locks.test(name) && some(loop.statement, tellsRefusals, false)
}

/** It asks what was caught before it throws; the number of attempts says nothing of it. */
function tellsRefusals(node: TS.Node): boolean {
  const caught = ts.isCatchClause(node) ? node.variableDeclaration?.name.getText() : undefined
  if (caught === undefined || !ts.isCatchClause(node)) return false
  const isCaught = (at: TS.Node): boolean => ts.isIdentifier(at) && at.text === caught
  const asks = (at: TS.Node): boolean => ts.isIfStatement(at) && some(at.expression, isCaught)
  return some(node.block, asks, false) && ownThrowsIn(node.block).length > 0
}

/** `await lock.acquire(key)`, `redis.set(key, token, 'NX')`, `if (acquired) break`. */
function takesLock({ statement }: TS.IterationStatement): boolean {
  const { locks, sharedLocks } = codeWords()
  return some(
    statement,
    (node) => {
      if (ts.isIfStatement(node) && some(node.expression, saysLock)) return true
      if (!ts.isCallExpression(node)) return ts.isStringLiteralLike(node) && sharedLocks.test(node.text)
      return locks.test(calleeName(node)) || sharedLocks.test(calleeName(node))
    },
    false,
  )
}

/**
 * `if (await tryAcquire(key)) break`, or nothing but `await lock.acquire(key)` where failures are caught: whether it waits again
 * hangs on the lock.
 */
function asksForLock({ statement }: TS.IterationStatement): boolean {
  return some(
    statement,
    (node) =>
      (ts.isIfStatement(node) && some(node.expression, (at) => saysLock(at) || isLocking(at), false)) ||
      (ts.isTryStatement(node) && onlyLocks(node.tryBlock)),
    false,
  )
}

function onlyLocks(block: TS.Block): boolean {
  const awaited: TS.AwaitExpression[] = []
  some(block, (node) => ts.isAwaitExpression(node) && awaited.push(node) < 0, false)
  return awaited.length > 0 && awaited.every(({ expression }) => isLocking(bare(expression)))
}

function isLocking(node: TS.Node): boolean {
  const { locks, sharedLocks } = codeWords()
  return ts.isCallExpression(node) && (locks.test(calleeName(node)) || sharedLocks.test(calleeName(node)))
}

/** A variable, unlike the state of a record: `account.locked`. */
function saysLock(node: TS.Node): boolean {
  const isMember = ts.isPropertyAccessExpression(node.parent) && node.parent.name === node
  return ts.isIdentifier(node) && !isMember && codeWords().holdsLock.test(node.text)
}

/** It catches one, or asks an answer whether it is one. */
function meetsFailures({ statement }: TS.IterationStatement): boolean {
  const meets = (node: TS.Node): boolean =>
    ts.isCatchClause(node) ||
    (ts.isCallExpression(node) && calleeName(node) === 'catch') ||
    tellsOfFailure(node)
  return some(statement, meets, false)
}

/** `error`, `answer.ok`, `answer.status === 429`. */
export function tellsOfFailure(node: TS.Node): boolean {
  const { failureMembers, failureVariables, statusCodes } = codeWords()
  if (ts.isIdentifier(node) && failureVariables.test(node.text)) return true
  if (!ts.isPropertyAccessExpression(node)) return false
  return failureMembers.test(node.name.text) || (statusCodes.test(node.name.text) && isComparedToNumber(node))
}

/** `status === 429`, unlike the state of a job. */
function isComparedToNumber({ parent }: TS.Node): boolean {
  return (
    ts.isBinaryExpression(parent) && (ts.isNumericLiteral(parent.right) || ts.isNumericLiteral(parent.left))
  )
}
