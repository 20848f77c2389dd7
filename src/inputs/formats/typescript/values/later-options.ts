/** Options that are set on an object after it was made: `options.timeout = 5000`. */
import { assignedTo, isField } from '../syntax/assignments.js'
import { assignmentsIn } from '../syntax/noted-nodes.js'
import { bindingOf, isNothing } from '../syntax/scope.js'
import { bare, classAround, enclosingFunction, outermost, textOf, ts, type TS } from '../syntax/syntax.js'

/** What holds an object: a variable, or a field of a class. */
interface Holder {
  name: string
  /** Where it may be set. */
  scope: TS.Node
  isIt: (left: TS.Expression) => boolean
}

interface Later {
  value: TS.Expression
  name: string
  isCertain: boolean
  /** It is set to nothing somewhere. */
  isTakenAway: boolean
}

/** Of an object that a variable or a field holds; certain where both stand in the same block. */
export function setLater(object: TS.ObjectLiteralExpression, option: string): Later | null {
  const holder = holderOf(object)
  if (!holder) return null
  const { name, scope, isIt } = holder
  const values = setTo(
    scope,
    (left) => ts.isPropertyAccessExpression(left) && left.name.text === option && isIt(left.expression),
  )
  const [value, ...others] = values
  if (!value) return null
  const isCertain = others.length === 0 && value.parent.parent.parent === scope
  return { value, name, isCertain, isTakenAway: values.some((one) => isNothing(bare(one))) }
}

/** What else the variable or field is given that holds an object: `config = {}`, `config = null`, `this.config = { timeout }`. */
export function replacementsOf(object: TS.ObjectLiteralExpression): {
  name: string
  values: TS.Expression[]
} {
  const holder = holderOf(object)
  if (!holder) return { name: '', values: [] }
  const values = setTo(holder.scope, holder.isIt)
  return { name: holder.name, values: values.filter((value) => bare(value) !== object) }
}

/** Also to nothing, after which no option is left. */
function setTo(scope: TS.Node, matches: (left: TS.Expression) => boolean): TS.Expression[] {
  return assignmentsIn(scope).flatMap(({ left, right }) => (matches(left) ? [right] : []))
}

function holderOf(object: TS.ObjectLiteralExpression): Holder | null {
  const { parent } = outermost(object)
  if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) return variableOf(parent, parent.name)
  if (ts.isPropertyDeclaration(parent)) return fieldOf(parent.parent, textOf(parent.name))
  return ts.isBinaryExpression(parent) && isAssignment(parent) ? assignedHolder(bare(parent.left)) : null
}

/** `let config; config = { timeout }`, `this.config = { timeout }` */
function assignedHolder(left: TS.Expression): Holder | null {
  if (ts.isIdentifier(left)) {
    const binding = bindingOf(left)
    return binding?.kind === 'variable' ? variableOf(binding.declaration, left) : null
  }
  const isOwn = ts.isPropertyAccessExpression(left) && left.expression.kind === ts.SyntaxKind.ThisKeyword
  const owner = isOwn ? classAround(left) : null
  return isOwn && owner ? fieldOf(owner, left.name.text) : null
}

function variableOf(declaration: TS.VariableDeclaration, { text: name }: TS.Identifier): Holder {
  const isIt = (left: TS.Expression): boolean => ts.isIdentifier(left) && left.text === name
  return { name, scope: declaration.parent.parent.parent ?? declaration.getSourceFile(), isIt }
}

function fieldOf(owner: TS.Node, name: string): Holder {
  return { name: `this.${name}`, scope: owner, isIt: (left) => isField(left, name) }
}

const isAssignment = ({ operatorToken: { kind } }: TS.BinaryExpression): boolean =>
  kind === ts.SyntaxKind.EqualsToken

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
