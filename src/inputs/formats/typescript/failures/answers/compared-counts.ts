/** Whether somebody compares how many came back: `items.length !== keys.length`. */
import { usesIn } from './failure-variables.js'
import { isLookedAt } from '../../syntax/conditions.js'
import { bindingOf } from '../../syntax/scope.js'
import { codeWords } from '../../../../../knowledge/code-words.js'
import { isFunction, ts, type TS } from '../../syntax/syntax.js'

/** Variables that keep what was answered. */
const MAX_DEPTH = 3

export function comparesCount(use: TS.Expression, depth = 0): boolean {
  let isCount = false
  for (let at: TS.Node = use; ; at = at.parent) {
    const { parent } = at
    if (ts.isPropertyAccessExpression(at) && codeWords().counts.test(at.name.text)) isCount = true
    if (isCount && ts.isExpression(at) && isLookedAt(at)) return true
    if (ts.isVariableDeclaration(parent))
      return depth < MAX_DEPTH && isComparedAs(parent.name, isCount, depth)
    if (!ts.isExpression(parent) || isFunction(parent)) return false
  }
}

function isComparedAs(name: TS.BindingName, isCount: boolean, depth: number): boolean {
  if (!ts.isIdentifier(name) || !bindingOf(name)) return !ts.isIdentifier(name)
  return usesIn(name).some((use) => (isCount ? isLookedAt(use) : comparesCount(use, depth + 1)))
}
