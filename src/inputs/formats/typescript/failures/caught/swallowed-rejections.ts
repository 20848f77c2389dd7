/** `.catch(() => null)` behind a write: the failure reads as if it had been done. */
import type { Practice } from '../../../../../facts/code.js'
import { codeWords } from '../../../../../knowledge/code-words.js'
import { onlyLogs } from '../../syntax/catch-clauses.js'
import { useOf, wholeChain } from '../reach/uses-at-callers.js'
import { isCompensation } from '../reach/compensations.js'
import { functionOf, practice } from '../../survey/practice.js'
import { isLiteral } from './defaulted-failures.js'
import type { Survey } from '../../survey/survey.js'
import { isToldBeside, lost } from './dropped-failures.js'
import { changeThrough, failureOf, writeIn } from '../reach/writes-within.js'
import { bare, calleeName, isFunction, sourceOf, symbolOf, ts, type TS } from '../../syntax/syntax.js'

const PATTERN = 'swallowed-error'

export function swallowedRejections(survey: Survey): Practice[] {
  return survey.callsNamed('catch').flatMap((call) => swallowedAt(survey, call))
}

function swallowedAt(survey: Survey, call: TS.CallExpression): Practice[] {
  const { expression: callee } = call
  const [handler] = call.arguments
  if (!handler || !ts.isPropertyAccessExpression(callee) || isLeftAlone(call)) return []
  const use = useOf(survey, wholeChain(call))
  if (use === 'apart') return []
  const answer = answerOf(survey, handler)
  const isForgotten =
    use === 'ignored' &&
    (answer === 'logged' || answer === 'dropped') &&
    !isToldBeside(call) &&
    !isCleanup(call)
  const write =
    writeIn(callee.expression, survey, ({ call: { method } }) => !isLeftover(method, call)) ??
    (isForgotten ? changeThrough(survey, calledFirst(callee.expression)) : null)
  if (!write) return []
  if (answer === 'open' || (use === 'read' && answer !== 'told' && answer !== 'given')) return []
  if (answer === 'told' || (answer === 'given' && use === 'read') || isCompensation(survey, call))
    return [practice(survey, call, PATTERN, 'present', `${failureOf(write)} is handled where it is caught`)]
  if (use === 'open') {
    const related = [{ source: sourceOf(write.call.node), message: 'the call that may fail' }]
    const reason = 'what becomes of the value that replaces it was not seen'
    return [
      practice(
        survey,
        call,
        PATTERN,
        'unknown',
        `${failureOf(write)} is replaced by a value`,
        reason,
        related,
      ),
    ]
  }
  return [lost(survey, call, write, answer === 'logged' ? 'only logged' : 'dropped')]
}

/** `finally { await release(slot).catch(log) }`: what it was for is done. */
function isCleanup(node: TS.Node): boolean {
  for (let at = node; at.parent && !isFunction(at); at = at.parent)
    if (ts.isTryStatement(at.parent) && at.parent.finallyBlock === at) return true
  return false
}

/** `finally { await files.remove(script).catch(log) }`. */
function isLeftover(method: string, at: TS.Node): boolean {
  return codeWords().leftovers.test(method) && isCleanup(at)
}

/** `save(order)` of `save(order).then(count).catch(log)`. */
function calledFirst(promise: TS.Expression): TS.CallExpression | null {
  const node = bare(promise)
  if (!ts.isCallExpression(node)) return null
  const { expression: callee } = node
  const isBehind = ts.isPropertyAccessExpression(callee) && /^(then|finally)$/.test(callee.name.text)
  return isBehind ? calledFirst(callee.expression) : node
}

/** By its name, or because the others of a list are to go on. */
export function isLeftAlone(call: TS.CallExpression): boolean {
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
