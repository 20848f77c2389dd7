/** Checks of a list's length that stand before a place: `if (ids.length > 50) throw …`. */
import { namesIn } from '../syntax/scope.js'
import { bare, calleeName, isFunction, ts, type TS } from '../syntax/syntax.js'

/** The texts under which the code speaks of one list. */
type Names = ReadonlySet<string>

/** Whether at this place some of the given lists, which are one, can only be short. `isShort` tells of a value whether it is. */
export function isCheckedShort(
  lists: TS.Expression[],
  place: TS.Node,
  isShort: (value: TS.Expression) => boolean,
): boolean {
  const names = new Set(lists.map((list) => list.getText()))
  for (let at = place; at.parent && !ts.isSourceFile(at); at = at.parent) {
    if (isFunction(at) && declares(at, names)) return false
    const { parent } = at
    if (isUnderLimit(at, parent, names)) return true
    if (ts.isBlock(parent) || ts.isCaseClause(parent)) {
      const before = parent.statements.slice(0, parent.statements.indexOf(at as TS.Statement))
      if (before.some((statement) => shortens(statement, names, isShort))) return true
    }
  }
  return false
}

/** In a branch that is taken for short lists only. */
function isUnderLimit(at: TS.Node, parent: TS.Node, names: Names): boolean {
  if (ts.isIfStatement(parent) && at !== parent.expression)
    return limits(parent.expression, at === parent.thenStatement, names)
  return (
    ts.isConditionalExpression(parent) &&
    at !== parent.condition &&
    limits(parent.condition, at === parent.whenTrue, names)
  )
}

/** The list comes in here, so that what stands outside speaks of another. */
function declares(node: TS.FunctionLikeDeclaration, names: Names): boolean {
  const own = namesIn(node)
  return [...names].some((name) => own?.has(name.split(/\W/, 1)[0]!))
}

/** After the statement the list is short: longer ones left before, or were cut. */
function shortens(
  statement: TS.Statement,
  names: Names,
  isShort: (value: TS.Expression) => boolean,
): boolean {
  if (ts.isIfStatement(statement)) {
    const { expression, thenStatement } = statement
    const isCut = (): boolean =>
      leaves(thenStatement) ||
      cuts(thenStatement, names) ||
      statementsOf(thenStatement).some((inner) => shortens(inner, names, isShort))
    return limits(expression, false, names) && isCut()
  }
  if (!ts.isExpressionStatement(statement)) return false
  const { expression } = statement
  return (
    ts.isBinaryExpression(expression) &&
    expression.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    names.has(expression.left.getText()) &&
    isShort(expression.right)
  )
}

function statementsOf(statement: TS.Statement): readonly TS.Statement[] {
  return ts.isBlock(statement) ? statement.statements : [statement]
}

function leaves(statement: TS.Statement): boolean {
  return statementsOf(statement).some(
    (at) =>
      ts.isThrowStatement(at) ||
      ts.isReturnStatement(at) ||
      ts.isContinueStatement(at) ||
      ts.isBreakStatement(at) ||
      (ts.isExpressionStatement(at) &&
        ts.isCallExpression(at.expression) &&
        calleeName(at.expression) === 'reject'),
  )
}

/** `ids = ids.slice(0, 50)`, `ids.length = 50`, `ids.splice(50)`. */
function cuts(statement: TS.Statement, names: Names): boolean {
  return statementsOf(statement).some((at) => {
    if (!ts.isExpressionStatement(at)) return false
    const { expression } = at
    if (ts.isCallExpression(expression) && ts.isPropertyAccessExpression(expression.expression))
      return calleeName(expression) === 'splice' && names.has(expression.expression.expression.getText())
    return (
      ts.isBinaryExpression(expression) &&
      expression.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      (names.has(expression.left.getText()) || isLength(expression.left, names))
    )
  })
}

/** Whether the list is short wherever the condition holds, or wherever it does not. */
function limits(condition: TS.Expression, holds: boolean, names: Names): boolean {
  const node = bare(condition)
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
    return limits(node.operand, !holds, names)
  // Where there is none, there is nothing to go over.
  if (!ts.isBinaryExpression(node)) return !holds && (names.has(node.getText()) || isLength(node, names))
  const { left, right, operatorToken } = node
  const { AmpersandAmpersandToken: and, BarBarToken: or } = ts.SyntaxKind
  if (operatorToken.kind === (holds ? and : or))
    return limits(left, holds, names) || limits(right, holds, names)
  if (operatorToken.kind === (holds ? or : and))
    return limits(left, holds, names) && limits(right, holds, names)
  const sign = operatorToken.getText()
  if (isLength(left, names)) return isCap(right) && isAtMost(sign, holds)
  return isLength(right, names) && isCap(left) && isAtMost(MIRRORED[sign] ?? sign, holds)
}

const MIRRORED: Record<string, string> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' }

function isAtMost(sign: string, holds: boolean): boolean {
  return (holds ? ['<', '<=', '===', '=='] : ['>', '>=', '!==', '!=']).includes(sign)
}

/** The length of another list is no cap. */
function isCap(node: TS.Expression): boolean {
  return !/\.(length|size)\b/.test(node.getText())
}

function isLength(node: TS.Expression, names: Names): boolean {
  const inner = bare(node)
  return (
    ts.isPropertyAccessExpression(inner) &&
    /^(length|size)$/.test(inner.name.text) &&
    names.has(bare(inner.expression).getText())
  )
}
