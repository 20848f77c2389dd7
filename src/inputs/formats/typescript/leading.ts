/** Callees that cannot belong to a library, told by the imports alone: the modules behind them need not be parsed. */
import type { Modules } from './modules.js'
import { bindingOf } from './scope.js'
import { bare, ts, type TS } from './syntax.js'

/** What is imported, by itself or a member of it, from a module that has nothing to do with any library. */
export function leadsElsewhere(callee: TS.Expression, modules: Modules, leading: Set<string>): boolean {
  let root = bare(callee)
  while (ts.isPropertyAccessExpression(root)) root = bare(root.expression)
  const binding = ts.isIdentifier(root) ? bindingOf(root) : null
  if (binding?.kind !== 'import') return false
  const path = modules.resolve(root.getSourceFile().fileName, binding.module)
  return path !== null && !leading.has(path)
}
