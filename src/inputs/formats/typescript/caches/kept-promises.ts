/** Promises that are kept before they are awaited, in a place that is asked first. */
import { bindingOf } from '../syntax/scope.js'
import { bare, enclosingFunction, isFunction, some, ts, type TS } from '../syntax/syntax.js'

/** What a promise goes through and stays the promise of the same load. */
const FOLLOWS = /^(then|catch|finally)$/

/** In a place that outlives the call, which is asked before: `this.loading ??= load()`, `loading.set(key, load())`. */
export function isKept(work: TS.CallExpression): boolean {
  const around = enclosingFunction(work)
  if (!around) return false
  const promise = promiseOf(work)
  if (isKeptAt(promise, around)) return true
  const name = localOf(promise)
  if (!name) return false
  return some(
    around,
    (node) => ts.isIdentifier(node) && node.text === name.text && node !== name && isKeptAt(node, around),
    false,
  )
}

/** `const running = load()`, `running = load()`: the variable that holds the promise. */
function localOf({ parent }: TS.Expression): TS.Identifier | null {
  if (ts.isVariableDeclaration(parent)) return ts.isIdentifier(parent.name) ? parent.name : null
  const isAssigned = ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
  return isAssigned && ts.isIdentifier(parent.left) ? parent.left : null
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
export function outlives(place: TS.Expression, around: TS.FunctionLikeDeclaration): boolean {
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
export function waitsBetween(asked: TS.Node, set: TS.Node, around: TS.FunctionLikeDeclaration): boolean {
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
