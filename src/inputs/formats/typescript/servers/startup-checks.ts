/** Branches that end a process which starts: `if (!process.env.DATABASE_URL) throw …`. What follows runs wherever it goes on. */
import { functionOf } from '../survey/practice.js'
import { calledByName, callsOf } from './server-starts.js'
import type { Survey } from '../survey/survey.js'
import { calleeName, isFunction, some, ts, type TS } from '../syntax/syntax.js'

/** By `process.exit()`, or by a throw that nobody who is seen catches to go on. */
export function endsStart(branch: TS.Statement, survey: Survey): boolean {
  const statements = ts.isBlock(branch) ? [...branch.statements] : [branch]
  if (statements.some(exits)) return true
  const thrown = statements.find(ts.isThrowStatement)
  if (!thrown || some(branch, ts.isReturnStatement, false) || isCaught(thrown, survey)) return false
  const owner = calledByName(thrown)
  return !owner || !callsOf(owner, survey).some((call) => isCaught(call, survey))
}

function exits(statement: TS.Statement): boolean {
  return (
    (ts.isExpressionStatement(statement) || ts.isReturnStatement(statement)) &&
    statement.expression !== undefined &&
    ts.isCallExpression(statement.expression) &&
    isExit(statement.expression.expression)
  )
}

/** By a `catch` around or behind it that does not end the process itself. */
function isCaught(node: TS.Node, survey: Survey): boolean {
  const ends = (handler: TS.Expression): boolean => endsWithin(functionOf(survey, handler) ?? handler)
  for (let at = node; at.parent && !isFunction(at); at = at.parent) {
    const { parent } = at
    if (ts.isTryStatement(parent) && at === parent.tryBlock && parent.catchClause)
      if (!endsWithin(parent.catchClause.block)) return true
    const behind = parent.parent
    if (ts.isPropertyAccessExpression(parent) && ts.isCallExpression(behind))
      if (calleeName(behind) === 'catch' && !behind.arguments.some(ends)) return true
  }
  return false
}

const endsWithin = (handler: TS.Node): boolean =>
  some(handler, (node) => ts.isThrowStatement(node) || isExit(node))

const isExit = (node: TS.Node): boolean => node.getText() === 'process.exit'
