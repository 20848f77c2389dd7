/** How often a function that calls itself after a failure tries at most, where its count is written. */
import { asksFor } from '../conditions/retry-conditions.js'
import type { Survey } from '../../survey/survey.js'
import { bare, ts, type TS } from '../../syntax/syntax.js'
import { valueOf } from '../../values/values.js'

/** Null where it is not known. `conditions`: what is asked before the call that tries again. */
export function triesOfRecursion(
  again: TS.CallExpression,
  owner: TS.FunctionLikeDeclaration,
  conditions: TS.Node[],
  survey: Survey,
): number | null {
  for (const [index, argument] of again.arguments.entries()) {
    const node = bare(argument)
    // `send(request, true)`: the second try knows that it is one.
    if (node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword) return 2
    const parameter = owner.parameters[index]
    const tries = parameter ? counted(node, parameter, conditions, survey) : null
    if (tries !== null) return tries
  }
  return null
}

/** `left - 1` counts down to nothing, `attempt + 1` up to what a condition compares it with. */
function counted(
  step: TS.Expression,
  { name, initializer }: TS.ParameterDeclaration,
  conditions: TS.Node[],
  survey: Survey,
): number | null {
  if (!initializer || !ts.isBinaryExpression(step) || step.left.getText() !== name.getText()) return null
  const start = valueOf(initializer, survey.resolver)
  if (start.kind !== 'number') return null
  if (step.operatorToken.kind === ts.SyntaxKind.MinusToken) return start.value + 1
  const last = limitOf(name.getText(), conditions, survey)
  return last === null ? null : last - start.value + 1
}

function limitOf(name: string, conditions: TS.Node[], survey: Survey): number | null {
  let limit: number | null = null
  asksFor(conditions, survey, (node) => {
    if (!ts.isBinaryExpression(node) || node.left.getText() !== name) return false
    const compared = valueOf(node.right, survey.resolver)
    if (compared.kind === 'number') limit = compared.value
    return limit !== null
  })
  return limit
}
