/** The longest that a delay can be, where it is one of several written down: `delays[attempt] * 1000`. */
import type { Resolver } from './resolve.js'
import { bare, ts, type TS } from './syntax.js'
import { valueOf } from './values.js'

/** In the unit of the expression; null when nothing bounds it from what is written. */
export function longest(expression: TS.Expression, resolver: Resolver): number | null {
  const value = valueOf(expression, resolver)
  if (value.kind === 'number') return value.value
  const node = bare(expression)
  if (ts.isBinaryExpression(node)) return ofOperation(node, resolver)
  if (ts.isElementAccessExpression(node)) return ofList(node.expression, resolver)
  if (ts.isConditionalExpression(node)) return largest([node.whenTrue, node.whenFalse], resolver)
  if (ts.isCallExpression(node) && node.expression.getText() === 'Math.min') {
    const limits = node.arguments.map((argument) => longest(argument, resolver)).filter((n) => n !== null)
    return limits.length > 0 ? Math.min(...limits) : null
  }
  if (!ts.isIdentifier(node)) return null
  const found = resolver.resolve(node)
  return found.kind === 'value' && found.node !== node && ts.isExpression(found.node)
    ? longest(found.node, resolver)
    : null
}

function ofOperation({ left, right, operatorToken }: TS.BinaryExpression, resolver: Resolver): number | null {
  const [a, b] = [longest(left, resolver), longest(right, resolver)]
  switch (operatorToken.kind) {
    case ts.SyntaxKind.QuestionQuestionToken:
    case ts.SyntaxKind.BarBarToken:
      return largest([left, right], resolver)
    case ts.SyntaxKind.AsteriskToken:
      return a === null || b === null ? null : a * b
    case ts.SyntaxKind.PlusToken:
      return a === null || b === null ? null : a + b
    default:
      return null
  }
}

/** Only a list that is written out is known. */
function ofList(list: TS.Expression, resolver: Resolver): number | null {
  const found = resolver.resolve(list)
  return found.kind === 'value' && ts.isArrayLiteralExpression(found.node)
    ? largest([...found.node.elements], resolver)
    : null
}

function largest(expressions: TS.Expression[], resolver: Resolver): number | null {
  const known = expressions.map((expression) => longest(expression, resolver)).filter((n) => n !== null)
  return known.length > 0 && known.length === expressions.length ? Math.max(...known) : null
}
