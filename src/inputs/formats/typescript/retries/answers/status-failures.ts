/** Whether an answer with a status that is no success is a failure for whoever tries again. */
import { codeWords } from '../../../../../knowledge/code-words.js'
import { leavesStatus } from '../../effects/left-statuses.js'
import { somewhere } from '../../survey/practice.js'
import type { OutboundCall, Survey } from '../../survey/survey.js'
import { throwsIn } from '../../syntax/noted-nodes.js'
import { bare, ts, walk, type TS } from '../../syntax/syntax.js'
import type { Retry } from '../places/hand-written-retries.js'

/** What begins above it may be asked again with success: 400 and 404 lie below. */
const FIRST_PASSING = 408

/** Whether a status that is no success becomes a failure: thrown, or asked for between the attempts. */
export function failsOnStatus(call: OutboundCall, retry: Retry, work: TS.Node[], survey: Survey): boolean {
  const { failsOn } = call.client.library
  if (failsOn !== 'network') return failsOn === 'every-status' && !leavesStatus(call, survey)
  const throws = (node: TS.Node): boolean =>
    ts.isIfStatement(node) &&
    asksStatus(node.expression) &&
    throwsIn(node).length > 0 &&
    !holdsForPassingOnly(node)
  return work.some((node) => somewhere(survey, node, throws)) || retry.conditions.some(asksStatus)
}

/** `if (status >= 500) throw …`: a 400 or 404 is an answer, and is not asked for again. */
function holdsForPassingOnly({ expression, elseStatement }: TS.IfStatement): boolean {
  const node = bare(expression)
  if (elseStatement || !ts.isBinaryExpression(node) || !asksStatus(node.left)) return false
  const bound = bare(node.right)
  if (!ts.isNumericLiteral(bound)) return false
  const from = Number(bound.text)
  const sign = node.operatorToken.getText()
  return sign === '>=' || sign === '===' ? from >= FIRST_PASSING : sign === '>' && from >= FIRST_PASSING - 1
}

export function asksStatus(condition: TS.Node): boolean {
  let asks = false
  walk(condition, (node) => {
    if (ts.isPropertyAccessExpression(node) && codeWords().statusMembers.test(node.name.text)) asks = true
  })
  return asks || /status/i.test(condition.getText())
}
