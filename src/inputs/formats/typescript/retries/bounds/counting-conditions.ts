/** Whether a condition ends a retry by a count, also one that it gives to a function. */
import { codeWords } from '../../../../../knowledge/code-words.js'
import { functionOf } from '../../survey/practice.js'
import { bindingOf } from '../../syntax/scope.js'
import type { Survey } from '../../survey/survey.js'
import { isFunction, some, ts, walk, type TS } from '../../syntax/syntax.js'

/** `given`: a function gets the count, and it is not seen what it makes of it. */
export type Counting = 'counts' | 'given' | 'none'

const COMPARING = ['<', '<=', '>', '>=']
const MAX_DEPTH = 3

/** `attempt < 3`, `attempt === MAX`, `retries--`, `Date.now() < deadline`, `isLastAttempt`. */
export function isCount(node: TS.Node): boolean {
  if (ts.isIdentifier(node)) return codeWords().namedCounts.test(node.text)
  if (ts.isPostfixUnaryExpression(node) || (ts.isPrefixUnaryExpression(node) && changes(node))) return true
  if (!ts.isBinaryExpression(node) || codeWords().outcomes.test(node.getText())) return false
  return COMPARING.includes(node.operatorToken.getText())
}

const changes = ({ operator }: TS.PrefixUnaryExpression): boolean =>
  operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken

/** Names that each round changes by one: `attempt` of `attempt++` and of `attempt += 1`. */
export function countersOf(loop: TS.IterationStatement): Set<string> {
  const counters = new Set<string>()
  walk(loop, (node) => {
    if (isFunction(node)) return false
    if (ts.isPostfixUnaryExpression(node) || (ts.isPrefixUnaryExpression(node) && changes(node)))
      counters.add(node.operand.getText())
    if (ts.isBinaryExpression(node) && /^[+-]=$/.test(node.operatorToken.getText()))
      counters.add(node.left.getText())
    return true
  })
  return counters
}

/** What a condition, the variables that it asks and the functions that get the counter make of it. */
export function countingOf(condition: TS.Node, counters: Set<string>, survey: Survey, depth = 0): Counting {
  if (some(condition, (node) => isCount(node) && (depth === 0 || isOfCounter(node, counters))))
    return 'counts'
  const found: Counting[] = []
  walk(condition, (node) => {
    if (isFunction(node)) return false
    if (ts.isCallExpression(node)) found.push(ofCall(node, counters, survey, depth))
    if (ts.isIdentifier(node) && depth < MAX_DEPTH) {
      const value = computed(node)
      if (value) found.push(countingOf(value, counters, survey, depth + 1))
    }
    return true
  })
  return strongest(found)
}

/** A comparison elsewhere may be of anything. */
function isOfCounter(node: TS.Node, counters: Set<string>): boolean {
  return some(
    node,
    (part) => counters.has(part.getText()) || /^(Date|performance)\.now$/.test(part.getText()),
  )
}

export function strongest(found: Counting[]): Counting {
  return found.includes('counts') ? 'counts' : found.includes('given') ? 'given' : 'none'
}

/** What a variable is computed by. */
function computed(name: TS.Identifier): TS.Expression | null {
  const binding = bindingOf(name)
  return binding?.kind === 'value' && ts.isExpression(binding.node) && !isFunction(binding.node)
    ? binding.node
    : null
}

/** A function that compares the counter that it gets ends it; any other that gets it may. */
function ofCall(call: TS.CallExpression, counters: Set<string>, survey: Survey, depth: number): Counting {
  const at = call.arguments.findIndex((argument) => some(argument, (node) => counters.has(node.getText())))
  if (at < 0) return 'none'
  const called = functionOf(survey, call.expression)
  const parameter = called?.parameters[at]
  if (!called?.body || !parameter || depth >= MAX_DEPTH) return 'given'
  const name = parameter.name.getText()
  const compares = (node: TS.Node): boolean =>
    ts.isBinaryExpression(node) &&
    COMPARING.includes(node.operatorToken.getText()) &&
    some(node, (part) => ts.isIdentifier(part) && part.text === name)
  return some(called.body, compares) ? 'counts' : 'given'
}
