/** Flags by which a loop learns that its try succeeded: `done = true` in `while (!done)`. */
import { tellsOfFailure } from './polling.js'
import { some, ts, walk, isFunction, type TS } from '../../syntax/syntax.js'

interface Flag {
  name: string
  /** What is asked of an answer before it is set. */
  asked: TS.Expression[]
}

/** As the last word of a try, or where an answer was asked whether it failed, in a loop that asks for the flag. */
export function flagSetIn(tryBlock: TS.Block, loop: TS.IterationStatement): Flag | null {
  const condition = ts.isForStatement(loop)
    ? loop.condition
    : ts.isWhileStatement(loop) || ts.isDoStatement(loop)
      ? loop.expression
      : undefined
  if (!condition) return null
  let found: Flag | null = null
  walk(tryBlock, (node) => {
    const name = ts.isExpressionStatement(node) ? flagOf(node.expression, condition) : null
    const asked = name === null ? null : askedBefore(node as TS.Statement, tryBlock)
    if (name !== null && asked !== null) found ??= { name, asked }
    return found === null && !isFunction(node)
  })
  return found
}

function flagOf(expression: TS.Expression, condition: TS.Expression): string | null {
  if (!ts.isBinaryExpression(expression) || expression.operatorToken.kind !== ts.SyntaxKind.EqualsToken)
    return null
  const { left, right } = expression
  const isSwitch = right.kind === ts.SyntaxKind.TrueKeyword || right.kind === ts.SyntaxKind.FalseKeyword
  const isAsked = some(condition, (node) => ts.isIdentifier(node) && node.text === left.getText())
  return isSwitch && isAsked ? left.getText() : null
}

/** Null where something else than the answer decides, as in the loop of a daemon. */
function askedBefore(statement: TS.Statement, tryBlock: TS.Block): TS.Expression[] | null {
  if (statement === tryBlock.statements.at(-1)) return []
  const asked: TS.Expression[] = []
  for (let at: TS.Node = statement; at !== tryBlock; at = at.parent)
    if (ts.isIfStatement(at.parent)) asked.push(at.parent.expression)
  return asked.length > 0 && asked.every((condition) => some(condition, tellsOfFailure)) ? asked : null
}
