/** The external calls of a piece of code, but those that only come after a transaction, or where there is none. */
import { codeWords } from '../../../../knowledge/code-words.js'
import { callsLedTo, type LedTo } from '../effects/certain-calls.js'
import { endsByLeaving } from '../syntax/leaving.js'
import { functionOf } from '../survey/practice.js'
import type { OutboundCall, Survey } from '../survey/survey.js'
import { isTelemetry } from '../effects/telemetry.js'
import { bare, calleeName, some, ts, walk, type TS } from '../syntax/syntax.js'

const EXTERNAL = ['http', 'grpc', 'saas', 'mail', 'queue', 'object-store']

/** The first one that what is given leads to, also through functions of the project. */
export function externalIn(survey: Survey, body: TS.Node): LedTo | null {
  const isWanted = (call: OutboundCall): boolean => isExternal(call, survey)
  if (!survey.reaches(body, isWanted)) return null
  return callsLedTo(survey, body, isWanted, (code) => notInside(survey, code))[0] ?? null
}

/** The first one that whoever waits for what is given waits for as well. */
export function awaitedExternalIn(survey: Survey, body: TS.Node): LedTo | null {
  const isWanted = (call: OutboundCall): boolean => isExternal(call, survey)
  if (!survey.reaches(body, isWanted)) return null
  const leftOut = (code: TS.Node): ((node: TS.Node) => boolean) => {
    const isLeftOut = notInside(survey, code)
    return (node) => isLeftOut(node) || isForgotten(node)
  }
  return callsLedTo(survey, body, isWanted, leftOut)[0] ?? null
}

/** `this.notify(order)` without an `await`. */
function isForgotten(node: TS.Node): boolean {
  if (!ts.isExpressionStatement(node)) return false
  const { expression } = node
  return ts.isCallExpression(expression) || ts.isVoidExpression(expression)
}

/** The first call that is waited for, and sends a message by its name through something that could not be followed. */
export function unseenSendIn(survey: Survey, body: TS.Node): TS.CallExpression | null {
  const isLeftOut = notInside(survey, body)
  let found: TS.CallExpression | null = null
  walk(body, (node) => {
    if (found || isLeftOut(node)) return false
    if (!ts.isCallExpression(node) || !ts.isAwaitExpression(node.parent)) return true
    if (codeWords().sendsMessages.test(calleeName(node)) && isUnseen(survey, node)) found = node
    return true
  })
  return found
}

/** It is not here, or does nothing that is seen but to call such a one: what writes to a store or a queue is an outbox. */
function isUnseen(survey: Survey, call: TS.CallExpression): boolean {
  if (survey.callsFrom(call).length > 0) return false
  const body = functionOf(survey, call.expression)?.body
  const sends = (node: TS.Node): boolean =>
    ts.isCallExpression(node) &&
    codeWords().sendsMessages.test(calleeName(node)) &&
    functionOf(survey, node.expression) === null
  return !body || some(body, sends)
}

/** What only counts is no part of the work. */
function isExternal(call: OutboundCall, survey: Survey): boolean {
  return EXTERNAL.includes(call.client.library.protocol ?? '') && !isTelemetry(call, survey)
}

function notInside(survey: Survey, code: TS.Node): (node: TS.Node) => boolean {
  const transactions = transactionsIn(survey, code)
  return (node) => isWithout(node, transactions) || (ts.isCallExpression(node) && isAfterCommit(survey, node))
}

function isAfterCommit(survey: Survey, call: TS.CallExpression): boolean {
  const method = calleeName(call)
  return survey.shapes.libraries.some(({ afterCommit }) => afterCommit.includes(method))
}

/** What `(options.transaction.parent || options.transaction).afterCommit(…)` is reached through: without it there is none. */
function transactionsIn(survey: Survey, body: TS.Node): Set<string> {
  const texts = new Set<string>()
  walk(body, (node) => {
    if (!ts.isCallExpression(node) || !isAfterCommit(survey, node)) return
    const callee = bare(node.expression)
    if (ts.isPropertyAccessExpression(callee))
      walk(callee.expression, (part) => void texts.add(part.getText()))
  })
  return texts
}

/** Done at once where there is no transaction: `if (transaction) { transaction.afterCommit(send); return } send()`. */
function isWithout(node: TS.Node, transactions: Set<string>): boolean {
  if (transactions.size === 0) return false
  const isOne = (condition: TS.Expression): boolean => transactions.has(bare(condition).getText())
  const { parent } = node
  if (ts.isIfStatement(parent))
    return node === parent.thenStatement
      ? isNone(parent.expression, isOne)
      : node === parent.elseStatement && isOne(parent.expression)
  if (ts.isConditionalExpression(parent)) return node === parent.whenFalse && isOne(parent.condition)
  if (!ts.isBlock(parent)) return false
  const before = parent.statements.slice(0, parent.statements.indexOf(node as TS.Statement))
  return before.some(
    (one) => ts.isIfStatement(one) && isOne(one.expression) && endsByLeaving(one.thenStatement),
  )
}

/** `!transaction`. */
function isNone(condition: TS.Expression, isOne: (condition: TS.Expression) => boolean): boolean {
  const node = bare(condition)
  return (
    ts.isPrefixUnaryExpression(node) &&
    node.operator === ts.SyntaxKind.ExclamationToken &&
    isOne(node.operand)
  )
}
