/** Whether attempts have an end. */
import type { Guard, Practice } from '../../../facts/code.js'
import { practice } from './practice.js'
import { asksFor } from './retry-conditions.js'
import { boundOfResent, type Resent } from './retry-interceptors.js'
import type { Retry } from './retry-places.js'
import { isNoWork, wholeWork } from './retry-work.js'
import type { Survey } from './survey.js'
import { some, ts, type TS } from './syntax.js'

const PATTERN = 'retry-bounded'
/** Calls that a client of its own waits for; others call themselves to go on. */
const REMOTE = ['http', 'grpc', 'saas', 'mail', 'object-store']

export function boundOfLoop(retry: Retry, loop: TS.IterationStatement, survey: Survey): Practice[] {
  if (isBounded(loop))
    return [practice(survey, loop, PATTERN, 'present', 'The retry loop counts its attempts')]
  return isNoWork(retry)
    ? []
    : [practice(survey, loop, PATTERN, 'absent', 'The loop tries again without end')]
}

function isBounded(loop: TS.IterationStatement): boolean {
  const condition = ts.isForStatement(loop)
    ? loop.condition
    : ts.isWhileStatement(loop) || ts.isDoStatement(loop)
      ? loop.expression
      : undefined
  if (condition && condition.kind !== ts.SyntaxKind.TrueKeyword) return true
  return some(
    loop.statement,
    (node) =>
      ts.isIfStatement(node) &&
      /[<>]=?|deadline|Date\.now/.test(node.expression.getText()) &&
      (some(node.thenStatement, isLeave) ||
        (some(node.thenStatement, ts.isContinueStatement) && isLeftAfter(node))),
  )
}

function isLeave(node: TS.Node): boolean {
  return ts.isThrowStatement(node) || ts.isReturnStatement(node) || ts.isBreakStatement(node)
}

/** `if (tries < most) { …; continue } … throw error`: the catch that goes on below a number leaves above it. */
function isLeftAfter(node: TS.Node): boolean {
  for (let at = node; at.parent && !ts.isIterationStatement(at, false); at = at.parent)
    if (ts.isCatchClause(at)) return at.block.statements.some(isLeave)
  return false
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

const COMPARING = ['<', '<=', '>', '>=']

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
