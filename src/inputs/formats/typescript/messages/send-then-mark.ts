/** Rows of a store for which something is sent first and marked as sent after: whoever fails in between sends it again. */
import type { Practice } from '../../../../facts/code.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import { functionOf, practice } from '../survey/practice.js'
import type { OutboundCall, Survey } from '../survey/survey.js'
import { bare, isFunction, some, sourceOf, ts, walk, type TS } from '../syntax/syntax.js'
import { isTelemetry } from '../effects/telemetry.js'
import { isOfStore, isRepeatable, isStoreRead, isWrite } from '../effects/writes.js'

/** Who is reached by what is sent notices a repeat; a queue is expected to deliver more than once. */
const NOTICED = ['http', 'saas', 'mail']

export function sendsThenMarks(survey: Survey): Practice[] {
  return survey.files.flatMap(({ loops }) =>
    loops.filter(ts.isForOfStatement).flatMap((loop) => judgeLoop(survey, loop)),
  )
}

function judgeLoop(survey: Survey, loop: TS.ForOfStatement): Practice[] {
  const row = rowOf(loop)
  if (row === null || !isFromStore(survey, loop)) return []
  const steps = stepsOf(survey, loop.statement)
  const send = steps.find(({ reached }) => reached.some((call) => isSent(call) && !isTelemetry(call, survey)))
  const marks = steps.filter(({ call, reached }) => mentions(call, row) && reached.some(isMark))
  const mark = send && marks.find(({ call }) => call.pos > send.call.end)
  if (!send || !mark || !mentions(send.call, row)) return []
  const isSafe = marks.some(({ call }) => call.end < send.call.pos) || hasKey(send.call, row)
  const name = send.call.expression.getText().slice(0, 60)
  const detail = isSafe
    ? `\`${name}\` carries a key of its row, or the row is marked before`
    : `\`${name}\` is called before its row is marked: a crash in between, or a second instance, sends it again, and nothing identifies the repeat`
  return [
    practice(survey, send.call, 'idempotency-key', isSafe ? 'present' : 'absent', detail, null, [
      { source: sourceOf(mark.call), message: 'the row is marked here' },
    ]),
  ]
}

interface Step {
  call: TS.CallExpression
  reached: OutboundCall[]
}

/** What is waited for in the loop, in order; what is done after a failure is not among it. */
function stepsOf(survey: Survey, statement: TS.Node): Step[] {
  const steps: Step[] = []
  walk(statement, (node) => {
    if (ts.isCatchClause(node) || isFunction(node)) return false
    if (ts.isCallExpression(node) && ts.isAwaitExpression(node.parent)) {
      const direct = survey.outboundAt(node)
      const body = direct ? null : functionOf(survey, node.expression)?.body
      steps.push({ call: node, reached: direct ? [direct] : body ? survey.callsFrom(body) : [] })
    }
    return true
  })
  return steps
}

function rowOf({ initializer }: TS.ForOfStatement): string | null {
  if (!ts.isVariableDeclarationList(initializer)) return null
  const name = initializer.declarations[0]?.name
  return name && ts.isIdentifier(name) ? name.text : null
}

function isFromStore(survey: Survey, loop: TS.ForOfStatement): boolean {
  const found = survey.resolver.resolve(loop.expression)
  const node = found.kind === 'value' ? found.node : bare(loop.expression)
  const call = ts.isCallExpression(node) ? survey.outboundAt(node) : null
  return call !== null && isStoreRead(call)
}

function isSent(call: OutboundCall): boolean {
  return NOTICED.includes(call.client.library.protocol ?? '') && isWrite(call) && !isRepeatable(call)
}

function isMark(call: OutboundCall): boolean {
  return isOfStore(call.client) && isWrite(call)
}

function mentions(call: TS.CallExpression, name: string): boolean {
  return call.arguments.some((argument) =>
    some(argument, (node) => ts.isIdentifier(node) && node.text === name),
  )
}

/** `row.id` goes along, by which who gets it may know it again; so it does with the whole row. */
function hasKey(call: TS.CallExpression, row: string): boolean {
  return call.arguments.some((argument) =>
    some(argument, (node) => {
      if (!ts.isIdentifier(node) || node.text !== row) return false
      const { parent } = node
      return !ts.isPropertyAccessExpression(parent) || codeWords().rowKeys.test(parent.name.text)
    }),
  )
}
