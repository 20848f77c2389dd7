/** Failed writes for single items of a loop: the others go on, and whether anybody takes this one up again is asked. */
import type { Practice } from '../../../../../facts/code.js'
import { isCompensation } from '../reach/compensations.js'
import { isOfJob, isToldBeside, lost, type IsInJob } from './dropped-failures.js'
import { endOf } from '../../syntax/catch-clauses.js'
import { practice } from '../../survey/practice.js'
import type { OutboundCall, Survey } from '../../survey/survey.js'
import { bare, isFunction, some, ts, type TS } from '../../syntax/syntax.js'
import { tellsOutcome } from './told-outcomes.js'
import { failureOf, type Write } from '../reach/writes-within.js'
import { isOfStore, isStoreRead, isWrite } from '../../effects/writes.js'

export function lostItem(survey: Survey, clause: TS.CatchClause, write: Write, isInJob: IsInJob): Practice[] {
  const isLost = endOf(clause) === 'logged' && !isToldBeside(clause) && !isCompensation(survey, clause)
  if (!isLost || leavesLoop(clause.parent) || tellsOutcome(clause, write.at)) return []
  const loop = loopOver(clause)
  const isAgain = isOfJob(survey, clause, isInJob) || readsItems(survey, loop)
  if (!isAgain || isMarkedBefore(survey, clause.parent, loop))
    return [lost(survey, clause, write, some(clause.block, ts.isCallExpression) ? 'only logged' : 'dropped')]
  const detail = `${failureOf(write)} is dropped, and the loop continues with the next item`
  const reason = 'the items are read again: does the next run find the one that this run left?'
  return [practice(survey, clause, 'swallowed-error', 'unknown', detail, reason)]
}

/** With the first item that succeeds: the others stand in for one that fails. */
function leavesLoop({ tryBlock }: TS.TryStatement): boolean {
  return some(tryBlock, (node) => ts.isReturnStatement(node) || ts.isBreakStatement(node), false)
}

/** The outermost one of the function. */
function loopOver(clause: TS.CatchClause): TS.ForOfStatement {
  let loop: TS.ForOfStatement | null = null
  for (let at: TS.Node = clause.parent; at && !isFunction(at); at = at.parent)
    if (ts.isForOfStatement(at)) loop = at
  return loop!
}

/** What is looped over was read from a store by the same function: those that were not done may be read again. */
function readsItems(survey: Survey, { expression }: TS.ForOfStatement): boolean {
  let items = bare(expression)
  while (ts.isPropertyAccessExpression(items)) items = bare(items.expression)
  const found = survey.resolver.resolve(items)
  const made = found.kind === 'value' ? found.node : expression
  return survey.callsFrom(made).some(isStoreRead)
}

/** In the store that the items come from, rather than sent. */
function isMark(call: OutboundCall): boolean {
  return isWrite(call) && isOfStore(call.client)
}

/** Something was changed for the item before: the next run takes it for done. */
function isMarkedBefore(survey: Survey, statement: TS.TryStatement, loop: TS.ForOfStatement): boolean {
  for (let at: TS.Node = statement; at !== loop; at = at.parent) {
    const { parent } = at
    if (!ts.isBlock(parent)) continue
    const before = parent.statements.slice(0, parent.statements.indexOf(at as TS.Statement))
    if (before.some((one) => survey.reaches(one, isMark) !== null)) return true
  }
  return false
}
