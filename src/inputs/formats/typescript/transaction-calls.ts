/** The external calls of a piece of code, but those that only come after a transaction, or where there is none. */
import { endsByLeaving } from './leaving.js'
import { functionOf } from './practice.js'
import type { OutboundCall, Survey } from './survey.js'
import { isTelemetry } from './telemetry.js'
import { bare, calleeName, ts, walk, type TS } from './syntax.js'

const EXTERNAL = ['http', 'grpc', 'saas', 'mail', 'queue', 'object-store']
const MAX_DEPTH = 5

export type External = OutboundCall

/** The first one, also through functions of the project. */
export function externalIn(survey: Survey, body: TS.Node): External | null {
  return reachesExternal(survey, body) ? firstIn(survey, body, 0, new Set()) : null
}

function reachesExternal(survey: Survey, body: TS.Node): boolean {
  return survey.reaches(body, (call) => isExternal(call, survey)) !== null
}

/** What only counts is no part of the work. */
function isExternal(call: OutboundCall, survey: Survey): boolean {
  return EXTERNAL.includes(call.client.library.protocol ?? '') && !isTelemetry(call, survey)
}

function firstIn(survey: Survey, body: TS.Node, depth: number, seen: Set<TS.Node>): External | null {
  if (seen.has(body)) return null
  seen.add(body)
  const transactions = transactionsIn(survey, body)
  let found: External | null = null
  walk(body, (node) => {
    if (found || isWithout(node, transactions)) return false
    if (!ts.isCallExpression(node)) return true
    if (isAfterCommit(survey, node)) return false
    const call = survey.outboundAt(node)
    if (call && isExternal(call, survey)) found = call
    const called = call || depth >= MAX_DEPTH ? null : functionOf(survey, node.expression)?.body
    if (called && reachesExternal(survey, called)) found = firstIn(survey, called, depth + 1, seen)
    return found === null
  })
  return found
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
