/** Expressions that give one of two values: `a ?? b`, `a || b`, `a && b`, `is ? a : b`. */
import type { Truth } from './conditions.js'
import { ts, type TS } from '../syntax/syntax.js'

/** The one that counts; null for none of them; undefined where the condition leaves it open. */
export function sureSide(
  node: TS.BinaryExpression | TS.ConditionalExpression,
  truth: Truth,
): TS.Expression | null | undefined {
  if (truth !== 'yes' && truth !== 'no') return undefined
  const isTrue = truth === 'yes'
  if (ts.isConditionalExpression(node)) return isTrue ? node.whenTrue : node.whenFalse
  if (isAnd(node)) return isTrue ? node.right : null
  return isTrue ? node.left : node.right
}

export const isEither = (node: TS.Node): node is TS.BinaryExpression | TS.ConditionalExpression =>
  ts.isConditionalExpression(node) || (ts.isBinaryExpression(node) && isChoice(node))
export const isAnd = (node: TS.Node): boolean =>
  ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken
export const isChoice = (node: TS.Node): boolean =>
  ts.isBinaryExpression(node) &&
  (node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken ||
    node.operatorToken.kind === ts.SyntaxKind.BarBarToken)
