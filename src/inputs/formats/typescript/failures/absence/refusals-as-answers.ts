/** "Not found" for every refusal: `if (!res.ok) return null` behind a request that fails only with the network. */
import type { Practice } from '../../../../../facts/code.js'
import { codeWords } from '../../../../../knowledge/code-words.js'
import { isToldAsMissing, judged, saysMissing, soleAnswer } from './failures-as-answers.js'
import { functionOf, practice } from '../../survey/practice.js'
import { nameOfCall, type OutboundCall, type Survey } from '../../survey/survey.js'
import { enclosingFunction, functionName, some, sourceOf, ts, walk, type TS } from '../../syntax/syntax.js'
import { variableOf } from '../../syntax/uses.js'
import { isWrite } from '../../effects/writes.js'

/** Functions to which the answer is given on. */
const MAX_DEPTH = 3

export function refusalsAsAnswers(survey: Survey): Practice[] {
  return survey.outbound.flatMap((call) => refusedAt(survey, call))
}

function refusedAt(survey: Survey, call: OutboundCall): Practice[] {
  const owner = enclosingFunction(call.node)
  const name = variableOf(call.node)
  if (call.client.library.failsOn !== 'network' || !owner?.body || name === null || isWrite(call)) return []
  const refusal = refusalIn(owner.body, name)
  const asks = refusal && asksStatus(survey, owner.body, name, refusal)
  if (!refusal || asks === 'asked') return []
  const isMissing = codeWords().asksExistence.test(functionName(owner)) || isToldAsMissing(survey, owner)
  const comment = isMissing ? null : commentOf(refusal)
  if (!isMissing && comment === null) return []
  const detail = `Every error status of ${nameOfCall(call)}, 429 and 503 included, is treated as "not found"`
  if (comment === null && asks === 'not') return [judged(survey, refusal, call, detail)]
  const reason =
    asks === 'open'
      ? `\`${name}\` is passed to a function that could not be followed: does it throw for 429 and 503?`
      : `only a comment says so: “${comment}”; which callers treat an error status as "not found"?`
  const related = [{ source: sourceOf(call.node), message: 'the call that may fail' }]
  return [practice(survey, refusal, 'failure-as-answer', 'unknown', detail, reason, related)]
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

/** The comment before it that says that something is not there. */
function commentOf(refusal: TS.IfStatement): string | null {
  const { text } = refusal.getSourceFile()
  const above = text.slice(refusal.pos, refusal.getStart()) + firstWords(refusal.thenStatement)
  const line = above.split('\n').find((candidate) => saysMissing(candidate))
  return line === undefined ? null : line.replace(/^[\s/*]+|[\s/*]+$/g, '').slice(0, 120)
}

function firstWords(statement: TS.Statement): string {
  const at = ts.isBlock(statement) ? statement.statements[0]! : statement
  return at.getSourceFile().text.slice(at.pos, at.getStart())
}

/** `open`: it is given to a function that may ask, before. */
type Asks = 'asked' | 'open' | 'not'

/** Whether one status is told from another: here, or in a function of the project that is given the answer before. */
function asksStatus(survey: Survey, body: TS.Node, name: string, refusal: TS.Node | null, depth = 0): Asks {
  const found: Asks[] = ['not']
  walk(body, (node) => {
    if (readsStatus(node, name)) found.push('asked')
    else if (ts.isCallExpression(node) && (refusal === null || node.end <= refusal.pos))
      found.push(asksBy(survey, node, name, depth))
  })
  return found.includes('asked') ? 'asked' : found.includes('open') ? 'open' : 'not'
}

/** `res.status`, `const { status } = res`. */
function readsStatus(node: TS.Node, name: string): boolean {
  if (ts.isPropertyAccessExpression(node))
    return node.expression.getText() === name && /^status/.test(node.name.text)
  return (
    ts.isVariableDeclaration(node) &&
    node.initializer?.getText() === name &&
    ts.isObjectBindingPattern(node.name) &&
    takesStatus(node.name)
  )
}

function takesStatus({ elements }: TS.ObjectBindingPattern): boolean {
  return elements.some(({ propertyName, name }) => /^status/.test((propertyName ?? name).getText()))
}

/** `throwIfServerError(res)`; a line of the log tells nobody. */
function asksBy(survey: Survey, call: TS.CallExpression, name: string, depth: number): Asks {
  const index = call.arguments.findIndex((given) => given.getText() === name)
  const { logs } = codeWords()
  if (index < 0 || logs.test(call.expression.getText().split('.').at(-1)!)) return 'not'
  const called = functionOf(survey, call.expression)
  const parameter = called?.parameters[index]?.name
  if (!called?.body || !parameter || depth >= MAX_DEPTH) return 'open'
  if (ts.isObjectBindingPattern(parameter)) return takesStatus(parameter) ? 'asked' : 'not'
  return asksStatus(survey, called.body, parameter.getText(), null, depth + 1)
}
