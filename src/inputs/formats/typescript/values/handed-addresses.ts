/** Addresses that a client gets as the environment has them: `process.env.DATABASE_URL`, or a setting that is exactly that. */
import { variableReadBy } from '../modules/environment-readers.js'
import { isVariableName, readFromConfiguration } from './targets.js'
import type { Resolver } from './resolve.js'
import { bindingOf } from '../syntax/scope.js'
import { bare, ts, type TS } from '../syntax/syntax.js'
import { valueOf } from './values.js'

const MAX_DEPTH = 6

/** What is put together, changed, or handed through a function is not: what is added may be a setting. */
export function isHandedOver(address: TS.Expression, resolver: Resolver, depth = 0): boolean {
  const node = bare(address)
  if (depth > MAX_DEPTH || mayBeSetAgain(node)) return false
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken
    const isChoice = kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken
    return isChoice && isHandedOver(node.left, resolver, depth + 1) && isPlain(node.right, resolver, depth)
  }
  if (ts.isCallExpression(node))
    return readFromConfiguration(node) !== null || variableReadBy(node, resolver)?.fallback === null
  if (valueOf(node, resolver).kind === 'variable') return true
  if (ts.isPropertyAccessExpression(node) && isVariableName(node.name.text)) return isChecked(node, resolver)
  const found = resolver.resolve(node)
  const followed = found.kind === 'value' && !found.or && found.node !== node ? found.node : null
  return followed !== null && ts.isExpression(followed) && isHandedOver(followed, resolver, depth + 1)
}

/** A fallback that is written out, or another variable. */
function isPlain(fallback: TS.Expression, resolver: Resolver, depth: number): boolean {
  const { kind } = valueOf(fallback, resolver)
  return kind === 'text' || kind === 'nothing' || isHandedOver(fallback, resolver, depth + 1)
}

/** `let url = process.env.DATABASE_URL`, which may be added to. */
function mayBeSetAgain(node: TS.Expression): boolean {
  const binding = ts.isIdentifier(node) ? bindingOf(node) : null
  if (binding?.kind === 'variable') return true
  if (binding?.kind !== 'value') return false
  for (let at: TS.Node = binding.node; !ts.isStatement(at); at = at.parent)
    if (ts.isVariableDeclarationList(at)) return (at.flags & ts.NodeFlags.Const) === 0
  return false
}

/** `env.DATABASE_URL` of `const env = schema.parse(process.env)`: a checked copy of the environment. */
function isChecked({ expression }: TS.PropertyAccessExpression, resolver: Resolver): boolean {
  for (let at = bare(expression); ; at = bare(at.expression)) {
    const found = resolver.resolve(at)
    if (found.kind === 'value' && ts.isCallExpression(found.node))
      return (
        resolver.resolve(found.node.expression).kind !== 'value' &&
        found.node.arguments.some((given) => given.getText() === 'process.env')
      )
    if (!ts.isPropertyAccessExpression(at)) return false
  }
}
