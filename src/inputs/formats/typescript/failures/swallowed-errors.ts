/** Failures of outbound writes that are dropped or only logged. Best-effort work is left alone. */
import type { Practice } from '../../../../facts/code.js'
import { formatSource } from '../../../../facts/source.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import { useOfAnswers } from './answer-uses.js'
import { changeBehind, isCalledToAct, isWaitedFor } from './changes-behind.js'
import { endOf, justificationOf } from '../syntax/catch-clauses.js'
import { reachesCatch } from './caught-failures.js'
import { callersOf } from '../survey/named-callers.js'
import { isCompensation } from './compensations.js'
import { failureLeaving, isKept } from './leaving-failures.js'
import { leavesWithWord, statementsAfter } from '../syntax/leaving.js'
import { lostMessages } from '../messages/lost-messages.js'
import { functionOf, practice } from '../survey/practice.js'
import { nameOfCall, type OutboundCall, type Survey } from '../survey/survey.js'
import {
  calleeName,
  callsIn,
  enclosingFunction,
  isFunction,
  some,
  sourceOf,
  symbolOf,
  ts,
  type TS,
} from '../syntax/syntax.js'
import { isTelemetry } from '../effects/telemetry.js'
import { tellsOutcome } from './told-outcomes.js'
import { isWrite } from '../effects/writes.js'

/** Whether something stands in a job by the clock. */
type IsInJob = (node: TS.Node) => boolean

export function swallowedErrors(survey: Survey, isInJob: IsInJob): Practice[] {
  const ofMessages = lostMessages(survey)
  const isTold = new Set(ofMessages.map(({ source }) => formatSource(source)))
  const ofWrites = survey.files.flatMap(({ catches }) =>
    catches.flatMap((clause) => swallowedAt(survey, clause, isInJob)),
  )
  return [...ofWrites.filter(({ source }) => !isTold.has(formatSource(source))), ...ofMessages]
}

function swallowedAt(survey: Survey, clause: TS.CatchClause, isInJob: IsInJob): Practice[] {
  if (isolatesItem(clause) || mayBeLost(symbolOf(clause))) return []
  const { tryBlock } = clause.parent
  const end = endOf(clause)
  const write =
    writeIn(tryBlock, survey, ({ at, call }) => reachesCatch(survey, at, call, tryBlock)) ??
    (end === 'acted' || isToldBeside(clause) ? null : changeBelow(survey, tryBlock))
  if (!write) return []
  if (end === 'acted' || (end === 'answered' && isAnswerRead(survey, clause))) {
    const passedOn = `${failureOf(write)} is acted on where it is caught`
    return [practice(survey, clause, 'swallowed-error', 'present', passedOn)]
  }
  const loop = loopAround(clause)
  if (loop && isEndless(loop)) return []
  if (loop && isToldAfter(loop)) {
    const toldLast = `${failureOf(write)} is tried again, and the last one is told`
    return [practice(survey, clause, 'swallowed-error', 'present', toldLast)]
  }
  if (write.through !== undefined && isOfJob(survey, clause, isInJob)) {
    const reason = 'the job runs again by the clock: does the next run do what this one left?'
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
    const told = `${failure} is told by what stands after the catch`
    return [practice(survey, clause, 'swallowed-error', 'present', told)]
  }
  if (isCompensation(survey, clause)) {
    const toldBefore = `${failure} comes after another, which is told`
    return [practice(survey, clause, 'swallowed-error', 'present', toldBefore)]
  }
  const what = some(clause.block, ts.isCallExpression) ? 'only logged' : 'dropped'
  return [lost(survey, clause, write, what)]
}

/** In the work of a job by the clock, or in a function that only such work calls. */
function isOfJob(survey: Survey, clause: TS.CatchClause, isInJob: IsInJob): boolean {
  if (isInJob(clause)) return true
  const owner = enclosingFunction(clause)
  const callers = owner ? callersOf(owner, survey) : []
  return callers.length > 0 && callers.every(isInJob)
}

