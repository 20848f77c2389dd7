/** Where a variable or parameter is used. */
import { bindingOf } from './scope.js'
import { bare, isFunction, ts, walk, type TS } from './syntax.js'

export function usesOf(
  declaration: TS.VariableDeclaration | TS.ParameterDeclaration,
  scope: TS.Node,
): TS.Identifier[] {
  const name = declaration.name.getText()
  const value = ts.isParameter(declaration)
    ? declaration
    : declaration.initializer && bare(declaration.initializer)
  const uses: TS.Identifier[] = []
  walk(scope, (node) => {
    if (!ts.isIdentifier(node) || node.text !== name || node === declaration.name) return
    const binding = bindingOf(node)
    const bound = binding?.kind === 'value' || binding?.kind === 'parameter' ? binding.node : null
    if (bound === value) uses.push(node)
  })
  return uses
}

/** The function or file in which a variable is seen. */
export function scopeOf(node: TS.Node): TS.Node {
  for (let at = node.parent; at; at = at.parent) if (isFunction(at) || ts.isSourceFile(at)) return at
  return node
}

/** Where a promise is used: behind `await` and parentheses, or as it stands. */
export function promiseUse(promise: TS.Expression): { at: TS.Expression; isAwaited: boolean } {
  let at = promise
  let isAwaited = false
  while (ts.isAwaitExpression(at.parent) || ts.isParenthesizedExpression(at.parent)) {
    isAwaited ||= ts.isAwaitExpression(at.parent)
    at = at.parent
  }
  return { at, isAwaited }
}

/** The variable that keeps what a call gives, or what its promise does. */
export function variableOf(call: TS.CallExpression): string | null {
  const { parent } = ts.isAwaitExpression(call.parent) ? call.parent : call
  return ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name) ? parent.name.text : null
}
