/** Failures of outbound writes that are dropped or only logged. Best-effort work is left alone. */
import type { Practice } from '../../../facts/code.js'
import { codeWords } from '../../../knowledge/code-words.js'
import { isJustified, onlyLogs } from './catch-clauses.js'
import { isCompensation } from './compensations.js'
import { lostMessages } from './lost-messages.js'
import { functionOf, practice } from './practice.js'
import type { OutboundCall, Survey } from './survey.js'
import { calleeName, isFunction, some, sourceOf, symbolOf, ts, type TS } from './syntax.js'
import { isWrite } from './writes.js'

export function swallowedErrors(survey: Survey): Practice[] {
  const ofWrites = survey.files.flatMap(({ catches }) =>
    catches.flatMap((clause) => swallowedAt(survey, clause)),
  )
  return [...ofWrites, ...lostMessages(survey)]
}

function swallowedAt(survey: Survey, clause: TS.CatchClause): Practice[] {
  if (isolatesItem(clause) || isJustified(clause) || codeWords().bestEffort.test(symbolOf(clause))) return []
  const write = writeIn(clause.parent.tryBlock, survey)
  if (!write) return []
  if (!onlyLogs(clause.block)) {
    const passedOn = `A failure of \`${write.method}\` (${write.client.library.title}) is acted on where it is caught`
    return [practice(survey, clause, 'swallowed-error', 'present', passedOn)]
  }
  const loop = loopAround(clause)
  if (loop && isEndless(loop)) return []
  if (loop && isToldAfter(loop)) {
    const toldLast = `A failure of \`${write.method}\` (${write.client.library.title}) is tried again, and the last one is told`
    return [practice(survey, clause, 'swallowed-error', 'present', toldLast)]
  }
  if (isCompensation(survey, clause)) {
    const toldBefore = `A failure of \`${write.method}\` (${write.client.library.title}) comes after another, which is told`
    return [practice(survey, clause, 'swallowed-error', 'present', toldBefore)]
  }
  const what = clause.block.statements.length === 0 ? 'dropped' : 'only logged'
  const detail = `A failure of \`${write.method}\` (${write.client.library.title}) is ${what}: the caller takes it for done`
  return [
    practice(survey, clause, 'swallowed-error', 'absent', detail, null, [
      { source: sourceOf(write.node), message: 'the call that may fail' },
    ]),
  ]
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
  const tells = (node: TS.Node): boolean =>
    ts.isThrowStatement(node) || (ts.isReturnStatement(node) && node.expression !== undefined)
  return after.some((statement) => some(statement, tells, false))
}

/** `sendEmail(to)` of the project: what it sends by, where its name says that somebody waits for it. */
function sentThrough(survey: Survey, call: TS.CallExpression): OutboundCall | null {
  const body = codeWords().sends.test(calleeName(call)) ? functionOf(survey, call.expression)?.body : null
  const isSent = (sent: OutboundCall): boolean =>
    isWrite(sent) && !/^(sql|document)$/.test(sent.client.library.protocol ?? '')
  return body ? survey.reaches(body, isSent) : null
}

/** The first call in a piece of code whose loss matters. */
export function writeIn(block: TS.Node, survey: Survey): OutboundCall | null {
  let write: OutboundCall | null = null
  some(
    block,
    (node) => {
      if (!ts.isCallExpression(node) || codeWords().bestEffort.test(node.expression.getText())) return false
      const direct = survey.outboundAt(node)
      write = direct ? (isWrite(direct) ? direct : null) : sentThrough(survey, node)
      return write !== null
    },
    false,
  )
  return write
}
