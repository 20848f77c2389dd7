/** Requests that an interceptor of a client sends again through the same client, whose answer it then sees again. */
import type { Guard } from '../../../../../facts/code.js'
import { interceptsAnswers } from '../../clients/resent-requests.js'
import { functionOf } from '../../survey/practice.js'
import { conditionsOf, statusesOf } from '../conditions/retry-conditions.js'
import type { Retry } from './hand-written-retries.js'
import type { OutboundCall, Survey } from '../../survey/survey.js'
import { enclosingFunction, some, ts, walk, type TS } from '../../syntax/syntax.js'

const MAX_DEPTH = 3
/** Statuses after which a request is sent again with new credentials, once. */
const CREDENTIALS = [401, 403, 407, 419]

export interface Resent {
  retry: Retry
  call: OutboundCall
  /** Functions on the way from the interceptor to the request, the interceptor first. */
  path: TS.FunctionLikeDeclaration[]
}

export function interceptorRetries(survey: Survey): Resent[] {
  return survey.callsNamed('use').flatMap((use) => {
    const { expression } = use
    const handler = functionOf(survey, use.arguments[1])
    if (!handler?.body || !ts.isPropertyAccessExpression(expression) || !interceptsAnswers(use)) return []
    const made = survey.shapes.clientOf(expression)?.made
    if (!made) return []
    return sentAgain(handler, made, [], [], survey)
  })
}

/** After `status === 401`, or unless it is another, the request is sent again with new credentials: that is no retry. */
function renewsCredentials(node: TS.Node, start: TS.Node, survey: Survey): boolean {
  return conditionsOf(node, start).some((condition) => {
    const statuses = statusesOf([condition], survey)
    const asksForThem = statuses.length > 0 && statuses.every((status) => CREDENTIALS.includes(status))
    const { parent } = condition
    const isThen =
      ts.isIfStatement(parent) && parent.thenStatement.pos <= node.pos && node.end <= parent.thenStatement.end
    return asksForThem && (isThen || /!==?/.test(condition.getText()))
  })
}

/** Requests with a whole configuration, as it came with the error, from a function or those it calls. */
function sentAgain(
  within: TS.FunctionLikeDeclaration,
  made: TS.Node,
  path: TS.FunctionLikeDeclaration[],
  conditions: TS.Expression[],
  survey: Survey,
): Resent[] {
  if (!within.body || path.includes(within) || path.length >= MAX_DEPTH) return []
  const found: Resent[] = []
  const way = [...path, within]
  walk(within.body, (node) => {
    if (!ts.isCallExpression(node) || renewsCredentials(node, within.body!, survey)) return
    const call = survey.outboundAt(node)
    const onTheWay = [...conditions, ...conditionsOf(node, within.body!)]
    if (call?.client.made === made && call.shape.options.includes(0)) found.push(resent(call, way, onTheWay))
    const called = call ? null : functionOf(survey, node.expression)
    if (called) found.push(...sentAgain(called, made, way, onTheWay, survey))
  })
  return found
}

function resent(call: OutboundCall, path: TS.FunctionLikeDeclaration[], conditions: TS.Expression[]): Resent {
  const decision = conditions[0]?.parent ?? call.node
  const retry: Retry = {
    how: 'interceptor',
    place: call.node,
    decision: ts.isIfStatement(decision) ? decision : call.node,
    work: [call.node],
    conditions,
    until: null,
    chosen: null,
    owner: enclosingFunction(call.node),
  }
  return { retry, call, path }
}

/**
 * Whether the count of attempts survives the way through the client: it does in the configuration that is sent, it does not
 * in a parameter or variable, which starts anew with the next failure.
 */
export function boundOfResent({ path, call }: Resent): { state: Guard['state']; reason: string } {
  const whole = path.map(({ body }) => body!)
  const [argument] = call.node.arguments
  const isGivenMore = argument !== undefined && ts.isObjectLiteralExpression(argument)
  if (isGivenMore || whole.some((body) => some(body, marksConfiguration)))
    return { state: 'present', reason: 'the count is kept in the configuration of the request' }
  if (whole.some((body) => some(body, countsOutside)))
    return { state: 'unknown', reason: 'the attempts are counted outside of the request' }
  return {
    state: 'absent',
    reason: 'the count is not kept in the configuration of the request, so it restarts with each failure',
  }
}

/** `config._retry = true`, `error.config.count += 1`, `request.retries++`. */
function marksConfiguration(node: TS.Node): boolean {
  const target = changedBy(node)
  return (
    target !== null &&
    (ts.isPropertyAccessExpression(target) || ts.isElementAccessExpression(target)) &&
    target.getText().split(/[.[]/, 1)[0] !== 'this'
  )
}

/** A field of the object, or a map by request. */
function countsOutside(node: TS.Node): boolean {
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression))
    return /^(set|incr|add)$/.test(node.expression.name.text)
  const target = changedBy(node)
  return target !== null && ts.isPropertyAccessExpression(target)
}

function changedBy(node: TS.Node): TS.Expression | null {
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken
    const assigns = kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment
    return assigns ? node.left : null
  }
  if (ts.isPostfixUnaryExpression(node)) return node.operand
  const changes =
    ts.isPrefixUnaryExpression(node) &&
    (node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken)
  return changes ? node.operand : null
}
