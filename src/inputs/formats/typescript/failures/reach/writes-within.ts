/** Calls whose loss matters: what they were to change, send or put into a queue is not there afterwards. */
import { codeWords } from '../../../../../knowledge/code-words.js'
import { changeBehind, isCalledToAct } from './changes-behind.js'
import { failureLeaving, isKept } from './leaving-failures.js'
import { nameOfCall, type OutboundCall, type Survey } from '../../survey/survey.js'
import { callsIn, ownCallsIn } from '../../syntax/noted-nodes.js'
import { calleeName, ts, type TS } from '../../syntax/syntax.js'
import { isTelemetry } from '../../effects/telemetry.js'
import { isOfStore, isWrite } from '../../effects/writes.js'

/** A call that changes something, and where the code makes it. */
export interface Write {
  at: TS.CallExpression
  call: OutboundCall
  /** The function of the project that is called, and does much else. */
  through?: string
}

export function failureOf({ call, through }: Write): string {
  return through === undefined
    ? `A failure of ${nameOfCall(call)}`
    : `A failure of \`${through}\`, which leads to ${nameOfCall(call)},`
}

/** The first call in a piece of code whose loss matters, of those that are meant. */
export function writeIn(
  block: TS.Node,
  survey: Survey,
  isMeant: (write: Write) => boolean = () => true,
): Write | null {
  for (const at of ownCallsIn(block)) {
    const direct = survey.outboundAt(at)
    const call = direct ? (isWrite(direct) || isQueued(direct) ? direct : null) : sentThrough(survey, at)
    if (!call || codeWords().bestEffort.test(at.expression.getText()) || isKept(at, block)) continue
    if (!isTelemetry(call, survey) && isMeant({ at, call })) return { at, call }
  }
  return null
}

/** What a function of the project changes somewhere below, where its name says that it is called to act. */
export function changeThrough(survey: Survey, at: TS.CallExpression | null): Write | null {
  if (!at || !isCalledToAct(at) || survey.outboundAt(at)) return null
  const call = changeBehind(survey, at, (one) => isWrite(one) && !isTelemetry(one, survey))
  return call && { at, call, through: calleeName(at) }
}

/** `sendEmail(to)` of the project: what it sends by, where its name says that somebody waits for it. */
function sentThrough(survey: Survey, call: TS.CallExpression): OutboundCall | null {
  const isSent = (sent: OutboundCall): boolean => isWrite(sent) && !isOfStore(sent.client)
  return codeWords().sends.test(calleeName(call)) ? failureLeaving(survey, call, isSent) : null
}

/** Put where somebody else takes it from, in a store that is a cache to others. */
function isQueued({ node, method }: OutboundCall): boolean {
  const { queueCommands, keepsShort } = codeWords()
  if (!queueCommands.test(method)) return false
  const block = blockAround(node)
  return !callsIn(block).some((at) => keepsShort.test(calleeName(at)))
}

function blockAround(node: TS.Node): TS.Node {
  let at = node
  while (at.parent && !ts.isBlock(at)) at = at.parent
  return at
}
