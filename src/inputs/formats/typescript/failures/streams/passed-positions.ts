/** Streams that are read by a position: where the failure of one message is only logged, the next success stores a position past it. */
import type { Practice } from '../../../../../facts/code.js'
import { codeWords } from '../../../../../knowledge/code-words.js'
import { justificationOf, onlyLogs } from '../../syntax/catch-clauses.js'
import { itemsBehind, type Item } from '../../syntax/items.js'
import { callersOf } from '../../survey/named-callers.js'
import { practice } from '../../survey/practice.js'
import type { Survey } from '../../survey/survey.js'
import {
  calleeName,
  enclosingFunction,
  isFunction,
  sourceOf,
  ts,
  walk,
  type TS,
} from '../../syntax/syntax.js'

const PATTERN = 'swallowed-error'

export function passedPositions(survey: Survey): Practice[] {
  return survey.files.flatMap(({ catches }) => catches.flatMap((clause) => judge(survey, clause)))
}

function judge(survey: Survey, clause: TS.CatchClause): Practice[] {
  const { tryBlock } = clause.parent
  if (!onlyLogs(clause.block)) return []
  const waited = waitedIn(tryBlock)
  const stores = waited.find((call) => codeWords().storesPosition.test(calleeName(call)))
  const work = stores && workBefore(survey, stores, waited, clause)
  if (!stores || !work) return []
  const name = calleeName(stores)
  const detail = `A message whose handling fails is only logged, and \`${name}\` after the next one stores a position past it: it is never read again`
  const related = [
    { source: sourceOf(work), message: 'the work that may fail' },
    { source: sourceOf(stores), message: 'the position is stored' },
  ]
  const justification = justificationOf(clause)
  if (justification === null) return [practice(survey, clause, PATTERN, 'absent', detail, null, related)]
  const reason = `the code says: “${justification}”; may this message be lost?`
  return [practice(survey, clause, PATTERN, 'unknown', detail, reason, related)]
}

/**
 * Work on one item of what runs on by itself, whose own position is stored then. A poll that reads where it stopped, and
 * stores the position that its answer gives, begins at the same place again after a failure.
 */
function workBefore(
  survey: Survey,
  stores: TS.CallExpression,
  waited: TS.CallExpression[],
  clause: TS.CatchClause,
): TS.CallExpression | null {
  const items = stores.arguments.map((argument) => itemsBehind(argument))
  const position = items.flatMap((found) => found ?? [])
  if (items.includes(null) || position.length === 0) return null
  // A loop inside ends with the first failure.
  if (position.some(({ scope }) => scope.pos > clause.parent.pos)) return null
  const before = waited.filter((call) => call.end <= stores.pos)
  if (before.some(readsPosition) || position.some((item) => isPage(survey, item))) return null
  const isOfItem = (item: Item): boolean => position.some(({ scope }) => scope === item.scope)
  return before.find((call) => call.arguments.some((given) => itemsBehind(given)?.some(isOfItem))) ?? null
}

/** `getCursor()`, `redis.get('cursor')`. */
function readsPosition(call: TS.CallExpression): boolean {
  const [key] = call.arguments
  const asked = key && ts.isStringLiteralLike(key) ? `_${key.text.replace(/\W/g, '_')}` : ''
  const { readsPosition: words } = codeWords()
  return words.test(calleeName(call)) || words.test(calleeName(call) + asked)
}

/** What is given to the function was read from the stored position right before, and is read again from there. */
function isPage(survey: Survey, { scope }: Item): boolean {
  if (!isFunction(scope)) return false
  return callersOf(scope, survey).some((call) => {
    const around = enclosingFunction(call)
    if (!around?.body || isInLoopOverList(call, around)) return false
    return waitedIn(around.body).some((before) => before.end <= call.pos && readsPosition(before))
  })
}

function isInLoopOverList(call: TS.Node, owner: TS.Node): boolean {
  for (let at = call; at !== owner; at = at.parent) if (ts.isForOfStatement(at)) return true
  return false
}

/** Calls that a block waits for, in their order. */
function waitedIn(block: TS.Node): TS.CallExpression[] {
  const calls: TS.CallExpression[] = []
  walk(block, (node) => {
    if (isFunction(node)) return false
    if (ts.isAwaitExpression(node) && ts.isCallExpression(node.expression)) calls.push(node.expression)
    return true
  })
  return calls.sort((a, b) => a.pos - b.pos)
}
