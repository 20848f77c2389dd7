/** Where a failure is caught: a catch clause, or the function that is given to the `catch` of a promise. */
import { bare, calleeName, enclosingFunction, isFunction, ts, type TS } from '../../syntax/syntax.js'

export interface Failure {
  /** The clause or the function. */
  node: TS.Node
  block: TS.Node
  /** What failed. */
  work: TS.Node
}

/** Around a place, up to the function that it belongs to. */
export function failureAround(place: TS.Node, owner: TS.Node): Failure | null {
  for (let at = place; at !== owner && at.parent; at = at.parent) {
    if (ts.isCatchClause(at)) return { node: at, block: at.block, work: at.parent.tryBlock }
    if (isFunction(at)) {
      const work = workCaughtBy(at)
      // What is done in another function there is done later.
      return work && at.body && enclosingFunction(place) === at ? { node: at, block: at.body, work } : null
    }
  }
  return null
}

export function isCatchHandler(node: TS.Node): boolean {
  return isFunction(node) && workCaughtBy(node) !== null
}

/** `work` of `work.catch(handler)`. */
function workCaughtBy(handler: TS.FunctionLikeDeclaration): TS.Expression | null {
  const call = handler.parent
  if (!ts.isCallExpression(call) || call.arguments[0] !== handler || calleeName(call) !== 'catch') return null
  const callee = bare(call.expression)
  return ts.isPropertyAccessExpression(callee) ? callee.expression : null
}
