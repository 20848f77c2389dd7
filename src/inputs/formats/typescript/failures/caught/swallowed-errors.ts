/** Failures of outbound writes that are dropped or only logged. Best-effort work is left alone. */
import type { Practice } from '../../../../../facts/code.js'
import { formatSource } from '../../../../../facts/source.js'
import { codeWords } from '../../../../../knowledge/code-words.js'
import { useOfAnswers } from '../reach/uses-at-callers.js'
import { isWaitedFor } from '../reach/changes-behind.js'
import { endOf } from '../../syntax/catch-clauses.js'
import { reachesCatch } from '../reach/reaches-catch.js'
import { isCompensation } from '../reach/compensations.js'
import { isKept } from '../reach/leaving-failures.js'
import { leavesWithWord } from '../../syntax/leaving.js'
import { lostMessages } from '../../messages/lost-messages.js'
import { practice } from '../../survey/practice.js'
import type { Survey } from '../../survey/survey.js'
import { callsIn } from '../../syntax/noted-nodes.js'
import { enclosingFunction, isFunction, some, symbolOf, ts, type TS } from '../../syntax/syntax.js'
import { tellsOutcome } from './told-outcomes.js'
import { isolatesItem, isOfJob, isToldBeside, lost, type IsInJob } from './dropped-failures.js'
import { lostItem } from './lost-items.js'
import { changeThrough, failureOf, writeIn, type Write } from '../reach/writes-within.js'

export function swallowedErrors(survey: Survey, isInJob: IsInJob): Practice[] {
  const ofMessages = lostMessages(survey)
  const isTold = new Set(ofMessages.map(({ source }) => formatSource(source)))
  const ofWrites = survey.files.flatMap(({ catches }) =>
    catches.flatMap((clause) => swallowedAt(survey, clause, isInJob)),
  )
  return [...ofWrites.filter(({ source }) => !isTold.has(formatSource(source))), ...ofMessages]
}

function swallowedAt(survey: Survey, clause: TS.CatchClause, isInJob: IsInJob): Practice[] {
  if (mayBeLost(symbolOf(clause))) return []
  const { tryBlock } = clause.parent
  const end = endOf(clause)
  if (end !== 'logged' && isolatesItem(clause)) return []
  const direct = writeIn(tryBlock, survey, ({ at, call }) => reachesCatch(survey, at, call, tryBlock))
  if (isolatesItem(clause)) return direct ? lostItem(survey, clause, direct, isInJob) : []
  const write = direct ?? (end === 'acted' || isToldBeside(clause) ? null : changeBelow(survey, tryBlock))
  if (!write) return []
  if (end === 'acted' || (end === 'answered' && isAnswerRead(survey, clause))) {
    const passedOn = `${failureOf(write)} is handled where it is caught`
    return [practice(survey, clause, 'swallowed-error', 'present', passedOn)]
  }
  const loop = loopAround(clause)
  if (loop && isEndless(loop)) return []
  if (loop && isToldAfter(loop)) {
    const toldLast = `${failureOf(write)} is retried, and the last failure is reported`
    return [practice(survey, clause, 'swallowed-error', 'present', toldLast)]
  }
  if (write.through !== undefined && isOfJob(survey, clause, isInJob)) {
    const reason = 'the job runs again on schedule: does the next run do what this run left?'
    return [practice(survey, clause, 'swallowed-error', 'unknown', `${failureOf(write)} is dropped`, reason)]
  }
  return judgeDropped(survey, clause, write)
}

/** By the name of the function around. */
function mayBeLost(name: string): boolean {
  const { bestEffort, showsPresence } = codeWords()
  return bestEffort.test(name) || showsPresence.test(name)
}

/** A value stands for the failure: none of those who are seen to call waits for the function without looking at it. */
function isAnswerRead(survey: Survey, clause: TS.CatchClause): boolean {
  const owner = enclosingFunction(clause)
  return owner === null || useOfAnswers(survey, owner) !== 'ignored'
}

/** The clause itself does no more than log: what stands around it decides. */
function judgeDropped(survey: Survey, clause: TS.CatchClause, write: Write): Practice[] {
  const failure = failureOf(write)
  if (endOf(clause) === 'logged' && tellsOutcome(clause, write.at)) {
    const told = `${failure} is reported by the code after the catch`
    return [practice(survey, clause, 'swallowed-error', 'present', told)]
  }
  if (isCompensation(survey, clause)) {
    const toldBefore = `${failure} follows another one, which is reported`
    return [practice(survey, clause, 'swallowed-error', 'present', toldBefore)]
  }
  const what = some(clause.block, ts.isCallExpression) ? 'only logged' : 'dropped'
  return [lost(survey, clause, write, what)]
}

/** The loop that goes on after the catch, to the next attempt. */
function loopAround(clause: TS.CatchClause): TS.IterationStatement | null {
  for (let at: TS.Node = clause.parent; !isFunction(at) && !ts.isSourceFile(at); at = at.parent)
    if (ts.isIterationStatement(at, false)) return at
  return null
}

/** Whether such a loop may go on for ever is asked elsewhere. */
function isEndless(loop: TS.IterationStatement): boolean {
  if (ts.isForStatement(loop)) return loop.condition === undefined
  return (
    (ts.isWhileStatement(loop) || ts.isDoStatement(loop)) &&
    loop.expression.kind === ts.SyntaxKind.TrueKeyword
  )
}

/** After the last attempt it throws, or gives something back. */
function isToldAfter(loop: TS.IterationStatement): boolean {
  const { parent } = loop
  if (!ts.isBlock(parent)) return false
  const after = parent.statements.slice(parent.statements.indexOf(loop) + 1)
  return after.some((statement) => some(statement, leavesWithWord, false))
}

/** The first function of the project that is waited for in a piece of code, and whose failure means that a change was not made. */
function changeBelow(survey: Survey, block: TS.Block): Write | null {
  for (const at of callsIn(block)) {
    const isMeant = isWaitedFor(at, block) && !isKept(at, block)
    const write = isMeant ? changeThrough(survey, at) : null
    if (write) return write
  }
  return null
}
