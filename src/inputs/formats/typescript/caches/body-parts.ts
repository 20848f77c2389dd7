/** What is looked for in the functions that ask a cache. */
import { isFunction, ts, walk, type TS } from '../syntax/syntax.js'

interface Parts {
  calls: TS.CallExpression[]
  /** What the function itself returns. */
  returned: TS.Expression[]
  /** Variables that are set: `answer = JSON.parse(cached)`. */
  assigned: (TS.BinaryExpression & { left: TS.Identifier })[]
}

const known = new WeakMap<TS.Node, Parts>()

/** Walked once: a function may ask its cache often. */
export function partsOf(body: TS.Node): Parts {
  let parts = known.get(body)
  if (!parts) known.set(body, (parts = partsIn(body)))
  return parts
}

function partsIn(body: TS.Node): Parts {
  const parts: Parts = { calls: [], returned: [], assigned: [] }
  walk(body, (node) => {
    if (ts.isCallExpression(node)) parts.calls.push(node)
    else if (isSet(node)) parts.assigned.push(node)
  })
  walk(body, (node) => {
    if (ts.isReturnStatement(node) && node.expression) parts.returned.push(node.expression)
    return node === body || !isFunction(node)
  })
  return parts
}

function isSet(node: TS.Node): node is TS.BinaryExpression & { left: TS.Identifier } {
  return (
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    ts.isIdentifier(node.left)
  )
}
