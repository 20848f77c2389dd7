/** Failed reads of a cache that look like a miss to whoever reads: what is missing is loaded from elsewhere. */
import { fillsIn } from '../caches/cache-fills.js'
import { areAllSeen } from '../survey/all-callers.js'
import type { Callers } from '../survey/callers.js'
import { bare, enclosingFunction, ts, type TS } from '../syntax/syntax.js'
import { isNothing } from './caught-fates.js'

/** The clause gives nothing, as the cache does for a miss, and every caller of its function fills the cache after a miss. */
export function isTakenForMiss({ block, parent }: TS.CatchClause, callers: Callers): boolean {
  const last = block.statements.at(-1)
  const answer = last && ts.isReturnStatement(last) && last.expression ? bare(last.expression) : null
  const owner = enclosingFunction(parent)
  if (!answer || !isNothing(answer) || !owner) return false
  const fills = new Set<TS.Node>(fillsIn(callers.survey).map(({ read }) => read))
  const calls = callers.of(owner)
  return calls.length > 0 && calls.every((call) => fills.has(call)) && areAllSeen(owner, callers)
}
