/** Variables and fields that are set again while the program runs, so that their first value says little. */
import { bindingOf } from '../syntax/scope.js'
import { bare, classAround, some, ts, walk, type TS } from '../syntax/syntax.js'

/** A variable, or a field of the class around: `delay`, `this.delay`. */
export type Place = TS.Identifier | TS.PropertyAccessExpression

export function isPlace(node: TS.Node): node is Place {
  return ts.isIdentifier(node) || ts.isPropertyAccessExpression(node)
}

/** What a place gets after its first value: `delay = next(delay)`. */
export function laterValues(place: Place): TS.Expression[] {
  return settings(place).map(({ right }) => bare(right))
}

/** `delay *= 2`, or made of itself: `delay = Math.min(delay * 2, 30_000)`. */
export function isRaised(place: Place): boolean {
  if (isCounter(place)) return false
  return settings(place).some(({ operatorToken, right }) => {
    if (operatorToken.kind !== ts.SyntaxKind.EqualsToken) return true
    const isItself = (at: TS.Node): boolean => isPlace(at) && at.getText() === place.getText()
    const isGreater = (at: TS.Node): boolean =>
      ts.isBinaryExpression(at) && GROWING().includes(at.operatorToken.kind) && some(at, isItself, false)
    return some(right, isGreater, false)
  })
}

const GROWING = (): TS.SyntaxKind[] => [
  ts.SyntaxKind.AsteriskToken,
  ts.SyntaxKind.AsteriskAsteriskToken,
  ts.SyntaxKind.PlusToken,
]

/** `attempt++`: its steps of one say nothing of what it is. */
export function isCounter(place: Place): boolean {
  const scope = scopeOf(place)
  const name = place.getText()
  return (
    scope !== null &&
    some(
      scope,
      (at) =>
        ((ts.isPostfixUnaryExpression(at) || ts.isPrefixUnaryExpression(at)) &&
          at.operator === ts.SyntaxKind.PlusPlusToken &&
          at.operand.getText() === name) ||
        (ts.isBinaryExpression(at) && isStep(at) && at.left.getText() === name),
    )
  )
}

/** `attempt += 1` */
function isStep({ operatorToken, right }: TS.BinaryExpression): boolean {
  return operatorToken.kind === ts.SyntaxKind.PlusEqualsToken && right.getText() === '1'
}

const SETTING = (): TS.SyntaxKind[] => [
  ts.SyntaxKind.EqualsToken,
  ts.SyntaxKind.AsteriskEqualsToken,
  ts.SyntaxKind.PlusEqualsToken,
]

function settings(place: Place): TS.BinaryExpression[] {
  const scope = scopeOf(place)
  const name = place.getText()
  const found: TS.BinaryExpression[] = []
  if (scope === null) return found
  walk(scope, (at) => {
    if (ts.isBinaryExpression(at) && SETTING().includes(at.operatorToken.kind) && at.left.getText() === name)
      found.push(at)
    return !ts.isTypeNode(at)
  })
  return found
}

/** Where a variable that may be set again is known, or the class of a field; null for what else a name may be. */
function scopeOf(place: Place): TS.Node | null {
  if (!ts.isIdentifier(place))
    return place.expression.kind === ts.SyntaxKind.ThisKeyword ? classAround(place) : null
  const binding = bindingOf(place)
  const declaration =
    binding?.kind === 'variable'
      ? binding.declaration
      : binding?.kind === 'value'
        ? declarationAround(binding.node)
        : null
  if (!declaration) return null
  const isLet = (declaration.parent.flags & ts.NodeFlags.Let) !== 0
  return isLet ? (declaration.parent.parent.parent ?? declaration.getSourceFile()) : null
}

function declarationAround(value: TS.Node): TS.VariableDeclaration | null {
  for (let at = value.parent; at && !ts.isStatement(at); at = at.parent)
    if (ts.isVariableDeclaration(at)) return at
  return null
}
