/** Whether retries see the failures of what they repeat, where a callback, an event or a boolean tells of them. */
import type { Practice } from '../../../../../facts/code.js'
import { practice } from '../../survey/practice.js'
import type { Retry } from '../places/hand-written-retries.js'
import type { OutboundCall, Survey } from '../../survey/survey.js'
import { bare, calleeName, isFunction, some, sourceOf, ts, type TS } from '../../syntax/syntax.js'
import { untoldOf, type Untold } from '../../effects/untold.js'
import { isWrite } from '../../effects/writes.js'

const PATTERN = 'retry-outcome'

interface Call extends OutboundCall {
  untold: Untold
}

/** Null where nothing of the work is told in another way than by throwing and rejecting. */
export function outcomeSeen({ place, work, how }: Retry, survey: Survey): Practice | null {
  const isByHand = (how === 'loop' || how === 'recursion') && work.every((node) => ts.isBlock(node))
  const calls = isByHand ? work.flatMap((node) => untoldIn(node, survey)) : []
  const call = calls.find(isWrite) ?? calls[0]
  if (!call) return null
  const { title } = call.client.library
  const related = [{ source: sourceOf(place), message: 'the retry' }]
  const judge = (state: Practice['state'], detail: string, reason: string | null = null): Practice =>
    practice(survey, call.node, PATTERN, state, detail, reason, related)
  if (work.some((node) => waitsForWord(node, call)))
    return judge('present', `The retry waits until ${title} reports how \`${call.method}\` ended`)
  const untold = `${title} neither throws nor rejects when \`${call.method}\` fails later`
  const isBlind = calls.every(({ node }) => isAlone(node)) && work.every((node) => seesNothing(node, calls))
  if (isBlind)
    return judge('inert', `Only immediate failures are retried: ${untold}, so that failure counts as success`)
  return judge(
    'unknown',
    'A retry around calls that report their outcome otherwise',
    `${untold}: does the rest report it?`,
  )
}

/** Outbound calls of the work, also in callbacks, that neither throw nor reject when they fail later. */
function untoldIn(work: TS.Node, survey: Survey): Call[] {
  const found: Call[] = []
  some(work, (node) => {
    const call = survey.outboundAt(node)
    const untold = call && untoldOf(call)
    if (untold) found.push({ ...call, untold })
    return false
  })
  return found
}

/** `await channel.waitForConfirms()`, or a promise around the callback of the call. */
function waitsForWord(work: TS.Node, { node: call, untold }: Call): boolean {
  return some(work, (node) => {
    if (!ts.isAwaitExpression(node)) return false
    const awaited = bare(node.expression)
    if (ts.isCallExpression(awaited)) return untold.confirmedBy.includes(calleeName(awaited))
    const isAround = awaited.pos <= call.pos && call.end <= awaited.end
    return ts.isNewExpression(awaited) && isAround && call.arguments.some((given) => isFunction(bare(given)))
  })
}

/** All that the work waits for is such a call, and it throws nothing itself. */
function seesNothing(work: TS.Node, calls: Call[]): boolean {
  const sees = (node: TS.Node): boolean =>
    ts.isThrowStatement(node) ||
    (ts.isAwaitExpression(node) && !calls.some((call) => call.node === bare(node.expression)))
  return !some(work, sees, false)
}

/** Its answer is not looked at, and no callback gets it. */
function isAlone(call: TS.CallExpression): boolean {
  const whole = ts.isAwaitExpression(call.parent) ? call.parent : call
  return ts.isExpressionStatement(whole.parent) && !call.arguments.some((given) => isFunction(bare(given)))
}
