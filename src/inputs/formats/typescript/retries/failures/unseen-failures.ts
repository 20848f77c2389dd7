/** Retries whose catch learns of nothing: all that the try waits for catches its failures itself, and the try is left after it. */
import type { Practice } from '../../../../../facts/code.js'
import { codeWords } from '../../../../../knowledge/code-words.js'
import { rejectsWhenAwaited } from '../../failures/reach/may-reject.js'
import { functionOf, practice, somewhere } from '../../survey/practice.js'
import { isLeave } from '../../syntax/leaving.js'
import type { Retry } from '../places/hand-written-retries.js'
import type { Survey } from '../../survey/survey.js'
import { bare, calleeName, isFunction, some, sourceOf, ts, walk, type TS } from '../../syntax/syntax.js'

/** Null where some failure may reach the retry, be it thrown or told by an answer. */
export function unseenFailures(retry: Retry, survey: Survey): Practice | null {
  const { work, until, place, how } = retry
  const [tryBlock] = work
  if (how !== 'loop' || !tryBlock || !ts.isBlock(tryBlock)) return null
  const last = tryBlock.statements.at(-1)
  if (!last || (!isLeave(last) && until === null)) return null
  const waited = waitedIn(tryBlock, survey)
  if (!waited) return null
  const name = bare(waited.expression).getText().split('(')[0]!.replace(/\s+/g, '').slice(0, 60)
  const detail = `\`${name}\` catches its failures itself: the loop around it sees none and never retries`
  const related = [{ source: sourceOf(place), message: 'the retry' }]
  return practice(survey, waited, 'retry-outcome', 'inert', detail, null, related)
}

/** The first `await`, where none may reject, nobody reads what they give, and nothing else may throw. */
function waitedIn(tryBlock: TS.Block, survey: Survey): TS.AwaitExpression | null {
  const waited: TS.AwaitExpression[] = []
  let isSeen = false
  walk(tryBlock, (node) => {
    if (isFunction(node)) return false
    if (ts.isAwaitExpression(node)) waited.push(node)
    isSeen ||= tells(node, survey)
    return !isSeen
  })
  return isSeen ? null : (waited[0] ?? null)
}

function tells(node: TS.Node, survey: Survey): boolean {
  if (ts.isThrowStatement(node)) return true
  if (ts.isForOfStatement(node)) return node.awaitModifier !== undefined
  if (ts.isAwaitExpression(node))
    return !ts.isExpressionStatement(node.parent) || rejectsWhenAwaited(survey, node)
  if (ts.isCallExpression(node) && ts.isAwaitExpression(node.parent)) return false
  return (ts.isCallExpression(node) || ts.isNewExpression(node)) && mayThrow(node, survey)
}

/** What is called at once, and was not followed to where nothing throws. */
function mayThrow(call: TS.CallExpression | TS.NewExpression, survey: Survey): boolean {
  if (codeWords().logs.test(calleeName(call))) return false
  const body = functionOf(survey, call.expression)?.body
  return !body || some(body, ts.isAwaitExpression) || somewhere(survey, body, ts.isThrowStatement)
}
