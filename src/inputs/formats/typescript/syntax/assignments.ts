/** Values that reach a variable, a field or the caller of a function. */
import { bare, some, textOf, ts, walk, type TS } from './syntax.js'

const MAX_RETURNS = 8
/** All assignments in a scope: a class or file is asked for many names. */
const assignments = new WeakMap<TS.Node, TS.BinaryExpression[]>()

/** What is assigned, anywhere in a scope, to the places that match; null says nothing and is left out. */
export function assignedTo(scope: TS.Node, matches: (left: TS.Expression) => boolean): TS.Expression[] {
  return assignmentsIn(scope)
    .filter(({ left, right }) => bare(right).kind !== ts.SyntaxKind.NullKeyword && matches(left))
    .map(({ right }) => right)
}

/** What is assigned to a variable that was declared without a value. */
export function assignedToVariable(declaration: TS.VariableDeclaration): TS.Expression[] {
  const name = textOf(declaration.name)
  const scope = declaration.parent.parent.parent ?? declaration.getSourceFile()
  return assignedTo(scope, (left) => ts.isIdentifier(left) && left.text === name)
}

/** `timeout = timeout || 5000`: what a call gives is not what the function goes on with. */
export function isAssignedAgain({
  name,
  parent: { body },
}: TS.ParameterDeclaration & { parent: { body?: TS.Node } }): boolean {
  return (
    body !== undefined &&
    ts.isIdentifier(name) &&
    assignmentsIn(body).some(({ left }) => ts.isIdentifier(left) && left.text === name.text)
  )
}

function assignmentsIn(scope: TS.Node): TS.BinaryExpression[] {
  const known = assignments.get(scope)
  if (known) return known
  const found: TS.BinaryExpression[] = []
  walk(scope, (node) => {
    if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) found.push(node)
    return !ts.isTypeNode(node)
  })
  assignments.set(scope, found)
  return found
}

/** `this.name` or `Class.name`. */
export function isField(left: TS.Expression, name: string): boolean {
  return (
    ts.isPropertyAccessExpression(left) && left.name.text === name && /^\w+$/.test(textOf(left.expression))
  )
}

export function isAssignment(operator: TS.SyntaxKind): boolean {
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
