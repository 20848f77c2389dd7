/** Retries only of what was never sent: the next attempt is made where `error.code` is `ECONNREFUSED`, and nowhere else. */
import { httpStatuses } from '../../../../../knowledge/http-statuses.js'
import { endsBefore } from '../conditions/retry-conditions.js'
import { bare, ts, type TS } from '../../syntax/syntax.js'

/** `conditions`: those on which the next attempt is made, or the work is left before it; `repeat` is where it is made. */
export function repeatsOnlyUnsent(conditions: TS.Node[], repeat: TS.Node): boolean {
  return conditions.some(
    (condition) => ts.isExpression(condition) && showsUnsent(bare(condition), endsBefore(condition, repeat)),
  )
}

/** Whether it shows that nothing was sent that an expression is true, or false where it `ends` the work. */
function showsUnsent(node: TS.Expression, ends: boolean): boolean {
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
    return showsUnsent(bare(node.operand), !ends)
  if (!ts.isBinaryExpression(node)) return false
  const sides = [bare(node.left), bare(node.right)]
  const shows = (side: TS.Expression): boolean => showsUnsent(side, ends)
  switch (node.operatorToken.kind) {
    case ts.SyntaxKind.AmpersandAmpersandToken:
      return ends ? sides.every(shows) : sides.some(shows)
    case ts.SyntaxKind.BarBarToken:
      return ends ? sides.some(shows) : sides.every(shows)
    case ts.SyntaxKind.EqualsEqualsToken:
    case ts.SyntaxKind.EqualsEqualsEqualsToken:
      return !ends && sides.some(isCode) && sides.some(isUnsentCode)
    case ts.SyntaxKind.ExclamationEqualsToken:
    case ts.SyntaxKind.ExclamationEqualsEqualsToken:
      return ends && sides.some(isCode) && sides.some(isUnsentCode)
    default:
      return false
  }
}

function isCode(node: TS.Expression): boolean {
  return (ts.isPropertyAccessExpression(node) ? node.name.text : node.getText()) === 'code'
}

function isUnsentCode(node: TS.Expression): boolean {
  return ts.isStringLiteralLike(node) && httpStatuses().unsent.includes(node.text)
}
