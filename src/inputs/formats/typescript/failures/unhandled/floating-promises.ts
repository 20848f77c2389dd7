/** Work that is started and left: what fails in it passes by the job, or by the catch around, that would have told of it. */
import type { Practice } from '../../../../../facts/code.js'
import { codeWords } from '../../../../../knowledge/code-words.js'
import { justificationOf } from '../../syntax/catch-clauses.js'
import { consumersIn, type Consumer } from '../../messages/consumers.js'
import { isAsync } from '../reach/reaches-catch.js'
import { failureIn } from '../reach/may-reject.js'
import { functionOf, practice } from '../../survey/practice.js'
import type { Survey } from '../../survey/survey.js'
import { callsIn, ownCallsIn } from '../../syntax/noted-nodes.js'
import {
  calleeName,
  enclosingFunction,
  isFunction,
  some,
  sourceOf,
  ts,
  type TS,
} from '../../syntax/syntax.js'
import { promisedWrite } from '../reach/promised-writes.js'
import { isWrite } from '../../effects/writes.js'

const PATTERN = 'unawaited-work'
/** Functions that do not look at what their callback gives. */
const TAKES_NO_PROMISE = ['forEach', 'setImmediate', 'setTimeout', 'nextTick', 'queueMicrotask']

interface Started {
  statement: TS.ExpressionStatement
  call: TS.CallExpression
  /** The outbound call itself, else what is waited for in the function that is called, and is caught nowhere there. */
  mayFail: TS.AwaitExpression | TS.CallExpression
}

export function floatingPromises(survey: Survey): Practice[] {
  const inTries = survey.files.flatMap(({ catches }) =>
    catches.flatMap((clause) => besideCatch(survey, clause)),
  )
  return [...consumersIn(survey).flatMap((consumer) => besideJob(survey, consumer)), ...inTries]
}

/** Where it leads to a write, that the message is done too early is told elsewhere. */
function besideJob(survey: Survey, { at, handler, library, shape }: Consumer): Practice[] {
  if (shape.done !== 'return') return []
  const started = startedIn(handler.body, handler, (call) => failureWithin(survey, call))
  const first = started.find(({ call }) => !isEarly(survey, call))
  if (!first) {
    const waits =
      started.length === 0 &&
      some(handler.body, ts.isAwaitExpression, false) &&
      !ownCallsIn(handler.body).some((call) => floats(survey, call))
    return waits
      ? [practice(survey, at, PATTERN, 'present', `The job of ${library.title} awaits its work`)]
      : []
  }
  const detail = `Nothing awaits \`${nameOf(first)}\`: when it fails, ${library.title} has already marked the job as done`
  return [left(survey, first, detail)]
}

/** `send().then(count)`, `items.forEach(async …)`, `setImmediate(async …)`: no pass, though what may fail in it is not asked. */
function floats(survey: Survey, call: TS.CallExpression): boolean {
  if (!statementOf(call)) return false
  const name = calleeName(call)
  if (survey.outboundAt(call) || name === 'finally') return true
  if (name === 'then') return call.arguments.length < 2
  return (
    TAKES_NO_PROMISE.includes(name) && call.arguments.some((given) => isFunction(given) && isAsync(given))
  )
}

/** What changes something is judged with the messages that are done too early, unless its name says that it may be lost. */
function isEarly(survey: Survey, call: TS.CallExpression): boolean {
  return !codeWords().bestEffort.test(call.expression.getText()) && survey.callsFrom(call).some(isWrite)
}

function besideCatch(survey: Survey, clause: TS.CatchClause): Practice[] {
  const owner = enclosingFunction(clause)
  const { tryBlock } = clause.parent
  const mayFail: FailureOf = (call) => promisedWrite(survey, call)?.node ?? failureWithin(survey, call)
  const started = owner ? startedIn(tryBlock, owner, mayFail) : []
  return started
    .filter(({ statement, call }) => isOfTry(statement, tryBlock) && !ts.isVoidExpression(call.parent))
    .slice(0, 1)
    .map((one) => {
      const detail = `Nothing awaits \`${nameOf(one)}\`: its failure does not reach the catch around it`
      return left(survey, one, detail)
    })
}

function left(survey: Survey, { statement, call, mayFail }: Started, detail: string): Practice {
  const related = [{ source: sourceOf(mayFail), message: 'the call that may fail' }]
  const justification = justificationOf(call)
  const doubt = justification === null ? null : `the code says: “${justification}”`
  const announces = codeWords().announces.test(calleeName(call)) ? 'it only announces what was done' : null
  const why = doubt ?? announces
  if (why === null) return practice(survey, statement, PATTERN, 'absent', detail, null, related)
  const reason = `nothing awaits it, and ${why}: may it be lost, and what catches its failure?`
  return practice(survey, statement, PATTERN, 'unknown', detail, reason, related)
}

type FailureOf = (call: TS.CallExpression) => Started['mayFail'] | null

/** Statements of one function, in a part of it, that call an asynchronous function which may fail, and go on. */
function startedIn(root: TS.Node, owner: TS.Node, failureOf: FailureOf): Started[] {
  return callsIn(root).flatMap((call) => {
    const statement = statementOf(call)
    if (!statement || enclosingFunction(call) !== owner || codeWords().observes.test(calleeName(call)))
      return []
    const mayFail = failureOf(call)
    return mayFail ? [{ statement, call, mayFail }] : []
  })
}

/** `work()`, `void work()`: with a `catch` or `then` behind it somebody thought of its end. */
function statementOf({ parent }: TS.CallExpression): TS.ExpressionStatement | null {
  const statement = ts.isVoidExpression(parent) ? parent.parent : parent
  return ts.isExpressionStatement(statement) ? statement : null
}

function failureWithin(survey: Survey, call: TS.CallExpression): TS.AwaitExpression | null {
  const called = functionOf(survey, call.expression)
  return called?.body && isAsync(called) ? failureIn(survey, called) : null
}

/** The try is the nearest one around. */
function isOfTry(statement: TS.Node, tryBlock: TS.Block): boolean {
  for (let at = statement; at !== tryBlock; at = at.parent)
    if (ts.isTryStatement(at.parent) || ts.isCatchClause(at.parent)) return false
  return true
}

function nameOf({ call }: Started): string {
  return call.expression.getText().replace(/\s+/g, '').slice(0, 60)
}
