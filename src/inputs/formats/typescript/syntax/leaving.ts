/** Statements by which a block is left. */
import { isFunction, ts, type TS } from './syntax.js'

export function isLeave(node: TS.Node): boolean {
  return ts.isThrowStatement(node) || ts.isReturnStatement(node) || ts.isBreakStatement(node)
}

/** The last word of a branch is to leave. */
export function endsByLeaving(statement: TS.Statement): boolean {
  return ts.isBlock(statement) ? statement.statements.some(isLeave) : isLeave(statement)
}

/** Nothing behind it runs: it ends by leaving, also where it was tried and failed. */
export function alwaysLeaves(statement: TS.Statement): boolean {
  const last = ts.isBlock(statement) ? statement.statements.at(-1) : statement
  if (!last) return false
  if (!ts.isTryStatement(last)) return isLeave(last)
  return (
    alwaysLeaves(last.tryBlock) && (last.catchClause === undefined || alwaysLeaves(last.catchClause.block))
  )
}

/** Whoever called can tell how it ended: `throw error`, `return sent`. */
export function leavesWithWord(node: TS.Node): boolean {
  return ts.isThrowStatement(node) || (ts.isReturnStatement(node) && node.expression !== undefined)
}

/** Statements that run after a statement, up to the end of its function. */
export function statementsAfter(statement: TS.Statement): TS.Statement[] {
  const after: TS.Statement[] = []
  for (let at: TS.Node = statement; at.parent && !isFunction(at); at = at.parent) {
    const { parent } = at
    if (ts.isBlock(parent) || ts.isSourceFile(parent) || ts.isCaseClause(parent))
      after.push(...parent.statements.slice(parent.statements.indexOf(at as TS.Statement) + 1))
  }
  return after
}
