/** What a value is made of: the items that a function is called with, or that a loop goes over. */
import { bindingOf } from './scope.js'
import { calleeName, isFunction, ts, walk, type TS } from './syntax.js'

/** Variables made of variables. */
const MAX_DEPTH = 4

/** One call of a function, or one round of a loop, by what it is given. */
export interface Item {
  scope: TS.FunctionLikeDeclaration | TS.ForOfStatement
}

/** The items that an expression is made of; null where the answer of something that is waited for is among it. */
export function itemsBehind(expression: TS.Expression, depth = 0): Item[] | null {
  if (isAnswer(expression)) return null
  const items: (Item[] | null)[] = []
  walk(expression, (node) => {
    if (isFunction(node)) return false
    if (ts.isAwaitExpression(node)) items.push(null)
    if (ts.isIdentifier(node) && !isMember(node)) items.push(itemsOf(node, depth))
    return !ts.isAwaitExpression(node)
  })
  return items.includes(null) ? null : items.flatMap((found) => found ?? [])
}

function itemsOf(name: TS.Identifier, depth: number): Item[] | null {
  const binding = bindingOf(name)
  if (binding?.kind === 'parameter') return ofParameter(binding.node)
  if (binding?.kind === 'variable') {
    const loop = binding.declaration.parent.parent
    return ts.isForOfStatement(loop) ? [{ scope: loop }] : []
  }
  if (binding?.kind !== 'value' || depth >= MAX_DEPTH || !ts.isExpression(binding.node)) return []
  return itemsBehind(binding.node, depth + 1)
}

/** `.then((page) => …)` is given the answer. */
function ofParameter({ parent }: TS.ParameterDeclaration): Item[] | null {
  if (!isFunction(parent)) return []
  const isBehind = ts.isCallExpression(parent.parent) && calleeName(parent.parent) === 'then'
  return isBehind ? null : [{ scope: parent }]
}

/** The value of a variable is kept without the `await` before it. */
function isAnswer({ parent }: TS.Expression): boolean {
  return ts.isParenthesizedExpression(parent) ? isAnswer(parent) : ts.isAwaitExpression(parent)
}

function isMember(name: TS.Identifier): boolean {
  const { parent } = name
  return (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent)) && parent.name === name
}
