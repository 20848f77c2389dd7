/** Servers whose start may fail without an end of the process: nobody starts it again, and what is open keeps it alive. */
import type { Practice } from '../../../../../facts/code.js'
import { callersOf } from '../../survey/named-callers.js'
import { endOf, onlyLogs } from '../../syntax/catch-clauses.js'
import { functionOf, practice } from '../../survey/practice.js'
import type { Survey } from '../../survey/survey.js'
import { throwsIn } from '../../syntax/noted-nodes.js'
import {
  bare,
  calleeName,
  enclosingFunction,
  isFunction,
  sourceOf,
  ts,
  type TS,
} from '../../syntax/syntax.js'

const PATTERN = 'swallowed-error'
const DETAIL =
  'A failed start of the server is only logged: the process does not exit with an error, and open handles keep it alive without a server'

export function failedStarts(survey: Survey): Practice[] {
  return survey.callsNamed('listen').flatMap((listen) => {
    if (!ts.isAwaitExpression(listen.parent)) return []
    const caught = caughtAt(survey, listen)
    const related = [{ source: sourceOf(listen), message: 'where it listens' }]
    return caught ? [practice(survey, caught, PATTERN, 'absent', DETAIL, null, related)] : []
  })
}

/** The catch that keeps the failure, here or at the one place that calls the function around. */
function caughtAt(survey: Survey, listen: TS.CallExpression): TS.Node | null {
  const clause = clauseAround(listen)
  if (clause) return endOf(clause) === 'logged' && startsAlone(survey, clause) ? clause : null
  const owner = enclosingFunction(listen)
  const [caller, ...others] = owner ? callersOf(owner, survey) : []
  return caller && others.length === 0 ? rejectionBehind(survey, caller) : null
}

function clauseAround(node: TS.Node): TS.CatchClause | null {
  for (let at = node; at.parent && !isFunction(at); at = at.parent)
    if (ts.isTryStatement(at.parent) && at.parent.tryBlock === at) return at.parent.catchClause ?? null
  return null
}

/** It is run when the module is loaded, and nobody waits for it. */
function startsAlone(survey: Survey, clause: TS.CatchClause): boolean {
  const owner = enclosingFunction(clause)
  if (!owner) return true
  if (isRunAtOnce(owner)) return enclosingFunction(owner) === null
  const callers = callersOf(owner, survey)
  return callers.length === 1 && enclosingFunction(callers[0]!) === null
}

/** `(async () => { … })()`. */
function isRunAtOnce(owner: TS.FunctionLikeDeclaration): boolean {
  const call = ts.isParenthesizedExpression(owner.parent) ? owner.parent.parent : owner.parent
  return ts.isCallExpression(call) && bare(call.expression) === owner
}

/** `start().catch((error) => console.error(error))` at the end of a module. */
function rejectionBehind(survey: Survey, start: TS.CallExpression): TS.Node | null {
  const { parent: callee } = start
  if (!ts.isPropertyAccessExpression(callee) || callee.name.text !== 'catch') return null
  const call = callee.parent
  if (!ts.isCallExpression(call) || enclosingFunction(call) !== null) return null
  const body = functionOf(survey, call.arguments[0])?.body
  const logs = body && ts.isBlock(body) ? body.statements.length > 0 && onlyLogs(body) : isLogged(call, body)
  return logs && throwsIn(call.arguments[0]!).length === 0 ? call : null
}

/** `.catch(console.error)`, `.catch((error) => log.error(error))`. */
function isLogged({ arguments: [handler] }: TS.CallExpression, body: TS.Node | undefined): boolean {
  const said = body && ts.isExpression(body) ? bare(body) : null
  if (said) return ts.isCallExpression(said) && /^(log|warn|error|fatal)$/.test(calleeName(said))
  return handler !== undefined && /^console\.(log|warn|error)$/.test(handler.getText())
}
