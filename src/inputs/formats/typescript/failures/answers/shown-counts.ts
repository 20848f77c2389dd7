/** How many of several calls succeeded, where that number goes to a log or a progress bar and decides nothing. */
import { codeWords } from '../../../../../knowledge/code-words.js'
import { calleeName, isFunction, some, ts, walk, type TS } from '../../syntax/syntax.js'

/** Numbers made of numbers. */
const MAX_STEPS = 4

/** `uses`: those of the results; all are `results.filter(isFulfilled).length`. */
export function countIsOnlyShown(uses: TS.Identifier[], scope: TS.Node): boolean {
  const counts = uses.map(countAt)
  return counts.length > 0 && counts.every((count) => count !== null && isOnlyShown(count, scope, 0))
}

/** `results.filter(({ status }) => status === 'fulfilled').length`, or `results.length`. */
function countAt({ parent }: TS.Identifier): TS.Expression | null {
  if (!ts.isPropertyAccessExpression(parent)) return null
  if (parent.name.text === 'length') return parent
  const call = parent.parent
  if (!ts.isCallExpression(call) || parent.name.text !== 'filter') return null
  const asksSuccess = call.arguments.some((argument) => some(argument, isFulfilled))
  const { parent: counted } = call
  return asksSuccess && ts.isPropertyAccessExpression(counted) && counted.name.text === 'length'
    ? counted
    : null
}

const isFulfilled = (node: TS.Node): boolean => ts.isStringLiteralLike(node) && node.text === 'fulfilled'

/** It ends in calls of logs and of progress, also by way of variables. */
function isOnlyShown(count: TS.Expression, scope: TS.Node, step: number): boolean {
  if (step >= MAX_STEPS) return false
  for (let at: TS.Node = count; at.parent && !isFunction(at); at = at.parent) {
    const { parent } = at
    if (ts.isCallExpression(parent) && parent.expression !== at && shows(parent)) return true
    if (ts.isVariableDeclaration(parent)) return isVariableShown(parent, scope, step)
    if (ts.isStatement(parent) || ts.isConditionalExpression(parent)) return false
  }
  return false
}

function isVariableShown({ name }: TS.VariableDeclaration, scope: TS.Node, step: number): boolean {
  if (!ts.isIdentifier(name)) return false
  const uses: TS.Identifier[] = []
  walk(scope, (node) => {
    if (ts.isIdentifier(node) && node.text === name.text && node !== name) uses.push(node)
  })
  return uses.every((use) => isOnlyShown(use, scope, step + 1))
}

function shows(call: TS.CallExpression): boolean {
  const { logs, showsProgress } = codeWords()
  return logs.test(calleeName(call)) || showsProgress.test(calleeName(call))
}
