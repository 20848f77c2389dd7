/** Whether attempts have an end. */
import type { Guard, Practice } from '../../../../../facts/code.js'
import { practice } from '../../survey/practice.js'
import { isLeave } from '../../syntax/leaving.js'
import { asksFor, conditionsOf, leaves } from '../conditions/retry-conditions.js'
import { type Counting, countersOf, countingOf, isCount, strongest } from './counting-conditions.js'
import { boundOfResent, type Resent } from '../places/interceptor-retries.js'
import type { Retry } from '../places/hand-written-retries.js'
import { isNoWork, readsStream, wholeWork } from '../repeated/repeated-work.js'
import type { Survey } from '../../survey/survey.js'
import { isFunction, some, ts, walk, type TS } from '../../syntax/syntax.js'

const PATTERN = 'retry-bounded'
const COMPARING = ['<', '<=', '>', '>=']
/** Calls that a client of its own waits for; others call themselves to go on. */
const REMOTE = ['http', 'grpc', 'saas', 'mail', 'object-store']

export function boundOfLoop(retry: Retry, loop: TS.IterationStatement, survey: Survey): Practice[] {
  const condition = conditionOf(loop)
  const asked = ts.isIfStatement(retry.decision) ? retry.decision.expression : null
  const isCounted =
    ts.isForOfStatement(loop) || [condition, asked].some((each) => each !== null && some(each, isCount))
  const counting = isCounted ? 'counts' : countingInside(loop, retry, survey)
  if (counting === 'counts')
    return [practice(survey, loop, PATTERN, 'present', 'The retry loop counts its attempts')]
  if (isNoWork(retry) || readsStream(retry)) return []
  if (counting === 'given') {
    const reason = 'a function gets the count, and after how many attempts it ends the loop was not seen'
    return [practice(survey, loop, PATTERN, 'unknown', 'A function decides whether to retry', reason)]
  }
  if (condition === null || retry.until !== null)
    return [practice(survey, loop, PATTERN, 'absent', 'The loop retries without a limit')]
  const reason = `whether \`${condition.getText().slice(0, 60)}\` becomes false after a number of attempts was not seen`
  return [practice(survey, loop, PATTERN, 'unknown', 'The loop retries under a condition', reason)]
}

/** Null for a loop that goes on for ever. */
function conditionOf(loop: TS.IterationStatement): TS.Expression | null {
  const condition = ts.isForStatement(loop)
    ? loop.condition
    : ts.isWhileStatement(loop) || ts.isDoStatement(loop)
      ? loop.expression
      : undefined
  return condition && condition.kind !== ts.SyntaxKind.TrueKeyword ? condition : null
}

/** Left by a count, as by `if (attempt > 3) throw error`; or left after each failure, unless a count lets it go on. */
function countingInside(loop: TS.IterationStatement, retry: Retry, survey: Survey): Counting {
  const counters = countersOf(loop)
  const found: Counting[] = []
  walk(loop.statement, (node) => {
    if (!ts.isIfStatement(node) || !isEndedBy(node, loop)) return true
    const isOutcome = retry.work.some(({ pos, end }) => node.pos >= pos && node.end <= end)
    if (!isOutcome) found.push(countingOf(node.expression, counters, survey))
    else if (some(node.expression, isCount)) found.push('counts')
    return true
  })
  return strongest([...found, goingOn(retry.decision, counters, survey)])
}

/** A branch leaves, or sets what the loop asks: `done = error` in `while (!done)`. */
function isEndedBy({ thenStatement, elseStatement }: TS.IfStatement, loop: TS.IterationStatement): boolean {
  const asked = conditionOf(loop)
  const sets = (node: TS.Node): boolean =>
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    asked !== null &&
    some(asked, (at) => ts.isIdentifier(at) && at.text === node.left.getText())
  return [thenStatement, elseStatement].some(
    (branch) => branch && (leaves(branch) || some(branch, sets, false)),
  )
}

/** `if (attempt < 3) { attempt++; continue } throw error`. */
function goingOn(decision: TS.Node, counters: Set<string>, survey: Survey): Counting {
  if (!ts.isCatchClause(decision) || !decision.block.statements.some(isLeave)) return 'none'
  const ways: Counting[] = []
  walk(decision.block, (node) => {
    if (ts.isContinueStatement(node))
      ways.push(
        strongest(conditionsOf(node, decision.block).map((asked) => countingOf(asked, counters, survey))),
      )
    return !isFunction(node)
  })
  if (ways.length === 0 || ways.includes('none')) return 'none'
  return ways.includes('given') ? 'given' : 'counts'
}

/** A function that calls itself after a failure counts when a condition compares a number or asks for a parameter of its own. */
export function boundOfRecursion(retry: Retry, survey: Survey): Practice[] {
  const remote = wholeWork(retry, survey)
    .flatMap((node) => survey.callsFrom(node))
    .some(({ client }) => REMOTE.includes(client.library.protocol ?? ''))
  if (!remote || isNoWork(retry) || readsStream(retry)) return []
  if (asksFor(retry.conditions, survey, (node) => counts(node, retry)))
    return [practice(survey, retry.place, PATTERN, 'present', 'The function counts its attempts')]
  const detail = 'The function calls itself again after each failure, without a limit'
  return [practice(survey, retry.place, PATTERN, 'absent', detail)]
}

function counts(node: TS.Node, { owner }: Retry): boolean {
  if (ts.isBinaryExpression(node)) return COMPARING.includes(node.operatorToken.getText())
  const names = owner?.parameters.map(({ name }) => name.getText()) ?? []
  return ts.isIdentifier(node) && names.includes(node.text)
}

const DETAILS: Partial<Record<Guard['state'], string>> = {
  present: 'The interceptor counts how often it sends a request again',
  absent: 'The request is sent again through the client whose interceptor sends it again, without a limit',
}

export function boundOfInterceptor(resent: Resent, survey: Survey): Practice {
  const { state, reason } = boundOfResent(resent)
  const detail = DETAILS[state] ?? 'The interceptor sends a request again through its own client'
  const place = resent.retry.place
  return state === 'unknown'
    ? practice(survey, place, PATTERN, state, detail, reason)
    : practice(survey, place, PATTERN, state, `${detail}: ${reason}`)
}
