/** Outbound writes whose failure is a rejected promise, and nothing else: no callback or event tells of it as well. */
import { codeWords } from '../../../../../knowledge/code-words.js'
import { holderOf } from './reaches-catch.js'
import { isAnswered } from '../../values/answers.js'
import { isTelemetry } from '../../effects/telemetry.js'
import { untoldOf } from '../../effects/untold.js'
import { isWrite } from '../../effects/writes.js'
import type { OutboundCall, Survey } from '../../survey/survey.js'
import { ts, type TS } from '../../syntax/syntax.js'

/** The write that a call makes itself; null where it gives no promise of its own, or its name says that it may be lost. */
export function promisedWrite(survey: Survey, at: TS.CallExpression): OutboundCall | null {
  const call = survey.outboundAt(at)
  if (!call || !isWrite(call) || codeWords().bestEffort.test(at.expression.getText())) return null
  if (untoldOf(call) || isAnswered(at, survey.resolver) || holderOf(survey, call)) return null
  return givesPromises(survey).has(call.client.library.id) && !isTelemetry(call, survey) ? call : null
}

const waitedFor = new WeakMap<Survey, Set<string>>()

/** Libraries of which some call is waited for as it stands: others of them leave it to a callback or another call. */
function givesPromises(survey: Survey): Set<string> {
  let libraries = waitedFor.get(survey)
  if (!libraries) {
    const awaited = survey.outbound.filter(({ node }) => ts.isAwaitExpression(node.parent))
    waitedFor.set(survey, (libraries = new Set(awaited.map(({ client }) => client.library.id))))
  }
  return libraries
}
