/** Handlers of queues that only log what fails: the queue takes the message for done, and it is gone. */
import type { Practice } from '../../../facts/code.js'
import { isJustified, onlyLogs } from './catch-clauses.js'
import { consumersIn, type Consumer } from './consumers.js'
import { practice } from './practice.js'
import type { Survey } from './survey.js'
import { isFunction, some, ts, walk, type TS } from './syntax.js'

export function lostMessages(survey: Survey): Practice[] {
  return consumersIn(survey).flatMap((consumer) =>
    consumer.shape.done === 'return' ? judgeHandler(survey, consumer) : [],
  )
}

function judgeHandler(survey: Survey, { handler, library: { title } }: Consumer): Practice[] {
  const caught: TS.CatchClause[] = []
  walk(handler.body, (node) => {
    if (ts.isCatchClause(node) && handlesMessage(node.parent.tryBlock) && !isJustified(node))
      caught.push(node)
    return !isFunction(node)
  })
  return caught.map((clause) =>
    onlyLogs(clause.block)
      ? practice(
          survey,
          clause,
          'swallowed-error',
          'absent',
          `What fails in handling a message is only logged: ${title} takes the message for done`,
        )
      : practice(
          survey,
          clause,
          'swallowed-error',
          'present',
          'What fails in handling a message is acted on where it is caught',
        ),
  )
}

/** Waits for something: a message that cannot be parsed can be dropped by design. */
function handlesMessage(block: TS.Block): boolean {
  return some(block, ts.isAwaitExpression, false)
}
