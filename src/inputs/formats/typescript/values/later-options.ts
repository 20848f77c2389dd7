/** Options that are set on an object after it was made: `options.timeout = 5000`. */
import { assignedTo } from '../syntax/assignments.js'
import { enclosingFunction, ts, type TS } from '../syntax/syntax.js'

/** Of an object that a constant holds; certain where both stand in the same block. */
export function setLater(
  object: TS.ObjectLiteralExpression,
  option: string,
): { value: TS.Expression; name: string; isCertain: boolean } | null {
  const declaration = ts.isVariableDeclaration(object.parent) ? object.parent : null
  const statement = declaration?.parent.parent
  if (!declaration || !statement || !ts.isIdentifier(declaration.name)) return null
  const name = declaration.name.text
  const [value, ...others] = assignedTo(statement.parent, (left) => isOptionOf(left, name, option))
  if (!value) return null
  const isCertain = others.length === 0 && value.parent.parent.parent === statement.parent
  return { value, name, isCertain }
}

/** In the function around, on whatever a caller or another function gave: `options.timeout ??= 5000`. */
export function isSetOn(options: TS.Identifier, option: string): boolean {
  const scope = enclosingFunction(options) ?? options.getSourceFile()
  return assignedTo(scope, (left) => isOptionOf(left, options.text, option.split('.')[0]!)).length > 0
}

function isOptionOf(left: TS.Expression, name: string, option: string): boolean {
  return (
    ts.isPropertyAccessExpression(left) &&
    left.name.text === option &&
    ts.isIdentifier(left.expression) &&
    left.expression.text === name
  )
}
