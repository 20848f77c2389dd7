/** Streams that are read by a position: where the failure of one message is only logged, the next success stores a position past it. */
import type { Practice } from '../../../../facts/code.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import { justificationOf, onlyLogs } from '../syntax/catch-clauses.js'
import { practice } from '../survey/practice.js'
import type { Survey } from '../survey/survey.js'
import { calleeName, isFunction, sourceOf, ts, walk, type TS } from '../syntax/syntax.js'

const PATTERN = 'swallowed-error'

export function passedPositions(survey: Survey): Practice[] {
  return survey.files.flatMap(({ catches }) => catches.flatMap((clause) => judge(survey, clause)))
}

function judge(survey: Survey, clause: TS.CatchClause): Practice[] {
  const { tryBlock } = clause.parent
  if (!onlyLogs(clause.block)) return []
  const waited = waitedIn(tryBlock)
  const stores = waited.find((call) => codeWords().storesPosition.test(calleeName(call)))
  const work = stores && waited.find((call) => call.end <= stores.pos)
  if (!stores || !work || stores.arguments.length === 0) return []
  const name = calleeName(stores)
  const detail = `A message whose handling fails is only logged, and \`${name}\` after the next one stores a position past it: it is never read again`
  const related = [
    { source: sourceOf(work), message: 'the work that may fail' },
    { source: sourceOf(stores), message: 'the position is stored' },
  ]
  const justification = justificationOf(clause)
  if (justification === null) return [practice(survey, clause, PATTERN, 'absent', detail, null, related)]
  const reason = `the code says of it: “${justification}”; may this message be lost?`
  return [practice(survey, clause, PATTERN, 'unknown', detail, reason, related)]
}

/** Calls that a block waits for, in their order. */
function waitedIn(block: TS.Block): TS.CallExpression[] {
  const calls: TS.CallExpression[] = []
  walk(block, (node) => {
    if (isFunction(node)) return false
    if (ts.isAwaitExpression(node) && ts.isCallExpression(node.expression)) calls.push(node.expression)
    return true
  })
  return calls.sort((a, b) => a.pos - b.pos)
}
