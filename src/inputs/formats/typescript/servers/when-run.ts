/** What happens when a function runs, unlike what it only puts into place for later. */
import { functionOf } from '../survey/practice.js'
import type { Survey } from '../survey/survey.js'
import { bare, calleeName, isFunction, LISTENING, ts, walk, type TS } from '../syntax/syntax.js'

const MAX_DEPTH = 5

/**
 * Whether some node passes, in a piece of code or in the functions that it calls or hands to others; not in functions that it
 * declares and does not use, nor in listeners that it registers with the process.
 */
export function whenRun(
  survey: Survey,
  root: TS.Node,
  test: (node: TS.Node) => boolean,
  depth = 0,
  seen = new Set<TS.Node>(),
): boolean {
  if (seen.has(root) || depth > MAX_DEPTH) return false
  seen.add(root)
  const inside = (expression: TS.Expression): boolean => {
    const body = functionOf(survey, expression)?.body
    return body !== undefined && whenRun(survey, body, test, depth + 1, seen)
  }
  let found = false
  walk(root, (node) => {
    if (found || (node !== root && isPutAside(node))) return false
    found = test(node) || (ts.isCallExpression(node) && runBy(node).some(inside))
    return !found
  })
  return found
}

/** What a call calls, and the functions that it is given by name; those that stand in it are read with it. */
function runBy(call: TS.CallExpression): TS.Expression[] {
  const named = call.arguments.filter((argument) => !isFunction(bare(argument)))
  return [call.expression, ...(isOfProcess(call) ? [] : named)]
}

/** A function with a name of its own, or a listener of the process. */
function isPutAside(node: TS.Node): boolean {
  if (ts.isFunctionDeclaration(node)) return true
  if (!isFunction(node)) return false
  const { parent } = node
  return ts.isVariableDeclaration(parent) || (ts.isCallExpression(parent) && isOfProcess(parent))
}

/** `process.on('SIGTERM', …)`: what may happen later. */
function isOfProcess(call: TS.CallExpression): boolean {
  const { expression } = call
  return (
    LISTENING.includes(calleeName(call)) &&
    ts.isPropertyAccessExpression(expression) &&
    expression.expression.getText() === 'process'
  )
}
