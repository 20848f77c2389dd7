/** Loads whose promise is kept before it is awaited, so that whoever asks meanwhile waits for the same one. */
import { callersOf } from '../survey/named-callers.js'
import { bindingOf } from '../syntax/scope.js'
import type { Survey } from '../survey/survey.js'
import { bare, enclosingFunction, isFunction, some, ts, type TS } from '../syntax/syntax.js'

/** Through how many functions around a load its promise is followed. */
const MAX_STEPS = 4
/** What a promise goes through and stays the promise of the same load. */
const FOLLOWS = /^(then|catch|finally)$/
const ONE_AT_A_TIME = /^(concurrency|maxConcurrent)$/

/** The promise of the load, or of each call of the function around it, is shared, or one runs at a time. */
export function isShared(survey: Survey, work: TS.CallExpression, step = 0): boolean {
  if (isKept(work)) return true
  const around = enclosingFunction(work)
  if (!around || step >= MAX_STEPS) return false
  const outer = callAround(around)
  if (outer) return isOneAtATime(outer) || isShared(survey, outer, step + 1)
  const callers = callersOf(around, survey)
  return callers.length > 0 && callers.every((call) => isShared(survey, call, step + 1))
}

/** `(async () => …)()` and `queue.add(async () => …)`: the call that the function is written into. */
function callAround(inner: TS.FunctionLikeDeclaration): TS.CallExpression | null {
  let at: TS.Node = inner
  while (ts.isParenthesizedExpression(at.parent)) at = at.parent
  return ts.isCallExpression(at.parent) ? at.parent : null
}

/** `queue.add(work)` of `new PQueue({ concurrency: 1 })`, `limit(work)` of `pLimit(1)`. */
function isOneAtATime({ expression }: TS.CallExpression): boolean {
  const callee = bare(expression)
  const queue = ts.isPropertyAccessExpression(callee) ? bare(callee.expression) : callee
  const binding = ts.isIdentifier(queue) ? bindingOf(queue) : null
  const made = binding?.kind === 'value' && binding.path.length === 0 ? binding.node : null
  if (!made || (!ts.isNewExpression(made) && !ts.isCallExpression(made))) return false
  const [given] = made.arguments ?? []
  if (!given || enclosingFunction(made) === enclosingFunction(expression)) return false
  if (ts.isNumericLiteral(given)) return given.text === '1' && /limit/i.test(made.expression.getText())
  return (
    ts.isObjectLiteralExpression(given) &&
    given.properties.some(
      (option) =>
        ts.isPropertyAssignment(option) &&
        ONE_AT_A_TIME.test(option.name.getText()) &&
        option.initializer.getText() === '1',
    )
  )
}

/** In a place that outlives the call, which is asked before: `this.loading ??= load()`, `loading.set(key, load())`. */
function isKept(work: TS.CallExpression): boolean {
  const around = enclosingFunction(work)
  if (!around) return false
  const promise = promiseOf(work)
  if (isKeptAt(promise, around)) return true
  const { parent } = promise
  if (!ts.isVariableDeclaration(parent) || !ts.isIdentifier(parent.name)) return false
  const name = parent.name.text
  return some(
    around,
    (node) => ts.isIdentifier(node) && node.text === name && node !== parent.name && isKeptAt(node, around),
    false,
  )
}

/** With what follows it: `load().finally(…)`, `known ?? load()`, casts and parentheses, but no `await`. */
function promiseOf(work: TS.CallExpression): TS.Expression {
  let at: TS.Expression = work
  for (;;) {
    const next = followedBy(at)
    if (!next) return at
    at = next
  }
}

function followedBy(at: TS.Expression): TS.Expression | null {
  const { parent } = at
  if (ts.isParenthesizedExpression(parent) || ts.isAsExpression(parent)) return parent
  if (ts.isPropertyAccessExpression(parent))
    return FOLLOWS.test(parent.name.text) && ts.isCallExpression(parent.parent) ? parent.parent : null
  if (ts.isConditionalExpression(parent)) return parent.condition === at ? null : parent
  return ts.isBinaryExpression(parent) && parent.right === at && isOr(parent.operatorToken.kind)
    ? parent
    : null
}

function isOr(kind: TS.SyntaxKind): boolean {
  return kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken
}

function isKeptAt(promise: TS.Expression, around: TS.FunctionLikeDeclaration): boolean {
  const { parent } = promise
  if (ts.isBinaryExpression(parent) && parent.right === promise) {
    const { left, operatorToken } = parent
    if (!outlives(left, around)) return false
    const isUnlessKept =
      operatorToken.kind === ts.SyntaxKind.QuestionQuestionEqualsToken ||
      operatorToken.kind === ts.SyntaxKind.BarBarEqualsToken
    const place = ts.isElementAccessExpression(left) ? left.expression : left
    const isSet = operatorToken.kind === ts.SyntaxKind.EqualsToken
    return isUnlessKept || (isSet && isAskedBefore(place, parent, around))
  }
  if (!ts.isCallExpression(parent) || parent.arguments[1] !== promise) return false
  const callee = bare(parent.expression)
  if (!ts.isPropertyAccessExpression(callee) || callee.name.text !== 'set') return false
  return outlives(callee.expression, around) && isAskedBefore(callee.expression, parent, around)
}

/** A field of `this`, or a variable from outside the function. */
function outlives(place: TS.Expression, around: TS.FunctionLikeDeclaration): boolean {
  let root = bare(place)
  while (ts.isPropertyAccessExpression(root) || ts.isElementAccessExpression(root))
    root = bare(root.expression)
  if (root.kind === ts.SyntaxKind.ThisKeyword) return root !== bare(place)
  const binding = ts.isIdentifier(root) ? bindingOf(root) : null
  if (binding?.kind === 'import') return true
  if (!binding || binding.kind === 'parameter') return false
  return enclosingFunction(binding.kind === 'variable' ? binding.declaration : binding.node) !== around
}

/** By a condition, `??`, or a call of `get` or `has`, without waiting on the way to where it is set. */
function isAskedBefore(place: TS.Expression, set: TS.Node, around: TS.FunctionLikeDeclaration): boolean {
  const text = place.getText()
  return some(
    around,
    (node) =>
      ts.isExpression(node) &&
      node.getText() === text &&
      (node.end <= set.pos || (set.pos <= node.pos && node !== place && node.pos >= place.end)) &&
      isQuestion(node) &&
      !waitsBetween(node, set, around),
    false,
  )
}

/** Others ask and find nothing meanwhile. */
function waitsBetween(asked: TS.Node, set: TS.Node, around: TS.FunctionLikeDeclaration): boolean {
  return some(
    around,
    (node) => ts.isAwaitExpression(node) && asked.end <= node.pos && node.end <= set.pos,
    false,
  )
}

function isQuestion(asked: TS.Expression): boolean {
  for (let at: TS.Node = asked; !isFunction(at.parent); at = at.parent) {
    const { parent } = at
    if (ts.isIfStatement(parent) || ts.isConditionalExpression(parent))
      return at === (ts.isIfStatement(parent) ? parent.expression : parent.condition)
    if (ts.isBinaryExpression(parent) && isOr(parent.operatorToken.kind) && parent.left === at) return true
    if (ts.isCallExpression(parent) && parent.expression === at)
      return ts.isPropertyAccessExpression(at) && /^(get|has)$/.test(at.name.text)
    if (ts.isStatement(parent)) return false
  }
  return false
}
