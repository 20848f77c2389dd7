/** Handlers of jobs that give a failure back instead of throwing it: the queue takes the job for done. */
import type { Practice } from '../../../../facts/code.js'
import { consumersIn } from './consumers.js'
import { handlersBehind } from './passed-handlers.js'
import { practice } from '../survey/practice.js'
import { nameOfCall, type Survey } from '../survey/survey.js'
import { isTelemetry } from '../effects/telemetry.js'
import { isWrite } from '../effects/writes.js'
import { bare, calleeName, isFunction, ts, walk, type TS } from '../syntax/syntax.js'

export function jobAnswers(survey: Survey): Practice[] {
  const judged = new Set<TS.Node>()
  return consumersIn(survey).flatMap(({ handler, shape, library }) => {
    if (shape.done !== 'return' || !shape.again) return []
    const handlers = [handler, ...handlersBehind(survey, handler)].filter((one) => !judged.has(one))
    for (const one of handlers) judged.add(one)
    return handlers.flatMap(({ body }) => returnsIn(body).flatMap((at) => judge(survey, at, library.title)))
  })
}

function judge(survey: Survey, { parent, given }: Returned, title: string): Practice[] {
  if (ts.isNewExpression(given) && /Error$/.test(calleeName(given))) {
    const detail = `An error is returned instead of thrown: ${title} marks the job as done`
    return [practice(survey, parent, 'swallowed-error', 'absent', detail)]
  }
  const call = ts.isCallExpression(given) ? survey.outboundAt(given) : null
  if (!call || call.client.library.failsOn !== 'network' || !isWrite(call) || isTelemetry(call, survey))
    return []
  const detail = `Nothing checks the response of ${nameOfCall(call)}, which fails only when the network does: ${title} marks the job as done after a rejection (401, 429, 503)`
  return [practice(survey, parent, 'unread-answer', 'absent', detail)]
}

interface Returned {
  parent: TS.ReturnStatement
  given: TS.Expression
}

function returnsIn(body: TS.Node): Returned[] {
  const found: Returned[] = []
  walk(body, (node) => {
    if (ts.isReturnStatement(node) && node.expression) {
      const given = bare(node.expression)
      found.push({ parent: node, given: ts.isAwaitExpression(given) ? bare(given.expression) : given })
    }
    return !isFunction(node)
  })
  return found
}
