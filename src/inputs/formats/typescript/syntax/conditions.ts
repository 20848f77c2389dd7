/** Whether code goes one way or the other by what a variable holds. */
import { bare, some, ts, type TS } from './syntax.js'

/** In a condition, or compared: `if (!data)`, `status === 201`, `data ?? fail()`. */
export function isLookedAt(use: TS.Expression): boolean {
  for (let at: TS.Node = use; ts.isExpression(at); at = at.parent) if (decides(at)) return true
  return false
}

function decides(node: TS.Expression): boolean {
  const { parent } = node
  if (ts.isIfStatement(parent) || ts.isWhileStatement(parent) || ts.isDoStatement(parent))
    return parent.expression === node
  if (ts.isSwitchStatement(parent)) return parent.expression === node
  if (ts.isConditionalExpression(parent) || ts.isForStatement(parent)) return parent.condition === node
  if (ts.isPrefixUnaryExpression(parent)) return parent.operator === ts.SyntaxKind.ExclamationToken
  return ts.isBinaryExpression(parent) && decidesIn(parent, node)
}

function decidesIn({ left, right, operatorToken }: TS.BinaryExpression, node: TS.Expression): boolean {
  switch (operatorToken.kind) {
    case ts.SyntaxKind.EqualsEqualsToken:
    case ts.SyntaxKind.EqualsEqualsEqualsToken:
    case ts.SyntaxKind.ExclamationEqualsToken:
    case ts.SyntaxKind.ExclamationEqualsEqualsToken:
    case ts.SyntaxKind.LessThanToken:
    case ts.SyntaxKind.LessThanEqualsToken:
    case ts.SyntaxKind.GreaterThanToken:
    case ts.SyntaxKind.GreaterThanEqualsToken:
      return true
    case ts.SyntaxKind.AmpersandAmpersandToken:
      return left === node
    // `data ?? []` only fills in; what is called instead may throw.
    case ts.SyntaxKind.BarBarToken:
    case ts.SyntaxKind.QuestionQuestionToken:
      return left === node && some(bare(right), (part) => ts.isCallExpression(part))
    default:
      return false
  }
}
