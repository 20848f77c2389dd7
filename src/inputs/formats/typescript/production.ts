/** Code that does not run in production, by what is asked of `NODE_ENV` around it. */
import { codeWords } from '../../../knowledge/code-words.js'
import { endsByLeaving } from './leaving.js'
import type { Resolver } from './resolve.js'
import { bare, some, textOf, ts, type TS } from './syntax.js'

const MAX_DEPTH = 4

/** Why it does not run there; null where it may. */
export function awayFromProduction(node: TS.Node, resolver: Resolver): string | null {
  for (let at = node; at.parent && !ts.isSourceFile(at); at = at.parent) {
    const asked = excludedBy(at, resolver)
    if (asked)
      return `\`${asked.getText().slice(0, 60)}\` keeps it from running in production; where it runs, it is not guarded`
  }
  return null
}

/** The condition around a node, or of a statement before it that leaves, by which it is not reached in production. */
function excludedBy(node: TS.Node, resolver: Resolver): TS.Expression | null {
  const { parent } = node
  if (ts.isIfStatement(parent) && node !== parent.expression)
    return isAwayWhere(parent.expression, node === parent.thenStatement, resolver) ? parent.expression : null
  if (ts.isConditionalExpression(parent) && node !== parent.condition)
    return isAwayWhere(parent.condition, node === parent.whenTrue, resolver) ? parent.condition : null
  if (!ts.isBlock(parent)) return null
  const before = parent.statements.slice(0, parent.statements.indexOf(node as TS.Statement))
  const leaving = before.find(
    (statement) =>
      ts.isIfStatement(statement) &&
      endsByLeaving(statement.thenStatement) &&
      isAwayWhere(statement.expression, false, resolver),
  )
  return leaving && ts.isIfStatement(leaving) ? leaving.expression : null
}

/** Whether it cannot be production where an expression is true, or where it is false. */
export function isAwayWhere(
  expression: TS.Expression,
  isTrue: boolean,
  resolver: Resolver,
  depth = 0,
): boolean {
  const node = bare(expression)
  if (depth > MAX_DEPTH) return false
  const part = (inner: TS.Expression, is: boolean): boolean => isAwayWhere(inner, is, resolver, depth + 1)
  if (ts.isPrefixUnaryExpression(node))
    return node.operator === ts.SyntaxKind.ExclamationToken && part(node.operand, !isTrue)
  if (!ts.isBinaryExpression(node)) {
    const found = resolver.resolve(node)
    return found.kind === 'value' && found.node !== node && ts.isExpression(found.node) && isAsked(found.node)
      ? part(found.node, isTrue)
      : false
  }
  const operator = node.operatorToken.kind
  if (operator === ts.SyntaxKind.AmpersandAmpersandToken || operator === ts.SyntaxKind.BarBarToken) {
    const isOneEnough = isTrue === (operator === ts.SyntaxKind.AmpersandAmpersandToken)
    const sides = [part(node.left, isTrue), part(node.right, isTrue)]
    return isOneEnough ? sides.includes(true) : !sides.includes(false)
  }
  return comparesEnvironment(node, isTrue)
}

/** What a constant is computed by: a comparison of the environment, and nothing that merely speaks of it. */
function isAsked(value: TS.Expression): boolean {
  return some(value, (node) => ts.isBinaryExpression(node))
}

/** `process.env.NODE_ENV === 'production'`. */
function comparesEnvironment({ left, right, operatorToken }: TS.BinaryExpression, isTrue: boolean): boolean {
  const { environments, production, development } = codeWords()
  const [name, value] = ts.isStringLiteralLike(bare(right)) ? [left, bare(right)] : [right, bare(left)]
  if (!ts.isStringLiteralLike(value) || !environments.test(lastName(bare(name)))) return false
  const operator = operatorToken.getText()
  const isEqual = /^===?$/.test(operator) ? isTrue : !isTrue
  if (!/^[=!]==?$/.test(operator)) return false
  return isEqual ? development.test(value.text) : production.test(value.text)
}

function lastName(node: TS.Expression): string {
  if (ts.isPropertyAccessExpression(node)) return node.name.text
  if (ts.isElementAccessExpression(node)) return node.argumentExpression.getText().replace(/['"`]/g, '')
  return ts.isIdentifier(node) ? textOf(node) : ''
}
