/** Handlers of queues that only log what fails: the queue takes the message for done, and it is gone. */
import type { Practice } from '../../../../facts/code.js'
import { justificationOf, onlyLogs } from '../syntax/catch-clauses.js'
import { consumersIn, type Consumer } from './consumers.js'
import { practice } from '../survey/practice.js'
import type { Survey } from '../survey/survey.js'
import { isFunction, some, ts, walk, type TS } from '../syntax/syntax.js'

const PATTERN = 'swallowed-error'

export function lostMessages(survey: Survey): Practice[] {
  return consumersIn(survey).flatMap((consumer) =>
    consumer.shape.done === 'return' && consumer.shape.again ? judgeHandler(survey, consumer) : [],
  )
}

function judgeHandler(survey: Survey, { handler, library: { title } }: Consumer): Practice[] {
  const caught: TS.CatchClause[] = []
  walk(handler.body, (node) => {
    if (ts.isCatchClause(node) && handlesMessage(node.parent.tryBlock)) caught.push(node)
    return !isFunction(node)
  })
  return caught.map((clause) => judgeClause(survey, clause, title))
}

function judgeClause(survey: Survey, clause: TS.CatchClause, title: string): Practice {
  if (!onlyLogs(clause.block)) {
    const acted = 'What fails in handling a message is acted on where it is caught'
    return practice(survey, clause, PATTERN, 'present', acted)
  }
  const lost = `What fails in handling a message is only logged: ${title} takes the message for done`
  const justification = justificationOf(clause)
  if (justification === null) return practice(survey, clause, PATTERN, 'absent', lost)
  const reason = `${title} takes the message for done, and the code says of it: “${justification}”; may this message be lost?`
  return practice(
    survey,
    clause,
    PATTERN,
    'unknown',
    'What fails in handling a message is only logged',
    reason,
  )
}

/** Waits for something: a message that cannot be parsed can be dropped by design. */
function handlesMessage(block: TS.Block): boolean {
  return some(block, ts.isAwaitExpression, false)
}
