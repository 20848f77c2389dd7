/** How far back an expression looks at each series. */
import { parseDuration } from '../../facts/units.js'
import type { Expression } from './expression.js'
import type { SyntaxNode } from './syntax-tree.js'

/** In the order of the selectors: `max_over_time(rate(x[5m])[30m:1m])` looks 35 minutes back, ranges beside each other do not add up. */
export function spansIn({ node, text }: Expression): number[] {
  const found: number[] = []
  node.forEach((below) => {
    if (below.name !== 'VectorSelector') return true
    found.push(spanOf(below, node, text))
    return false
  })
  return found
}

function spanOf(selector: SyntaxNode, whole: SyntaxNode, text: string): number {
  let seconds = 0
  for (let node: SyntaxNode | null = selector; node; node = node.parent) {
    if (node.name === 'MatrixSelector' || node.name === 'SubqueryExpr') seconds += rangeOf(node, text)
    if (node.from === whole.from && node.to === whole.to && node.name === whole.name) break
  }
  return seconds
}

function rangeOf(node: SyntaxNode, text: string): number {
  const range = node.getChild('DurationExpr')
  return (range && parseDuration(text.slice(range.from, range.to))) ?? 0
}
