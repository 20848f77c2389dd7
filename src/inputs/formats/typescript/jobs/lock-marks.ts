/** Values under the key of a lock that are set and are no taking of it: a renewal, what is kept for all, a mark that locks out. */
import { bare, enclosingFunction, some, ts, type TS } from '../syntax/syntax.js'

export function isNoTaking(take: TS.CallExpression, look: TS.CallExpression): boolean {
  const around = enclosingFunction(take)?.body
  if (!around) return false
  const looked = whatIsLooked(look)
  return (
    take.arguments.some((argument) => ts.isStringLiteralLike(argument) && /^xx$/i.test(argument.text)) ||
    some(around, (node) => isComparedWithToken(node, looked)) ||
    some(around, (node) => isGivenBack(node, looked), false) ||
    isUnderOtherCondition(take, looked)
  )
}

type Looked = (node: TS.Node) => boolean

/** The call, and the variable that holds what it gave. */
function whatIsLooked(look: TS.CallExpression): Looked {
  let at: TS.Node = look
  while (ts.isExpression(at.parent)) at = at.parent
  const name = ts.isVariableDeclaration(at.parent) ? at.parent.name.getText() : null
  return (node) => node === look || (ts.isIdentifier(node) && node.text === name)
}

/** `current !== token`: who holds it sets it again. */
function isComparedWithToken(node: TS.Node, looked: Looked): boolean {
  if (!ts.isBinaryExpression(node) || !/^[!=]==?$/.test(node.operatorToken.getText())) return false
  const isToken = (part: TS.Expression): boolean =>
    (ts.isIdentifier(part) && part.text !== 'undefined') || ts.isPropertyAccessExpression(part)
  const [left, right] = [bare(node.left), bare(node.right)]
  return (looked(left) && isToken(right)) || (looked(right) && isToken(left))
}

/** `return cached`, `return JSON.parse(cached)`: a value, not a mark. */
function isGivenBack(node: TS.Node, looked: Looked): boolean {
  if (!ts.isReturnStatement(node) || !node.expression) return false
  const value = bare(node.expression)
  return looked(value) || (ts.isCallExpression(value) && value.arguments.some((each) => looked(bare(each))))
}

/** `if (failures > 5) await store.set(locked)`: what is set tells others, and guards no work of this one. */
function isUnderOtherCondition(take: TS.CallExpression, looked: Looked): boolean {
  for (let at: TS.Node = take; at.parent && at !== enclosingFunction(take); at = at.parent) {
    const { parent } = at
    if (ts.isIfStatement(parent) && parent.expression !== at && !some(parent.expression, looked)) return true
  }
  return false
}
