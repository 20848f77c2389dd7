/** Statements by which a block is left. */
import { ts, type TS } from './syntax.js'

export function isLeave(node: TS.Node): boolean {
  return ts.isThrowStatement(node) || ts.isReturnStatement(node) || ts.isBreakStatement(node)
}

/** The last word of a branch is to leave. */
export function endsByLeaving(statement: TS.Statement): boolean {
  return ts.isBlock(statement) ? statement.statements.some(isLeave) : isLeave(statement)
}

/** Whoever called can tell how it ended: `throw error`, `return sent`. */
export function leavesWithWord(node: TS.Node): boolean {
  return ts.isThrowStatement(node) || (ts.isReturnStatement(node) && node.expression !== undefined)
}
