/** What `Promise.all` waits for: a call for each item of a list, or of several lists. */
import { functionOf } from '../survey/practice.js'
import type { Survey } from '../survey/survey.js'
import { bare, calleeName, ts, type TS } from '../syntax/syntax.js'

/** What is done for each item of a list. */
interface ForEachItem {
  list: TS.Expression
  work: TS.FunctionLikeDeclaration
}

export function startedTogether(argument: TS.Expression | undefined, survey: Survey): ForEachItem[] {
  if (!argument) return []
  const given = bare(argument)
  if (ts.isArrayLiteralExpression(given))
    return given.elements.flatMap((element) =>
      ts.isSpreadElement(element) ? startedTogether(element.expression, survey) : [],
    )
  const found = survey.resolver.resolve(given)
  const node = found.kind === 'value' ? found.node : given
  return ts.isCallExpression(node) ? mappedBy(node, survey) : []
}

/** `xs.map(f)`, `map(xs, f)`. */
function mappedBy(call: TS.CallExpression, survey: Survey): ForEachItem[] {
  if (!/^(map|flatMap)$/.test(calleeName(call))) return []
  const [first, second] = call.arguments
  const callee = bare(call.expression)
  const own = ts.isPropertyAccessExpression(callee) ? functionOf(survey, first) : null
  if (own?.body && ts.isPropertyAccessExpression(callee)) return [{ list: callee.expression, work: own }]
  const given = first && second ? functionOf(survey, second) : null
  return given?.body ? [{ list: first!, work: given }] : []
}
