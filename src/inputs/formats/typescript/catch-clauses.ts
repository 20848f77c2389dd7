/** What a catch clause does with the failure. */
import { codeWords } from '../../../knowledge/code-words.js'
import { calleeName, ts, type TS } from './syntax.js'

/** A comment or a name says that the failure may be dropped. */
export function isJustified(clause: TS.CatchClause): boolean {
  return codeWords().justified.test(clause.getText())
}

export function onlyLogs({ statements }: { statements: readonly TS.Statement[] }): boolean {
  return statements.every(
    (statement) =>
      ts.isExpressionStatement(statement) &&
      ts.isCallExpression(statement.expression) &&
      codeWords().logs.test(calleeName(statement.expression)),
  )
}
