/** The longest that a delay can be, where it is one of several written down: `delays[attempt] * 1000`. */
import type { Resolver } from './resolve.js'
import { bare, ts, type TS } from '../syntax/syntax.js'
import { valueOf } from './values.js'

/** A delay may be made of the one before. */
const MAX_DEPTH = 12

/** In the unit of the expression; null when nothing bounds it from what is written. */
export function longest(expression: TS.Expression, resolver: Resolver, depth = 0): number | null {
  const value = depth > MAX_DEPTH ? null : valueOf(expression, resolver)
  if (value === null || value.kind === 'number') return value?.value ?? null
  const inner = (part: TS.Expression): number | null => longest(part, resolver, depth + 1)
  const node = bare(expression)
  if (ts.isBinaryExpression(node))
    return ofOperation(node.operatorToken.kind, inner(node.left), inner(node.right))
  if (ts.isElementAccessExpression(node)) {
    const list = resolver.resolve(node.expression)
    // Only a list that is written out is known.
    const isWritten = list.kind === 'value' && ts.isArrayLiteralExpression(list.node)
    return isWritten ? largest((list.node as TS.ArrayLiteralExpression).elements.map(inner)) : null
  }
  if (ts.isConditionalExpression(node)) return largest([inner(node.whenTrue), inner(node.whenFalse)])
  if (ts.isCallExpression(node) && node.expression.getText() === 'Math.min') {
    const limits = node.arguments.map(inner).filter((limit) => limit !== null)
    return limits.length > 0 ? Math.min(...limits) : null
  }
  if (!ts.isIdentifier(node)) return null
  const found = resolver.resolve(node)
  return found.kind === 'value' && found.node !== node && ts.isExpression(found.node)
    ? inner(found.node)
    : null
}

function ofOperation(operator: TS.SyntaxKind, left: number | null, right: number | null): number | null {
  if (left === null || right === null) return null
  switch (operator) {
    case ts.SyntaxKind.QuestionQuestionToken:
    case ts.SyntaxKind.BarBarToken:
      return Math.max(left, right)
    case ts.SyntaxKind.AsteriskToken:
      return left * right
    case ts.SyntaxKind.PlusToken:
      return left + right
    default:
      return null
  }
}

/** Null when one of them is not known. */
function largest(delays: (number | null)[]): number | null {
  const known = delays.filter((delay) => delay !== null)
  return known.length > 0 && known.length === delays.length ? Math.max(...known) : null
}
