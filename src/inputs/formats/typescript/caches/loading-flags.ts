/** A flag that one caller raises while it loads: who finds it raised leaves without loading. */
import { endsByLeaving } from '../syntax/leaving.js'
import { bare, some, ts, type TS } from '../syntax/syntax.js'
import { outlives, waitsBetween } from './kept-promises.js'

/** `if (this.loading) return old; this.loading = true; try { … } finally { this.loading = false }` around a load. */
export function isBehindFlag(around: TS.FunctionLikeDeclaration, load: TS.Node): boolean {
  const isRaised = (node: TS.Node): boolean =>
    node.end <= load.pos &&
    isSetTo(node, ts.SyntaxKind.TrueKeyword) &&
    outlives(node.left, around) &&
    isAsked(around, node) &&
    isLowered(around, node)
  return some(around, isRaised, false)
}

function isSetTo(node: TS.Node, value: TS.SyntaxKind): node is TS.BinaryExpression {
  return (
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    bare(node.right).kind === value
  )
}

/** Who finds it raised leaves, or only who does not goes in; nobody else comes between asking and raising. */
function isAsked(around: TS.FunctionLikeDeclaration, raise: TS.BinaryExpression): boolean {
  const place = raise.left.getText()
  const isQuestion = (node: TS.Node): boolean => {
    if (!ts.isIfStatement(node) || waitsBetween(node.expression, raise, around)) return false
    const { expression: asked, thenStatement } = node
    const isIn = thenStatement.pos <= raise.pos && raise.end <= thenStatement.end
    const isThere = (part: TS.Expression): boolean => part.getText() === place
    return isIn
      ? isPart(asked, ts.SyntaxKind.AmpersandAmpersandToken, (part) => isNot(part, place))
      : node.end <= raise.pos &&
          endsByLeaving(thenStatement) &&
          isPart(asked, ts.SyntaxKind.BarBarToken, isThere)
  }
  return some(around, isQuestion, false)
}

function isNot(node: TS.Node, place: string): boolean {
  return (
    ts.isPrefixUnaryExpression(node) &&
    node.operator === ts.SyntaxKind.ExclamationToken &&
    bare(node.operand).getText() === place
  )
}

/** The whole condition, or a part that decides it: of `raised && old` others would be let in. */
function isPart(
  condition: TS.Expression,
  operator: TS.SyntaxKind,
  test: (part: TS.Expression) => boolean,
): boolean {
  const node = bare(condition)
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === operator)
    return isPart(node.left, operator, test) || isPart(node.right, operator, test)
  return test(node)
}

function isLowered(around: TS.FunctionLikeDeclaration, raise: TS.BinaryExpression): boolean {
  const place = raise.left.getText()
  return some(around, (node) => isSetTo(node, ts.SyntaxKind.FalseKeyword) && node.left.getText() === place)
}
