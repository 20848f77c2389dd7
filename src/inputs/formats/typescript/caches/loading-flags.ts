/** A flag that one caller raises while it loads: who finds it raised leaves without loading. */
import { endsByLeaving } from '../syntax/leaving.js'
import { callsIn } from '../syntax/noted-nodes.js'
import { bare, some, ts, type TS } from '../syntax/syntax.js'
import { outlives, waitsBetween } from './kept-promises.js'

/** `if (this.loading) return await old(); this.loading = true; try { … } finally { this.loading = false }` around a load. */
export function isBehindFlag(around: TS.FunctionLikeDeclaration, load: TS.Node): boolean {
  const isRaised = (node: TS.Node): boolean =>
    node.end <= load.pos &&
    isSetTo(node, ts.SyntaxKind.TrueKeyword) &&
    outlives(node.left, around) &&
    isAsked(around, node, load) &&
    isLowered(around, node)
  return some(around, isRaised, false)
}

function isSetTo(node: TS.Node, value: TS.SyntaxKind): node is TS.BinaryExpression {
  return (
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    bare(node.right).kind === value
  )
}

/** Who finds it raised goes another way, without the load; nobody else comes between asking and raising. */
function isAsked(around: TS.FunctionLikeDeclaration, raise: TS.BinaryExpression, load: TS.Node): boolean {
  const isQuestion = (node: TS.Node): boolean => {
    if (!ts.isIfStatement(node)) return false
    const { expression: asked, thenStatement: then, elseStatement: otherwise } = node
    const place = raise.left.getText()
    if (contains(then, raise))
      return (
        isPart(asked, ts.SyntaxKind.AmpersandAmpersandToken, (part) => isNot(part, place)) &&
        !waitsBetween(asked, raise, around)
      )
    const isOther = otherwise ? contains(otherwise, raise) : node.end <= raise.pos && endsByLeaving(then)
    return (
      isOther &&
      isPart(asked, ts.SyntaxKind.BarBarToken, (part) => part.getText() === place) &&
      // What those do who leave makes nobody else wait.
      !some(asked, ts.isAwaitExpression, false) &&
      !waitsBetween(then, raise, around) &&
      !loadsAsWell(then, { pos: raise.end, end: load.end }, around)
    )
  }
  return some(around, isQuestion, false)
}

function contains({ pos, end }: TS.Node, node: TS.Node): boolean {
  return pos <= node.pos && node.end <= end
}

/** The branch calls what those wait for who raised it, up to the load. */
function loadsAsWell(branch: TS.Node, { pos, end }: TS.TextRange, around: TS.Node): boolean {
  const loading = callsIn(around).filter(
    (call) => ts.isAwaitExpression(call.parent) && call.pos >= pos && call.end <= end,
  )
  const names = loading.map(({ expression }) => expression.getText())
  return callsIn(branch).some(({ expression }) => names.includes(expression.getText()))
}

function isNot(node: TS.Node, place: string): boolean {
  return (
    ts.isPrefixUnaryExpression(node) &&
    node.operator === ts.SyntaxKind.ExclamationToken &&
    bare(node.operand).getText() === place
  )
}

/** The whole condition, or a part that decides it: of `raised && old` others would be let in. */
function isPart(
  condition: TS.Expression,
  operator: TS.SyntaxKind,
  test: (part: TS.Expression) => boolean,
): boolean {
  const node = bare(condition)
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === operator)
    return isPart(node.left, operator, test) || isPart(node.right, operator, test)
  return test(node)
}

function isLowered(around: TS.FunctionLikeDeclaration, raise: TS.BinaryExpression): boolean {
  const place = raise.left.getText()
  return some(around, (node) => isSetTo(node, ts.SyntaxKind.FalseKeyword) && node.left.getText() === place)
}
