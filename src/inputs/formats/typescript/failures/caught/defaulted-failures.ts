/** Failures for which a value stands: `.catch(() => 0)`, `catch { return [] }`. */
import { onlyLogs } from '../../syntax/catch-clauses.js'
import { isNothing } from '../../syntax/scope.js'
import { bare, calleeName, isFunction, ts, type TS } from '../../syntax/syntax.js'

/** Behind the call, or around it up to the end of its function. */
export function isDefaulted(call: TS.Node): boolean {
  for (let at = call; at.parent; at = at.parent) {
    const { parent } = at
    if (ts.isPropertyAccessExpression(parent) && isCatch(parent.parent, parent)) return true
    if (ts.isTryStatement(parent) && parent.tryBlock === at && parent.catchClause)
      return givesDefault(parent.catchClause.block)
    if (isFunction(parent)) return false
  }
  return false
}

/** `.catch(() => 0)` */
function isCatch(call: TS.Node, callee: TS.Node): boolean {
  if (!ts.isCallExpression(call) || call.expression !== callee || calleeName(call) !== 'catch') return false
  const handler = call.arguments[0] && bare(call.arguments[0])
  if (!handler || !isFunction(handler) || !handler.body) return false
  return ts.isBlock(handler.body) ? givesDefault(handler.body) : isLiteral(bare(handler.body))
}

/** It logs at most, and gives back a literal. */
function givesDefault({ statements }: TS.Block): boolean {
  const last = statements.at(-1)
  return (
    last !== undefined &&
    ts.isReturnStatement(last) &&
    last.expression !== undefined &&
    isLiteral(bare(last.expression)) &&
    onlyLogs({ statements: statements.slice(0, -1) })
  )
}

/** Written out and empty, or a single value. */
export function isLiteral(value: TS.Expression): boolean {
  const { TrueKeyword, FalseKeyword } = ts.SyntaxKind
  return (
    isNothing(value) ||
    value.kind === TrueKeyword ||
    value.kind === FalseKeyword ||
    ts.isLiteralExpression(value) ||
    (ts.isArrayLiteralExpression(value) && value.elements.length === 0) ||
    (ts.isObjectLiteralExpression(value) && value.properties.length === 0)
  )
}
