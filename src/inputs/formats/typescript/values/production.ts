/** Code that does not run in production, by what is asked of `NODE_ENV` or of a test runner around it. */
import { codeWords } from '../../../../knowledge/code-words.js'
import { endsByLeaving } from '../syntax/leaving.js'
import type { Resolver } from './resolve.js'
import { bare, some, textOf, ts, type TS } from '../syntax/syntax.js'

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
  if (isGivenByTestRunner(node)) return isTrue
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
  return comparesEnvironment(node, isTrue, resolver) || comparesTestRunner(node, isTrue)
}

/** What a constant is computed by: a comparison of the environment, and nothing that merely speaks of it. */
function isAsked(value: TS.Expression): boolean {
  return some(value, (node) => ts.isBinaryExpression(node) || isGivenByTestRunner(node))
}

/** `process.env.NODE_ENV === 'production'`. */
function comparesEnvironment(node: TS.BinaryExpression, isTrue: boolean, resolver: Resolver): boolean {
  const { production, development } = codeWords()
  const { left, right } = node
  const [name, value] = ts.isStringLiteralLike(bare(right)) ? [left, bare(right)] : [right, bare(left)]
  if (!ts.isStringLiteralLike(value) || !isComparison(node) || !namesEnvironment(name, resolver)) return false
  return holdsEqual(node, isTrue) ? development.test(value.text) : production.test(value.text)
}

/** Also behind a name (`config.env`) and with a default (`process.env.NODE_ENV ?? 'development'`). */
function namesEnvironment(expression: TS.Expression, resolver: Resolver): boolean {
  const node = bare(expression)
  if (asksEnvironment(node)) return true
  const found = resolver.resolve(node)
  return [found, ...(found.or ?? [])].some((one) => {
    if (one.kind === 'global') return codeWords().environments.test(one.name.split('.').at(-1)!)
    if (one.kind === 'value') return asksEnvironment(one.node)
    return one.kind === 'unknown' && one.at !== undefined && asksEnvironment(one.at)
  })
}

/** By the name of the variable: `env.NODE_ENV`, `config.get('NODE_ENV')`. */
function asksEnvironment(node: TS.Node): boolean {
  const { environments } = codeWords()
  if (!ts.isCallExpression(node)) return ts.isExpression(node) && environments.test(lastName(node))
  const [asked] = node.arguments
  return asked !== undefined && ts.isStringLiteralLike(asked) && environments.test(asked.text)
}

/** `process.env.VITEST !== undefined`, or `=== 'true'`: what it is not compared with tells nothing. */
function comparesTestRunner(node: TS.BinaryExpression, isTrue: boolean): boolean {
  const { left, right } = node
  if (!isComparison(node) || !isGivenByTestRunner(bare(left))) return false
  const isUnset = ['undefined', 'null'].includes(right.getText())
  return isUnset ? !holdsEqual(node, isTrue) : holdsEqual(node, isTrue)
}

const isComparison = (node: TS.BinaryExpression): boolean => /^[=!]==?$/.test(node.operatorToken.getText())

const holdsEqual = (node: TS.BinaryExpression, isTrue: boolean): boolean =>
  node.operatorToken.getText().startsWith('=') === isTrue

/** `process.env.JEST_WORKER_ID`: nothing but a test runner sets it. */
function isGivenByTestRunner(node: TS.Node): boolean {
  return (
    (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) &&
    node.expression.getText() === 'process.env' &&
    codeWords().testRunners.test(lastName(node))
  )
}

function lastName(node: TS.Expression): string {
  if (ts.isPropertyAccessExpression(node)) return node.name.text
  if (ts.isElementAccessExpression(node)) return node.argumentExpression.getText().replace(/['"`]/g, '')
  return ts.isIdentifier(node) ? textOf(node) : ''
}
