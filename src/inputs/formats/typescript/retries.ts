/** Retries written by hand: loops that try again after a failure, and waits that follow a count of attempts. */
import type { Practice } from '../../../facts/code.js'
import { codeWords } from '../../../knowledge/code-words.js'
import { grows, isRandom } from './delays.js'
import { functionOf, practice } from './practice.js'
import type { Survey } from './survey.js'
import { bare, calleeName, enclosingFunction, isFunction, some, ts, type TS } from './syntax.js'
import { valueOf } from './values.js'

export function retries(survey: Survey): Practice[] {
  return survey.files.flatMap(({ calls, loops }) => {
    const retrying = loops.filter((loop) => isRetry(loop, survey))
    const waits = calls.flatMap((call) => waitAt(call, retrying, survey))
    return [...retrying.flatMap((loop) => judgeLoop(loop, survey)), ...waits]
  })
}

/** A loop whose try leaves it on success and whose catch goes on: polling and consuming loops do not leave. */
function isRetry(loop: TS.IterationStatement, survey: Survey): boolean {
  if (ts.isForOfStatement(loop) || ts.isForInStatement(loop)) return false
  const body = ts.isBlock(loop.statement) ? loop.statement : null
  const attempt = body?.statements.find(ts.isTryStatement)
  if (!attempt?.catchClause || !leaves(attempt.tryBlock) || alwaysLeaves(attempt.catchClause.block))
    return false
  return some(
    attempt.tryBlock,
    (node) => ts.isAwaitExpression(node) || (ts.isCallExpression(node) && survey.outboundAt(node) !== null),
    false,
  )
}

const leaves = (block: TS.Block): boolean =>
  some(block, (node) => ts.isReturnStatement(node) || ts.isBreakStatement(node), false)

function alwaysLeaves(block: TS.Block): boolean {
  return block.statements.some(
    (statement) =>
      ts.isThrowStatement(statement) || ts.isReturnStatement(statement) || ts.isBreakStatement(statement),
  )
}

function judgeLoop(loop: TS.IterationStatement, survey: Survey): Practice[] {
  const practices: Practice[] = []
  const bounded = isBounded(loop)
  practices.push(
    practice(
      survey,
      loop,
      'retry-bounded',
      bounded ? 'present' : 'absent',
      bounded ? 'The retry loop counts its attempts' : 'The loop tries again without end',
    ),
  )
  const waits = some(loop.statement, (node) => ts.isCallExpression(node) && delayOf(node, survey) !== null)
  const callsOut = some(
    loop.statement,
    (node) =>
      ts.isAwaitExpression(node) &&
      ts.isCallExpression(node.expression) &&
      codeWords().waits.test(calleeName(node.expression)),
  )
  if (!waits && !callsOut)
    practices.push(
      practice(survey, loop, 'retry-backoff', 'absent', 'The loop tries again at once, without a delay'),
    )
  return practices
}

function isBounded(loop: TS.IterationStatement): boolean {
  const condition = ts.isForStatement(loop)
    ? loop.condition
    : ts.isWhileStatement(loop) || ts.isDoStatement(loop)
      ? loop.expression
      : undefined
  if (condition && condition.kind !== ts.SyntaxKind.TrueKeyword) return true
  return some(
    loop.statement,
    (node) =>
      ts.isIfStatement(node) &&
      /[<>]=?|deadline|Date\.now/.test(node.expression.getText()) &&
      some(
        node.thenStatement,
        (at) => ts.isThrowStatement(at) || ts.isReturnStatement(at) || ts.isBreakStatement(at),
      ),
  )
}

/** Judges a wait that stands in a retry loop or follows a count of attempts. */
function waitAt(call: TS.CallExpression, loops: TS.IterationStatement[], survey: Survey): Practice[] {
  const delay = delayOf(call, survey)
  if (!delay || isWaitItself(call)) return []
  const inLoop = loops.some((loop) => call.pos >= loop.pos && call.end <= loop.end)
  if (!inLoop && !codeWords().attempts.test(textOf(delay, survey))) return []
  const place = placeOf(delay, call, survey)
  const random = isRandom(delay, survey.resolver)
  const growing = grows(delay, survey.resolver)
  if (!random && !growing && valueOf(delay, survey.resolver).kind !== 'number') {
    return [
      practice(
        survey,
        place,
        'retry-backoff',
        'unknown',
        'A delay stands between the attempts',
        'how it is computed was not found',
      ),
    ]
  }
  return [
    practice(
      survey,
      place,
      'retry-backoff',
      growing ? 'present' : 'absent',
      growing ? 'The delay between attempts grows' : 'The delay between attempts is always the same',
    ),
    practice(
      survey,
      place,
      'retry-jitter',
      random ? 'present' : 'absent',
      random
        ? 'The delay between attempts has a random part'
        : 'The delay between attempts has no random part',
    ),
  ]
}

/** The delay of `sleep(ms)` and of `new Promise((r) => setTimeout(r, ms))`, where it is awaited. */
function delayOf(call: TS.CallExpression, survey: Survey): TS.Expression | null {
  const name = calleeName(call)
  if (name === 'setTimeout') {
    const executor = enclosingFunction(call)
    const inPromise =
      executor &&
      executor.parent &&
      ts.isNewExpression(executor.parent) &&
      executor.parent.expression.getText() === 'Promise'
    const resolves = call.arguments[0] && ts.isIdentifier(bare(call.arguments[0]))
    return inPromise && resolves ? (call.arguments[1] ?? null) : null
  }
  if (!codeWords().waits.test(name) || call.arguments.length === 0) return null
  const called = functionOf(survey, call.expression)
  const sleeps =
    called === null
      ? /^(sleep|delay|wait)$/i.test(name)
      : some(called, (node) => ts.isCallExpression(node) && calleeName(node) === 'setTimeout')
  return sleeps && (ts.isAwaitExpression(call.parent) || ts.isPropertyAccessExpression(call.parent))
    ? call.arguments[0]!
    : null
}

/** The body of a `sleep` helper: its delay is its own parameter. */
function isWaitItself(call: TS.CallExpression): boolean {
  const executor = enclosingFunction(call)
  const owner = executor && enclosingFunction(executor)
  const delay = call.arguments[1]
  return (
    calleeName(call) === 'setTimeout' &&
    !!owner &&
    isFunction(owner) &&
    owner.parameters.some((parameter) => parameter.name.getText() === delay?.getText())
  )
}

function textOf(delay: TS.Expression, survey: Survey): string {
  const found = survey.resolver.resolve(delay)
  return delay.getText() + (found.kind === 'value' && !isFunction(found.node) ? found.node.getText() : '')
}

/** Where the delay is computed, when that is in the same file. */
function placeOf(delay: TS.Expression, call: TS.CallExpression, survey: Survey): TS.Node {
  const found = survey.resolver.resolve(delay)
  if (found.kind !== 'value' || found.node.getSourceFile() !== call.getSourceFile()) return call
  const sameFunction = enclosingFunction(found.node) === enclosingFunction(call) || found.node === delay
  return sameFunction ? found.node : call
}
