/** "Not there" for every failure: `catch { return false }` where it is asked whether something exists, `if (!res.ok) return null`. */
import { callersOf } from '../survey/named-callers.js'
import type { Practice } from '../../../../facts/code.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import { justificationOf } from '../syntax/catch-clauses.js'
import { practice } from '../survey/practice.js'
import { isNothing } from '../syntax/scope.js'
import { nameOfCall, type OutboundCall, type Survey } from '../survey/survey.js'
import {
  bare,
  enclosingFunction,
  some,
  sourceOf,
  symbolOf,
  ts,
  type TS,
  functionName,
} from '../syntax/syntax.js'
import { isTelemetry } from '../effects/telemetry.js'
import { commandOf, isWrite } from '../effects/writes.js'

const PATTERN = 'failure-as-answer'
/** What is kept in a cache may be missing at any time: there a failure is a miss. */
const ASKED = ['http', 'grpc', 'saas', 'object-store', 'sql', 'document']
const MAX_CALLERS = 2

export function failuresAsAnswers(survey: Survey): Practice[] {
  const caught = survey.files.flatMap(({ catches }) =>
    catches.flatMap((clause) => answeredAt(survey, clause)),
  )
  return [...caught, ...survey.outbound.flatMap((call) => refusedAt(survey, call))]
}

function answeredAt(survey: Survey, clause: TS.CatchClause): Practice[] {
  const owner = enclosingFunction(clause)
  const answer = soleAnswer(clause.block)
  const isTold = !answer && some(clause.block, ts.isThrowStatement, false)
  if (!owner || !(answer || isTold) || codeWords().bestEffort.test(symbolOf(clause))) return []
  const call = survey.reaches(clause.parent.tryBlock, (one) => isAsked(one, survey))
  if (!call) return []
  if (!answer) return asksExistence(owner, call) ? [told(survey, clause, call)] : []
  if (!asksExistence(owner, call) && !isToldAsMissing(survey, owner)) return []
  const detail = `Whatever fails in ${nameOfCall(call)} becomes \`${answer.getText()}\`: after a timeout, too, something counts as not there`
  return [judged(survey, clause, call, detail)]
}

function told(survey: Survey, clause: TS.CatchClause, call: OutboundCall): Practice {
  const detail = `A failure of ${nameOfCall(call)} is told from something that is not there`
  return practice(survey, clause, PATTERN, 'present', detail)
}

function judged(
  survey: Survey,
  at: TS.CatchClause | TS.IfStatement,
  call: OutboundCall,
  detail: string,
): Practice {
  const related = [{ source: sourceOf(call.node), message: 'the call that may fail' }]
  const justification = ts.isCatchClause(at) ? justificationOf(at) : null
  if (justification === null) return practice(survey, at, PATTERN, 'absent', detail, null, related)
  const reason = `the code says of it: “${justification}”; who takes the answer for true?`
  return practice(survey, at, PATTERN, 'unknown', detail, reason, related)
}

function isAsked(call: OutboundCall, survey: Survey): boolean {
  return ASKED.includes(call.client.library.protocol ?? '') && !isWrite(call) && !isTelemetry(call, survey)
}

/** By the name of the function, or by a request for nothing but the head of what is there. */
function asksExistence(owner: TS.FunctionLikeDeclaration, { node, method }: OutboundCall): boolean {
  const { asksExistence: names, headRequests } = codeWords()
  return names.test(functionName(owner)) || headRequests.test(method) || headRequests.test(commandOf(node))
}

/** `false`, `null` or nothing, as the only thing that is done. */
function soleAnswer({
  statements: [first, second],
}: {
  statements: readonly TS.Statement[]
}): TS.Expression | null {
  if (!first || second || !ts.isReturnStatement(first) || !first.expression) return null
  const value = bare(first.expression)
  return isNothing(value) || value.kind === ts.SyntaxKind.FalseKeyword ? value : null
}

/** Callers that find nothing say that it was not found. */
function isToldAsMissing(survey: Survey, owner: TS.FunctionLikeDeclaration, depth = 0): boolean {
  return callersOf(owner, survey).some((call) => {
    const around = enclosingFunction(call)
    if (!around?.body) return false
    const name = variableOf(call)
    if (name !== null && some(around.body, (node) => saysMissing(node, name), false)) return true
    return depth < MAX_CALLERS && isGivenOn(call) && isToldAsMissing(survey, around, depth + 1)
  })
}

/** `if (!user) throw new NotFoundError()`, `if (user === null) return reply.code(404)`. */
function saysMissing(node: TS.Node, name: string): boolean {
  if (!ts.isIfStatement(node)) return false
  const condition = node.expression.getText().replace(/\s/g, '')
  const isAsked = [`!${name}`, `${name}===null`, `${name}==null`, `${name}===undefined`].includes(condition)
  return isAsked && codeWords().saysMissing.test(node.thenStatement.getText())
}

function variableOf(call: TS.CallExpression): string | null {
  const { parent } = ts.isAwaitExpression(call.parent) ? call.parent : call
  return ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name) ? parent.name.text : null
}

function isGivenOn(call: TS.CallExpression): boolean {
  return ts.isReturnStatement((ts.isAwaitExpression(call.parent) ? call.parent : call).parent)
}

/** `if (!res.ok) return null` behind a request that fails only with the network, where that is taken for "not found". */
function refusedAt(survey: Survey, call: OutboundCall): Practice[] {
  const owner = enclosingFunction(call.node)
  const name = variableOf(call.node)
  if (call.client.library.failsOn !== 'network' || !owner?.body || name === null || isWrite(call)) return []
  const refusal = refusalIn(owner.body, name)
  if (!refusal || asksStatus(owner.body, name)) return []
  const isMissing =
    codeWords().saysMissing.test(refusal.getFullText()) ||
    codeWords().asksExistence.test(functionName(owner)) ||
    isToldAsMissing(survey, owner)
  if (!isMissing) return []
  const detail = `Every refusal of ${nameOfCall(call)}, 429 and 503 among them, is taken for "not found"`
  return [judged(survey, refusal, call, detail)]
}

function refusalIn(body: TS.Node, name: string): TS.IfStatement | null {
  let found: TS.IfStatement | null = null
  some(
    body,
    (node) => {
      if (!ts.isIfStatement(node) || node.expression.getText() !== `!${name}.ok`) return false
      const { thenStatement } = node
      const statements = ts.isBlock(thenStatement) ? thenStatement.statements : [thenStatement]
      if (soleAnswer({ statements })) found = node
      return found !== null
    },
    false,
  )
  return found
}

function asksStatus(body: TS.Node, name: string): boolean {
  return some(
    body,
    (node) =>
      ts.isPropertyAccessExpression(node) &&
      node.expression.getText() === name &&
      /^status/.test(node.name.text),
  )
}
