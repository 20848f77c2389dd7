/** Limiters and queues that were not followed, and may hold back what is tried again. */
import { codeWords } from '../../../../../knowledge/code-words.js'
import { functionOf } from '../../survey/practice.js'
import type { Survey } from '../../survey/survey.js'
import { bare, calleeName, isFunction, LISTENING, ts, walk, type TS } from '../../syntax/syntax.js'

/** `limiter.schedule(work)` or `await queue.take()` of something that was not found: it may wait. */
export function paceIn(root: TS.Node, survey: Survey): string | null {
  let found: string | null = null
  someNow(root, (node) => {
    if (!ts.isCallExpression(node) || !isPace(node, survey)) return false
    found = bare(node.expression).getText().slice(0, 60)
    return true
  })
  return found
}

function isPace(call: TS.CallExpression, survey: Survey): boolean {
  if (!ts.isAwaitExpression(call.parent) && !ts.isReturnStatement(call.parent)) return false
  const isNamed = codeWords().paces.test(bare(call.expression).getText())
  return isNamed && survey.outboundAt(call) === null && functionOf(survey, call.expression) === null
}

/** Why nothing is said of a retry that may be held back. */
export const notFollowed = (pace: string): string => `whether \`${pace}\` waits was not found`

/** Whether some node passes; listeners run some other time. */
export function someNow(root: TS.Node, test: (node: TS.Node) => boolean): boolean {
  let found = false
  walk(root, (node) => {
    found ||= test(node)
    return !found && (node === root || !isListener(node))
  })
  return found
}

function isListener(node: TS.Node): boolean {
  return isFunction(node) && ts.isCallExpression(node.parent) && LISTENING.includes(calleeName(node.parent))
}
