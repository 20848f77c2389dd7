/** Whether an AbortSignal given to a call ends it after a bounded time. */
import type { Guard } from '../../../../facts/code.js'
import { truthOf } from './conditions.js'
import { controllerGuard } from './abort-controllers.js'
import { explicit, plain } from './guard-values.js'
import type { Resolved } from '../modules/resolved.js'
import type { Resolver } from './resolve.js'
import { bindingOf } from '../syntax/scope.js'
import { bare, enclosingFunction, some, sourceOf, ts, type TS } from '../syntax/syntax.js'
import { valueOf } from './values.js'

const MAX_DEPTH = 8

/** Null when no signal is given after all, or one that no time ends. */
export function signalGuard(
  expression: TS.Expression | TS.MethodDeclaration,
  resolver: Resolver,
): Guard | null {
  const guard = ts.isExpression(expression)
    ? boundOf(expression, resolver, 0)
    : plain('unknown', 'the signal is computed')
  return guard && { ...guard, source: sourceOf(expression) }
}

function boundOf(expression: TS.Expression, resolver: Resolver, depth: number): Guard | null {
  const node = bare(expression)
  if (depth > MAX_DEPTH) return plain('unknown', 'the signal is computed')
  const inner = (part: TS.Expression): Guard | null => boundOf(part, resolver, depth + 1)
  if (ts.isBinaryExpression(node) && isChoice(node)) return firstGiven(inner(node.left), inner(node.right))
  if (ts.isConditionalExpression(node)) return chosen(node, inner, resolver)
  if (ts.isCallExpression(node)) {
    const name = node.expression.getText()
    if (name === 'AbortSignal.timeout') return timed(node, resolver)
    if (name === 'AbortSignal.any') return anyOf(node, inner, resolver)
  }
  const controller = controllerIn(node)
  const controlled = controller && controllerGuard(controller, resolver)
  if (controlled !== null) return controlled === 'never' ? null : controlled
  const binding = ts.isIdentifier(node) ? bindingOf(node) : null
  if (binding?.kind === 'value' && binding.path.length === 0 && ts.isExpression(binding.node))
    return inner(binding.node)
  return boundOfResolved(resolver.resolve(node), node, resolver, depth)
}

function boundOfResolved(
  found: Resolved,
  node: TS.Expression,
  resolver: Resolver,
  depth: number,
): Guard | null {
  if (found.kind === 'parameter') return plain('delegated', 'the caller passes the signal')
  if (found.kind === 'nothing' || (found.kind === 'global' && found.name === 'undefined')) return null
  if (found.kind === 'value' && found.node !== node && ts.isExpression(found.node)) {
    const { given = [] } = found
    return boundOf(found.node, given.length > 0 ? resolver.under(given) : resolver, depth + 1)
  }
  if (found.kind === 'value' && timedIn(found.node)) return explicit('`signal` aborts after a time')
  const at = found.kind === 'unknown' && found.at !== node ? found.at : undefined
  const further = at ? boundOf(at, resolver, depth + 1) : undefined
  if (at && further?.state === 'delegated' && enclosingFunction(at) !== enclosingFunction(node))
    return plain('unknown', 'a function that creates the signal decides whether a timeout aborts it')
  return further ?? plain('unknown', 'where the signal comes from was not found')
}

const isChoice = ({ operatorToken: { kind } }: TS.BinaryExpression): boolean =>
  kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken

/** `given ?? AbortSignal.timeout(5000)`: a bound for those who give nothing is one. */
function firstGiven(left: Guard | null, right: Guard | null): Guard | null {
  if (left === null || left.state === 'present') return left ?? right
  if (right === null || right.state === 'present') return right ?? left
  return left.state === 'delegated' ? right : left
}

/** Under a condition; where the caller decides about it, it decides about the signal. */
function chosen(
  node: TS.ConditionalExpression,
  inner: (part: TS.Expression) => Guard | null,
  resolver: Resolver,
): Guard | null {
  const truth = truthOf(node.condition, resolver)
  if (truth === 'yes') return inner(node.whenTrue)
  if (truth === 'no') return inner(node.whenFalse)
  const [one, other] = [inner(node.whenTrue), inner(node.whenFalse)]
  if (one?.state === other?.state) return one
  return truth === 'delegated'
    ? plain('delegated', 'the caller decides whether a signal is passed')
    : plain('unknown', `\`${node.condition.getText().slice(0, 60)}\` decides whether a signal aborts it`)
}

/** `AbortSignal.any([…])` ends with the first. */
function anyOf(
  call: TS.CallExpression,
  inner: (part: TS.Expression) => Guard | null,
  resolver: Resolver,
): Guard | null {
  const list = call.arguments[0] && listOf(call.arguments[0], resolver)
  if (!list) {
    const found = call.arguments[0] && resolver.resolve(call.arguments[0])
    return found?.kind === 'value' && timedIn(found.node)
      ? explicit('one of the signals aborts after a time')
      : plain('unknown', 'the signals that are joined could not be followed')
  }
  const each = list.elements.map((element) =>
    ts.isSpreadElement(element)
      ? plain('unknown', 'not all of the signals that are joined could be followed')
      : inner(element),
  )
  for (const state of ['present', 'unknown', 'delegated'] as const) {
    const found = each.find((guard) => guard?.state === state)
    if (found) return found
  }
  return null
}

/** The list itself, or the one that is filtered: `[given, own].filter(Boolean)`. */
function listOf(argument: TS.Expression, resolver: Resolver): TS.ArrayLiteralExpression | null {
  const found = resolver.resolve(argument)
  const node = found.kind === 'value' ? found.node : bare(argument)
  if (ts.isArrayLiteralExpression(node)) return node
  const isFiltered =
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    node.expression.name.text === 'filter'
  return isFiltered ? listOf((node.expression as TS.PropertyAccessExpression).expression, resolver) : null
}

function timed(call: TS.CallExpression, resolver: Resolver): Guard {
  const value = call.arguments[0] ? valueOf(call.arguments[0], resolver) : null
  return explicit('`signal` aborts after a time', {
    value: value?.kind === 'number' ? value.value / 1000 : null,
    unit: value?.kind === 'number' ? 's' : null,
  })
}

function timedIn(node: TS.Node): boolean {
  return some(node, (at) => ts.isCallExpression(at) && at.expression.getText() === 'AbortSignal.timeout')
}

/** `controller` of `controller.signal`, or of `const { signal } = controller`. */
function controllerIn(node: TS.Expression): TS.Expression | null {
  if (ts.isPropertyAccessExpression(node)) return node.name.text === 'signal' ? node.expression : null
  const binding = ts.isIdentifier(node) ? bindingOf(node) : null
  const isTaken = binding?.kind === 'value' && binding.path.length === 1 && binding.path[0] === 'signal'
  return isTaken && ts.isExpression(binding.node) ? binding.node : null
}
