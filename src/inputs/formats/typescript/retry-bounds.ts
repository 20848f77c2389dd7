/** Whether attempts have an end. */
import type { Guard, Practice } from '../../../facts/code.js'
import { practice } from './practice.js'
import { isLeave } from './leaving.js'
import { asksFor, conditionsOf, leaves } from './retry-conditions.js'
import { boundOfResent, type Resent } from './retry-interceptors.js'
import type { Retry } from './retry-places.js'
import { isNoWork, wholeWork } from './retry-work.js'
import type { Survey } from './survey.js'
import { isFunction, some, ts, walk, type TS } from './syntax.js'

const PATTERN = 'retry-bounded'
const COMPARING = ['<', '<=', '>', '>=']
/** Calls that a client of its own waits for; others call themselves to go on. */
const REMOTE = ['http', 'grpc', 'saas', 'mail', 'object-store']

export function boundOfLoop(retry: Retry, loop: TS.IterationStatement, survey: Survey): Practice[] {
  const condition = conditionOf(loop)
  if ((condition && some(condition, isCount)) || countsInside(loop, retry))
    return [practice(survey, loop, PATTERN, 'present', 'The retry loop counts its attempts')]
  if (isNoWork(retry)) return []
  if (condition === null || retry.until !== null)
    return [practice(survey, loop, PATTERN, 'absent', 'The loop tries again without end')]
  const reason = `it is not seen whether \`${condition.getText().slice(0, 60)}\` becomes false after so many attempts`
  return [practice(survey, loop, PATTERN, 'unknown', 'The loop tries again under a condition', reason)]
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

/** What is compared says how an attempt ended, and not how many there were. */
const OUTCOME = /status|code|\blength\b/i
const NAMED_COUNT = /attempts?$|tries$|deadline/i

/** `attempt < 3`, `attempt === MAX`, `retries--`, `Date.now() < deadline`, `isLastAttempt`. */
function isCount(node: TS.Node): boolean {
  if (ts.isIdentifier(node)) return NAMED_COUNT.test(node.text)
  if (ts.isPostfixUnaryExpression(node) || (ts.isPrefixUnaryExpression(node) && changes(node))) return true
  if (!ts.isBinaryExpression(node) || OUTCOME.test(node.getText())) return false
  return COMPARING.includes(node.operatorToken.getText())
}

const changes = ({ operator }: TS.PrefixUnaryExpression): boolean =>
  operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken

/** Left by a count, as by `if (attempt > 3) throw error`; or left after each failure, unless a count lets it go on. */
function countsInside({ statement }: TS.IterationStatement, { decision }: Retry): boolean {
  const isLeftByCount = some(
    statement,
    (node) =>
      ts.isIfStatement(node) &&
      some(node.expression, isCount) &&
      (leaves(node.thenStatement) || (node.elseStatement !== undefined && leaves(node.elseStatement))),
  )
  return isLeftByCount || goesOnByCount(decision)
}

/** `if (attempt < 3) { attempt++; continue } throw error`. */
function goesOnByCount(decision: TS.Node): boolean {
  if (!ts.isCatchClause(decision) || !decision.block.statements.some(isLeave)) return false
  const goingOn: TS.Node[] = []
  walk(decision.block, (node) => {
    if (ts.isContinueStatement(node)) goingOn.push(node)
    return !isFunction(node)
  })
  return (
    goingOn.length > 0 &&
    goingOn.every((node) => conditionsOf(node, decision.block).some((asked) => some(asked, isCount)))
  )
}

/** A function that calls itself after a failure counts when a condition compares a number or asks for a parameter of its own. */
export function boundOfRecursion(retry: Retry, survey: Survey): Practice[] {
  const remote = wholeWork(retry, survey)
    .flatMap((node) => survey.callsFrom(node))
    .some(({ client }) => REMOTE.includes(client.library.protocol ?? ''))
  if (!remote || isNoWork(retry)) return []
  if (asksFor(retry.conditions, survey, (node) => counts(node, retry)))
    return [practice(survey, retry.place, PATTERN, 'present', 'The function counts its attempts')]
  const detail = 'The function calls itself again after each failure, without end'
  return [practice(survey, retry.place, PATTERN, 'absent', detail)]
}

function counts(node: TS.Node, { owner }: Retry): boolean {
  if (ts.isBinaryExpression(node)) return COMPARING.includes(node.operatorToken.getText())
  const names = owner?.parameters.map(({ name }) => name.getText()) ?? []
  return ts.isIdentifier(node) && names.includes(node.text)
}

const DETAILS: Partial<Record<Guard['state'], string>> = {
  present: 'The interceptor counts how often it sends a request again',
  absent: 'The request is sent again through the client whose interceptor sends it again, without end',
}

export function boundOfInterceptor(resent: Resent, survey: Survey): Practice {
  const { state, reason } = boundOfResent(resent)
  const detail = DETAILS[state] ?? 'The interceptor sends a request again through its own client'
  const place = resent.retry.place
  return state === 'unknown'
    ? practice(survey, place, PATTERN, state, detail, reason)
    : practice(survey, place, PATTERN, state, `${detail}: ${reason}`)
}
