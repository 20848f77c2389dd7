/** Locks under which a piece of code runs: a callback that a lock is held around, or one that the function took before. */
import { codeWords } from '../../../../knowledge/code-words.js'
import { callersOf } from '../survey/named-callers.js'
import { functionOf, somewhere } from '../survey/practice.js'
import { isSharedLock, processLockOf } from './job-locks.js'
import { endsByLeaving } from '../syntax/leaving.js'
import type { Survey } from '../survey/survey.js'
import { calleeName, enclosingFunction, isFunction, some, ts, type TS } from '../syntax/syntax.js'

/** Functions that are called under a lock, which call functions. */
const MAX_CALLERS = 2

/** `shared`: all instances see it; `process`: one process does; `open`: which of them could not be followed. */
export interface OuterLock {
  node: TS.Node
  name: string
  holds: 'shared' | 'process' | 'open'
  /** The module of a lock of the process, or what stays open. */
  by: string
}

/** The lock that holds from before one node to another behind it in the same function; the surest one first. */
export function outerLockOf(survey: Survey, first: TS.Node, last: TS.Node): OuterLock | null {
  return bySureness(locksAround(survey, first, last, 0))[0] ?? null
}

function bySureness(locks: OuterLock[]): OuterLock[] {
  const order: OuterLock['holds'][] = ['shared', 'open', 'process']
  return order.flatMap((holds) => locks.filter((lock) => lock.holds === holds))
}

function locksAround(survey: Survey, first: TS.Node, last: TS.Node, depth: number): OuterLock[] {
  const found: OuterLock[] = []
  let owner = enclosingFunction(first)
  for (; owner; owner = enclosingFunction(owner)) {
    found.push(...takenBefore(survey, owner, first, last))
    if (ts.isCallExpression(owner.parent)) found.push(...lockBy(survey, owner.parent))
    if (depth < MAX_CALLERS && found.length === 0) found.push(...aroundCallers(survey, owner, depth))
  }
  return found
}

/** All who are seen to call the function hold one: of them the least sure. */
function aroundCallers(survey: Survey, owner: TS.FunctionLikeDeclaration, depth: number): OuterLock[] {
  const held: OuterLock[] = []
  for (const call of callersOf(owner, survey)) {
    const [lock] = bySureness(locksAround(survey, call, call, depth + 1))
    if (!lock) return []
    held.push(lock)
  }
  return bySureness(held).slice(-1)
}

/** `const release = await mutex.acquire()`, `select … for update`, and nothing that gives it back in between. */
function takenBefore(
  survey: Survey,
  owner: TS.FunctionLikeDeclaration,
  first: TS.Node,
  last: TS.Node,
): OuterLock[] {
  const found: OuterLock[] = []
  if (!owner.body) return found
  some(
    owner.body,
    (node) => {
      if (node.end > first.pos) return false
      const locks = ts.isCallExpression(node) ? lockBy(survey, node) : lockInText(survey, node, owner)
      if (locks.length > 0 && !isGivenBack(owner, node, last)) found.push(...locks)
      return false
    },
    false,
  )
  return found
}

/** A call by whose name, or by whose library, a lock is taken. */
function lockBy(survey: Survey, call: TS.CallExpression): OuterLock[] {
  const { locks, sharedLocks, asksLocks } = codeWords()
  const title = survey.outboundAt(call)?.client.library.title ?? ''
  const isShared = sharedLocks.test(title)
  if (!isShared && (!locks.test(calleeName(call)) || asksLocks.test(calleeName(call)))) return []
  const name = call.expression.getText().replace(/\s+/g, '').slice(0, 60)
  const process = processLockOf(survey, call)
  if (process !== null) return [{ node: call, name, holds: 'process', by: process }]
  const called = functionOf(survey, call.expression)
  const isSeen =
    isShared || some(call, isSharedLock) || (called?.body && somewhere(survey, called.body, isSharedLock))
  if (isSeen) return [{ node: call, name, holds: 'shared', by: name }]
  return [{ node: call, name, holds: 'open', by: `does \`${name}\` hold a lock that all instances see` }]
}

/** A row or an advisory lock of the database, which it holds up to the end of the transaction, or of the session. */
function lockInText(survey: Survey, node: TS.Node, owner: TS.FunctionLikeDeclaration): OuterLock[] {
  const isText = ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)
  if (!isText && !ts.isIdentifier(node)) return []
  const [, name] = codeWords().databaseLocks.exec(node.getText()) ?? []
  if (name === undefined) return []
  const lock = { node, name: name.replace(/\s+/g, ' ') }
  if (!codeWords().transactionLocks.test(name) || isInTransaction(survey, node, owner))
    return [{ ...lock, holds: 'shared', by: name }]
  return [
    { ...lock, holds: 'open', by: `does the transaction of \`${lock.name}\` last until it is acquired` },
  ]
}

/** In the callback of a transaction, or behind its begin. */
function isInTransaction(survey: Survey, node: TS.Node, owner: TS.FunctionLikeDeclaration): boolean {
  for (let at: TS.FunctionLikeDeclaration | null = owner; at; at = enclosingFunction(at))
    if (ts.isCallExpression(at.parent) && survey.shapes.isTransaction(calleeName(at.parent))) return true
  const begins = (one: TS.Node): boolean =>
    one.end <= node.pos &&
    ((ts.isStringLiteralLike(one) && /^\s*(begin|start transaction)\b/i.test(one.text)) ||
      (ts.isCallExpression(one) && codeWords().beginsTransaction.test(calleeName(one))))
  return some(owner, begins, false)
}

/** Not by the way of those who leave. */
function isGivenBack(owner: TS.FunctionLikeDeclaration, lock: TS.Node, last: TS.Node): boolean {
  return some(
    owner,
    (node) =>
      ts.isCallExpression(node) &&
      node.pos >= lock.end &&
      node.end <= last.pos &&
      codeWords().givesLockBack.test(calleeName(node)) &&
      !isOnWayOut(node),
    false,
  )
}

function isOnWayOut(node: TS.Node): boolean {
  for (let at = node; at.parent && !isFunction(at.parent); at = at.parent)
    if (ts.isIfStatement(at.parent) && at.parent.expression !== at && endsByLeaving(at as TS.Statement))
      return true
  return false
}
