/** Handlers of queues that only log what fails: the queue takes the message for done, and it is gone. */
import type { Practice } from '../../../../facts/code.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import { justificationOf, onlyLogs } from '../syntax/catch-clauses.js'
import { statementsAfter } from '../syntax/leaving.js'
import { consumersIn, type Consumer } from './consumers.js'
import { handlersBehind } from './passed-handlers.js'
import { practice } from '../survey/practice.js'
import type { Survey } from '../survey/survey.js'
import { callsIn, ownThrowsIn } from '../syntax/noted-nodes.js'
import { bare, isFunction, some, sourceOf, ts, walk, type TS } from '../syntax/syntax.js'
import { isStoreRead } from '../effects/writes.js'

const PATTERN = 'swallowed-error'

export function lostMessages(survey: Survey): Practice[] {
  const judged = new Set<TS.CatchClause>()
  return consumersIn(survey).flatMap((consumer) => {
    if (consumer.shape.done !== 'return' || !consumer.shape.again) return []
    const clauses = clausesFor(survey, consumer).filter((clause) => !judged.has(clause))
    for (const clause of clauses) judged.add(clause)
    return clauses.flatMap((clause) => judgeClause(survey, clause, consumer.library.title))
  })
}

/** Those that end the handling of a message, also in the functions that it is passed on to. */
function clausesFor(survey: Survey, { handler }: Consumer): TS.CatchClause[] {
  return [handler, ...handlersBehind(survey, handler)].flatMap(({ body }) =>
    clausesIn(body).filter((clause) => !onlyLogs(clause.block) || isAroundAll(survey, clause, body)),
  )
}

function clausesIn(body: TS.Node): TS.CatchClause[] {
  const caught: TS.CatchClause[] = []
  walk(body, (node) => {
    if (ts.isCatchClause(node) && handlesMessage(node.parent.tryBlock)) caught.push(node)
    return !isFunction(node)
  })
  return caught
}

function judgeClause(survey: Survey, clause: TS.CatchClause, title: string): Practice[] {
  const { tryBlock } = clause.parent
  const end = endOf(survey, clause)
  if (end === 'acted') {
    const acted = 'A failure in handling a message is handled where it is caught'
    return [practice(survey, clause, PATTERN, 'present', acted)]
  }
  if (isAside(tryBlock)) return []
  const failure = `A failure in handling a message is ${end === 'logged' ? 'only logged' : 'treated as success'}`
  const taken = `${title} treats the message as done`
  const call = survey.reaches(tryBlock)
  const related = call ? [{ source: sourceOf(call.node), message: 'the call that may fail' }] : []
  const asked = questionOf(clause, end)
  return [
    asked === null
      ? practice(survey, clause, PATTERN, 'absent', `${failure}: ${taken}`, null, related)
      : practice(survey, clause, PATTERN, 'unknown', failure, `${taken}, and ${asked}`, related),
  ]
}

/** Null where nothing speaks for it. */
function questionOf(clause: TS.CatchClause, end: End): string | null {
  const justification = justificationOf(clause)
  if (justification !== null) return `the code says: “${justification}”; may this message be lost?`
  return end === 'answered'
    ? 'the handler returns a value that may report it: does anything read that, and handle the message again?'
    : null
}

/** `left`: it returns, after no more than logging; `answered`: with an object that may say what happened. */
type End = 'logged' | 'left' | 'answered' | 'acted'

function endOf(survey: Survey, clause: TS.CatchClause): End {
  const { statements } = clause.block
  const { finallyBlock } = clause.parent
  const later = [...(finallyBlock ? [finallyBlock] : []), ...statementsAfter(clause.parent)]
  if (later.some((statement) => ownThrowsIn(statement).length > 0)) return 'acted'
  if (onlyLogs(clause.block)) return 'logged'
  const last = statements.at(-1)
  if (!last || !ts.isReturnStatement(last) || !onlyLogs({ statements: statements.slice(0, -1) }))
    return 'acted'
  // What fails without a call to others, as in reading the message, fails again.
  if (survey.reaches(clause.parent.tryBlock) === null) return 'acted'
  const answer = last.expression && bare(last.expression)
  if (!answer || isPlain(answer)) return 'left'
  return ts.isObjectLiteralExpression(answer) && !some(answer, ts.isCallExpression) ? 'answered' : 'acted'
}

const isPlain = (answer: TS.Expression): boolean =>
  ts.isLiteralExpression(answer) ||
  answer.kind === ts.SyntaxKind.NullKeyword ||
  answer.kind === ts.SyntaxKind.TrueKeyword ||
  answer.kind === ts.SyntaxKind.FalseKeyword ||
  (ts.isIdentifier(answer) && answer.text === 'undefined')

/** Waits for something: a message that cannot be parsed can be dropped by design. */
function handlesMessage(block: TS.Block): boolean {
  return some(block, ts.isAwaitExpression, false)
}

/** All that is waited for in it may be lost by its name: `await metrics.count(job)`. */
function isAside(block: TS.Block): boolean {
  const awaited = callsIn(block).filter(({ parent }) => ts.isAwaitExpression(parent))
  return (
    awaited.length > 0 && awaited.every(({ expression }) => codeWords().bestEffort.test(expression.getText()))
  )
}

/** Nothing outside of it but reads, and nothing but a line of the log comes after it: what fails in it is all that can fail. */
function isAroundAll(survey: Survey, clause: TS.CatchClause, body: TS.Node): boolean {
  const whole = clause.parent
  if (
    !onlyLogs({ statements: statementsAfter(whole).filter((statement) => !ts.isReturnStatement(statement)) })
  )
    return false
  let isAlone = true
  walk(body, (node) => {
    if (node === whole.tryBlock || ts.isCatchClause(node)) return false
    if (isAlone && ts.isCallExpression(node)) isAlone = !works(survey, node)
    return isAlone
  })
  return isAlone
}

function works(survey: Survey, call: TS.CallExpression): boolean {
  const direct = survey.outboundAt(call)
  return (direct ? [direct] : survey.callsThrough(call)).some((outbound) => !isStoreRead(outbound))
}
