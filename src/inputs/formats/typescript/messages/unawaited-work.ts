/** Work that a handler of messages starts and does not wait for: its library takes the message for done. */
import type { Practice } from '../../../../facts/code.js'
import { isBestEffort } from '../syntax/best-effort.js'
import { consumersIn, type Consumer } from './consumers.js'
import { ACK_AFTER_WORK } from './early-acks.js'
import { functionOf, practice } from '../survey/practice.js'
import type { OutboundCall, Survey } from '../survey/survey.js'
import { isFunction, some, sourceOf, ts, walk, type TS } from '../syntax/syntax.js'
import { isWrite } from '../effects/writes.js'

export function unawaitedWork(survey: Survey): Practice[] {
  return consumersIn(survey).flatMap((consumer) =>
    consumer.shape.done === 'return' ? judgeHandler(survey, consumer) : [],
  )
}

function judgeHandler(survey: Survey, { at, handler, library }: Consumer): Practice[] {
  const [started] = startedIn(survey, handler.body)
  if (!started) {
    const isWaitedFor = waitsForWrite(survey, handler.body)
    const detail = `The handler given to ${library.title} awaits its work`
    return isWaitedFor ? [practice(survey, at, ACK_AFTER_WORK, 'present', detail)] : []
  }
  const { statement, work } = started
  const name = statement.expression.getText().split('(')[0]!.slice(0, 60)
  const detail = `Nothing awaits \`${name}\`: ${library.title} treats the message as done before \`${work.method}\` of ${work.client.library.title} is`
  return [
    practice(survey, statement, ACK_AFTER_WORK, 'absent', detail, null, [
      { source: sourceOf(work.node), message: 'the work that may still fail' },
    ]),
  ]
}

function waitsForWrite(survey: Survey, body: TS.Node): boolean {
  const leadsToWrite = (node: TS.Node): boolean => survey.callsFrom(node).some(isWrite)
  if (!ts.isBlock(body)) return leadsToWrite(body)
  return some(
    body,
    (node) => (ts.isAwaitExpression(node) || ts.isReturnStatement(node)) && leadsToWrite(node),
  )
}

/** Calls that stand alone as a statement, of functions that are asynchronous, with work that changes something. */
function startedIn(
  survey: Survey,
  body: TS.Node,
): { statement: TS.ExpressionStatement; work: OutboundCall }[] {
  const found: { statement: TS.ExpressionStatement; work: OutboundCall }[] = []
  walk(body, (node) => {
    if (isFunction(node) && node.parent !== body) return false
    if (!ts.isExpressionStatement(node) || isBestEffort(node)) return true
    const call = calledAlone(node.expression)
    const work = call && isAsynchronous(survey, call) ? survey.callsFrom(call).find(isWrite) : undefined
    if (work) found.push({ statement: node, work })
    return true
  })
  return found
}

/** `work()`, `void work()`, `work().catch(log)`. */
function calledAlone(expression: TS.Expression): TS.CallExpression | null {
  const node = ts.isVoidExpression(expression) ? expression.expression : expression
  if (!ts.isCallExpression(node)) return null
  const { expression: callee } = node
  const isChained = ts.isPropertyAccessExpression(callee) && /^(catch|then|finally)$/.test(callee.name.text)
  return isChained ? calledAlone(callee.expression) : node
}

export function isAsynchronous(survey: Survey, call: TS.CallExpression): boolean {
  if (survey.outboundAt(call)) return true
  const called = functionOf(survey, call.expression)
  return (called?.modifiers ?? []).some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword)
}
