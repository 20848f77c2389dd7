/**
 * Waits after a failure in loops that go on anyway: `while (running) { try { await scan() } catch { await sleep(100) } }`. A
 * success leaves them no more than a failure does, so they are no retries; what fails is asked again all the same.
 */
import type { Practice } from '../../../../../facts/code.js'
import { codeWords } from '../../../../../knowledge/code-words.js'
import type { Survey, Surveyed } from '../../survey/survey.js'
import { isLeave } from '../../syntax/leaving.js'
import { enclosingFunction, isFunction, some, ts, walk, type TS } from '../../syntax/syntax.js'
import { longest } from '../../values/longest-delay.js'
import { waitsForLock } from '../places/polling.js'
import { delayOf, judgedDelay, placeOf } from './retry-delays.js'
import type { Retry } from '../places/hand-written-retries.js'
import { waitsForOthers } from '../places/non-repeating-loops.js'
import { waitsForState, wholeWork } from '../repeated/repeated-work.js'

/** Functions that only hand on what the loop calls. */
const MAX_HANDED_ON = 2

/** `retries`: loops whose waits are judged as theirs; `judged`: waits that were. */
export function daemonWaits(
  { catches }: Surveyed,
  retries: Retry[],
  judged: Set<TS.Node>,
  survey: Survey,
): Practice[] {
  return catches.flatMap((clause) => {
    const loop = endlessLoopOf(clause)
    if (!loop || retries.some(({ place }) => place === loop) || clause.block.statements.some(isLeave))
      return []
    const [wait, ...others] = waitsIn(clause.block, survey)
    if (!wait || judged.has(wait) || others.length > 0 || isPaced(loop, clause, survey)) return []
    if (waitsForState(wait) || waitsForLock(wait) || !asksOthers(loop, clause, survey)) return []
    const delay = delayOf(wait, survey)!
    const most = longest(delay, survey.resolver)
    if (most !== null && most >= codeWords().unhurriedRestartSeconds * 1000) return []
    return judgedDelay(delay, placeOf(delay, wait, survey), true, survey, loop)
  })
}

/** The loop whose round the try is, where nothing counts the rounds and no list gives each of them an item. */
function endlessLoopOf(clause: TS.CatchClause): TS.IterationStatement | null {
  const { parent } = clause.parent
  const loop = ts.isBlock(parent) ? parent.parent : null
  if (!loop || !ts.isIterationStatement(loop, false)) return null
  if (ts.isForStatement(loop)) return loop.condition ? null : loop
  return (ts.isWhileStatement(loop) || ts.isDoStatement(loop)) && isSwitch(loop.expression) ? loop : null
}

/** `true`, `this.running`, `!signal.aborted`: whoever ends the loop does so from outside. */
function isSwitch(condition: TS.Expression): boolean {
  return !some(
    condition,
    (node) =>
      ts.isCallExpression(node) ||
      ts.isBinaryExpression(node) ||
      (ts.isPropertyAccessExpression(node) && /^(length|size)$/.test(node.name.text)),
  )
}

function waitsIn(root: TS.Node, survey: Survey): TS.CallExpression[] {
  const waits: TS.CallExpression[] = []
  walk(root, (node) => {
    if (ts.isCallExpression(node) && delayOf(node, survey) !== null) waits.push(node)
    return !isFunction(node) || ts.isNewExpression(node.parent)
  })
  return waits
}

/** Each round waits, also after a success: a poll, which a failure makes no faster. */
function isPaced(loop: TS.IterationStatement, { block }: TS.CatchClause, survey: Survey): boolean {
  return waitsIn(loop.statement, survey).some(({ pos, end }) => pos < block.pos || end > block.end)
}

/** The work calls somebody, itself or by what its function is given. */
function asksOthers(loop: TS.IterationStatement, { parent }: TS.CatchClause, survey: Survey): boolean {
  if (waitsForOthers(loop, parent.tryBlock, survey)) return false
  const whole = wholeWork({ owner: enclosingFunction(loop), work: [parent.tryBlock] }, survey, MAX_HANDED_ON)
  return whole.some((node) => survey.callsFrom(node).length > 0)
}
