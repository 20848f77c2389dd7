/** What becomes of the answer of a promise, also of one that a function returns to its callers. */
import { callersOf } from '../../survey/named-callers.js'
import type { Survey } from '../../survey/survey.js'
import { enclosingFunction, isFunction, ts, type TS } from '../../syntax/syntax.js'
import { promiseUse } from '../../syntax/uses.js'

/** With the `.then(…)` and `.finally(…)` behind it. */
export function wholeChain(call: TS.CallExpression): TS.Expression {
  let at: TS.Expression = call
  while (ts.isPropertyAccessExpression(at.parent) && ts.isCallExpression(at.parent.parent))
    at = at.parent.parent
  return at
}

/** `apart`: nobody waits for it; `open`: who reads it was not seen. */
type Use = 'apart' | 'ignored' | 'read' | 'open'

/** What becomes of the answer: of one that a function returns, at its callers. */
export function useOf(survey: Survey, expression: TS.Expression, depth = 0): Use {
  const { at, isAwaited } = promiseUse(expression)
  const { parent } = at
  if (ts.isExpressionStatement(parent)) return isAwaited ? 'ignored' : 'apart'
  // What stands among others, as in `Promise.race([…])`, is read by whoever reads those.
  if (ts.isVoidExpression(parent) || ts.isArrayLiteralExpression(parent)) return 'apart'
  const owner = ts.isReturnStatement(parent) || isFunction(parent) ? enclosingFunction(at) : null
  if (!owner) return 'read'
  return depth < 2 ? useOfAnswers(survey, owner, depth) : 'open'
}

/** What all who call a function, as far as they are seen, do with what it gives. */
export function useOfAnswers(survey: Survey, owner: TS.FunctionLikeDeclaration, depth = 0): Use {
  const uses = callersOf(owner, survey).map((call) => useOf(survey, wholeChain(call), depth + 1))
  if (uses.length === 0 || uses.includes('open')) return 'open'
  return uses.every((use) => use === 'apart') ? 'apart' : uses.includes('read') ? 'read' : 'ignored'
}
