/** Lists that are written out and then added to: `const calls = []; for (const id of ids) calls.push(id)`. */
import { bindingOf } from '../syntax/scope.js'
import { bare, calleeName, isFunction, some, ts, walk, type TS } from '../syntax/syntax.js'

/** Methods of lists that add to them. */
export const ADDS = /^(push|unshift)$/

/** Whether something is added in a loop, or by a callback, of which nothing says that it comes only a few times. */
export function growsIn(list: TS.ArrayLiteralExpression, isShort: (list: TS.Expression) => boolean): boolean {
  const declaration = list.parent
  if (!ts.isVariableDeclaration(declaration) || !ts.isIdentifier(declaration.name)) return false
  const { text } = declaration.name
  const scope = declaration.parent.parent.parent
  let grows = false
  walk(scope, (node) => {
    if (grows) return false
    if (ts.isCallExpression(node) && addsTo(node, text, list))
      grows = isRepeated(node, scope, isShort) || node.arguments.some(isUnbounded(isShort))
    else if (ts.isBinaryExpression(node)) grows = replaces(node, list, isShort)
    return !grows
  })
  return grows
}

/** `ids = await load()`: one that is made of the list itself is looked at where the items are added. */
function replaces(
  { left, operatorToken, right }: TS.BinaryExpression,
  list: TS.Node,
  isShort: (list: TS.Expression) => boolean,
): boolean {
  if (operatorToken.kind !== ts.SyntaxKind.EqualsToken || !ts.isIdentifier(left)) return false
  const binding = bindingOf(left)
  if (binding?.kind !== 'value' || binding.node !== list) return false
  const isOfItself = some(right, (node) => ts.isIdentifier(node) && node.text === left.text)
  return !isOfItself && !isShort(right)
}

function addsTo(call: TS.CallExpression, name: string, list: TS.Node): boolean {
  const callee = call.expression
  if (!ADDS.test(calleeName(call)) || !ts.isPropertyAccessExpression(callee)) return false
  const target = bare(callee.expression)
  if (!ts.isIdentifier(target) || target.text !== name) return false
  const binding = bindingOf(target)
  return binding?.kind === 'value' && binding.node === list
}

/** `calls.push(...ids)` */
function isUnbounded(isShort: (list: TS.Expression) => boolean): (argument: TS.Expression) => boolean {
  return (argument) => ts.isSpreadElement(argument) && !isShort(argument.expression)
}

function isRepeated(node: TS.Node, scope: TS.Node, isShort: (list: TS.Expression) => boolean): boolean {
  for (let at = node.parent; at && at !== scope; at = at.parent) {
    if (isFunction(at)) return true
    const rounds = ts.isForOfStatement(at) ? at.expression : ts.isForStatement(at) ? countedIn(at) : null
    if (rounds ? !isShort(rounds) : ts.isIterationStatement(at, false)) return true
  }
  return false
}

/** `ids` of `for (let i = 0; i < ids.length; i += 100)`: its rounds are no more than the list is long. */
export function countedIn({ condition, incrementor }: TS.ForStatement): TS.Expression | null {
  const isGoingUp =
    incrementor !== undefined && !ts.isCallExpression(incrementor) && /\+\+|\+=/.test(incrementor.getText())
  if (!condition || !ts.isBinaryExpression(condition) || !isGoingUp) return null
  if (condition.operatorToken.getText() !== '<') return null
  const end = bare(condition.right)
  return ts.isPropertyAccessExpression(end) && end.name.text === 'length' ? end.expression : null
}
