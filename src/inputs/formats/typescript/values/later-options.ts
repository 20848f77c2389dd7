/** Options that are set on an object after it was made: `options.timeout = 5000`. */
import { assignedTo, isField } from '../syntax/assignments.js'
import { enclosingFunction, outermost, textOf, ts, type TS } from '../syntax/syntax.js'

/** What holds an object: a variable, or a field of a class. */
interface Holder {
  name: string
  /** Where it may be set. */
  scope: TS.Node
  isIt: (left: TS.Expression) => boolean
}

/** Of an object that a constant or a field holds; certain where both stand in the same block. */
export function setLater(
  object: TS.ObjectLiteralExpression,
  option: string,
): { value: TS.Expression; name: string; isCertain: boolean } | null {
  const holder = holderOf(object)
  if (!holder) return null
  const { name, scope, isIt } = holder
  const [value, ...others] = assignedTo(
    scope,
    (left) => ts.isPropertyAccessExpression(left) && left.name.text === option && isIt(left.expression),
  )
  if (!value) return null
  return { value, name, isCertain: others.length === 0 && value.parent.parent.parent === scope }
}

/** What else the variable or field is given that holds an object: `config = {}`, and `this.config = { timeout }` later. */
export function replacementsOf(object: TS.ObjectLiteralExpression): {
  name: string
  values: TS.Expression[]
} {
  const holder = holderOf(object)
  return holder
    ? { name: holder.name, values: assignedTo(holder.scope, holder.isIt) }
    : { name: '', values: [] }
}

function holderOf(object: TS.ObjectLiteralExpression): Holder | null {
  const { parent } = outermost(object)
  if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) {
    const name = parent.name.text
    const isIt = (left: TS.Expression): boolean => ts.isIdentifier(left) && left.text === name
    return { name, scope: parent.parent.parent.parent ?? parent.getSourceFile(), isIt }
  }
  if (!ts.isPropertyDeclaration(parent)) return null
  const name = textOf(parent.name)
  return { name: `this.${name}`, scope: parent.parent, isIt: (left) => isField(left, name) }
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
