/** Writes over HTTP whose answer nobody looks at: the library fails only with the network, so that a refusal counts as done. */
import { callersOf } from '../../survey/named-callers.js'
import type { Practice } from '../../../../../facts/code.js'
import { codeWords } from '../../../../../knowledge/code-words.js'
import { isBestEffort } from '../../syntax/best-effort.js'
import { practice } from '../../survey/practice.js'
import { nameOfCall, type OutboundCall, type Survey } from '../../survey/survey.js'
import { bare, enclosingFunction, isFunction, some, symbolOf, ts, type TS } from '../../syntax/syntax.js'
import { mayLookAtAnswers } from '../../clients/response-hooks.js'
import { leavesEveryStatus } from '../../effects/left-statuses.js'
import { isTelemetry } from '../../effects/telemetry.js'
import { promiseUse, scopeOf, usesOf } from '../../syntax/uses.js'
import { isWrite } from '../../effects/writes.js'

const PATTERN = 'unread-answer'

export function unreadResponses(survey: Survey): Practice[] {
  return survey.outbound
    .filter((call) => isForStatus(call, survey))
    .flatMap((call) => [call, ...wrapped(survey, call)])
    .filter((call) => isWrite(call))
    .filter((call) => !isTelemetry(call, survey) && !codeWords().bestEffort.test(symbolOf(call.node)))
    .flatMap((call) => judge(survey, call))
}

/** It fails only with the network, by itself or by an option: `validateStatus: () => true`. */
function isForStatus(call: OutboundCall, survey: Survey): boolean {
  const { failsOn, answersFailure } = call.client.library
  if (failsOn === 'network') return !answersFailure
  return leavesEveryStatus(call, survey) && !mayLookAtAnswers(call, survey)
}

/** Calls of a function of the project that gives back the answer as it is: `const fetch = (url, init) => nodeFetch(url, …)`. */
function wrapped(survey: Survey, call: OutboundCall): OutboundCall[] {
  const { at } = promiseUse(call.node)
  const owner = enclosingFunction(call.node)
  const isGiven = ts.isReturnStatement(at.parent) || at.parent === owner
  return owner && isGiven ? callersOf(owner, survey).map((node) => ({ ...call, node })) : []
}

function judge(survey: Survey, call: OutboundCall): Practice[] {
  const { node } = call
  const reading = readingOf(node)
  const name = nameOfCall(call)
  if (reading === 'status') {
    const detail = `The response of ${name} is checked for a rejection`
    return [practice(survey, node, PATTERN, 'present', detail)]
  }
  if (reading !== 'nothing') return []
  const detail = `Nothing checks the response of ${name}, which fails only when the network does: a rejection (401, 429, 503) counts as success`
  return [practice(survey, node, PATTERN, 'absent', detail)]
}

/** `elsewhere`: it is given on, or only its body is read. */
type Reading = 'status' | 'nothing' | 'elsewhere'

/** What is read of the answer of a promise; of callbacks and streams nothing is said. */
function readingOf(call: TS.CallExpression): Reading {
  const awaited = outermost(call)
  if (ts.isAwaitExpression(awaited.parent)) return readingOfValue(outermost(awaited.parent))
  const then = thenBehind(awaited)
  return then ? readingOfHandler(then) : 'elsewhere'
}

function readingOfValue(value: TS.Node): Reading {
  const { parent } = value
  if (ts.isExpressionStatement(parent)) return isBestEffort(parent) ? 'elsewhere' : 'nothing'
  if (isStatusOf(value)) return 'status'
  if (!ts.isVariableDeclaration(parent) || parent.initializer !== value) return 'elsewhere'
  if (ts.isObjectBindingPattern(parent.name))
    return parent.name.elements.some(namesStatus) ? 'status' : 'elsewhere'
  return ts.isIdentifier(parent.name) ? readingOfVariable(parent) : 'elsewhere'
}

function readingOfVariable(variable: TS.VariableDeclaration): Reading {
  const uses = usesOf(variable, scopeOf(variable))
  if (uses.length === 0) return 'nothing'
  return uses.some(isStatusOf) ? 'status' : 'elsewhere'
}

function readingOfHandler(handler: TS.Expression): Reading {
  const node = bare(handler)
  if (!isFunction(node) || !node.body) return 'elsewhere'
  const [parameter] = node.parameters
  if (!parameter) return 'nothing'
  if (ts.isObjectBindingPattern(parameter.name))
    return parameter.name.elements.some(namesStatus) ? 'status' : 'elsewhere'
  return some(node.body, (at) => ts.isIdentifier(at) && isStatusOf(at)) ? 'status' : 'elsewhere'
}

/** `answer.ok`, `answer?.status`. */
function isStatusOf(value: TS.Node): boolean {
  const { parent } = value
  return (
    ts.isPropertyAccessExpression(parent) &&
    parent.expression === value &&
    codeWords().statusMembers.test(parent.name.text)
  )
}

function namesStatus({ name, propertyName }: TS.BindingElement): boolean {
  return codeWords().statusMembers.test((propertyName ?? name).getText())
}

/** The function given to `.then()` directly behind. */
function thenBehind(promise: TS.Node): TS.Expression | null {
  const { parent } = promise
  if (!ts.isPropertyAccessExpression(parent) || parent.name.text !== 'then') return null
  return ts.isCallExpression(parent.parent) ? (parent.parent.arguments[0] ?? null) : null
}

/** With the parentheses and assertions around. */
function outermost(node: TS.Node): TS.Node {
  let at = node
  while (ts.isParenthesizedExpression(at.parent) || ts.isAsExpression(at.parent)) at = at.parent
  return at
}
