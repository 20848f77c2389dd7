/** "Not there" for every failure: `catch { return false }` where it is asked whether something exists. */
import { callersOf } from '../../survey/named-callers.js'
import type { Practice } from '../../../../../facts/code.js'
import { codeWords } from '../../../../../knowledge/code-words.js'
import { justificationOf, onlyLogs } from '../../syntax/catch-clauses.js'
import { hasWord } from '../../../../../knowledge/identifier-words.js'
import { practice } from '../../survey/practice.js'
import { isNothing } from '../../syntax/scope.js'
import { nameOfCall, type OutboundCall, type Survey } from '../../survey/survey.js'
import { ownThrowsIn } from '../../syntax/noted-nodes.js'
import {
  bare,
  enclosingFunction,
  some,
  sourceOf,
  symbolOf,
  ts,
  type TS,
  functionName,
} from '../../syntax/syntax.js'
import { variableOf } from '../../syntax/uses.js'
import { isTelemetry } from '../../effects/telemetry.js'
import { commandOf, isWrite } from '../../effects/writes.js'

const PATTERN = 'failure-as-answer'
/** What is kept in a cache may be missing at any time: there a failure is a miss. */
const ASKED = ['http', 'grpc', 'saas', 'object-store', 'sql', 'document']
const MAX_CALLERS = 2

export function failuresAsAnswers(survey: Survey): Practice[] {
  return survey.files.flatMap(({ catches }) => catches.flatMap((clause) => answeredAt(survey, clause)))
}

function answeredAt(survey: Survey, clause: TS.CatchClause): Practice[] {
  const owner = enclosingFunction(clause)
  const answer = answerAfterLog(clause.block)
  const isTold = !answer && ownThrowsIn(clause.block).length > 0
  if (!owner || !(answer || isTold) || codeWords().bestEffort.test(symbolOf(clause))) return []
  const call = survey.reaches(clause.parent.tryBlock, (one) => isAsked(one, survey))
  if (!call) return []
  if (isProbe(owner, call)) return []
  if (!answer) return asksExistence(owner) && answersMissing(clause.block) ? [told(survey, clause, call)] : []
  const isExistence = asksExistence(owner) || (isFalse(answer) && asksHead(call))
  if (!isExistence && !isToldAsMissing(survey, owner)) return []
  const detail = `Any failure of ${nameOfCall(call)} becomes \`${answer.getText()}\`: a timeout, too, counts as "not found"`
  return [judged(survey, clause, call, detail)]
}

function told(survey: Survey, clause: TS.CatchClause, call: OutboundCall): Practice {
  const detail = `A failure of ${nameOfCall(call)} is distinguished from "not found"`
  return practice(survey, clause, PATTERN, 'present', detail)
}

export function judged(
  survey: Survey,
  at: TS.CatchClause | TS.IfStatement,
  call: OutboundCall,
  detail: string,
): Practice {
  const related = [{ source: sourceOf(call.node), message: 'the call that may fail' }]
  const justification = ts.isCatchClause(at) ? justificationOf(at) : null
  if (justification === null) return practice(survey, at, PATTERN, 'absent', detail, null, related)
  const reason = `the code says: “${justification}”; which callers rely on the result?`
  return practice(survey, at, PATTERN, 'unknown', detail, reason, related)
}

function isAsked(call: OutboundCall, survey: Survey): boolean {
  return ASKED.includes(call.client.library.protocol ?? '') && !isWrite(call) && !isTelemetry(call, survey)
}

/** By the name of the function. */
function asksExistence(owner: TS.FunctionLikeDeclaration): boolean {
  return codeWords().asksExistence.test(functionName(owner))
}

/** Nothing but the head of an object is asked for; over plain HTTP that also measures, or tries whether somebody answers. */
function asksHead({ node, method, client }: OutboundCall): boolean {
  const { headRequests } = codeWords()
  return (
    client.library.protocol === 'object-store' &&
    (headRequests.test(method) || headRequests.test(commandOf(node)))
  )
}

/** Whether a service can be reached: that it does not answer is the answer. */
function isProbe(owner: TS.FunctionLikeDeclaration, { node: { arguments: given } }: OutboundCall): boolean {
  const { asksHealth, healthPaths } = codeWords()
  const name = functionName(owner)
  if (!codeWords().asksExistence.test(name) && hasWord(name, asksHealth)) return true
  return given
    .slice(0, 1)
    .some((address) => some(address, (part) => isText(part) && healthPaths.test(part.text.split('?')[0]!)))
}

function isText(node: TS.Node): node is TS.LiteralLikeNode {
  return 'text' in node && !ts.isIdentifier(node)
}

/** Some branch answers for what is not there: `if (error.status !== 404) throw error; return false`. */
function answersMissing(block: TS.Block): boolean {
  return some(
    block,
    (node) => {
      if (ts.isReturnStatement(node)) return true
      return ts.isIfStatement(node) && saysMissing(node.getText())
    },
    false,
  )
}

function isFalse(value: TS.Expression): boolean {
  return value.kind === ts.SyntaxKind.FalseKeyword
}

/** A line of the log tells the caller nothing. */
function answerAfterLog({ statements }: TS.Block): TS.Expression | null {
  return onlyLogs({ statements: statements.slice(0, -1) })
    ? soleAnswer({ statements: statements.slice(-1) })
    : null
}

/** `false`, `null` or nothing, as the only thing that is done. */
export function soleAnswer({
  statements: [first, second],
}: {
  statements: readonly TS.Statement[]
}): TS.Expression | null {
  if (!first || second || !ts.isReturnStatement(first) || !first.expression) return null
  const value = bare(first.expression)
  return isNothing(value) || isFalse(value) ? value : null
}

/** Callers that find nothing say that it was not found. */
export function isToldAsMissing(survey: Survey, owner: TS.FunctionLikeDeclaration, depth = 0): boolean {
  return callersOf(owner, survey).some((call) => {
    const around = enclosingFunction(call)
    if (!around?.body) return false
    const name = variableOf(call)
    if (name !== null && some(around.body, (node) => isRefused(node, name), false)) return true
    return depth < MAX_CALLERS && isGivenOn(call) && isToldAsMissing(survey, around, depth + 1)
  })
}

/** `if (!user) throw new NotFoundError()`, `if (user === null) return reply.code(404)`. */
function isRefused(node: TS.Node, name: string): boolean {
  if (!ts.isIfStatement(node)) return false
  const condition = node.expression.getText().replace(/\s/g, '')
  const isAsked = [`!${name}`, `${name}===null`, `${name}==null`, `${name}===undefined`].includes(condition)
  return isAsked && saysMissing(node.thenStatement.getText())
}

/** "Not found", and not "not found or could not be loaded". */
export function saysMissing(text: string): boolean {
  return codeWords().saysMissing.test(text) && !codeWords().saysMissingOrFailed.test(text)
}

function isGivenOn(call: TS.CallExpression): boolean {
  return ts.isReturnStatement((ts.isAwaitExpression(call.parent) ? call.parent : call).parent)
}
