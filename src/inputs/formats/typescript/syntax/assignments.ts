/** Values that reach a variable, a field or the caller of a function. */
import { assignmentsIn, ownReturnsIn } from './noted-nodes.js'
import { bare, textOf, ts, type TS } from './syntax.js'

const MAX_RETURNS = 8

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

/** `this.name` or `Class.name`. */
export function isField(left: TS.Expression, name: string): boolean {
  return (
    ts.isPropertyAccessExpression(left) && left.name.text === name && /^\w+$/.test(textOf(left.expression))
  )
}

/** The expressions that a function body returns, not those of functions inside it. */
export function returnedBy(body: TS.Block): TS.Expression[] {
  return ownReturnsIn(body)
    .flatMap(({ expression }) => expression ?? [])
    .slice(0, MAX_RETURNS)
}
