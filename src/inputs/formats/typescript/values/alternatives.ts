/** What one of two expressions stands for: `given ?? made`, `a || b`, `x ??= made`. */
import { NOTHING, type Resolved } from '../modules/resolved.js'
import { isAssignment, ts, type TS } from '../syntax/syntax.js'

/** How expressions are followed. */
interface Following {
  resolve(expression: TS.Expression): Resolved
  firstKnown(expressions: TS.Expression[]): Resolved
}

export function eitherOf(node: TS.BinaryExpression, following: Following): Resolved {
  const { kind } = node.operatorToken
  if (kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken)
    return orElse(node, following)
  if (isAssignment(kind)) return following.resolve(node.right)
  return { kind: 'value', node }
}

/** What is not given leaves the other; an empty object instead of it gives nothing either. */
function orElse({ left, right }: TS.BinaryExpression, following: Following): Resolved {
  const first = following.resolve(left)
  const isEmpty = ts.isObjectLiteralExpression(right) && right.properties.length === 0
  if (first.kind === 'nothing') return isEmpty ? NOTHING : following.resolve(right)
  return first.kind === 'parameter' && isEmpty ? first : following.firstKnown([left, right])
}
