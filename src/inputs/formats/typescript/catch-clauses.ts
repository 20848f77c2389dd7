/** What a catch clause does with the failure. */
import { codeWords } from '../../../knowledge/code-words.js'
import { calleeName, ts, type TS } from './syntax.js'

/** A comment or a name says that the failure may be dropped. */
export function isJustified(clause: TS.CatchClause): boolean {
  return codeWords().justified.test(clause.getText())
}

/** Nothing but logging, whatever is asked before. */
export function onlyLogs({ statements }: Statements): boolean {
  return statements.every((statement) => {
    if (ts.isBlock(statement)) return onlyLogs(statement)
    if (ts.isIfStatement(statement)) return onlyLogs({ statements: branchesOf(statement) })
    return ts.isExpressionStatement(statement) && isLog(statement.expression)
  })
}

type Statements = { statements: readonly TS.Statement[] }

function branchesOf({ thenStatement, elseStatement }: TS.IfStatement): TS.Statement[] {
  return elseStatement ? [thenStatement, elseStatement] : [thenStatement]
}

function isLog(node: TS.Expression): boolean {
  return ts.isCallExpression(node) && codeWords().logs.test(calleeName(node))
}
