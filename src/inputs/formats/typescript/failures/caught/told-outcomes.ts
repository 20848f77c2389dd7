/** Failures that what stands after the catch tells of: `let sent = false; try { …; sent = true } catch { log() } return sent`. */
import { codeWords } from '../../../../../knowledge/code-words.js'
import { leavesWithWord, statementsAfter } from '../../syntax/leaving.js'
import { bindingOf } from '../../syntax/scope.js'
import { ownReturnsIn } from '../../syntax/noted-nodes.js'
import { bare, calleeName, isFunction, some, ts, walk, type TS } from '../../syntax/syntax.js'

/** Whether who comes after the try statement can tell that the call in it failed. */
export function tellsOutcome(clause: TS.CatchClause, call: TS.Node): boolean {
  const statement = clause.parent
  const after = statementsAfter(statement)
  const isReturned = ownReturnsIn(statement.tryBlock).some(
    ({ expression, end }) => expression !== undefined && end >= call.end,
  )
  if (isReturned && after.some((node) => some(node, leavesWithWord, false))) return true
  return keptBy(statement.tryBlock, call).some((name) => after.some((node) => asks(node, name)))
}

/** Variables of the function that are set once the call is done, or to what it gives. */
function keptBy(block: TS.Block, call: TS.Node): string[] {
  const names: string[] = []
  walk(block, (node) => {
    if (isFunction(node)) return false
    const counted = countedIn(node)
    if (counted && node.end >= call.end && isDeclaredOutside(counted, block)) names.push(counted.text)
    if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return true
    if (ts.isIdentifier(node.left) && node.end >= call.end && isDeclaredOutside(node.left, block))
      names.push(node.left.text)
    return true
  })
  return names
}

/** `sent++`, `sent += 1`, `done.push(order)`. */
function countedIn(node: TS.Node): TS.Identifier | null {
  if (ts.isPostfixUnaryExpression(node) || ts.isPrefixUnaryExpression(node)) {
    const isCount =
      node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken
    return isCount && ts.isIdentifier(node.operand) ? node.operand : null
  }
  if (ts.isBinaryExpression(node))
    return node.operatorToken.kind === ts.SyntaxKind.PlusEqualsToken && ts.isIdentifier(node.left)
      ? node.left
      : null
  if (!ts.isCallExpression(node) || !codeWords().keepsItems.test(calleeName(node))) return null
  const owner = ts.isPropertyAccessExpression(node.expression) ? bare(node.expression.expression) : null
  return owner && ts.isIdentifier(owner) ? owner : null
}

function isDeclaredOutside(name: TS.Identifier, block: TS.Block): boolean {
  const binding = bindingOf(name)
  if (binding?.kind === 'variable') return binding.declaration.pos < block.pos
  return binding?.kind === 'value' && binding.node.pos < block.pos
}

/** The variable is read for more than a line of the log. */
function asks(root: TS.Node, name: string): boolean {
  let isAsked = false
  walk(root, (node) => {
    if (isAsked || (ts.isCallExpression(node) && codeWords().logs.test(calleeName(node)))) return false
    if (ts.isIdentifier(node) && node.text === name) isAsked = isRead(node)
    return true
  })
  return isAsked
}

function isRead(node: TS.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node
  const isSet =
    ts.isBinaryExpression(parent) &&
    parent.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    bare(parent.left) === node
  return !isSet
}
