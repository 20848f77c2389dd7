/** Values that reach a variable, a field or the caller of a function. */
import { bare, some, ts, walk, type TS } from './syntax.js'

const MAX_RETURNS = 8

/** What is assigned, anywhere in a scope, to the places that match; null says nothing and is left out. */
export function assignedTo(scope: TS.Node, matches: (left: TS.Expression) => boolean): TS.Expression[] {
  const values: TS.Expression[] = []
  walk(scope, (node) => {
    if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind) && matches(node.left))
      values.push(node.right)
  })
  return values.filter((value) => bare(value).kind !== ts.SyntaxKind.NullKeyword)
}

/** `this.name` or `Class.name`. */
export function isField(left: TS.Expression, name: string): boolean {
  return (
    ts.isPropertyAccessExpression(left) && left.name.text === name && /^\w+$/.test(left.expression.getText())
  )
}

function isAssignment(operator: TS.SyntaxKind): boolean {
  return (
    operator === ts.SyntaxKind.EqualsToken ||
    operator === ts.SyntaxKind.QuestionQuestionEqualsToken ||
    operator === ts.SyntaxKind.BarBarEqualsToken
  )
}

/** The expressions that a function body returns, not those of functions inside it. */
export function returnedBy(body: TS.Block): TS.Expression[] {
  const values: TS.Expression[] = []
  some(
    body,
    (node) => {
      if (ts.isReturnStatement(node) && node.expression) values.push(node.expression)
      return false
    },
    false,
  )
  return values.slice(0, MAX_RETURNS)
}
