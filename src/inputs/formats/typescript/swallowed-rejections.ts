/** `.catch(() => null)` behind a write: the failure reads as if it had been done. */
import type { Practice } from '../../../facts/code.js'
import { codeWords } from '../../../knowledge/code-words.js'
import { onlyLogs } from './catch-clauses.js'
import { isCompensation } from './compensations.js'
import { functionOf, practice } from './practice.js'
import { callersOf } from './retry-work.js'
import { isNothing } from './scope.js'
import type { Survey } from './survey.js'
import { failureOf, lost, writeIn } from './swallowed-errors.js'
import { promiseUse } from './uses.js'
import { bare, calleeName, enclosingFunction, isFunction, sourceOf, symbolOf, ts, type TS } from './syntax.js'

const PATTERN = 'swallowed-error'

export function swallowedRejections(survey: Survey): Practice[] {
  return survey.callsNamed('catch').flatMap((call) => swallowedAt(survey, call))
}

function swallowedAt(survey: Survey, call: TS.CallExpression): Practice[] {
  const { expression: callee } = call
  const [handler] = call.arguments
  if (!handler || !ts.isPropertyAccessExpression(callee) || isLeftAlone(call)) return []
  const use = useOf(survey, wholeChain(call))
  const write = use === 'apart' ? null : writeIn(callee.expression, survey)
  if (!write) return []
  const answer = answerOf(survey, handler)
  if (answer === 'open' || (use === 'read' && answer !== 'told' && answer !== 'given')) return []
  if (answer === 'told' || (answer === 'given' && use === 'read') || isCompensation(survey, call))
    return [practice(survey, call, PATTERN, 'present', `${failureOf(write)} is acted on where it is caught`)]
  if (use === 'open') {
    const related = [{ source: sourceOf(write.call.node), message: 'the call that may fail' }]
    const reason = 'what becomes of the answer that stands for it was not seen'
    return [
      practice(survey, call, PATTERN, 'unknown', `${failureOf(write)} becomes an answer`, reason, related),
    ]
  }
  return [lost(survey, call, write, answer === 'logged' ? 'only logged' : 'dropped')]
}

/** By its name, or because the others of a list are to go on. */
function isLeftAlone(call: TS.CallExpression): boolean {
  return codeWords().bestEffort.test(symbolOf(call)) || isOfItem(call)
}

/** In `orders.map((order) => send(order).catch(log))`, or in a loop over a list. */
function isOfItem(node: TS.Node): boolean {
  for (let at = node.parent; at; at = at.parent) {
    if (ts.isForOfStatement(at)) return true
    if (!isFunction(at)) continue
    return ts.isCallExpression(at.parent) && /^(map|flatMap|forEach)$/.test(calleeName(at.parent))
  }
  return false
}

/** `told`: something else is done; `given`: a value stands for it, which its reader can tell apart. */
type Answer = 'told' | 'given' | 'logged' | 'dropped' | 'open'

function answerOf(survey: Survey, handler: TS.Expression): Answer {
  const node = bare(handler)
  const { logs } = codeWords()
  if (ts.isPropertyAccessExpression(node) && logs.test(node.name.text)) return 'logged'
  const body = functionOf(survey, node)?.body
  if (!body) return 'open'
  if (!ts.isBlock(body)) {
    const value = bare(body)
    if (ts.isCallExpression(value)) return logs.test(calleeName(value)) ? 'logged' : 'told'
    return isUndefined(value) ? 'dropped' : isLiteral(value) ? 'given' : 'told'
  }
  if (body.statements.length === 0) return 'dropped'
  const last = body.statements.at(-1)!
  if (onlyLogs({ statements: body.statements.filter((one) => !leavesEmpty(one)) })) return 'logged'
  const isGiven = ts.isReturnStatement(last) && last.expression && isLiteral(bare(last.expression))
  return isGiven && onlyLogs({ statements: body.statements.slice(0, -1) }) ? 'given' : 'told'
}

/** `if (error.status === 404) return`: for the code behind the call it is all the same. */
function leavesEmpty(statement: TS.Statement): boolean {
  if (ts.isReturnStatement(statement)) return statement.expression === undefined
  if (ts.isBlock(statement)) return statement.statements.every(leavesEmpty)
  return (
    ts.isIfStatement(statement) &&
    leavesEmpty(statement.thenStatement) &&
    statement.elseStatement === undefined
  )
}

function isUndefined(value: TS.Expression): boolean {
  return ts.isIdentifier(value) && value.text === 'undefined'
}

function isLiteral(value: TS.Expression): boolean {
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

/** With the `.then(…)` and `.finally(…)` behind it. */
function wholeChain(call: TS.CallExpression): TS.Expression {
  let at: TS.Expression = call
  while (ts.isPropertyAccessExpression(at.parent) && ts.isCallExpression(at.parent.parent))
    at = at.parent.parent
  return at
}

/** `apart`: nobody waits for it; `open`: who reads it was not seen. */
type Use = 'apart' | 'ignored' | 'read' | 'open'

/** What becomes of the answer: of one that a function returns, at its callers. */
function useOf(survey: Survey, expression: TS.Expression, depth = 0): Use {
  const { at, isAwaited } = promiseUse(expression)
  const { parent } = at
  if (ts.isExpressionStatement(parent)) return isAwaited ? 'ignored' : 'apart'
  // What stands among others, as in `Promise.race([…])`, is read by whoever reads those.
  if (ts.isVoidExpression(parent) || ts.isArrayLiteralExpression(parent)) return 'apart'
  const owner = ts.isReturnStatement(parent) || isFunction(parent) ? enclosingFunction(at) : null
  if (!owner) return 'read'
  const callers = depth < 2 ? callersOf(owner, survey) : []
  const uses = callers.map((call) => useOf(survey, wholeChain(call), depth + 1))
  if (uses.length === 0 || uses.includes('open')) return 'open'
  return uses.every((use) => use === 'apart') ? 'apart' : uses.includes('read') ? 'read' : 'ignored'
}
