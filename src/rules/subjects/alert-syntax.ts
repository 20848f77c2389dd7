/** Where an expression is wrong, as promtool says it. */
import type { Query } from '../../facts/alert.js'

/** `2:14: unexpected "b"`: line and column inside the expression, where there is one. */
export function syntaxErrorOf({ expression, query }: { expression: string; query: Query }): string | null {
  if (query.syntaxError === null) return null
  if (expression === '' && query.syntaxError.kind === 'not-analysed') return query.syntaxError.message
  const before = expression.slice(0, query.syntaxError.offset).split('\n')
  return `${before.length}:${before.at(-1)!.length + 1}: ${query.syntaxError.message}`
}