/** Nobody tells of the failure; where the code says that it may be dropped, that is asked. */
export function lost(
  survey: Survey,
  caught: TS.CatchClause | TS.CallExpression,
  write: Write,
  what: 'dropped' | 'only logged',
): Practice {
  const failure = failureOf(write)
  const related = [{ source: sourceOf(write.call.node), message: 'the call that may fail' }]
  const justification = justificationOf(caught)
  if (justification !== null) {
    const reason = `it is ${what}, and the code says of it: “${justification}”; may this call be lost?`
    return practice(survey, caught, 'swallowed-error', 'unknown', `${failure} is ${what}`, reason, related)
  }
  const detail = `${failure} is ${what}: the caller takes it for done`
  return practice(survey, caught, 'swallowed-error', 'absent', detail, null, related)
}

/** In a loop over items, so that one bad item does not stop the others. */
function isolatesItem(clause: TS.CatchClause): boolean {
  for (let at: TS.Node = clause.parent; at && !isFunction(at); at = at.parent)
    if (ts.isForOfStatement(at)) return true
  return false
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

/** `sendEmail(to)` of the project: what it sends by, where its name says that somebody waits for it. */
function sentThrough(survey: Survey, call: TS.CallExpression): OutboundCall | null {
  const body = codeWords().sends.test(calleeName(call)) ? functionOf(survey, call.expression)?.body : null
  const isSent = (sent: OutboundCall): boolean =>
    isWrite(sent) && !/^(sql|document)$/.test(sent.client.library.protocol ?? '')
  return body ? failureLeaving(survey, body, isSent) : null
}

/** A call that changes something, and where the code makes it. */
export interface Write {
  at: TS.CallExpression
  call: OutboundCall
  /** The function of the project that is called, and does much else. */
  through?: string
}

export function failureOf({ call, through }: Write): string {
  return through === undefined
    ? `A failure of ${nameOfCall(call)}`
    : `A failure of \`${through}\`, which leads to ${nameOfCall(call)},`
}

/** To those who watch for errors; or another failure came first, or comes after it. */
function isToldBeside(clause: TS.CatchClause): boolean {
  const reports = (node: TS.Node): boolean =>
    ts.isCallExpression(node) && codeWords().reportsFailures.test(calleeName(node))
  if (some(clause.block, reports) || statementsAfter(clause.parent).some(ts.isThrowStatement)) return true
  for (let at: TS.Node = clause.parent; at && !isFunction(at); at = at.parent)
    if (ts.isCatchClause(at)) return true
  return false
}

/** The first function of the project that is waited for in a piece of code, and whose failure means that a change was not made. */
function changeBelow(survey: Survey, block: TS.Block): Write | null {
  const isChange = (call: OutboundCall): boolean => isWrite(call) && !isTelemetry(call, survey)
  for (const at of callsIn(block)) {
    const isMeant =
      isCalledToAct(at) && isWaitedFor(at, block) && !survey.outboundAt(at) && !isKept(at, block)
    const call = isMeant ? changeBehind(survey, at, isChange) : null
    if (call) return { at, call, through: calleeName(at) }
  }
  return null
}

/** The first call in a piece of code whose loss matters, of those that are meant. */
export function writeIn(
  block: TS.Node,
  survey: Survey,
  isMeant: (write: Write) => boolean = () => true,
): Write | null {
  let write: Write | null = null
  some(
    block,
    (node) => {
      if (!ts.isCallExpression(node) || codeWords().bestEffort.test(node.expression.getText())) return false
      if (isKept(node, block)) return false
      const direct = survey.outboundAt(node)
      const call = direct ? (isWrite(direct) ? direct : null) : sentThrough(survey, node)
      if (call && !isTelemetry(call, survey) && isMeant({ at: node, call })) write = { at: node, call }
      return write !== null
    },
    false,
  )
  return write
}
