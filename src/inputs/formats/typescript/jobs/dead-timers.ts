/** Timeouts that end nothing: cleared before the code that they guard lets any timer run, or promises that nobody races. */
import type { Practice } from '../../../../facts/code.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import { practice } from '../survey/practice.js'
import type { Survey } from '../survey/survey.js'
import {
  calleeName,
  enclosingFunction,
  isFunction,
  some,
  sourceOf,
  ts,
  walk,
  type TS,
} from '../syntax/syntax.js'
import { scopeOf, usesOf } from '../syntax/uses.js'

export function deadTimers(survey: Survey): Practice[] {
  return survey
    .callsNamed('setTimeout')
    .flatMap((timer) => [...deadAt(survey, timer), ...unracedAt(survey, timer)])
}

/** `const timeout = new Promise((resolve) => setTimeout(resolve, 60_000))` that nothing waits for or races. */
function unracedAt(survey: Survey, timer: TS.CallExpression): Practice[] {
  const executor = enclosingFunction(timer)
  const promise = executor?.parent
  if (!promise || !ts.isNewExpression(promise) || promise.expression.getText() !== 'Promise') return []
  const variable = promise.parent
  if (!ts.isVariableDeclaration(variable) || !ts.isIdentifier(variable.name)) return []
  const name = variable.name.text
  if (!codeWords().limitsTime.test(name) || ts.isSourceFile(scopeOf(variable))) return []
  if (usesOf(variable, scopeOf(variable)).length > 0) return []
  const detail = `\`${name}\` is created and nothing awaits it: the work that it was to end has no timeout`
  return [practice(survey, variable, 'timeout-inert', 'inert', detail)]
}

/** All clears stand in the same function, and nothing between waits: until then no other code runs. */
function deadAt(survey: Survey, timer: TS.CallExpression): Practice[] {
  const { parent } = timer
  const around = enclosingFunction(timer)
  if (!around?.body || !ts.isVariableDeclaration(parent) || !ts.isIdentifier(parent.name)) return []
  const clears = clearsOf(parent.name.text, around.body)
  const [first] = clears
  if (!first || clears.some((clear) => enclosingFunction(clear) !== around)) return []
  if (!canReject(timer) || waitsBetween(around.body, timer.end, first.pos) || isInCondition(first, around))
    return []
  const detail =
    'The timer is cleared in the same tick in which it is set: the work that it guards is not awaited, so it never fires'
  return [
    practice(survey, timer, 'timeout-inert', 'inert', detail, null, [
      { source: sourceOf(first), message: 'it is cleared here' },
    ]),
  ]
}

function clearsOf(name: string, body: TS.Node): TS.CallExpression[] {
  const clears: TS.CallExpression[] = []
  walk(body, (node) => {
    if (
      ts.isCallExpression(node) &&
      calleeName(node) === 'clearTimeout' &&
      node.arguments[0]?.getText() === name
    )
      clears.push(node)
  })
  return clears
}

/** Its callback ends something: a timeout, and no debounce. */
function canReject(timer: TS.CallExpression): boolean {
  const [callback] = timer.arguments
  return (
    callback !== undefined &&
    some(callback, (node) => ts.isIdentifier(node) && /^(reject|abort|destroy)$/.test(node.text))
  )
}

function waitsBetween(body: TS.Node, start: number, end: number): boolean {
  return some(body, (node) => {
    if (node.pos < start || node.pos >= end) return false
    return ts.isAwaitExpression(node) || ts.isYieldExpression(node) || isFunction(node)
  })
}

/** Cleared on some ways only: on the others it may fire. */
function isInCondition(node: TS.Node, within: TS.Node): boolean {
  for (let at = node.parent; at && at !== within; at = at.parent)
    if (ts.isIfStatement(at) || ts.isCatchClause(at) || ts.isConditionalExpression(at)) return true
  return false
}
